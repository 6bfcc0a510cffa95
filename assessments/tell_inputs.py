"""Who is told that a colleague was asked for input, and that it has come. No message says what it is about."""

from collections.abc import Iterable

from django.urls import reverse

from cases.people import tutors
from cases.rules.mailing import Topic
from induction_portal.accounts.models import User
from notifications import kinds, outbox

from .input_access import may_see_input, whose_inputs
from .models import InputRequest

ASKED = "input_asked"
GIVEN = "input_given"
SUBJECTS = {
    ASKED: "A colleague has been asked for input before a review or assessment",
    GIVEN: "Input that was asked of a colleague has arrived",
}


def register_kinds() -> None:
    """Make these kinds of message known; called once, when the app starts."""
    kinds.register_all(
        SUBJECTS,
        "assessments/messages",
        may_see=may_see_input,
        about=whose_inputs,
        topic=Topic.REVIEWS,
    )


def asked(request: InputRequest) -> None:
    """The ECT: somebody else is told their name, and nothing that is said of them is kept from them (R78)."""
    _tell(ASKED, request, [request.induction.teacher.user])


def given(request: InputRequest) -> None:
    """Who asked, the tutor and the ECT."""
    _tell(GIVEN, request, {request.asked_by, *tutors(request.placement), request.induction.teacher.user})


def _tell(kind: str, request: InputRequest, people: Iterable[User | None]) -> None:
    to = [user for user in people if user is not None and may_see_input(user, request.pk)]
    url = reverse("assessments:input_request", args=[request.pk])
    outbox.queue(kind, to=to, subject_id=request.pk, organisation_id=request.school_id, url=url, once=kind)
