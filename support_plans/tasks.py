"""What waits for somebody: a proposal to answer, a concern to pass on, an ECT's own concern to answer."""

from collections.abc import Iterable, Iterator

from django.urls import reverse

from cases.parts import Task
from cases.reach import current_keys, reviewed_keys
from cases.rules.statuses import ConcernStatus
from cases.rules.support import Audience
from induction_portal.accounts.permissions import Permission, Role
from induction_portal.accounts.viewer import Viewer

from .access import readable
from .actions.own import ANSWERING
from .models import BodyUpdate, Concern, OwnConcern, Proposal
from .plans.tasks import plans_to_write, weeks_to_comment

MOST = 50


def tasks_of(viewer: Viewer) -> Iterator[Task]:
    """Everything that waits for this viewer: at most one query for each kind."""
    if viewer.may(Permission.ANSWER_PROPOSAL):
        yield from _proposals(viewer)
    if viewer.may(Permission.FORWARD_CONCERN):
        yield from _to_pass_on(viewer)
    if viewer.may(Permission.ANSWER_OWN_CONCERN):
        yield from _own_concerns(viewer)
    yield from plans_to_write(viewer)
    yield from weeks_to_comment(viewer)


def _proposals(viewer: Viewer) -> Iterator[Task]:
    """The tutor's, in the cases that they review."""
    waiting = readable(viewer, Proposal.objects.filter(answer=Proposal.Answer.OPEN, school=viewer.organisation))
    for row in waiting.filter(induction__in=reviewed_keys(viewer)).select_related("induction__teacher")[:MOST]:
        yield Task(
            on=row.found_on,
            says="Raise a concern, or say why not",
            about=row.induction.teacher.name,
            url=reverse("support_plans:proposal", args=[row.pk]),
            state=row.title,
            kind="proposal",
            kind_says="Concerns to raise or decline",
            case_id=row.induction_id,
            is_due=False,
        )


def _to_pass_on(viewer: Viewer) -> Iterator[Task]:
    waiting = readable(viewer, Concern.objects.filter(audience=Audience.WITH_TRUST.value))
    for row in waiting.select_related("induction__teacher", "school")[:MOST]:
        yield Task(
            on=row.raised_on,
            says="Pass a concern on to the appropriate body",
            about=f"{row.induction.teacher.name}, {row.school.name}",
            url=reverse("support_plans:concern", args=[row.pk]),
            kind="concern_to_pass_on",
            kind_says="Concerns to pass on",
            is_due=False,
        )


def _own_concerns(viewer: Viewer) -> Iterator[Task]:
    states = [status.value for status, roles in ANSWERING.items() if viewer.roles & set(roles)]
    waiting = readable(viewer, OwnConcern.objects.filter(status__in=states)).select_related("induction__teacher")
    if Role.TRUST_OFFICER not in viewer.roles:
        waiting = waiting.filter(induction__in=current_keys(viewer))
    for row in waiting[:MOST]:
        yield Task(
            on=row.raised_on,
            says="Answer a concern of the ECT’s own",
            about=row.induction.teacher.name,
            url=reverse("support_plans:own_concern", args=[row.pk]),
            kind="own_concern",
            kind_says="Concerns of ECTs to answer",
            case_id=None if Role.TRUST_OFFICER in viewer.roles else row.induction_id,
            is_due=False,
        )


def to_acknowledge(viewer: Viewer) -> Iterator[Task]:
    """What schools told the viewer's body of its cases, and nobody of it has acknowledged. One query."""
    if not viewer.may(Permission.FOLLOW_SUPPORT):
        return
    unread = BodyUpdate.objects.filter(body=viewer.organisation, acknowledged_on=None)
    found = readable(viewer, unread.filter(induction__in=current_keys(viewer)))
    for row in found.select_related("induction__teacher")[:MOST]:
        yield Task(
            on=row.sent_on,
            says="Read an update about support",
            about=row.induction.teacher.name,
            url=reverse("support_plans:acknowledge_update", args=[row.pk]),
            kind="body_update_read",
            kind_says="Updates about support to read",
            case_id=row.induction_id,
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
