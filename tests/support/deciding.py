"""A case whose final report and recommendation the body has, and the officers who decide."""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from assessments import actions
from assessments.actions import Recommends
from assessments.models import Assessment, Decision, Recommendation
from assessments.outcome.received import received
from cases.rules.deciding import Ruling
from cases.rules.outcomes import ExtensionGround, Outcome, Recommended
from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import Viewer
from tests.factories import viewer
from tests.support.assessing import Cast, cast, fresh

PASSES = Ruling(Outcome.PASS, "The Standards are met on all the evidence")
FAILS = Ruling(Outcome.FAIL, "TS7 is not met in spite of support")
EXTENDS = Ruling(
    Outcome.EXTEND, "Illness in the last term", terms=Fraction(3, 2), ground=ExtensionGround.ILLNESS,
    assessments="A progress review after half of it",
)  # fmt: skip


@dataclass
class Bench:
    """The cast with its final report, received on the day induction was completed."""

    cast: Cast
    report: Assessment
    completed_on: date

    @property
    def officer(self) -> Viewer:
        return self.cast.officer

    @property
    def recommendation(self) -> Recommendation:
        """As it was received."""
        return received().get()

    def colleague(self, *roles: Role) -> Viewer:
        """Somebody else of the body."""
        return viewer(self.officer.organisation, *(roles or [Role.BODY_OFFICER]), on=self.completed_on)

    def decide(self, ruling: Ruling = PASSES, *, by: Viewer | None = None, **given: Any) -> Decision:
        """An officer decides on the day after completion."""
        told = {"on": self.completed_on + timedelta(days=1), "assessment": self.report, "version": self.report.latest}
        return actions.decide(by=by or self.officer, ruling=ruling, **told | given)

    def waive(self) -> None:
        """The ECT says that the body need not wait."""
        actions.waive_representations(by=self.cast.ect, on=self.completed_on, recommendation=self.recommendation)

    def write(self, text: str = "I was ill for half of the term", **given: Any) -> Any:
        """The ECT writes to the body."""
        told = {"on": self.completed_on, "recommendation": self.recommendation, "text": text}
        return actions.send_representations(by=self.cast.ect, **told | given)


def bench(recommended: Recommended = Recommended.SATISFACTORY, *, early: bool = False) -> Bench:
    """A case that the body may decide; `early` sends the report ten days before completion."""
    case = cast()
    extends = Fraction(1) if recommended is Recommended.EXTENSION else Fraction(0)
    reason = "" if recommended is Recommended.SATISFACTORY else "See the report"
    row = case.final(Recommends(recommended, extends, reason))
    completed_on = case.placement.induction.clock.ends_on
    sent_on = completed_on - timedelta(days=10 if early else 0)
    actions.send_to_body(by=case.head, on=sent_on, assessment=row, version=row.latest)
    return Bench(case, fresh(row), completed_on)
