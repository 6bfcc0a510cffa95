"""Records were lost: the appropriate body records what was searched for them, and exempts the teacher (R83)."""

from datetime import date
from typing import Any

from cases.models import Induction
from cases.parts import ended
from cases.reckon import reckon
from cases.rules.errors import RuleBroken
from cases.rules.exempting import check_exempted, check_search
from induction_portal.accounts.viewer import Viewer
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event
from induction_portal.audit.record import case_chain, record

from .. import tell_exemptions as tell
from ..models import Exemption, TrailSearch
from ..reducing import is_contact


@action
def search_trail(
    *, by: Viewer, on: date, induction: Induction, looked_for: str, where: str, found: str, searched_by: str,
    searched_on: date,
) -> TrailSearch:  # fmt: skip
    """Record one search. Raises RuleBroken for a day to come, or once the ECT is exempt."""
    locked = Induction.objects.locked(induction.pk)
    if Exemption.objects.filter(induction=locked).exists():
        raise RuleBroken("The ECT is exempt already: nothing more has to be searched")
    check_search(searched_on, on=on)
    told = {"looked_for": looked_for.strip(), "where": where.strip(), "found": found.strip()}
    search = TrailSearch.objects.create(
        **_origin(locked, by), **told, searched_by=searched_by.strip(), searched_on=searched_on,
        recorded_by=by.user, recorded_on=on,
    )  # fmt: skip
    after = {"searched_on": searched_on}
    record(by, Event.TRAIL_SEARCHED, search, chain=case_chain(locked.pk), on=on, after=after)
    return search


@action
def exempt(
    *, by: Viewer, on: date, induction: Induction, lost: str, appraisal_from: date, appraisal_to: date,
    appraisal_source: str, satisfactory: bool, reason: str,
) -> Exemption:  # fmt: skip
    """Deem the ECT exempt: induction ends, and nothing of it falls due any more.

    Raises RuleBroken for the named contact, without a search, or unless the appraisal report covers one year within the
    last five and shows satisfactory teaching.
    """
    locked = Induction.objects.locked(induction.pk)
    origin = _origin(locked, by)
    check_exempted(
        on=on,
        searches=TrailSearch.objects.filter(induction=locked).count(),
        appraisal=(appraisal_from, appraisal_to),
        satisfactory=satisfactory,
        is_over=bool(ended([locked.pk])),
        is_named_contact=is_contact(by.user, locked, origin["body"], on),
    )
    told = {"lost": lost.strip(), "appraisal_source": appraisal_source.strip(), "reason": reason.strip()}
    exemption = Exemption.objects.create(
        **origin, **told, appraisal_from=appraisal_from, appraisal_to=appraisal_to, decided_by=by.user, decided_on=on
    )
    after = {"appraisal_from": appraisal_from, "appraisal_to": appraisal_to, "status": "exempt"}
    record(by, Event.EXEMPTED, exemption, chain=case_chain(locked.pk), on=on, after=after)
    reckon(locked)
    tell.exempted(exemption)
    return exemption


def _origin(induction: Induction, by: Viewer) -> dict[str, Any]:
    """Where a record of the body comes from: the latest placement, the lead school's of several."""
    placement = induction.placements.order_by("-starts_on", "-is_lead").first()
    if placement is None:
        raise RuleBroken("There is no placement in this case yet")
    return {"induction": induction, "placement": placement, "school_id": placement.school_id, "body": by.organisation}
