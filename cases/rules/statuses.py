"""Every status of the product. ``label`` is what a page shows; the value is what a row stores.

What facts or today decide (due, overdue, part, paused) is no status: it is computed when shown.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Status(StrEnum):
    """A stored status with the words a user reads."""

    label: str

    def __new__(cls, value: str, label: str) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


class InductionStatus(Status):
    """R14: the teacher's induction status, one for life (R4)."""

    REQUIRED = "required_to_complete", "Required to complete"
    EXEMPT = "exempt", "Exempt"
    IN_PROGRESS = "in_progress", "In progress"
    PASSED = "passed", "Passed"
    FAILED = "failed", "Failed"
    FAILED_IN_WALES = "failed_in_wales", "Failed in Wales"


class RegistrationStatus(Status):
    """R2: what the school reported and what the body made of it."""

    REPORTED = "reported", "Reported by the school"
    CONFIRMED = "confirmed", "Confirmed by the appropriate body"
    REFUSED = "refused", "Refused by the appropriate body"
    WITHDRAWN = "withdrawn", "Withdrawn by the school"


class ReviewStatus(Status):
    """R52: a progress review, from draft to the body's acceptance."""

    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Submitted"
    ACCEPTED = "accepted", "Accepted"
    RETURNED = "returned", "Returned"


class ObservationStatus(Status):
    """R56: an observed lesson, arranged in advance or not, and the written record of it."""

    DRAFT = "draft", "Draft"
    PLANNED = "planned", "Planned"
    SHARED = "shared", "Shared with the ECT"
    ACKNOWLEDGED = "acknowledged", "Acknowledged by the ECT"
    CANCELLED = "cancelled", "Cancelled"


class AssessmentStatus(Status):
    """R53: a formal or interim assessment, in the order report, ECT's comments, signatures, copy to the body."""

    DRAFT = "draft", "Draft"
    COMMENTING = "commenting", "With the ECT for comments"
    SIGNING = "signing", "Being signed"
    SIGNED = "signed", "Signed"
    SENT = "sent", "Sent to the appropriate body"
    ACCEPTED = "accepted", "Accepted by the appropriate body"
    RETURNED = "returned", "Returned by the appropriate body"


class SignatureStatus(Status):
    """R53: one person's signature under one sealed version."""

    REQUESTED = "requested", "Requested"
    SIGNED = "signed", "Signed"
    REFUSED = "refused", "Refused"
    VOID = "void", "No longer valid: the document changed"


class RecommendationStatus(Status):
    """R60, R62: a recommendation that arrives before completion waits."""

    DRAFT = "draft", "Draft"
    SENT = "sent", "Sent"
    EARLY = "early", "Received, induction not yet complete"
    RECEIVED = "received", "Received"
    DECIDED = "decided", "Decided"
    WITHDRAWN = "withdrawn", "Withdrawn"


class RepresentationsStatus(Status):
    """R61: the ECT's right to write to the body before it decides."""

    OPEN = "open", "Open"
    MADE = "made", "Made"
    WAIVED = "waived", "Waived"
    CLOSED = "closed", "Closed without representations"


class DecisionStatus(Status):
    """R62: the body's decision; each recommendation has its own. Proposed first where a second officer approves."""

    PENDING = "pending", "To be decided"
    PROPOSED = "proposed", "Waiting for a second officer"
    RETURNED = "returned", "Returned by the second officer"
    PASSED = "passed", "Passed"
    EXTENDED = "extended", "Extended"
    FAILED = "failed", "Failed"
    VARIED = "varied", "Changed on appeal"


class NoticeStatus(Status):
    """R63: a notice counts as sent when the mail server has accepted it, or on the day of receipt entered for post."""

    DRAFT = "draft", "To be posted"
    QUEUED = "queued", "Waiting to be sent"
    SENT = "sent", "Sent"
    BOUNCED = "bounced", "Could not be delivered"
    POSTED = "posted", "Sent by post"
    RECEIVED = "received", "Received"
    NOT_NEEDED = "not_needed", "Not needed: the appropriate body is the employer"


class AppealStatus(Status):
    """R66: an appeal to the Teaching Regulation Agency, whose limit the Agency may extend after it has passed."""

    WINDOW_OPEN = "window_open", "May be made"
    NOT_APPEALING = "not_appealing", "The ECT will not appeal"
    WINDOW_CLOSED = "window_closed", "Time limit passed"
    MADE = "made", "Made"
    REPLIED = "replied", "Appropriate body has replied"
    HEARING = "hearing", "Hearing arranged"
    ALLOWED = "allowed", "Allowed"
    DISMISSED = "dismissed", "Dismissed"
    VARIED = "varied", "Different outcome ordered"
    WITHDRAWN = "withdrawn", "Withdrawn"


class SupportLevel(Status):
    """R70: the rung of support an ECT is on; 0 is none."""

    NONE = "0", "No extra support"
    LIGHT_TOUCH = "1", "Level 1: Light touch"
    SUPPORT_1 = "2", "Level 2: Support plan 1"
    SUPPORT_2 = "3", "Level 3: Support plan 2"
    CONCERN = "4", "Level 4: Cause for concern"
    AT_RISK = "5", "Level 5: At risk of failing"
    CAPABILITY = "6", "Level 6: School capability"
    MONITORING = "monitoring", "Monitoring"


class ConcernStatus(Status):
    """R81: a concern an ECT raises, at school first or straight with the body's named contact."""

    RAISED = "raised", "Raised at school"
    WITH_TRUST = "with_trust", "Raised with the trust"
    WITH_BODY = "with_body", "Raised with the appropriate body"
    ANSWERED = "answered", "Answered"
    CLOSED = "closed", "Closed"


class PlanStatus(Status):
    """R76: a support plan of Levels 1 to 5. It is finished with its outcome, and closed when the ECT is moved on."""

    WRITING = "writing", "Being written"
    GOING_ON = "going_on", "Going on"
    FINISHED = "finished", "Finished"
    CLOSED = "closed", "Closed"
    ENDED_EARLY = "ended_early", "Ended without an outcome"


class MeetingStatus(Status):
    """R70: a meeting a plan asks for."""

    PLANNED = "planned", "Planned"
    HELD = "held", "Held"
    CANCELLED = "cancelled", "Cancelled"


class ReductionStatus(Status):
    """R21, R23: a shorter induction needs the headteacher's advice, the ECT's consent and the body's decision."""

    PROPOSED = "proposed", "Proposed"
    CONSENTED = "consented", "Agreed by the ECT"
    GRANTED = "granted", "Granted"
    REFUSED = "refused", "Refused"


class ElectionStatus(Status):
    """R29: whether an ECT back from statutory leave chooses to extend by it."""

    NOT_APPLICABLE = "not_applicable", "Not applicable"
    AWAITING_RETURN = "awaiting_return", "Waiting for the ECT to return"
    AWAITING_ELECTION = "awaiting_election", "Waiting for the ECT to choose"
    EXTEND = "elected_extend", "Chose to extend"
    NOT_EXTEND = "elected_not_extend", "Chose not to extend"


class MessageStatus(Status):
    """A message of the outbox."""

    QUEUED = "queued", "Waiting to be sent"
    SENDING = "sending", "Being sent"
    SENT = "sent", "Sent"
    FAILED = "failed", "Failed, will be tried again"
    ABANDONED = "abandoned", "Could not be sent"
    WITHDRAWN = "withdrawn", "Withdrawn: the recipient may no longer see it"


class DeadlineStatus(Status):
    """R90: a deadline closes by the fact it waits for; when the fact is corrected it opens again."""

    OPEN = "open", "Open"
    DONE = "done", "Done"
    DROPPED = "dropped", "No longer needed"
