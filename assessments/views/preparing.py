"""What is shown in place of a document that the worker has not made yet: for a review, and for an assessment."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from cases.frame import frame

from ..models import Assessment, ProgressReview

DOCUMENTS = {"review": "assessments:document", "assessment": "assessments:assessment_document"}


def being_prepared(request: HttpRequest, subject: ProgressReview | Assessment, what: str, title: str) -> HttpResponse:
    """The page that asks to look again, of a `what`: "review" or "assessment"."""
    context = frame(request, subject.induction) | {"what": what, "title": title}
    context["again"] = reverse(DOCUMENTS[what], args=[subject.pk])
    context["back"] = reverse(f"assessments:{what}", args=[subject.pk])
    return TemplateResponse(request, "assessments/preparing.html", context, status=202)
