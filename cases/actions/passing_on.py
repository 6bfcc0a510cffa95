"""The record goes along when the next body becomes responsible: granted, listed and fingerprinted (R85; SG 2.75)."""

import hashlib
from datetime import date

from induction_portal.accounts.viewer import System, Viewer
from induction_portal.audit.events import Event
from induction_portal.audit.record import canonical, case_chain, record

from ..models import BodyPeriod, HandoverGrant, RecordBundle, Release
from ..moving import tell
from ..moving.figures import figures_at
from ..moving.listing import listing_of


def pass_on(by: Viewer | System, on: date, period: BodyPeriod) -> RecordBundle | None:
    """Let the record go along to the body whose period has begun: the last body's release is claimed by it.

    Nothing where no release stands, or where the ECT is back with the body that let them go.
    """
    induction = period.induction
    standing = Release.objects.filter(induction=induction, undone_on=None, claim=None, last_day__lt=period.starts_on)
    released = standing.select_related("body").order_by("-last_day").first()
    if released is None:
        return None
    released.claim = period
    released.save(update_fields=["claim"])
    if released.body_id == period.body_id:
        return None
    bundle = _bundle(by, on, released, _grant(by, on, released, period), period)
    chain = case_chain(induction.pk)
    record(by, Event.RECORD_PASSED_ON, bundle, chain=chain, on=on, after={"to": bundle.to_id, "sha256": bundle.sha256})
    tell.claimed(released)
    tell.passed_on(bundle)
    return bundle


def _grant(by: Viewer | System, on: date, released: Release, period: BodyPeriod) -> HandoverGrant:
    grant, is_new = HandoverGrant.objects.get_or_create(
        induction=released.induction,
        to=period.body,
        given_by=released.body,
        defaults={
            "reason": "Released to the next appropriate body (statutory guidance, paragraph 2.75)",
            "granted_by": released.released_by,
            "granted_on": on,
        },
    )
    if is_new:
        chain = case_chain(released.induction_id)
        record(by, Event.HANDED_OVER, grant, chain=chain, on=on, after={"to": period.body_id})
    return grant


def _bundle(by: Viewer | System, on: date, released: Release, grant: HandoverGrant, period: BodyPeriod) -> RecordBundle:
    content, sha256 = sealed_listing(by, on, released)
    return RecordBundle.objects.create(
        induction=released.induction,
        placement=released.placement,
        school=released.school,
        body=released.body,
        release=released,
        grant=grant,
        to=period.body,
        content=content,
        sha256=sha256,
        made_on=on,
    )


def sealed_listing(by: Viewer | System, on: date, released: Release) -> tuple[str, str]:
    """What goes along, as it is there on a day, in canonical JSON, and its SHA-256."""
    content = canonical(listing_of(by, released, figures_at(released.induction, released.last_day), on=on))
    return content, hashlib.sha256(content.encode()).hexdigest()
