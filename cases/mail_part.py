"""People whom mail does not reach, as tasks of their organisation's administrators."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.viewer import Viewer
from notifications.undelivered import one_page

from .parts import Part, Task

MOST = 25


class MailPart(Part):
    """One task for each person, while nobody has seen to it."""

    def tasks(self, viewer: Viewer) -> Iterable[Task]:
        if not viewer.may(Permission.MANAGE_PEOPLE):
            return
        for problem in one_page(viewer, MOST)[0]:
            yield Task(
                on=timezone.localtime(problem.since).date(),
                says="Tell somebody whose email did not arrive",
                about=problem.name,
                url=reverse("notifications:settle", args=[problem.pk]),
                state="A statutory message" if problem.statutory else "",
                why=problem.failure,
                kind="undelivered",
                kind_says="Email that did not arrive",
                is_due=False,
            )
