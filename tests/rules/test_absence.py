"""Absence away from the timeline: R26-R39, D19, D20."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from cases.rules import absence
from cases.rules.absence_kinds import AbsenceKind, Effect
from cases.rules.absence_watch import absence_by, days_reaching, service_years
from cases.rules.errors import RuleBroken
from cases.rules.facts import Before
from cases.rules.statuses import ElectionStatus
from cases.rules.timeline import timeline
from tests.rules.build import ENGLAND, FIRST_DAY, away, facts, placed, reckoned, school_days, step

DAYS = school_days(ENGLAND, FIRST_DAY, 500)


@pytest.mark.parametrize(("days", "extension"), [("29.5", 0), ("30", 30), ("35", 35), ("0", 0)])
def test_r26_extension(days, extension):
    assert absence.extension_days(Fraction(days)) == extension


def test_r27_r28_part_days():
    half = Fraction(1, 2)
    assert absence.counted_fraction(half) == half
    assert absence.counted_fraction(half, part_day_as_full=True) == 1
    assert absence.phased_fraction(half, absence.PhasedReturn.HOURS_MISSED) == half
    assert absence.phased_fraction(half, absence.PhasedReturn.FULL_DAY) == 1


def test_r28_every_kind_has_its_effect():
    effects = {kind.value: kind.effect for kind in AbsenceKind}
    statutory = {kind for kind, effect in effects.items() if effect is Effect.STATUTORY}
    assert statutory == {
        "maternity", "paternity", "adoption", "shared_parental", "parental_bereavement", "carers", "neonatal_care",
    }  # fmt: skip
    assert effects["training"] is Effect.IGNORED
    assert effects["school_closure"] is Effect.CLOSES_SCHOOL
    assert effects["covid"] is Effect.COUNTS_SINCE_COVID_RULE_ENDED
    assert sum(effect is Effect.COUNTS for effect in effects.values()) == 9


def test_r29_only_the_ect_elects_and_a_confirmed_choice_stands():
    choose = ElectionStatus.AWAITING_ELECTION, ElectionStatus.EXTEND
    absence.check_election(*choose, "ect", confirmed=False)
    absence.check_election(ElectionStatus.EXTEND, ElectionStatus.NOT_EXTEND, "ect", confirmed=False)
    with pytest.raises(RuleBroken, match="Only the ECT"):
        absence.check_election(*choose, "headteacher", confirmed=False)
    with pytest.raises(RuleBroken, match="stands"):
        absence.check_election(ElectionStatus.EXTEND, ElectionStatus.NOT_EXTEND, "ect", confirmed=True)
    with pytest.raises(RuleBroken, match="cannot become"):
        absence.check_election(ElectionStatus.AWAITING_RETURN, ElectionStatus.EXTEND, "ect", confirmed=False)


@pytest.mark.parametrize(
    ("counting", "elected", "look"), [("28", "40", True), ("0", "40", False), ("30", "40", False), ("28", "0", False)]
)
def test_r30_an_election_beside_short_absence_is_shown_to_the_body(counting, elected, look):
    assert absence.election_needs_a_look(Fraction(counting), Fraction(elected)) is look


def test_r37_a_new_school_takes_at_least_a_term():
    assert absence.least_service_at_new_school(Fraction(1, 2)) == 1
    assert absence.least_service_at_new_school(Fraction(3, 2)) == Fraction(3, 2)


def test_r38_d20_figures_reached():
    assert not absence.must_tell_body(Fraction("29.5"))
    assert absence.must_tell_body(Fraction(30))
    assert absence.warnings_reached(Fraction(20)) == [15, 20]
    assert absence.warnings_reached(Fraction(20), prorata=Fraction(18)) == [15, 18, 20]
    assert absence.warnings_reached(Fraction("14.9")) == []


def test_r39_nothing_else_extends_before_completion():
    absence.check_may_extend(completed=True)
    absence.check_may_extend(completed=False, welsh=True)
    with pytest.raises(RuleBroken, match="by absence only"):
        absence.check_may_extend(completed=False)


def test_r38_d19_the_day_each_figure_is_reached():
    case = facts(absences=(away(DAYS[0], DAYS[17]), away(DAYS[100], DAYS[119], fraction="0.5"), away(DAYS[400])))
    part = timeline(case).parts[0]
    assert days_reaching(case, part) == {15: DAYS[14], 20: DAYS[103], 25: DAYS[113]}
    assert absence_by(case, part, DAYS[14]) == 15
    assert absence_by(case, part, DAYS[14] - timedelta(days=1)) == 14
    assert absence_by(case, part, date(2050, 1, 1)) == 28


def test_r38_days_brought_from_before_belong_to_the_first_part():
    before = Before(Fraction(1), Fraction(1), Fraction(22))
    case = facts(absences=(away(DAYS[0], DAYS[9]), away(DAYS[200], DAYS[216])), before=before)
    first, second = timeline(case).parts
    assert days_reaching(case, first) == {15: DAYS[0], 20: DAYS[0], 25: DAYS[2], 30: DAYS[7]}
    assert days_reaching(case, second) == {15: DAYS[214]}


def test_r38_an_unfinished_part_is_watched_to_its_last_day():
    case = facts(placed(end=DAYS[90]), absences=(away(DAYS[0], DAYS[15]),))
    (part,) = timeline(case).parts
    assert days_reaching(case, part) == {15: DAYS[14]}


def test_r32_years_of_service_and_their_pro_rata_figure():
    year = sum(term.length for term in ENGLAND.terms[:3])
    case = facts(placed(end=ENGLAND.terms[4].end, fte="0.6"), absences=(away(DAYS[0], DAYS[29]), away(DAYS[year])))
    first, second = service_years(case)
    assert (first.starts_on, first.ends_on) == (FIRST_DAY, ENGLAND.terms[2].end)
    assert (first.absence, first.threshold, first.extension_days) == (18, 18, 18)
    assert (second.starts_on, second.absence, second.extension_days) == (DAYS[year], Fraction("0.6"), 0)


def test_r32_r33_a_changed_pattern_is_averaged_by_days():
    change = ENGLAND.terms[1].start
    (year, *_) = service_years(facts(placed(steps=[step("1"), step("0.5", change)], end=ENGLAND.terms[2].end)))
    first, total = ENGLAND.terms[0].length, sum(term.length for term in ENGLAND.terms[:3])
    assert year.average_fte == (first + Fraction(total - first, 2)) / total
    assert year.extension_days == 0


def test_r32_no_service_has_no_years():
    assert list(service_years(facts(placed(end=DAYS[3])))) == []


def test_r31_and_r32_differ_only_when_absence_is_bunched():
    case = facts(placed(fte="0.5"), absences=(away(DAYS[0], DAYS[29]),))
    assert next(service_years(case)).extension_days == 15
    assert reckoned(placed(fte="0.5"), absences=case.absences).parts[0].ends_on == ENGLAND.terms[5].end
