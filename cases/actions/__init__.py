from .appointments import appoint, end_appointment
from .bodies import accept, end_body_period
from .handover import hand_over
from .invitations import invite_ect
from .register import import_register
from .registration import link_record, open_school, register
from .service import end_placement, set_pattern

__all__ = [
    "accept",
    "appoint",
    "end_appointment",
    "end_body_period",
    "end_placement",
    "hand_over",
    "import_register",
    "invite_ect",
    "link_record",
    "open_school",
    "register",
    "set_pattern",
]
