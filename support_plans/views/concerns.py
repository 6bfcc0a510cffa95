"""Pages of the school's concerns: raised, proposed by a report, passed on by the trust."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from cases.frame import frame
from cases.models import Induction
from cases.rules.errors import RuleBroken
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.work import draft_of
from induction_portal.pages import page

from .. import access, actions
from ..forms import ConcernForm, ProposalForm
from ..models import Concern, Proposal
from ..pages import concern_context
from ..routes import goes_through_trust

RAISED = "Raised. The ECT has been told, and so has everybody else who has to know."


@page(needs=Permission.RAISE_CONCERN, find=access.supporting, methods="GET POST")
def raise_concern(request: HttpRequest, induction: Induction) -> HttpResponse:
    viewer = request.viewer
    form = ConcernForm(request.POST or None, draft=draft_of(request), acting=viewer)
    if form.is_valid() and form.send(actions.raise_concern, by=viewer, on=viewer.on, induction=induction):
        messages.success(request, RAISED)
        return redirect("support_plans:ladder", induction.pk)
    told = {
        "title": "Raise a concern",
        "form": form,
        "through_trust": goes_through_trust(viewer.organisation, viewer.on),
    }
    context = frame(request, induction) | told
    return TemplateResponse(request, "support_plans/raise_concern.html", context)


@page(needs=Permission.READ_CONCERN, find=access.concern)
def concern(request: HttpRequest, concern: Concern) -> HttpResponse:
    template = (
        "support_plans/concern.html" if Permission.READ_CASE in request.permissions else "support_plans/passed.html"
    )
    return TemplateResponse(request, template, concern_context(request, concern))


@page(needs=Permission.FORWARD_CONCERN, find=access.concern, methods="POST")
def pass_on(request: HttpRequest, concern: Concern) -> HttpResponse:
    try:
        actions.pass_on(by=request.viewer, on=request.viewer.on, concern=concern)
    except RuleBroken as broken:
        messages.warning(request, broken.message)
    else:
        messages.success(request, "Passed on. The appropriate body has been told.")
    return redirect("support_plans:concern", concern.pk)


@page(needs=Permission.ANSWER_PROPOSAL, find=access.proposal, methods="GET POST")
def proposal(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    viewer, induction = request.viewer, proposal.induction
    if request.method == "GET" and proposal.answer != Proposal.Answer.OPEN:
        messages.warning(request, "This has been answered.")
        return redirect("support_plans:ladder", induction.pk)
    initial = {"standards": proposal.standards}
    form = ProposalForm(request.POST or None, draft=draft_of(request), acting=viewer, initial=initial)
    given = {"by": viewer, "on": viewer.on, "proposal": proposal}

    def raising(**told: object) -> Concern:
        return actions.raise_concern(induction=induction, **told)  # type: ignore[arg-type]

    if form.is_valid() and form.send(raising, actions.decline_proposal, **given):
        messages.success(request, RAISED if form.raises else "Saved.")
        return redirect("support_plans:ladder", induction.pk)
    context = frame(request, induction) | {"title": "Concern after a report", "form": form, "proposal": proposal}
    return TemplateResponse(request, "support_plans/proposal.html", context)
