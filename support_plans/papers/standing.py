"""Where the signatures under a plan stand: its latest version, who has answered under it, and whose answer it lacks."""

from django.db.models import Exists, OuterRef, QuerySet

from cases.rules.plan_papers import Stage, waits_for
from cases.rules.signing import ECT, TUTOR
from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import Viewer
from induction_portal.govuk.words import day

from ..models import Plan, PlanSignature, PlanVersion
from .form import Under

TUTORS = frozenset({Role.INDUCTION_TUTOR, Role.INDUCTION_LEAD})


def latest_version(plan: Plan) -> PlanVersion | None:
    """What was sealed last of a plan; None before it has started."""
    return PlanVersion.objects.filter(plan=plan).order_by("number").last()


def answers_of(version: PlanVersion) -> dict[str, PlanSignature]:
    """What was answered under a version, by role."""
    return {each.role: each for each in version.signatures.select_related("by")}


def signs_as(viewer: Viewer, plan: Plan) -> str:
    """The role in which somebody signs a plan of a case that they reach; empty for who does not. An induction lead
    signs as the tutor, as whom they act everywhere.
    """
    if viewer.organisation is None:
        return ECT if plan.induction.teacher.user_id == viewer.user.pk else ""
    return TUTOR if viewer.organisation.pk == plan.school_id and viewer.roles & TUTORS else ""


def under(answers: dict[str, PlanSignature]) -> dict[str, Under]:
    """The answers as a form shows them, by role."""
    return {role: Under(_says(each), each.words) for role, each in answers.items()}


def _says(answer: PlanSignature) -> str:
    did = "Signed" if answer.is_signed else "Did not sign"
    return f"{did}: {answer.by.name}, {day(answer.on)}"


def unsigned(plans: QuerySet[Plan] | None = None) -> QuerySet[PlanVersion]:
    """The finished versions, each the latest of its plan, that lack an answer: `lacks_tutor`, `lacks_ect` or both."""
    found = _latest_finished().annotate(lacks_tutor=~_answered(TUTOR), lacks_ect=~_answered(ECT))
    found = found.exclude(lacks_tutor=False, lacks_ect=False)
    return found if plans is None else found.filter(plan__in=plans)


def complete() -> QuerySet[PlanVersion]:
    """The finished versions, each the latest of its plan, that tutor and ECT have answered."""
    return _latest_finished().filter(_answered(TUTOR), _answered(ECT))


def is_complete(version: PlanVersion, answers: dict[str, PlanSignature]) -> bool:
    """Whether a version is finished and lacks no answer."""
    return version.sealed_as is Stage.FINISHED and not waits_for(version.sealed_as, answers)


def _latest_finished() -> QuerySet[PlanVersion]:
    later = PlanVersion.objects.filter(plan=OuterRef("plan"), number__gt=OuterRef("number"))
    return PlanVersion.objects.filter(~Exists(later), stage=Stage.FINISHED.value)


def _answered(role: str) -> Exists:
    return Exists(PlanSignature.objects.filter(version=OuterRef("pk"), role=role))
