"""Notices at their pages: who has been told, sending, posting, reading, and the wording of a body."""

from datetime import timedelta

import pytest
from django.urls import reverse

from assessments.models import LetterWording, Notice
from tests.support.forms import Page
from tests.support.visitors import Visitor


@pytest.fixture
def officer(world):
    return Visitor(world.people["body_officer@north"])


def text(visitor, path):
    page = Page(visitor.client.get(path, follow=True).content.decode())
    return " ".join(page.soup.select_one("#main-content").get_text(" ").split())


def case_page(world, name, key="ended"):
    return reverse(f"assessments:{name}", args=[world.cases[key].id])


def notice_page(world, name="notice", to="ect"):
    return reverse(f"assessments:{name}", args=[world.decision_notices[f"ended_{to}"].id])


def send(visitor, path, **told):
    page = Page(visitor.client.get(path).content.decode())
    return visitor.client.post(path, page.data | told)


def test_an_officer_sees_who_has_been_told_and_what_is_left(world, officer):
    words = text(officer, case_page(world, "notices"))
    for part in (
        "Accepted by the mail server on", "Print the letter, post it, and record the day", "Not told yet",
        "They can appeal to the Teaching Regulation Agency until", "Record the day of receipt",
    ):  # fmt: skip
        assert part in words, part


def test_where_nothing_was_decided_there_is_nothing_to_tell(world, officer):
    assert "No decision yet" in text(officer, case_page(world, "notices", "oak"))
    assert "There is nobody to tell now" in text(officer, case_page(world, "email_notices", "oak"))


def test_those_for_whom_there_is_no_letter_yet_are_selected(world, officer):
    page = Page(officer.client.get(case_page(world, "email_notices")).content.decode())
    assert page.data["to"] == ["agency"]  # the employer's letter waits to be posted
    response = send(officer, case_page(world, "email_notices"), to=["agency"], agency="")
    assert "Enter the email address of the Teaching Regulation Agency" in " ".join(
        Page(response.content.decode()).errors
    )
    assert send(officer, case_page(world, "email_notices"), to=["agency"], agency="a@agency.example").status_code == 302
    assert Notice.objects.get(to="agency").status == "queued"


def test_the_day_of_receipt_begins_the_time_to_appeal_of_the_post(world, officer):
    path = notice_page(world, "record_receipt", "headteacher")
    day = {"received_on-day": "1", "received_on-month": "1", "received_on-year": "2001"}
    response = officer.client.post(path, Page(officer.client.get(path).content.decode()).data | day)
    assert "The day of receipt must be on or after" in response.content.decode()
    assert "does not wait for that" in text(officer, notice_page(world, "record_receipt"))


def test_the_ect_reads_their_letter_and_the_last_day_to_appeal(world):
    ect = Visitor(world.people["ect@ended"])
    words = text(ect, notice_page(world))
    for part in ("The last day to appeal", "Cheylesmore House", "zqdecidingreasonsendedzq"):
        assert part in words, part
    assert ect.client.get(notice_page(world, to="headteacher")).status_code == 404
    overview = text(ect, case_page(world, "notices").replace("notices/", ""))
    assert "Notice of the decision" in overview
    assert "who has still to be" not in overview
    document = ect.client.get(notice_page(world, "notice_document"))
    assert document["Content-Type"] == "application/pdf"


def test_a_letter_that_is_not_made_yet_is_waited_for(world, officer):
    response = officer.client.get(notice_page(world, "notice_document", "employer"))
    assert response.status_code == 202
    assert "Look again" in response.content.decode()


def test_a_bounced_notice_is_shown_with_what_to_do(world, officer):
    Notice.objects.filter(to="employer").update(status="bounced", failure="The mail server refused the address.")
    words = text(officer, case_page(world, "notices"))
    assert "Could not be delivered" in words
    assert "Send it again to another address, or by post" in words
    assert "A notice could not be delivered" in text(officer, reverse("home"))


def test_a_wording_is_previewed_before_it_is_saved(world):
    admin = Visitor(world.people["body_admin@south"])
    path = reverse("assessments:letter_wording")
    shown = send(admin, path, pass_closing="Well done, {ect}.", preview="1").content.decode()
    assert "Well done, Alex Example." in shown
    assert "Nothing has been saved yet" in shown
    wrong = send(admin, path, pass_closing="Well done, {trn}.", preview="1").content.decode()
    assert "is no placeholder" in " ".join(Page(wrong).errors)
    before = LetterWording.objects.count()
    assert send(admin, path, pass_closing="Well done, {ect}.").status_code == 302
    assert LetterWording.objects.count() == before + 1
    assert "set by" in text(admin, path)


def test_an_officer_records_that_a_notice_did_not_arrive(world, officer):
    path = notice_page(world, "record_undelivered")
    assert "Say how you know that it did not arrive" in " ".join(
        Page(send(officer, path, why="").content.decode()).errors
    )
    assert send(officer, path, why="The mail came back: mailbox unknown").status_code == 302
    words = text(officer, case_page(world, "notices"))
    assert "The mail came back: mailbox unknown. Send it again to another address, or by post" in words
    assert "time to appeal has not begun" in words
    assert "does not wait for that" in text(officer, path)


def test_the_employer_is_named_before_anything_goes_out(world, officer):
    path = case_page(world, "email_notices")
    response = send(officer, path, to=["employer"], employer="hr@council.example", employer_name="")
    assert "Enter the name of the employer" in " ".join(Page(response.content.decode()).errors)
    response = send(officer, case_page(world, "prepare_letter"), to="employer", address="1 High Street", employer="")
    assert "Enter the name of the employer" in " ".join(Page(response.content.decode()).errors)


def test_a_letter_whose_mail_left_late_shows_the_day_that_holds(world, officer):
    notice = Notice.objects.get(pk=world.decision_notices["ended_ect"].id)
    Notice.objects.filter(pk=notice.pk).update(on=notice.on - timedelta(days=1))
    for visitor, path in (
        (Visitor(world.people["ect@ended"]), notice_page(world)),
        (officer, case_page(world, "notices")),
    ):
        assert "The day given here holds" in text(visitor, path)
