"""A case at a school of a trust, and everybody who has to do with concerns and levels of support."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from cases.models import Induction, Placement, SchoolPolicy
from cases.reckon import reckon
from cases.rules.escalation import Progress
from cases.rules.following import Did, Done, Minutes, must_meet
from cases.rules.standards import Standard
from cases.rules.statuses import SupportLevel
from cases.rules.support import Ground
from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import Viewer
from support_plans import actions
from support_plans.actions import Told, Wanted
from support_plans.actions.updates import name_of, sent_by_level
from support_plans.following import next_update, theirs
from support_plans.ladder import every_level, state_of
from support_plans.models import BodyRecord, BodyUpdate, Concern, LevelChange, OwnConcern, PlanMeeting
from tests.factories import (
    AppointmentFactory,
    BodyFactory,
    BodyPeriodFactory,
    PlacementFactory,
    SchoolFactory,
    TrustFactory,
    UserFactory,
    WorkingPatternFactory,
    viewer,
)

ON = date(2026, 11, 2)
TOLD = Told((Standard.TS7,), "Three lessons began late", "A seating plan")


@dataclass
class Bench:
    """The case, and each person by their role."""

    induction: Induction
    placement: Placement
    by: dict[Role, Viewer]

    def __getattr__(self, name: str) -> Viewer:
        return self.by[Role(name)]

    def concern(self, by: Viewer | None = None, **given: Any) -> Concern:
        """The mentor raises a concern."""
        told = {"on": ON, "induction": self.induction, "told": TOLD}
        return actions.raise_concern(by=by or self.mentor, **told | given)

    def move(self, to: SupportLevel, by: Viewer | None = None, *, on: date = ON, **answers: Any) -> LevelChange:
        """Somebody, the tutor if not told otherwise, moves the ECT."""
        given = {"reason": "TS7 is not met yet", "aim": "Calm starts", "steps_down": "Two calm weeks"}
        if to is SupportLevel.CAPABILITY:
            given["ground"] = Ground.NOT_ENOUGH.value
        weeks = {"1": 3, "2": 4, "3": 4, "4": 6, "5": 6}.get(to.value)
        state = answers.pop("state", None)
        wanted = Wanted(to, **{"weeks": weeks} | given | answers)
        told = {"on": on, "induction": self.induction, "wanted": wanted}
        state = state_of(every_level(self.induction)) if state is None else state
        return actions.move_level(by=by or self.induction_tutor, state=state, **told)

    def climb(self, *levels: SupportLevel) -> LevelChange:
        """Up through some levels, each found to bring some progress but not enough."""
        for level in levels:
            if level is SupportLevel.CONCERN:
                self.meet(level)
            moved = self.move(level, found=Progress.NONE if level is SupportLevel.CONCERN else Progress.SOME)
        return moved

    def meet(self, about: SupportLevel, by: Viewer | None = None, *, on: date = ON, **told: Any) -> PlanMeeting:
        """Somebody, the tutor if not told otherwise, records a meeting with everybody whom it needs."""
        given = {"on": on, "present": must_meet(about), "outline": "TS7, week by week", "outcome": "Another plan"}
        by = by or self.induction_tutor
        minutes = Minutes(**given | told)
        return actions.note_meeting(by=by, on=on, induction=self.induction, about=about, minutes=minutes)

    def arrange(self, about: SupportLevel, by: Viewer | None = None, *, on: date = ON, **told: Any) -> PlanMeeting:
        """Somebody, the tutor if not told otherwise, arranges a meeting for a week later."""
        given = {"meets_on": on + timedelta(days=7), "where": "3:30pm, at school"} | told
        by = by or self.induction_tutor
        return actions.arrange_meeting(by=by, on=on, induction=self.induction, about=about, **given)

    def update(self, by: Viewer | None = None, *, on: date = ON, due: int | None = None, **told: Any) -> BodyUpdate:
        """Somebody, the tutor if not told otherwise, sends the update that comes next."""
        given = {"progress": "Two lessons began calmly", "next_steps": "Year 9"} | told
        by = by or self.induction_tutor
        if due is None:
            own = theirs(by, by.roles, every_level(self.induction))
            found = next_update(own, sent_by_level(self.induction), on)
            due = name_of(found[0], found[1].number) if found else 0
        return actions.send_update(by=by, on=on, induction=self.induction, due=due, **given)

    def record(self, did: Did = Did.ECT, by: Viewer | None = None, *, on: date = ON, **told: Any) -> BodyRecord:
        """The officer records what they did, for the school to read if not told otherwise."""
        own: dict[Did, dict[str, Any]] = {
            Did.ECT: {"how": "call", "clear": True, "content": True},
            Did.SCHOOL: {"how": "email", "with_whom": "The headteacher"},
            Did.JOINT: {"with_whom": "The induction tutor", "agreed": True},
            Did.NOTE: {},
        }
        given = {"on": on, "text": "The plan is understood", "shared": True} | own[did] | told
        by = by or self.body_officer
        return actions.record_body_part(by=by, on=on, induction=self.induction, done=Done(did, **given))

    def own(self, *, in_confidence: bool, **given: Any) -> OwnConcern:
        """The ECT raises a concern of their own."""
        told = {"on": ON, "induction": self.induction, "subject": "My timetable", "text": "I teach 23 lessons"}
        return actions.raise_own_concern(by=self.ect, in_confidence=in_confidence, **told | given)

    def through_trust(self) -> None:
        """The school's settings send concerns to the trust first."""
        SchoolPolicy.objects.create(
            organisation=self.placement.school, number=1, starts_on=date(2026, 9, 1), set_on=date(2026, 9, 1),
            concerns_through_trust=True,
        )  # fmt: skip


def bench() -> Bench:
    """Somebody in every part; the ECT, full time, is in part 1."""
    trust, body = TrustFactory(), BodyFactory()
    school = SchoolFactory(trust=trust)
    placement = PlacementFactory(school=school, reported_body=body, starts_on=date(2026, 9, 1))
    WorkingPatternFactory(placement=placement)
    at_school = (Role.MENTOR, Role.INDUCTION_TUTOR, Role.INDUCTION_LEAD, Role.HEADTEACHER, Role.SCHOOL_ADMIN)
    people = {role: viewer(school, role, on=ON) for role in at_school}
    people |= {role: viewer(body, role, on=ON) for role in (Role.BODY_OFFICER, Role.BODY_CONTACT, Role.BODY_ADMIN)}
    people[Role.TRUST_OFFICER] = viewer(trust, Role.TRUST_OFFICER, on=ON)
    induction, ect = placement.induction, UserFactory(is_ect=True)
    people[Role.ECT] = viewer(None, Role.ECT, user=ect, on=ON)
    type(induction.teacher).objects.filter(pk=induction.teacher_id).update(user=ect)
    for role in (Role.MENTOR, Role.INDUCTION_TUTOR):
        AppointmentFactory(placement=placement, kind=role.value, user=people[role].user)
    officer, contact = people[Role.BODY_OFFICER].user, people[Role.BODY_CONTACT].user
    BodyPeriodFactory(induction=induction, body=body, officer=officer, contact=contact)
    induction = Induction.objects.get(pk=induction.pk)
    reckon(induction)
    return Bench(Induction.objects.get(pk=induction.pk), placement, people)
