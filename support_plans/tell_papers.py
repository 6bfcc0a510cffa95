"""Who is told that a plan waits for their signature, that it was answered, or corrected. No message says of whom."""

from django.urls import reverse

from cases.people import headteachers, officer_of, tutors
from cases.rules.mailing import Topic
from cases.rules.signing import ECT
from induction_portal.accounts.models import User
from induction_portal.accounts.viewer import Viewer
from notifications import kinds, outbox

from .models import Plan, PlanSignature, PlanVersion
from .plans import access
from .tell import FOLDER, mentors

TO_SIGN, ANSWERED, CORRECTED = "plan_to_sign", "plan_signature_answered", "plan_corrected"


def register_kinds() -> None:
    """Make these kinds of message known; called once, when the app starts."""
    told = {
        TO_SIGN: "A support plan waits for your signature",
        ANSWERED: "A support plan has been signed or declined",
        CORRECTED: "A finished support plan has been corrected",
    }
    kinds.register_all(told, FOLDER, may_see=access.may_see_plan, about=access.whose_plans, topic=Topic.SUPPORT)


def to_sign(plan: Plan, version: PlanVersion, *, by: Viewer) -> None:
    """The ECT and the induction tutor, of each version anew."""
    people = [plan.induction.teacher.user, *tutors(plan.placement)]
    _tell(TO_SIGN, plan, "support_plans:sign_plan", people, by=by, once=f"v{version.number}")


def answered(plan: Plan, answer: PlanSignature, *, by: Viewer) -> None:
    """Of the ECT's answer the school: tutor, mentor and headteacher; of the tutor's signature the ECT."""
    school = [*tutors(plan.placement), *mentors(plan), *headteachers(plan.school_id)]
    people = school if answer.role == ECT else [plan.induction.teacher.user]
    _tell(ANSWERED, plan, "support_plans:plan", people, by=by, once=str(answer.pk))


def corrected(plan: Plan, version: PlanVersion, *, by: Viewer) -> None:
    """The mentor, the headteacher and the body; who signs it is asked to sign."""
    people = [*mentors(plan), *headteachers(plan.school_id), officer_of(plan.induction)]
    _tell(CORRECTED, plan, "support_plans:plan", people, by=by, once=f"v{version.number}")


def _tell(kind: str, plan: Plan, page: str, people: list[User | None] | list[User], *, by: Viewer, once: str) -> None:
    to = [user for user in people if user and user.pk != by.user.pk]
    url = reverse(page, args=[plan.pk])
    outbox.queue(kind, to=to, subject_id=plan.pk, organisation_id=plan.school_id, url=url, once=once)
