"""An appropriate body words its questions, plans a round of quality assurance and draws whom it looks at (SG 5.11)."""

import hashlib
import secrets
from collections.abc import Collection
from datetime import date
from uuid import uuid4

from induction_portal.accounts.models import Organisation
from induction_portal.accounts.viewer import Viewer
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event
from induction_portal.audit.record import canonical, case_chain, organisation_chain, record, snapshot

from ..models import Induction, QualityDraw, QualityPick, QualityQuestion, QualityRound, RoundQuestion
from ..quality.population import Drawable, population
from ..quality.questions import questions_of
from ..rules.errors import RuleBroken
from ..rules.quality import AskedOf
from ..rules.quality_sampling import at_random, by_risk, check_draw
from ..rules.windows import TermKey

UNTOLD = {"aims"}


def own_body(by: Viewer) -> Organisation:
    """The viewer's own appropriate body, its row locked. Raises RuleBroken for anybody else."""
    own = by.organisation
    if own is None or own.kind != Organisation.Kind.BODY:
        raise RuleBroken("Only an appropriate body does this")
    return Organisation.objects.select_for_update().get(pk=own.pk)


@action
def word_question(
    *, by: Viewer, on: date, code: str, text: str, asked_of: AskedOf, starts_on: date, is_asked: bool = True
) -> QualityQuestion:
    """Word a question from a day on, or ask it no longer; without a code it is a new one of the body's own.

    Raises RuleBroken for a day that has passed, and where nothing would change.
    """
    body = own_body(by)
    if starts_on < on:
        raise RuleBroken("The day must be today or later: what was asked before stays as it was", "starts_on")
    now = next((each for each in questions_of(body, starts_on) if each.code == code), None)
    if now and (now.text, now.asked_of, True) == (text.strip(), asked_of, is_asked):
        raise RuleBroken("Nothing was changed: change the question, or go back", "text")
    row = QualityQuestion.objects.create(
        body=body,
        code=code or f"own_{uuid4().hex[:12]}",
        starts_on=starts_on,
        text=text.strip(),
        asked_of=asked_of,
        is_asked=is_asked,
        set_by=by.user,
        set_on=on,
    )
    record(by, Event.QUALITY_QUESTION_SET, row, chain=organisation_chain(body.pk), on=on, after=row)
    return row


@action
def plan_round(
    *, by: Viewer, on: date, term: TermKey, draws: str, aims: str, questions: Collection[str]
) -> QualityRound:
    """Plan a round for a term, with these of the body's questions by code, as they are worded today.

    Raises RuleBroken without a question.
    """
    body = own_body(by)
    asked = [each for each in questions_of(body, on) if each.code in questions]
    if not asked:
        raise RuleBroken("Select at least one question", "questions")
    planned = QualityRound.objects.create(
        body=body, first_year=term[0], term=term[1], draws=draws, aims=aims.strip(), set_by=by.user, set_on=on
    )
    RoundQuestion.objects.bulk_create(
        RoundQuestion(round=planned, position=place, code=each.code, text=each.text, asked_of=each.asked_of)
        for place, each in enumerate(asked, 1)
    )
    told = {name: value for name, value in (snapshot(planned) or {}).items() if name not in UNTOLD}
    told["questions"] = [each.code for each in asked]
    record(by, Event.QUALITY_ROUND_PLANNED, planned, chain=organisation_chain(body.pk), on=on, after=told)
    return planned


@action
def draw_sample(*, by: Viewer, on: date, round_: QualityRound, method: str, size: int, seed: str = "") -> QualityDraw:
    """Draw so many of those who have not been drawn in this round, at random or by risk; the seed is made up where none
    is given. Who was drawn from is kept with the draw, and each ECT's own history tells of it (R78).

    Raises RuleBroken for another body's round, and for what `check_draw` refuses, or where nobody is at risk.
    """
    body = own_body(by)
    round_ = QualityRound.objects.select_for_update().get(pk=round_.pk, body=body)
    there, seed = population(round_, on), seed.strip() or secrets.token_hex(8)
    check_draw(size, seed, len(there))
    scores = {key: there[key].score for key in sorted(there)}
    chosen = at_random(scores, size, seed) if method == QualityDraw.Method.RANDOM else by_risk(scores, size, seed)
    if not chosen:
        raise RuleBroken("Nothing known speaks for a risk in any of them: draw at random", "method")
    content = canonical(scores)
    drawn = QualityDraw.objects.create(
        round=round_,
        method=method,
        seed=seed,
        size=size,
        population=content,
        sha256=hashlib.sha256(content.encode()).hexdigest(),
        drawn_by=by.user,
        drawn_on=on,
    )
    picks = [_pick(drawn, there[key]) for key in chosen]
    QualityPick.objects.bulk_create(picks)
    _tell_the_trail(by, on, drawn, picks)
    return drawn


def _pick(drawn: QualityDraw, each: Drawable) -> QualityPick:
    reasons = [[risk.source, risk.says] for risk in each.risks]
    return QualityPick(
        draw=drawn, round=drawn.round, school_id=each.school_id, induction_id=each.induction_id, reasons=reasons
    )


def _tell_the_trail(by: Viewer, on: date, drawn: QualityDraw, picks: list[QualityPick]) -> None:
    """The cases first, in the order of their ids, then the body's own chain."""
    drawn_cases = sorted((pick for pick in picks if pick.induction_id), key=lambda pick: str(pick.induction_id))
    list(Induction.objects.select_for_update().filter(pk__in=[p.induction_id for p in drawn_cases]).order_by("pk"))
    for pick in drawn_cases:
        assert pick.induction_id is not None  # noqa: S101 - only these were chosen
        after = {"draw": drawn.pk, "school": pick.school_id}
        record(by, Event.QUALITY_SAMPLED, pick, chain=case_chain(pick.induction_id), on=on, after=after)
    told = {"method": drawn.method, "seed": drawn.seed, "size": drawn.size, "population": drawn.sha256}
    told["drawn"] = len(picks)
    chain = organisation_chain(drawn.round.body_id)
    record(by, Event.QUALITY_SAMPLE_DRAWN, drawn, chain=chain, on=on, after=told)
