"""The next body takes an ECT on, and says that their record has come (R85, R86; SG 2.75)."""

from dataclasses import dataclass
from datetime import date

from induction_portal.accounts.models import User
from induction_portal.accounts.viewer import Viewer
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event
from induction_portal.audit.record import case_chain, record

from ..models import BodyPeriod, HandoverGrant, Induction, Placement, RecordBundle, Release
from ..moving import tell
from ..moving.words import latest_school
from ..querysets import in_force
from ..rules import confirming
from ..rules.confirming import BodyKind
from ..rules.errors import RuleBroken
from ..rules.moves import check_claim, check_complete
from ..rules.registration import check_contact
from .bodies import accept
from .passing_on import sealed_listing
from .releasing import locked_release

TAKEN = "This ECT has been claimed, or the release was taken back: there is nothing to claim here any more"


@dataclass(frozen=True, slots=True)
class Claimed:
    """What a body says when it takes an ECT on: from when, its people, and that nothing keeps it from acting (R6)."""

    starts_on: date
    officer: User
    contact: User
    acts_as: BodyKind
    recommended_qts: bool
    employs_ect: bool


@action
def claim(*, by: Viewer, on: date, released: Release, claimed: Claimed) -> BodyPeriod:
    """Take on an ECT who was released to the viewer's body and goes on at their school (R85, R86).

    Who goes to a new school is claimed by confirming that school's registration. Raises RuleBroken for a release to
    another body, one that was claimed or taken back, a start on or before its last day or before today (R2), a conflict
    of interest (R6), and a named contact who decides or looks after the case (R81).
    """
    released = locked_release(released)
    later = released.induction.body_periods.filter(starts_on__gt=released.last_day)
    to = released.to
    if to is None or by.organisation != to or released.claim_id or not released.stands or later.exists():
        raise RuleBroken(TAKEN)
    served = released.induction.placements.filter(in_force("", on=claimed.starts_on)).select_related("school__school")
    check_claim(starts_on=claimed.starts_on, last_day=released.last_day, serves=bool(served))
    _check(by, claimed, served[0])
    return accept(
        by=by,
        on=on,
        induction=released.induction,
        body=to,
        officer=claimed.officer,
        contact=claimed.contact,
        starts_on=claimed.starts_on,
    )


def _check(by: Viewer, claimed: Claimed, placement: Placement) -> None:
    school = getattr(placement.school, "school", None)
    state_funded = confirming.is_state_funded(school.establishment_type if school else "")
    declared = (claimed.recommended_qts, claimed.employs_ect)
    confirming.check_may_act(confirming.Conflicts(claimed.acts_as, state_funded, *declared))
    check_contact(
        is_officer=claimed.contact == claimed.officer,
        decides=claimed.contact == by.user,
        is_the_ect=False,
        holds_role=True,
    )


@action
def acknowledge_record(
    *, by: Viewer, on: date, bundle: RecordBundle, missing: str = "", to_school: bool = False
) -> RecordBundle:
    """Confirm that the record has come, saying what is not there; and hand it on to the school where the ECT serves.

    What is there is listed and sealed with the receipt: until the last day of the body that let go, more may be sent to
    it. Raises RuleBroken before that day has passed, for another body's, for one acknowledged already, and for a school
    that has the records already.
    """
    induction = Induction.objects.locked(bundle.induction_id)
    bundle = RecordBundle.objects.select_related("body", "to", "release__body").get(pk=bundle.pk)
    if by.organisation != bundle.to:
        raise RuleBroken("Only the appropriate body that received this record can acknowledge it")
    if bundle.acknowledged_on:
        raise RuleBroken("This record has been acknowledged already")
    check_complete(on, last_day=bundle.release.last_day)
    bundle.acknowledged_by, bundle.acknowledged_on, bundle.missing = by.user, on, missing.strip()
    before = {"sha256": bundle.sha256}
    bundle.content, bundle.sha256 = sealed_listing(by, on, bundle.release)
    bundle.save(update_fields=["acknowledged_by", "acknowledged_on", "missing", "content", "sha256"])
    if to_school:
        _hand_to_school(by, on, induction, bundle)
    after = {"acknowledged_on": on, "to_school": to_school, "sha256": bundle.sha256}
    record(by, Event.RECORD_RECEIVED, bundle, chain=case_chain(induction.pk), on=on, before=before, after=after)
    tell.received(bundle)
    return bundle


def _hand_to_school(by: Viewer, on: date, induction: Induction, bundle: RecordBundle) -> None:
    """The new school's headteacher needs the reviews and assessments too (SG 2.75)."""
    school = latest_school(induction)
    if (
        school == bundle.school
        or HandoverGrant.objects.filter(induction=induction, to=school, given_by=bundle.body).exists()
    ):
        raise RuleBroken(f"{school.name} has these records already", "to_school")
    reason = f"Handed on by {bundle.to.name}, for the school where induction goes on"
    grant = HandoverGrant.objects.create(
        induction=induction, to=school, given_by=bundle.body, reason=reason, granted_by=by.user, granted_on=on
    )
    record(by, Event.HANDED_OVER, grant, chain=case_chain(induction.pk), on=on, after={"to": school.pk})
