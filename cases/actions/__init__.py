from .appointments import appoint, end_appointment
from .bodies import accept, change_officer, end_body_period
from .calendars import CalendarConflict, copy_forward, remove_calendar, set_calendar
from .handover import hand_over
from .invitations import invite_ect
from .leading import lead
from .prior import add_earlier_placement, confirm_prior_service
from .register import import_register
from .registration import link_record, open_school, register
from .service import end_placement, set_pattern

__all__ = [
    "CalendarConflict",
    "accept",
    "add_earlier_placement",
    "appoint",
    "change_officer",
    "confirm_prior_service",
    "copy_forward",
    "end_appointment",
    "end_body_period",
    "end_placement",
    "hand_over",
    "import_register",
    "invite_ect",
    "lead",
    "link_record",
    "open_school",
    "register",
    "remove_calendar",
    "set_calendar",
    "set_pattern",
]
