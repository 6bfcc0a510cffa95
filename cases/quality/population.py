"""From whom a round draws: every ECT whom the body has today, each at one school, with the risks that are known."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Max, Min, Q, QuerySet

from induction_portal.accounts.models import Organisation

from ..deadlines import TERMLY, late, standing
from ..duties import OF_SCHOOLS
from ..models import (
    Absence,
    AbsenceNotice,
    Agreement,
    Appointment,
    BodyPeriod,
    Deadline,
    Placement,
    QualityAnswer,
    QualityPick,
    QualityRound,
    Timetable,
)
from ..parts import PARTS
from ..querysets import in_force
from ..reach import served_for
from ..rules.quality_risk import Risk, RiskFacts, of_school, risks, score
from ..timetable_part import BREACH


@dataclass(frozen=True, slots=True)
class Drawable:
    """One that can be drawn: an ECT at a school or, without an ECT, the school; and its risks."""

    key: str
    school_id: UUID
    induction_id: UUID | None
    risks: tuple[Risk, ...]

    @property
    def score(self) -> int:
        """The weight of the risks together."""
        return score(self.risks)


def population(round_: QualityRound, on: date) -> dict[str, Drawable]:
    """Everybody that can still be drawn in a round on a day, by key."""
    drawn = set(QualityPick.objects.filter(round=round_).values_list("induction", "school"))
    told = _at_risk(round_.body, on)
    if round_.draws == QualityRound.Draws.ECTS:
        gone = {induction for induction, _ in drawn}
        return {each.key: each for each in told if each.induction_id not in gone}
    schools: defaultdict[UUID, list[tuple[Risk, ...]]] = defaultdict(list)
    for each in told:
        schools[each.school_id].append(each.risks)
    gone = {school for _, school in drawn}
    found = [Drawable(str(key), key, None, of_school(cases)) for key, cases in schools.items() if key not in gone]
    return {each.key: each for each in found}


def placed(body: Organisation, on: date) -> dict[UUID, Placement]:
    """The placement, that of the lead school first, of every ECT whom a body has on a day and who has not completed."""
    held = BodyPeriod.objects.filter(in_force("", on=on), body=body).exclude(induction__clock__over_on__lte=on)
    found = Placement.objects.filter(in_force("", on=on), induction__in=held.values("induction"))
    found = found.select_related("induction__teacher")
    return {each.induction_id: each for each in found.order_by("is_lead", "starts_on", "pk")}


def _at_risk(body: Organisation, on: date) -> list[Drawable]:
    here = placed(body, on)
    known = _Known(body, here, on)
    return [
        Drawable(str(case_id), placement.school_id, case_id, risks(known.of(placement), on=on))
        for case_id, placement in here.items()
    ]


class _Known:
    """The facts of many ECTs at once: as many queries for a thousand as for one."""

    def __init__(self, body: Organisation, here: dict[UUID, Placement], on: date) -> None:
        cases = list(here)
        self.held = _held([each.pk for each in here.values()], on)
        self.missed = _missed(cases, on)
        self.over = set(_open(cases).filter(kind=BREACH, due_on__lte=on).values_list("induction", flat=True))
        recorded = Timetable.objects.filter(placement__in=[each.pk for each in here.values()], starts_on__lte=on)
        self.recorded = set(recorded.values_list("placement", flat=True))
        self.first = dict(served_for(body).values_list("school").annotate(Min("starts_on")))
        self.absent = _notified(cases)
        self.away = _away(cases, on)
        queries = Agreement.objects.filter(induction__in=cases, answer="queried", replied_by=None)
        self.queries = dict(queries.order_by().values_list("induction").annotate(Min("on")))
        self.denied = _denied(body, cases)
        self.off_track = {key: day for part in PARTS for key, day in part.off_track(cases).items()}

    def of(self, placement: Placement) -> RiskFacts:
        """What is known of one ECT."""
        case_id, held = placement.induction_id, self.held[placement.pk]
        missed, review_due_on = self.missed.get(case_id, (0, None))
        compliant = False if placement.pk in self.recorded else None
        return RiskFacts(
            starts_on=placement.starts_on,
            has_mentor=Appointment.Kind.MENTOR in held,
            has_tutor=Appointment.Kind.TUTOR in held,
            over_cap=True if case_id in self.over else compliant,
            school_since=self.first.get(placement.school_id, placement.starts_on),
            missed=missed,
            review_due_on=review_due_on,
            absence_notice=case_id in self.absent,
            away_since=self.away.get(case_id),
            support_denied_on=self.denied.get(case_id),
            query_since=self.queries.get(case_id),
            not_on_track_on=self.off_track.get(case_id),
        )


def _held(placements: Collection[UUID], on: date) -> defaultdict[UUID, set[str]]:
    held: defaultdict[UUID, set[str]] = defaultdict(set)
    found = Appointment.objects.filter(in_force("", on=on), placement__in=placements)
    for placement_id, kind in found.values_list("placement", "kind"):
        held[placement_id].add(kind)
    return held


def _open(cases: Collection[UUID]) -> QuerySet[Deadline]:
    return Deadline.objects.filter(standing(), induction__in=cases)


def _missed(cases: Collection[UUID], on: date) -> dict[UUID, tuple[int, date | None]]:
    """How many of the school's deadlines have passed, and the earliest review or assessment among them."""
    found = _open(cases).filter(late(on=on), owner__in=OF_SCHOOLS).order_by().values_list("induction")
    counted = found.annotate(number=Count("pk"), first=Min("due_on", filter=Q(kind__in=TERMLY)))
    return {case_id: (number, due_on) for case_id, number, due_on in counted}


def _notified(cases: Collection[UUID]) -> set[UUID]:
    found = AbsenceNotice.objects.filter(induction__in=cases, figure=30, withdrawn_on=None)
    return set(found.values_list("induction", flat=True))


def _away(cases: Collection[UUID], on: date) -> dict[UUID, date]:
    found = Absence.objects.filter(induction__in=cases, ends_on=None, withdrawn_on=None, starts_on__lte=on)
    return dict(found.order_by().values_list("induction").annotate(Min("starts_on")))


def _denied(body: Organisation, cases: Collection[UUID]) -> dict[UUID, date]:
    """When an ECT, asked by this body, did not say that support is enough."""
    asked = QualityAnswer.objects.filter(visit__body=body, induction__in=cases, question__code="supported")
    found = asked.filter(judgement__in=["partly", "not_met"]).order_by().values_list("induction")
    return dict(found.annotate(Max("visit__visited_on")))
