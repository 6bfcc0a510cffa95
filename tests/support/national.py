"""A body with ECTs whose starts and ends the national service has not been told, for tests of its files."""

from datetime import date
from typing import Any

from cases.actions import answer_file, make_files
from cases.models import BodyPeriod, NationalFile
from cases.reckon import reckon
from cases.rules import national
from cases.rules.csv_files import as_csv
from cases.rules.national import COLUMNS, ERROR
from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import Viewer
from tests.factories import (
    BodyFactory,
    BodyPeriodFactory,
    PlacementFactory,
    SchoolFactory,
    TeacherFactory,
    WorkingPatternFactory,
    viewer,
)

TODAY = date(2026, 6, 1)
START = date(2025, 9, 1)


class Service:
    """An appropriate body, and what the national service answers it."""

    def __init__(self) -> None:
        self.body, self.school = BodyFactory(), SchoolFactory()
        self.by: Viewer = viewer(self.body, Role.BODY_OFFICER, on=TODAY)

    def ect(self, name: str, trn: str, *, starts_on: date = START, ends_on: date | None = None, **said: Any):
        """A case of this body from a day on, over or not; its period."""
        route = said.pop("route", "provider_led")
        teacher = TeacherFactory(name=name, sort_name=name.casefold(), trn=trn, **said)
        placement = PlacementFactory(
            induction__teacher=teacher, school=self.school, reported_body=self.body, starts_on=starts_on,
            ends_on=ends_on, route=route,
        )  # fmt: skip
        WorkingPatternFactory(placement=placement)
        induction = placement.induction
        period: BodyPeriod = BodyPeriodFactory(
            induction=induction, body=self.body, starts_on=starts_on, ends_on=ends_on
        )
        reckon(induction)
        return period

    def make(self, kind: str = "claims", **options: Any) -> NationalFile:
        """The one file that is made now."""
        (made,) = make_files(by=self.by, on=TODAY, kind=kind, **options)
        return made

    def answer(self, file: NationalFile, errors: dict[str, str] | None = None, **options: Any) -> NationalFile:
        """The service refuses these TRNs with a reason, and took the rest."""
        returned = error_file(file, errors) if errors else None
        told = {"by": self.by, "on": TODAY, "uploaded_on": TODAY, "returned": returned} | options
        return answer_file(file=file, **told)


def error_file(file: NationalFile, errors: dict[str, str]) -> bytes:
    """What the service returns: only the rows that it refused, with its last column."""
    rows = [(*cells, errors[cells[0]]) for cells in national.rows_of(file.kind, file.content) if cells[0] in errors]
    return as_csv([*COLUMNS[file.kind], ERROR], rows, quoted=True).encode()
