from .absences import Absence, AbsenceNotice, AbsenceReason
from .agreements import Agreement
from .appointments import Appointment, HandoverGrant
from .bodies import BodyPeriod
from .calendars import Closure, SchoolYear, Term
from .chases import Chase, ChasedStep
from .clocks import Clock, Deadline
from .confirmations import Confirmation
from .extensions import DecisionExtension
from .feeds import FeedLink, FeedRead
from .hand_records import HandRecord
from .imports import EarlierClaim, ImportBatch, ImportRow
from .national import FileKind, NationalFile, NationalRow
from .people import Induction, Teacher
from .placements import Placement, WorkingPattern
from .policies import BodyPolicy, SchoolPolicy
from .prior import PriorService
from .quality import QualityDraw, QualityPick, QualityQuestion, QualityRound, RoundQuestion
from .quality_visits import FindingStep, QualityAnswer, QualityCheck, QualityFinding, QualityVisit
from .records import CaseRecord
from .registrations import InitialTarget, Registration
from .releases import NewSchoolMinimum, RecordBundle, Release, ReleaseRequest
from .reminders import Reminder
from .schools import RegisterImport, School
from .timetables import Timetable
from .windows import GivenReport, SubmissionWindow

__all__ = [
    "Absence",
    "AbsenceNotice",
    "AbsenceReason",
    "Agreement",
    "Appointment",
    "BodyPeriod",
    "BodyPolicy",
    "CaseRecord",
    "Chase",
    "ChasedStep",
    "Clock",
    "Closure",
    "Confirmation",
    "Deadline",
    "DecisionExtension",
    "EarlierClaim",
    "FeedLink",
    "FeedRead",
    "FileKind",
    "FindingStep",
    "GivenReport",
    "HandRecord",
    "HandoverGrant",
    "ImportBatch",
    "ImportRow",
    "Induction",
    "InitialTarget",
    "NationalFile",
    "NationalRow",
    "NewSchoolMinimum",
    "Placement",
    "PriorService",
    "QualityAnswer",
    "QualityCheck",
    "QualityDraw",
    "QualityFinding",
    "QualityPick",
    "QualityQuestion",
    "QualityRound",
    "QualityVisit",
    "RecordBundle",
    "RegisterImport",
    "Registration",
    "Release",
    "ReleaseRequest",
    "Reminder",
    "RoundQuestion",
    "School",
    "SchoolPolicy",
    "SchoolYear",
    "SubmissionWindow",
    "Teacher",
    "Term",
    "Timetable",
    "WorkingPattern",
]
