"""Who is told of a support plan. No message says of whom, which level, or what was written."""

from datetime import date

from django.urls import reverse

from cases.models import CaseRecord
from cases.people import headteachers, officer_of, tutors
from cases.rules.mailing import Topic
from cases.rules.statuses import PlanStatus
from induction_portal.accounts.models import User
from induction_portal.accounts.viewer import Viewer
from notifications import kinds, outbox

from .models import Plan, PlanLaying, WeekEntry
from .plans import access
from .plans.laying import proposed
from .tell import FOLDER, mentors

STARTED, CHANGED, FINISHED = "plan_started", "plan_changed", "plan_finished"
EVALUATED, COMMENTED, LAID_ANEW = "plan_week_evaluated", "plan_week_commented", "plan_laid_anew"
TO_LAY = "plan_to_lay_anew"


def register_kinds() -> None:
    """Make these kinds of message known; called once, when the app starts."""
    told = {
        STARTED: "A support plan has started",
        CHANGED: "What a support plan has planned has changed",
        FINISHED: "A support plan has ended",
        EVALUATED: "A week of your support plan has been evaluated",
        COMMENTED: "The ECT has commented on a week of a support plan",
        LAID_ANEW: "The weeks of a support plan have been moved",
        TO_LAY: "The weeks of a support plan may have to be moved",
    }
    kinds.register_all(told, FOLDER, may_see=access.may_see_plan, about=access.whose_plans, topic=Topic.SUPPORT)


def started(plan: Plan, *, by: Viewer) -> None:
    """The ECT, the school and the body."""
    _tell(STARTED, plan, [*_ect(plan), *_school(plan), officer_of(plan.induction)], by=by)


def changed(plan: Plan, *, by: Viewer) -> None:
    """The ECT, whoever else carries the plan out, and the body where it has approved what is changed now."""
    approved = plan.answers.filter(approves=True).exists()
    body = [officer_of(plan.induction)] if approved else []
    people = [*_ect(plan), *mentors(plan), *tutors(plan.placement), *body]
    _tell(CHANGED, plan, people, by=by, once=f"v{plan.version}")


def finished(plan: Plan, *, by: Viewer) -> None:
    """The mentor, the headteacher and the body; tutor and ECT are asked to sign it (`tell_papers`)."""
    people = [*mentors(plan), *headteachers(plan.school_id), officer_of(plan.induction)]
    _tell(FINISHED, plan, people, by=by)


def evaluated(plan: Plan, entry: WeekEntry, *, by: Viewer) -> None:
    """The ECT, who may comment."""
    _tell(EVALUATED, plan, _ect(plan), by=by, once=str(entry.pk))


def commented(plan: Plan, entry: WeekEntry, *, by: Viewer) -> None:
    """Mentor and tutor."""
    _tell(COMMENTED, plan, [*mentors(plan), *tutors(plan.placement)], by=by, once=str(entry.pk))


def laid_anew(plan: Plan, laying: PlanLaying, *, by: Viewer) -> None:
    """The ECT, the school and the body."""
    people = [*_ect(plan), *_school(plan), officer_of(plan.induction)]
    _tell(LAID_ANEW, plan, people, by=by, once=str(laying.pk))


def look_at_weeks(absence: CaseRecord, *, on: date) -> None:
    """The tutor, who alone is told of absence (R79), where a whole week of a plan was lost by it (R75)."""
    rows = Plan.objects.filter(induction=absence.induction_id, status=PlanStatus.GOING_ON.value)
    plan = rows.select_related("level", "placement").first()
    if plan and proposed(plan, on):
        url = reverse("support_plans:plan", args=[plan.pk])
        to, once = tutors(plan.placement), f"{absence.pk}.v{plan.version}"
        outbox.queue(TO_LAY, to=to, subject_id=plan.pk, organisation_id=plan.school_id, url=url, once=once)


def _ect(plan: Plan) -> list[User | None]:
    return [plan.induction.teacher.user]


def _school(plan: Plan) -> list[User]:
    return [*tutors(plan.placement), *headteachers(plan.school_id), *mentors(plan)]


def _tell(kind: str, plan: Plan, people: list[User | None] | list[User], *, by: Viewer, once: str = "") -> None:
    to = [user for user in people if user and user.pk != by.user.pk]
    url = reverse("support_plans:plan", args=[plan.pk])
    outbox.queue(kind, to=to, subject_id=plan.pk, organisation_id=plan.school_id, url=url, once=once)
