"""What each day of the coming weeks asks of an appropriate body, and of each of its officers."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, OuterRef, Subquery

from induction_portal.accounts.viewer import Viewer

from .deadlines import label
from .duties import OF_BODIES, standing_deadlines
from .forms.filters import OfficerFilter
from .lists import officers_of
from .models import BodyPeriod, Deadline
from .querysets import in_force
from .reach import current_keys
from .rules.working_days import is_working_day
from .settling import settle, settled

WEEKS, STEPS = 6, 10
AHEAD = timedelta(weeks=WEEKS)


@dataclass(frozen=True, slots=True)
class Due:
    """So many things of one kind fall due on a day in the cases of one officer."""

    on: date
    officer: str
    says: str
    count: int


@dataclass(frozen=True, slots=True)
class Line:
    """One day: how many things fall due, what they are, and how long its bar is, in tenths of the busiest day's."""

    on: date
    count: int
    says: str
    bar: int


@dataclass(frozen=True, slots=True)
class Share:
    """One officer: what is overdue, due in the next seven days, and after that."""

    name: str
    overdue: int
    week: int
    later: int


def workload_context(viewer: Viewer, query: Mapping[str, str]) -> dict[str, Any]:
    """Both tables, for one officer where the query string names one. Seven queries or fewer, however many cases."""
    officers = officers_of(viewer)
    form = OfficerFilter(query, offered={"officer": officers, "school": []})
    waiting = settle(current_keys(viewer))
    found = _due(viewer, waiting, form.asked.get("officer", ""))
    lines = _lines(found, viewer.on)
    return {
        "form": form,
        "lines": lines,
        "shares": _shares(found, viewer.on),
        "overdue": sum(due.count for due in found if due.on < viewer.on),
        "total": sum(line.count for line in lines),
        "waiting": waiting,
        "weeks": WEEKS,
    }


def _due(viewer: Viewer, waiting: int, officer: str) -> list[Due]:
    """What the body itself has to do, counted by day, officer and kind. One query."""
    held = BodyPeriod.objects.filter(
        in_force("", on=viewer.on), induction=OuterRef("induction"), body=viewer.organisation
    )
    own = settled(standing_deadlines(viewer), waiting).filter(
        owner__in=OF_BODIES, due_on__lte=viewer.on + AHEAD, waits=""
    )
    own = own.annotate(officer=Subquery(held.values("officer")[:1]), who=Subquery(held.values("officer__name")[:1]))
    if officer:
        own = own.filter(officer=officer)
    rows = own.order_by("due_on").values_list("due_on", "who", "kind", "number").annotate(count=Count("pk"))
    return [Due(on, who or "Nobody", label(Deadline(kind=kind, number=number)), n) for on, who, kind, number, n in rows]


def _lines(found: Iterable[Due], on: date) -> list[Line]:
    """Every working day of the coming weeks, and any other on which something falls due."""
    by_day: dict[date, Counter[str]] = {}
    for due in found:
        by_day.setdefault(due.on, Counter())[due.says] += due.count
    days = [on + timedelta(days=n) for n in range(AHEAD.days + 1)]
    shown = [day for day in days if day in by_day or is_working_day(day)]
    most = max((sum(by_day[day].values()) for day in shown if day in by_day), default=1)
    return [_line(day, by_day.get(day, Counter()), most) for day in shown]


def _line(day: date, kinds: "Counter[str]", most: int) -> Line:
    count = sum(kinds.values())
    says = ", ".join(f"{what} ({n})" if n > 1 else what for what, n in sorted(kinds.items()))
    return Line(day, count, says, -(-count * STEPS // most))


def _shares(found: Iterable[Due], on: date) -> list[Share]:
    week = on + timedelta(days=7)
    by_officer: dict[str, Counter[str]] = {}
    for due in found:
        when = "overdue" if due.on < on else "week" if due.on < week else "later"
        by_officer.setdefault(due.officer, Counter())[when] += due.count
    return [Share(name, n["overdue"], n["week"], n["later"]) for name, n in sorted(by_officer.items())]
