from .calendars import CalendarForm, RemoveCalendarForm
from .filters import CaseFilter

__all__ = ["CalendarForm", "CaseFilter", "RemoveCalendarForm"]
