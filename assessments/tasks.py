"""Documents are made by the worker, after what they show is safely kept."""

from uuid import UUID

from celery import Task, shared_task
from django.db import transaction
from kombu.exceptions import OperationalError

from cases.rules.errors import RuleBroken
from cases.sweeping import each_alone
from induction_portal import clock
from induction_portal.accounts.viewer import System
from induction_portal.sweeps.recording import recorded

from .models import AppealReply, Assessment, CaseBundle, Decision, HeadLetter, Notice, ProgressReview

RENDERER = System("document renderer")


def render_later(review: ProgressReview) -> None:
    """Ask for the review's PDF once this transaction has committed. A broker that is away loses nothing: the sweep
    finds what has no document.
    """
    transaction.on_commit(lambda: _ask(render_review, review.pk))


def render_assessment_later(assessment: Assessment) -> None:
    """The same for an assessment that was signed by all."""
    transaction.on_commit(lambda: _ask(render_assessment, assessment.pk))


def render_letter_later(letter: HeadLetter) -> None:
    """The same for a headteacher's letter."""
    transaction.on_commit(lambda: _ask(render_letter, letter.pk))


def make_bundle_later(bundle: CaseBundle) -> None:
    """Ask for a bundle once this transaction has committed. The sweep finds it too, until it is made."""
    transaction.on_commit(lambda: _ask(make_bundle, bundle.pk))


def render_decision_later(decision: Decision) -> None:
    """The same for a decision that was made."""
    transaction.on_commit(lambda: _ask(render_decision, decision.pk))


def render_notice_later(notice: Notice) -> None:
    """The same for a notice of a decision, which is mailed once its letter is made."""
    transaction.on_commit(lambda: _ask(render_notice, notice.pk))


def render_reply_later(reply: AppealReply) -> None:
    """The same for a body's reply to an appeal."""
    transaction.on_commit(lambda: _ask(render_reply, reply.pk))


def _ask(task: Task, subject_id: UUID) -> None:
    try:
        task.apply_async((str(subject_id),), retry=False)
    except OperationalError:
        return


@shared_task
def render_review(review_id: str) -> None:
    """Make the PDF of a review as it stands, unless it has been made."""
    from .actions import issue_review

    issue_review(by=RENDERER, on=clock.today(), review_id=UUID(review_id))


@shared_task
def render_assessment(assessment_id: str) -> None:
    """Make the PDF of an assessment, unless it has been made, or the report was taken back since."""
    from .actions import issue_assessment

    try:
        issue_assessment(by=RENDERER, on=clock.today(), assessment_id=UUID(assessment_id))
    except RuleBroken:
        return


@shared_task
def render_letter(letter_id: str) -> None:
    """Make the PDF of a headteacher's letter, unless it has been made."""
    from .actions import issue_letter

    issue_letter(by=RENDERER, on=clock.today(), letter_id=UUID(letter_id))


@shared_task
def render_decision(decision_id: str) -> None:
    """Make the PDF of a decision that was made, unless it has been made."""
    from .actions import issue_decision

    issue_decision(by=RENDERER, on=clock.today(), decision_id=UUID(decision_id))


@shared_task
def render_notice(notice_id: str) -> None:
    """Make the letter of a notice and mail it, unless that has been done, or it turned out not to be needed."""
    from .actions import issue_notice

    try:
        issue_notice(by=RENDERER, on=clock.today(), notice_id=UUID(notice_id))
    except RuleBroken:
        return


@shared_task
def render_reply(reply_id: str) -> None:
    """Make the PDF of a reply to an appeal, unless it has been made."""
    from .actions import issue_reply

    issue_reply(by=RENDERER, on=clock.today(), reply_id=UUID(reply_id))


@shared_task
@recorded("end times to appeal")
def end_times_to_appeal() -> int:
    """Each night: note of every fail whose time to appeal has passed that it has, and tell of it; how many there were.
    Running it twice does nothing more.
    """
    from .actions import end_time_to_appeal
    from .outcome.appeal_standing import still_running

    by, on = System("appeal times"), clock.today()
    return each_alone("appeal times", still_running(), lambda key: end_time_to_appeal(by=by, on=on, decision_id=key))


@shared_task
@recorded("render missing documents")
def render_missing() -> int:
    """Ask again for every document that should exist and does not. Safe to run any number of times."""
    from . import assessment_document, document, letter_document
    from .outcome import appeal_document, decision_document, notice_document

    missing = [(render_review, key) for key in document.without_document()]
    missing += [(render_assessment, key) for key in assessment_document.without_document()]
    missing += [(render_letter, key) for key in letter_document.without_document()]
    missing += [(render_decision, key) for key in decision_document.without_document()]
    missing += [(render_notice, key) for key in notice_document.without_document()]
    missing += [(render_reply, key) for key in appeal_document.without_document()]
    for task, key in missing:
        _ask(task, key)
    return len(missing)


@shared_task
def make_bundle(bundle_id: str) -> None:
    """Go on with a bundle: all of it, or what a worker that was killed left undone."""
    from .bundle.making import make

    make(UUID(bundle_id))


@shared_task
@recorded("make waiting bundles")
def make_waiting_bundles() -> int:
    """Go on with every bundle under way that no worker is at. Safe to run any number of times."""
    from .bundle.making import under_way

    waiting = list(under_way())
    for key in waiting:
        _ask(make_bundle, key)
    return len(waiting)
