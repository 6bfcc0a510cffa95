"""Every kind of event that the trail may hold. Each has its sentence in `sentences`."""

from django.db.models import TextChoices


class Event(TextChoices):
    ORGANISATION_CREATED = "organisation_created"
    USER_CREATED = "user_created"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - the name of an event
    MEMBERSHIP_GRANTED = "membership_granted"
    MEMBERSHIP_ENDED = "membership_ended"

    REGISTER_IMPORTED = "register_imported"
    SCHOOL_OPENED = "school_opened"
    TEACHER_REGISTERED = "teacher_registered"
    RECORD_LINKED = "record_linked"
    PLACEMENT_STARTED = "placement_started"
    PLACEMENT_ENDED = "placement_ended"
    PATTERN_SET = "pattern_set"
    BODY_ACCEPTED = "body_accepted"
    BODY_PERIOD_ENDED = "body_period_ended"
    MENTOR_APPOINTED = "mentor_appointed"
    TUTOR_APPOINTED = "tutor_appointed"
    APPOINTMENT_ENDED = "appointment_ended"
    HANDED_OVER = "handed_over"

    REVIEW_SUBMITTED = "review_submitted"
    REVIEW_CORRECTED = "review_corrected"
    REVIEW_COMMENTED = "review_commented"
    REVIEW_ACKNOWLEDGED = "review_acknowledged"
    REVIEW_ACCEPTED = "review_accepted"
    REVIEW_RETURNED = "review_returned"
    DOCUMENT_ISSUED = "document_issued"

    CHAIN_OPENED = "chain_opened"
    PAYLOAD_ERASED = "payload_erased"
