"""What the pages of a signatory ask: in which role they sign now, and why they may not yet."""

from dataclasses import dataclass
from functools import cached_property

from cases.rules.errors import RuleBroken
from cases.rules.signing import HEAD, NAMED, check_turn
from cases.rules.statuses import AssessmentStatus
from induction_portal.accounts.viewer import Viewer

from .assessing import latest_version
from .assessment_changes import Difference, differences
from .models import Assessment, AssessmentVersion, Signature, VersionRead
from .standing import Standing, signs_as, standing_of


@dataclass
class Desk:
    """One signatory in front of one assessment."""

    viewer: Viewer
    assessment: Assessment

    @cached_property
    def standing(self) -> Standing:
        return standing_of(self.assessment)

    @cached_property
    def roles(self) -> list[str]:
        """The roles in which the viewer is a signatory."""
        return signs_as(self.viewer, self.assessment)

    @cached_property
    def role(self) -> str:
        """The role that is asked now if it is one of the viewer's, else the first of theirs; empty for who has none."""
        turn = self.standing.turn or ""
        return turn if turn in self.roles else next(iter(self.roles), "")

    @property
    def named(self) -> str:
        """The role, in a sentence."""
        return NAMED.get(self.role, "a signatory")

    @cached_property
    def version(self) -> AssessmentVersion:
        return latest_version(self.assessment)

    @property
    def also(self) -> str:
        """The other role in which the same person's signature stands (R82), in a sentence; empty for none."""
        signed = [role for role in self.standing.signed_as(self.viewer.user) if role != self.role]
        return NAMED[signed[0]] if signed else ""

    @property
    def recommends(self) -> bool:
        """Whether a recommendation is given with the signature (R60)."""
        return self.role == HEAD and self.assessment.which.takes_recommendation

    @property
    def refusal(self) -> str:
        """Why the viewer may not sign now, in a sentence; empty if they may."""
        if not self.roles:
            return "You are not a signatory of this assessment"
        if self.assessment.state is not AssessmentStatus.SIGNING:
            return f"This assessment is not open to be signed: {self.assessment.state.label.lower()}"
        try:
            check_turn(self.role, self.standing.statuses)
        except RuleBroken as broken:
            return broken.message
        return "" if self.was_opened else "Open and read this version before you sign it"

    @property
    def was_opened(self) -> bool:
        """Whether the viewer has had the latest version before them."""
        return VersionRead.objects.filter(version=self.version, by=self.viewer.user).exists()

    @cached_property
    def known(self) -> AssessmentVersion | None:
        """The version before the latest that the viewer signed in this role or, having signed none, last read."""
        earlier = AssessmentVersion.objects.filter(assessment=self.assessment, number__lt=self.version.number)
        mine = Signature.objects.filter(by=self.viewer.user, role=self.role, version__in=earlier, status="signed")
        signed = earlier.filter(pk__in=mine.values("version")).last()
        return signed or earlier.filter(readings__by=self.viewer.user).last()

    @cached_property
    def changes(self) -> list[Difference]:
        """What has changed since then in what touches the signatory."""
        return differences(self.known, self.version, self.role) if self.known else []
