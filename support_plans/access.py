"""The one door to concerns and levels: which rows a viewer may know of, by the audience of each (R79, R81).

No other module asks for rows of support by anything but this: not a page, a task, a deadline, a message, a bundle, a
file or the history. Scope first: the side whose record it is (`cases.access`). Then the audience, by the roles in which
the viewer reaches that very case: a mentor of one ECT is the tutor of another. What is in confidence is for the named
contact of that ECT alone, not for whoever else holds the role.
"""

from collections import defaultdict
from collections.abc import Collection
from functools import reduce
from operator import or_
from typing import TypeVar
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import Http404

from cases import access
from cases.frame import own_placement
from cases.models import BodyPeriod, Induction
from cases.people import holders, responsibility
from cases.reach import visible_keys
from cases.rules.support import Audience, audiences_of
from cases.service_access import NOBODY, holds_case, is_own_now
from induction_portal.accounts.models import User
from induction_portal.accounts.permissions import Permission, Role
from induction_portal.accounts.viewer import Viewer
from induction_portal.pages import Found
from notifications.kinds import Names

from .models import (
    BodyRecord,
    BodyUpdate,
    Concern,
    LevelAgreement,
    LevelChange,
    OwnConcern,
    PlanAnswer,
    PlanMeeting,
    Proposal,
    SupportRecord,
)

Record = TypeVar("Record", bound=SupportRecord)
WITH_CONTACT = (Audience.CONTACT.value, Audience.SHARED.value, Audience.EVERY_STEP.value)


def readable(viewer: Viewer, rows: QuerySet[Record]) -> QuerySet[Record]:
    """Those of some rows that this viewer may know exist; reading one takes the permission as well."""
    if Role.TRUST_OFFICER in viewer.roles:
        heard = [audience.value for audience in audiences_of(Role.TRUST_OFFICER)]
        return rows.filter(audience__in=heard, school__trust=viewer.organisation)
    found = access.visible_records(viewer, rows).filter(_heard(viewer))
    if rows.model is OwnConcern and viewer.organisation is not None:
        # Only the ECT lets anybody else read it: it goes nowhere with the record that one side hands to another.
        found = found.filter(Q(school=viewer.organisation) | Q(body=viewer.organisation))
    if Role.BODY_CONTACT not in viewer.roles:
        return found
    named = found.annotate(named=_named_contact(viewer))
    return named.filter(~Q(audience__in=WITH_CONTACT) | _is_contact(viewer))  # type: ignore[return-value]  # marked


def _heard(viewer: Viewer) -> Q:
    """The audiences of each of the viewer's roles, in the cases that it reaches."""
    by_audience: dict[frozenset[Audience], set[Role]] = defaultdict(set)
    for role in viewer.roles:
        if heard := audiences_of(role):
            by_audience[heard].add(role)
    found = [_audience(heard) & Q(induction__in=visible_keys(viewer, frozenset(roles)))
             for heard, roles in by_audience.items()]  # fmt: skip
    return reduce(or_, found, Q(pk__in=[]))


def _audience(heard: Collection[Audience]) -> Q:
    return Q(audience__in=sorted(audience.value for audience in heard))


def _named_contact(viewer: Viewer) -> Subquery:
    """Whom the viewer's body named last to the ECT of a row."""
    periods = BodyPeriod.objects.filter(induction=OuterRef("induction"), body=viewer.organisation)
    return Subquery(periods.order_by("-starts_on").values("contact")[:1])


def _is_contact(viewer: Viewer) -> Q:
    """Named to the ECT; or the ECT has nobody named who is a contact still, so that nobody would answer."""
    contacts = _contacts(viewer.organisation.pk, viewer) if viewer.organisation else User.objects.none()
    return Q(named=viewer.user.pk) | Q(named=None) | ~Q(named__in=contacts.order_by().values("pk"))


def _contacts(body_id: UUID, viewer: Viewer) -> QuerySet[User]:
    return holders(body_id, Role.BODY_CONTACT, on=viewer.on)


def contacts_for(induction: Induction, body_id: UUID, viewer: Viewer) -> list[User]:
    """Who of a body is told of what an ECT writes in confidence: the contact named to them or, where nobody is named
    who is one still, every named contact of the body. Never nobody, if the body has any (R81).
    """
    known = list(_contacts(body_id, viewer))
    last = induction.body_periods.filter(body=body_id).order_by("-starts_on").first()
    named = [user for user in known if last and user.pk == last.contact_id]
    return named or known


# Doors


def concern(viewer: Viewer, concern_id: UUID) -> Found:
    """A concern of the school's by its id. Raises Http404 for one that the viewer may not know of."""
    rows = Concern.objects.select_related("induction__teacher", "school", "body", "raised_by", "passed_by", "proposal")
    return record(viewer, rows, concern_id)


def proposal(viewer: Viewer, proposal_id: UUID) -> Found:
    """A proposal that the viewer's school answers. Raises Http404 as `concern` does."""
    found = record(viewer, Proposal.objects.select_related("school", "placement", "answered_by"), proposal_id)
    own = is_own_now(viewer, found.subject.placement) and holds_case(viewer, found.subject.induction)
    return found if own else Found(found.subject, NOBODY)


def own_concern(viewer: Viewer, own_concern_id: UUID) -> Found:
    """A concern of the ECT's own by its id. Raises Http404 as `concern` does."""
    rows = OwnConcern.objects.select_related("induction__teacher", "school", "body", "placement")
    return record(viewer, rows, own_concern_id)


def meeting(viewer: Viewer, support_meeting_id: UUID) -> Found:
    """A meeting about support, for whoever has to do with its case today. Raises Http404 as `concern` does."""
    rows = PlanMeeting.objects.select_related("induction__teacher", "placement", "level__placement")
    return _in_hand(viewer, record(viewer, rows, support_meeting_id))


def update(viewer: Viewer, body_update_id: UUID) -> Found:
    """An update of a body, for whoever has to do with its case today. Raises Http404 as `concern` does."""
    rows = BodyUpdate.objects.select_related("induction__teacher", "placement", "level", "sent_by")
    return _in_hand(viewer, record(viewer, rows, body_update_id))


def _in_hand(viewer: Viewer, found: Found) -> Found:
    row = found.subject
    return found if viewer.organisation is None or follows(viewer, row.induction) else Found(row, NOBODY)


def followed(viewer: Viewer, case_id: UUID) -> Found:
    """A case whose support the viewer's school gives or the viewer's body follows, today. Raises Http404 as
    `cases.access.case` does.
    """
    found = access.case(viewer, case_id)
    return found if follows(viewer, found.subject) else Found(found.subject, NOBODY)


def follows(viewer: Viewer, induction: Induction) -> bool:
    """Whether a visible case is one of the viewer's own school while it goes on there, or of the responsible body."""
    return supports(viewer, induction) or bool(responsibility(viewer, induction, on=viewer.on))


def record(viewer: Viewer, rows: QuerySet[Record], row_id: UUID) -> Found:
    found = readable(viewer, rows).filter(pk=row_id).first()
    if found is None:
        raise Http404
    if Role.TRUST_OFFICER in viewer.roles:
        return Found(found, frozenset({Role.TRUST_OFFICER}))
    found.induction, roles, _ = access.case(viewer, found.induction_id)
    heard = frozenset(role for role in roles if found.audience in audiences_of(role))
    return Found(found, heard)


def supporting(viewer: Viewer, case_id: UUID) -> Found:
    """A case in which the viewer's school raises concerns and moves the ECT: its own, while it goes on."""
    found = access.case(viewer, case_id)
    return found if supports(viewer, found.subject) else Found(found.subject, NOBODY)


def supports(viewer: Viewer, induction: Induction) -> bool:
    """Whether a visible case is one of the viewer's own school, while it goes on there."""
    placement = own_placement(induction, viewer)
    return placement is not None and is_own_now(viewer, placement) and holds_case(viewer, induction)


def may_see_concern(user: User, concern_id: UUID) -> bool:
    """Whether a user may read a concern today: asked before a message is delivered."""
    return access.may_read(user, concern_id, find=concern, needs=Permission.READ_CONCERN)


def may_see_own_concern(user: User, own_concern_id: UUID) -> bool:
    """Whether a user may read a concern of an ECT's own today."""
    return access.may_read(user, own_concern_id, find=own_concern, needs=Permission.READ_OWN_CONCERN)


def may_see_level(user: User, level_id: UUID) -> bool:
    """Whether a user may know of a level today."""
    return access.may_read(user, level_id, find=_level, needs=Permission.READ_LEVELS)


def may_see_agreement(user: User, agreement_id: UUID) -> bool:
    """Whether a user may know today of what the appropriate body agreed to."""
    return access.may_read(user, agreement_id, find=_agreement, needs=Permission.READ_LEVELS)


def may_see_meeting(user: User, meeting_id: UUID) -> bool:
    """Whether a user may know of a meeting about support today."""
    return access.may_read(user, meeting_id, find=_meeting, needs=Permission.READ_LEVELS)


def may_see_update(user: User, update_id: UUID) -> bool:
    """Whether a user may read an update of a body today."""
    return access.may_read(user, update_id, find=_update, needs=Permission.READ_LEVELS)


def may_see_body_record(user: User, record_id: UUID) -> bool:
    """Whether a user may read today what a body did."""
    return access.may_read(user, record_id, find=_body_record, needs=Permission.READ_LEVELS)


def may_see_plan_answer(user: User, answer_id: UUID) -> bool:
    """Whether a user may read today what a body said of a plan."""
    return access.may_read(user, answer_id, find=_plan_answer, needs=Permission.READ_LEVELS)


def _plan_answer(viewer: Viewer, answer_id: UUID) -> Found:
    return record(viewer, PlanAnswer.objects.all(), answer_id)


def _meeting(viewer: Viewer, meeting_id: UUID) -> Found:
    return record(viewer, PlanMeeting.objects.all(), meeting_id)


def _update(viewer: Viewer, update_id: UUID) -> Found:
    return record(viewer, BodyUpdate.objects.all(), update_id)


def _body_record(viewer: Viewer, record_id: UUID) -> Found:
    return record(viewer, BodyRecord.objects.all(), record_id)


def _level(viewer: Viewer, level_id: UUID) -> Found:
    return record(viewer, LevelChange.objects.all(), level_id)


def _agreement(viewer: Viewer, agreement_id: UUID) -> Found:
    return record(viewer, LevelAgreement.objects.all(), agreement_id)


def whose_concerns(viewer: Viewer, ids: Collection[UUID]) -> Names:
    """The ECT's name for each of these concerns that the viewer may know of."""
    return _whose(readable(viewer, Concern.objects.all()), ids)


def whose_own_concerns(viewer: Viewer, ids: Collection[UUID]) -> Names:
    """The ECT's name for each of these concerns of ECTs that the viewer may know of."""
    return _whose(readable(viewer, OwnConcern.objects.all()), ids)


def whose_levels(viewer: Viewer, ids: Collection[UUID]) -> Names:
    """The ECT's name for each of these levels that the viewer may know of."""
    return _whose(readable(viewer, LevelChange.objects.all()), ids)


def whose_agreements(viewer: Viewer, ids: Collection[UUID]) -> Names:
    """The ECT's name for each of these agreements that the viewer may know of."""
    return _whose(readable(viewer, LevelAgreement.objects.all()), ids)


def whose_meetings(viewer: Viewer, ids: Collection[UUID]) -> Names:
    """The ECT's name for each of these meetings that the viewer may know of."""
    return _whose(readable(viewer, PlanMeeting.objects.all()), ids)


def whose_updates(viewer: Viewer, ids: Collection[UUID]) -> Names:
    """The ECT's name for each of these updates that the viewer may know of."""
    return _whose(readable(viewer, BodyUpdate.objects.all()), ids)


def whose_body_records(viewer: Viewer, ids: Collection[UUID]) -> Names:
    """The ECT's name for each of these records of a body's that the viewer may know of."""
    return _whose(readable(viewer, BodyRecord.objects.all()), ids)


def whose_plan_answers(viewer: Viewer, ids: Collection[UUID]) -> Names:
    """The ECT's name for each of these answers about a plan that the viewer may know of."""
    return _whose(readable(viewer, PlanAnswer.objects.all()), ids)


def _whose(rows: QuerySet, ids: Collection[UUID]) -> Names:
    return rows.filter(pk__in=ids).values_list("pk", "induction__teacher__name")


def hidden_from(viewer: Viewer, induction: Induction) -> set[UUID]:
    """The concerns and notes of a case of which the viewer may not know that anything was done, or that anybody opened
    them. One query; none for the ECT, who knows of everything about them.
    """
    if viewer.organisation is None:
        return set()
    own = _hidden(viewer, OwnConcern.objects.filter(induction=induction))
    concerns = _hidden(viewer, Concern.objects.filter(induction=induction))
    return set(own.union(concerns, _hidden(viewer, BodyRecord.objects.filter(induction=induction))))


def _hidden(viewer: Viewer, rows: QuerySet[Record]) -> QuerySet[Record, UUID]:
    known = readable(viewer, rows).order_by().values("pk")
    return rows.exclude(pk__in=known).order_by().values_list("pk", flat=True)
