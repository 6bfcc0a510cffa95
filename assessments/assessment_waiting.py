"""Assessments that wait for somebody: for comments, a signature, a correction, to be sent, or the body's answer."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.urls import reverse

from cases.models import Appointment
from cases.parts import Task, Work
from cases.policies import Policies
from cases.querysets import in_force
from cases.reach import reviewed_keys
from cases.rules.reviews import due_to_body
from cases.rules.signing import ECT, HEAD, NAMED, TUTOR
from cases.rules.statuses import AssessmentStatus
from cases.worded import due_words
from induction_portal.accounts.permissions import Permission, Role
from induction_portal.accounts.viewer import Viewer

from .assessment_access import sent_on, visible_assessments
from .letter_waiting import letters_awaited, to_acknowledge
from .models import Assessment

MOST, MOST_TO_ANSWER = 50, 200
ANSWERS = {Role.BODY_OFFICER, Role.BODY_ADMIN}
TO_CORRECT = (AssessmentStatus.DRAFT, AssessmentStatus.RETURNED)


def work_of(viewer: Viewer) -> Work:
    """What waits for this viewer among the assessments they may read; those of their side that wait for others."""
    if ANSWERS & viewer.roles:
        return Work(to_answer(viewer)) if Role.BODY_OFFICER in viewer.roles else Work()
    seen = visible_assessments(viewer)
    if viewer.organisation is not None:
        seen = seen.filter(school=viewer.organisation)
    writes = viewer.may(Permission.WRITE_ASSESSMENT)
    asked = asked_of(viewer) | _to_record(viewer) if writes else asked_of(viewer)
    mine = asked | _to_go_on(viewer) if writes else asked
    rows = _of_either(seen, mine, ~Q(turn="") & ~asked | Q(status=AssessmentStatus.SENT))
    tasks = [_task(viewer, row, _verb(viewer, row), row.due_on) for row in rows if row.is_mine]
    return Work([*tasks, *to_acknowledge(viewer)], _awaited(viewer, [row for row in rows if row.is_awaited]))


def _of_either(seen: QuerySet[Assessment], mine: Q, awaited: Q) -> list[Assessment]:
    """The assessments of either sort, each with which it is and the day on which it was last sent."""
    sorted_out = seen.annotate(
        is_mine=ExpressionWrapper(mine, BooleanField()),
        is_awaited=ExpressionWrapper(awaited, BooleanField()),
        sent_on=sent_on("-at"),
    )
    either = sorted_out.filter(Q(is_mine=True) | Q(is_awaited=True))
    return list(either.order_by("-is_mine", "due_on", "pk")[: 2 * MOST])


def asked_of(viewer: Viewer) -> Q:
    """Those in which the viewer is the one to comment or sign."""
    if viewer.organisation is None:
        return Q(turn=ECT)
    asked = Q(turn=HEAD) if Role.HEADTEACHER in viewer.roles else Q(pk__in=[])
    return asked | Q(turn=TUTOR) & _as_tutor(viewer)


def _as_tutor(viewer: Viewer) -> Q:
    """Those of which the viewer is the tutor: an induction lead may act as one."""
    if Role.INDUCTION_LEAD in viewer.roles:
        return Q()
    appointed = Appointment.objects.filter(in_force("", on=viewer.on), user=viewer.user, kind=Appointment.Kind.TUTOR)
    return Q(placement__in=appointed.values("placement"))


def _to_record(viewer: Viewer) -> Q:
    """Those in which an ECT is asked who cannot sign in, and whose tutor the viewer is: they answer on paper."""
    return Q(turn=ECT, induction__teacher__user=None) & _as_tutor(viewer)


def _to_go_on(viewer: Viewer) -> Q:
    """Those that the viewer wrote, or answers for as tutor, and which are to be corrected or sent."""
    mine = Q(written_by=viewer.user) | Q(induction__in=reviewed_keys(viewer))
    return mine & Q(status__in=[*TO_CORRECT, AssessmentStatus.SIGNED])


def to_answer(viewer: Viewer) -> Iterable[Task]:
    """The assessments that wait to be read and answered by the viewer's appropriate body, the earliest sent first."""
    if not ANSWERS & viewer.roles:
        return []
    sent = visible_assessments(viewer).filter(body=viewer.organisation, status=AssessmentStatus.SENT)
    rows = list(sent.annotate(sent_on=sent_on("-at"))[:MOST_TO_ANSWER])
    return _to_be_answered(viewer, rows, "Read the {}")


def _awaited(viewer: Viewer, rows: Sequence[Assessment]) -> list[Task]:
    """Those that others of the case have to do something about, and letters that the ECT has not acknowledged."""
    asked = [_task(viewer, row, f"{_who(row)} {_does(row)} the {{}}", row.due_on) for row in rows if row.turn]
    with_body = _to_be_answered(viewer, [row for row in rows if not row.turn], "{body} answers the {}")
    return [*asked, *letters_awaited(viewer), *with_body]


def _to_be_answered(viewer: Viewer, rows: Sequence[Assessment], says: str) -> list[Task]:
    """One task for each, due when the body that has it answers by, from the day it was sent."""
    policies = Policies(bodies={row.body_id for row in rows})
    tasks = []
    for row in rows:
        within = policies.on(row.sent_on, body=row.body_id).review_answer_days
        tasks.append(_task(viewer, row, says.replace("{body}", row.body.name), due_to_body(row.sent_on, within)))
    return sorted(tasks, key=lambda task: task.on)


def _verb(viewer: Viewer, row: Assessment) -> str:
    if row.turn == ECT and viewer.organisation is not None:
        return "Ask the ECT, and record their answer to the {}"
    if row.state is AssessmentStatus.COMMENTING:
        return "Comment on the {}"
    if row.state is AssessmentStatus.SIGNING:
        return "Sign the {}"
    return "Correct the {}" if row.state in TO_CORRECT else "Send the {} to the appropriate body"


def _who(row: Assessment) -> str:
    return f"{NAMED[row.turn][0].upper()}{NAMED[row.turn][1:]}"


def _does(row: Assessment) -> str:
    return "comments on" if row.state is AssessmentStatus.COMMENTING else "signs"


def _task(viewer: Viewer, row: Assessment, says: str, on: date) -> Task:
    named = str(row)
    return Task(
        on=on,
        says=says.format(named[0].lower() + named[1:]),
        about=row.induction.teacher.name,
        url=reverse("assessments:assessment", args=[row.pk]),
        state="Returned" if row.state is AssessmentStatus.RETURNED else due_words(on, today=viewer.on),
        kind="assessments",
        kind_says="Assessments under way",
        case_id=row.induction_id,
    )
