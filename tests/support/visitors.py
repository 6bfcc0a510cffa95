"""People of the world at their browsers: signed in, acting for their place, their forms carrying the proof of it."""

from io import BytesIO
from typing import Any
from uuid import uuid4
from zipfile import ZipFile

from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from pypdf import PdfReader

from induction_portal.accounts.models import User
from induction_portal.accounts.viewer import SESSION_KEY, SIGNER
from tests.support.world import Person

BACKEND = settings.AUTHENTICATION_BACKENDS[0]


class Visitor:
    """One person's browser."""

    def __init__(self, person: Person, client: Client | None = None) -> None:
        self.person, self.client = person, client or Client()
        self.client.force_login(User.objects.get(pk=person.user_id), BACKEND)
        self.act_for(person.acting_for)

    def act_for(self, acting_for: str) -> None:
        """Switch to another organisation, as the page for it does."""
        session = self.client.session
        session[SESSION_KEY] = acting_for
        session.save()

    @property
    def proof(self) -> str:
        """What the portal signs into this person's forms."""
        return SIGNER.sign(f"{self.person.user_id}:{self.person.acting_for}")

    def get(self, address: str) -> HttpResponse:
        """Open an address; a file is read to its end, as a browser does."""
        response = self.client.get(address)
        if response.streaming:
            response.streaming_content = [response.getvalue()]
        return response

    def post(self, address: str, data: dict[str, Any] | None = None, **extra: Any) -> HttpResponse:
        """Send a form as its page would: with who it was made for, and a submission of its own unless given one."""
        sent = {"acting_as": self.proof, "submission": str(uuid4())} | (data or {})
        return self.client.post(address, sent, **extra)

    def __repr__(self) -> str:
        return self.person.key


def text_of(response: HttpResponse) -> str:
    """What a reader sees, of a page, of a PDF, or of everything in an archive and the names in it."""
    kind = response.headers.get("Content-Type")
    if kind == "application/zip":
        if not (content := response.getvalue()):  # of an answer to HEAD
            return ""
        with ZipFile(BytesIO(content)) as archive:
            return "\n".join(name + "\n" + _text(name, archive.read(name)) for name in archive.namelist())
    return _text(".pdf" if kind == "application/pdf" else "", response.content)


def _text(name: str, content: bytes) -> str:
    if not content:  # of an answer to HEAD
        return ""
    if name.endswith(".pdf"):
        return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    return content.decode()
