"""Two people change the same thing: whoever is second is told, and changes nothing (house rule: rows have versions)."""

from django.db.models import F

from ..models import Absence, Placement, Teacher


class ChangedMeanwhile(Exception):  # noqa: N818 - nothing is wrong: somebody else was first
    """The row has changed since the page was made; `version` is its version now."""

    def __init__(self, version: int) -> None:
        super().__init__(version)
        self.version = version


def check_version(row: Placement | Teacher | Absence, seen: int | None) -> None:
    """Compare the version that a page was made from; None comes from no page. Raises ChangedMeanwhile."""
    if seen is not None and seen != row.version:
        raise ChangedMeanwhile(row.version)


def next_version(row: Placement | Teacher) -> None:
    """Count one change of a locked row."""
    type(row)._default_manager.filter(pk=row.pk).update(version=F("version") + 1)
    row.version += 1
