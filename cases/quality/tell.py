"""Who is told of quality assurance, and the words. No message says what was found, nor names an ECT."""

from collections.abc import Iterable

from django.urls import reverse

from induction_portal import clock
from induction_portal.accounts.models import User
from induction_portal.accounts.permissions import Role
from notifications import kinds, outbox

from ..models import FindingStep, QualityFinding, QualityVisit
from ..people import holders
from ..rules.mailing import Topic
from . import access

SHARED, ANSWERED, CLOSED, REOPENED = "quality_shared", "quality_answered", "quality_closed", "quality_reopened"
SUBJECTS = {
    SHARED: "Your appropriate body has shared the findings of its quality assurance",
    ANSWERED: "A school has answered an action of your quality assurance",
    CLOSED: "Your appropriate body has closed an action of its quality assurance",
    REOPENED: "Your appropriate body asks again about an action of its quality assurance",
}
LEADS = (Role.HEADTEACHER, Role.INDUCTION_LEAD)
TUTORS = (*LEADS, Role.INDUCTION_TUTOR)


def register_kinds() -> None:
    """Make these kinds of message known; called once, when the app starts."""
    kinds.register_all(
        SUBJECTS,
        "cases/messages",
        may_see=access.may_see_visit,
        about=access.whose,
        topic=Topic.QUALITY,
    )


def shared(visit: QualityVisit) -> None:
    """The headteacher, the induction lead and the tutors of the school."""
    _tell(SHARED, visit, holders(visit.school_id, *TUTORS, on=clock.today()), once=f"v{visit.version}")


def answered(finding: QualityFinding, step: FindingStep) -> None:
    """The officers who did the visit."""
    visit = finding.visit
    held = holders(visit.body_id, Role.BODY_OFFICER, Role.BODY_ADMIN, on=clock.today())
    went = [user for user in held if user.pk in {visit.officer_id, visit.second_id}]
    _tell(ANSWERED, visit, went or held, once=str(step.pk))


def ruled(finding: QualityFinding, step: FindingStep) -> None:
    """The headteacher and the induction lead; the tutors too where it is theirs to do."""
    roles = TUTORS if finding.owner == Role.INDUCTION_TUTOR and finding.induction_id is None else LEADS
    kind = CLOSED if step.kind == "closed" else REOPENED
    _tell(kind, finding.visit, holders(finding.visit.school_id, *roles, on=clock.today()), once=str(step.pk))


def _tell(kind: str, visit: QualityVisit, people: Iterable[User], *, once: str) -> None:
    url = reverse("cases:quality_visit", args=[visit.pk])
    outbox.queue(kind, to=people, subject_id=visit.pk, organisation_id=visit.body_id, url=url, once=once)
