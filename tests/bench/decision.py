"""The officer's decision page of a full six-term case, against the empty page and the page of the case itself."""

from .pages import _page as page


def measure() -> dict[str, float | int | str]:
    """Queries (session and access log included), time as a multiple of the empty page's and of the case page's, and
    what the case holds.
    """
    from django.db import transaction
    from django.test.utils import override_settings
    from django.urls import reverse

    from cases.models import Induction
    from induction_portal import clock
    from induction_portal.demo.replay import replay

    with transaction.atomic():
        replay(clock.today())
    officer = "officer@coastal-hub.example"
    induction = Induction.objects.get(teacher__user__email="ect@harbour.example")
    with override_settings(ROOT_URLCONF="tests.bench._empty", ALLOWED_HOSTS=["*"]):
        empty = page(officer, "/empty/")[1]
        case = page(officer, reverse("cases:case", args=[induction.pk]))[1]
        queries, seconds = page(officer, reverse("assessments:deciding", args=[induction.pk]))
        several, several_seconds = page(officer, reverse("assessments:to_make"))
    return {
        "decision_case_terms": 6,
        "decision_case_reviews": induction.progressreviews.count(),
        "decision_case_assessments": induction.assessments.count(),
        "decision_page_queries": queries,
        "decision_page_milliseconds": round(seconds * 1000, 1),
        "decision_page_over_empty": round(seconds / empty, 2),
        "decision_page_over_case_page": round(seconds / case, 2),
        "decisions_to_make_queries": several,
        "decisions_to_make_over_empty": round(several_seconds / empty, 2),
    }
