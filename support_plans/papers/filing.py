"""What there is of signed plans: for the ECT to take along (R83), and for the file that a body makes of the case."""

from collections.abc import Sequence

from django.urls import reverse

from cases.models import Induction
from cases.parts import Chapter, Filing, Paper, Section
from cases.rules.plan_papers import Stage
from cases.rules.signing import NAMED
from induction_portal.accounts.viewer import Viewer
from induction_portal.govuk.words import day, upper_first

from ..access import readable
from ..models import Plan, PlanSignature, PlanVersion
from .document import KIND
from .standing import is_complete

COLUMNS = ("Plan", "Sealed on", "As", "Answer", "By", "On", "In their own words")
UNSIGNED = (
    "Documents of support plans that the induction tutor and the ECT have not both answered",
    "A plan becomes a document once both have signed, or the ECT has declined. What it says is told in words above.",
)


class Papers:
    """The finished versions of a case's plans that a viewer may know of, with what was answered. Three queries."""

    def __init__(self, viewer: Viewer, induction: Induction) -> None:
        plans = readable(viewer, Plan.objects.filter(induction=induction))
        rows = PlanVersion.objects.filter(plan__in=plans, stage=Stage.FINISHED.value)
        beside = rows.select_related("plan__level", "plan__school").prefetch_related("signatures__by")
        self.versions: Sequence[PlanVersion] = list(beside.order_by("plan__level__number", "number"))

    def documents(self) -> list[Paper]:
        """The last version of each plan that tutor and ECT have answered; earlier ones are versions of its document."""
        last = {version.plan_id: version for version in self.versions if _complete(version)}
        return [_paper(version) for version in last.values()]

    def unsigned(self) -> bool:
        """Whether a plan has no document as it stands."""
        return any(not _complete(version) for version in self._latest())

    def sections(self) -> list[Section]:
        """Who signed, and who declined why."""
        rows = [_answer(version, each) for version in self.versions for each in version.signatures.all()]
        return [Section("Signatures under support plans", COLUMNS, rows)] if rows else []

    def filing(self, sections: Sequence[Section]) -> Filing:
        """The chapter of the file, with the sections that there are besides."""
        left_out = (UNSIGNED,) if self.unsigned() else ()
        return Filing(Chapter.SUPPORT, [*sections, *self.sections()], self.documents(), left_out)

    def _latest(self) -> list[PlanVersion]:
        return list({version.plan_id: version for version in self.versions}.values())


def _complete(version: PlanVersion) -> bool:
    return is_complete(version, {each.role: each for each in version.signatures.all()})


def _paper(version: PlanVersion) -> Paper:
    plan = version.plan
    url = reverse("support_plans:plan", args=[plan.pk])
    title = f"Support plan, {plan.level.state.label}"
    return Paper(KIND, plan.pk, title, version.sealed_on, plan.school.name, version.number, url, version.sha256)


def _answer(version: PlanVersion, answer: PlanSignature) -> list[str]:
    did = "Signed" if answer.is_signed else "Did not sign"
    role = upper_first(NAMED[answer.role])
    name = version.plan.level.state.label
    return [name, day(version.sealed_on), role, did, answer.by.name, day(answer.on), answer.words]
