"""The picture of an induction: what is drawn follows from the timeline, and the words say the same."""

from datetime import date
from fractions import Fraction

import pytest
from django.template.loader import render_to_string

from cases.picture import LEFT, WIDTH, Happening, picture
from cases.rules.facts_json import read_facts
from cases.rules.timeline import timeline
from cases.rules.told import Told
from tests.rules.example import CASE

NAMES = {"A": "Oakfield School", "B": "Elmbridge Academy"}
AS_OF = date(2026, 11, 22)


def drawn(**changes):
    case = {key: value for key, value in CASE.items() if key != "id"} | changes
    return picture(timeline(read_facts(case, AS_OF)), told=Told(NAMES))


def bars(found, kind):
    return [bar for bar in found.bars if bar.kind == kind]


def test_parts_extension_and_absence_are_drawn_in_order():
    found = drawn()
    first, second = bars(found, "part")
    (extension,) = bars(found, "extension")
    assert first.x < extension.x < second.x
    assert extension.texts[0] == "+34 days"
    assert len(bars(found, "absence")) == 1
    assert found.summary.startswith("Induction started on 2 September 2025 and ends on 18 October 2027.")


def test_everything_lies_inside_the_frame():
    found = drawn(absences=[{"start": "2025-09-08", "end": None, "kind": "sickness"}])
    for bar in found.bars:
        assert bar.x >= LEFT, bar
        assert bar.x + bar.width <= WIDTH + 1, bar
    assert all(LEFT <= mark.x <= WIDTH for mark in found.marks)
    assert LEFT <= found.today <= WIDTH


def test_two_schools_at_once_have_lanes_of_their_own():
    both = [
        CASE["placements"][0] | {"working_pattern": [{"from": "2025-09-02", "fte": "0.6"}]},
        {"school": "B", "start": "2025-09-02", "end": None, "working_pattern": [{"from": "2025-09-02", "fte": "0.4"}]},
    ]
    found = drawn(placements=both, calendars=CASE["calendars"] | {"B": CASE["calendars"]["A"]})
    assert len({bar.y for bar in bars(found, "part-time")}) == 2


def test_every_step_of_a_pattern_has_a_bar_and_its_share():
    steps = [{"from": "2025-09-02", "fte": "1"}, {"from": "2026-04-13", "fte": "0.6"}]
    found = drawn(placements=[CASE["placements"][0] | {"working_pattern": steps}])
    assert [bar.says for bar in bars(found, "school")] == ["Oakfield School: 2 September 2025 to 12 April 2026"]
    assert [bar.texts[0] for bar in bars(found, "part-time")] == ["Oakfield School, 0.6 of full time"]


def test_who_may_not_see_absences_sees_none_of_them():
    facts = read_facts({key: value for key, value in CASE.items() if key != "id"}, AS_OF)
    found = picture(timeline(facts), told=Told(NAMES, absences=False))
    assert not bars(found, "absence")
    assert not [line for line in found.lines if "Absent" in line.says]


def test_a_reason_for_absence_is_never_in_it():
    html = render_to_string("components/induction_picture.html", {"picture": drawn()})
    assert "ickness" not in html


def test_the_words_say_what_is_drawn():
    found = drawn()
    html = render_to_string("components/induction_picture.html", {"picture": found})
    says = " ".join(line.says for line in found.lines)
    for expected in ("Part 1 is extended by 34 days", "Absent 8 September 2025", "Final formal assessment due"):
        assert expected in says
    assert html.count("<li>") == len(found.lines)


def test_what_happened_beside_the_clock_is_marked():
    sent = Happening(date(2025, 12, 18), "done", "Progress review 1 sent")
    facts = read_facts({key: value for key, value in CASE.items() if key != "id"}, AS_OF)
    found = picture(timeline(facts), told=Told(NAMES), done=[sent])
    assert [mark.says for mark in found.marks if mark.kind == "done"] == ["Progress review 1 sent"]


def test_a_case_without_a_placement_has_no_picture():
    assert drawn(placements=[]) is None


@pytest.mark.parametrize("fte", ["0.05", "0.2"])
def test_an_induction_of_decades_is_drawn_as_far_as_the_frame_goes(fte):
    steps = [{"from": "2025-09-02", "fte": fte}]
    found = drawn(placements=[CASE["placements"][0] | {"working_pattern": steps}], absences=[])
    assert all(bar.x + bar.width <= WIDTH + 1 for bar in found.bars)
    assert Fraction(fte) < 1
