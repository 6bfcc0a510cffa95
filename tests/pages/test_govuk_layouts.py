"""The frame of every page: title, header, messages, navigation, error pages."""

from datetime import date
from types import SimpleNamespace

import pytest
from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template.loader import render_to_string

from induction_portal.accounts.models import Organisation, User
from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import Viewer
from induction_portal.forms import FilterForm
from induction_portal.govuk.fields import SelectField, TextField, TickField
from induction_portal.govuk.present import field_html
from tests.support.markup import soup

CASE = {
    "name": "Amara <Okafor>",
    "school": "Oakfield School",
    "part": "Part 1",
    "status": "On track",
    "colour": "green",
}


def page(layout="page", viewer=None, **context):
    request = SimpleNamespace(viewer=viewer)
    context = {"request": request, "title": "Reviews", "csrf_token": "t"} | context
    return soup(render_to_string(f"layouts/{layout}.html", context))


def viewer(choices=1):
    roles = frozenset({Role.MENTOR, Role.INDUCTION_TUTOR})
    return Viewer(User(name="Priya <Nair>"), Organisation(name="Oakfield School"), roles, date(2026, 11, 22), choices)


class TestHeader:
    def test_an_anonymous_visitor_sees_the_name_alone(self):
        header = page().header
        assert header.get_text(" ", strip=True) == "Induction Portal"

    def test_a_viewer_sees_who_they_are_and_whom_they_act_for(self):
        header = page(viewer=viewer()).header
        assert header.strong.text == "Priya <Nair>"
        assert "Oakfield School" in header.text
        assert "Induction tutor" in header.text

    def test_signing_out_is_a_post(self):
        form = page(viewer=viewer()).header.form
        assert form["method"] == "post"
        assert form.select_one("[name=csrfmiddlewaretoken]")

    @pytest.mark.parametrize(("choices", "shown"), [(1, False), (2, True)])
    def test_only_who_has_a_choice_can_switch(self, choices, shown):
        assert ("Switch" in page(viewer=viewer(choices)).header.text) is shown

    @pytest.mark.parametrize(("unread", "said"), [(0, "Messages"), (3, "Messages 3 unread")])
    def test_unread_messages_are_counted(self, unread, said):
        links = page(viewer=viewer(), unread_messages=unread).header.find_all("a")
        assert said in [link.get_text(" ", strip=True) for link in links]


class TestCase:
    def test_the_case_stands_above_its_pages(self):
        nav = [{"text": "Overview", "href": "/a/"}, {"text": "Reviews", "href": "/b/", "current": True}]
        shown = page("case", case_header=CASE, case_nav=nav)
        assert shown.title.text == "Reviews – Amara <Okafor> – Induction Portal"
        assert [heading.text for heading in shown.select("h1")] == ["Reviews"]
        assert shown.select_one(".app-case__name").text == "Amara <Okafor>"
        assert shown.select_one(".app-confidential strong").text == "Confidential"
        assert [link.text for link in shown.select(".app-case-nav [aria-current=page]")] == ["Reviews"]


class TestMessages:
    def test_success_and_warning_differ_and_are_escaped(self):
        messages = [Message(constants.SUCCESS, "Saved <1>"), Message(constants.WARNING, "Signed out")]
        banners = page(messages=messages).select(".govuk-notification-banner")
        assert [banner["role"] for banner in banners] == ["alert", "region"]
        assert "Saved <1>" in banners[0].text
        assert len({banner["aria-labelledby"] for banner in banners}) == 2


class TestFields:
    def test_one_box_to_tick(self):
        class Confirm(forms.Form):
            agreed = TickField(label="I <agree>", missing="Tick to agree", hint="Read it first")

        field = soup(field_html(Confirm({})["agreed"]))
        box = field.select_one("input[type=checkbox]")
        assert box["id"] == "id_agreed"
        assert field.select_one("label[for=id_agreed]").text.strip() == "I <agree>"
        assert "Tick to agree" in field.select_one(".govuk-error-message").text

    def test_a_plain_field_of_django_looks_the_same(self):
        class Plain(forms.Form):
            email = forms.EmailField(widget=forms.EmailInput(attrs={"autocomplete": "email", "placeholder": "Email"}))

        box = soup(field_html(Plain()["email"])).select_one("input")
        assert (box["type"], box["autocomplete"], box["class"]) == ("email", "email", ["govuk-input"])
        assert not box.has_attr("placeholder")

    def test_a_widget_without_component_is_refused(self):
        class Upload(forms.Form):
            split = forms.SplitDateTimeField()

        with pytest.raises(TypeError, match=r"No GOV\.UK component for SplitDateTimeWidget"):
            field_html(Upload()["split"])


class TestFilter:
    class Cases(FilterForm):
        search = TextField(label="Name")
        school = SelectField(label="School", blank="All schools", choices=[("a", "Oakfield")])

    def test_a_filter_is_sent_by_get_with_nothing_hidden(self):
        context = {"form": self.Cases({"search": "Amara"}), "clear": "/c/"}
        form = soup(render_to_string("components/filter_form.html", context))
        assert form.select_one("form")["method"] == "get"
        assert not form.select("[type=hidden]")
        assert "optional" not in form.text
        assert form.select_one("a")["href"] == "/c/"

    def test_nothing_to_clear_while_nothing_is_filtered(self):
        form = self.Cases({"search": "", "school": ""})
        assert form.is_valid()
        assert "Clear" not in render_to_string("components/filter_form.html", {"form": form, "clear": "/c/"})


@pytest.mark.parametrize("code", [400, 403, 404, 500, 503])
def test_error_pages_say_what_to_do_and_need_no_viewer(code):
    shown = soup(render_to_string(f"{code}.html"))
    assert len(shown.select("h1")) == 1
    assert shown.title.text.endswith(" – Induction Portal")
    assert shown.main.p.text


def test_a_table_tells_each_cell_its_column():
    columns = ["Teacher", {"text": "Terms", "numeric": True}]
    rows = [[{"text": "Amara", "href": "/a/"}, "1.2"], ["Ben", {"text": "Late", "colour": "red"}]]
    shown = soup(render_to_string("components/table.html", {"caption": "Cases", "columns": columns, "rows": rows}))
    assert [cell["data-label"] for cell in shown.select("td")] == ["Terms", "Terms"]
    assert [header.text.strip() for header in shown.select("tbody th")] == ["Amara", "Ben"]
    assert shown.select_one(".govuk-tag--red").text == "Late"
