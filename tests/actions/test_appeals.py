"""Appeals: the time for one, its steps and its effect on the clock and the teacher's status (R66-R68, D14-D18)."""

from datetime import timedelta
from decimal import Decimal

import pytest

from assessments import actions
from assessments.actions import AppealConflict
from assessments.models import Appeal, AppealTime, Decision
from assessments.outcome import appeal_document
from assessments.outcome.appeal_papers import bundle_of, filings_of
from assessments.outcome.ending import decided_in
from assessments.outcome.standing import outlook
from assessments.tasks import end_times_to_appeal
from cases.models import BodyPeriod, DecisionExtension, Placement
from cases.parts import Chapter
from cases.reckon import reckon
from cases.rules.appeals import Answer
from cases.rules.deadlines import due_on
from cases.rules.errors import RuleBroken
from cases.rules.notices import Told
from cases.rules.outcomes import AppealOutcome
from cases.rules.statuses import DecisionStatus
from induction_portal.accounts.permissions import Role, permissions_of
from induction_portal.documents.store import bytes_of
from notifications.models import Message
from tests.support.appealing import DAY, WORKER, appealable
from tests.support.deciding import EXTENDS, PASSES
from tests.support.noticing import decided
from tests.support.pdfs import assert_accessible

pytestmark = pytest.mark.django_db
OPEN = ("", None)


def told_of(kind):
    return set(Message.objects.filter(kind=kind).values_list("recipient__email", flat=True))


def test_nobody_has_failed_before_the_time_to_appeal_is_over():
    case = appealable()
    assert case.over == OPEN
    assert case.due("dismissal") is None
    assert not case.end_time(on=case.until)
    assert case.over == OPEN
    assert case.end_time()
    assert case.over == ("Failed", case.until + DAY)
    assert case.due("dismissal").due_on == due_on("D18", case.until)
    people = {case.bench.cast.ect.user.email, case.bench.cast.head.user.email, case.bench.officer.user.email}
    assert told_of("appeal_time_ended") == people


def test_the_worker_notes_it_once_and_by_itself(monkeypatch):
    case = appealable()
    monkeypatch.setattr("induction_portal.clock.today", lambda: case.until + 3 * DAY)
    assert end_times_to_appeal() == 1
    assert case.over == ("Failed", case.until + DAY)
    assert end_times_to_appeal() == 0
    assert Message.objects.filter(kind="appeal_time_ended").count() == 3
    reckon(case.decision.induction)
    assert case.over == ("Failed", case.until + DAY)


def test_an_extension_needs_nothing_when_its_time_is_over():
    case = appealable(EXTENDS)
    assert not case.end_time()
    assert case.over == OPEN


def test_before_the_notice_is_received_no_time_runs_out():
    bench, decision = decided()
    assert not actions.end_time_to_appeal(by=WORKER, on=decision.made_on + 400 * DAY, decision_id=decision.pk)
    assert bench.cast.placement.induction.clock.over_on is None


def test_the_agency_may_reopen_a_window_that_had_closed():
    case = appealable()
    case.end_time()
    on = case.until + 10 * DAY
    until = case.until + 30 * DAY
    given = {"by": case.bench.officer, "on": on, "decision": case.decision}
    with pytest.raises(RuleBroken, match="must be after"):
        actions.allow_more_time(until=case.until, allowed_on=on, **given)
    actions.allow_more_time(until=until, allowed_on=on, **given)
    assert case.over == OPEN
    assert case.due("dismissal") is None
    assert case.due("appeal").due_on == until
    assert told_of("dismissal_undone") == {case.bench.cast.head.user.email}
    assert not case.end_time(on=until)
    assert case.end_time(on=until + DAY)
    assert case.over == ("Failed", until + DAY)


def test_a_notice_that_was_answered_or_whose_time_is_over_does_not_come_back():
    case = appealable()
    [notice] = case.decision.notices.filter(to=Told.ECT.value)
    given = {"by": case.bench.officer, "on": case.until + DAY, "notice": notice, "why": "The mail came back"}
    case.end_time()
    with pytest.raises(RuleBroken, match="The time to appeal has passed"):
        actions.record_undelivered(**given)
    assert case.over == ("Failed", case.until + DAY)
    case.lodge(on=case.until + DAY, permitted_on=case.until + DAY)
    with pytest.raises(RuleBroken, match="The ECT has appealed"):
        actions.record_undelivered(**given)


def test_nor_one_to_which_the_ect_wrote_that_they_will_not_appeal():
    case = appealable()
    given = {"by": case.bench.officer, "on": case.until}
    actions.renounce_appeal(renounced_on=case.until, decision=case.decision, **given)
    [notice] = case.decision.notices.filter(to=Told.ECT.value)
    with pytest.raises(RuleBroken, match="will not appeal"):
        actions.record_undelivered(notice=notice, why="The mail came back", **given)


def test_a_late_appeal_takes_the_agencys_permission_and_undoes_the_fail():
    case = appealable()
    case.end_time()
    on = case.until + 5 * DAY
    with pytest.raises(RuleBroken) as refused:
        case.lodge(on=on)
    assert refused.value.field == "permitted_on"
    appeal = case.lodge(on=on, permitted_on=on)
    assert case.over == OPEN
    assert case.due("dismissal") is None
    assert told_of("dismissal_undone") == {case.bench.cast.head.user.email}
    case.step(actions.withdraw_appeal, appeal, on=on + DAY, ended_on=on + DAY)
    assert case.over == ("Failed", on + DAY)
    assert case.due("dismissal").opened_on == on + DAY


def test_permission_is_only_for_a_late_appeal():
    case = appealable()
    with pytest.raises(RuleBroken, match="in time"):
        case.lodge(permitted_on=case.until)


def test_an_ect_who_will_not_appeal_starts_the_days_of_the_employer():
    case = appealable()
    on = case.decision.made_on + 3 * DAY
    given = {"by": case.bench.officer, "on": on, "decision": case.decision}
    actions.renounce_appeal(renounced_on=on, **given)
    assert case.due("dismissal").opened_on == on
    assert case.over == OPEN, "nobody is listed before the time is over (R68)"
    assert case.end_time()
    assert case.over == ("Failed", case.until + DAY)
    assert case.due("dismissal").opened_on == on


def test_dismissal_is_for_relevant_schools_alone_and_met_by_the_end_of_the_placement():
    case = appealable()
    school = case.bench.cast.placement.school.school
    school.is_relevant_school = False
    school.save()
    case.end_time()
    assert case.due("dismissal") is None
    school.is_relevant_school = True
    school.save()
    reckon(case.decision.induction)
    assert case.due("dismissal").is_open
    Placement.objects.filter(pk=case.bench.cast.placement.pk).update(ends_on=case.until + 2 * DAY)
    reckon(case.decision.induction)
    assert case.due("dismissal").closed_on == case.until + 2 * DAY


def test_the_days_of_an_appeal():
    case = appealable()
    appeal = case.lodge(learned="ect", copy_on=None)
    assert case.due("appeal").closed_on == case.until
    assert case.due("appeal_reply") is None
    case.step(actions.record_copy, appeal, copy_on=case.until)
    assert case.due("appeal_reply").due_on == due_on("D15", case.until)
    appeal = case.reply(case.fresh(appeal))
    assert case.due("appeal_reply").closed_on == case.until
    held_on = case.until + 60 * DAY
    case.step(actions.record_hearing, appeal, held_on=held_on, noticed_on=case.until, place="Coventry")
    assert case.due("hearing_notice").closed_on == case.until
    assert case.due("hearing_answer").due_on == due_on("D17", held_on)
    assert case.due("appeal_hearing").due_on == held_on
    appeal = case.fresh(appeal)
    case.step(actions.answer_hearing, appeal, answered_on=case.until, written=False, attends="Our officer")
    assert case.due("hearing_answer").closed_on == case.until
    moved = {"held_on": held_on + DAY, "noticed_on": case.until}
    case.step(actions.record_hearing, case.fresh(appeal), **moved)
    assert case.due("hearing_answer").is_open, "a new day takes a new answer"
    asked = {"asked_on": case.until, "wanted_by": case.until + 9 * DAY, "text": "The minutes"}
    request = case.step(actions.record_request, case.fresh(appeal), **asked)
    assert case.due("appeal_request").due_on == case.until + 9 * DAY
    told = {"demand": request, "answered_on": case.until, "answer": "Sent"}
    version = case.fresh(appeal).version
    actions.answer_request(by=case.bench.officer, on=case.until, version=version, **told)
    assert case.due("appeal_request").closed_on == case.until
    with pytest.raises(RuleBroken, match="answered already"):
        actions.answer_request(by=case.bench.officer, on=case.until, version=version + 1, **told)


def test_a_reply_answers_every_ground_and_is_issued_as_it_was_sealed():
    case = appealable()
    appeal = case.lodge()
    with pytest.raises(RuleBroken) as refused:
        case.reply(appeal, answers={1: Answer(False)})
    assert refused.value.field == "ground_2"
    with pytest.raises(RuleBroken) as refused:
        case.reply(appeal, answers={1: Answer(False), 2: Answer(True)})
    assert refused.value.field == "says_2"
    appeal = case.reply(appeal)
    assert appeal.status == "replied"
    issued = actions.issue_reply(by=WORKER, on=case.until, reply_id=appeal.replies.get().pk)
    assert actions.issue_reply(by=WORKER, on=case.until, reply_id=appeal.replies.get().pk) == issued
    reader = assert_accessible(bytes_of(issued), title=appeal_document.TITLE)
    said = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    for part in ("We admit this ground", "I was ill", "Absence was taken into account", "Teaching Regulation Agency"):
        assert part in said, part
    assert not appeal_document.without_document()
    case.reply(appeal, text="We amend it")
    assert [row.number for row in appeal.replies.all()] == [1, 2]


def test_no_hearing_and_no_dismissal_before_the_reply():
    case = appealable()
    appeal = case.lodge()
    given = {"held_on": case.until + 60 * DAY, "noticed_on": case.until}
    with pytest.raises(RuleBroken, match="reply"):
        case.step(actions.record_hearing, appeal, **given)
    with pytest.raises(RuleBroken, match="reply first"):
        case.decide(appeal, AppealOutcome.DISMISSED)


def test_a_fail_that_is_not_defended_is_allowed_and_the_teacher_has_passed():
    case = appealable()
    appeal = case.decide(case.lodge(), AppealOutcome.ALLOWED)
    assert case.over == ("Passed", appeal.ended_on)
    assert Decision.objects.get().state is DecisionStatus.VARIED
    seen = outlook(case.decision.induction, on=appeal.ended_on)
    assert seen.case.final is DecisionStatus.PASSED
    periods = BodyPeriod.objects.filter(induction=case.decision.induction)
    [told] = decided_in(periods).values()
    assert (told.outcome, told.ended_on) == ("pass", case.bench.completed_on)


def test_what_the_national_files_are_told_of_a_fail():
    case = appealable()
    periods = BodyPeriod.objects.filter(induction=case.decision.induction)
    [told] = decided_in(periods).values()
    assert told.outcome == "open"
    case.end_time()
    [told] = decided_in(periods).values()
    assert told.outcome == "fail"


def test_a_dismissed_appeal_fails_and_the_days_run_from_the_notice_of_it():
    case = appealable()
    appeal = case.reply(case.lodge())
    on = case.until + 7 * DAY
    case.decide(appeal, AppealOutcome.DISMISSED, on=on + 2 * DAY, told_on=on + 2 * DAY)
    assert case.over == ("Failed", on)
    assert case.due("dismissal").opened_on == on + 2 * DAY


def test_a_fail_may_become_an_extension_which_is_decided_anew():
    case = appealable()
    appeal = case.reply(case.lodge())
    with pytest.raises(RuleBroken) as refused:
        case.decide(appeal, AppealOutcome.EXTENDED)
    assert refused.value.field == "terms"
    case.decide(appeal, AppealOutcome.EXTENDED, terms=Decimal("1.5"))
    assert case.over == OPEN
    extension = DecisionExtension.objects.get()
    assert extension.terms == Decimal("1.5")
    assert case.due("extension_assessment").is_open
    assert outlook(case.decision.induction, on=case.until).end.number == 1


def test_an_extension_may_last_otherwise_or_go():
    case = appealable(EXTENDS)
    appeal = case.reply(case.lodge())
    with pytest.raises(RuleBroken, match="the one that you decided"):
        case.decide(appeal, AppealOutcome.OTHER_PERIOD, terms=Decimal("1.5"))
    case.decide(appeal, AppealOutcome.OTHER_PERIOD, terms=Decimal(1))
    assert DecisionExtension.objects.get().terms == 1
    assert case.over == OPEN


def test_an_appeal_against_an_extension_that_is_allowed_ends_the_induction():
    case = appealable(EXTENDS)
    appeal = case.decide(case.lodge(), AppealOutcome.ALLOWED)
    assert DecisionExtension.objects.get().set_aside_on == appeal.ended_on
    assert case.due("extension_assessment") is None
    assert case.over == ("Passed", appeal.ended_on)


def test_nothing_more_is_recorded_of_an_appeal_that_ended():
    case = appealable()
    appeal = case.decide(case.lodge(), AppealOutcome.ALLOWED)
    with pytest.raises(RuleBroken, match="has ended"):
        case.step(actions.withdraw_appeal, appeal, ended_on=case.until)
    with pytest.raises(AppealConflict):
        case.lodge()


def test_two_officers_at_once_do_not_record_over_each_other():
    case = appealable()
    appeal = case.lodge()
    case.step(actions.record_copy, appeal, copy_on=case.until)
    with pytest.raises(AppealConflict, match="Nothing was changed"):
        actions.withdraw_appeal(
            by=case.bench.officer, on=case.until, appeal=appeal, version=appeal.version - 1, ended_on=case.until
        )


def test_only_the_body_that_decided_records_it_and_never_the_named_contact():
    case = appealable()
    other = case.bench.colleague()
    BodyPeriod.objects.update(contact=other.user, contact_named_on=case.decision.made_on)
    given = {"decision": case.decision, "made_on": case.until, "learned": "ect", "grounds": "x", "on": case.until}
    with pytest.raises(RuleBroken, match="named contact"):
        actions.lodge_appeal(by=other, **given)
    stranger = case.bench.cast.head
    with pytest.raises(RuleBroken, match="Only the appropriate body"):
        actions.lodge_appeal(by=stranger, **given)
    assert not Appeal.objects.exists()


def test_there_is_no_appeal_against_a_pass():
    bench, decision = decided(PASSES)
    on = decision.made_on
    with pytest.raises(RuleBroken):
        actions.lodge_appeal(by=bench.officer, on=on, decision=decision, made_on=on, learned="ect", grounds="x")


def test_days_that_cannot_be():
    case = appealable()
    for made_on, says in ((case.until + DAY, "today or in the past"), (case.decision.made_on - DAY, "on or after")):
        with pytest.raises(RuleBroken, match=says):
            case.lodge(on=case.until, made_on=made_on, copy_on=None, learned="ect")
    with pytest.raises(RuleBroken) as refused:
        case.lodge(copy_on=None)
    assert refused.value.field == "copy_on"
    appeal = case.reply(case.lodge())
    with pytest.raises(RuleBroken, match="on or after"):
        case.step(actions.record_copy, appeal, copy_on=case.until - DAY)
    with pytest.raises(RuleBroken, match="Record the hearing first"):
        case.step(actions.answer_hearing, appeal, answered_on=case.until, written=True, attends="x")
    other = {"answers": {1: Answer(False), 2: Answer(False)}, "sent_on": case.until + timedelta(days=1)}
    with pytest.raises(RuleBroken, match="today or in the past"):
        case.reply(appeal, **other)


def test_who_is_told_hears_nothing_of_the_grounds(mailbox):
    case = appealable()
    case.lodge(grounds="Zqground")
    told = {case.bench.cast.ect.user.email, case.bench.cast.head.user.email}
    assert told_of("appeal_moved") == told
    assert AppealTime.objects.count() == 0
    assert case.bench.colleague(Role.BODY_ADMIN).user.email not in told


def test_the_file_of_the_case_and_the_ects_own_copy_hold_it():
    case = appealable()
    case.reply(case.lodge())
    induction = case.decision.induction
    [filing] = filings_of(induction, case.bench.officer, permissions_of(case.bench.officer.roles))
    assert filing.chapter is Chapter.APPEAL
    told = {row[0]: row[1] for section in filing.sections for row in section.rows}
    assert told["Ground 2"] == "Contested. Absence was taken into account"
    assert [paper.kind for paper in filing.papers] == ["appeal_reply"]
    ect = case.bench.cast.ect
    assert len(bundle_of(induction, ect, permissions_of(ect.roles)).papers) == 1
    head = case.bench.cast.head
    assert list(filings_of(induction, head, permissions_of(head.roles))) == []
