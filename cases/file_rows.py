"""The rows of a case in words, for the file that its appropriate body makes of it: as far as that body may know them,
and never why somebody was away (R79).
"""

from collections.abc import Iterable

from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.viewer import Viewer
from induction_portal.govuk.words import day

from . import record_rows as rows
from .absences import in_words
from .access import as_at, visible_records
from .explaining import explain
from .facts import CaseFacts
from .models import Absence, Agreement, Appointment, BodyPeriod, Confirmation, Induction, Timetable
from .parts import Chapter, Filing, Section
from .registrations import pattern_words
from .rules.timeline import timeline
from .sight import sight
from .telling import facts_told, steps, told_to

May = frozenset[Permission]
REGISTERED = ("Sent by", "To", "Reported on", "Programme starts", "Working pattern", "Where it stands")
CONFIRMED = ("Appropriate body", "Answer", "On", "By", "First day as agreed", "Qualified teacher status", "Reason")
ABSENCES = ("School", "Absence", "Recorded", "Choice about leave", "Taken back")
TIMETABLES = ("School", "From", "Counted over", "The ECT teaches", "A full timetable")
SAID = ("What was recorded", "The ECT’s answer", "On", "The ECT asked", "The school’s answer", "Answered on")
WHY_AWAY = (
    "Why the ECT was absent",
    "A matter of health: only the ECT and the headteacher may read it. The days and what they count for are in the "
    "chapter on absence.",
)


def registration_filing(induction: Induction, viewer: Viewer) -> Filing:
    """What the schools reported to this body, and how it answered."""
    answers = Confirmation.objects.filter(induction=induction, body=viewer.organisation)
    confirmed = list(answers.select_related("registration__school", "registration__body", "body", "decided_by"))
    told = [each.registration for each in confirmed]
    reported = [
        [r.school.name, r.body.name, day(r.reported_on), day(r.starts_on), pattern_words(r.fte, r.days),
         r.get_state_display()]
        for r in told
    ]  # fmt: skip
    every = Confirmation.objects.filter(registration__in=told).select_related("body", "decided_by")
    answered = [
        [c.body.name, c.get_outcome_display(), day(c.decided_on), c.decided_by.name, day(c.starts_on), day(c.qts_on),
         c.reason]
        for c in every.order_by("decided_at")
    ]  # fmt: skip
    sections = Section("What was registered", REGISTERED, reported), Section("The answers", CONFIRMED, answered)
    return Filing(Chapter.REGISTRATION, sections)


def service_filing(induction: Induction, viewer: Viewer) -> Filing:
    """Placements, working patterns, people, bodies, service before, and what the ECT said of what was recorded."""
    placements, until = list(sight(viewer, induction).placements), as_at(viewer, induction)
    begun = {"induction": induction, "starts_on__lte": until}
    said = visible_records(viewer, Agreement.objects.filter(induction=induction, on__lte=until))
    cells = [
        [a.stated, a.get_answer_display(), day(a.on), a.text, a.reply, day(a.replied_on)] for a in said.order_by("on")
    ]
    return Filing(
        Chapter.SERVICE,
        (
            rows.placed(placements, "Schools"),
            rows.patterns(placements, "Working patterns"),
            rows.people(Appointment.objects.filter(**begun)),
            rows.bodies(BodyPeriod.objects.filter(**begun)),
            rows.before(induction),
            Section("What the ECT agreed or queried", SAID, cells),
        ),
    )


def clock_filing(induction: Induction, viewer: Viewer, may: May) -> Filing:
    """Where induction stands by the rules, why, and what falls or fell due."""
    facts = facts_told(viewer, induction)
    return Filing(Chapter.CLOCK, tuple(_clock(induction, viewer, may, facts)))


def _clock(induction: Induction, viewer: Viewer, may: May, facts: CaseFacts) -> Iterable[Section]:
    answer = explain(timeline(facts), told=told_to(viewer, may, induction), key="file")
    stands = [["End", answer.headline], ["So far", answer.stands]]
    yield Section("Where induction stands", ("What", "As reckoned"), stands)
    yield Section("The parts of induction", answer.parts_columns, _words(answer.parts))
    because = [[why.says, why.rule, why.source] for why in answer.because]
    yield Section("Why", ("Reason", "Rule", "Source"), because)
    found = steps(viewer, may, induction)
    due = [[step.says, day(step.due_on), step.owner, step.state, step.why] for step in found]
    yield Section("What falls or fell due", ("What", "Day", "Whose task", "Where it stands", "Why"), due)
    yield Section("What is assumed", ("Assumption",), [[each] for each in answer.assumed])


def _words(found: Iterable[Iterable[object]]) -> list[list[str]]:
    return [[str(cell) for cell in row] for row in found]


def absence_filing(induction: Induction, viewer: Viewer) -> Filing:
    """The absences of the body's own time, withdrawn ones too."""
    known = Absence.objects.filter(induction=induction, recorded_on__lte=as_at(viewer, induction))
    told = visible_records(viewer, known)
    cells = [
        [
            absence.school.name,
            in_words(absence),
            day(absence.recorded_on),
            rows.choice_words(absence, viewer.on),
            f"Taken back on {day(absence.withdrawn_on)}" if absence.withdrawn_on else "",
        ]
        for absence in told.select_related("school").order_by("starts_on", "pk")
    ]
    return Filing(Chapter.ABSENCE, (Section("Absence", ABSENCES, cells),), left_out=(WHY_AWAY,))


def timetable_filing(induction: Induction, viewer: Viewer) -> Filing:
    """Every timetable on record: what was taught beside what a teacher without induction's reduction teaches."""
    told = visible_records(viewer, Timetable.objects.filter(induction=induction))
    cells = [
        [
            row.school.name,
            day(row.starts_on),
            row.get_cycle_display(),
            f"{rows.plain_amount(row.taught)} {row.unit}",
            f"{rows.plain_amount(row.reference)} {row.unit}",
        ]
        for row in told.select_related("school").order_by("starts_on")
    ]
    return Filing(Chapter.TIMETABLE, (Section("Timetables", TIMETABLES, cells),))
