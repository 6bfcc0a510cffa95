"""Many ECTs at once, without the actions: for tests and benchmarks of lists."""

from collections.abc import Sequence
from datetime import date

from cases.models import Appointment, BodyPeriod, HandRecord, Induction, Placement, Teacher, WorkingPattern
from cases.models.people import fold
from cases.reckon import mark_stale, reckon_batch
from induction_portal.accounts.models import Organisation, User
from tests.factories import UserFactory


def many_cases(
    count: int,
    *,
    schools: Sequence[Organisation],
    body: Organisation,
    officer: User,
    tutor: User | None = None,
    starts_on: date,
    first_trn: int = 6_000_000,
    names: Sequence[str] = (),
    reckoned: bool = True,
) -> list[Induction]:
    """ECTs spread over some schools, full time, of one body and one officer; named in turn by `names`, if given. The
    body has done all that a start asks of it.
    """
    told = [names[n % len(names)] if names else f"Teacher {n:04}" for n in range(count)]
    teachers = Teacher.objects.bulk_create(
        Teacher(
            trn=f"{first_trn + n}",
            name=name,
            sort_name=fold(name),
            date_of_birth=date(2000, 1, 1),
            qts_on=date(starts_on.year, 1, 1),
        )
        for n, name in enumerate(told)
    )
    cases = Induction.objects.bulk_create(Induction(teacher=teacher) for teacher in teachers)
    placed = Placement.objects.bulk_create(
        Placement(
            induction=case,
            school=schools[n % len(schools)],
            reported_body=body,
            starts_on=starts_on,
            contract_starts_on=starts_on,
        )
        for n, case in enumerate(cases)
    )
    contact = UserFactory()
    HandRecord.objects.bulk_create(
        HandRecord(
            induction=each.induction,
            placement=each,
            school=each.school,
            body=body,
            code="D3",
            number=1,
            done_on=starts_on,
            recorded_by=contact,
            recorded_on=starts_on,
        )
        for each in placed
    )
    WorkingPattern.objects.bulk_create(WorkingPattern(placement=each, starts_on=starts_on, fte=1) for each in placed)
    BodyPeriod.objects.bulk_create(
        BodyPeriod(
            induction=case,
            body=body,
            officer=officer,
            contact=contact,
            contact_named_on=starts_on,
            starts_on=starts_on,
            agreed_on=starts_on,
        )
        for case in cases
    )
    if tutor:
        Appointment.objects.bulk_create(
            Appointment(
                induction=each.induction,
                placement=each,
                school=each.school,
                kind=Appointment.Kind.TUTOR,
                user=tutor,
                starts_on=starts_on,
                has_qts=True,
                minutes_a_week=60,
            )
            for each in placed
        )
    mark_stale(Induction.objects.filter(pk__in=[case.pk for case in cases]))
    while reckoned and reckon_batch():
        pass
    return cases
