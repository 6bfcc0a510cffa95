"""Makes bundles a piece at a time, each in a transaction of its own: a worker that is killed loses one piece at most.

The pieces are work under way, made again from what they were sealed with; what is asked for and what is issued are
actions. Whoever holds the bundle's row makes its next piece; others pass it by.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import Count, F, Q, QuerySet

from induction_portal import clock
from induction_portal.accounts.viewer import System

from ..models import BundlePiece, CaseBundle
from .laying_out import laid_out
from .printing import pages_of_piece, printed

MAKER = System("bundle maker")
MOST_TRIES = 5


def make(bundle_id: UUID) -> None:
    """Make what there is still to make of a bundle, and issue it. Returns at once where another worker is at it, or it
    is done. Raises whatever stopped it; the next run goes on from there, and the fifth without progress gives it up.
    """
    from ..actions import give_up_bundle

    tries = _begin(bundle_id)
    if tries is None:
        return
    if tries > MOST_TRIES:
        give_up_bundle(by=MAKER, on=clock.today(), bundle_id=bundle_id)
        return
    while step(bundle_id):
        pass
    _put_together(bundle_id)


@transaction.atomic
def _put_together(bundle_id: UUID) -> None:
    """The last step, by whoever holds the bundle; the case is locked only once the file is there to be kept."""
    from ..actions import issue_bundle

    bundle = _held(bundle_id).select_for_update(skip_locked=True, of=("self",)).first()
    if bundle is not None and _is_made(bundle):
        issue_bundle(by=MAKER, on=clock.today(), bundle_id=bundle_id, printed=printed(bundle))


def _held(bundle_id: UUID) -> QuerySet[CaseBundle]:
    """The bundle, while it is to be made."""
    rows = CaseBundle.objects.filter(pk=bundle_id, status=CaseBundle.Status.ASKED)
    return rows.select_related("body", "asked_by", "induction__teacher")


@transaction.atomic
def _begin(bundle_id: UUID) -> int | None:
    """Count a run; how many there were without progress, None where there is nothing to do or somebody is at it."""
    bundle = _held(bundle_id).select_for_update(skip_locked=True, of=("self",)).first()
    if bundle is None:
        return None
    bundle.tries += 1
    bundle.save(update_fields=["tries"])
    return bundle.tries


@transaction.atomic
def step(bundle_id: UUID) -> bool:
    """Lay the bundle out, or make its next piece; whether there was something to make."""
    bundle = _held(bundle_id).select_for_update(skip_locked=True, of=("self",)).first()
    if bundle is None or _is_made(bundle):
        return False
    if bundle.pieces.exists():
        _make_next(bundle)
    else:
        BundlePiece.objects.bulk_create(laid_out(bundle))
    CaseBundle.objects.filter(pk=bundle.pk).update(tries=0)
    return True


def _make_next(bundle: CaseBundle) -> None:
    piece = bundle.pieces.filter(pages=None).select_related("document").first()
    if piece is None:  # pragma: no cover - the row is held, so nobody else has made it
        return
    piece.bundle = bundle
    piece.pages, piece.pdf = pages_of_piece(piece)
    piece.save(update_fields=["pages", "pdf"])


def _is_made(bundle: CaseBundle) -> bool:
    made, all_of_them = progress(bundle)
    return all_of_them > 1 and made == all_of_them - 1


def progress(bundle: CaseBundle) -> tuple[int, int]:
    """How many steps of how many are done: laying out is none of them, putting together the last one."""
    told = BundlePiece.objects.filter(bundle=bundle).aggregate(all=Count("pk"), made=Count("pk", filter=~Q(pages=None)))
    return told["made"] + (bundle.status == CaseBundle.Status.READY), told["all"] + 1


def under_way() -> Iterable[UUID]:
    """Bundles that are not ready, those asked for first first."""
    rows = CaseBundle.objects.filter(status=CaseBundle.Status.ASKED)
    return rows.order_by(F("asked_at")).values_list("pk", flat=True)
