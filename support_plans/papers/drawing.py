"""A form drawn as a PDF: the one place that hands a `PlanForm` to its template."""

from induction_portal.documents.pdf import render_pdf

from .form import PlanForm

TEMPLATE = "pdf/plan.html"


def context(form: PlanForm, *, title: str = "", fingerprint: str = "") -> dict:
    """What the template is given. `title` tells a later version from the first."""
    organisation = form.school or "Support for early career teachers"
    return {"title": title or form.title, "organisation": organisation, "form": form, "fingerprint": fingerprint}


def draw(form: PlanForm) -> bytes:
    """A form that is no issued record: a blank one, or a preview."""
    return render_pdf(TEMPLATE, context(form))
