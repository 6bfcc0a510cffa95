from .calendars import CalendarForm, RemoveCalendarForm
from .filters import CaseFilter
from .registration import RegistrationFilter, RegistrationForm, WithdrawalForm

__all__ = [
    "CalendarForm",
    "CaseFilter",
    "RegistrationFilter",
    "RegistrationForm",
    "RemoveCalendarForm",
    "WithdrawalForm",
]
