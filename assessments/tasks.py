"""Documents are made by the worker, after the review is safely kept."""

from uuid import UUID

from celery import shared_task
from django.db import transaction
from kombu.exceptions import OperationalError

from induction_portal import clock
from induction_portal.accounts.viewer import System

from .models import ProgressReview

RENDERER = System("document renderer")


def render_later(review: ProgressReview) -> None:
    """Ask for the review's PDF once this transaction has committed. A broker that is away loses nothing: the sweep
    finds what has no document.
    """
    transaction.on_commit(lambda: _ask(review.pk))


def _ask(review_id: UUID) -> None:
    try:
        render_review.apply_async((str(review_id),), retry=False)
    except OperationalError:
        return


@shared_task
def render_review(review_id: str) -> None:
    """Make the PDF of a review as it stands, unless it has been made."""
    from .actions import issue_review

    issue_review(by=RENDERER, on=clock.today(), review_id=UUID(review_id))


@shared_task
def render_missing() -> int:
    """Ask again for every document that should exist and does not. Safe to run any number of times."""
    from .document import without_document

    reviews = list(without_document())
    for review_id in reviews:
        _ask(review_id)
    return len(reviews)
