"""Whether a body may decide, when it must, what the ECT may still say: R39, R61, R62, R65, R81, R82; D10, D11."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from cases.rules import deciding
from cases.rules.deciding import Case, Ruling
from cases.rules.errors import RuleBroken
from cases.rules.outcomes import ExtensionGround, Outcome, Recommended
from cases.rules.statuses import DecisionStatus, RecommendationStatus, RepresentationsStatus

COMPLETED, RECEIVED = date(2026, 7, 22), date(2026, 7, 27)
CLOSES = date(2026, 8, 7)  # 27 July is the first of ten working days
OPEN, MADE, WAIVED, CLOSED = RepresentationsStatus
READY = Case(
    today=date(2026, 8, 10), completed_on=COMPLETED, recommended=Recommended.UNSATISFACTORY, received_on=RECEIVED,
    representations=CLOSED,
)  # fmt: skip
FAIL, EXTEND, PASS = Outcome.FAIL, Outcome.EXTEND, Outcome.PASS
RULING = Ruling(EXTEND, "Illness", Fraction(3, 2), ExtensionGround.ILLNESS, "A review")


def test_r62_the_clock_counts_from_the_later_of_receipt_and_completion():
    assert (READY.clock_starts, READY.due_on) == (RECEIVED, date(2026, 8, 21))
    early = replace(READY, received_on=date(2026, 7, 1))
    assert (early.clock_starts, early.due_on) == (COMPLETED, date(2026, 8, 18))
    assert replace(READY, completed_on=None).due_on is None
    assert READY.representations_close == CLOSES
    assert Case(today=COMPLETED).representations_close is None


@pytest.mark.parametrize("outcome", list(Outcome))
def test_everything_may_be_decided_once_all_is_in(outcome):
    deciding.check_may_decide(READY, outcome)


@pytest.mark.parametrize(
    ("outcome", "changes", "says"),
    [
        (PASS, {"final": DecisionStatus.FAILED}, "final outcome already"),
        (PASS, {"decided": DecisionStatus.VARIED}, "decided already"),
        (PASS, {"is_contact": True}, "named contact"),
        (PASS, {"proposed": True}, "proposed already"),
        (PASS, {"with_body": False}, "correcting it"),
        (PASS, {"recommended": None}, "has not been received"),
        (PASS, {"received_on": None}, "has not been received"),
        (PASS, {"completed_on": None}, "not known yet"),
        (PASS, {"today": date(2026, 7, 21)}, "not yet complete. You can decide once it is, on 22 July 2026"),
        (EXTEND, {"today": date(2026, 7, 21)}, "extended only for absence"),
        (EXTEND, {"completed_on": None}, "extended only for absence"),
        (FAIL, {"today": CLOSES, "representations": OPEN}, "until 7 August 2026"),
        (EXTEND, {"today": CLOSES, "representations": MADE}, "until 7 August 2026"),
    ],
)
def test_r39_r61_r62_r81_when_it_may_not(outcome, changes, says):
    with pytest.raises(RuleBroken, match=says):
        deciding.check_may_decide(replace(READY, **changes), outcome)


def test_r61_a_waiver_opens_the_way():
    deciding.check_may_decide(replace(READY, today=RECEIVED, representations=WAIVED), FAIL)


@pytest.mark.parametrize(
    ("ruling", "case", "new_school", "field"),
    [
        (replace(RULING, reasons=" "), READY, False, "reasons"),
        (replace(RULING, terms=Fraction(0)), READY, False, "terms"),
        (replace(RULING, terms=Fraction(5, 4)), READY, False, "terms"),
        (replace(RULING, terms=Fraction(61, 10)), READY, False, "terms"),
        (replace(RULING, terms=Fraction(1, 2)), READY, True, "terms"),
        (replace(RULING, ground=None), READY, False, "ground"),
        (replace(RULING, assessments=""), READY, False, "assessments"),
        (Ruling(PASS, "Met"), replace(READY, written=True), False, "regard"),
    ],
)
def test_r62_r65_a_ruling_is_said_in_full(ruling, case, new_school, field):
    with pytest.raises(RuleBroken) as broken:
        deciding.check_ruling(ruling, case, new_school=new_school)
    assert broken.value.field == field


def test_r65_a_full_ruling_is_enough():
    deciding.check_ruling(RULING, READY)
    deciding.check_ruling(Ruling(PASS, "Met", regard=True), replace(READY, written=True))


@pytest.mark.parametrize(
    ("answers", "today", "decided", "status"),
    [
        ([], CLOSES, False, OPEN),
        ([], CLOSES + timedelta(days=1), False, CLOSED),
        ([], RECEIVED, True, CLOSED),
        ([False], CLOSES, False, MADE),
        ([False], CLOSES + timedelta(days=1), False, MADE),
        ([False, True], RECEIVED, False, WAIVED),
    ],
)
def test_r61_where_the_right_to_write_stands(answers, today, decided, status):
    given = {"received_on": RECEIVED, "today": today, "decided": decided}
    assert deciding.representations_status(answers, **given) is status


@pytest.mark.parametrize(
    ("status", "today", "may"),
    [(OPEN, CLOSES, True), (MADE, CLOSES, True), (OPEN, CLOSES + timedelta(days=1), False), (WAIVED, RECEIVED, False)],
)
def test_r61_d10_ten_working_days_to_write(status, today, may):
    assert deciding.may_still_write(status, received_on=RECEIVED, today=today) is may


@pytest.mark.parametrize(
    ("stored", "today", "status"),
    [
        (RecommendationStatus.SENT, date(2026, 7, 21), RecommendationStatus.EARLY),
        (RecommendationStatus.SENT, COMPLETED, RecommendationStatus.RECEIVED),
        (RecommendationStatus.DECIDED, COMPLETED, RecommendationStatus.DECIDED),
    ],
)
def test_r62_received_not_yet_complete(stored, today, status):
    assert deciding.recommendation_status(stored, today=today, completed_on=COMPLETED) is status


def test_r81_r82_a_second_officer_is_another_and_no_contact():
    deciding.check_second_officer(proposed_by=1, approves=2, is_contact=False)
    with pytest.raises(RuleBroken, match="second officer"):
        deciding.check_second_officer(proposed_by=1, approves=1, is_contact=False)
    with pytest.raises(RuleBroken, match="named contact"):
        deciding.check_second_officer(proposed_by=1, approves=2, is_contact=True)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"final": DecisionStatus.PASSED}, "Nothing more is to be decided"),
        ({"with_body": False}, "correcting the report"),
        ({"recommended": None}, "headteacher recommends within 10 working days"),
        ({"completed_on": None}, "begin when induction is complete"),
        ({"today": date(2026, 7, 21)}, "Received, not yet complete"),
        ({"today": CLOSES, "representations": OPEN}, "Until 7 August 2026 the ECT may write"),
        ({}, "Decide to pass, to extend or to fail by 21 August 2026"),
    ],
)
def test_r62_what_the_law_requires_next(changes, says):
    assert says in deciding.requires_next(replace(READY, **changes))
