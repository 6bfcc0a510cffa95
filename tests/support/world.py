"""A small world with one of everything, for the sweeps: plain facts, told apart from the code under test.

Two appropriate bodies, two schools of one trust with the first body, one school with the second. In each tenant there
is somebody in every role, an ECT with reviews in every state, and objects that another tenant must not see. The world
says who stands where; what follows from it the sweeps say (R79), never the portal's own tables.
"""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

SCHOOLS = {"oak": "north", "elm": "north", "harbour": "south"}  # school: its appropriate body
SCHOOL_ROLES = ("mentor", "induction_tutor", "induction_lead", "headteacher", "school_admin", "governor")
TRUSTED = {"oak", "elm"}  # the schools of the trust
MENTORS_READ = {"elm"}  # schools that let mentors read progress reviews
TRUST_FIRST = {"elm"}  # schools whose concerns go to the trust before the appropriate body
TWO_OFFICERS = {"north"}  # bodies in which a second officer approves every decision
MENTORS_OBSERVE = {"oak", "elm"}  # schools that let mentors read observations
BODY_ROLES = ("body_officer", "body_contact", "body_admin")


@dataclass(frozen=True)
class Person:
    """Somebody acting in one role. `place` is the key of an organisation, empty for an ECT acting as themself."""

    key: str
    user_id: UUID
    name: str
    email: str
    role: str
    place: str
    acting_for: str


@dataclass(frozen=True)
class Case:
    """One induction: the key of its ECT's person, and who stood where in it.

    `mentors`, `tutors` and `responsible` (the body) are today's; schools in `joined` know nothing of what was before.
    """

    key: str
    id: UUID
    ect: str
    schools: frozenset[str]
    bodies: frozenset[str]
    mentors: frozenset[str]
    tutors: frozenset[str]
    now: str = ""
    responsible: str = ""
    joined: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Formed(Case):
    """A case for which a blank form is asked; `args` are those of its address."""

    args: tuple = ()


@dataclass(frozen=True)
class Piece:
    """Something at one school of a case: a placement, a working pattern, an appointment, an absence, a query, an
    observation, a note of one or of a meeting.

    `shared` are those to whom it was handed over.
    """

    key: str
    id: UUID
    case: str
    school: str
    body: str
    over: bool = False
    shared: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Recommended(Piece):
    """A recommendation that the body has received, and what the ECT wrote about it."""


@dataclass(frozen=True)
class Decided(Piece):
    """A decision, or, while it is not `made`, a proposal that is the body's own affair."""

    made: bool = False


@dataclass(frozen=True)
class Supported(Piece):
    """A concern, or a proposal of one, and for which roles it is: of those at its school, its trust or its body."""

    hears: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Noticed(Piece):
    """Notice of a decision: the body reads it, and the person it is to, if they have an account."""

    reader: str = ""


@dataclass(frozen=True)
class Review:
    """One progress review: where it was written, to whom it was sent, and to whom it was handed over."""

    key: str
    id: UUID
    case: str
    school: str
    body: str
    shared_with: frozenset[str]
    state: str
    latest: int


@dataclass(frozen=True)
class Assessed(Review):
    """One formal assessment, by the key of its case; `sent` is the version that the body has, 0 before it has any."""

    sent: int


@dataclass(frozen=True)
class Registration:
    """What a school said of a teacher: the school that sent it and the body that it named."""

    key: str
    id: UUID
    school: str
    body: str


@dataclass(frozen=True)
class Between:
    """Something that passes between two bodies: a release, a request for one, a record handed over.

    `giver` has or had the ECT, empty where nobody has; `taker` asks for them or takes them on, empty where unknown.
    """

    key: str
    id: UUID
    giver: str
    taker: str


@dataclass(frozen=True)
class Kept:
    """Something that is an organisation's own: an invitation, a role, a person to give roles to."""

    key: str
    id: UUID
    place: str


@dataclass(frozen=True)
class Looked:
    """A visit of a body's quality assurance, or one of its findings: whose, at which school, and whether the school
    knows. `owner` is the role that has to act, `about` the case that a finding names.
    """

    key: str
    id: UUID
    body: str
    school: str
    shared: bool
    owner: str = ""
    about: str = ""


@dataclass(frozen=True)
class Coded:
    """A question that every body asks, by its code."""

    key: str
    id: str


@dataclass(frozen=True)
class Tenant:
    """A school or body whose settings have a page: its key and its organisation's id."""

    key: str
    id: UUID


@dataclass(frozen=True)
class Settings:
    """A row of settings that has not begun, of the tenant with this key."""

    key: str
    id: UUID
    place: str


@dataclass(frozen=True)
class Calendar:
    """The calendar of a school or a trust. `args` are those of an address: for a year, the year that begins it too."""

    key: str
    args: tuple[UUID | int, ...]


@dataclass(frozen=True)
class Canary:
    """A text that only those may read who may read what it stands in.

    `kind` says what that is: "case" (name, TRN), "earlier" (what a school that joined may not know), "review" (all that
    was written in or about one), "assessment" (the same), "representation" (what an ECT wrote to the body), "decision",
    "query" (of recorded service, and its answer), "health" (why somebody was away), "timetable" (what is taught),
    "level" (why an ECT is on which level; its meetings and updates), "body_record" (what a body did), "concern",
    "proposal" (of one), "own_concern" (of the ECT's),
    "observation", "visit", "meeting" (of mentor and ECT), "self_rating", "input" (what a colleague was asked and
    said), "input_address" (where they were asked), "reduction" (advice and reasons), "exemption" (what was searched
    and decided where records were lost), "registration", "national" (what the national service said of a row),
    "import" (rows of a file), "claim" (one that was brought along), "draft", "invitation", "own_access" (the address
    at which an ECT is invited), "personal" (an ECT's own address), "quality" (what a body found, and the school if it
    is named in `about`; "quality_ect" where it names an ECT), "chase" (an officer's line to a
    school) or "move" (what one of the bodies in `about` wrote); else
    `about` is the key of what it stands in, or of the person whose it is.
    """

    text: str
    kind: str
    about: str


@dataclass
class World:
    """Everything in it, by key."""

    today: date
    places: dict[str, UUID] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    cases: dict[str, Case] = field(default_factory=dict)
    reviews: dict[str, Review] = field(default_factory=dict)
    assessments: dict[str, Assessed] = field(default_factory=dict)
    letters: dict[str, Assessed] = field(default_factory=dict)  # of headteachers, each with what its report has
    registrations: dict[str, Registration] = field(default_factory=dict)
    invitations: dict[str, Kept] = field(default_factory=dict)
    members: dict[str, Kept] = field(default_factory=dict)
    persons: dict[str, Kept] = field(default_factory=dict)
    placements: dict[str, Piece] = field(default_factory=dict)
    patterns: dict[str, Piece] = field(default_factory=dict)
    appointments: dict[str, Piece] = field(default_factory=dict)
    queries: dict[str, Piece] = field(default_factory=dict)
    absences: dict[str, Piece] = field(default_factory=dict)
    notices: dict[str, Piece] = field(default_factory=dict)
    observations: dict[str, Piece] = field(default_factory=dict)
    visits: dict[str, Piece] = field(default_factory=dict)
    meetings: dict[str, Piece] = field(default_factory=dict)
    inputs: dict[str, Piece] = field(default_factory=dict)  # of colleagues, asked for
    self_ratings: dict[str, Piece] = field(default_factory=dict)
    files: dict[str, Kept] = field(default_factory=dict)
    batches: dict[str, Kept] = field(default_factory=dict)
    claims: dict[str, Kept] = field(default_factory=dict)
    reductions: dict[str, Piece] = field(default_factory=dict)
    exemptions: dict[str, Piece] = field(default_factory=dict)
    bundles: dict[str, Kept] = field(default_factory=dict)
    releases: dict[str, Between] = field(default_factory=dict)
    requests: dict[str, Between] = field(default_factory=dict)
    handed: dict[str, Between] = field(default_factory=dict)
    quality_rounds: dict[str, Kept] = field(default_factory=dict)
    quality_visits: dict[str, Looked] = field(default_factory=dict)
    quality_findings: dict[str, Looked] = field(default_factory=dict)
    sought: dict[str, str] = field(default_factory=dict)  # case: the body that typed, or was told, whose it is
    recommendations: dict[str, Recommended] = field(default_factory=dict)
    decisions: dict[str, Decided] = field(default_factory=dict)
    decision_notices: dict[str, Noticed] = field(default_factory=dict)
    appeals: dict[str, Decided] = field(default_factory=dict)
    appeal_requests: dict[str, Decided] = field(default_factory=dict)
    appeal_replies: dict[str, Decided] = field(default_factory=dict)
    concerns: dict[str, Supported] = field(default_factory=dict)
    proposals: dict[str, Supported] = field(default_factory=dict)
    own_concerns: dict[str, Supported] = field(default_factory=dict)
    plan_meetings: dict[str, Supported] = field(default_factory=dict)
    body_updates: dict[str, Supported] = field(default_factory=dict)
    body_records: dict[str, Supported] = field(default_factory=dict)
    support_levels: dict[str, Supported] = field(default_factory=dict)
    plans: dict[str, Supported] = field(default_factory=dict)
    plan_weeks: dict[str, Supported] = field(default_factory=dict)
    chases: dict[str, Piece] = field(default_factory=dict)
    unreached: dict[str, Kept] = field(default_factory=dict)
    settings: dict[str, Settings] = field(default_factory=dict)
    canaries: list[Canary] = field(default_factory=list)
    first_year: int = 0  # of the school year under way

    def found_in(self, text: str) -> list[Canary]:
        """Every canary that sings in a text."""
        return [canary for canary in self.canaries if canary.text in text]

    def tenant(self, key: str) -> Tenant:
        """A school or body by its key."""
        return Tenant(key, self.places[key])

    def keeps(self, person: Person, place: str) -> bool:
        """Whether settings of a place are those of this person's own organisation, or of a school of their trust."""
        return person.place == place or (person.place == "meridian" and place in TRUSTED)

    def reaches(self, person: Person, case: Case) -> bool:
        """Whether this person, in this role, has to do with a case today (R79: scope first)."""
        if person.role in SCHOOL_ROLES[2:5]:
            return person.place in case.schools
        if person.role in BODY_ROLES:
            return person.place in case.bodies
        return person.key in {case.ect} | case.mentors | case.tutors

    def reaches_review(self, person: Person, review: Review) -> bool:
        """Whether a review is among the records of this person's own side: R79, R85."""
        if not self.reaches(person, self.cases[review.case]):
            return False
        return not person.place or person.place in {review.school, review.body} | review.shared_with

    def reaches_assessment(self, person: Person, assessment: Assessed) -> bool:
        """As a review, but a body knows of none before it was sent one."""
        unsent = person.role in BODY_ROLES and not assessment.sent
        return not unsent and self.reaches_review(person, assessment)

    def reaches_piece(self, person: Person, piece: Piece) -> bool:
        """Whether a piece is among the records of this person's own side: R79, R85."""
        if isinstance(piece, Supported) and person.role not in piece.hears:
            return False
        if isinstance(piece, Supported) and person.role == "trust_officer":
            return piece.school in TRUSTED
        if not self.reaches(person, self.cases[piece.case]):
            return False
        if isinstance(piece, Noticed) and person.place != piece.body:
            return person.key == piece.reader
        if isinstance(piece, Decided) and not piece.made:
            return person.place == piece.body
        return not person.place or person.place in {piece.school, piece.body} | piece.shared

    def reaches_quality(self, person: Person, looked: Looked) -> bool:
        """Whether a visit or finding is of this person's body or, once it is shared, of their school; one that names an
        ECT, for a tutor, where they are that ECT's.
        """
        if person.place == looked.body:
            return True
        named = looked.about and person.role not in {"headteacher", "induction_lead"}
        if named and not self.reaches(person, self.cases[looked.about]):
            return False
        return looked.shared and person.place == looked.school

    def reaches_registration(self, person: Person, registration: Registration) -> bool:
        """Whether a registration was sent by this person's school, or to their body, where they deal with them."""
        if person.role in {"headteacher", "school_admin"}:
            return person.place == registration.school
        return person.role in {"body_officer", "body_admin"} and person.place == registration.body

    def reaches_calendar(self, person: Person, place: str) -> bool:
        """Whether a school's calendar is this person's affair: their own, their trust's or their body's schools'."""
        if person.role == "trust_officer":
            return place in {"meridian", "oak", "elm"}
        return place == person.place or SCHOOLS.get(place) == person.place
