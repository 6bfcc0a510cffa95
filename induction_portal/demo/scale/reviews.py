"""The reviews of a case that should have been sent by now, nearly all of them sent, sealed, read and answered."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, NamedTuple
from uuid import UUID

from django.urls import reverse

from assessments.content import Answers
from assessments.document import KIND
from assessments.models import Acknowledgement, BodyResponse, ProgressReview, Version
from assessments.tell import SUBMITTED
from cases.deadlines import PROGRESS_REVIEW
from cases.rules.reviews import Target
from cases.rules.schedule import Event as Due
from cases.rules.standards import Rating, Standard
from cases.rules.statuses import MessageStatus, ReviewStatus
from induction_portal.accounts.permissions import Role
from induction_portal.audit.events import Event
from induction_portal.audit.record import seal
from induction_portal.documents.models import IssuedDocument
from notifications import kinds
from notifications.models import Message

from .copying import Spool
from .places import Person, new_id
from .story import Stay, Story, Teller
from .trail import Happening

MISSING, NEVER_READ, RETURNED = 0.06, 0.15, 0.02
ANSWERED_AFTER, UNREAD_FOR = timedelta(days=10), timedelta(days=30)
EVIDENCE = (
    "Two lesson visits and a look at pupils’ books this term: questions are well judged, and starts are calm.",
    "Planning is shared with the year team and adapted well. Behaviour routines are settled in all but one class.",
    "Marking is up to date and pupils know what to improve. Subject knowledge is strong; pace is the next step.",
    "Visits by the mentor and the head of department agree: lessons are orderly and pupils make good progress.",
)
CONCERNS = "A support plan has been agreed: weekly joint planning, two visits a fortnight, a meeting in four weeks."
TARGETS = (
    ("Plan questions that check every pupil’s understanding before moving on", Standard.TS6),
    ("Use the seating plan and the agreed routines in every lesson", Standard.TS7),
    ("Adapt one task in each lesson for pupils who find reading hard", Standard.TS5),
)


@dataclass(slots=True)
class Case:
    """What is known of a case while its rows are written; of each stay its placement and its people."""

    induction_id: UUID
    ect: Person
    trn: str
    born: date
    placements: dict[Stay, UUID] = field(default_factory=dict)
    officers: dict[Stay, Person] = field(default_factory=dict)
    tutors: dict[Stay, Person] = field(default_factory=dict)
    mentors: dict[Stay, Person] = field(default_factory=dict)


class _Held(NamedTuple):
    """One review: which, where, and when."""

    case: Case
    stay: Stay
    due: Due
    period_starts_on: date
    held_on: date
    sent_on: date
    story: Story


class ReviewWriter:
    """Writes reviews as of a day, each version sealed as `assessments.content` seals it."""

    def __init__(self, spool: Spool, random: Random, teller: Teller, at: datetime, document: str) -> None:
        self._spool, self._random, self._teller = spool, random, teller
        self._at, self._today, self._document = at, at.date(), document
        self._title = kinds.get(SUBMITTED).title({})

    def write(self, case: Case, story: Story, events: Iterable[Due]) -> list[Happening]:
        """The rows of a case's reviews, and what was done."""
        done: list[Happening] = []
        for held in self._held(case, story, events):
            done += self._review(held)
        return done

    def _held(self, case: Case, story: Story, events: Iterable[Due]) -> Iterable[_Held]:
        """The reviews that were sent, the latest of them perhaps late."""
        past = [due for due in events if due.kind == PROGRESS_REVIEW and due.due_on < self._today]
        if past and self._random.random() < MISSING:
            past.pop()
        since = story.starts_on
        for due in past:
            stay = story.stay_on(due.due_on)
            held_on = self._teller.school_day(due.due_on - timedelta(days=self._random.randint(3, 12)))
            if held_on < max(since, stay.starts_on):
                return
            period = max(since, stay.starts_on)
            yield _Held(case, stay, due, period, held_on, held_on + timedelta(days=1), story)
            since = held_on + timedelta(days=1)

    def _review(self, held: _Held) -> list[Happening]:
        key, version = new_id(self._random), new_id(self._random)
        text, digest = seal(self._content(held))
        status = self._status(held)
        read = self._random.random() >= NEVER_READ
        answered = status is not ReviewStatus.SUBMITTED
        school, tutor = held.stay.school, held.case.tutors[held.stay]
        self._spool.add(
            ProgressReview, id=key, induction_id=held.case.induction_id, placement_id=held.case.placements[held.stay],
            school_id=school.id, body_id=school.works_with.id, number=held.due.number, status=status.value,
            due_on=held.due.due_on, period_starts_on=held.period_starts_on, held_on=held.held_on,
            revision=1 + read + answered, submitted_by_id=tutor.user_id, submitted_on=held.sent_on,
        )  # fmt: skip
        self._spool.add(
            Version, id=version, review_id=key, number=1, content=text, sha256=digest, sealed_by_id=tutor.user_id,
            sealed_on=held.sent_on,
        )  # fmt: skip
        self._issued(key, held, version=1 + read + answered)
        self._messages(key, held)
        by, sealed = school.actor(Role.INDUCTION_TUTOR, tutor), {"version": 1, "sha256": digest}
        done = [Happening(held.sent_on, Event.REVIEW_SUBMITTED, "assessments.progressreview", key, by, sealed)]
        if read:
            done.append(self._read(key, version, held))
        if answered:
            done.append(self._answered(key, version, held, status))
        return done

    def _status(self, held: _Held) -> ReviewStatus:
        if held.sent_on + ANSWERED_AFTER > self._today:
            return ReviewStatus.SUBMITTED
        return ReviewStatus.RETURNED if self._random.random() < RETURNED else ReviewStatus.ACCEPTED

    def _read(self, key: UUID, version: UUID, held: _Held) -> Happening:
        on, ect = held.sent_on + timedelta(days=2), held.case.ect
        self._spool.add(
            Acknowledgement, id=new_id(self._random), review_id=key, version_id=version, by_id=ect.user_id, on=on
        )
        by = held.stay.school.actor(Role.ECT, ect)._replace(organisation_id=None)
        return Happening(on, Event.REVIEW_ACKNOWLEDGED, "assessments.progressreview", key, by, {"version": 1})

    def _answered(self, key: UUID, version: UUID, held: _Held, status: ReviewStatus) -> Happening:
        on, officer = held.sent_on + timedelta(days=5), held.case.officers[held.stay]
        returned = status is ReviewStatus.RETURNED
        comments = "Please add what was seen in the lesson visits." if returned else ""
        self._spool.add(
            BodyResponse, id=new_id(self._random), review_id=key, version_id=version, outcome=status.value,
            comments=comments, by_id=officer.user_id, on=on,
        )  # fmt: skip
        event = Event.REVIEW_RETURNED if returned else Event.REVIEW_ACCEPTED
        by = held.stay.school.works_with.actor(Role.BODY_OFFICER, officer)
        return Happening(on, event, "assessments.progressreview", key, by, {"version": 1})

    def _issued(self, key: UUID, held: _Held, *, version: int) -> None:
        """Every review has its document, so that a worker started on this database has nothing to render."""
        school = held.stay.school
        self._spool.add(
            IssuedDocument, id=new_id(self._random), kind=KIND, subject_id=key, version=version,
            organisation_id=school.id, body_id=school.works_with.id, filename=f"progress-review-{held.due.number}",
            stored_id=self._document, issued_at=self._at, issued_by_id=None,
        )  # fmt: skip

    def _messages(self, key: UUID, held: _Held) -> None:
        """The ECT and the body's officer were told; what is older than a month they have read."""
        sent_at = self._at - (self._today - held.sent_on)
        read_at = sent_at if self._today - held.sent_on > UNREAD_FOR else None
        url = reverse("assessments:review", args=[key])
        for person in (held.case.ect, held.case.officers[held.stay]):
            self._spool.add(
                Message, kind=SUBMITTED, recipient_id=person.user_id, organisation_id=held.stay.school.id,
                subject_id=key, title=self._title, url=url, once="v1", created_at=sent_at, read_at=read_at,
                status=MessageStatus.SENT.value, sent_at=sent_at, attempts=1,
            )  # fmt: skip

    def _content(self, held: _Held) -> dict[str, Any]:
        absent = self._teller.days_absent(held.story, held.period_starts_on, held.held_on)
        return self._answers(held).as_content() | self._identity(held) | {"days_absent": f"{absent.normalize():f}"}

    def _answers(self, held: _Held) -> Answers:
        level = Rating.ATTENTION if held.story.struggling else Rating(4)
        text, standard = self._random.choice(TARGETS)
        due_on = held.due.due_on + timedelta(days=90)
        return Answers(
            held_on=held.held_on,
            present=("ect", "reviewer"),
            others_present="",
            on_track=not held.story.struggling,
            evidence=self._random.choice(EVIDENCE),
            ratings=dict.fromkeys(Standard, Rating(4)) | {Standard.TS7: level},
            statements={Standard.TS7: "Routines are not yet settled in two classes."} if held.story.struggling else {},
            targets=(Target(text=text, standard=standard, due_on=due_on, success_criteria="Seen in three visits"),),
            no_concern_reason="The evidence meets what is expected at this point.",
            support_outline=CONCERNS,
        )

    def _identity(self, held: _Held) -> dict[str, Any]:
        """The head of the form, with the names as they were (R57)."""
        case, stay = held.case, held.stay
        worked = [step for step in stay.steps if step.starts_on <= held.held_on] or [stay.steps[0]]
        tutor = case.tutors[stay].name
        return {
            "ect": case.ect.name,
            "trn": case.trn,
            "date_of_birth": case.born.isoformat(),
            "school": stay.school.name,
            "body": stay.school.works_with.name,
            "tutor": tutor,
            "mentor": case.mentors[stay].name,
            "author": tutor,
            "author_role": Role.INDUCTION_TUTOR.label,
            "number": held.due.number,
            "period_starts_on": held.period_starts_on.isoformat(),
            "fte": str(worked[-1].pattern.fte.normalize()),
            "version": 1,
            "submitted_on": held.sent_on.isoformat(),
        }
