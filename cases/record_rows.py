"""The rows of a case in words, for the copy that an ECT takes along (R83): for them alone, who may read all of it.

What speaks to nobody in particular is shared with the file that a body makes of a case (`file_rows`).
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from induction_portal.govuk.words import day

from .absences import in_words, status_of
from .models import Absence, Agreement, Appointment, BodyPeriod, Induction, Placement, PriorService, Timetable
from .parts import Section
from .rules.statuses import ElectionStatus
from .worded import step_words

PLACEMENTS = ("School", "From", "To", "Contract", "Training", "Reason for leaving")


def service_sections(induction: Induction) -> Iterable[Section]:
    """Placements, working patterns, people, appropriate bodies, service before, and what the ECT said of it."""
    placements = list(induction.placements.all())
    yield placed(placements, "Where you have served")
    yield patterns(placements, "How much you work")
    yield people(Appointment.objects.filter(induction=induction))
    yield bodies(BodyPeriod.objects.filter(induction=induction))
    yield before(induction)
    yield _agreements(induction)


def absence_sections(induction: Induction, on: date) -> Iterable[Section]:
    """Every absence, withdrawn ones too, with the ECT's choice and the reason that the headteacher wrote down."""
    found = Absence.objects.filter(induction=induction).select_related("school", "reason")
    rows = [
        [
            absence.school.name,
            in_words(absence),
            day(absence.recorded_on),
            choice_words(absence, on),
            absence.reason.text if hasattr(absence, "reason") else "",
            f"Taken back on {day(absence.withdrawn_on)}" if absence.withdrawn_on else "",
        ]
        for absence in found
    ]
    yield Section("Absence", ("School", "Absence", "Recorded", "Choice about leave", "Reason", "Taken back"), rows)


def timetable_sections(induction: Induction) -> Iterable[Section]:
    """Every timetable: what was taught beside what a teacher without induction's reduction teaches."""
    rows = [
        [
            row.school.name,
            day(row.starts_on),
            row.get_cycle_display(),
            f"{plain_amount(row.taught)} {row.unit}",
            f"{plain_amount(row.reference)} {row.unit}",
        ]
        for row in Timetable.objects.filter(induction=induction).select_related("school").order_by("starts_on")
    ]
    yield Section("Timetable", ("School", "From", "Counted over", "You teach", "A full timetable"), rows)


def placed(placements: Iterable[Placement], heading: str) -> Section:
    """Each placement: school, days, contract, training, why it ended."""
    rows = [
        [
            f"{p.school.name} (lead school)" if p.is_lead else p.school.name,
            day(p.starts_on),
            day(p.ends_on),
            f"From {day(p.contract_starts_on)}" + (f" to {day(p.contract_ends_on)}" if p.contract_ends_on else ""),
            p.get_route_display(),
            p.get_leaving_cause_display(),
        ]
        for p in placements
    ]
    return Section(heading, PLACEMENTS, rows)


def patterns(placements: Iterable[Placement], heading: str) -> Section:
    """Each step of the working pattern at each school."""
    rows = [
        [p.school.name, day(step.starts_on), step_words(step.fte, step.days)]
        for p in placements
        for step in p.patterns.all()
    ]
    return Section(heading, ("School", "From", "Working pattern"), rows)


def people(appointments: QuerySet[Appointment]) -> Section:
    """Each mentor and induction tutor."""
    held = appointments.select_related("user", "school").order_by("starts_on", "kind")
    rows = [[a.user.name, a.get_kind_display(), a.school.name, day(a.starts_on), day(a.ends_on)] for a in held]
    return Section("Mentors and induction tutors", ("Name", "Role", "School", "From", "To"), rows)


def bodies(held: QuerySet[BodyPeriod]) -> Section:
    """Each appropriate body's responsibility, with its officer and named contact."""
    periods = held.select_related("body", "officer", "contact")
    rows = [
        [p.body.name, day(p.starts_on), day(p.ends_on), p.officer.name, p.contact.name if p.contact else ""]
        for p in periods
    ]
    return Section("Appropriate bodies", ("Appropriate body", "From", "To", "Officer", "Named contact"), rows)


def before(induction: Induction) -> Section:
    """Service before the case, as a body confirmed it."""
    known = PriorService.objects.filter(induction=induction).select_related("body")
    rows = [
        [
            plain_amount(p.terms),
            plain_amount(p.calendar_terms),
            plain_amount(p.absence_days),
            p.source,
            p.body.name,
            day(p.confirmed_on),
        ]
        for p in known
    ]
    columns = ("Terms served", "Terms meanwhile", "Days absent", "Where this comes from", "Confirmed by", "On")
    return Section("Service before", columns, rows)


def _agreements(induction: Induction) -> Section:
    rows = [
        [a.stated, a.get_answer_display(), day(a.on), a.text, a.reply, day(a.replied_on)]
        for a in Agreement.objects.filter(induction=induction)
    ]
    columns = ("What was recorded", "Your answer", "On", "You asked", "The school’s answer", "Answered on")
    return Section("What you agreed or queried", columns, rows)


def choice_words(absence: Absence, on: date) -> str:
    """Where the choice about statutory leave stands; empty where there is none to make."""
    status = status_of(absence, on)
    if status is ElectionStatus.NOT_APPLICABLE:
        return ""
    confirmed = f", confirmed on {day(absence.confirmed_on)}" if absence.confirmed_on else ""
    return f"{status.label}{confirmed}"


def plain_amount(amount: Decimal) -> str:
    """ "0.6", without zeros that say nothing."""
    return f"{amount.normalize():f}"
