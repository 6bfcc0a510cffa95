"""What the portal says of what falls due, said in the world by the sweep that says it."""

from cases.deadlines import standing
from cases.models import Deadline, Induction
from cases.reckon import freshen
from cases.reminding.actions import say_batch
from cases.reminding.finding import Scope
from induction_portal.sweeps.recording import swept


def remind_some(induction: Induction) -> None:
    """What an ECT's people hear on the last day of what falls due next."""
    freshen([induction.pk])
    due = Deadline.objects.filter(standing(), induction=induction, kind="progress_review", waits="").earliest("due_on")
    with swept("send reminders") as facts:
        said = say_batch(on=due.due_on, scope=Scope(cases=[induction.pk]))
        facts["messages"] = said.messages if said else 0
