"""A bundle with a real worker: made, killed half-way, and gone on with where it stopped."""

from collections.abc import Callable
from time import monotonic, sleep

import pytest

from assessments.actions import ask_for_bundle
from assessments.bundle import making, printing
from assessments.models import BundlePiece, CaseBundle
from assessments.tasks import make_waiting_bundles
from cases.reckon import reckon
from induction_portal.accounts.permissions import Role
from induction_portal.celery import app
from induction_portal.documents.store import bytes_of, fetch
from tests.factories import BodyPeriodFactory, PlacementFactory, WorkingPatternFactory, viewer
from tests.support.pdfs import assert_accessible
from tests.support.worker import start_worker

pytestmark = pytest.mark.django_db(transaction=True)


def eventually(wanted: Callable[[], bool], seconds: float = 240) -> None:
    limit = monotonic() + seconds
    while not wanted():
        assert monotonic() < limit, list(CaseBundle.objects.values("status", "tries", "pages"))
        sleep(0.02)


@pytest.fixture
def asked():
    """A bundle that nobody has begun: the broker has lost the task."""
    placement = PlacementFactory()
    WorkingPatternFactory(placement=placement)
    period = BodyPeriodFactory(induction=placement.induction, starts_on=placement.starts_on)
    reckon(placement.induction)
    by = viewer(period.body, Role.BODY_OFFICER, on=placement.starts_on)
    told = {"purpose": "appeal", "with_earlier": False}
    bundle = ask_for_bundle(by=by, on=by.on, induction=placement.induction, **told)
    app.control.purge()
    return bundle


def made() -> dict[int, bytes]:
    """The pieces that are made, by their places."""
    rows = BundlePiece.objects.exclude(pdf=None).values_list("place", "pdf")
    return {place: bytes(pdf) for place, pdf in rows}


def test_a_worker_killed_half_way_is_gone_on_from(asked, services, mailbox, broker_url, settings, tmp_path_factory):
    def start():
        place = {"portal_url": settings.PORTAL_URL}
        return start_worker(services, mailbox, broker_url, tmp_path_factory.mktemp("bundle-worker"), **place)

    first = start()
    make_waiting_bundles()
    eventually(lambda: len(made()) >= 2)
    first.kill()
    before = made()
    pieces = list(BundlePiece.objects.values_list("place", "sha256"))
    assert CaseBundle.objects.get().status == "asked"
    assert len(before) < len(pieces), "The worker was quicker than the test"
    app.control.purge()
    # What the first worker made is marked, to be found again in the whole: made anew it would not be there.
    marked = min(before)
    BundlePiece.objects.filter(place=marked).update(pdf=printing_of("Made by the first worker"))
    second = start()
    try:
        app.send_task(app.conf.beat_schedule["make waiting bundles"]["task"])
        eventually(lambda: CaseBundle.objects.get().status == "ready")
    finally:
        second.stop()
    assert list(BundlePiece.objects.values_list("place", "sha256")) == pieces, "The case was read once"
    content = bytes_of(fetch(subject_id=asked.pk, kind=printing.KIND))
    reader = assert_accessible(content, title="Case bundle")
    assert any("Made by the first worker" in page.extract_text() for page in reader.pages)


def printing_of(heading: str) -> bytes:
    piece = BundlePiece.objects.select_related("bundle__body").earliest("place")
    piece.content = f'[{{"heading": "{heading}", "columns": [], "rows": []}}]'
    return printing.chapter_pdf(piece)


def test_two_workers_make_one_piece_once(asked):
    """Whoever holds the bundle makes its next piece; the other passes it by."""
    from threading import Event, Thread

    from django.db import connections, transaction

    assert making.step(asked.pk)
    held, done = Event(), Event()

    def hold():
        with transaction.atomic():
            list(CaseBundle.objects.filter(pk=asked.pk).select_for_update())
            held.set()
            done.wait(60)
        connections.close_all()

    other = Thread(target=hold)
    other.start()
    held.wait(60)
    try:
        assert making.step(asked.pk) is False
        making.make(asked.pk)
        assert CaseBundle.objects.get().tries == 0
    finally:
        done.set()
        other.join()
    assert not made()
