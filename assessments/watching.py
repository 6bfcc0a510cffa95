"""Who was observed too seldom, and who has not met their mentor for a while: for as many ECTs of a school as are asked
about, in as many queries as for one (R46, R56).
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, timedelta
from functools import cached_property
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from cases.calendars import Calendars
from cases.models import Absence, Appointment, Placement
from cases.policies import Policies
from cases.querysets import in_force
from cases.rules.calendar import Calendar
from cases.rules.meetings import Spell, meeting_due
from cases.rules.observations import Counted, counted
from cases.rules.policy import Value

from .models import MentorMeeting, Observation
from .models.observations import WITH_RECORD

A_YEAR = timedelta(days=366)


def watched(placements: QuerySet[Placement], *, on: date) -> QuerySet[Placement]:
    """Placements, each with the first day of its mentor of a day and the last meeting, as `Watch` needs them."""
    mentors = Appointment.objects.filter(in_force("", on=on), placement=OuterRef("pk"), kind=Appointment.Kind.MENTOR)
    met = MentorMeeting.objects.filter(induction=OuterRef("induction"), school=OuterRef("school")).order_by("-held_on")
    return placements.annotate(
        mentored_since=Subquery(mentors.values("starts_on")[:1]), met_on=Subquery(met.values("held_on")[:1])
    )


class Watch:
    """Some placements at one school that came through `watched`, as on a day."""

    def __init__(self, school: UUID, placements: Sequence[Placement], *, on: date) -> None:
        self.school, self.placements, self.on = school, placements, on

    def counted(self, placement: Placement) -> Counted:
        """The observations of a placement in this school year beside the school's own minimum."""
        days = [each.observed_on for each in self.observations[placement.pk] if each.is_recorded]
        return counted(
            days,
            calendar=self._calendar,
            minimum=int(self._settings["observations_a_year"]),
            served_from=placement.starts_on,
            today=self.on,
        )

    def ahead(self, placement: Placement) -> int:
        """How many are planned, or took place and have no record yet."""
        return sum(not each.is_recorded for each in self.observations[placement.pk])

    def unmet_since(self, placement: Placement) -> date | None:
        """The last meeting, or the mentor's first day, where mentor and ECT should have met since; else None, as where
        there is no mentor. By which day they should have is not said: it would tell a mentor of absence (R79).
        """
        since = placement.mentored_since
        if since is None:
            return None
        last = max(since - timedelta(days=1), placement.met_on or date.min)
        if not self._is_due(last, ()) or not self._is_due(last, self._away[placement.induction_id]):
            return None
        return max(since, last)

    def _is_due(self, last: date, away: Sequence[Spell]) -> bool:
        due = meeting_due(self._calendar, since=last, within=self.within, away=away, today=self.on)
        return due is not None

    @property
    def within(self) -> int:
        """After how many school days without a meeting the school wants a warning."""
        return int(self._settings["mentor_meeting_within"])

    @cached_property
    def observations(self) -> defaultdict[UUID, list[Observation]]:
        """What was planned or held and not cancelled in the last year, by placement, the latest first."""
        found: defaultdict[UUID, list[Observation]] = defaultdict(list)
        standing = Observation.objects.filter(status__in=["planned", *WITH_RECORD], observed_on__gt=self.on - A_YEAR)
        for each in standing.filter(placement__in=self._keys):
            found[each.placement_id].append(each)
        return found

    @cached_property
    def _calendar(self) -> Calendar:
        first = min((each.starts_on for each in self.placements), default=self.on)
        return Calendars([self.school]).of(self.school, first=first, today=self.on)

    @cached_property
    def _settings(self) -> dict[str, Value]:
        return Policies(schools=[self.school]).of_school(self.school, self.on)

    @cached_property
    def _keys(self) -> Collection[UUID]:
        return {each.pk for each in self.placements}

    @cached_property
    def _cases(self) -> Collection[UUID]:
        return {each.induction_id for each in self.placements}

    @cached_property
    def _away(self) -> defaultdict[UUID, list[Spell]]:
        """Whole days away: nobody is expected to meet then."""
        found: defaultdict[UUID, list[Spell]] = defaultdict(list)
        rows = Absence.objects.filter(induction__in=self._cases, withdrawn_on=None, day_fraction=1)
        for case, first, last in rows.values_list("induction", "starts_on", "ends_on"):
            found[case].append((first, last))
        return found
