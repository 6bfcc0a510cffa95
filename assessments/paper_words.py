"""What an ECT said of a report and under it, in words: their own, or as a colleague recorded it for them."""

from dataclasses import dataclass
from datetime import date

from cases.rules.on_paper import Way
from cases.rules.statuses import SignatureStatus
from induction_portal.govuk.words import day, lower_first

from .models import AssessmentComment, PaperComment, PaperSignature, Signature
from .models.on_paper import Recorded

COMMENTED = {
    Way.COMMENTED: "The ECT gave these comments on paper or in a meeting on {given}.",
    Way.NO_COMMENTS: "The ECT said on {given} that they have no comments.",
    Way.SILENT: "The ECT did not answer. They were asked on {asked}.",
}
SIGNED = {
    Way.SIGNED: "Signed on paper on {given}, seen by {witness}.",
    Way.DECLINED: "Said that they do not sign. Asked on {asked}.",
    Way.SILENT: "Did not answer. Asked on {asked}.",
}


@dataclass(frozen=True, slots=True)
class Heard:
    """The ECT's comments on a version: `how` says who gave them, and when; of what was recorded, `says` how."""

    text: str
    how: str
    version: int
    says: str = ""


def heard(said: AssessmentComment | PaperComment) -> Heard:
    """What the ECT said themself, or what was recorded for them. Reads the version's number."""
    if isinstance(said, PaperComment):
        return Heard(said.text, recorded_by(said), said.version.number, comments_say(said))
    return Heard(said.text or "The ECT has no comments.", f"{said.by.name}, {day(said.on)}", said.version.number)


@dataclass(frozen=True, slots=True)
class Signed:
    """One signature under a report, or that there is none: as whom, by whom (empty where it is recorded), and when."""

    role: str
    who: str
    on: date
    says: str
    reason: str


def signed(answer: Signature) -> Signed:
    """An answer that stands, as the issued document shows it. Reads the version's number."""
    role, version = answer.get_role_display(), answer.version.number
    if hasattr(answer, "on_paper"):
        says = f"Version {version}: {lower_first(signature_says(answer.on_paper))} {recorded_by(answer)}"
        return Signed(role, "", answer.on_paper.given_on or answer.on, says, answer.reason)
    says = f"Signed version {version}" if answer.state is SignatureStatus.SIGNED else "Did not sign:"
    return Signed(role, answer.by.name, answer.on, says, answer.reason)


def comments_say(said: PaperComment) -> str:
    """How the ECT's comments were given."""
    return COMMENTED[Way(said.way)].format(**_days(said))


def signature_says(paper: PaperSignature) -> str:
    """How the ECT's signature was given, or that it was not."""
    return SIGNED[Way(paper.way)].format(witness=paper.witness, **_days(paper))


def recorded_by(said: PaperComment | Signature) -> str:
    """Who recorded it, and when."""
    return f"Recorded by {said.by.name} on {day(said.on)}, not by the ECT in the portal."


def _days(told: Recorded) -> dict[str, str]:
    asked = [day(each) for each in (told.asked_on, told.asked_again_on) if each]
    return {"given": day(told.given_on) if told.given_on else "", "asked": " and on ".join(asked)}
