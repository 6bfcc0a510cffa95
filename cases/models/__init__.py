from .appointments import Appointment, HandoverGrant
from .bodies import BodyPeriod
from .calendars import Closure, SchoolYear, Term
from .clocks import Clock, Deadline
from .confirmations import Confirmation
from .people import Induction, Teacher
from .placements import Placement, WorkingPattern
from .prior import PriorService
from .records import CaseRecord
from .registrations import InitialTarget, Registration
from .schools import RegisterImport, School

__all__ = [
    "Appointment",
    "BodyPeriod",
    "CaseRecord",
    "Clock",
    "Closure",
    "Confirmation",
    "Deadline",
    "HandoverGrant",
    "Induction",
    "InitialTarget",
    "Placement",
    "PriorService",
    "RegisterImport",
    "Registration",
    "School",
    "SchoolYear",
    "Teacher",
    "Term",
    "WorkingPattern",
]
