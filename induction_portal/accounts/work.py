"""Drafts and submissions: nothing typed is lost, nothing is done twice.

A draft belongs to a page (the name of its URL), its object and its author. These two tables are nobody's record: they
are written here, unaudited, and swept after 90 days.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid5

from django.contrib import messages
from django.db import connection
from django.db.models.functions import Now
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect

from .. import clock
from ..forms import submission_of
from .models import Draft, Submission, User
from .models.work import NO_SUBJECT
from .viewer import read_acting_as

NEVER_KEPT = {"csrfmiddlewaretoken", "acting_as", "submission", "save_draft", "password"}
KEPT_DAYS = 90


def place_of(request: HttpRequest) -> tuple[str, UUID]:
    """Where a draft belongs: the name of the page, and the object that its URL names."""
    match = request.resolver_match
    subject = next((v for v in match.kwargs.values() if isinstance(v, UUID)), NO_SUBJECT)
    if others := [str(v) for v in match.kwargs.values() if not isinstance(v, UUID)]:
        subject = uuid5(subject, "/".join(others))
    return match.view_name, subject


def keep(request: HttpRequest, *, author: User) -> None:
    """Keep what was typed as the author's draft of this page, over what was kept before."""
    form, subject_id = place_of(request)
    values = {_plain(name): list(map(_plain, sent)) for name, sent in request.POST.lists() if name not in NEVER_KEPT}
    Draft.objects.update_or_create(
        form=form, subject_id=subject_id, author=author, defaults={"values": values, "saved_at": Now() + clock.ahead()}
    )


def _plain(text: str) -> str:
    """Text that the database can hold: it refuses the null character."""
    return text.replace("\x00", "")


def keep_for_author(request: HttpRequest) -> bool:
    """Keep a form whose session has ended, for the user who was shown it; False if nobody provably was."""
    told = read_acting_as(request.POST.get("acting_as", ""))
    author = told and User.objects.filter(pk=told[0], is_active=True).first()
    if author:
        keep(request, author=author)
    return bool(author)


def draft_of(request: HttpRequest) -> dict[str, list[str]] | None:
    """What the viewer typed into this page and did not send, or None."""
    form, subject_id = place_of(request)
    draft = Draft.objects.filter(form=form, subject_id=subject_id, author=request.user).first()
    return draft and draft.values


def only_saving(request: HttpRequest) -> bool:
    """Whether this POST asks only for what is typed to be kept: autosave, or "Save and come back later"."""
    return "X-Autosave" in request.headers or "save_draft" in request.POST


def save_draft(request: HttpRequest) -> HttpResponse:
    """Keep what is typed; answer a script with JSON, a person with the home page."""
    keep(request, author=request.user)
    if "X-Autosave" in request.headers:
        return JsonResponse({"saved": True})
    messages.success(request, "Your draft is saved. Only you can see it.")
    return redirect("home")


def result_of(request: HttpRequest) -> str | None:
    """Where this very form led when it was sent before, or None the first time.

    A lock makes the second of two clicks wait for the first to finish.
    """
    submission = submission_of(request.POST)
    if submission is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(submission)])
    done = Submission.objects.filter(pk=submission, user=request.user).first()
    return done.result_url if done else None


def finish(request: HttpRequest, result_url: str) -> None:
    """Remember where the form led, and drop its draft."""
    form, subject_id = place_of(request)
    Draft.objects.filter(form=form, subject_id=subject_id, author=request.user).delete()
    if submission := submission_of(request.POST):
        Submission.objects.get_or_create(pk=submission, defaults={"user": request.user, "result_url": result_url[:500]})


def sweep(*, now: Any) -> int:
    """Delete drafts and submissions older than 90 days; returns how many drafts went."""
    limit = now - timedelta(days=KEPT_DAYS)
    Submission.objects.filter(at__lt=limit).delete()
    return Draft.objects.filter(saved_at__lt=limit).delete()[0]
