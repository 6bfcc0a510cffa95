"""A body brings 1,000 earlier claims along, and makes the file of 1,000 starts: seconds, and queries a row."""

from datetime import timedelta
from time import perf_counter
from typing import Any

ROWS = 1000


def measure() -> dict[str, float | int | str]:
    """Checking and bringing in 1,000 rows, then a claims file of as many and its answer."""
    from cases.actions import answer_file, check_import, confirm_import, make_files

    by = _officer()
    figures: dict[str, float | int | str] = {"national_rows": ROWS}
    batch = _timed(figures, "import_check", lambda: check_import(by=by, on=by.on, content=_claims(by)))
    confirm_import(by=by, on=by.on, batch=batch)
    _timed(figures, "import", lambda: _bring_in(by, batch))
    _cases(by)
    (file,) = _timed(figures, "file", lambda: make_files(by=by, on=by.on, kind="claims"))
    told = {"by": by, "on": by.on, "file": file, "uploaded_on": by.on, "returned": None}
    _timed(figures, "answer", lambda: answer_file(**told))
    return figures


def _timed(figures: dict[str, float | int | str], name: str, done: Any) -> Any:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        begun = perf_counter()
        result = done()
        figures[f"national_{name}_seconds"] = round(perf_counter() - begun, 2)
    figures[f"national_{name}_queries_a_row"] = round(len(asked.captured_queries) / ROWS, 3)
    return result


def _officer() -> Any:
    from induction_portal import clock
    from induction_portal.accounts.permissions import Role
    from tests.factories import BodyFactory, viewer

    return viewer(BodyFactory(), Role.BODY_OFFICER, on=clock.today())


def _claims(by: Any) -> bytes:
    from cases.rules.csv_files import as_csv
    from cases.rules.importing import OPTIONAL
    from cases.rules.national import COLUMNS

    starts_on = (by.on - timedelta(days=200)).isoformat()
    rows = [(f"{8_000_000 + n}", "1998-04-05", "school-led", starts_on, f"Teacher {n}", "") for n in range(ROWS)]
    return as_csv([*COLUMNS["claims"], *OPTIONAL], rows, quoted=True).encode()


def _bring_in(by: Any, batch: Any) -> None:
    from cases.actions import carry_on

    while carry_on(on=by.on, batch_id=batch.pk):
        pass


def _cases(by: Any) -> None:
    """A thousand ECTs whose start nobody has reported."""
    from cases.models import HandRecord, Induction
    from cases.reckon import mark_stale, reckon_batch
    from tests.factories import SchoolFactory
    from tests.support.many import many_cases

    starts_on = by.on - timedelta(days=300)
    many_cases(
        ROWS,
        schools=[SchoolFactory()],
        body=by.organisation,
        officer=by.user,
        starts_on=starts_on,
        first_trn=8_500_000,
        reckoned=False,
    )
    HandRecord.objects.filter(body=by.organisation).delete()
    mark_stale(Induction.objects.all())
    while reckon_batch():
        pass
