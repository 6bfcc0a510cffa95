"""A shorter induction is asked for, agreed or not, and decided (R21-R23; SG 2.38, 3.2-3.5)."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Model

from cases.frame import own_placement
from cases.models import Induction
from cases.parts import ended
from cases.reckon import reckon
from cases.rules.errors import RuleBroken
from cases.rules.reducing import ReductionKind, check_asked, check_decider, check_granted
from cases.rules.statuses import ReductionStatus
from cases.rules.transitions import check_move
from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import Viewer
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event
from induction_portal.audit.record import case_chain, record

from .. import tell_reductions as tell
from ..models import Reduction
from ..models.reductions import OPEN
from ..reducing import is_contact, standing_of

MOVED_ON = "This request has moved on since you opened this page: read it again first"


@action
def ask_for_reduction(
    *, by: Viewer, on: date, induction: Induction, kind: ReductionKind, terms: Decimal, standards_met: bool, advice: str
) -> Reduction:
    """The headteacher asks, with their advice, for an induction of so many FTE terms in all.

    Raises RuleBroken for a length outside the law, before early completion is possible, after the final assessment,
    unless the Standards are met, or while another request is open.
    """
    locked = Induction.objects.locked(induction.pk)
    if Reduction.objects.filter(induction=locked, status__in=OPEN).exists():
        raise RuleBroken("A shorter induction has been asked for already, and is not decided")
    if ended([locked.pk]):
        raise RuleBroken("This induction has ended already")
    if not standards_met:
        raise RuleBroken("Ask for a shorter induction only if the ECT meets the Teachers’ Standards", "standards_met")
    check_asked(kind, Fraction(terms), standing_of(locked, on))
    placement = own_placement(induction, by)
    if placement is None:
        raise RuleBroken("Only the school where the ECT serves can ask for a shorter induction")
    period = induction.body_periods.filter(ends_on=None).first()
    reduction = Reduction.objects.create(
        induction=locked, placement=placement, school_id=placement.school_id,
        body_id=period.body_id if period else placement.reported_body_id,
        kind=kind.value, terms=terms, advice=advice.strip(), status=ReductionStatus.PROPOSED.value,
        asked_by=by.user, asked_on=on,
    )  # fmt: skip
    _record(by, Event.REDUCTION_ASKED, reduction, on, after={"kind": kind.value, "terms": str(terms)})
    tell.asked(reduction)
    return reduction


@action
def answer_reduction(*, by: Viewer, on: date, reduction: Reduction, agrees: bool, version: int) -> Reduction:
    """The ECT agrees, or keeps the full period; having agreed, they may still do so until the body has decided.

    Raises RuleBroken when the request has moved on, or is decided.
    """
    reduction = _locked(reduction, version)
    to = ReductionStatus.CONSENTED if agrees else ReductionStatus.REFUSED
    before = {"status": reduction.status}
    check_move(reduction.state, to, Role.ECT)
    reduction.status, reduction.answered_on = to.value, on
    _save(reduction, "status", "answered_on")
    _record(by, Event.REDUCTION_ANSWERED, reduction, on, before=before, after={"status": reduction.status})
    tell.answered(reduction)
    return reduction


@action
def decide_reduction(
    *, by: Viewer, on: date, reduction: Reduction, grant: bool, standards_met: bool | None, reason: str, version: int
) -> Reduction:
    """The body grants what was asked, which is then the length of the induction, or refuses it with its reason.

    Raises RuleBroken for the ECT's named contact (R81), without a reason, when it has moved on, or where the law does
    not allow it any more.
    """
    reduction = _locked(reduction, version)
    check_decider(is_named_contact=is_contact(by.user, reduction.induction, reduction.body, on))
    if not reason.strip():
        raise RuleBroken("Give the reason for the decision", "reason")
    to = ReductionStatus.GRANTED if grant else ReductionStatus.REFUSED
    check_move(reduction.state, to, Role.BODY_OFFICER)
    if grant:
        _check_grant(reduction, on, standards_met=bool(standards_met))
    induction = reduction.induction
    before = {"status": reduction.status, "required_terms": str(induction.required_terms)}
    reduction.status, reduction.reason = to.value, reason.strip()
    reduction.decided_by, reduction.decided_on = by.user, on
    _save(reduction, "status", "reason", "decided_by", "decided_on")
    if grant:
        induction.required_terms = reduction.terms
        induction.save(update_fields=["required_terms"])
    after = {"status": reduction.status, "required_terms": str(induction.required_terms)}
    _record(
        by, Event.REDUCTION_GRANTED if grant else Event.REDUCTION_REFUSED, reduction, on, before=before, after=after
    )
    if grant:
        reckon(induction)
    tell.decided(reduction)
    return reduction


def _check_grant(reduction: Reduction, on: date, *, standards_met: bool) -> None:
    consents = reduction.state is ReductionStatus.CONSENTED
    now = standing_of(reduction.induction, on)
    check_granted(reduction.why, Fraction(reduction.terms), now, standards_met=standards_met, consents=consents)


def _locked(reduction: Reduction, version: int) -> Reduction:
    """The request, after its case was locked. Raises RuleBroken when it is no longer what the page showed."""
    induction = Induction.objects.locked(reduction.induction_id)
    found = Reduction.objects.select_related("school", "body", "placement").get(pk=reduction.pk)
    if found.version != version:
        raise RuleBroken(MOVED_ON)
    found.induction = induction
    return found


def _save(reduction: Reduction, *columns: str) -> None:
    reduction.version += 1
    reduction.save(update_fields=[*columns, "version"])


def _record(by: Viewer, event: Event, row: Model, on: date, **told: Any) -> None:
    record(by, event, row, chain=case_chain(row.induction_id), on=on, **told)  # type: ignore[attr-defined]
