"""Whether what a school says of a teacher fits what is known here. The answer is for the body, not for the school."""

from datetime import date

from django.db.models import Q

from .models import Teacher
from .models.people import fold


def could_not_match(*, trn: str, name: str, date_of_birth: date) -> bool:
    """Whether a record here says otherwise: this TRN with another date of birth, or this name and date of birth with
    another TRN, which may be a slip that would open a second induction (R4, R12).

    It holds for a moment only: what was registered since may change it, so a body's confirmation asks again.
    """
    another_birthday = Q(trn=trn) & ~Q(date_of_birth=date_of_birth)
    another_trn = Q(sort_name=fold(name), date_of_birth=date_of_birth) & ~Q(trn=trn)
    return Teacher.objects.filter(another_birthday | another_trn).exists()
