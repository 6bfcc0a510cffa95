"""The doors to quality assurance: a body's rounds are its own; of a visit the school knows once it is shared."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from induction_portal import clock
from induction_portal.accounts.models import Organisation, User
from induction_portal.accounts.permissions import Permission, Role, permissions_of
from induction_portal.accounts.viewer import Viewer, options
from induction_portal.pages import Found
from notifications.kinds import Names

from ..models import QualityAnswer, QualityFinding, QualityRound, QualityVisit
from ..reach import visible_keys
from ..rules.quality import DEFAULTS, Audience, Question, answerers
from .questions import questions_of

WHOLE_SCHOOL = {Role.HEADTEACHER, Role.INDUCTION_LEAD}


def is_body(viewer: Viewer) -> bool:
    """Whether the viewer acts for an appropriate body."""
    return viewer.organisation is not None and viewer.organisation.kind == Organisation.Kind.BODY


def visible_rounds(viewer: Viewer) -> QuerySet[QualityRound]:
    """The rounds of the viewer's own body."""
    if not is_body(viewer):
        return QualityRound.objects.none()
    return QualityRound.objects.filter(body=viewer.organisation)


def visible_visits(viewer: Viewer) -> QuerySet[QualityVisit]:
    """A body's own visits, whatever their state; a school's, once they are shared."""
    found = QualityVisit.objects.select_related("round__body", "body", "school", "officer", "second")
    if viewer.organisation is None:
        return found.none()
    if is_body(viewer):
        return found.filter(body=viewer.organisation)
    return found.filter(school=viewer.organisation, state=QualityVisit.State.SHARED)


def visible_findings(viewer: Viewer) -> QuerySet[QualityFinding]:
    """The findings of visible visits that are meant for the viewer's side. Of one about an ECT a tutor reads only where
    they are that ECT's (R79).
    """
    found = QualityFinding.objects.filter(visit__in=visible_visits(viewer).values("pk"))
    return found if is_body(viewer) else found.filter(_for_school(viewer))


def visible_answers(viewer: Viewer) -> QuerySet[QualityAnswer]:
    """The answers of visible visits that are meant for the viewer's side: never an ECT's words to the school."""
    found = QualityAnswer.objects.filter(visit__in=visible_visits(viewer).values("pk"))
    return found if is_body(viewer) else found.filter(audience=Audience.SCHOOL)


def _for_school(viewer: Viewer) -> Q:
    told = Q(audience=Audience.SCHOOL)
    if viewer.roles & WHOLE_SCHOOL:
        return told
    return told & (Q(induction=None) | Q(induction__in=visible_keys(viewer)))


def round_(viewer: Viewer, round_id: UUID) -> Found:
    """A round by its id. Raises Http404 for another body's."""
    found = visible_rounds(viewer).filter(pk=round_id).first()
    if found is None:
        raise Http404
    return Found(found, viewer.roles)


def visit(viewer: Viewer, quality_visit_id: UUID) -> Found:
    """A visit by its id. Raises Http404 for one that the viewer's side may not know of."""
    found = visible_visits(viewer).filter(pk=quality_visit_id).first()
    if found is None:
        raise Http404
    return Found(found, viewer.roles)


def finding(viewer: Viewer, finding_id: UUID) -> Found:
    """A finding by its id, as `visit`; at a school, whoever may not answer it has no role in it."""
    found = visible_findings(viewer).select_related("visit__school", "visit__body", "induction__teacher")
    row = found.filter(pk=finding_id).first()
    if row is None:
        raise Http404
    roles = viewer.roles if is_body(viewer) else viewer.roles & answerers(row.owner)
    return Found(row, frozenset(Role(role) for role in roles))


class Asked:
    """A question of the viewer's body by its code: opening one is no reading of a record, and is not logged."""

    def __init__(self, question: Question | None, code: str) -> None:
        self.question, self.code = question, code


def question(viewer: Viewer, code: str) -> Found:
    """A question that the body asks today, or a default that it no longer asks. Raises Http404 for any other."""
    known = {each.code: each for each in (*DEFAULTS, *questions_of(viewer.organisation, viewer.on))}
    if code not in known or not is_body(viewer):
        raise Http404
    return Found(Asked(known[code], code), viewer.roles)


def may_see_visit(user: User, visit_id: UUID) -> bool:
    """Whether a user may open a visit today, in any of their capacities: asked before a message is delivered."""
    for viewer in options(user, on=clock.today()):
        if Permission.READ_QUALITY in permissions_of(viewer.roles) and visible_visits(viewer).filter(pk=visit_id):
            return True
    return False


def whose(viewer: Viewer, keys: Collection[UUID]) -> Names:
    """The school of each of these visits, as far as the viewer may know of them."""
    return visible_visits(viewer).filter(pk__in=keys).order_by().values_list("pk", "school__name")
