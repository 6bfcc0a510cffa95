from .agreements import agree, answer, query
from .appointments import appoint, end_appointment
from .bodies import accept, end_body_period
from .handover import hand_over
from .identity import correct_teacher, rename
from .register import import_register
from .registration import link_record, open_school, register
from .service import change_contract, correct_pattern, end_placement, set_pattern

__all__ = [
    "accept",
    "agree",
    "answer",
    "appoint",
    "change_contract",
    "correct_pattern",
    "correct_teacher",
    "end_appointment",
    "end_body_period",
    "end_placement",
    "hand_over",
    "import_register",
    "link_record",
    "open_school",
    "query",
    "register",
    "rename",
    "set_pattern",
]
