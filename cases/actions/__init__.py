from .appointments import appoint, end_appointment
from .bodies import accept, change_officer, end_body_period
from .handover import hand_over
from .invitations import invite_ect
from .leading import lead
from .prior import add_earlier_placement, confirm_prior_service
from .register import import_register
from .registration import link_record, open_school, register
from .service import end_placement, set_pattern

__all__ = [
    "accept",
    "add_earlier_placement",
    "appoint",
    "change_officer",
    "confirm_prior_service",
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
    "set_pattern",
]
