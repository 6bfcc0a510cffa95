"""Each page's queries and time, against an empty signed-in page in the same run."""

from statistics import median
from time import perf_counter
from typing import Any

RUNS = 15
TO_SIGN = 30
WHAT_IF = "start-day=1&start-month=9&start-year=2028"


def measure() -> dict[str, float | int | str]:
    """For each page: queries (session and access log included), and its time as a multiple of the empty page's."""
    from django.db import transaction
    from django.test.utils import override_settings

    from induction_portal import clock
    from induction_portal.demo.replay import replay

    started = perf_counter()
    with transaction.atomic():
        replay(clock.today())
    figures: dict[str, float | int | str] = {"story_seconds": round(perf_counter() - started, 2)}
    with override_settings(ROOT_URLCONF="tests.bench._empty", ALLOWED_HOSTS=["*"]):
        empty = _page("tutor@oakfield.example", "/empty/")
        figures |= {"page_empty_queries": empty[0], "page_empty_milliseconds": round(empty[1] * 1000, 1)}
        for name, (who, url) in _pages().items():
            queries, seconds = _page(who, url)
            figures[f"page_{name}_queries"] = queries
            figures[f"page_{name}_over_empty"] = round(seconds / empty[1], 2)
    return figures


def _pages() -> dict[str, tuple[str, str]]:
    from django.urls import reverse

    from assessments.models import ProgressReview
    from cases.models import Deadline, Induction, Registration

    tutor, ect, officer = "tutor@oakfield.example", "ect@oakfield.example", "officer@northern-hub.example"
    induction = Induction.objects.get(teacher__user__email=ect)
    review = ProgressReview.objects.filter(induction=induction).latest("number")
    assert Deadline.objects.filter(induction=induction, is_open=True).exists()
    case, admin = [induction.pk], "office@oakfield.example"
    head, assessment = _reports_to_sign(TO_SIGN)
    registration = Registration.objects.get(school__name__startswith="Oakfield", state="sent")
    writes = Induction.objects.get(teacher__name="Callum Reid")
    return {
        "home_tutor": (tutor, "/"),
        "home_ect": (ect, "/"),
        "home_officer": (officer, "/"),
        "list": (officer, reverse("cases:cases")),
        "case": (tutor, reverse("cases:case", args=case)),
        "case_officer": (officer, reverse("cases:case", args=case)),
        "case_dates": (tutor, reverse("cases:dates", args=case)),
        "case_what_if": (tutor, reverse("cases:what_if", args=case) + "?fte=0.5&" + WHAT_IF),
        "access": (ect, reverse("cases:access", args=case)),
        "history": (ect, reverse("cases:history", args=case)),
        "review": (ect, reverse("assessments:review", args=[review.pk])),
        "review_form": (tutor, reverse("assessments:new_review", args=case)),
        "comment_form": (ect, reverse("assessments:comments", args=[review.pk])),
        "registration_form": (admin, reverse("cases:new_registration")),
        "registration": (officer, reverse("cases:registration", args=[registration.pk])),
        "registrations": (admin, reverse("cases:registrations")),
        "report": ("governor@oakfield.example", reverse("cases:report")),
        "messages": (ect, reverse("notifications:inbox")),
        "assessment_form": (tutor, reverse("assessments:new_assessment", args=[writes.pk])),
        "assessment": (head, reverse("assessments:assessment", args=[assessment])),
        f"signing_queue_of_{TO_SIGN}": (head, reverse("assessments:signing_queue")),
    }


def _reports_to_sign(count: int) -> tuple[str, Any]:
    """One headteacher with so many reports that wait for their signature: their address, and one of the reports."""
    from tests.support.assessing import cast

    first = cast()
    cases = [first, *(cast(school=first.placement.school) for _ in range(count - 1))]
    rows = [case.sign(case.comment(case.write()), "induction_tutor") for case in cases]
    return first.head.user.email, rows[0].pk


def _page(who: str, url: str) -> tuple[int, float]:
    """Queries and the median seconds of one page for one person."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from induction_portal.accounts.models import User

    client = Client()
    client.force_login(User.objects.get(email=who), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(url).status_code == 200, url
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    queries = len(captured)
    times = []
    for _ in range(RUNS):
        started = perf_counter()
        client.get(url)
        times.append(perf_counter() - started)
    return queries, median(times)
