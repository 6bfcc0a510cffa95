"""The bundle of a full six-term case: four reviews and two assessments, with everything around them."""

import os
import subprocess
import sys
from datetime import date, timedelta
from time import perf_counter
from typing import Any

from tests.bench._memory import kilobytes


def measure() -> dict[str, float | int | str]:
    """Pages, seconds from the asking to the issued file, its size, and the most memory that making it took.

    Made in a process of its own, as a worker that has just started makes it: WeasyPrint's import is in the seconds.
    """
    script = "import django; django.setup()\nfrom tests.bench.bundle import made\nmade()"
    bundle = full_case()
    env = os.environ | {"BENCH_BUNDLE": str(bundle.pk)}
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=env)
    seconds, resting, peak = told.stdout.split()[-3:]
    from assessments.bundle.printing import KIND
    from induction_portal.documents.store import bytes_of, fetch

    issued = fetch(subject_id=bundle.pk, kind=KIND)
    assert issued is not None
    bundle.refresh_from_db()
    return {
        "bundle_pages": bundle.pages,
        "bundle_pieces": bundle.pieces.count(),
        "bundle_seconds": float(seconds),
        "bundle_bytes": len(bytes_of(issued)),
        "bundle_peak_megabytes": round(int(peak) / 1024, 1),
        "bundle_process_before_megabytes": round(int(resting) / 1024, 1),
    }


def made() -> None:
    """In the process of its own: make the bundle that the environment names, and print what it took."""
    from uuid import UUID

    from assessments.bundle.making import make

    resting, begun = kilobytes("VmHWM"), perf_counter()
    make(UUID(os.environ["BENCH_BUNDLE"]))
    print(f"{perf_counter() - begun:.2f} {resting} {kilobytes('VmHWM')}")


def full_case() -> Any:
    """The bundle, asked for, of a case that has run its six terms: written by the factories, its documents issued."""
    from assessments.actions import ask_for_bundle
    from cases.models import Absence
    from cases.reckon import reckon
    from induction_portal.accounts.permissions import Role
    from tests.factories import AbsenceFactory, BodyPeriodFactory, PlacementFactory, WorkingPatternFactory, viewer

    placement = PlacementFactory(starts_on=date(2024, 9, 2))
    WorkingPatternFactory(placement=placement)
    period = BodyPeriodFactory(
        induction=placement.induction, body=placement.reported_body, starts_on=placement.starts_on
    )
    for number in range(12):
        day = date(2024, 10, 7) + timedelta(days=14 * number)
        AbsenceFactory(placement=placement, starts_on=day, ends_on=day)
    assert Absence.objects.filter(induction=placement.induction).count() == 12
    reckon(placement.induction)
    _documents(placement)
    by = viewer(period.body, Role.BODY_OFFICER, on=date(2026, 7, 20))
    told = {"purpose": "appeal", "with_earlier": True}
    return ask_for_bundle(by=by, on=by.on, induction=placement.induction, **told)


def _documents(placement: Any) -> None:
    """Four reviews in two versions each and two assessments, printed from the bench's own samples."""
    from assessments.assessment_document import KIND as ASSESSED
    from assessments.assessment_document import TEMPLATE
    from assessments.document import KIND
    from induction_portal.accounts.viewer import System
    from induction_portal.documents.pdf import render_pdf
    from induction_portal.documents.store import issue
    from tests.bench.pdf import assessment_sample, sample
    from tests.factories import AssessmentFactory, ProgressReviewFactory

    told = {"by": System("bench"), "organisation_id": placement.school_id, "body_id": placement.reported_body_id}
    for number in (1, 2, 4, 5):
        held = placement.starts_on + timedelta(days=110 * number)
        review = ProgressReviewFactory(
            placement=placement, body=placement.reported_body, number=number, held_on=held, revision=2
        )
        for version in (1, 2):
            content = render_pdf(
                "pdf/progress_review.html", sample() | {"title": f"Progress review {number}.{version}"}
            )
            issue(subject_id=review.pk, kind=KIND, content=content, filename="r.pdf", version=version, **told)
    for kind in ("first", "final"):
        row = AssessmentFactory(
            placement=placement, body=placement.reported_body, kind=kind, status="accepted", turn=""
        )
        content = render_pdf(TEMPLATE, assessment_sample() | {"title": f"{kind} assessment"})
        issue(subject_id=row.pk, kind=ASSESSED, content=content, filename="a.pdf", **told)
