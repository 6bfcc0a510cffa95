"""Who is told of the headteacher's letter, and that the ECT has it. No message says how anybody is doing."""

from collections.abc import Iterable

from django.urls import reverse

from cases.people import headteachers, tutors
from cases.rules.mailing import Topic
from induction_portal.accounts.models import User
from notifications import kinds, outbox

from .letter_access import may_see_letter, whose_letters
from .models import HeadLetter

WRITTEN = "letter_written"
ACKNOWLEDGED = "letter_acknowledged"

SUBJECTS = {
    WRITTEN: "Your headteacher has written to you about an assessment",
    ACKNOWLEDGED: "An ECT has acknowledged the headteacher’s letter",
}


def register_kinds() -> None:
    """Make these kinds of message known; called once, when the app starts."""
    kinds.register_all(
        SUBJECTS,
        "assessments/messages",
        may_see=may_see_letter,
        about=whose_letters,
        statutory={WRITTEN},
        topic=Topic.REVIEWS,
    )


def written(letter: HeadLetter) -> None:
    """The ECT, whose letter it is."""
    _tell(WRITTEN, letter, [letter.signature.version.assessment.induction.teacher.user])


def acknowledged(letter: HeadLetter) -> None:
    """The tutor, the headteacher of today and the one who wrote."""
    assessment = letter.signature.version.assessment
    people = {*tutors(assessment.placement), *headteachers(assessment.school_id), letter.signature.by}
    _tell(ACKNOWLEDGED, letter, people)


def _tell(kind: str, letter: HeadLetter, people: Iterable[User | None]) -> None:
    to = [user for user in people if user is not None]
    school = letter.signature.version.assessment.school_id
    url = reverse("assessments:letter", args=[letter.pk])
    outbox.queue(kind, to=to, subject_id=letter.pk, organisation_id=school, url=url, once=kind)
