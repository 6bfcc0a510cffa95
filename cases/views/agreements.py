"""Pages on which the ECT agrees or queries what is recorded, and the school answers."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.work import draft_of
from induction_portal.pages import page

from .. import access, actions, service_access
from ..actions.versions import ChangedMeanwhile
from ..agreeing import Subject, main_placement, pattern_subject, said_of, total_subject
from ..forms.changes import AgreeForm, AnswerForm
from ..frame import frame
from ..models import Agreement, Induction, WorkingPattern

CHANGED = "What is recorded has changed since you opened the page. Read it again, and send what you think of it now"


@page(needs=Permission.AGREE_SERVICE, find=service_access.own_pattern, methods="GET POST")
def agree_pattern(request: HttpRequest, pattern: WorkingPattern) -> HttpResponse:
    subject = pattern_subject(pattern, pattern.placement, request.viewer.on)
    return say_of(request, pattern.placement.induction, subject, "Your working pattern")


@page(needs=Permission.AGREE_SERVICE, find=access.case, methods="GET POST")
def agree_total(request: HttpRequest, induction: Induction) -> HttpResponse:
    on = request.viewer.on
    return say_of(
        request, induction, total_subject(induction, main_placement(induction, on), on), "Your service in all"
    )


def say_of(
    request: HttpRequest, induction: Induction, subject: Subject, title: str, *, back: str = "cases:service"
) -> HttpResponse:
    """The page on which the ECT agrees or queries one thing that is recorded."""
    earlier = said_of(subject)
    options = {"acting": request.viewer, "version": subject.mark, "autosave": request.path}
    form = AgreeForm(request.POST or None, draft=draft_of(request), **options)
    if form.is_valid() and _send(request, form, induction, subject):
        messages.success(request, "Thank you: your answer is recorded.")
        return redirect(back, induction.pk)
    context = frame(request, induction) | {"form": form, "title": title, "subject": subject, "earlier": earlier}
    context["waits"] = any(each.is_open for each in earlier)
    return TemplateResponse(request, "cases/service/agree.html", context)


def _send(request: HttpRequest, form: AgreeForm, induction: Induction, subject: Subject) -> bool:
    told = {"by": request.viewer, "on": request.viewer.on, "induction": induction}
    told |= {"kind": subject.kind, "subject_id": subject.id, "version": form.version}
    try:
        if form.cleaned_data["answer"] == Agreement.Answer.AGREED:
            return bool(form.apply(lambda **_typed: actions.agree(**told)))
        return bool(form.apply(lambda **typed: actions.query(text=typed["text"], **told)))
    except ChangedMeanwhile as changed:
        form.blame(None, CHANGED)
        form.version = changed.version
        return False


@page(needs=Permission.ANSWER_QUERY, find=service_access.query, methods="GET POST")
def answer_query(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    induction = agreement.placement.induction
    of_absence = agreement.kind == Agreement.Kind.ABSENCE
    where = "cases:absences" if of_absence else "cases:service"
    options = {"acting": request.viewer, "autosave": request.path}
    form = AnswerForm(request.POST or None, draft=draft_of(request), **options)
    told = {"by": request.viewer, "on": request.viewer.on, "agreement": agreement}
    if form.is_valid() and form.apply(actions.answer, **told):
        messages.success(request, "Answer sent. The ECT has been told, and can agree or query again.")
        return redirect(where, induction.pk)
    context = frame(request, induction) | {"form": form, "agreement": agreement, "title": "Answer a query"}
    context["of_absence"] = of_absence
    return TemplateResponse(request, "cases/service/answer.html", context)
