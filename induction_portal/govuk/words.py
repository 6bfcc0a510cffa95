"""Small turns of phrase shared by fields, tags and messages."""

from datetime import date, datetime

from django.utils import timezone

FIRST_HALF = ("January", "February", "March", "April", "May", "June")
SECOND_HALF = ("July", "August", "September", "October", "November", "December")
MONTHS = FIRST_HALF + SECOND_HALF
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def day(value: date | None) -> str:
    """9 January 2026; a moment counts as its day in England; nothing for None."""
    if value is None or value == "":
        return ""
    local = _local(value)
    return f"{local.day} {MONTHS[local.month - 1]} {local.year}"


def short_day(value: date | None) -> str:
    """9 Jan 2026, for the cells of tables."""
    if value is None or value == "":
        return ""
    local = _local(value)
    return f"{local.day} {MONTHS[local.month - 1][:3]} {local.year}"


def weekday(value: date | None) -> str:
    """Friday 9 January 2026."""
    return f"{WEEKDAYS[_local(value).weekday()]} {day(value)}" if value else ""


def month(value: date | None) -> str:
    """January 2026."""
    return f"{MONTHS[_local(value).month - 1]} {_local(value).year}" if value else ""


def clock_time(value: datetime | None) -> str:
    """2:30pm, as the GOV.UK style guide writes it; noon and midnight by name."""
    if not value:
        return ""
    local = _local(value)
    if local.minute == 0 and local.hour in (0, 12):
        return "midday" if local.hour else "midnight"
    minutes = f":{local.minute:02}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}{'am' if local.hour < 12 else 'pm'}"


def moment(value: datetime | None) -> str:
    """9 January 2026 at 2:30pm, in England."""
    return f"{day(value)} at {clock_time(value)}" if value else ""


def upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """Lower case for the middle of a sentence, unless the first word is an abbreviation such as ECT or TRN."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def listed(items: list[str], joint: str = "and") -> str:
    """a, b and c."""
    return f" {joint} ".join(filter(None, [", ".join(items[:-1]), *items[-1:]]))


def _local(value: date | datetime):
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value
