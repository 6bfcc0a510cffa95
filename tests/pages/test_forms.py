"""PortalForm: hidden values, drafts, rows, messages and the errors of rules."""

from uuid import UUID

import pytest
from django import forms
from django.http import QueryDict
from django.template.loader import render_to_string

from cases.rules.errors import RuleBroken
from induction_portal.forms import PortalForm, submission_of
from induction_portal.govuk.fields import (
    CheckboxesField,
    EmailField,
    LongTextField,
    NumberField,
    RadioChoiceField,
    SelectField,
    TextField,
    TickField,
    WholeNumberField,
    YesNoField,
)
from induction_portal.govuk.layout import Buttons, Link, Reveal, Rows, Submit
from induction_portal.govuk.rows import FixedRows, GrowingRows, Row, RowForm
from tests.support.markup import soup

SUBMISSION = "6a0b1c1e-7c1f-4a30-9d52-0d9f5f0f4f00"


class RatingRow(RowForm):
    rating = RadioChoiceField(
        label="Rating for {row}", missing="Select a rating for {row}", choices=[(2, "Low"), (5, "High")], coerce=int
    )
    statement = LongTextField(label="{row}: why?", named="a statement for {row}", required=False)


class TargetRow(RowForm):
    text = TextField(label="Target", named="{row}", max_length=20)
    by_whom = TextField(label="Who helps", required=False)


class Review(PortalForm):
    submit = "Send"
    may_save_for_later = True
    groups = {
        "ratings": FixedRows(
            RatingRow, [Row("TS1", "Expectations <1>", "Standard 1"), ("TS2", "Progress", "Standard 2")]
        ),
        "targets": GrowingRows(TargetRow, noun="target", maximum=3),
    }
    on_track = YesNoField(label="On track?", yes_if="the ECT is on track")
    outline = LongTextField(label="Outline", required=False)

    def layout(self):
        return [Reveal("on_track", no=["outline"]), Rows("ratings"), Rows("targets")]


GOOD = ("on_track=no&outline=Help&ratings-TS1-rating=5&ratings-TS2-rating=2&ratings-TS2-statement=a%0D%0Ab"
        "&targets-row=0&targets-row=4&targets-0-text=&targets-4-text=Plan")  # fmt: skip


def page(form, **context):
    return soup(
        render_to_string("layouts/form.html", {"form": form, "title": "Log a review", "csrf_token": "t"} | context)
    )


class TestHiddenValues:
    def test_a_new_page_gets_a_new_submission(self):
        first, second = Review(), Review()
        assert first.submission != second.submission
        assert page(first).select_one("[name=submission]")["value"] == str(first.submission)

    def test_a_page_sent_back_keeps_its_submission_and_version(self):
        form = Review(QueryDict(f"submission={SUBMISSION}&version=3"), version=5)
        shown = page(form)
        assert form.submission == UUID(SUBMISSION)
        assert (form.version, shown.select_one("[name=version]")["value"]) == (3, "3")

    @pytest.mark.parametrize("sent", ["", "submission=", "submission=x", "submission=1&submission=2"])
    def test_what_is_no_uuid_is_none(self, sent):
        assert submission_of(QueryDict(sent)) is None

    @pytest.mark.parametrize("sent", ["version=x", "version=-1", "version=99999999999", "version=٣"])
    def test_what_is_no_version_falls_back_on_the_current_one(self, sent):
        assert Review(QueryDict(sent), version=5).version == 5

    def test_nothing_hidden_reaches_the_action(self):
        form = Review(QueryDict(f"{GOOD}&submission={SUBMISSION}&version=3&acting_as=x"))
        assert form.is_valid()
        assert set(form.cleaned_data) == {"on_track", "outline", "ratings", "targets"}


class TestValues:
    def test_rows_are_cleaned_and_blank_ones_dropped(self):
        form = Review(QueryDict(GOOD))
        assert form.is_valid(), form.problems
        assert form.cleaned_data == {
            "on_track": False,
            "outline": "Help",
            "ratings": {"TS1": {"rating": 5, "statement": ""}, "TS2": {"rating": 2, "statement": "a\nb"}},
            "targets": [{"text": "Plan", "by_whom": ""}],
        }

    def test_known_values_are_shown(self):
        known = {"on_track": True, "ratings": {"TS2": {"rating": 2}}, "targets": [{"text": "One"}, {"text": "Two"}]}
        shown = page(Review(initial=known))
        assert shown.select_one("#id_on_track").has_attr("checked")
        assert shown.select_one("[name=ratings-TS2-rating][value='2']").has_attr("checked")
        assert [box["value"] for box in shown.select("[name^=targets-][name$=-text]")] == ["One", "Two"]


class TestErrors:
    def test_every_error_is_listed_in_the_order_of_the_page_and_its_link_lands(self):
        form = Review(QueryDict("ratings-TS1-rating=9&targets-row=7"))
        shown = page(form)
        links = shown.select(".govuk-error-summary a")
        assert [link.text for link in links] == [
            "Select yes if the ECT is on track",
            "Select a rating for Standard 1",
            "Select a rating for Standard 2",
            "Enter target 1",
        ]
        for link in links:
            assert shown.select_one(link["href"]).name in ("input", "textarea", "select")

    def test_the_title_says_so(self):
        assert page(Review()).title.text.startswith("Log a review – ")
        assert page(Review(QueryDict("a=b"))).title.text.startswith("Error: Log a review – ")

    def test_data_in_legends_and_values_is_escaped(self):
        html = str(page(Review(QueryDict("targets-row=0&targets-0-text=%3Cscript%3E"))))
        assert "<script>" not in html
        assert "Expectations &lt;1&gt;" in html

    def test_too_many_rows_are_named_and_kept(self):
        rows = "&".join(f"targets-row={number}&targets-{number}-text=T{number}" for number in range(5))
        form = Review(QueryDict(f"{GOOD.replace('targets-', 'x-')}&{rows}"))
        assert not form.is_valid()
        assert [problem.message for problem in form.problems] == ["You can enter up to 3. Remove 2 of them"]
        assert len(page(form).select("[name=targets-row]")) == 5

    @pytest.mark.parametrize(("field", "href"), [
        ("on_track", "#id_on_track"), ("ratings-TS2-statement", "#id_ratings-TS2-statement"),
        ("targets-4-text", "#id_targets-4-text"), ("elsewhere", ""), (None, ""),
    ])  # fmt: skip
    def test_a_broken_rule_becomes_an_error_where_it_belongs(self, field, href):
        def action(**values):
            raise RuleBroken("Not allowed: choose another.", field)

        form = Review(QueryDict(GOOD))
        assert form.is_valid()
        assert form.apply(action) is None
        assert form.problems == [("Not allowed: choose another.", href)]
        assert not form.is_valid()
        assert "Not allowed: choose another." in page(form).select_one(".govuk-error-summary").text

    def test_an_action_gets_the_values_and_its_result_comes_back(self):
        form = Review(QueryDict(GOOD))
        assert form.is_valid()
        assert form.apply(lambda case, by, **values: (case, by, sorted(values)), "case", by="me") == (
            "case", "me", ["on_track", "outline", "ratings", "targets"],
        )  # fmt: skip
        assert form.apply(lambda **values: None) is True


class TestRows:
    def test_adding_one_keeps_everything_and_judges_nothing(self):
        form = Review(QueryDict("targets-row=0&targets-0-text=Plan&outline=typed&add_target=1"))
        shown = page(form)
        assert not form.is_valid()
        assert form.problems == []
        assert [box.get("value") for box in shown.select("[name^=targets-][name$=-text]")] == ["Plan", None]
        assert shown.select_one("#id_outline").text.strip() == "typed"

    def test_the_button_leads_to_the_row_that_will_be_new(self):
        first = page(Review()).select_one("[name=add_target]")["formaction"]
        assert page(Review(QueryDict("targets-row=0&add_target=1"))).select_one(first)

    def test_removing_one_does_not_renumber_the_others(self):
        form = Review(QueryDict("targets-row=0&targets-row=1&targets-0-text=A&targets-1-text=B&remove_target=0"))
        shown = page(form)
        assert [row["value"] for row in shown.select("[name=targets-row]")] == ["1"]
        assert shown.select_one("#id_targets-1-text")["value"] == "B"
        assert not shown.select("[name=remove_target]")

    def test_no_more_than_the_maximum_can_be_added(self):
        shown = page(Review(QueryDict("targets-row=0&targets-row=1&targets-row=2&add_target=1")))
        assert len(shown.select("[name=targets-row]")) == 3
        assert not shown.select("[name=add_target]")

    def test_enter_does_not_press_a_row_button(self):
        first = page(Review()).select_one("main form button")
        assert not first.has_attr("name")

    def test_keys_that_are_not_ours_are_ignored(self):
        form = Review(QueryDict('targets-row="><b>&targets-row=&targets-row=1&targets-row=1'))
        assert [row.row.key for row in form.groups["targets"].rows] == ["1"]


class TestDrafts:
    DRAFT = {"on_track": ["no"], "outline": ["half a thou"], "targets-row": ["0", "5"], "targets-5-text": ["B"],
             "version": ["2"], "add_target": ["1"]}  # fmt: skip

    def test_what_was_typed_comes_back_unjudged(self):
        form = Review(draft=self.DRAFT, version=4)
        shown = page(form)
        assert form.problems == []
        assert shown.select_one("#id_outline").text.strip() == "half a thou"
        assert [row["value"] for row in shown.select("[name=targets-row]")] == ["0", "5"]
        assert form.version == 2

    def test_what_is_sent_wins_over_a_draft(self):
        form = Review(QueryDict("outline=new"), draft=self.DRAFT)
        assert form["outline"].value() == "new"
        assert form.problems

    def test_a_form_that_saves_while_typing_says_where(self):
        form = page(Review(autosave="/draft/")).select_one("main form")
        assert form["data-autosave"] == "/draft/"
        assert form.select_one("[data-autosave-status]")["role"] == "status"
        assert form.select_one("[name=save_draft]")


class TestLayout:
    def test_a_radio_reveals_without_script(self):
        shown = page(Review())
        assert not shown.select("[data-aria-controls]")
        assert shown.select_one(".govuk-radios__item + .govuk-radios__conditional #id_outline")

    def test_buttons_of_ones_own_replace_the_usual_ones(self):
        class Own(Review):
            def layout(self):
                return ["on_track", Buttons(Submit("Delete", name="delete", kind="warning"), Link("Keep", "/back/"))]

        group = page(Own()).select_one(".govuk-button-group")
        assert [part.text.strip() for part in group.find_all(["button", "a"])] == ["Delete", "Keep"]

    def test_a_question_has_its_label_as_only_heading(self):
        class Question(PortalForm):
            question = True
            name = TextField(label="What is your name?", named="your name")
            other = TextField(label="Other names")

        html = render_to_string("layouts/question.html", {"form": Question(), "title": "What is your name?"})
        assert [heading.text.strip() for heading in soup(html).select("h1")] == ["What is your name?"]


class Everything(forms.Form):
    text = TextField(label="Full name", max_length=5)
    code = TextField(label="Code", min_length=3)
    email = EmailField()
    count = WholeNumberField(label="Lessons a week", min_value=1, max_value=40)
    share = NumberField(label="Share of full time", max_digits=3, decimal_places=2)
    school = SelectField(label="School", named="a school", choices=[("a", "A")])
    needs = CheckboxesField(label="Support", named="the support given", choices=[("a", "A")])
    agreed = TickField(label="Agreed", missing="Tick to confirm")


@pytest.mark.parametrize(("field", "typed", "message"), [
    ("text", "", "Enter full name"),
    ("text", "123456", "Full name must be 5 characters or fewer"),
    ("text", "a%00b", "Full name has a character that cannot be kept. Type it again"),
    ("code", "ab", "Code must be 3 characters or more"),
    ("email", "", "Enter an email address"),
    ("email", "nobody", "Enter an email address in the correct format, like name@example.com"),
    ("count", "many", "Lessons a week must be a whole number, like 12"),
    ("count", "0", "Lessons a week must be 1 or more"),
    ("count", "41", "Lessons a week must be 40 or less"),
    ("share", "half", "Share of full time must be a number, like 0.6"),
    ("share", "0.125", "Share of full time must have no more than 2 decimal places"),
    ("share", "NaN", "Share of full time must be a number, like 0.6"),
    ("school", "", "Select a school"),
    ("school", "b", "Select a school from the list"),
    ("needs", "", "Select the support given"),
    ("needs", "b", "Select the support given from the list"),
    ("agreed", "", "Tick to confirm"),
])  # fmt: skip
def test_every_message_says_what_to_do(field, typed, message):
    form = Everything(QueryDict(f"{field}={typed}" if typed else ""))
    assert form.errors[field] == [message]


def test_a_question_must_say_how_its_answer_is_named():
    with pytest.raises(TypeError, match="named="):
        TextField(label="What is your name?")


def test_line_ends_count_as_one_character():
    class Note(forms.Form):
        text = LongTextField(label="Note", max_length=3)

    form = Note(QueryDict("text=a%0D%0Ab"))
    assert form.is_valid()
    assert form.cleaned_data["text"] == "a\nb"


def test_a_typed_password_is_never_shown_again():
    from induction_portal.govuk.fields import PasswordField
    from induction_portal.govuk.present import field_html

    class SignIn(forms.Form):
        password = PasswordField()

    assert "hunter2" not in field_html(SignIn({"password": "hunter2"})["password"])


def test_no_page_has_an_attribute_that_a_strict_policy_forbids():
    shown = page(Review(QueryDict("a=b")))
    assert not [name for tag in shown.find_all() for name in tag.attrs if name == "style" or name.startswith("on")]
    assert [(script["type"], script.text) for script in shown.select("script")] == [("module", "")]
