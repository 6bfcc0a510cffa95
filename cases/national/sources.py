"""What the national service has not been told of a body's ECTs: starts to claim, ends to report (R88)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery

from induction_portal.accounts.models import Organisation

from ..agreeing import main_placement
from ..facts import facts_of_many
from ..models import BodyPeriod, EarlierClaim, FileKind, HandRecord, NationalRow, Placement
from ..models.national import TOLD
from ..rules import national
from ..rules.errors import RuleBroken
from ..rules.facts import CaseFacts
from ..rules.national import RELEASE, Cells, End, Start, Teacher
from .outcomes import Decided, outcomes

REFUSED = NationalRow.State.REFUSED


@dataclass(frozen=True, slots=True)
class Line:
    """One ECT of the body: the row that a file would tell, or the reason why none would.

    `refused` is why the service refused this very row before: nothing has changed since.
    """

    period_id: UUID
    case_id: UUID
    name: str
    cells: Cells = ()
    reason: str = ""
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What a file would tell, what was refused and is as it was, and what is left out with its reason."""

    ready: list[Line] = field(default_factory=list)
    unchanged: list[Line] = field(default_factory=list)
    left_out: list[Line] = field(default_factory=list)


def to_tell(body: Organisation, kind: str, *, on: date) -> Told:
    """Everything of one kind that no file of the body has told yet, by name."""
    periods = _untold(body, kind)
    lines = list(_starts(periods, on) if kind == FileKind.CLAIMS else _ends(periods, on))
    refused = _refused(kind, [line.period_id for line in lines if line.cells])
    told = Told(left_out=[line for line in lines if not line.cells])
    for line in lines:
        cells, says = refused.get(line.period_id, ((), ""))
        if line.cells and line.cells == cells:
            told.unchanged.append(Line(line.period_id, line.case_id, line.name, line.cells, refused=says))
        elif line.cells:
            told.ready.append(line)
    return told


def count_untold(body: Organisation, kind: str) -> int:
    """How many of the body's starts, or ends, no file has told; what would be left out is among them."""
    periods = _untold(body, kind)
    return (_untold_starts(periods) if kind == FileKind.CLAIMS else _ended(periods, outcomes(periods))).count()


def numbered(periods: QuerySet[BodyPeriod]) -> "QuerySet[Any, Any]":
    """The same, each with its `number` among the bodies of its case: that of its deadline D3."""
    earlier = BodyPeriod.objects.filter(induction=OuterRef("induction"), starts_on__lte=OuterRef("starts_on"))
    count = earlier.order_by().values("induction").annotate(count=Count("pk")).values("count")
    return periods.annotate(number=Subquery(count))


def _untold(body: Organisation, kind: str) -> QuerySet[BodyPeriod]:
    """The body's periods that no standing row of this kind tells, by name."""
    standing = NationalRow.objects.filter(period=OuterRef("pk"), kind=kind, state__in=TOLD)
    periods = BodyPeriod.objects.filter(~Exists(standing), body=body)
    served = Prefetch("induction__placements", Placement.objects.order_by("starts_on", "pk"))
    periods = periods.select_related("induction__teacher").prefetch_related(served)
    return periods.order_by("induction__teacher__sort_name", "starts_on", "pk")


def _start_is_told() -> Q:
    """That the service has a start: it took it from a file, somebody recorded the return by hand, or it was claimed
    before this portal. Of periods that are `numbered`.
    """
    accepted = NationalRow.objects.filter(period=OuterRef("pk"), kind=FileKind.CLAIMS, state="accepted")
    case = {"induction": OuterRef("induction")}
    by_hand = HandRecord.objects.filter(**case, code="D3", number=OuterRef("number"))
    before = EarlierClaim.objects.filter(
        confirmation__induction=OuterRef("induction"), body=OuterRef("body"), starts_on=OuterRef("starts_on")
    )
    return Q(Exists(accepted)) | Q(Exists(by_hand)) | Q(Exists(before))


def _untold_starts(periods: QuerySet[BodyPeriod]) -> QuerySet[BodyPeriod]:
    return numbered(periods).exclude(_start_is_told())


def _ended(periods: QuerySet[BodyPeriod], decided: Mapping[UUID, Decided]) -> QuerySet[BodyPeriod]:
    return periods.filter(Q(ends_on__isnull=False) | Q(pk__in=decided))


def _starts(periods: QuerySet[BodyPeriod], on: date) -> Iterator[Line]:
    for period in _untold_starts(periods):
        placement = main_placement(period.induction, period.starts_on)
        yield _line(period, partial(national.claim, Start(_who(period), placement.route, period.starts_on), today=on))


def _ends(periods: QuerySet[BodyPeriod], on: date) -> Iterator[Line]:
    """The ends of periods; a decision comes before the release that goes along with it."""
    decided = outcomes(periods)
    found = list(numbered(_ended(periods, decided)).annotate(is_told=_start_is_told()))
    facts = facts_of_many([period.induction for period in found], as_of=on)
    for period, told in zip(found, facts, strict=True):
        yield _line(period, partial(_action, period, told, decided.get(period.pk), on))


def _action(period: BodyPeriod, facts: CaseFacts, decided: Decided | None, on: date) -> Cells:
    ends_on = decided.ended_on if decided else period.ends_on
    if ends_on is None:
        raise ValueError("Only what has ended is reported")
    terms = national.served_between(facts, period.starts_on, ends_on) if ends_on <= on else Fraction(0)
    outcome, is_told = decided.outcome if decided else RELEASE, getattr(period, "is_told", False)
    end = End(_who(period), period.starts_on, ends_on, terms, outcome, start_is_told=is_told)
    return national.action(end, today=on)


def _line(period: BodyPeriod, row: partial[Cells]) -> Line:
    about = (period.pk, period.induction_id, period.induction.teacher.name)
    try:
        return Line(*about, cells=row())
    except RuleBroken as broken:
        return Line(*about, reason=broken.message)


def _who(period: BodyPeriod) -> Teacher:
    teacher = period.induction.teacher
    return Teacher(teacher.trn, teacher.date_of_birth, teacher.qts_on)


def _refused(kind: str, period_ids: Sequence[UUID]) -> dict[UUID, tuple[Cells, str]]:
    """The row in which each of some periods was refused last, and why."""
    rows = NationalRow.objects.filter(kind=kind, state=REFUSED, period__in=period_ids)
    found = list(rows.select_related("file").order_by("file__made_at"))
    return {row.period_id: (cells, row.says) for row, cells in zip(found, cells_of(found), strict=True)}


def cells_of(rows: Iterable[NationalRow]) -> Iterator[Cells]:
    """What each row, with its file, says: each file is read once."""
    read: dict[UUID, list[Cells]] = {}
    for row in rows:
        if row.file_id not in read:
            read[row.file_id] = national.rows_of(row.kind, row.file.content)
        yield read[row.file_id][row.position - 1]
