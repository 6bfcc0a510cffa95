"""What a signature binds, and for how long it stands (R53)."""

from itertools import product

import pytest

from cases.rules.errors import RuleBroken
from cases.rules.signing import (
    ECT,
    HEAD,
    ORDER,
    SEALING,
    TOUCHES,
    TUTOR,
    Bound,
    changes,
    changes_for,
    check_both,
    check_turn,
    digests_of,
    parts_of,
    stands,
    whose_turn,
)
from cases.rules.statuses import SignatureStatus

REQUESTED, SIGNED, REFUSED = SignatureStatus.REQUESTED, SignatureStatus.SIGNED, SignatureStatus.REFUSED
CONTENT = dict.fromkeys(TOUCHES, "as it was") | {"judged": {"TS1": {"evidence": "Visits"}}, "version": 1}


def touched(**changed):
    """Whose part is another when something changes."""
    before, after = digests_of(CONTENT), digests_of(CONTENT | changed)
    return {role for role in ORDER if before[role] != after[role]}


@pytest.mark.parametrize("field", TOUCHES)
def test_a_change_touches_exactly_whom_the_table_names(field):
    assert touched(**{field: "another"}) == TOUCHES[field]


def test_the_tutor_answers_for_everything():
    assert all(TUTOR in roles for roles in TOUCHES.values())


@pytest.mark.parametrize("field", sorted(SEALING))
def test_who_seals_a_version_and_when_touches_nobody(field):
    assert touched(**{field: "another"}) == set()


@pytest.mark.parametrize(
    ("field", "whom"),
    [
        ("others_present", {TUTOR}),
        ("next_school", {TUTOR}),
        ("ect", {TUTOR, ECT}),
        ("served", {TUTOR, HEAD}),
        ("judged", set(ORDER)),
        ("held_on", set(ORDER)),
    ],
)
def test_what_a_correction_asks_for_again(field, whom):
    assert touched(**{field: "another"}) == whom


def test_a_field_of_which_nobody_said_whom_it_touches_is_refused():
    with pytest.raises(KeyError):
        parts_of({"something_new": 1})


def test_parts_are_canonical():
    again = dict(reversed(list(CONTENT.items())))
    assert parts_of(CONTENT) == parts_of(again)


@pytest.mark.parametrize(
    ("signed", "parts", "holds"),
    [
        (Bound(ECT, 1, "a"), {1: "a"}, True),
        (Bound(ECT, 1, "a"), {1: "a", 2: "a"}, True),
        (Bound(ECT, 1, "a"), {1: "a", 2: "b"}, False),
        (Bound(ECT, 1, "a"), {1: "a", 2: "b", 3: "a"}, False),  # void once is void for good
        (Bound(ECT, 2, "b"), {1: "a", 2: "b"}, True),
    ],
)
def test_a_signature_stands_while_its_part_is_the_same(signed, parts, holds):
    assert stands(signed, parts) is holds


def test_each_is_shown_exactly_what_changed_for_them():
    after = CONTENT | {"judged": {"TS1": {"evidence": "Books"}}, "next_school": "Elm", "version": 2}
    evidence = ("judged.TS1.evidence", "Visits", "Books")
    assert changes_for(ECT, CONTENT, after) == [evidence]
    assert set(changes_for(TUTOR, CONTENT, after)) == {evidence, ("next_school", "as it was", "Elm")}
    assert changes(CONTENT, CONTENT | {"version": 2, "author": "Ben"}) == []


def test_what_was_taken_out_or_added_is_a_change():
    without = {name: value for name, value in CONTENT.items() if name != "stays"}
    assert changes(CONTENT, without) == [("stays", "as it was", None)]
    assert changes(without, CONTENT) == [("stays", None, "as it was")]


@pytest.mark.parametrize(
    ("tutor", "head", "ect", "turn"),
    [
        (REQUESTED, REQUESTED, REQUESTED, TUTOR),
        (SIGNED, REQUESTED, REQUESTED, HEAD),
        (SIGNED, SIGNED, REQUESTED, ECT),
        (SIGNED, SIGNED, SIGNED, None),
        (SIGNED, SIGNED, REFUSED, None),
        (REFUSED, SIGNED, SIGNED, TUTOR),
        (SIGNED, REFUSED, SIGNED, HEAD),
        (REQUESTED, SIGNED, SIGNED, TUTOR),
    ],
)
def test_tutor_then_headteacher_then_ect(tutor, head, ect, turn):
    assert whose_turn({TUTOR: tutor, HEAD: head, ECT: ect}) == turn


def test_nobody_signs_before_who_comes_first_or_twice():
    for states in product([REQUESTED, SIGNED, REFUSED], repeat=3):
        statuses = dict(zip(ORDER, states, strict=True))
        for place, role in enumerate(ORDER):
            first = all(statuses[other] is SIGNED for other in ORDER[:place])
            if first and statuses[role] is not SIGNED:
                check_turn(role, statuses)
            else:
                with pytest.raises(RuleBroken):
                    check_turn(role, statuses)


def test_who_is_headteacher_and_tutor_signs_twice_knowingly():
    check_both([], TUTOR, knowingly=False)
    check_both([TUTOR], HEAD, knowingly=True)
    with pytest.raises(RuleBroken, match="You have signed as the induction tutor") as broken:
        check_both([TUTOR], HEAD, knowingly=False)
    assert broken.value.field == "both"
