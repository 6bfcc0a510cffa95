"""Serving an issued file."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from .models import IssuedDocument
from .store import bytes_of


def file_response(document: IssuedDocument) -> HttpResponse:
    """The file exactly as it was issued, to be saved under its name, kept by no cache in between."""
    response = HttpResponse(bytes_of(document), content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(True, document.filename)
    response["Cache-Control"] = "private, no-store"
    return response
