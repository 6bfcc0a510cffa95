"""What the page of an assessment shows to the person who opens it."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.http import Http404, HttpRequest

from cases.frame import frame
from cases.rules.signing import ECT, NAMED, ORDER
from cases.rules.statuses import AssessmentStatus, SignatureStatus
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.viewer import Viewer

from .assessment_access import is_own, seen_versions
from .assessment_changes import differences
from .assessment_document import COMPLETE, issued
from .assessment_reading import reading_of
from .assessment_words import ROLES
from .letter_pages import letter_with
from .models import Assessment, AssessmentVersion, Signature, VersionRead
from .paper_words import heard, recorded_by, signature_says
from .sources import sources_of
from .standing import Standing, may_add_own, signs_as, standing_at

COLOURS = {
    AssessmentStatus.DRAFT: "grey",
    AssessmentStatus.COMMENTING: "yellow",
    AssessmentStatus.SIGNING: "yellow",
    AssessmentStatus.SIGNED: "teal",
    AssessmentStatus.SENT: "blue",
    AssessmentStatus.ACCEPTED: "green",
    AssessmentStatus.RETURNED: "orange",
}
UNDER_WAY = (AssessmentStatus.DRAFT, AssessmentStatus.COMMENTING, AssessmentStatus.SIGNING, AssessmentStatus.SIGNED)


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer under the report, or that none has been given yet: who, in which role, of which version."""

    role: str
    who: str
    on: date | None
    version: int | None
    says: str
    reason: str = ""


def assessment_context(request: HttpRequest, assessment: Assessment) -> dict[str, Any]:
    """Everything of the page: the version asked for (the latest unless `?version=`), what stands under it, what has
    changed since the viewer read another, and what they may do next.
    """
    viewer = request.viewer
    versions = _versions(viewer, assessment)
    version = _asked_for(request, versions)
    shown = [each for each in versions if each.number <= version.number]
    standing = standing_at(shown)
    is_latest = version.number == versions[-1].number
    return frame(request, assessment.induction) | {
        "title": str(assessment),
        "assessment": assessment,
        "version": version,
        "versions": versions,
        "is_latest": is_latest,
        **reading_context(version, _urls(viewer, assessment)),
        **answers_context(shown, standing),
        **_status(viewer, assessment, version),
        **_changes(viewer, shown),
        "letter": letter_with(viewer, assessment, version),
        "may": _may(request, assessment, version, is_latest=is_latest),
    }


def reading_context(version: AssessmentVersion, urls: dict[tuple[str, str], str] | None = None) -> dict[str, Any]:
    """What a version says."""
    return {"reading": reading_of(json.loads(version.content), urls)}


def answers_context(shown: list[AssessmentVersion], standing: Standing) -> dict[str, Any]:
    """What was said under a version, and under those before it."""
    said = [getattr(each, name) for each in shown for name in ("paper_comment", "comment") if hasattr(each, name)]
    return {
        "heard": [heard(each) for each in standing.said],
        "heard_earlier": [heard(each) for each in said if each not in standing.said],
        "answers": [row for role in ORDER for row in _answers(role, shown, standing)],
        "recommendation": standing.recommendation,
    }


def _versions(viewer: Viewer, assessment: Assessment) -> list[AssessmentVersion]:
    answers = Signature.objects.select_related("by", "recommendation", "on_paper")
    beside = ("sealed_by", "comment__by", "paper_comment__by", "sending", "response__by")
    found = seen_versions(viewer, assessment).select_related(*beside)
    versions = list(found.prefetch_related(Prefetch("signatures", answers)))
    if not versions:
        raise Http404
    return versions


def _asked_for(request: HttpRequest, versions: list[AssessmentVersion]) -> AssessmentVersion:
    asked = request.GET.get("version", "")
    return next((each for each in versions if str(each.number) == asked), versions[-1])


def _answers(role: str, shown: list[AssessmentVersion], standing: Standing) -> list[Answered]:
    """Every answer in a role, and that it is still asked for where none stands."""
    given = [answer for version in shown for answer in version.signatures.all() if answer.role == role]
    stands = standing.answers.get(role)
    rows = [_answer(answer, stands=answer == stands) for answer in given]
    if stands is None or (stands.state is SignatureStatus.REFUSED and role != ECT):
        turn = standing.turn == role and standing.was_commented
        rows.append(Answered(ROLES[role], "", None, None, "Asked to sign now" if turn else "Not signed yet"))
    return rows


def _answer(answer: Signature, *, stands: bool) -> Answered:
    if answer.state is SignatureStatus.REFUSED:
        says = "Did not sign" if stands else "Did not sign; answered again since"
    else:
        says = "Stands" if stands else "No longer stands: what it covers has changed"
    number = answer.version.number
    if hasattr(answer, "on_paper"):
        paper = signature_says(answer.on_paper)
        says = paper if stands else f"{paper} {says}"
        return Answered(ROLES[answer.role], "", answer.on, number, f"{says} {recorded_by(answer)}", answer.reason)
    return Answered(ROLES[answer.role], answer.by.name, answer.on, number, says, answer.reason)


def _urls(viewer: Viewer, assessment: Assessment) -> dict[tuple[str, str], str]:
    """The pages of the sources that this viewer may open."""
    return {(source.kind, str(source.id)): source.url for source in sources_of(viewer, assessment.induction)}


def _status(viewer: Viewer, assessment: Assessment, version: AssessmentVersion) -> dict[str, Any]:
    """The status as this side of the case knows it: of a correction under way its body knows nothing."""
    inside = viewer.organisation is None or viewer.organisation.pk == assessment.school_id
    state, answer = assessment.state, getattr(version, "response", None)
    if not inside and state in UNDER_WAY:
        state = AssessmentStatus(answer.outcome) if answer else AssessmentStatus.SENT
    mine = inside and assessment.turn in signs_as(viewer, assessment)
    return {
        "state": state,
        "colour": COLOURS[state],
        "turn": NAMED.get(assessment.turn, "") if inside else "",
        "is_my_turn": mine,
        "response": answer,
        "sending": getattr(version, "sending", None),
    }


def _changes(viewer: Viewer, shown: list[AssessmentVersion]) -> dict[str, Any]:
    """What differs from the version that the viewer read before this one; who has read none is shown the last one."""
    if len(shown) == 1:
        return {"changes": [], "since": None}
    earlier = {each.number: each for each in shown[:-1]}
    read = VersionRead.objects.filter(by=viewer.user, version__in=[each.pk for each in earlier.values()])
    numbers = list(read.values_list("version__number", flat=True))
    since = earlier[max(numbers, default=shown[-2].number)]
    return {"changes": differences(since, shown[-1]), "since": since, "since_was_read": bool(numbers)}


def _may(
    request: HttpRequest, assessment: Assessment, version: AssessmentVersion, *, is_latest: bool
) -> dict[str, Any]:
    """What to offer this viewer now."""
    viewer, state = request.viewer, assessment.state
    held = request.permissions if is_own(viewer, assessment) else frozenset()
    asked = is_latest and assessment.turn in signs_as(viewer, assessment)
    first = asked and state is AssessmentStatus.COMMENTING
    after_all = is_latest and viewer.organisation is None and may_add_own(assessment)
    comments = (first or after_all) and Permission.COMMENT_ON_ASSESSMENT in held
    signs = asked and state is AssessmentStatus.SIGNING and Permission.SIGN_ASSESSMENT in held
    complete = state in COMPLETE and version.number == assessment.latest
    return {
        "comment": comments,
        "sign": NAMED[assessment.turn] if signs else "",
        "queue": signs and viewer.organisation is not None,
        "document": complete or issued(version) is not None,
    }
