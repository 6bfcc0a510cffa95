"""An appeal in words: its days and outcome, for pages, bundles and files."""

from typing import Any

from cases.rules.appeals import hearing_notice_is_short
from cases.rules.outcomes import Outcome
from cases.rules.statuses import AppealStatus
from induction_portal.govuk.words import day

from ..models import Appeal, AppealHearing
from .reading import terms_words

WANTED = {True: "Yes", False: "No, it may be decided on the papers", None: "The appeal does not say"}
SHORT = "This hearing was told of fewer than 15 working days before it: each side may ask the Agency for another day."


def facts_of(row: Appeal) -> list[tuple[str, str]]:
    """What was recorded of an appeal, but for what was written in it."""
    hearing = row.hearings.last()
    told = [
        ("Appeal made on", day(row.made_on)),
        ("Allowed out of time on", _day(row.permitted_on)),
        ("How the appropriate body knows", row.get_learned_display()),
        ("Copy received on", _day(row.copy_on)),
        ("An oral hearing is asked for", WANTED[row.wants_hearing]),
        ("Replies sent on", ", ".join(day(each.sent_on) for each in row.replies.all())),
        ("Hearing on", _hearing(hearing) if hearing else ""),
        ("Outcome", outcome_words(row)),
        ("Ended on", _day(row.ended_on)),
        ("Notice of the outcome received on", _day(row.told_on)),
    ]
    return [(name, value) for name, value in told if value]


def outcome_words(row: Appeal) -> str:
    """How it ended, and what that means; empty while it is open."""
    extends = row.decision.decides is Outcome.EXTEND
    match row.state:
        case AppealStatus.ALLOWED:
            return "Allowed: the teacher has passed induction"
        case AppealStatus.DISMISSED | AppealStatus.WITHDRAWN:
            stands = "the extension stands" if extends else "the decision to fail stands"
            return f"{row.state.label}: {stands}"
        case AppealStatus.VARIED:
            terms = terms_words(str(row.terms))
            return f"The extension lasts {terms}" if extends else f"The induction is extended by {terms}"
    return ""


def answer_words(told: dict[str, Any]) -> str:
    """What a reply says to one ground."""
    stance = "Contested" if told["contests"] else "Admitted"
    return f"{stance}. {told['says']}" if told["says"] else stance


def short_notice(hearing: AppealHearing | None) -> str:
    """A warning where the Agency told of a hearing later than it must (D16); empty otherwise."""
    return SHORT if hearing and hearing_notice_is_short(hearing.noticed_on, hearing.held_on) else ""


def _hearing(hearing: AppealHearing) -> str:
    place = f", {hearing.place}" if hearing.place else ""
    return f"{day(hearing.held_on)}{place}"


def _day(told: Any) -> str:
    return day(told) if told else ""
