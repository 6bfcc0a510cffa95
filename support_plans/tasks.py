"""What waits for somebody: a proposal to answer, a concern to pass on, an ECT's own concern to answer."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet, Value
from django.urls import reverse

from cases.parts import Task
from cases.reach import current_keys, reviewed_keys
from cases.rules.statuses import ConcernStatus, PlanStatus
from cases.rules.support import Audience
from induction_portal.accounts.permissions import Permission, Role
from induction_portal.accounts.viewer import Viewer

from .access import readable
from .actions.own import ANSWERING
from .models import BodyUpdate, Concern, OwnConcern, Proposal
from .plans.tasks import plans_to_write, weeks_to_comment

MOST = 50
Row = tuple[str, date, UUID, UUID, str, str | None]
PROPOSAL, CONCERN, OWN = "proposal", "concern_to_pass_on", "own_concern"
PLAN, UPDATE = "plan_to_write", "body_update_read"
KINDS = {
    PROPOSAL: ("Raise a concern, or say why not", "support_plans:proposal", "Concerns to raise or decline"),
    CONCERN: ("Pass a concern on to the appropriate body", "support_plans:concern", "Concerns to pass on"),
    OWN: ("Answer a concern of the ECT’s own", "support_plans:own_concern", "Concerns of ECTs to answer"),
    PLAN: ("Write the support plan", "support_plans:write_plan", "Support plans to write"),
    UPDATE: ("Read an update about support", "support_plans:acknowledge_update", "Updates about support to read"),
}


def tasks_of(viewer: Viewer) -> Iterator[Task]:
    """Everything that waits for this viewer. One query for all kinds together, and for an ECT one for the weeks."""
    kinds = list(_waiting(viewer))
    for row in kinds[0].union(*kinds[1:], all=True) if kinds else ():
        yield _task(row, viewer)
    yield from weeks_to_comment(viewer)


def _waiting(viewer: Viewer) -> Iterator[QuerySet[Any, Row]]:
    """The rows of each kind that this viewer sees to, each with what it is, since when, and a word more."""
    if viewer.may(Permission.ANSWER_PROPOSAL):
        yield _told(_proposals(viewer), PROPOSAL, "found_on", F("title"))
    if viewer.may(Permission.FORWARD_CONCERN):
        to_pass_on = Concern.objects.filter(audience=Audience.WITH_TRUST.value)
        yield _told(readable(viewer, to_pass_on), CONCERN, "raised_on", F("school__name"))
    if viewer.may(Permission.ANSWER_OWN_CONCERN):
        yield _told(_own_concerns(viewer), OWN, "raised_on")
    if viewer.may(Permission.WRITE_PLAN):
        yield _told(plans_to_write(viewer), PLAN, "opened_on", F("plan__status"))
    if viewer.may(Permission.FOLLOW_SUPPORT):
        yield _told(_unread(viewer), UPDATE, "sent_on")


def _told(rows: QuerySet[Any], what: str, on: str, said: F | Value | None = None) -> QuerySet[Any, Row]:
    told = rows.order_by(on, "pk").annotate(waits_as=Value(what), since=F(on), said=said or Value(""))
    return told.values_list("waits_as", "since", "pk", "induction", "induction__teacher__name", "said")[:MOST]


def _proposals(viewer: Viewer) -> QuerySet[Proposal]:
    """The tutor's, in the cases that they review."""
    waiting = Proposal.objects.filter(answer=Proposal.Answer.OPEN, school=viewer.organisation)
    return readable(viewer, waiting).filter(induction__in=reviewed_keys(viewer))


def _own_concerns(viewer: Viewer) -> QuerySet[OwnConcern]:
    states = [status.value for status, roles in ANSWERING.items() if viewer.roles & set(roles)]
    waiting = readable(viewer, OwnConcern.objects.filter(status__in=states))
    of_trust = Role.TRUST_OFFICER in viewer.roles
    return waiting if of_trust else waiting.filter(induction__in=current_keys(viewer))


def _unread(viewer: Viewer) -> QuerySet[BodyUpdate]:
    """What schools told the viewer's body of its cases, and nobody of it has acknowledged."""
    unread = BodyUpdate.objects.filter(body=viewer.organisation, acknowledged_on=None)
    return readable(viewer, unread.filter(induction__in=current_keys(viewer)))


def _task(row: Row, viewer: Viewer) -> Task:
    what, since, key, case_id, name, said = row
    says, page, kind_says = KINDS[what]
    state = {PROPOSAL: said or "", PLAN: PlanStatus.WRITING.label if said else "Not begun"}
    return Task(
        on=since,
        says=says,
        about=f"{name}, {said}" if what == CONCERN else name,
        url=reverse(page, args=[key]),
        state=state.get(what, ""),
        kind=what,
        kind_says=kind_says,
        case_id=None if Role.TRUST_OFFICER in viewer.roles else case_id,
        is_due=False,
    )


def awaited(viewer: Viewer) -> Iterable[Task]:
    """What an ECT waits for: an answer to a concern of theirs."""
    if not viewer.may(Permission.RAISE_OWN_CONCERN):
        return
    open_states = [status.value for status in (ConcernStatus.RAISED, ConcernStatus.WITH_TRUST, ConcernStatus.WITH_BODY)]
    for row in readable(viewer, OwnConcern.objects.filter(status__in=open_states)):
        url = reverse("support_plans:own_concern", args=[row.pk])
        yield Task(row.raised_on, "An answer to your concern", row.subject, url, row.state.label, is_due=False)
