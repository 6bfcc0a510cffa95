"""What somebody may be told of a case's dates: absence is not the mentor's business (R79), what was before not that of
a school that joined (R85), what came after not that of who let the case go (R86).
"""

from datetime import date

import pytest

from cases.explaining import explain
from cases.rules.facts_json import read_facts
from cases.rules.timeline import timeline
from cases.rules.timeline_reasons import reasons
from cases.rules.told import Told, as_known_on
from tests.rules.example import absence, changed

AS_OF = date(2026, 11, 22)
NAMES = {"A": "Oakfield School", "B": "Elmbridge Academy"}
ABSENCE_RULES = {"R26", "R29", "R30", "R34"}
LEAVE = absence("2026-01-12", "2026-01-23", "maternity", elect_extension=True)


def told_of(**changes):
    return timeline(read_facts(changed(**changes), AS_OF, also=("id",)))


def moved(**changes):
    """From Oakfield to Elmbridge on 1 September 2026."""
    first = changed()["placements"][0]
    second = first | {"school": "B", "start": "2026-09-02", "working_pattern": [{"from": "2026-09-02", "fte": "1"}]}
    calendars = changed()["calendars"]
    placements = [first | {"end": "2026-07-17"}, second]
    return {"placements": placements, "calendars": calendars | {"B": calendars["A"]}} | changes


def everything_said(answer):
    """All text of an answer, the picture's included."""
    picture = answer.picture
    said = [answer.headline, answer.stands, *answer.assumed, *(reason.says for reason in answer.because)]
    said += [str(cell) for row in [*answer.parts, *answer.dates] for cell in row]
    said += [picture.summary, *(f"{line.when} {line.says}" for line in picture.lines)]
    said += [text for bar in picture.bars for text in (bar.says, *bar.texts)] + [mark.says for mark in picture.marks]
    return "\n".join(said)


class TestAMentor:
    told = Told(NAMES, absences=False)

    @pytest.mark.parametrize("absences", [changed()["absences"], [*changed()["absences"], LEAVE]])
    def test_is_told_no_rule_of_absence(self, absences):
        found = list(reasons(told_of(absences=absences), self.told))
        assert not {reason.rule for reason in found} & ABSENCE_RULES
        assert {"R15", "R36", "R48", "R24"} <= {reason.rule for reason in found}

    def test_is_told_neither_that_nor_how_long_somebody_was_away(self):
        said = everything_said(explain(told_of(absences=[*changed()["absences"], LEAVE]), told=self.told))
        for word in ("34", "44", "bsent", "bsence", "leave", "xtended by", "+", "8 September 2025"):
            assert word not in said.replace("extension included", ""), word

    def test_is_told_the_same_dates(self):
        whole = explain(told_of(), told=Told(NAMES))
        part = explain(told_of(), told=self.told)
        assert part.headline == whole.headline
        assert [row[2] for row in part.parts] == [row[2] for row in whole.parts]
        assert len(part.parts_columns) == len(part.parts[0])

    def test_is_told_no_absence_from_before(self):
        before = {"terms": "1", "calendar_terms": "1", "absence_days": "12"}
        says = " ".join(reason.says for reason in reasons(told_of(before=before), self.told))
        assert "12 days" not in says
        assert "Before the first placement 1 terms were served" in says


class TestASchoolThatJoined:
    told = Told({"B": NAMES["B"]}, since=date(2026, 9, 2), hidden=frozenset({"A"}))

    def test_is_told_nothing_of_what_was_before(self):
        said = everything_said(explain(told_of(**moved()), told=self.told))
        for word in ("Oakfield", "School A", "2025", "17 July 2026", "Progress review 1"):
            assert word not in said, word
        assert "Elmbridge Academy" in said

    def test_is_told_the_same_end(self):
        assert explain(told_of(**moved()), told=self.told).headline == explain(told_of(**moved()), told=Told()).headline

    def test_the_part_that_goes_on_had_begun_before(self):
        answer = explain(told_of(**moved(absences=[])), told=Told({"B": "E"}, date(2027, 1, 5), frozenset({"A", "B"})))
        assert answer.picture is None
        (row,) = [row for row in answer.parts if row[0] == "Part 2"]
        assert row[1] == "Before 5 January 2027"
        says = [reason.says for reason in answer.because]
        assert any(text.startswith("Part 2 had begun by 5 January 2027 and ends on") for text in says)

    def test_service_elsewhere_is_said_to_count(self):
        says = [reason.says for reason in reasons(told_of(**moved()), self.told)]
        assert "Service elsewhere counts as well; what was before is not shown here." in says


class TestWhoLetTheCaseGo:
    def test_knows_nothing_of_what_came_after(self):
        facts = read_facts(changed(**moved()), AS_OF, also=("id",))
        known = as_known_on(facts, date(2026, 7, 17))
        assert [placement.school for placement in known.placements] == ["A"]
        assert known.as_of == date(2026, 7, 17)
        said = everything_said(explain(timeline(known), told=Told(NAMES)))
        for word in ("Elmbridge", "2027", "2 September 2026"):
            assert word not in said, word

    def test_what_went_on_is_known_until_the_last_day(self):
        facts = read_facts(changed(absences=[absence("2026-03-02") | {"end": None}]), AS_OF, also=("id",))
        known = as_known_on(facts, date(2026, 3, 20))
        assert known.placements[0].end == known.absences[0].end == date(2026, 3, 20)
        assert not as_known_on(facts, date(2026, 2, 1)).absences
