"""Whether what a school says of a teacher fits what is known here. The answer is for the body, not for the school."""

from datetime import date

from django.db.models import Q

from .models import EarlierClaim, Registration, Teacher
from .models.imports import OPEN_CLAIM
from .models.people import fold


def could_not_match(*, trn: str, name: str, date_of_birth: date) -> bool:
    """Whether a record here says otherwise: this TRN with another date of birth, or this name and date of birth with
    another TRN, which may be a slip that would open a second induction (R4, R12).

    It holds for a moment only: what was registered since may change it, so a body's confirmation asks again.
    """
    another_birthday = Q(trn=trn) & ~Q(date_of_birth=date_of_birth)
    another_trn = Q(sort_name=fold(name), date_of_birth=date_of_birth) & ~Q(trn=trn)
    return Teacher.objects.filter(another_birthday | another_trn).exists()


def claim_met_by(registration: Registration, *, lock: bool = False) -> EarlierClaim | None:
    """The claim that the body brought along of the teacher whom a school registers with it (R12).

    `lock` holds it until the transaction ends, so that nobody withdraws it meanwhile.
    """
    claims = EarlierClaim.objects.filter(OPEN_CLAIM, body=registration.body_id)
    claims = claims.select_for_update() if lock else claims
    return claims.filter(trn=registration.trn, date_of_birth=registration.date_of_birth).first()
