"""The public page that says whether a file was issued here: nobody signs in, and nothing is kept."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from induction_portal.pages import public
from induction_portal.throttle import within_limit

from .check import answer_to
from .forms import CheckForm
from .uploading import received

FRAGMENT = "X-Fragment"
A_MINUTE = 30
PATIENCE = "Documents have been checked very often from where you are. Wait a minute, then check yours again."


# Asking changes nothing and depends on nobody: a token would only give each visitor a cookie, and would make Django
# read an upload before its size is looked at.
@public
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request, CheckForm())
    form = CheckForm(*received(request))
    if not within_limit(request, "check", a_minute=A_MINUTE):
        template = "documents/answer.html" if FRAGMENT in request.headers else "429.html"
        return TemplateResponse(request, template, {"patience": PATIENCE}, status=429, headers={"Retry-After": "60"})
    return _page(request, form)


def _page(request: HttpRequest, form: CheckForm) -> HttpResponse:
    context = {"title": "Check a document", "form": form}
    if form.is_valid():
        context["answer"] = answer_to(form.cleaned_data)
    template = "documents/answer.html" if FRAGMENT in request.headers else "documents/check.html"
    return TemplateResponse(request, template, context, headers={"Cache-Control": "private, no-store"})
