"""Serving a file: one that was issued, or one that is drawn while somebody waits and kept by nobody."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from .models import IssuedDocument
from .store import bytes_of


def file_response(document: IssuedDocument) -> HttpResponse:
    """The file exactly as it was issued, to be saved under its name, kept by no cache in between."""
    return drawn_response(bytes_of(document), document.filename)


def drawn_response(content: bytes, filename: str) -> HttpResponse:
    """A PDF to be saved under a name, kept by no cache in between."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(True, filename)
    response["Cache-Control"] = "private, no-store"
    return response
