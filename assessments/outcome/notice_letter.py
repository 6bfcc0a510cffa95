"""The letter of a notice: the body's own words around what the law prescribes, which nobody may replace (R63, R64)."""

from datetime import date
from typing import Any

from django.template.loader import render_to_string

from cases.rules.notices import APPEALABLE, Given, Told, appeal_until, deemed_received
from cases.rules.outcomes import Outcome
from cases.rules.statuses import NoticeStatus
from cases.rules.wording import fill
from induction_portal.accounts.viewer import Viewer
from induction_portal.govuk.words import day

from ..models import Decision
from .reading import terms_words
from .wording import paragraphs, wording_of

TITLE = "Notice of a decision on statutory induction"
ROLE = "For the appropriate body"
READS_REASONS = frozenset({Told.ECT, Told.HEADTEACHER})


def letter_content(
    decision: Decision, who: Told, *, addressee: str, address: str, by: Viewer, on: date, emailed: bool
) -> dict[str, Any]:
    """Everything that a letter says, for its seal. A letter sent by e-mail names the last day to appeal."""
    values = {
        "ect": decision.induction.teacher.name,
        "school": decision.school.name,
        "body": decision.body.name,
        "decided_on": day(decision.made_on),
        "addressee": addressee,
    }
    sections = _sections(decision, who, values, on=on, emailed=emailed)
    return {
        "title": TITLE,
        "to": who.value,
        "addressee": addressee,
        "address": address,
        "on": on.isoformat(),
        "sender": by.user.name,
        "body": decision.body.name,
        "decision": decision.sha256,
        "sections": [{"heading": heading, "text": text} for heading, text in sections],
    }


def _sections(
    decision: Decision, who: Told, values: dict[str, str], *, on: date, emailed: bool
) -> list[tuple[str, str]]:
    """Headings, some of them empty, and texts in their order."""
    words = paragraphs(wording_of(decision.body_id, on=on))
    yours, outcome = who is Told.ECT, decision.decides
    opening = f"{outcome}_opening" if yours else "others_opening"
    sections = [("", fill(words[opening], values))]
    if not yours:
        sections.append(("The teacher", _teacher(decision, who)))
    sections.append(("The decision", _decision(decision, values, yours=yours)))
    if who in READS_REASONS:
        sections.append(("The reasons", decision.reasons))
    sections += _law(outcome, yours=yours, on=on, emailed=emailed)
    if yours:
        heading = "If you have questions" if outcome in APPEALABLE else ""
        sections.append((heading, fill(words[f"{outcome}_closing"], values)))
    return sections


def statutory(name: str, **given: Any) -> str:
    """A paragraph that the law prescribes."""
    return render_to_string(f"letters/statutory/{name}.txt", given).strip()


def _teacher(decision: Decision, who: Told) -> str:
    """Whom the letter is about: the Agency knows teachers by their number."""
    teacher = decision.induction.teacher
    trn = teacher.trn if who is Told.AGENCY else ""
    return statutory("teacher", ect=teacher.name, school=decision.school.name, trn=trn)


def _decision(decision: Decision, values: dict[str, str], *, yours: bool) -> str:
    terms = terms_words(str(decision.terms)) if decision.decides is Outcome.EXTEND else ""
    given = values | {"outcome": decision.decides.value, "terms": terms, "assessments": decision.assessments}
    return statutory("decision", yours=yours, **given)


def _law(outcome: Outcome, *, yours: bool, on: date, emailed: bool) -> list[tuple[str, str]]:
    """The right to appeal, and what follows from a fail."""
    if outcome not in APPEALABLE:
        return []
    given: dict[str, Any] = {"yours": yours}
    notice = Given(NoticeStatus.SENT, on)
    last, received = appeal_until(notice), deemed_received(notice)
    if emailed and yours and last and received:
        given |= {"last_day": day(last), "sent_on": day(on), "received_on": day(received)}
    told = [("The right to appeal", statutory("appeal", **given))]
    return told + [("What failing induction means", statutory("failed", yours=yours))] * (outcome is Outcome.FAIL)
