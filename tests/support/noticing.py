"""A decision of which notice is to be given, and the letters as the worker makes them."""

from typing import Any

from assessments import actions
from assessments.models import Decision, Notice
from assessments.outcome.tell_notices import MAILER
from cases.rules.deciding import Ruling
from cases.rules.notices import Told
from tests.support.deciding import FAILS, Bench, bench


def decided(ruling: Ruling = FAILS) -> tuple[Bench, Decision]:
    """A case, and the decision on it; the ECT has waived their days to write."""
    case = bench()
    case.waive()
    return case, case.decide(ruling)


def email(case: Bench, decision: Decision, *to: Told, **given: Any) -> list[Notice]:
    """An officer sends notices on the day of the decision, and the worker makes their letters."""
    addresses = {Told.EMPLOYER: "hr@council.example", Told.AGENCY: "appeals@agency.example"}
    told = {"by": case.officer, "on": decision.made_on, "decision": decision, "addresses": addresses}
    notices = actions.email_notices(to=to or list(Told), **told | given)
    for notice in notices:
        make(notice)
    return notices


def make(notice: Notice) -> Any:
    """The worker makes the letter."""
    return actions.issue_notice(by=MAILER, on=notice.on, notice_id=notice.pk)


def accept(notice: Notice, **given: Any) -> None:
    """The mail server accepts the letter, on the day it was sent off."""
    told = {"on": notice.on, "notice_id": notice.pk, "attached": make(notice).stored_id}
    actions.notice_went_out(by=MAILER, **told | given)
    notice.refresh_from_db()
