"""What reviews add to a case: a panel, lines of its timeline, and the deadlines they close."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from uuid import UUID

from django.db.models import F
from django.urls import reverse

from cases.access import as_at
from cases.deadlines import PROGRESS_REVIEW, next_review
from cases.models import Deadline, Induction
from cases.parts import Bundle, Chapter, Entry, Filing, Panel, Paper, Part, Section, Task, Work
from cases.picture import Happening
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.viewer import Viewer
from induction_portal.govuk.words import day

from .access import visible_reviews
from .document import KIND
from .models import Acknowledgement, Comment, ProgressReview, Version
from .presenting import COLOURS
from .reading import last_said, not_on_track
from .waiting import to_answer, work_of


class ReviewsPart(Part):
    """Progress reviews on the case page."""

    is_evidence = True

    def closed(self, case_ids: Collection[UUID]) -> Mapping[tuple[UUID, str, int], date]:
        reviews = ProgressReview.objects.filter(induction__in=case_ids)
        told = reviews.values_list("induction", "number", "submitted_on")
        return {(case_id, PROGRESS_REVIEW, number): on for case_id, number, on in told}

    def timeline(self, induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> Iterable[Entry]:
        if Permission.READ_REVIEW not in may:
            return []
        reviews = _seen_reviews(viewer, induction)
        return [Entry(r.held_on, f"{r} was held", reverse("assessments:review", args=[r.pk])) for r in reviews]

    def happenings(self, induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> Iterable[Happening]:
        if Permission.READ_REVIEW not in may:
            return []
        sent = _seen_reviews(viewer, induction)
        return [Happening(r.submitted_on, "done", f"{r} sent: {day(r.submitted_on)}") for r in sent]

    def panel(self, induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> Panel | None:
        if Permission.READ_REVIEW not in may:
            return None
        reviews = _seen_reviews(viewer, induction)
        writes = Permission.WRITE_REVIEW in may and as_at(viewer, induction) == viewer.on
        due = next_review(induction, since=induction.since or date.min) if writes else None
        rows = [{"review": review, "colour": COLOURS[review.state]} for review in reviews]
        can_log = due is not None and due.opens_on <= viewer.on
        return Panel("assessments/panel.html", {"rows": rows, "can_log": can_log, "induction": induction, "due": due})

    def bundle(self, induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> Bundle:
        if Permission.READ_REVIEW not in may:
            return Bundle()
        reviews = visible_reviews(viewer).filter(induction=induction)
        latest = Version.objects.filter(review__induction=induction, number=F("review__latest"))
        sealed = dict(latest.values_list("review", "sha256"))
        return Bundle([_paper(review, sealed.get(review.pk, "")) for review in reviews], _said(induction))

    def filings(self, induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> Iterable[Filing]:
        if Permission.READ_REVIEW not in may:
            return []
        seen = _seen_reviews(viewer, induction)
        rows = [[str(r), day(r.held_on), day(r.submitted_on), r.school.name, r.state.label] for r in seen]
        columns = ("Review", "Held on", "Sent on", "School", "Where it stands")
        section = Section("Progress reviews", columns, rows)
        return [Filing(Chapter.REVIEWS, (section,), [_paper(review) for review in seen])]

    def work(self, viewer: Viewer) -> Work:
        return work_of(viewer) if viewer.may(Permission.READ_REVIEW) else Work()

    def board(self, viewer: Viewer) -> Iterable[Task]:
        return to_answer(viewer) if viewer.may(Permission.READ_REVIEW) else []

    def on_track(self, induction: Induction, viewer: Viewer) -> tuple[bool, date] | None:
        return last_said(visible_reviews(viewer).filter(induction=induction))

    def off_track(self, case_ids: Collection[UUID]) -> Mapping[UUID, date]:
        return not_on_track(ProgressReview.objects.filter(induction__in=case_ids))

    def task_url(self, deadline: Deadline) -> str:
        if deadline.kind != PROGRESS_REVIEW:
            return ""
        return reverse("assessments:new_review", args=[deadline.induction_id])


def _seen_reviews(viewer: Viewer, induction: Induction) -> list[ProgressReview]:
    """The reviews of a case that this viewer may know of; a page that asks several times reads them once."""
    if not hasattr(induction, "seen_reviews"):
        found = visible_reviews(viewer).filter(induction=induction).select_related("submitted_by")
        induction.seen_reviews = list(found)
    return induction.seen_reviews


def _paper(review: ProgressReview, sealed: str = "") -> Paper:
    url = reverse("assessments:review", args=[review.pk])
    return Paper(KIND, review.pk, str(review), review.held_on, review.school.name, review.revision, url, sealed)


def _said(induction: Induction) -> Iterable[Section]:
    """What the ECT said of reviews. The documents tell it too, but the latest may still have to be made."""
    of_case = {"review__induction": induction}
    comments = Comment.objects.filter(**of_case).select_related("review", "version")
    said = [(c.at, str(c.review), str(c.version), c.on, c.text) for c in comments]
    read = Acknowledgement.objects.filter(**of_case).select_related("review", "version")
    said += [(a.at, str(a.review), str(a.version), a.on, "You confirmed that you had read it") for a in read]
    rows = [[review, version, day(on), text] for _, review, version, on, text in sorted(said)]
    yield Section("What you said of progress reviews", ("Review", "Of", "On", "What you said"), rows)
