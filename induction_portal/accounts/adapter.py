"""How allauth behaves here: nobody signs themselves up, mail goes by the worker, password changes are audited."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.template.loader import render_to_string

from .. import clock
from ..audit.acting import action
from ..audit.events import Event
from ..audit.record import INSTALLATION, record
from .models import User
from .tasks import post
from .viewer import Viewer

TEMPLATES = {"account/email/password_reset_key": "accounts/email/password_reset"}


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """The pages say what happened in their own words."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        name = TEMPLATES[template_prefix]
        told = {**context, "portal_url": settings.PORTAL_URL}
        subject = render_to_string(f"{name}_subject.txt", told).strip()
        text = render_to_string(f"{name}_message.txt", told)
        transaction.on_commit(lambda: post(subject, text, email))

    @action
    def set_password(self, user: User, password: str) -> None:
        super().set_password(user, password)
        on = clock.today()
        record(Viewer(user, None, frozenset(), on), Event.PASSWORD_CHANGED, user, chain=INSTALLATION, on=on)
