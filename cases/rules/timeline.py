"""The statutory clock: every date of an induction from the facts of the case (R15-R36, R48-R50)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property

from .amounts import ZERO
from .explained import Reason
from .facts import CaseFacts
from .ledger import Ledger
from .prorata import read_pro_rata
from .schedule import Event, events
from .service import Run, Service
from .stages import Plan, Stage, plans
from .tally import Tally
from .walk import Walk
from .working_days import number_after


@dataclass(frozen=True)
class Timeline:
    """What the facts decide. Amounts are exact; days are days.

    ``parts`` and ``extensions`` hold the stages reached. ``ends_on`` is the last day of the last part, or of the last
    decided extension; None when the placements given end first or it would take over 35 years. ``assumed_from`` is the
    first day of the earliest assumed term counted up to ``ends_on``. ``ignored_placements`` are places in the list.
    """

    facts: CaseFacts
    stages: tuple[Stage, ...]
    events: tuple[Event, ...]
    ends_on: date | None
    served_terms: Fraction
    assumed_from: date | None
    ignored_placements: tuple[int, ...]
    scaled: bool

    @property
    def parts(self) -> tuple[Stage, ...]:
        """The parts reached, in order."""
        return tuple(stage for stage in self.stages if not stage.plan.decided)

    @property
    def extensions(self) -> tuple[Stage, ...]:
        """The decided extensions reached, in order."""
        return tuple(stage for stage in self.stages if stage.plan.decided)

    @property
    def remaining_terms(self) -> Fraction:
        """R24: what is still to serve after ``facts.as_of``: required terms and decided extensions, less served."""
        return self.facts.required_terms + sum(self.facts.decision_extensions, ZERO) - self.served_terms

    @cached_property
    def because(self) -> tuple[Reason, ...]:
        """The chain of reasons, in the order to read them; written when first read."""
        from .timeline_reasons import reasons

        return tuple(reasons(self))


def timeline(facts: CaseFacts) -> Timeline:
    """The statutory clock of one case. ``facts`` are taken to be checked (``facts_check.check_facts``)."""
    if facts.reads_pro_rata and facts.absences:
        facts = read_pro_rata(facts, lambda told: _stages(told, Service(told), list(plans(told))))
    service = Service(facts)
    planned = list(plans(facts))
    stages = _stages(facts, service, planned)
    finished = len(stages) == len(planned)
    ends_on = stages[-1].ends_on if stages and finished else None
    last_part = max(plan.number for plan in planned if not plan.decided)
    elapsed = facts.before.calendar_terms if facts.before else ZERO
    seen = list(_seen(service, stages[-1].last if ends_on else None))
    return Timeline(
        facts,
        stages,
        tuple(events(service, stages, last_part, elapsed, ends_on, facts.drops_earlier_review)),
        ends_on,
        _served(facts, service, stages),
        min((run.assumed_from for run in seen if run.assumed_from), default=None),
        service.ignored,
        any(run.scaled for run in seen),
    )


def _stages(facts: CaseFacts, service: Service, planned: list[Plan]) -> tuple[Stage, ...]:
    return tuple(Walk(service, Ledger(facts.absences, facts.as_of)).stages(planned, facts.before))


def _seen(service: Service, last: int | None) -> Iterator[Run]:
    """The runs of which a day is counted: up to the one that holds the last day, or all."""
    for run in service.runs():
        if last is not None and run.first > last:
            return
        yield run


def _served(facts: CaseFacts, service: Service, stages: Sequence[Stage]) -> Fraction:
    """FTE terms served at the end of ``as_of``; from a stage's last accruing day to the next stage, its target."""
    stop = number_after(facts.as_of)
    stage = next((stage for stage in reversed(stages) if stage.first < stop), None)
    if stage is None:
        return facts.before.terms if facts.before else ZERO
    if stage.unextended is not None and stage.unextended < stop:
        return stage.plan.target
    tally, start = Tally(stage.served_before), stage.offset
    for run in service.runs(stage.run):
        if run.first >= stop:
            break
        tally.add(run.offset_of(stop) - start, run.rate)
        start = 0
    return tally.total
