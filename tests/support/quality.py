"""A body with two schools and three ECTs, and a round of its quality assurance."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from cases import actions
from cases.actions.quality_visits import Answered, Arrangement, Checked, Found, Report
from cases.models import BodyPeriod, Induction, QualityFinding, QualityRound, QualityVisit
from cases.rules.quality import FindingKind
from induction_portal.accounts.models import Organisation
from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import Viewer
from tests.factories import BodyFactory, BodyPeriodFactory, PlacementFactory, SchoolFactory, viewer

ON = date(2026, 2, 2)
DUE = ON + timedelta(days=20)


@dataclass
class Assured:
    """Who takes part, and the round."""

    body: Organisation
    school: Organisation
    other: Organisation
    cases: list[Induction]  # two at the school, one at the other
    officer: Viewer
    head: Viewer
    round: QualityRound

    def colleague(self) -> Viewer:
        """Somebody else of the body."""
        return viewer(self.body, Role.BODY_OFFICER, on=ON)

    def name_contact(self, contact: Viewer) -> None:
        """Make somebody the named contact of the first ECT."""
        told = {"contact": contact.user, "contact_named_on": ON}
        BodyPeriod.objects.filter(induction=self.cases[0]).update(**told)

    def draw(self, size: int = 9, *, method: str = "random", **told: Any) -> Any:
        """Draw a sample."""
        told = {"seed": "tests", **told}
        return actions.draw_sample(by=self.officer, on=ON, round_=self.round, method=method, size=size, **told)

    def arrange(self, officer: Viewer | None = None, **told: Any) -> Arrangement:
        """A visit of today."""
        return Arrangement(**{"visited_on": ON, "kind": "in_person", "officer": (officer or self.officer).user, **told})

    def plan(self, **told: Any) -> QualityVisit:
        """Plan the visit to the school."""
        told = {"round_": self.round, "school": self.school, "arranged": self.arrange(), **told}
        return actions.plan_quality_visit(by=self.officer, on=ON, **told)

    def report(self, visit: QualityVisit, *findings: Found, **told: Any) -> Report:
        """Everything answered, and by default one action of the headteacher's."""
        picks = [pick.induction_id for pick in visit.round.picks.filter(school=visit.school).order_by("pk")]
        asked = list(visit.round.questions.all())
        answers = [Answered(each, "met", "Seen") for each in asked if not each.in_confidence]
        answers += [
            Answered(each, "not_met", "In confidence", induction_id=pick)
            for each in asked
            for pick in picks
            if each.in_confidence
        ]
        checks = [Checked("met", "partly", induction_id=pick) for pick in picks]
        found = findings or (Found(FindingKind.ACTION, "Give mentors time", "headteacher", DUE),)
        return Report(**{
            "visited_on": ON, "kind": "in_person", "met": "The head", "answers": answers, "checks": checks,
            "findings": found, **told,
        })  # fmt: skip

    def record(self, visit: QualityVisit, *findings: Found, by: Viewer | None = None, **told: Any) -> QualityVisit:
        """Record it."""
        given = {"visit": visit, "version": visit.version, "report": self.report(visit, *findings), **told}
        return actions.record_quality_visit(by=by or self.officer, on=ON, **given)

    def shared(self, *findings: Found) -> QualityVisit:
        """A visit that the school knows of."""
        self.draw()
        visit = self.record(self.plan(), *findings)
        return actions.share_quality_visit(by=self.officer, on=ON, visit=visit, version=visit.version)

    def action(self) -> QualityFinding:
        """The one action of a visit that the school knows of."""
        return self.shared().findings.get()


def assured(draws: str = "ects") -> Assured:
    """A round that has drawn nobody yet."""
    body, school, other = BodyFactory(), SchoolFactory(), SchoolFactory()
    cases = []
    for place in (school, school, other):
        placement = PlacementFactory(school=place, reported_body=body)
        BodyPeriodFactory(induction=placement.induction, body=body)
        cases.append(placement.induction)
    officer = viewer(body, Role.BODY_OFFICER, on=ON)
    told = {"term": (2025, "spring"), "draws": draws, "aims": "Mentor time", "questions": ["mentor_time", "supported"]}
    planned = actions.plan_round(by=officer, on=ON, **told)
    return Assured(body, school, other, cases, officer, viewer(school, Role.HEADTEACHER, on=ON), planned)
