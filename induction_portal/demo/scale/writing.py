"""From an ECT's story to the rows of their case, and the chain of what was done in it."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

from cases.models import (
    Appointment,
    BodyPeriod,
    HandoverGrant,
    Induction,
    Placement,
    Teacher,
    Timetable,
    WorkingPattern,
)
from cases.models.people import fold
from cases.models.placements import DAYS
from cases.rules.moving import LeavingCause
from induction_portal.accounts.permissions import Role
from induction_portal.audit.events import Event
from induction_portal.audit.models import AccessLog
from induction_portal.audit.record import case_chain

from . import names
from .copying import Spool
from .places import Founder, Person, Place, new_id
from .reviews import Case, ReviewWriter
from .story import Stay, Step, Story, Teller
from .trail import Happening, Trail

REGISTERED, AGREED, APPOINTED = (timedelta(days=days) for days in (42, 28, 7))
FIRST_TRN = 4_000_000
COMPARATOR, RECORDED, TOO_FULL = Decimal(1260), 0.8, 0.02
PATTERN_KIND, PLACEMENT_KIND = "cases.workingpattern", "cases.placement"
OPENED_BY = (Role.INDUCTION_TUTOR, Role.HEADTEACHER)


class CaseWriter:
    """Writes cases one after the other; numbers them for TRNs and addresses."""

    def __init__(self, spool: Spool, trail: Trail, random: Random, founder: Founder, teller: Teller) -> None:
        self._spool, self._trail, self._random = spool, trail, random
        self._founder, self._teller = founder, teller
        self._written = 0
        self._done: list[Happening] = []

    def write(self, story: Story, reviews: ReviewWriter, *, today: date, at: datetime) -> Case:
        """All rows of one case."""
        self._done = []
        case = self._teacher(story, today)
        for stay in story.stays:
            self._stay(case, story, stay)
        self._handed_over(case, story)
        self._done += reviews.write(case, story, self._teller.events(story))
        self._trail.chain(case_chain(case.induction_id), self._done)
        self._openings(case, story, at)
        return case

    def _teacher(self, story: Story, today: date) -> Case:
        number = self._written = self._written + 1
        name = names.person(self._random)
        ect = self._founder.person(name, f"ect{number}@ects.example", is_ect=True)
        born = date(story.starts_on.year - self._random.randint(22, 45), 1, 1) + timedelta(self._random.randrange(365))
        teacher = {
            "id": new_id(self._random),
            "user_id": ect.user_id,
            "trn": f"{FIRST_TRN + number}",
            "name": name,
            "sort_name": fold(name),
            "date_of_birth": born,
            "qts_on": date(story.starts_on.year if story.starts_on.month > 8 else story.starts_on.year - 1, 7, 12),
        }
        self._spool.add(Teacher, **teacher)
        case = Case(new_id(self._random), ect, teacher["trn"], born)
        # Stale: the rules reckon it once its rows are there.
        self._spool.add(Induction, id=case.induction_id, teacher_id=teacher["id"], stale=True)
        school, on = story.stays[0].school, story.starts_on - REGISTERED
        by = school.actor(Role.SCHOOL_ADMIN)
        told = {key: teacher[key] for key in ("trn", "name", "date_of_birth", "qts_on")}
        self._done.append(Happening(on, Event.TEACHER_REGISTERED, "cases.teacher", teacher["id"], by, told))
        linked = {"user_id": ect.user_id}
        self._done.append(Happening(on, Event.RECORD_LINKED, "cases.teacher", teacher["id"], by, linked))
        return case

    def _stay(self, case: Case, story: Story, stay: Stay) -> None:
        key = case.placements[stay] = new_id(self._random)
        body = stay.school.works_with
        told = {"starts_on": stay.starts_on, "contract_starts_on": stay.starts_on, "school_id": stay.school.id}
        cause = LeavingCause.MOVED_SCHOOL.value if stay.ends_on else ""
        admin = stay.school.first(Role.SCHOOL_ADMIN)
        self._spool.add(
            Placement, id=key, induction_id=case.induction_id, reported_body_id=body.id, ends_on=stay.ends_on,
            leaving_cause=cause, reported_by_id=admin.user_id, **told,
        )  # fmt: skip
        by = stay.school.actor(Role.SCHOOL_ADMIN)
        self._done.append(
            Happening(stay.starts_on - REGISTERED, Event.PLACEMENT_STARTED, PLACEMENT_KIND, key, by, told)
        )
        for step in stay.steps:
            self._pattern(key, stay, step)
        self._taken(case, stay, body)
        self._people(case, stay, key)
        self._timetable(case, stay, key)
        if stay.ends_on:
            by = stay.school.actor(Role.HEADTEACHER)
            after = {"ends_on": stay.ends_on}
            self._done.append(Happening(stay.ends_on, Event.PLACEMENT_ENDED, PLACEMENT_KIND, key, by, after))

    def _pattern(self, placement_id: UUID, stay: Stay, step: Step) -> None:
        weights = dict(zip(DAYS, step.pattern.days or (None,) * 5, strict=True))
        told = {"starts_on": step.starts_on, "fte": step.pattern.fte} | weights
        key = new_id(self._random)
        self._spool.add(WorkingPattern, id=key, placement_id=placement_id, **told)
        if step.starts_on > stay.starts_on:
            by = stay.school.actor(Role.SCHOOL_ADMIN)
            self._done.append(Happening(step.starts_on - APPOINTED, Event.PATTERN_SET, PATTERN_KIND, key, by, told))

    def _taken(self, case: Case, stay: Stay, body: Place) -> None:
        officer = case.officers[stay] = self._random.choice(body.staff[Role.BODY_OFFICER])
        by = body.actor(Role.BODY_OFFICER, officer)
        told = {"body_id": body.id, "officer_id": officer.user_id, "starts_on": stay.starts_on}
        key, agreed_on = new_id(self._random), stay.starts_on - AGREED
        self._spool.add(
            BodyPeriod, id=key, induction_id=case.induction_id, agreed_on=agreed_on, ends_on=stay.ends_on, **told
        )
        self._done.append(Happening(agreed_on, Event.BODY_ACCEPTED, "cases.bodyperiod", key, by, told))
        if stay.ends_on:
            after = {"ends_on": stay.ends_on}
            self._done.append(Happening(stay.ends_on, Event.BODY_PERIOD_ENDED, "cases.bodyperiod", key, by, after))

    def _people(self, case: Case, stay: Stay, placement_id: UUID) -> None:
        tutor = stay.school.first(Role.INDUCTION_TUTOR)
        mentor = self._random.choice(stay.school.staff[Role.MENTOR])
        case.tutors[stay], case.mentors[stay] = tutor, mentor
        self._appoint(case, stay, placement_id, tutor, Appointment.Kind.TUTOR.value, Event.TUTOR_APPOINTED)
        self._appoint(case, stay, placement_id, mentor, Appointment.Kind.MENTOR.value, Event.MENTOR_APPOINTED)

    def _appoint(self, case: Case, stay: Stay, placement_id: UUID, who: Person, kind: str, event: Event) -> None:
        key = new_id(self._random)
        told = {"user_id": who.user_id, "kind": kind, "starts_on": stay.starts_on, "ends_on": stay.ends_on}
        self._spool.add(
            Appointment, id=key, induction_id=case.induction_id, placement_id=placement_id, school_id=stay.school.id,
            has_qts=True, minutes_a_week=60 if kind == Appointment.Kind.MENTOR else 30, **told,
        )  # fmt: skip
        by = stay.school.actor(Role.HEADTEACHER)
        self._done.append(Happening(stay.starts_on - APPOINTED, event, "cases.appointment", key, by, told))

    def _timetable(self, case: Case, stay: Stay, placement_id: UUID) -> None:
        """Most schools have recorded what is taught; now and then it is too much."""
        if self._random.random() >= RECORDED:
            return
        most = COMPARATOR * stay.steps[0].pattern.fte * Decimal("0.9")
        taught = most * (Decimal("1.05") if self._random.random() < TOO_FULL else Decimal("0.98"))
        told = {"starts_on": stay.starts_on, "reference": COMPARATOR, "taught": taught.quantize(Decimal("0.01"))}
        tutor, key, ids = case.tutors[stay], new_id(self._random), {"induction_id": case.induction_id}
        self._spool.add(
            Timetable, id=key, placement_id=placement_id, school_id=stay.school.id, body_id=stay.school.works_with.id,
            cycle="week", unit="minutes", recorded_by_id=tutor.user_id, recorded_on=stay.starts_on, **told, **ids,
        )  # fmt: skip
        by = stay.school.actor(Role.INDUCTION_TUTOR, tutor)
        self._done.append(Happening(stay.starts_on, Event.TIMETABLE_RECORDED, "cases.timetable", key, by, told))

    def _handed_over(self, case: Case, story: Story) -> None:
        """What a mover's first school and body wrote goes on to the next."""
        for old, new in zip(story.stays, story.stays[1:], strict=False):
            self._hand_over(case, old, old.school, new.school, Role.HEADTEACHER)
            if old.school.works_with is not new.school.works_with:
                self._hand_over(case, old, old.school.works_with, new.school.works_with, Role.BODY_OFFICER)

    def _hand_over(self, case: Case, stay: Stay, giver: Place, to: Place, role: Role) -> None:
        if giver is to or stay.ends_on is None:
            return
        key, by = new_id(self._random), giver.actor(role)
        told = {"to_id": to.id, "given_by_id": giver.id, "reason": f"{case.ect.name} goes on with induction elsewhere"}
        self._spool.add(
            HandoverGrant,
            id=key,
            induction_id=case.induction_id,
            granted_by_id=by.user_id,
            granted_on=stay.ends_on,
            **told,
        )
        self._done.append(Happening(stay.ends_on, Event.HANDED_OVER, "cases.handovergrant", key, by, told))

    def _openings(self, case: Case, story: Story, at: datetime) -> None:
        """The latest reads of the case page."""
        stay, hour = story.stays[-1], at.replace(minute=0, second=0, microsecond=0)
        for days, role in enumerate(OPENED_BY, 2):
            by, then = stay.school.actor(role), hour - timedelta(days=days)
            self._spool.add(
                AccessLog, user_id=by.user_id, organisation_id=by.organisation_id, acted_as=by.acted_as,
                subject_kind="cases.induction", subject_id=case.induction_id, case_id=case.induction_id, hour=then,
                refused=False,
            )  # fmt: skip
