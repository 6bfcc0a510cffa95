"""Which status may follow which, and in whose hands the move lies.

One table a noun: ``{status: {next status: roles that may make the move}}``. A status without a row of its own is final.
``SYSTEM`` stands for the portal itself (a day has come, a fact was recorded, a mail server answered). Conditions beyond
status and role belong to the action or to the rule named beside the table. ``docs/states.md`` is drawn from here.
"""

from __future__ import annotations

from collections.abc import Mapping

from .errors import RuleBroken
from .statuses import (
    AppealStatus,
    AssessmentStatus,
    ConcernStatus,
    DeadlineStatus,
    DecisionStatus,
    ElectionStatus,
    InductionStatus,
    MeetingStatus,
    MessageStatus,
    NoticeStatus,
    ObservationStatus,
    PlanStatus,
    RecommendationStatus,
    ReductionStatus,
    RegistrationStatus,
    RepresentationsStatus,
    ReviewStatus,
    SignatureStatus,
    Status,
    SupportLevel,
)

Moves = Mapping[Status, Mapping[Status, frozenset[str]]]


def _roles(names: str) -> frozenset[str]:
    return frozenset(names.split())


SYSTEM = _roles("system")
ECT = _roles("ect")
HEAD = _roles("headteacher")
BODY = _roles("body_officer")
CONTACT = _roles("body_contact")
TRUST = _roles("trust_officer")
TUTORS = _roles("induction_tutor induction_lead headteacher")
MENTORS = TUTORS | _roles("mentor")
PLANNERS = MENTORS - HEAD
REGISTRARS = TUTORS | _roles("school_admin")
SIGNERS = TUTORS | ECT
RECORDERS = SYSTEM | REGISTRARS | _roles("mentor body_officer body_contact body_admin")

ROLE_NAMES = {
    "ect": "the ECT",
    "mentor": "the mentor",
    "induction_tutor": "the induction tutor",
    "induction_lead": "the induction lead",
    "headteacher": "the headteacher",
    "school_admin": "the school administrator",
    "governor": "a governor",
    "trust_officer": "a trust officer",
    "body_officer": "the appropriate body’s officer",
    "body_contact": "the appropriate body’s named contact",
    "body_admin": "the appropriate body’s administrator",
    "operator": "the operator",
    "system": "the portal",
}

INDUCTION_MOVES: Moves = {
    InductionStatus.REQUIRED: {InductionStatus.IN_PROGRESS: BODY, InductionStatus.EXEMPT: BODY},
    InductionStatus.IN_PROGRESS: {InductionStatus.PASSED: BODY, InductionStatus.FAILED: BODY},
    InductionStatus.FAILED: {InductionStatus.IN_PROGRESS: BODY, InductionStatus.PASSED: BODY},  # appeal allowed, R66
}
REGISTRATION_MOVES: Moves = {
    RegistrationStatus.REPORTED: {
        RegistrationStatus.CONFIRMED: BODY,
        RegistrationStatus.REFUSED: BODY,
        RegistrationStatus.WITHDRAWN: REGISTRARS,
    },
    RegistrationStatus.REFUSED: {RegistrationStatus.REPORTED: REGISTRARS},
}
REVIEW_MOVES: Moves = {
    ReviewStatus.DRAFT: {ReviewStatus.SUBMITTED: TUTORS},
    ReviewStatus.SUBMITTED: {ReviewStatus.ACCEPTED: BODY, ReviewStatus.RETURNED: BODY},
    ReviewStatus.RETURNED: {ReviewStatus.SUBMITTED: TUTORS},
}
OBSERVATION_MOVES: Moves = {  # a mentor reads observations and writes none (R79)
    ObservationStatus.DRAFT: {ObservationStatus.PLANNED: TUTORS, ObservationStatus.SHARED: TUTORS},
    ObservationStatus.PLANNED: {ObservationStatus.SHARED: TUTORS, ObservationStatus.CANCELLED: TUTORS},
    ObservationStatus.SHARED: {ObservationStatus.ACKNOWLEDGED: ECT},
}
ASSESSMENT_MOVES: Moves = {
    AssessmentStatus.DRAFT: {AssessmentStatus.COMMENTING: TUTORS},
    # what a new version leaves untouched stands: comments and signatures under it need not be given again
    # what the ECT answered on paper, or that they did not, the school records: on_paper.check_on_paper
    AssessmentStatus.COMMENTING: {AssessmentStatus.SIGNING: SIGNERS | SYSTEM, AssessmentStatus.DRAFT: TUTORS},
    AssessmentStatus.SIGNING: {AssessmentStatus.SIGNED: SIGNERS, AssessmentStatus.DRAFT: TUTORS},
    AssessmentStatus.SIGNED: {AssessmentStatus.SENT: TUTORS},
    AssessmentStatus.SENT: {AssessmentStatus.ACCEPTED: BODY, AssessmentStatus.RETURNED: BODY},
    AssessmentStatus.RETURNED: {AssessmentStatus.DRAFT: TUTORS},
}
SIGNATURE_MOVES: Moves = {
    SignatureStatus.REQUESTED: {
        SignatureStatus.SIGNED: SIGNERS,
        SignatureStatus.REFUSED: SIGNERS,
        SignatureStatus.VOID: SYSTEM,
    },
    SignatureStatus.REFUSED: {SignatureStatus.SIGNED: SIGNERS, SignatureStatus.VOID: SYSTEM},
    SignatureStatus.SIGNED: {SignatureStatus.VOID: SYSTEM},
}
RECOMMENDATION_MOVES: Moves = {
    RecommendationStatus.DRAFT: {RecommendationStatus.SENT: HEAD},
    RecommendationStatus.SENT: {
        RecommendationStatus.EARLY: SYSTEM,
        RecommendationStatus.RECEIVED: SYSTEM,
        RecommendationStatus.WITHDRAWN: HEAD,
    },
    RecommendationStatus.EARLY: {RecommendationStatus.RECEIVED: SYSTEM, RecommendationStatus.WITHDRAWN: HEAD},
    RecommendationStatus.RECEIVED: {RecommendationStatus.DECIDED: BODY},
    RecommendationStatus.WITHDRAWN: {RecommendationStatus.DRAFT: HEAD},
}
REPRESENTATIONS_MOVES: Moves = {
    RepresentationsStatus.OPEN: {
        RepresentationsStatus.MADE: ECT,
        RepresentationsStatus.WAIVED: ECT,
        RepresentationsStatus.CLOSED: SYSTEM,
    },
    # what was written may be added to while the days run
    RepresentationsStatus.MADE: {RepresentationsStatus.MADE: ECT, RepresentationsStatus.WAIVED: ECT},
}
_DECIDED: Mapping[Status, frozenset[str]] = {
    DecisionStatus.PASSED: BODY,
    DecisionStatus.EXTENDED: BODY,
    DecisionStatus.FAILED: BODY,
}
DECISION_MOVES: Moves = {
    DecisionStatus.PENDING: {DecisionStatus.PROPOSED: BODY, **_DECIDED},
    DecisionStatus.PROPOSED: {DecisionStatus.RETURNED: BODY, **_DECIDED},
    DecisionStatus.EXTENDED: {DecisionStatus.VARIED: BODY},
    DecisionStatus.FAILED: {DecisionStatus.VARIED: BODY},
}
NOTICE_MOVES: Moves = {
    NoticeStatus.DRAFT: {NoticeStatus.QUEUED: BODY, NoticeStatus.POSTED: BODY, NoticeStatus.NOT_NEEDED: BODY},
    NoticeStatus.QUEUED: {NoticeStatus.SENT: SYSTEM, NoticeStatus.BOUNCED: SYSTEM},
    NoticeStatus.BOUNCED: {NoticeStatus.QUEUED: BODY, NoticeStatus.DRAFT: BODY, NoticeStatus.NOT_NEEDED: BODY},
    NoticeStatus.SENT: {NoticeStatus.BOUNCED: SYSTEM | BODY},
    NoticeStatus.POSTED: {NoticeStatus.RECEIVED: BODY, NoticeStatus.BOUNCED: BODY},
}
_ENDED: Mapping[Status, frozenset[str]] = {AppealStatus.ALLOWED: BODY, AppealStatus.WITHDRAWN: ECT | BODY}
_HEARD: Mapping[Status, frozenset[str]] = {AppealStatus.DISMISSED: BODY, AppealStatus.VARIED: BODY}
APPEAL_MOVES: Moves = {
    AppealStatus.WINDOW_OPEN: {
        AppealStatus.MADE: ECT | BODY,
        AppealStatus.NOT_APPEALING: ECT | BODY,
        AppealStatus.WINDOW_CLOSED: SYSTEM,
    },
    AppealStatus.NOT_APPEALING: {AppealStatus.MADE: BODY},  # the Agency hears it, whatever the ECT had said
    AppealStatus.WINDOW_CLOSED: {AppealStatus.MADE: BODY, AppealStatus.WINDOW_OPEN: BODY},
    AppealStatus.MADE: {AppealStatus.REPLIED: BODY, **_ENDED},
    AppealStatus.REPLIED: {AppealStatus.HEARING: BODY, **_ENDED, **_HEARD},
    AppealStatus.HEARING: {**_ENDED, **_HEARD},
}
CONCERN_MOVES: Moves = {  # the way to the body's named contact is always open (R81)
    ConcernStatus.RAISED: {
        ConcernStatus.ANSWERED: TUTORS,
        ConcernStatus.WITH_TRUST: ECT,
        ConcernStatus.WITH_BODY: ECT,
        ConcernStatus.CLOSED: ECT,
    },
    ConcernStatus.WITH_TRUST: {
        ConcernStatus.ANSWERED: TRUST,
        ConcernStatus.WITH_BODY: ECT,
        ConcernStatus.CLOSED: ECT,
    },
    ConcernStatus.WITH_BODY: {ConcernStatus.ANSWERED: CONTACT, ConcernStatus.CLOSED: ECT},
    ConcernStatus.ANSWERED: {
        ConcernStatus.WITH_TRUST: ECT,
        ConcernStatus.WITH_BODY: ECT,
        ConcernStatus.CLOSED: ECT,
    },
}
PLAN_MOVES: Moves = {  # Level 1 is the mentor's, Levels 2 to 5 the tutor's: plans.writers_of
    PlanStatus.WRITING: {PlanStatus.GOING_ON: PLANNERS, PlanStatus.ENDED_EARLY: MENTORS},
    # without an outcome it ends only when the ECT goes to Level 6, or has left
    PlanStatus.GOING_ON: {PlanStatus.FINISHED: PLANNERS, PlanStatus.ENDED_EARLY: MENTORS},
    PlanStatus.FINISHED: {PlanStatus.CLOSED: MENTORS},
}
MEETING_MOVES: Moves = {
    MeetingStatus.PLANNED: {MeetingStatus.HELD: MENTORS | BODY, MeetingStatus.CANCELLED: MENTORS | BODY},
}
REDUCTION_MOVES: Moves = {
    ReductionStatus.PROPOSED: {ReductionStatus.CONSENTED: ECT, ReductionStatus.REFUSED: ECT | BODY},
    ReductionStatus.CONSENTED: {ReductionStatus.GRANTED: BODY, ReductionStatus.REFUSED: ECT | BODY},
}
ELECTION_MOVES: Moves = {  # a choice may change until the body has confirmed it: absence.check_election
    ElectionStatus.NOT_APPLICABLE: {ElectionStatus.AWAITING_RETURN: SYSTEM},
    ElectionStatus.AWAITING_RETURN: {ElectionStatus.AWAITING_ELECTION: SYSTEM},
    ElectionStatus.AWAITING_ELECTION: {ElectionStatus.EXTEND: ECT, ElectionStatus.NOT_EXTEND: ECT},
    ElectionStatus.EXTEND: {ElectionStatus.NOT_EXTEND: ECT},
    ElectionStatus.NOT_EXTEND: {ElectionStatus.EXTEND: ECT},
}
MESSAGE_MOVES: Moves = {
    MessageStatus.QUEUED: dict.fromkeys(
        (
            MessageStatus.SENDING,
            MessageStatus.HELD,
            MessageStatus.KEPT,
            MessageStatus.ABANDONED,
            MessageStatus.WITHDRAWN,
        ),
        SYSTEM,
    ),
    MessageStatus.SENDING: {
        MessageStatus.SENT: SYSTEM,
        MessageStatus.FAILED: SYSTEM,
        MessageStatus.ABANDONED: SYSTEM,
        MessageStatus.WITHDRAWN: SYSTEM,
    },
    MessageStatus.FAILED: {
        MessageStatus.SENDING: SYSTEM,
        MessageStatus.ABANDONED: SYSTEM,
        MessageStatus.WITHDRAWN: SYSTEM,
    },
    # Several go in one mail and end with it; until then their recipient may choose otherwise.
    MessageStatus.HELD: dict.fromkeys(
        (
            MessageStatus.SENT,
            MessageStatus.ABANDONED,
            MessageStatus.WITHDRAWN,
            MessageStatus.QUEUED,
            MessageStatus.KEPT,
        ),
        SYSTEM,
    ),
    MessageStatus.ABANDONED: {MessageStatus.QUEUED: SYSTEM, MessageStatus.HELD: SYSTEM},
    MessageStatus.SENT: {MessageStatus.ABANDONED: SYSTEM},  # it came back
}
DEADLINE_MOVES: Moves = {
    DeadlineStatus.OPEN: {DeadlineStatus.DONE: RECORDERS, DeadlineStatus.DROPPED: SYSTEM},
    DeadlineStatus.DONE: {DeadlineStatus.OPEN: SYSTEM},
    DeadlineStatus.DROPPED: {DeadlineStatus.OPEN: SYSTEM},
}
_LEVELS = list(SupportLevel)[:6]  # 0 to 5, in order
_UP_TO_5: Moves = {
    low: {high: MENTORS if (low, high) == (_LEVELS[0], _LEVELS[1]) else TUTORS for high in _LEVELS[place + 1 :]}
    for place, low in enumerate(_LEVELS)
}
_AGAIN_OR_DOWN: Moves = {
    SupportLevel.NONE: {},
    SupportLevel.LIGHT_TOUCH: {SupportLevel.LIGHT_TOUCH: MENTORS, SupportLevel.NONE: MENTORS},
    SupportLevel.SUPPORT_1: {SupportLevel.LIGHT_TOUCH: TUTORS, SupportLevel.NONE: TUTORS},
    SupportLevel.SUPPORT_2: dict.fromkeys((SupportLevel.SUPPORT_2, SupportLevel.SUPPORT_1, SupportLevel.NONE), TUTORS),
    SupportLevel.CONCERN: dict.fromkeys(
        (SupportLevel.CONCERN, SupportLevel.SUPPORT_2, SupportLevel.MONITORING), TUTORS
    ),
    SupportLevel.AT_RISK: dict.fromkeys((SupportLevel.CONCERN, SupportLevel.MONITORING), TUTORS),
}
LEVEL_MOVES: Moves = {  # R72; what each move needs besides is escalation.move
    **{low: {**_UP_TO_5[low], **_AGAIN_OR_DOWN[low], SupportLevel.CAPABILITY: HEAD} for low in _LEVELS},
    SupportLevel.MONITORING: {**dict.fromkeys(_LEVELS[:5], TUTORS), SupportLevel.CAPABILITY: HEAD},
    SupportLevel.CAPABILITY: {SupportLevel.MONITORING: HEAD},
}

TABLES: Mapping[type[Status], Moves] = {
    InductionStatus: INDUCTION_MOVES,
    RegistrationStatus: REGISTRATION_MOVES,
    ReviewStatus: REVIEW_MOVES,
    ObservationStatus: OBSERVATION_MOVES,
    AssessmentStatus: ASSESSMENT_MOVES,
    SignatureStatus: SIGNATURE_MOVES,
    RecommendationStatus: RECOMMENDATION_MOVES,
    RepresentationsStatus: REPRESENTATIONS_MOVES,
    DecisionStatus: DECISION_MOVES,
    NoticeStatus: NOTICE_MOVES,
    AppealStatus: APPEAL_MOVES,
    SupportLevel: LEVEL_MOVES,
    ConcernStatus: CONCERN_MOVES,
    PlanStatus: PLAN_MOVES,
    MeetingStatus: MEETING_MOVES,
    ReductionStatus: REDUCTION_MOVES,
    ElectionStatus: ELECTION_MOVES,
    MessageStatus: MESSAGE_MOVES,
    DeadlineStatus: DEADLINE_MOVES,
}


def moves_from(now: Status) -> Mapping[Status, frozenset[str]]:
    """The statuses that may follow ``now``, each with the roles that may make the move; empty when it is final."""
    return TABLES[type(now)].get(now, {})


def check_move(now: Status, to: Status, by_role: str | None = None) -> None:
    """Raise RuleBroken unless ``now`` may become ``to``, and, where a role is given, in that role's hands."""
    moves = moves_from(now)
    if to not in moves:
        what_may = ", ".join(f"“{status.label}”" for status in moves) or "nothing else"
        raise RuleBroken(f"“{now.label}” cannot become “{to.label}”. It can become {what_may}.", "status")
    if by_role is not None and by_role not in moves[to]:
        who = " or ".join(ROLE_NAMES[role] for role in ROLE_NAMES if role in moves[to])
        raise RuleBroken(f"Only {who} can change “{now.label}” to “{to.label}”.", "status")
