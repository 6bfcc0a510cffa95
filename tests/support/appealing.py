"""A decision of which the ECT has notice, and an appeal against it, step by step."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from assessments import actions
from assessments.models import Appeal, Decision
from assessments.outcome.appeal_standing import standing_of
from cases.models import Clock, Deadline
from cases.rules.appeals import Answer
from cases.rules.deciding import Ruling
from cases.rules.notices import Told
from cases.rules.outcomes import AppealOutcome
from induction_portal.accounts.viewer import System
from tests.support.deciding import FAILS, Bench
from tests.support.noticing import accept, decided, email

WORKER = System("appeal times")
DAY = timedelta(days=1)


@dataclass
class Appealing:
    """The bench, its decision, and the last day to appeal against it."""

    bench: Bench
    decision: Decision
    until: date

    @property
    def over(self) -> tuple[str, date | None]:
        """How the induction is over, and since when."""
        clock = Clock.objects.get(induction=self.decision.induction_id)
        return clock.over_as, clock.over_on

    def due(self, kind: str) -> Deadline | None:
        """One of the days of the appeal."""
        return Deadline.objects.filter(induction=self.decision.induction_id, kind=kind).first()

    def end_time(self, on: date | None = None) -> bool:
        """The worker's night."""
        return actions.end_time_to_appeal(by=WORKER, on=on or self.until + DAY, decision_id=self.decision.pk)

    def lodge(self, *, on: date | None = None, **given: Any) -> Appeal:
        """An officer records an appeal of the day, of which a copy came at once."""
        on = on or self.until
        told = {"made_on": on, "learned": "copy", "copy_on": on, "grounds": "TS7 was not observed\n\nI was ill"}
        return actions.lodge_appeal(by=self.bench.officer, on=on, decision=self.decision, **told | given)

    def step(self, act: Any, appeal: Appeal, *, on: date | None = None, **given: Any) -> Any:
        """Another step of it."""
        told = {"by": self.bench.officer, "on": on or self.until, "appeal": appeal, "version": appeal.version}
        return act(**told | given)

    def reply(self, appeal: Appeal, **given: Any) -> Appeal:
        """The body's reply: it admits the first ground and contests the second."""
        answers = {1: Answer(False), 2: Answer(True, "Absence was taken into account")}
        told = {"text": "We stand by our decision", "sent_on": self.until, "answers": answers}
        self.step(actions.reply_to_appeal, appeal, **told | given)
        return self.fresh(appeal)

    def decide(self, appeal: Appeal, outcome: AppealOutcome, **given: Any) -> Appeal:
        """The Agency's outcome, a week after the last day."""
        on = self.until + 7 * DAY
        told = {"on": on, "outcome": outcome, "ended_on": on, "told_on": on}
        return self.step(actions.decide_appeal, appeal, **told | given)

    def fresh(self, appeal: Appeal) -> Appeal:
        return Appeal.objects.get(pk=appeal.pk)


def appealable(ruling: Ruling = FAILS) -> Appealing:
    """The ECT was told of the decision by mail on its day."""
    case, decision = decided(ruling)
    [notice] = email(case, decision, Told.ECT)
    accept(notice)
    decision.refresh_from_db()
    until = standing_of(decision).time.until
    assert until
    return Appealing(case, decision, until)
