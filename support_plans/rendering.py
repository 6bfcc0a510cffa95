"""Documents of support plans are made by the worker, after what they show is safely kept."""

from uuid import UUID

from celery import shared_task
from django.db import transaction
from kombu.exceptions import OperationalError

from cases.rules.errors import RuleBroken
from induction_portal import clock
from induction_portal.accounts.viewer import System
from induction_portal.sweeps.recording import recorded

RENDERER = System("document renderer")


def render_plan_later(plan_id: UUID) -> None:
    """Ask for the PDF of a plan that tutor and ECT have answered, once this transaction has committed. A broker that is
    away loses nothing: the sweep finds what has no document.
    """
    transaction.on_commit(lambda: _ask(plan_id))


def _ask(plan_id: UUID) -> None:
    try:
        render_plan.apply_async((str(plan_id),), retry=False)
    except OperationalError:
        return


@shared_task
def render_plan(plan_id: str) -> None:
    """Make the PDF of a plan, unless it has been made, or the plan was corrected since."""
    from .actions import issue_plan

    try:
        issue_plan(by=RENDERER, on=clock.today(), plan_id=UUID(plan_id))
    except RuleBroken:
        return


@shared_task
@recorded("render missing plans")
def render_missing_plans() -> int:
    """Ask again for every plan's document that should exist and does not. Safe to run any number of times."""
    from .papers.document import without_document

    missing = list(without_document())
    for key in missing:
        _ask(key)
    return len(missing)
