"""Pages on which a body brings along the claims that it made before: upload, check, confirm, progress."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from induction_portal.accounts.permissions import Permission
from induction_portal.pages import page

from .. import actions
from ..forms.national import CancelImportForm, ConfirmImportForm, ImportForm, WithdrawClaimForm, attempt
from ..models import EarlierClaim, ImportBatch
from ..national import access
from ..national.import_pages import batch_page, claims_page, refused_file, template_file, upload_page
from ..national.pages import crumbs
from ..tasks import import_soon
from .national import as_file, carried_out

MAY = Permission.IMPORT_CLAIMS


@page(needs=MAY, methods="GET POST")
def import_claims(request: HttpRequest) -> HttpResponse:
    viewer = request.viewer
    form = ImportForm(request.POST or None, request.FILES or None, acting=viewer)
    if form.is_valid():
        checked = form.apply(lambda file: actions.check_import(by=viewer, on=viewer.on, content=file))
        if checked:
            return redirect("cases:import", checked.pk)
    return TemplateResponse(request, "cases/national/import.html", upload_page() | {"form": form})


@page(needs=MAY)
def import_template(request: HttpRequest) -> HttpResponse:
    return as_file(template_file(), "earlier-claims.csv")


@page(needs=MAY, find=access.batch)
def import_batch(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    return TemplateResponse(request, "cases/national/batch.html", batch_page(request.viewer, batch))


@page(needs=MAY, find=access.batch, methods="POST")
def confirm_import(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    viewer = request.viewer
    form = ConfirmImportForm(request.POST, acting=viewer)
    done = attempt(form, actions.confirm_import, by=viewer, on=viewer.on, batch=batch)
    if done:
        import_soon(str(batch.pk))
    says = "The import has begun. This page shows how far it is."
    return carried_out(
        request, done, says, lambda: redirect("cases:import", batch.pk), lambda: _again(request, form, batch)
    )


@page(needs=MAY, find=access.batch, methods="POST")
def cancel_import(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    viewer = request.viewer
    form = CancelImportForm(request.POST, acting=viewer)
    done = attempt(form, actions.cancel_import, by=viewer, on=viewer.on, batch=batch)
    says = "Cancelled. Nothing was imported, and the rows are deleted."
    return carried_out(
        request, done, says, lambda: redirect("cases:import", batch.pk), lambda: _again(request, form, batch)
    )


def _again(request: HttpRequest, form: ConfirmImportForm | CancelImportForm, batch: ImportBatch) -> HttpResponse:
    context = batch_page(request.viewer, batch) | {"form": form}
    return TemplateResponse(request, "cases/national/batch.html", context, status=409)


@page(needs=MAY, find=access.batch)
def import_refused(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    return as_file(refused_file(batch), f"not-imported-{batch.checked_on.isoformat()}.csv")


@page(needs=MAY)
def earlier_claims(request: HttpRequest) -> HttpResponse:
    context = claims_page(request.viewer, after=request.GET.get("after", ""))
    return TemplateResponse(request, "cases/national/claims.html", context)


@page(needs=MAY, find=access.claim, methods="GET POST")
def withdraw_claim(request: HttpRequest, claim: EarlierClaim) -> HttpResponse:
    viewer = request.viewer
    if request.method == "GET" and not claim.waits:
        messages.warning(request, "This claim does not wait any more, so it cannot be withdrawn.")
        return redirect("cases:earlier_claims")
    form = WithdrawClaimForm(request.POST or None, acting=viewer)
    if form.is_valid() and form.apply(actions.withdraw_claim, by=viewer, on=viewer.on, claim=claim):
        messages.success(request, "Claim withdrawn. Nothing was changed in the national service.")
        return redirect("cases:earlier_claims")
    lead = f"{claim.name or 'The ECT'} with TRN {claim.trn} is not asked for any more."
    way = [*crumbs(), {"text": "Claims that wait", "href": reverse("cases:earlier_claims")}]
    context = {"form": form, "title": "Withdraw an imported claim", "lead": lead, "breadcrumbs": way}
    return TemplateResponse(request, "layouts/form.html", context)
