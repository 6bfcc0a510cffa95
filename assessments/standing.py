"""Where the signatures of an assessment stand: which hold for its latest version, and whose turn it is (R53)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from cases.models import Appointment
from cases.querysets import in_force
from cases.rules.signing import ECT, ORDER, Bound, stands, whose_turn
from cases.rules.statuses import AssessmentStatus, SignatureStatus
from induction_portal.accounts.models import User
from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import Viewer

from .models import Assessment, AssessmentComment, AssessmentVersion, PaperComment, Recommendation, Signature

SCHOOL_SIGNS = {"headteacher": {Role.HEADTEACHER}, "induction_tutor": {Role.INDUCTION_TUTOR, Role.INDUCTION_LEAD}}


@dataclass(frozen=True, slots=True)
class Standing:
    """What holds for the latest version: by role the answer that stands, the ECT's comments, what the head recommends.

    `on_paper` is what a colleague recorded of the ECT's comments; their own may stand beside it. A role without an
    answer that stands is asked for one: `SignatureStatus.REQUESTED`.
    """

    answers: Mapping[str, Signature]
    comment: AssessmentComment | None
    on_paper: PaperComment | None = None

    @property
    def said(self) -> list[PaperComment | AssessmentComment]:
        """What the ECT said of it: as a colleague recorded it, and in the portal."""
        return [said for said in (self.on_paper, self.comment) if said]

    @property
    def was_commented(self) -> bool:
        """Whether the ECT was heard, or did not answer in time."""
        return bool(self.said)

    @property
    def may_add_own(self) -> bool:
        """Whether the ECT, of whom a colleague recorded what they said, has not said anything themself."""
        return self.on_paper is not None and self.comment is None

    @property
    def statuses(self) -> dict[str, SignatureStatus]:
        """By role, in the order of signing."""
        return {role: self.answers[role].state if role in self.answers else SignatureStatus.REQUESTED for role in ORDER}

    @property
    def turn(self) -> str | None:
        """Who signs next; None once all have."""
        return whose_turn(self.statuses)

    @property
    def recommendation(self) -> Recommendation | None:
        """What the headteacher recommends with the signature that stands."""
        head = self.answers.get("headteacher")
        return getattr(head, "recommendation", None)

    def signed_as(self, user: User) -> list[str]:
        """The roles in which somebody signed and it stands; what they recorded for the ECT they did not sign."""
        signed = SignatureStatus.SIGNED
        mine = {role: answer for role, answer in self.answers.items() if answer.by_id == user.pk}
        return [role for role, answer in mine.items() if answer.state is signed and not hasattr(answer, "on_paper")]


def with_answers(assessments: QuerySet[Assessment]) -> QuerySet[Assessment]:
    """Assessments with what `standing_of` needs: three queries more, however many there are."""
    versions = AssessmentVersion.objects.defer("content").select_related("comment__by", "paper_comment__by")
    answers = Signature.objects.select_related("by", "recommendation", "on_paper")
    return assessments.prefetch_related(Prefetch("versions", versions), Prefetch("versions__signatures", answers))


def standing_of(assessment: Assessment) -> Standing:
    """Where an assessment stands."""
    if "versions" not in getattr(assessment, "_prefetched_objects_cache", {}):
        assessment = with_answers(Assessment.objects.all()).get(pk=assessment.pk)
    return standing_at(list(assessment.versions.all()))


def standing_at(versions: list[AssessmentVersion]) -> Standing:
    """Where an assessment stood at the last of these versions, which are all up to it, with their answers."""
    answers = {role: answer for role in ORDER if (answer := _answer(versions, role))}
    return Standing(answers, _comment(versions, "comment"), _comment(versions, "paper_comment"))


def _answer(versions: Iterable[AssessmentVersion], role: str) -> Signature | None:
    """The last answer in a role that stands for the latest version."""
    parts = {version.number: version.parts[role] for version in versions}
    given = [answer for version in versions for answer in version.signatures.all() if answer.role == role]
    return next((answer for answer in reversed(given) if stands(answer.bound, parts)), None)


def _comment(versions: list[AssessmentVersion], said: str) -> Any:
    """The ECT's last answer, while what touches them is as it was when they gave it: their own `comment`, or the
    `paper_comment` that was recorded for them.
    """
    parts = {version.number: version.ect_part for version in versions}
    for version in reversed(versions):
        if hasattr(version, said):
            return getattr(version, said) if stands(Bound(ECT, version.number, version.ect_part), parts) else None
    return None


def may_add_own(assessment: Assessment) -> bool:
    """Whether the ECT may still comment themself: while it is signed, where a colleague recorded what they said."""
    return assessment.state is AssessmentStatus.SIGNING and standing_of(assessment).may_add_own


def turn_of(assessment: Assessment) -> str:
    """Who is asked now, as it is stored: asked after an action that moved a report on."""
    return Assessment.objects.values_list("turn", flat=True).get(pk=assessment.pk)


def signs_as(viewer: Viewer, assessment: Assessment) -> list[str]:
    """The roles in which a viewer is a signatory of a visible assessment, in the order of signing. For the tutor's they
    are appointed to its placement today, or the induction lead, who may act as one.
    """
    if viewer.organisation is None:
        return [ECT] if assessment.induction.teacher.user_id == viewer.user.pk else []
    if viewer.organisation.pk != assessment.school_id:
        return []
    roles = viewer.roles if _is_tutor(viewer, assessment.placement_id) else viewer.roles - {Role.INDUCTION_TUTOR}
    return [role for role in ORDER if SCHOOL_SIGNS.get(role, set()) & roles]


def _is_tutor(viewer: Viewer, placement_id: UUID) -> bool:
    held = Appointment.objects.filter(in_force("", on=viewer.on), placement=placement_id, user=viewer.user)
    return Role.INDUCTION_TUTOR in viewer.roles and held.filter(kind=Appointment.Kind.TUTOR).exists()
