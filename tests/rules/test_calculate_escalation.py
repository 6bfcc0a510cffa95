"""``calculate escalation``: plans and moves, R70-R75."""

import itertools
import json
from datetime import date

import pytest

from cases.rules.calculate import ROLES, answer
from cases.rules.escalation import Move, Progress, owner_of, weeks_without_school
from cases.rules.escalation import move as rule_on
from cases.rules.statuses import SupportLevel
from cases.rules.transitions import moves_from

PLAN = {"id": "x", "level": 4, "starts_on": "2026-11-02", "weeks": 6}
MOVE = {
    "id": "x", "from": 2, "to": 4, "part": 1, "by": "induction_tutor", "progress": "none", "reason": "",
    "body_override": False, "body_agreed": False,
}  # fmt: skip
LEVELS = [0, 1, 2, 3, 4, 5, 6, "monitoring"]
SCHOOL = {"induction_tutor", "induction_lead", "headteacher"}


def ask(line):
    return json.loads(answer("escalation", json.dumps(line), date(2026, 11, 22)))


def plan(**changes):
    return ask({**PLAN, **changes})


def move(now, to, **changes):
    return ask({**MOVE, "from": now, "to": to, **changes})


def test_the_published_plan():
    reply = plan()
    assert reply["body_updates_due"][:1] == ["2026-11-09"]
    assert {key: reply[key] for key in ("id", "ends_on", "rows", "owner")} == {
        "id": "x", "ends_on": "2026-12-13", "rows": 6, "owner": "induction_tutor",
    }  # fmt: skip
    assert list(reply) == ["id", "ends_on", "rows", "owner", "body_updates_due", "because"]


def test_r75_worked_examples():
    assert plan(level=1, starts_on="2026-09-07", weeks=3)["ends_on"] == "2026-09-27"
    assert plan(starts_on="2027-01-11")["body_updates_due"] == [
        "2027-01-18", "2027-01-25", "2027-02-01", "2027-02-08", "2027-02-15", "2027-02-22",
    ]  # fmt: skip


def test_r75_levels_1_to_3_update_five_working_days_after_start_and_end():
    reply = plan(level=2, starts_on="2026-11-16", weeks=5)
    assert (reply["ends_on"], reply["owner"]) == ("2026-12-20", "induction_tutor")
    assert reply["body_updates_due"] == ["2026-11-23", "2026-12-29"]
    assert plan(level=1, weeks=2)["owner"] == "mentor"


@pytest.mark.parametrize(
    ("level", "allowed"), [(1, {2, 3, 4}), (2, {4, 5, 6}), (3, {4, 5, 6}), (4, {6}), (5, {1, 2, 3, 4, 5, 6})]
)
def test_r70_weeks_allowed(level, allowed):
    for weeks in range(-1, 9):
        reply = plan(level=level, weeks=weeks)
        if weeks in allowed:
            assert reply["rows"] == weeks
            assert len(reply["body_updates_due"]) == (weeks if level > 3 else 2)
        else:
            assert reply["error"]["path"] == "weeks"
            assert str(min(allowed)) in reply["error"]["message"]
            assert str(max(allowed)) in reply["error"]["message"]


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"level": 6}, "level"),
        ({"level": 0}, "level"),
        ({"level": "monitoring"}, "level"),
        ({"level": 7}, "level"),
        ({"level": "4"}, "level"),
        ({"level": True}, "level"),
        ({"level": 4.0}, "level"),
        ({"weeks": "6"}, "weeks"),
        ({"weeks": None}, "weeks"),
        ({"weeks": 6.0}, "weeks"),
        ({"weeks": 10**30}, "weeks"),
        ({"starts_on": "2026-11-31"}, "starts_on"),
        ({"starts_on": "9999-12-31"}, "starts_on"),
        ({"to": 4}, "to"),
        ({"extra": 4}, "extra"),
    ],
)
def test_plan_errors(changes, path):
    assert plan(**changes)["error"]["path"] == path


def test_the_published_move():
    reply = move(2, 4)
    because = reply.pop("because")
    assert reply == {
        "id": "x", "allowed": False, "message": "In part 1 give the reason for moving from Level 2 to Level 4.",
        "owner": None, "duties": [],
    }  # fmt: skip
    assert [reason["rule"] for reason in because] == ["R72"]
    allowed = move(2, 4, reason="No change after six weeks")
    assert (allowed["allowed"], allowed["message"], allowed["owner"]) == (True, None, "induction_tutor")
    assert allowed["duties"]
    assert all(duty.endswith(".") for duty in allowed["duties"])


def expected(now, to, part, by, progress, reason, override, agreed):
    """The table of R72 and the paragraph on owners and conditions, read row by row, for a role that may act."""
    who = SCHOOL | {"mentor"} if (now, to) in {(0, 1), (1, 1), (1, 0)} else SCHOOL
    who = {"headteacher"} if 6 in (now, to) else who
    if by not in who:
        return False
    if now == 6:
        return to == "monitoring"
    if to == 6:
        return reason
    if now == "monitoring":
        return to in (0, 1, 2, 3, 4) and reason and (to == 0 or progress != "on_track")
    if to == "monitoring":
        return now in (4, 5)
    if now == to:
        return {1: reason, 3: part == 1 or reason, 4: agreed}.get(now, False)
    if to < now:
        if to == 0:
            return now in (1, 2, 3) and progress == "on_track"
        return to == now - 1 and reason and progress != "none"
    if progress == "on_track":
        return False
    if (now, to) == (4, 5):
        return part == 2 or agreed
    if to == now + 1 or (now, to) == (0, 2):
        return True
    if (now, to) == (2, 4) and progress == "none":
        return part == 2 or reason
    return override and reason


ACTORS = ("mentor", "induction_tutor", "induction_lead", "headteacher", "ect", "body_officer")


@pytest.mark.parametrize("now", LEVELS)
@pytest.mark.parametrize("to", LEVELS)
def test_r72_every_move_there_is(now, to):
    low, high = SupportLevel(str(now)), SupportLevel(str(to))
    seen = set()
    for part, by, progress, reason, override, agreed in itertools.product(
        (1, 2), ACTORS, Progress, ("", "Because"), (False, True), (False, True)
    ):
        found = rule_on(Move(low, high, part, by, progress, reason, override, agreed))
        ruling = found.value
        wanted = (part, by, progress, reason, override, agreed)
        assert ruling.allowed is bool(expected(now, to, part, by, progress, bool(reason), override, agreed)), wanted
        assert ruling.owner == (owner_of(high) if ruling.allowed else None)
        assert bool(ruling.duties) is ruling.allowed
        assert found.because
        seen.add(ruling.allowed)
    assert (True in seen) is (high in moves_from(low))


@pytest.mark.parametrize("by", ROLES)
def test_every_role_is_known(by):
    reply = move(1, 2, by=by)
    assert reply["allowed"] is (by in SCHOOL)
    assert (reply["message"] is None) is reply["allowed"]


def test_r70_owners():
    assert [owner_of(SupportLevel(str(level))) for level in LEVELS] == [
        None, "mentor", *["induction_tutor"] * 4, "headteacher", "induction_tutor",
    ]  # fmt: skip


def test_r73_no_level_changes_the_outcome():
    reply = move(4, 5, part=2)
    assert any(reason["rule"] == "R73" for reason in reply["because"])
    assert any("cannot be extended before it is complete" in duty for duty in reply["duties"])


def test_r74_capability_runs_beside_induction():
    reply = move(3, 6, by="headteacher", reason="Serious misconduct", progress="on_track")
    assert reply["owner"] == "headteacher"
    assert any("Induction continues" in duty for duty in reply["duties"])


def test_a_reason_of_blanks_is_none():
    assert not move(1, 1, reason=" \n")["allowed"]
    assert "once" in " ".join(move(1, 1, reason="Tried twice")["duties"])


def test_an_override_is_recorded():
    reply = move(1, 4, reason="Grave", body_override=True)
    assert any("skip a level" in duty for duty in reply["duties"])


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"from": 7}, "from"),
        ({"from": "2"}, "from"),
        ({"to": -1}, "to"),
        ({"to": None}, "to"),
        ({"part": 0}, "part"),
        ({"by": "teacher"}, "by"),
        ({"by": "system"}, "by"),
        ({"progress": "slow"}, "progress"),
        ({"progress": None}, "progress"),
        ({"reason": None}, "reason"),
        ({"body_override": "no"}, "body_override"),
        ({"body_agreed": 0}, "body_agreed"),
        ({"weeks": 6}, "from"),
        ({"extra": 6}, "extra"),
    ],
)
def test_move_errors(changes, path):
    assert ask({**MOVE, **changes})["error"]["path"] == path


@pytest.mark.parametrize("key", [key for key in MOVE if key != "id"])
def test_a_move_needs_every_key(key):
    assert ask({each: value for each, value in MOVE.items() if each != key})["error"]["path"] == key


def test_r75_weeks_without_a_school_day_are_named():
    days = frozenset(date(2026, 11, day) for day in range(2, 7)) | {date(2026, 11, 20)}
    assert weeks_without_school(date(2026, 11, 2), 4, days) == [2, 4]
