"""The appropriate body decides: R39, R60-R65, R81, R82, D10, D11, D13."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest
from django.db import DatabaseError, transaction

from assessments import actions
from assessments.actions import DecisionConflict
from assessments.models import Decision, Representation
from assessments.outcome.standing import outlook
from cases import facts
from cases.models import BodyPolicy, Deadline
from cases.rules.deadlines import due_on
from cases.rules.errors import RuleBroken
from cases.rules.facts_json import read_facts
from cases.rules.facts_written import facts_json
from cases.rules.outcomes import Recommended
from cases.rules.timeline import timeline
from induction_portal.accounts.permissions import Role
from notifications.models import Message
from tests.factories import BodyFactory, viewer
from tests.support.assessing import FINAL, fresh
from tests.support.deciding import EXTENDS, FAILS, PASSES, bench


def refusal(act, *args, **options):
    with pytest.raises((RuleBroken, DecisionConflict)) as broken, transaction.atomic():
        act(*args, **options)
    return broken.value.message


def deadline(case, kind, number=1):
    return Deadline.objects.get(induction=case.report.induction_id, kind=kind, number=number)


def told(kind):
    return set(Message.objects.filter(kind=kind).values_list("recipient__email", flat=True))


@pytest.fixture
def case(db):
    return bench()


def test_a_pass_may_follow_a_satisfactory_recommendation_at_once(case):
    made = case.decide(on=case.completed_on)
    assert (made.status, made.made_on, made.outcome) == ("passed", case.completed_on, "pass")
    assert len(made.sha256) == 64
    assert case.recommendation.status == "decided"
    case.report.refresh_from_db()
    assert case.report.status == "accepted"  # who decides has accepted the report
    people = {case.cast.ect.user.email, case.cast.head.user.email, case.cast.tutor.user.email}
    assert told("decision_made") == people
    assert not told("assessment_accepted")
    assert refusal(case.decide).endswith("decided this case while you had this page open. Nothing was changed")


def test_d10_and_d11_are_facts_of_the_clock(case):
    opens, closes = deadline(case, "decision"), deadline(case, "representations")
    assert (opens.code, opens.due_on) == ("D11", due_on("D11", case.completed_on))
    assert (closes.code, closes.due_on, closes.owner) == ("D10", due_on("D10", case.completed_on), "system")
    assert "twenty working days" in opens.why
    made = case.decide()
    assert deadline(case, "decision").closed_on == made.made_on
    assert deadline(case, "representations").closed_on == made.made_on
    agency = deadline(case, "agency_told")
    assert (agency.code, agency.due_on, agency.is_open) == ("D13", due_on("D13", made.made_on), True)


def test_a_recommendation_that_arrives_early_waits(db):
    case = bench(early=True)
    assert deadline(case, "decision").due_on == due_on("D11", case.completed_on)
    assert "not yet complete" in refusal(case.decide, on=case.completed_on - timedelta(days=1))
    words = refusal(case.decide, EXTENDS, on=case.completed_on - timedelta(days=1))
    assert words.startswith("Before completion an induction can be extended only for absence")  # R39
    assert case.decide(on=case.completed_on).status == "passed"


@pytest.mark.parametrize("ruling", [FAILS, EXTENDS], ids=["fail", "extend"])
def test_no_fail_or_extension_while_the_ect_may_write(db, ruling):
    case = bench(Recommended.UNSATISFACTORY)
    closes = due_on("D10", case.completed_on)
    assert "may make representations until" in refusal(case.decide, ruling, on=closes)
    assert case.decide(ruling, on=closes + timedelta(days=1)).is_made


def test_a_waiver_opens_the_way_and_what_was_written_must_be_regarded(db):
    case = bench(Recommended.UNSATISFACTORY)
    case.write()
    assert told("representations_received") == {case.officer.user.email}
    assert "until" in refusal(case.decide, FAILS)
    case.write("And more", waives=True)
    assert Representation.objects.count() == 2
    assert refusal(case.write, "Too late").startswith("You told the appropriate body that it need not wait")
    assert "had regard" in refusal(case.decide, FAILS)
    made = case.decide(replace(FAILS, regard=True))
    assert made.status == "failed"
    assert refusal(case.write, "Too late").startswith("The appropriate body has decided")


def test_representations_end_with_their_tenth_working_day(case):
    closes = due_on("D10", case.completed_on)
    case.write(on=closes)
    assert "have passed" in refusal(case.write, on=closes + timedelta(days=1))
    assert refusal(case.write, " ") == "Enter what you want the appropriate body to know"
    other = {"by": case.cast.head, "on": closes, "recommendation": case.recommendation}
    assert "Only the ECT" in refusal(actions.waive_representations, **other)


def test_an_extension_is_served_assessed_and_decided_anew(db):
    """R65: the clock has the extension, with an assessment of its own, and a new decision follows."""
    case = bench(Recommended.EXTENSION)
    case.waive()
    made = case.decide(EXTENDS)
    induction = case.report.induction
    known = facts.facts_of(induction, as_of=case.completed_on)
    assert known.decision_extensions == (Fraction(3, 2),)
    again = timeline(read_facts(facts_json(known), case.completed_on))
    induction.clock.refresh_from_db()
    assert induction.clock.ends_on == again.ends_on > case.completed_on
    assert deadline(case, "extension_assessment").due_on == again.extensions[0].ends_on
    assert (made.extension.number, made.length) == (1, "1.5 full-time terms")
    seen = outlook(induction, on=again.ends_on)
    assert (seen.end.place, seen.case.recommended, seen.case.completed_on) == (2, None, again.ends_on)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"reasons": " "}, "Give the reasons"),
        ({"terms": Fraction(0)}, "how many terms"),
        ({"terms": Fraction(5, 4)}, "one decimal place"),
        ({"terms": Fraction(7)}, "at most 6"),
        ({"ground": None}, "ground"),
        ({"assessments": ""}, "how the ECT is assessed"),
    ],
)
def test_an_extension_is_said_in_full(db, changes, says):
    case = bench(Recommended.EXTENSION)
    case.waive()
    assert says in refusal(case.decide, replace(EXTENDS, **changes))


def test_the_named_contact_decides_nothing(case):
    period = case.report.induction.body_periods.get()
    contact = case.colleague()
    period.contact, period.contact_named_on = contact.user, case.completed_on
    period.save()
    assert "named contact" in refusal(case.decide, by=contact)  # R81
    assert case.decide().is_made


def test_only_the_responsible_body_decides(case):
    stranger = viewer(BodyFactory(), Role.BODY_OFFICER, on=case.completed_on)
    assert "Only the appropriate body that is responsible" in refusal(case.decide, by=stranger)  # R82


def test_there_is_one_final_outcome(case):
    made = case.decide()
    again = Decision.objects.get(pk=made.pk)
    again.pk, again.id = None, None
    with pytest.raises(DatabaseError), transaction.atomic():
        again.save(force_insert=True)
    with pytest.raises(DatabaseError), transaction.atomic():
        Decision.objects.update(reasons="Other reasons")


def test_the_report_is_not_returned_once_decided(case):
    case.decide()
    words = {"on": case.completed_on, "assessment": case.report, "version": 1, "comments": "A line is wrong"}
    assert "can no longer be returned" in refusal(actions.return_assessment, by=case.officer, **words)


def test_a_school_that_corrects_the_report_meanwhile_is_told_of(case):
    words = {"on": case.completed_on, "assessment": case.report, "version": 1, "comments": "A line is wrong"}
    actions.return_assessment(by=case.officer, **words)
    assert "correcting it" in refusal(case.decide)
    case.report.refresh_from_db()
    case.cast.again(
        case.report, on=case.completed_on, held_on=case.report.held_on, others_present="A governor", **FINAL
    )
    row = fresh(case.report)
    row = case.cast.sign(row, "induction_tutor")
    actions.send_to_body(by=case.cast.head, on=case.completed_on, assessment=row, version=2)
    words = refusal(case.decide, version=1)
    assert words.startswith("The school has corrected the report since you opened this page: it is now version 2")
    assert case.decide(version=2).is_made


@pytest.fixture
def two_officers(case):
    body = case.officer.organisation
    day = case.completed_on - timedelta(days=30)
    BodyPolicy.objects.create(
        organisation=body, number=1, starts_on=day, set_on=day, second_officer=True, set_by=case.officer.user
    )
    return case


def test_a_second_officer_approves(two_officers):
    case, second = two_officers, two_officers.colleague()
    proposed = case.decide()
    assert (proposed.status, proposed.made_on, proposed.sha256) == ("proposed", None, "")
    assert deadline(case, "decision").is_open
    assert not told("decision_made")
    day = case.completed_on + timedelta(days=2)
    own = {"by": case.officer, "on": day, "decision": proposed}
    assert "second officer must" in refusal(actions.approve_decision, **own)
    made = actions.approve_decision(by=second, on=day, decision=proposed)
    assert (made.status, made.made_on, made.approval.by) == ("passed", day, second.user)
    assert refusal(actions.approve_decision, by=second, on=day, decision=proposed).startswith("This decision has been")


def test_a_second_officer_returns(two_officers):
    case, second = two_officers, two_officers.colleague()
    proposed = case.decide()
    day = case.completed_on + timedelta(days=2)
    assert refusal(case.decide, by=second).endswith(
        "proposed a decision while you had this page open. Nothing was changed"
    )
    assert "Say what" in refusal(actions.return_decision, by=second, on=day, decision=proposed, comments=" ")
    actions.return_decision(by=second, on=day, decision=proposed, comments="Name the evidence")
    assert told("decision_returned") == {case.officer.user.email}
    again = case.decide(on=day)
    assert (again.status, Decision.objects.count()) == ("proposed", 2)


def test_several_pass_together_each_after_it_was_opened(case):
    chosen = {"chosen": [(case.report, 1)], "reasons": PASSES.reasons, "on": case.completed_on, "by": case.officer}
    assert "Open this case before you pass it. Nobody has been passed" in refusal(actions.pass_several, **chosen)
    case.cast.read(case.report, case.officer)
    (made,) = actions.pass_several(**chosen)
    assert made.status == "passed"


def test_who_is_not_recommended_as_satisfactory_is_decided_alone(db):
    case = bench(Recommended.UNSATISFACTORY)
    case.cast.read(case.report, case.officer)
    chosen = {"chosen": [(case.report, 1)], "reasons": PASSES.reasons, "on": case.completed_on, "by": case.officer}
    assert "decide this one alone" in refusal(actions.pass_several, **chosen)
