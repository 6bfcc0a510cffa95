"""Pages on which an ECT downloads everything that is kept of their induction (R83)."""

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse

from induction_portal import clock
from induction_portal.accounts.permissions import Permission
from induction_portal.audit.access import log_access
from induction_portal.pages import page

from .. import access
from ..accessing import WHOLE_RECORD
from ..archive import archive_name, archive_of
from ..models import Induction
from ..own_record import OwnRecord, own_record_context


@page(needs=Permission.TAKE_OWN_RECORD, find=access.case)
def own_record(request: HttpRequest, induction: Induction) -> HttpResponse:
    return TemplateResponse(request, "cases/own_record.html", own_record_context(request, induction))


@page(needs=Permission.TAKE_OWN_RECORD, find=access.case)
def whole_record(request: HttpRequest, induction: Induction) -> HttpResponseBase:
    record = OwnRecord(request.viewer, request.permissions, induction)
    # A whole copy leaves the portal: the ECT can see that it did, and when, should it not have been they.
    log_access(request.viewer, induction, at=clock.now(), kind=WHOLE_RECORD)
    file = archive_of(record, at=clock.now())
    return FileResponse(file, as_attachment=True, filename=archive_name(record), content_type="application/zip")
