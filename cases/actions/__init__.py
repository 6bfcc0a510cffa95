from .appointments import appoint, end_appointment
from .bodies import accept, end_body_period
from .calendars import CalendarConflict, copy_forward, remove_calendar, set_calendar
from .handover import hand_over
from .policies import change_school_facts, set_policy, withdraw_policy
from .register import import_register
from .registration import link_record, open_school, register
from .service import end_placement, set_pattern

__all__ = [
    "CalendarConflict",
    "accept",
    "appoint",
    "change_school_facts",
    "copy_forward",
    "end_appointment",
    "end_body_period",
    "end_placement",
    "hand_over",
    "import_register",
    "link_record",
    "open_school",
    "register",
    "remove_calendar",
    "set_calendar",
    "set_pattern",
    "set_policy",
    "withdraw_policy",
]
