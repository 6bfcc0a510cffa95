"""The door to the headteacher's letters: as to the report each came with, in the version that its reader has (R79)."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import F, Q
from django.http import Http404

from cases import access
from induction_portal.accounts.models import User
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.viewer import Viewer
from induction_portal.pages import Found
from notifications.kinds import Names

from . import assessment_access
from .models import HeadLetter
from .models.letters import HeadLetterQuerySet

VERSION = "signature__version"
REPORT = f"{VERSION}__assessment"


def visible_letters(viewer: Viewer) -> HeadLetterQuerySet:
    """Every letter that this viewer may know exists; reading one takes the permission as well."""
    reports = assessment_access.visible_assessments(viewer).order_by()
    letters = HeadLetter.objects.filter(_has_it(viewer), **{f"{REPORT}__in": reports.values("pk")})
    return letters.with_report()


def _has_it(viewer: Viewer) -> Q:
    """A body, and who was handed the report over, have the letter once they have the version that it came with."""
    if viewer.organisation is None:
        return Q()
    sent = Q(**{f"{VERSION}__number__lte": F(f"{REPORT}__sent")})
    return sent | Q(**{f"{REPORT}__school": viewer.organisation})


def standing_letters(viewer: Viewer) -> HeadLetterQuerySet:
    """Those that stand as this viewer knows the case: of a correction under way the body knows nothing."""
    sent = Q(number__lte=F("assessment__sent")) | Q(assessment__school=viewer.organisation)
    return visible_letters(viewer).standing(Q() if viewer.organisation is None else sent)


def letter(viewer: Viewer, letter_id: UUID) -> Found:
    """A letter by its id. Raises Http404 for one that the viewer may not know of."""
    found = visible_letters(viewer).filter(pk=letter_id).first()
    if found is None:
        raise Http404
    report = assessment_access.assessment(viewer, found.signature.version.assessment_id)
    found.signature.version.assessment = report.subject
    return Found(found, report.roles, report.besides)


def may_see_letter(user: User, letter_id: UUID) -> bool:
    """Whether a user may read a letter today in any of their capacities: asked before a message is delivered."""
    return access.may_read(user, letter_id, find=letter, needs=Permission.READ_ASSESSMENT)


def whose_letters(viewer: Viewer, letter_ids: Collection[UUID]) -> Names:
    """The ECT's name for each of these letters that the viewer may know of."""
    found = visible_letters(viewer).filter(pk__in=letter_ids)
    return found.values_list("pk", f"{REPORT}__induction__teacher__name")
