"""HTML to PDF/UA: the only place that knows WeasyPrint."""

from mimetypes import guess_type
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.urls import reverse

# Addresses inside a PDF template resolve against this. The name is reserved (RFC 2606) and nothing is ever asked of a
# network: the fetcher below turns it into our own static files and refuses everything else.
BASE_URL = "http://static.invalid/"


def render_pdf(template: str, context: dict[str, Any]) -> bytes:
    """The template as a tagged PDF (PDF/UA-1), byte-identical for identical template, context and static files.

    `template` extends `pdf/base.html` and `context` has what that names; where the file can be checked comes from the
    settings. Relative addresses are our static files.
    Raises `weasyprint.urls.FatalURLFetchingError` when the page asks for anything that is not one of our static files.
    """
    context = {"check_address": settings.PORTAL_URL.rstrip("/") + reverse("documents:check")} | context
    document: bytes = _html(template, context).write_pdf(pdf_variant="pdf/ua-1")
    return document


def render_overlay(template: str, context: dict[str, Any]) -> bytes:
    """The template as a PDF without tags, to be printed over the pages of another: see `documents.merging`."""
    document: bytes = _html(template, context).write_pdf()
    return document


def _html(template: str, context: dict[str, Any]) -> Any:
    import weasyprint  # takes over a second to import, and most processes never make a PDF

    return weasyprint.HTML(
        string=render_to_string(template, context), base_url=BASE_URL, url_fetcher=_static_files_only()
    )


def _static_files_only() -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class StaticFiles(URLFetcher):
        """Serves static files from disk and refuses every other address, so that no template can reach a network."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
            file = static_file(url)
            return URLFetcherResponse(url, file.read_bytes(), {"Content-Type": guess_type(file)[0] or "font/ttf"})

    return StaticFiles(fail_on_errors=True)


def static_file(url: str) -> Path:
    """The file behind an address under `BASE_URL`. Raises ValueError for any other address or a file we do not have."""
    if not url.startswith(BASE_URL):
        raise ValueError(f"A PDF may use static files of the portal only, not {url}")
    found = finders.find(urlsplit(url).path.lstrip("/"))
    if not found:
        raise ValueError(f"There is no static file for {url}")
    return Path(found)
