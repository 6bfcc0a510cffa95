"""Quality assurance in the world, of Northern's schools: a visit to Oakfield that was shared, one to Elmbridge that is
the body's alone, one to each that is planned; and a round of Southern's that has drawn nobody.

What the body keeps to itself, what it shares, and what an ECT told it in confidence are canaries.
"""

from datetime import timedelta

from cases import actions
from cases.actions.quality_visits import Answered, Arrangement, Checked, Found, Report
from cases.models import QualityFinding, QualityRound, QualityVisit
from cases.rules.quality import DEFAULTS, AskedOf, Audience, FindingKind
from induction_portal.accounts.models import Organisation
from tests.support.world import Canary, Kept, Looked, World
from tests.support.world_people import People

DAY = timedelta(days=1)
CODES = [question.code for question in DEFAULTS]
AGO = 30


def assure_quality(world: World, people: People) -> None:
    """Everything."""
    _Assured(world, people).happen()


class _Assured:
    def __init__(self, world: World, people: People) -> None:
        self.world, self.people, self.today = world, people, world.today
        self.officer = people.acting("body_officer@north")

    def happen(self) -> None:
        """A round of ECTs, at two schools; one of schools, still planned; and another body's."""
        told = {"text": self._canary("question", "north"), "asked_of": AskedOf.SCHOOL}
        actions.word_question(by=self.officer, on=self.today, code="", starts_on=self.today, **told)
        ects = self._round("north", "ects")
        actions.draw_sample(by=self.officer, on=self.today, round_=ects, method="random", size=200, seed="world")
        shared, kept = self._visit("oak_shared", ects, "oak"), self._visit("elm_kept", ects, "elm")
        self._record(shared, "oak", about="oak")
        self._record(kept, "elm", about="")
        actions.share_quality_visit(by=self.officer, on=self.today, visit=shared, version=None)
        self._know("oak_shared", shared, "oak", shared=True)
        self._follow_up(shared)
        whole = self._round("north", "schools")
        actions.draw_sample(by=self.officer, on=self.today, round_=whole, method="risk", size=9, seed="world")
        planned = self._visit("oak_planned", whole, "oak")
        later = Arrangement(self.today + DAY, "remote", self.officer.user)
        told = {"visit": planned, "version": 1, "arranged": later}
        actions.change_quality_visit(by=self.officer, on=self.today, **told)
        off = self._visit("elm_off", whole, "elm")
        reason = self._canary("off", "north")
        actions.call_off_quality_visit(by=self.officer, on=self.today, visit=off, version=1, reason=reason)
        self._round("south", "ects")

    def _round(self, body: str, draws: str) -> QualityRound:
        by = self.people.acting(f"body_officer@{body}")
        told = {"draws": draws, "aims": self._canary(f"aims{draws}", body), "questions": CODES}
        made = actions.plan_round(by=by, on=self.today, term=(self.today.year, "autumn"), **told)
        key = f"{body}_{draws}"
        self.world.quality_rounds[key] = Kept(key, made.pk, body)
        return made

    def _visit(self, key: str, round_: QualityRound, school: str) -> QualityVisit:
        at: Organisation = self.people.organisations[school]
        arranged = Arrangement(self.today - AGO * DAY, "in_person", self.officer.user)
        told = {"round_": round_, "school": at, "arranged": arranged}
        visit = actions.plan_quality_visit(by=self.officer, on=self.today, **told)
        self._know(key, visit, school, shared=False)
        return visit

    def _know(self, key: str, visit: QualityVisit, school: str, *, shared: bool) -> None:
        self.world.quality_visits[key] = Looked(key, visit.pk, "north", school, shared=shared)

    def _record(self, visit: QualityVisit, school: str, *, about: str) -> None:
        """Every text is a canary; `about` is the case that an action names."""
        to_school = f"north:{school}" if visit.pk == self.world.quality_visits["oak_shared"].id else "north"
        picks = [pick.induction for pick in visit.round.picks.filter(school=visit.school) if pick.induction]
        answers = []
        for question in visit.round.questions.all():
            if question.in_confidence:
                answers += [
                    Answered(question, "partly", self._canary("voice", "north"), induction_id=each.pk) for each in picks
                ]
            else:
                audience = Audience.SCHOOL if question.position == 1 else Audience.BODY
                note = self._canary("answer", to_school if audience is Audience.SCHOOL else "north")
                answers.append(Answered(question, "met", note, audience))
        checks = [Checked("met", "partly", self._canary("check", "north"), each.pk) for each in picks]
        due = self.today + 10 * DAY
        findings = [
            Found(FindingKind.GOOD, self._canary("good", to_school)),
            Found(FindingKind.ACTION, self._canary("action", to_school), "headteacher", due),
            Found(FindingKind.NOTE, self._canary("note", "north")),
            Found(FindingKind.ACTION, self._canary("tutor", to_school), "induction_tutor", visit.visited_on + DAY),
            Found(FindingKind.ACTION, self._canary("answered", to_school), "headteacher", due),
        ]
        if about:
            text = f"zqqualityect{about}zq"
            self.world.canaries.append(Canary(text, "quality_ect", about))
            case_id = self.world.cases[about].id
            findings.append(Found(FindingKind.ACTION, text, "induction_tutor", due, case_id))
        report = Report(visit.visited_on, "in_person", self._canary("met", to_school), answers, checks, findings)
        actions.record_quality_visit(by=self.officer, on=self.today, visit=visit, version=1, report=report)

    def _follow_up(self, visit: QualityVisit) -> None:
        """The tutor's is overdue, the headteacher's open; one is answered, and had been closed and reopened."""
        found = {each.position: each for each in visit.findings.all()}
        self._finding("oak_open", found[2], "oak", "headteacher")
        self._finding("oak_tutor", found[4], "oak", "induction_tutor")
        self._finding("oak_answered", found[5], "oak", "headteacher")
        self._finding("oak_ect", found[6], "oak", "induction_tutor", about="oak")
        head = self.people.acting("headteacher@oak")
        told = {"finding": found[5], "on": self.today, "version": None}
        actions.answer_finding(by=head, text=self._canary("said", "north:oak"), **told)
        ruled = {"text": self._canary("ruled", "north:oak"), "due_on": None, **told}
        actions.rule_on_finding(by=self.officer, ruling="closed", **ruled)
        actions.rule_on_finding(by=self.officer, ruling="reopened", **ruled)
        actions.answer_finding(by=head, text=self._canary("again", "north:oak"), **told)

    def _finding(self, key: str, row: QualityFinding, school: str, owner: str, *, about: str = "") -> None:
        known = Looked(key, row.pk, "north", school, shared=True, owner=owner, about=about)
        self.world.quality_findings[key] = known

    def _canary(self, place: str, about: str) -> str:
        text = f"zqquality{place}{len(self.world.canaries)}zq"
        self.world.canaries.append(Canary(text, "quality", about))
        return text
