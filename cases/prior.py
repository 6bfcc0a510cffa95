"""What a case page says of service elsewhere: before it, and at several schools at once."""

from datetime import date
from typing import Any

from django.urls import reverse

from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.viewer import Viewer
from induction_portal.govuk import words

from .models import BodyPeriod, Induction, Placement, PriorService
from .sight import sight


def placements_on(induction: Induction, on: date) -> list[Placement]:
    """Those that go on, on a day or from a later one."""
    return [p for p in induction.placements.all() if p.ends_on is None or p.ends_on >= on]


def balance_of(induction: Induction) -> PriorService | None:
    """The balance that stands for service before, if one was confirmed."""
    return getattr(induction, "prior_service", None)


def prior_rows(viewer: Viewer, may: frozenset[Permission], induction: Induction) -> list[tuple[str, str]]:
    """The balance that stands for service before: to everybody its terms, to who reads reviews the absence (R79), and
    where it comes from to those who may know what was before.
    """
    known = balance_of(induction)
    if known is None:
        return []
    confirmed = f"{known.body.name}, on {words.day(known.confirmed_on)}"
    told = [
        ("Terms served, full-time equivalent", _plain(known.terms)),
        ("Terms that ran meanwhile", _plain(known.calendar_terms)),
        ("School days absent in that part", _plain(known.absence_days) if Permission.READ_REVIEW in may else ""),
        ("Where this comes from", known.source if sight(viewer, induction).since is None else ""),
        ("Confirmed by", confirmed),
    ]
    return [(name, value) for name, value in told if value]


def body_links(
    viewer: Viewer, may: frozenset[Permission], induction: Induction, bodies: list[BodyPeriod]
) -> list[tuple[str, str]]:
    """What the responsible body may do here: words and address."""
    own = [p for p in bodies if viewer.organisation and p.body_id == viewer.organisation.pk]
    if not any(p.ends_on is None or p.ends_on >= viewer.on for p in own):
        return []
    decides = Permission.DECIDE_REGISTRATION in may
    several = len(placements_on(induction, viewer.on)) > 1
    links = [
        ("Enter or change earlier service", "cases:prior", decides),
        ("Exempt the ECT because records were lost", "assessments:exemption", Permission.DECIDE_EXEMPTION in may),
        ("Choose the lead school", "cases:leading", decides and several),
        ("Change the officer or the named contact", "cases:officer", Permission.NAME_OFFICER in may),
    ]
    return [(text, reverse(name, args=[induction.pk])) for text, name, offered in links if offered]


def _plain(amount: Any) -> str:
    return format(amount.normalize(), "f")
