"""The questions of a body, as they hold on a day."""

from datetime import date

from induction_portal.accounts.models import Organisation

from ..models import QualityQuestion
from ..rules.quality import Question, questions_on


def questions_of(body: Organisation | None, on: date) -> tuple[Question, ...]:
    """What a body asks on a day: its own wording, else that of the portal."""
    return questions_on(on, [row.worded for row in QualityQuestion.objects.filter(body=body)])
