"""The page wrapper: the one way from a request to a view.

Every view is declared with what it needs and where its object comes from; the wrapper asks who is looking, opens the
door, checks the permission, and runs the view and its template in one transaction as the viewer.
"""

import posixpath
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseRedirectBase
from django.shortcuts import redirect, resolve_url
from django.template.response import TemplateResponse
from django.urls import Resolver404, resolve

from . import clock
from .accounts import work
from .accounts.permissions import Permission, Role, permissions_of
from .accounts.viewer import Viewer, read_acting_as, viewer_for
from .audit.access import log_access

View = Callable[..., HttpResponse]
Finder = Callable[..., "Found"]
SEEN_EVERY = timedelta(minutes=5)


class Found(NamedTuple):
    """What a finder hands to the wrapper: the object, the viewer's roles that reach it, and what a school or body lets
    those roles do with it besides.
    """

    subject: Any
    roles: frozenset[Role]
    besides: frozenset[Permission] = frozenset()

    @property
    def permissions(self) -> frozenset[Permission]:
        """Everything that the viewer may do with the object."""
        return permissions_of(self.roles) | self.besides


def page(*, needs: Permission, find: Finder | None = None, methods: str = "GET") -> Callable[[View], View]:
    """Make a view that is handed an object its viewer may act on.

    `find(viewer, **url_arguments)` raises Http404 for what the viewer may not know exists. The door comes before the
    method check: what somebody may not see answers the same to every method.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def visit(request: HttpRequest, **arguments: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return sign_in_first(request, methods)
            with transaction.atomic():
                viewer = request.viewer = viewer_for(request, on=clock.today())
                if viewer is None:
                    return _ask_for_whom(request, methods)
                tell_database(viewer)
                response = _enter(request, viewer, arguments)
            # A shared computer in a staff room must not show a record again after signing out.
            response.headers.setdefault("Cache-Control", "private, no-store")
            return response

        def _enter(request: HttpRequest, viewer: Viewer, arguments: dict[str, Any]) -> HttpResponse:
            if _switched_since(request, viewer):
                return _acting_for_another(request)
            found = find(viewer, **arguments) if find else Found(None, viewer.roles)
            request.permissions, request.roles = found.permissions, found.roles
            if needs not in request.permissions:
                return _refuse(request, viewer, found.subject)
            if ("GET" if request.method == "HEAD" else request.method) not in methods.split():
                return HttpResponseNotAllowed(methods.split())
            _note_presence(request)
            answer = _post if request.method == "POST" else _get
            return answer(request, viewer, found.subject, view)

        visit.needs, visit.find, visit.methods = needs, find, methods  # type: ignore[attr-defined]
        return visit

    return wrap


def public(view: View) -> View:
    """Make a view that anybody may open without signing in."""

    @wraps(view)
    def visit(request: HttpRequest, **arguments: Any) -> HttpResponse:
        request.viewer = None
        return view(request, **arguments)

    visit.public = True  # type: ignore[attr-defined]
    return visit


def signed_in(view: View) -> View:
    """Make a view for somebody who has signed in and may not yet have chosen whom to act for."""

    @wraps(view)
    def visit(request: HttpRequest, **arguments: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return sign_in_first(request)
        request.viewer = viewer_for(request, on=clock.today())
        return view(request, **arguments)

    visit.signed_in = True  # type: ignore[attr-defined]
    return visit


def _get(request: HttpRequest, viewer: Viewer, subject: Any, view: View) -> HttpResponse:
    response = _rendered(view(request, subject) if subject is not None else view(request))
    if isinstance(subject, Model) and response.status_code == 200:
        log_access(viewer, subject, at=clock.now())
    return response


def _post(request: HttpRequest, viewer: Viewer, subject: Any, view: View) -> HttpResponse:
    if read_acting_as(request.POST.get("acting_as", "")) != (str(viewer.user.pk), viewer.acting_for):
        return _acting_for_another(request)
    if done := work.result_of(request):
        return redirect(done)
    if work.only_saving(request):
        return work.save_draft(request)
    response = _rendered(view(request, subject) if subject is not None else view(request))
    if isinstance(response, HttpResponseRedirectBase):
        work.finish(request, response.url)
    return response


def _switched_since(request: HttpRequest, viewer: Viewer) -> bool:
    """Whether this person's own form was made while they acted for another organisation, which may reach what this one
    may not know of: the form is kept before the door is asked, and the answer tells nothing of what is behind it.
    """
    made_for = read_acting_as(request.POST.get("acting_as", ""))
    return bool(made_for) and made_for[0] == str(viewer.user.pk) and made_for[1] != viewer.acting_for


def _rendered(response: HttpResponse) -> HttpResponse:
    """Templates may query: render them inside the transaction, as the viewer."""
    return response.render() if isinstance(response, TemplateResponse) and not response.is_rendered else response


def tell_database(viewer: Viewer) -> None:
    """Tell PostgreSQL, for this transaction only, who is looking: ready for row-level security."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('portal.user', %s, true), set_config('portal.organisation', %s, true)",
            [str(viewer.user.pk), viewer.acting_for],
        )


def _note_presence(request: HttpRequest) -> None:
    """Keep the session alive while it is used, with one write in five minutes at most."""
    now = clock.now()
    if now.timestamp() - request.session.get("seen", 0) > SEEN_EVERY.total_seconds():
        request.session["seen"] = now.timestamp()


def _refuse(request: HttpRequest, viewer: Viewer, subject: Any) -> HttpResponse:
    if isinstance(subject, Model):
        log_access(viewer, subject, at=clock.now(), refused=True)
    return _rendered(TemplateResponse(request, "403.html", {"viewer": viewer}, status=403))


def _acting_for_another(request: HttpRequest) -> HttpResponse:
    """The form was made while acting for somebody else: say so, change nothing, keep what was typed."""
    work.keep(request, author=request.user)
    return _rendered(TemplateResponse(request, "accounts/acting_for_another.html", status=409))


def _ask_for_whom(request: HttpRequest, methods: str) -> HttpResponse:
    if request.method == "POST":
        work.keep(request, author=request.user)
    return redirect(f"{resolve_url('accounts:choose')}?{urlencode({'next': _onward(request, methods)})}")


def sign_in_first(request: HttpRequest, methods: str = "GET") -> HttpResponse:
    """Send an anonymous visitor to sign in. A form sent after its session ended is kept as its author's draft."""
    if request.method == "POST" and work.keep_for_author(request):
        messages.warning(request, "You were signed out. What you typed is saved: sign in to go on with it.")
    return redirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': _onward(request, methods)})}")


def _onward(request: HttpRequest, methods: str) -> str:
    """Where to go afterwards: this page or, where it only takes forms, the one above it that can be read."""
    if "GET" in methods.split():
        return request.get_full_path()
    above = posixpath.dirname(request.path.rstrip("/")).rstrip("/") + "/"
    return above if _can_be_read(above) else resolve_url("home")


def _can_be_read(path: str) -> bool:
    try:
        view = resolve(path).func
    except Resolver404:
        return False
    return "GET" in getattr(view, "methods", "").split()


def permission_denied(request: HttpRequest, exception: PermissionDenied | None = None) -> HttpResponse:
    """The page for 403 outside the wrapper: a form without its token, for instance."""
    return TemplateResponse(request, "403.html", status=403).render()
