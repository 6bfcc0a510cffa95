"""The ECT shares how they see themself before a progress review."""

from collections.abc import Mapping
from datetime import date
from hashlib import sha256

from cases.deadlines import next_review
from cases.models import Induction
from cases.reckon import reckon
from cases.rules.errors import RuleBroken
from cases.rules.self_rating import OwnView, check_self_rating, said
from cases.rules.standards import Standard
from induction_portal.accounts.viewer import Viewer
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event
from induction_portal.audit.record import canonical, case_chain, record

from .. import tell_self_ratings as tell
from ..models import SelfRating, SelfStatement
from ..serving import origin, refuse, served_on


@action
def share_self_rating(*, by: Viewer, on: date, induction: Induction, views: Mapping[Standard, OwnView]) -> SelfRating:
    """Share it with the tutor, for the review that comes next; the tutor is told. After that it stands.

    Raises RuleBroken when it says nothing, when one was shared for this review, or when no review is to come.
    """
    induction = Induction.objects.locked(induction.pk)
    refuse(check_self_rating(views))
    if induction.stale:
        reckon(induction)
    placement = served_on(induction, by, on, "words_TS1")
    due = next_review(induction, since=placement.starts_on)
    if due is None:
        raise RuleBroken("No progress review is to come that you could rate yourself for")
    if SelfRating.objects.filter(induction=induction, number=due.number).exists():
        raise RuleBroken("You have shared a self-rating for this review already: say more in your comments on it")
    shared = SelfRating.objects.create(number=due.number, shared_on=on, **origin(placement, on=on))
    told = said(views)
    SelfStatement.objects.bulk_create(
        SelfStatement(self_rating=shared, standard=standard, level=view.rating, words=view.words.strip())
        for standard, view in told.items()
    )
    digest = sha256(canonical({s.value: [v.rating, v.words.strip()] for s, v in told.items()}).encode()).hexdigest()
    after = {"number": due.number, "sha256": digest}
    record(by, Event.SELF_RATING_SHARED, shared, chain=case_chain(induction.pk), on=on, after=after)
    tell.shared(shared)
    return shared
