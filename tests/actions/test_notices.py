"""Notice of a decision is given: R63, R64, R66, D12-D14."""

import json
from datetime import timedelta

import pytest
from django.db import transaction

from assessments import actions
from assessments.models import AppealTime, LetterWording, Notice
from assessments.outcome.notice_document import without_document
from assessments.outcome.notice_papers import filings_of
from assessments.outcome.tell_notices import MAILER
from cases.models import Deadline
from cases.rules.deadlines import due_on
from cases.rules.errors import RuleBroken
from cases.rules.notices import Told
from induction_portal.accounts.permissions import Role
from notifications.models import Message
from tests.factories import BodyFactory, viewer
from tests.support.deciding import EXTENDS, PASSES
from tests.support.noticing import accept, decided, email, make

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def refusal(act, **given):
    with pytest.raises(RuleBroken) as broken, transaction.atomic():
        act(**given)
    return broken.value.message


def deadline(decision, kind):
    return Deadline.objects.filter(induction=decision.induction_id, kind=kind).first()


def words(notice):
    letter = json.loads(notice.content)
    return " ".join(f"{section['heading']} {section['text']}" for section in letter["sections"])


def test_notice_is_due_three_working_days_from_the_decision():
    _, decision = decided()
    assert deadline(decision, "decision_notice").due_on == due_on("D12", decision.made_on)
    assert deadline(decision, "appeal") is None


def test_it_is_given_once_all_were_told():
    case, decision = decided()
    notices = email(case, decision)
    for notice in notices[:-1]:
        accept(notice)
        assert deadline(decision, "decision_notice").is_open
    assert deadline(decision, "agency_told").is_open
    accept(notices[-1])
    assert not deadline(decision, "decision_notice").is_open
    assert not deadline(decision, "agency_told").is_open


def test_of_a_pass_the_agency_may_be_told_on_the_termly_return():
    case, decision = decided(PASSES)
    for notice in email(case, decision, Told.ECT, Told.HEADTEACHER):
        accept(notice)
    actions.body_is_employer(by=case.officer, on=decision.made_on, decision=decision)
    assert not deadline(decision, "decision_notice").is_open
    assert deadline(decision, "agency_told").is_open  # D13 stays
    assert deadline(decision, "appeal") is None


def test_the_time_to_appeal_runs_from_the_day_the_mail_server_accepted_it():
    case, decision = decided(EXTENDS)
    [notice] = email(case, decision, Told.ECT)
    assert deadline(decision, "appeal") is None
    accepted_on = decision.made_on + DAY
    accept(notice, on=accepted_on)
    assert (notice.status, notice.sent_on) == ("sent", accepted_on)
    assert deadline(decision, "appeal").due_on == due_on("D14", accepted_on)


def test_by_post_it_runs_from_the_recorded_day_of_receipt():
    case, decision = decided()
    given = {"by": case.officer, "on": decision.made_on + 3 * DAY}
    notice = actions.prepare_letter(decision=decision, to=Told.ECT, address="1 High Street", **given)
    assert "the last day to appeal is the 20th of them" in words(notice)
    actions.record_posting(notice=notice, posted_on=decision.made_on, **given)
    assert deadline(decision, "appeal") is None
    received_on = decision.made_on + 2 * DAY
    notice = actions.record_receipt(notice=notice, received_on=received_on, **given)
    assert notice.status == "received"
    assert deadline(decision, "appeal").due_on == due_on("D14", received_on - 2 * DAY)
    assert Message.objects.filter(subject_id=notice.pk).count() == 0


def test_the_letter_says_what_the_law_asks_to_those_it_asks_for():
    case, decision = decided()
    ect, head, employer, agency = email(case, decision)
    last = due_on("D14", decision.made_on)
    for text in ("Cheylesmore House", f"the last day to appeal is {last:%-d %B %Y}", "You keep your qualified teacher"):
        assert text in words(ect), text
    assert decision.reasons in words(ect)
    assert decision.reasons in words(head)
    for other in (employer, agency):
        assert decision.reasons not in words(other)
        assert "The teacher has the right to appeal" in words(other)
    teacher = decision.induction.teacher
    assert f"that {teacher.name} has failed satisfactorily to complete" in words(employer)


def test_a_pass_says_nothing_of_appeals():
    case, decision = decided(PASSES)
    [notice] = email(case, decision, Told.ECT)
    assert "appeal" not in words(notice)
    assert "Congratulations" in words(notice)


def test_the_mail_goes_to_the_person_or_to_the_address_given():
    case, decision = decided()
    email(case, decision)
    sent = Message.objects.filter(kind__startswith="decision_notice").order_by("pk")
    told = [(message.recipient and message.recipient.email, message.address) for message in sent]
    assert sorted(told, key=str) == sorted(
        [
            (case.cast.ect.user.email, ""), (case.cast.head.user.email, ""), (None, "hr@council.example"),
            (None, "appeals@agency.example"),
        ],
        key=str,
    )  # fmt: skip
    assert all(message.attachment for message in sent)


def test_a_letter_is_made_and_mailed_once():
    case, decision = decided()
    [notice] = email(case, decision, Told.ECT)
    make(notice)
    assert Message.objects.filter(kind="decision_notice").count() == 1


def test_one_that_came_back_is_shown_and_can_be_sent_again_or_posted():
    case, decision = decided()
    [notice] = email(case, decision, Told.EMPLOYER)
    first = make(notice).stored_id
    lost = {"by": MAILER, "on": notice.on, "notice_id": notice.pk, "why": "The mail server refused the address."}
    actions.notice_came_back(attached=first, **lost)
    notice.refresh_from_db()
    assert (notice.status, notice.failure) == ("bounced", "The mail server refused the address.")
    officers = Message.objects.filter(kind="notice_bounced").values_list("recipient", flat=True)
    assert case.officer.user.pk in officers
    [again] = email(case, decision, Told.EMPLOYER, on=notice.on + DAY)
    assert (again.pk, again.letter, again.status) == (notice.pk, 2, "queued")
    actions.notice_came_back(attached=first, **lost)  # of the first letter, heard late
    again.refresh_from_db()
    assert again.status == "queued"
    actions.notice_came_back(attached=make(again).stored_id, **lost)
    given = {"by": case.officer, "on": notice.on + DAY}
    posted = actions.prepare_letter(decision=decision, to=Told.EMPLOYER, address="1 High Street", **given)
    assert (posted.letter, posted.status) == (3, "draft")


def test_nobody_is_told_twice():
    case, decision = decided()
    [notice] = email(case, decision, Told.ECT)
    given = {"by": case.officer, "on": decision.made_on, "decision": decision, "addresses": {}}
    assert "has gone out already" in refusal(actions.email_notices, to=[Told.ECT], **given)
    accept(notice)
    assert "has gone out already" in refusal(actions.email_notices, to=[Told.ECT], **given)


def test_without_an_address_nothing_goes_out():
    case, decision = decided()
    given = {"by": case.officer, "on": decision.made_on, "decision": decision}
    assert refusal(actions.email_notices, to=[Told.ECT, Told.EMPLOYER], addresses={}, **given).startswith("Enter the")
    assert "postal address" in refusal(actions.prepare_letter, to=Told.AGENCY, address=" ", **given)
    assert not Notice.objects.exists()


def test_who_has_no_account_is_written_to_by_post():
    case, decision = decided()
    teacher = decision.induction.teacher
    teacher.user = None
    teacher.save()
    given = {"by": case.officer, "on": decision.made_on, "decision": decision}
    assert "send the letter by post" in refusal(actions.email_notices, to=[Told.ECT], addresses={}, **given)
    assert actions.prepare_letter(to=Told.ECT, address="1 High Street", **given).addressee == teacher.name


def test_only_the_body_that_decided_gives_notice():
    _, decision = decided()
    other = viewer(BodyFactory(), Role.BODY_OFFICER, on=decision.made_on)
    given = {"by": other, "on": decision.made_on, "decision": decision}
    for act, more in (
        (actions.email_notices, {"to": [Told.ECT], "addresses": {}}),
        (actions.prepare_letter, {"to": Told.ECT, "address": "1 High Street"}),
        (actions.body_is_employer, {}),
    ):
        assert "Only the appropriate body that made the decision" in refusal(act, **given, **more)


def test_a_body_words_what_it_may():
    case, decision = decided()
    admin = case.colleague(Role.BODY_ADMIN)
    on = decision.made_on
    texts = {"fail_opening": "We at {body} are sorry, {ect}.", "fail_closing": ""}
    actions.set_wording(by=admin, on=on, starts_on=on, texts=texts)
    actions.set_wording(by=admin, on=on, starts_on=on + DAY, texts=texts | {"fail_opening": "Later words."})
    [notice] = email(case, decision, Told.ECT)
    told = words(notice)
    assert f"We at {decision.body.name} are sorry, {decision.induction.teacher.name}." in told
    assert "hard to read" in told  # what is empty is the portal's
    assert "Later words" not in told
    assert "Cheylesmore House" in told
    wrong = {"by": admin, "on": on, "starts_on": on}
    assert "is no placeholder" in refusal(actions.set_wording, texts={"pass_opening": "{trn}"}, **wrong)
    assert "today or in the future" in refusal(actions.set_wording, texts={}, **wrong | {"starts_on": on - DAY})
    assert LetterWording.objects.count() == 2


def test_the_wording_of_a_day_is_corrected_in_place():
    case, decision = decided()
    admin, on = case.colleague(Role.BODY_ADMIN), decision.made_on
    for text in ("One", "Two"):
        actions.set_wording(by=admin, on=on, starts_on=on, texts={"pass_opening": text})
    assert LetterWording.objects.get().pass_opening == "Two"


def test_one_that_came_back_later_is_recorded_and_stops_the_time_to_appeal():
    case, decision = decided()
    [notice] = email(case, decision, Told.ECT)
    given = {"by": case.officer, "on": decision.made_on}
    assert "Could not be delivered" in refusal(actions.record_undelivered, notice=notice, why="It came back", **given)
    accept(notice)
    assert deadline(decision, "appeal")
    assert "how you know" in refusal(actions.record_undelivered, notice=notice, why=" ", **given)
    actions.record_undelivered(notice=notice, why="The mail came back", **given)
    notice.refresh_from_db()
    assert (notice.status, notice.sent_on, notice.failure) == ("bounced", None, "The mail came back")
    assert deadline(decision, "appeal") is None
    posted = actions.prepare_letter(decision=decision, to=Told.ECT, address="1 High Street", **given)
    actions.record_posting(notice=posted, posted_on=decision.made_on, letter=2, **given)
    returned = actions.record_undelivered(notice=posted, why="The post returned it", **given)
    assert (returned.status, returned.posted_on) == ("bounced", None)


def test_one_that_came_back_although_the_ect_has_answered_it_has_arrived():
    case, decision = decided()
    [notice] = email(case, decision, Told.ECT)
    accept(notice)
    AppealTime.objects.create(decision=decision, renounced_on=decision.made_on, **decision.origin)
    lost = {"attached": make(notice).stored_id, "why": "The mail came back (code 5.1.1)."}
    actions.notice_came_back(by=MAILER, on=notice.on, notice_id=notice.pk, **lost)
    notice.refresh_from_db()
    assert notice.status == "sent"


def test_a_mail_accepted_twice_is_sent_on_the_first_day():
    case, decision = decided()
    [notice] = email(case, decision, Told.ECT)
    accept(notice)
    first, due = notice.sent_on, deadline(decision, "appeal").due_on
    accept(notice, on=first + DAY)
    assert (notice.sent_on, deadline(decision, "appeal").due_on) == (first, due)


def test_a_letter_that_was_replaced_is_not_recorded_as_posted():
    case, decision = decided()
    given = {"by": case.officer, "on": decision.made_on}
    for address in ("1 High Street", "2 High Street"):
        notice = actions.prepare_letter(decision=decision, to=Told.ECT, address=address, **given)
    told = {"notice": notice, "posted_on": decision.made_on} | given
    assert "written anew since" in refusal(actions.record_posting, letter=1, **told)
    assert actions.record_posting(letter=2, **told).status == "posted"


def test_the_employer_is_named_and_the_agency_has_the_teachers_number():
    case, decision = decided()
    addresses = {Told.EMPLOYER: "hr@council.example", Told.AGENCY: "appeals@agency.example"}
    given = {"by": case.officer, "on": decision.made_on, "decision": decision, "addresses": addresses}
    [employer, agency] = actions.email_notices(to=list(addresses), employer="Northshire Council", **given)
    assert employer.addressee == "Northshire Council"
    trn = decision.induction.teacher.trn
    assert trn in words(agency)
    assert trn not in words(employer)
    assert decision.school.name in words(employer)


def test_the_bodys_file_of_the_case_holds_the_notices():
    case, decision = decided()
    sent, _ = email(case, decision, Told.ECT, Told.EMPLOYER)
    accept(sent)
    (filing,) = filings_of(Notice.objects.filter(decision=decision))
    assert [row[:2] for row in filing.sections[0].rows] == [["ECT", "Sent"], ["Employer", "Waiting to be sent"]]
    assert [(paper.kind, paper.subject_id) for paper in filing.papers] == [("notice", sent.pk)]
    assert list(filings_of([])) == []


def test_a_letter_that_no_worker_finished_is_asked_for_again():
    case, decision = decided()
    given = {"by": case.officer, "on": decision.made_on, "decision": decision, "addresses": {}}
    [notice] = actions.email_notices(to=[Told.ECT], **given)
    assert list(without_document()) == [notice.pk]
    make(notice)
    assert not list(without_document())
    assert Message.objects.filter(kind="decision_notice").count() == 1
