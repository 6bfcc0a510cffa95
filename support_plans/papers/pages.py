"""Pages of papers: the blank forms that a case offers, with its names in them."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest

from cases import access as case_access
from cases.frame import current_placement, frame
from cases.models import Induction
from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import Viewer
from induction_portal.pages import Found

from ..pages import people_of
from .blank import Blank, blank_form, blank_named, blanks
from .form import PlanForm


def asked_form(viewer: Viewer, case_id: UUID, form_key: str) -> Found:
    """A case, for which a blank form is asked. Raises Http404 for a form that there is not, as for a case."""
    found = case_access.case(viewer, case_id)
    blank = blank_named(form_key)
    if blank is None:
        raise Http404
    found.subject.asked_form = blank
    return found


def forms_context(request: HttpRequest, induction: Induction) -> dict[str, Any]:
    """The page that lists the blank forms, one table row for each."""
    rows = [(blank, blank.without_names) for blank in blanks()]
    return frame(request, induction) | {"title": "Blank forms for a support plan", "rows": rows}


def form_for(viewer: Viewer, induction: Induction, blank: Blank) -> PlanForm:
    """A blank form for an ECT, as far as this viewer knows where they serve and who mentors them."""
    placement = current_placement(induction, viewer)
    mentors = people_of(viewer, induction).get(Role.MENTOR.value, [])
    school = placement.school.name if placement else ""
    return blank_form(blank, ect=induction.teacher.name, school=school, mentor=", ".join(mentors))
