"""The pages on which developers see what the house is furnished with. Not part of a production installation."""

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from induction_portal.pages import public

from . import gallery, samples


@public
def components(request: HttpRequest) -> HttpResponse:
    """Every component, field and layout piece, also in error."""
    mistaken = samples.EveryField(samples.MISTAKEN, prefix="wrong")
    context = {
        "title": "Components",
        "samples": gallery.SAMPLES,
        "filter": samples.SampleFilter(request.GET or None),
        "every_field": samples.EveryField(initial=samples.FILLED),
        "mistaken": mistaken,
        "review": samples.SampleReview(request.POST or None, prefix="review"),
    }
    return TemplateResponse(request, "govuk/components.html", context)


@public
def layout(request: HttpRequest, name: str) -> HttpResponse:
    """One of the four layouts around sample content."""
    forms = {"page": None, "case": None, "form": samples.SampleReview, "question": samples.SampleQuestion}
    if name not in forms:
        raise Http404
    form = forms[name](request.POST or None) if forms[name] else None
    context = {
        "title": "When did the review take place?" if name == "question" else "Progress reviews",
        "form": form,
        "back": "/components/",
        "case_header": None if name == "page" else gallery.CASE,
        "case_nav": gallery.CASE_NAV,
    }
    return TemplateResponse(request, f"layouts/{name}.html", context)
