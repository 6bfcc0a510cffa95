"""A body lets an ECT go, takes a wrong release back, and records that the national service was told (R84, R85, R88)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from induction_portal.accounts.models import Organisation
from induction_portal.accounts.viewer import Viewer
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event
from induction_portal.audit.record import case_chain, record

from ..agreeing import main_placement
from ..models import BodyPeriod, Induction, Release, ReleaseRequest
from ..moving import tell
from ..moving.figures import Figures, figures_at
from ..people import check_responsible
from ..querysets import in_force
from ..reckon import reckon
from ..rules import moves as rules
from ..rules.errors import RuleBroken
from .bodies import end_body_period

GONE = "This request does not wait for an answer any more"


@dataclass(frozen=True, slots=True)
class Going:
    """What a body says of an ECT whom it lets go: the last day, the terms to report (None: those worked out), and why
    they differ if they do.
    """

    last_day: date
    terms: Decimal | None = None
    terms_reason: str = ""

    def reported(self, figures: Figures) -> Decimal:
        """The terms that are reported (R25)."""
        return figures.reckoned if self.terms is None else self.terms


def check_going(period: BodyPeriod, induction: Induction, going: Going, *, on: date, next_named: bool) -> Figures:
    """The figures of the day, if a body may let the ECT go on it (R84-R86). Raises RuleBroken otherwise."""
    figures = figures_at(induction, going.last_day)
    later = induction.placements.exclude(ends_on__lte=going.last_day)
    told = rules.LettingGo(period.starts_on, going.last_day, figures.completes_on, later.exists(), next_named)
    rules.check_release(told, on=on)
    rules.check_terms(going.reported(figures), reckoned=figures.reckoned, reason=going.terms_reason)
    return figures


@action
def release(
    *,
    by: Viewer,
    on: date,
    induction: Induction,
    going: Going,
    to: Organisation | None = None,
    request: ReleaseRequest | None = None,
) -> Release:
    """Let an ECT go on a day without an outcome; induction is paused until another body takes them on (R84, R85).

    `to` is the next body where it is known; with a `request` it is the one that asked, which has its answer by this.
    Raises RuleBroken for a body that is not responsible or has let go already, for an induction that is complete or an
    ECT who serves on without a next body, for terms that differ without a reason, and for a request that is answered.
    """
    induction = Induction.objects.locked(induction.pk)
    period = check_responsible(by, induction, on=on)
    asked = open_request(request, induction, period.body) if request else None
    to = asked.asker if asked else to
    if to == period.body:
        raise RuleBroken("Choose another appropriate body", "to")
    figures = check_going(period, induction, going, on=on, next_named=to is not None)
    end_body_period(by=by, on=on, period=period, last_day=going.last_day)
    released = _write(by, on, induction, period, going, figures, to)
    if asked:
        answer_with(asked, released, by=by, on=on)
    record(by, Event.ECT_RELEASED, released, chain=case_chain(induction.pk), on=on, after=released)
    tell.released(released)
    return released


def _write(
    by: Viewer, on: date, induction: Induction, period: BodyPeriod, going: Going, figures: Figures,
    to: Organisation | None,
) -> Release:  # fmt: skip
    placement = main_placement(induction, going.last_day)
    return Release.objects.create(
        induction=induction,
        placement=placement,
        school_id=placement.school_id,
        body_id=period.body_id,
        period_id=period.pk,
        last_day=going.last_day,
        exact=str(figures.exact),
        reckoned=figures.reckoned,
        terms=going.reported(figures),
        terms_reason=going.terms_reason.strip() if going.reported(figures) != figures.reckoned else "",
        to=to,
        released_by=by.user,
        released_on=on,
    )


def open_request(request: ReleaseRequest, induction: Induction, holder: Organisation) -> ReleaseRequest:
    """A request, locked, while it waits for this body's answer about this case. Raises RuleBroken otherwise."""
    asked = ReleaseRequest.objects.select_for_update(of=["self"]).select_related("asker").get(pk=request.pk)
    if not asked.is_open or asked.induction_id != induction.pk or asked.holder_id != holder.pk:
        raise RuleBroken(GONE)
    return asked


def answer_with(request: ReleaseRequest, released: Release, *, by: Viewer, on: date) -> None:
    """Let a release be the answer to a request; the caller has checked and audits."""
    request.state, request.release = ReleaseRequest.State.RELEASED, released
    request.answered_by, request.answered_on = by.user, on
    request.save(update_fields=["state", "release", "answered_by", "answered_on"])


def locked_release(released: Release) -> Release:
    """A release, after its case was locked."""
    Induction.objects.locked(released.induction_id)
    return Release.objects.select_related("body", "to", "period", "induction__teacher").get(pk=released.pk)


@action
def undo_release(*, by: Viewer, on: date, released: Release, reason: str) -> Release:
    """Take a wrong release back while nobody has claimed: the body is responsible as before, without a day between.

    A request that it answered waits again. Raises RuleBroken for another body's, for one that was claimed or taken back
    already, and without a reason.
    """
    released = locked_release(released)
    if by.organisation != released.body:
        raise RuleBroken("Only the appropriate body that released this ECT can take the release back")
    later = released.induction.body_periods.filter(starts_on__gt=released.last_day)
    rules.check_undo(
        is_claimed=released.claim_id is not None or later.exists(), is_undone=not released.stands, reason=reason
    )
    released.undone_by, released.undone_on, released.undone_reason = by.user, on, reason.strip()
    released.save(update_fields=["undone_by", "undone_on", "undone_reason"])
    period = released.period
    period.ends_on = None
    period.save(update_fields=["ends_on"])
    _ask_again(released, on)
    chain, before = case_chain(released.induction_id), {"last_day": released.last_day}
    record(by, Event.RELEASE_UNDONE, released, chain=chain, on=on, before=before, after=released)
    reckon(released.induction)
    tell.undone(released)
    return released


def _ask_again(released: Release, on: date) -> None:
    State = ReleaseRequest.State  # noqa: N806 - a class
    open_again = ReleaseRequest.objects.filter(asker=released.to, trn=released.induction.teacher.trn, state=State.ASKED)
    for request in ReleaseRequest.objects.select_for_update().filter(release=released):
        request.release = request.answered_by = request.answered_on = None
        # Who asked a second time meanwhile has that one waiting.
        request.state = State.WITHDRAWN if open_again.exists() else State.ASKED
        request.answer_by = rules.answer_by(on)
        request.save(update_fields=["release", "answered_by", "answered_on", "state", "answer_by"])


@action
def report_leaver(*, by: Viewer, on: date, released: Release, done_on: date) -> Release:
    """Record, or correct, the day on which the body told the national service of a release (R88; SG 2.74).

    Raises RuleBroken for another body's release, one that was taken back, and a day before it or to come.
    """
    released = locked_release(released)
    if by.organisation != released.body or not released.stands:
        raise RuleBroken("There is no release of yours to report here any more")
    rules.check_told(done_on, released_on=released.released_on, on=on)
    if released.told_on == done_on:
        raise RuleBroken("This is the day that is recorded already", "done_on")
    before = {"told_on": released.told_on}
    released.told_on, released.told_by = done_on, by.user
    released.save(update_fields=["told_on", "told_by"])
    chain, after = case_chain(released.induction_id), {"told_on": done_on}
    record(by, Event.LEAVER_REPORTED, released, chain=chain, on=on, before=before, after=after)
    return released


def standing_release(induction: Induction, *, on: date) -> Release | None:
    """The release by which nobody has the case on a day, unclaimed; None while a body is responsible."""
    if induction.body_periods.filter(in_force("", on=on)).exists():
        return None
    return Release.objects.filter(induction=induction, undone_on=None, claim=None).order_by("-last_day").first()
