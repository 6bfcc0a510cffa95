"""Input that a school asks of a colleague about the ECT's teaching, by a link that works once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from .reviews import Objection
from .standards import Standard

LONGEST_WAIT = timedelta(days=28)
WORKS_AFTER = timedelta(days=7)
NEITHER = "Write about at least one Standard, or say that you have nothing to say"
BOTH = "Either write something or say that you have nothing to say, not both"


def works_until(answer_by: date, *, today: date) -> date:
    """The last day of a link: a week after the day asked for, or after the day on which it is sent again if later."""
    return max(answer_by, today) + WORKS_AFTER


def check_request(
    *, name: str, post: str, standards: Collection[Standard], question: str, answer_by: date, today: date
) -> list[Objection]:
    """Everything that keeps a colleague from being asked, in the order of the form.

    The evidence is judged against the Standards (SG 2.46), so at least one is named. No source has a number of days.
    """
    found = []
    if not name.strip():
        found.append(Objection("name", "Enter your colleague’s full name"))
    if not post.strip():
        found.append(Objection("post", "Enter what your colleague does at the school"))
    if not standards:
        found.append(Objection("standards", "Select at least one Standard to ask about"))
    if not question.strip():
        found.append(Objection("question", "Enter what you would like to know"))
    if answer_by < today:
        found.append(Objection("answer_by", "The day to answer by must be today or later"))
    elif answer_by > today + LONGEST_WAIT:
        found.append(Objection("answer_by", "The day to answer by must be within 4 weeks"))
    return found


def check_colleague(*, is_ect: bool, is_self: bool, is_mentor: bool) -> list[Objection]:
    """Whom the address belongs to. A mentor supports and has no part in assessing the ECT (R53, R79, SG 2.55)."""
    if is_ect:
        return [Objection("email", "This is the ECT’s own address: enter a colleague’s")]
    if is_self:
        return [Objection("email", "This is your own address: enter a colleague’s")]
    if is_mentor:
        return [Objection("email", "The ECT’s mentor supports and does not assess: ask another colleague")]
    return []


def said(words: Mapping[Standard, str]) -> dict[Standard, str]:
    """The Standards of which something is said, in their order."""
    return {standard: words[standard].strip() for standard in Standard if words.get(standard, "").strip()}


def check_answer(
    words: Mapping[Standard, str], *, nothing_to_say: bool, asked: Collection[Standard]
) -> list[Objection]:
    """Everything that keeps an answer from being sent; fields are named ``words_TS1``. R78: what is said is evidence
    that the ECT reads, so it keeps to the Standards that were asked about.
    """
    told = said(words)
    if any(standard not in asked for standard in told):
        return [Objection("", "Write only about the Standards that you were asked about")]
    if told and nothing_to_say:
        return [Objection("nothing_to_say", BOTH)]
    if not told and not nothing_to_say:
        first = next(standard for standard in Standard if standard in asked)
        return [Objection(f"words_{first.value}", NEITHER)]
    return []
