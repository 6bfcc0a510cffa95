"""A case whose first assessment is due, and everybody who has to do with it."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from assessments import actions
from assessments.models import Assessment
from assessments.report import AssessmentKind, Judged, Report, Unsatisfactory
from cases.models import Placement
from cases.reckon import reckon
from cases.rules.standards import Standard
from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import Viewer
from tests.factories import (
    AppointmentFactory,
    BodyPeriodFactory,
    PlacementFactory,
    UserFactory,
    WorkingPatternFactory,
    viewer,
)

START, TODAY = date(2025, 9, 1), date(2026, 7, 14)
SOUND = Judged(True, "Two lesson visits and pupils’ books", "Clear explanations", "Questioning")
LETTER = Unsatisfactory("Behaviour", "Settle classes", "A visit a week", "Visits", "Six weeks", "Failing induction")
REPORT = Report(
    kind=AssessmentKind.FIRST,
    held_on=date(2026, 7, 10),
    present=("ect", "author"),
    judged=dict.fromkeys(Standard, SOUND),
    strengths="Knows the subject and the pupils",
    development="More open questions",
    support_given=True,
    satisfactory=True,
    stays=True,
)
LOW = replace(SOUND, satisfactory=False, development="Plan for the whole class", surprise_reason="A new class")
UNSATISFACTORY: dict[str, Any] = {
    "judged": REPORT.judged | {Standard.TS7: LOW},
    "satisfactory": False,
    "unsatisfactory": LETTER,
}
FINAL: dict[str, Any] = {"kind": AssessmentKind.FINAL, "satisfactory": None, "stays": None}


@dataclass
class Cast:
    """The placement and the people, each as they act."""

    placement: Placement
    tutor: Viewer
    head: Viewer
    ect: Viewer
    officer: Viewer

    def write(self, by: Viewer | None = None, on: date = TODAY, report: Report = REPORT, **changes: Any) -> Assessment:
        """The report, sent to the ECT for comments."""
        told = replace(report, **changes)
        return actions.send_for_comments(by=by or self.tutor, on=on, placement=self.placement, report=told)

    def again(
        self, assessment: Assessment, by: Viewer | None = None, *, on: date = TODAY, **changes: Any
    ) -> Assessment:
        """The next version of a report."""
        given = {"assessment": assessment, "version": assessment.latest, "report": replace(REPORT, **changes)}
        return actions.send_again(by=by or self.tutor, on=on, **given)

    def comment(self, assessment: Assessment, text: str | None = "A fair picture") -> Assessment:
        """The ECT answers."""
        given = {"assessment": assessment, "version": assessment.latest, "text": text}
        actions.comment_on_assessment(by=self.ect, on=TODAY, **given)
        return fresh(assessment)

    def who(self, role: str) -> Viewer:
        """The signatory in a role."""
        return {"induction_tutor": self.tutor, "headteacher": self.head, "ect": self.ect}[role]

    def read(self, assessment: Assessment, by: Viewer) -> None:
        """Somebody opens the latest version."""
        version = assessment.versions.get(number=assessment.latest)
        actions.open_version(by=by, on=TODAY, version=version)

    def sign(self, assessment: Assessment, *roles: str, **options: Any) -> Assessment:
        """Signatories open the latest version and sign it, one after the other."""
        for role in roles:
            self.read(assessment, self.who(role))
            given = {"assessment": assessment, "version": assessment.latest, "role": role}
            actions.sign(by=self.who(role), on=TODAY, **given | (options if role == "headteacher" else {}))
        return fresh(assessment)

    def signed(self, **options: Any) -> Assessment:
        """A report with everybody's signature."""
        return self.sign(self.comment(self.write(**options)), "induction_tutor", "headteacher", "ect")

    def written_final(self) -> Assessment:
        """A final report that the tutor has signed, after a first one that was sent."""
        self.send(self.signed())
        day = self.placement.induction.clock.ends_on
        written = self.write(on=day, held_on=day, **FINAL)
        return self.sign(self.comment(written), "induction_tutor")

    def final(self, recommends: Any) -> Assessment:
        """A final report with everybody's signature, and what the headteacher recommends."""
        return self.sign(self.sign(self.written_final(), "headteacher", recommends=recommends), "ect")

    def send(self, assessment: Assessment, by: Viewer | None = None) -> Assessment:
        """It goes to the body."""
        given = {"assessment": assessment, "version": assessment.latest}
        actions.send_to_body(by=by or self.tutor, on=TODAY, **given)
        return fresh(assessment)

    def returned(self, assessment: Assessment | None = None) -> Assessment:
        """The body sends it back."""
        sent = self.send(assessment or self.signed())
        given = {"assessment": sent, "version": sent.latest, "comments": "The school’s name is wrong"}
        actions.return_assessment(by=self.officer, on=TODAY, **given)
        return fresh(sent)


def fresh(assessment: Assessment) -> Assessment:
    """The row as it is now."""
    return Assessment.objects.get(pk=assessment.pk)


def cast(**service: Any) -> Cast:
    """A full-time ECT in the last month of their third term."""
    placement = PlacementFactory(starts_on=START, contract_starts_on=START, **service)
    WorkingPatternFactory(placement=placement, starts_on=START)
    induction = placement.induction
    induction.teacher.user = UserFactory(is_ect=True)
    induction.teacher.save()
    period = BodyPeriodFactory(induction=induction, starts_on=START, agreed_on=START)
    reckon(induction)
    return Cast(
        placement,
        tutor=tutor_of(placement),
        head=viewer(placement.school, Role.HEADTEACHER, on=TODAY),
        ect=viewer(None, Role.ECT, user=induction.teacher.user, on=TODAY),
        officer=viewer(period.body, Role.BODY_OFFICER, user=period.officer, on=TODAY),
    )


def tutor_of(placement: Placement, *besides: Role) -> Viewer:
    """Somebody who is appointed induction tutor, and whatever else they are."""
    person = viewer(placement.school, Role.INDUCTION_TUTOR, *besides, on=TODAY)
    told = {"induction": placement.induction, "placement": placement, "school": placement.school}
    AppointmentFactory(kind="induction_tutor", user=person.user, starts_on=START, **told)
    return person
