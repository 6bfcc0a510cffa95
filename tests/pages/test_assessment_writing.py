"""An assessment from its form to the appropriate body and back, by the people who write, send and answer it."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.models import Assessment, AssessmentVersion, MentorMeeting
from cases.models import Induction
from induction_portal.accounts.models import Draft
from tests.support.forms import Page
from tests.support.visitors import Visitor
from tests.sweeps.places import assessment_answers

WHOLE = 30


def text(visitor, path):
    response = visitor.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def address(name, thing):
    return reverse(f"assessments:{name}", args=[thing.id])


def follow(visitor, response):
    assert response.status_code == 302, Page(response.content.decode()).errors
    return text(visitor, response["Location"])


def latest(assessment):
    row = Assessment.objects.get(pk=assessment.id)
    return row, json.loads(AssessmentVersion.objects.get(assessment=row, number=row.latest).content)


@pytest.fixture
def who(world):
    """Somebody of the world at their browser."""
    return lambda key: Visitor(world.people[key])


@pytest.fixture
def new(world):
    return address("new_assessment", world.cases["invited"])


@pytest.fixture
def first(world):
    return assessment_answers(world.today)


def open_form(visitor, path):
    return Page(text(visitor, path))


def test_the_clock_says_what_was_served_and_nobody_types_it(who, new):
    html = text(who("induction_tutor@harbour"), new)
    assert "full-time terms" in html
    assert "Absent since" in html
    assert not {"served", "absent_in_period", "absent_in_part"} & set(Page(html).boxes)


def test_it_goes_to_the_ect_and_the_draft_goes(world, who, new, first):
    tutor = who("induction_tutor@harbour")
    sent = open_form(tutor, new).data | first
    assert tutor.client.post(new, sent | {"save_draft": "1"}).status_code == 302
    assert open_form(tutor, new).boxes["strengths"] == "Clear explanations"
    html = follow(tutor, tutor.client.post(new, sent))
    assert "Sent for comments" in html
    assert "Take the report back to correct it" in html
    row = Assessment.objects.get(induction=world.cases["invited"].id)
    assert (row.kind, row.status, row.latest) == ("first", "commenting", 1)
    assert not Draft.objects.filter(form="assessments:new_assessment", author=tutor.person.user_id).exists()
    assert "No assessment can be written now" in text(tutor, new)


def test_everything_that_is_missing_is_named_at_once_and_nothing_is_lost(who, new, first):
    tutor = who("induction_tutor@harbour")
    told = {"judged-TS4-satisfactory": "no", "judged-TS6-evidence": "", "satisfactory": "no", "stays": "no",
            "present": ["author"], "unsatisfactory_plan": "Six weeks <b>of</b> help"}  # fmt: skip
    response = tutor.client.post(new, open_form(tutor, new).data | first | told)
    page = Page(response.content.decode())
    assert response.status_code == 200
    assert not page.broken_links
    assert page.boxes["unsatisfactory_plan"] == "Six weeks <b>of</b> help"
    named = " ".join(page.errors)
    wanted = (
        "the ECT must have been present",
        "Enter what the ECT has to develop for TS4",
        "no surprises",
        "Enter the evidence for TS6",
        "Enter the weaknesses identified",
        "Enter the ECT’s last day",
    )
    for words in wanted:
        assert words in named


def test_a_standard_that_was_flagged_asks_for_no_reason(world, who):
    """Review 1 of this ECT was unfavourable on TS7 alone; the report is an interim one."""
    boxes = open_form(who("induction_lead@elm"), address("correct_assessment", world.assessments["left"])).boxes
    assert "judged-TS4-surprise_reason" in boxes
    assert "judged-TS7-surprise_reason" not in boxes
    assert "leaves_on-day" in boxes


def test_evidence_is_chosen_by_a_person_and_leads_to_its_page(world, who):
    lead, here = who("induction_lead@elm"), address("correct_assessment", world.assessments["left"])
    page, review = open_form(lead, here), world.reviews["left1"]
    offered = page.soup.find_all("input", {"name": "judged-TS2-drawn", "type": "checkbox"})
    assert [box["value"] for box in offered] == [f"progress_review:{review.id}"]
    assert not offered[0].has_attr("checked")
    assert page.form.find("a", href=address("review", review)) is not None
    kept = page.soup.find("input", {"name": "judged-TS1-drawn", "checked": True})
    assert kept is not None  # drawn in by version 1
    chosen = page.data | {"judged-TS2-drawn": [offered[0]["value"]]}
    follow(lead, lead.client.post(here, chosen))
    _, told = latest(world.assessments["left"])
    drawn = {source["standard"]: source["subject_id"] for source in told["sources"]}
    assert drawn["TS2"] == str(review.id)
    assert set(drawn) == {"TS1", "TS2"}


def test_where_none_is_due_the_page_says_why(world, who):
    tutor = who("induction_tutor@oak")
    html = text(tutor, address("new_assessment", world.cases["oak"]))
    assert "No formal assessment can be held yet" in html
    assert address("assessment", world.assessments["oak"]) in html
    assert "An interim assessment is made when an ECT leaves" in text(tutor, address("new_interim", world.cases["oak"]))


def test_two_people_begin_one(who, new, first, world):
    tutor, head = who("induction_tutor@harbour"), who("headteacher@harbour")
    theirs, mine = open_form(tutor, new).data | first, open_form(head, new).data | first
    tutor.client.post(new, theirs)
    response = head.client.post(new, mine | {"strengths": "A strong voice", "present": ["ect", "author"]})
    assert response.status_code == 409
    row = Assessment.objects.get(induction=world.cases["invited"].id)
    page = Page(response.content.decode(), address("correct_assessment", row))
    assert page.boxes["strengths"] == "A strong voice"
    assert "What it was" not in page.soup.get_text()
    assert "take it back" in page.soup.get_text()
    assert row.latest == 1
    refused = head.client.post(address("correct_assessment", row), page.data)
    assert refused.status_code == 200
    assert Page(refused.content.decode()).boxes["strengths"] == "A strong voice"


def test_what_was_typed_stays_when_theirs_is_with_the_body_already(who, new, first, world):
    tutor, head = who("induction_tutor@harbour"), who("headteacher@harbour")
    mine = open_form(head, new).data | first | {"strengths": "A strong voice"}
    tutor.client.post(new, open_form(tutor, new).data | first)
    rows = Assessment.objects.filter(induction=world.cases["invited"].id)
    rows.update(status="sent", turn="", sent=1)
    response = head.client.post(new, mine)
    page = Page(response.content.decode())
    assert (response.status_code, page.boxes["strengths"]) == (200, "A strong voice")
    assert page.errors
    assert rows.count() == 1


def test_two_people_correct_one(world, who):
    lead, head = who("induction_lead@elm"), who("headteacher@elm")
    here = address("correct_assessment", world.assessments["left"])
    theirs, mine = open_form(lead, here).data, open_form(head, here).data
    lead.client.post(here, theirs | {"strengths": "Calm"})
    response = head.client.post(here, mine | {"strengths": "Brave"})
    page = Page(response.content.decode(), here)
    assert response.status_code == 409
    (row,) = page.soup.select(".app-conflict tbody tr")
    assert [cell.get_text() for cell in row.find_all("td")] == ["Brave", "Calm", "zqassessedstrengthsleftzq"]
    assert page.boxes["strengths"] == "Brave"


def test_taken_back_corrected_and_sent_again(world, who):
    tutor, report = who("induction_tutor@elm"), world.assessments["elm"]
    assert "correct it" in text(tutor, address("assessment", report))
    assert "Take the report back first" in text_after(tutor, address("correct_assessment", report))
    follow(
        tutor, tutor.client.post(address("withdraw_assessment", report), _sent(tutor, "withdraw_assessment", report))
    )
    here = address("correct_assessment", report)
    follow(tutor, tutor.client.post(here, open_form(tutor, here).data | {"development": "Wait for answers"}))
    row, told = latest(report)
    assert (row.status, row.latest, told["development"]) == ("commenting", 2, "Wait for answers")


def _sent(visitor, name, thing):
    return open_form(visitor, address(name, thing)).data


def text_after(visitor, path):
    """The page that a redirect leads to."""
    return text(visitor, visitor.client.get(path)["Location"])


def test_a_final_one_is_sent_received_returned_and_corrected(world, who):
    head, officer, report = who("headteacher@elm"), who("body_officer@north"), world.assessments["joined"]
    here = address("send_assessment", report)
    html = text(head, here)
    assert "Fingerprint (SHA-256)" in html
    assert "Signed: " in html
    assert "It was received on" in follow(head, head.client.post(here, Page(html).data))
    assert "and received by Northern Hub on" in text(head, here)
    returning = address("return_assessment", report)
    data = _sent(officer, "return_assessment", report) | {"comments": "Say who <i>else</i> was there"}
    follow(officer, officer.client.post(returning, data))
    correcting = text(head, address("correct_assessment", report))
    assert "Say who &lt;i&gt;else&lt;/i&gt; was there" in correcting
    page = Page(correcting)
    assert not {"unsatisfactory_plan", "leaves_on-day", "next_school"} & set(page.boxes)
    told = page.data | {"others_present": "Ms Ford"}
    assert "it goes on to be signed" in follow(head, head.client.post(address("correct_assessment", report), told))
    assert latest(report)[0].status == "signing"
    assert "not waiting for your answer" in text_after(officer, returning)


def test_the_body_accepts_the_version_it_read(world, who):
    officer, report = who("body_officer@north"), world.assessments["oak"]
    here, data = address("accept_assessment", report), _sent(who("body_officer@north"), "accept_assessment", report)
    stale = officer.client.post(here, data | {"version": "7"})
    assert "has a new version since you opened this page" in stale.content.decode()
    follow(officer, officer.client.post(here, data))
    assert latest(report)[0].status == "accepted"
    assert "not waiting for your answer" in text_after(officer, here)


def test_who_may_not_is_refused(world, who, new):
    assert who("mentor@harbour").get(new).status_code in {403, 404}
    assert who("school_admin@harbour").get(new).status_code == 403
    assert who("induction_tutor@oak").get(new).status_code == 404
    assert who("body_admin@north").get(address("accept_assessment", world.assessments["oak"])).status_code == 403
    moved = address("correct_assessment", world.assessments["moved"])
    assert who("induction_lead@harbour").get(moved).status_code == 403  # handed over to be read (R85)
    assert who("headteacher@elm").get(moved).status_code == 404


def test_the_case_page_leads_to_what_is_due(world, who):
    case, wanted = reverse("cases:case", args=[world.cases["invited"].id]), "Write the first formal assessment"
    assert wanted in text(who("induction_tutor@harbour"), case)
    assert wanted not in text(who("body_officer@south"), case)
    own = reverse("cases:case", args=[world.cases["oak"].id])
    assert "Final formal assessment: due on" in text(who("induction_tutor@oak"), own)
    assert address("assessment", world.assessments["oak"]) in text(who("ect@oak"), own)


def test_the_form_asks_no_more_for_more_evidence(world, who, new):
    tutor = who("induction_tutor@harbour")
    few = _queries(tutor, new)
    induction = Induction.objects.get(pk=world.cases["invited"].id)
    placement = induction.placements.get()
    kept = {"placement": placement, "school": placement.school, "body": placement.reported_body}
    told = {"focus": "Entry", "next_step": "Again", "noted_by_id": tutor.person.user_id, "held_on": world.today,
            "noted_on": world.today}  # fmt: skip
    MentorMeeting.objects.bulk_create(MentorMeeting(induction=induction, **kept, **told) for _ in range(30))
    assert _queries(tutor, new) <= few <= WHOLE


def _queries(visitor, path):
    text(visitor, path)
    with CaptureQueriesContext(connection) as asked:
        text(visitor, path)
    return len([q for q in asked.captured_queries if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))])
