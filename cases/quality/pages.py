"""What the pages of rounds and samples are given: the body's own."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.urls import reverse

from induction_portal.accounts.models import Organisation
from induction_portal.accounts.viewer import Viewer
from induction_portal.govuk.words import day, short_day, upper_first

from ..models import Induction, QualityDraw, QualityFinding, QualityPick, QualityRound, QualityVisit
from ..models.quality import ASKED_OF
from ..rules.quality import DEFAULTS, FindingState, Tied
from ..rules.quality_sampling import at_random, by_risk
from .access import visible_rounds, visible_visits
from .questions import questions_of
from .subjects import by_school, kept_out, tied

MOST = 100
State = QualityVisit.State
COLOURS = {State.PLANNED: "yellow", State.RECORDED: "blue", State.SHARED: "green", State.CALLED_OFF: "grey"}
FINDING_COLOURS = {
    FindingState.NOTED: "grey", FindingState.OPEN: "yellow", FindingState.ANSWERED: "blue",
    FindingState.CLOSED: "green",
}  # fmt: skip


def crumbs(*more: tuple[str, str]) -> list[dict[str, str]]:
    """Home, quality assurance, and what stands between."""
    own = [("Home", reverse("home")), ("Quality assurance", reverse("cases:quality")), *more]
    return [{"text": text, "href": href} for text, href in own]


def overview(viewer: Viewer) -> dict[str, Any]:
    """Every round of the body, the latest first, and the actions that are not closed."""
    counted = visible_rounds(viewer).annotate(
        drawn=Count("picks", distinct=True),
        visited=Count("visits", filter=Q(visits__state__in=[State.RECORDED, State.SHARED]), distinct=True),
        shared=Count("visits", filter=Q(visits__state=State.SHARED), distinct=True),
    )
    rounds = [
        [
            {"text": upper_first(each.term_words), "href": reverse("cases:quality_round", args=[each.pk])},
            each.get_draws_display(),
            str(each.drawn),
            str(each.visited),
            str(each.shared),
        ]
        for each in counted[:MOST]
    ]
    return {
        "title": "Quality assurance",
        "rounds": rounds,
        "round_columns": ["Round", "Draws", "Drawn", "Visits recorded", "Shared"],
        "open": _open_actions(viewer),
        "open_columns": ["School", "Action", "By", "State"],
        "breadcrumbs": [{"text": "Home", "href": reverse("home")}],
    }


def _open_actions(viewer: Viewer) -> list[list[Any]]:
    found = QualityFinding.objects.filter(
        visit__in=visible_visits(viewer).filter(state=State.SHARED).values("pk"),
        state__in=[FindingState.OPEN, FindingState.ANSWERED],
    )
    found = found.select_related("visit__school").order_by("due_on", "pk")
    return [
        [
            {"text": each.visit.school.name, "href": reverse("cases:quality_visit", args=[each.visit_id])},
            each.text,
            short_day(each.due_on),
            finding_state(viewer, each),
        ]
        for each in found[:MOST]
    ]


def finding_state(viewer: Viewer, row: QualityFinding) -> dict[str, str]:
    """Where a finding stands, as a tag: an open action whose day has passed is overdue."""
    if row.state == FindingState.OPEN and row.due_on and row.due_on < viewer.on:
        return {"text": "Overdue", "colour": "red"}
    return {"text": row.get_state_display(), "colour": FINDING_COLOURS[FindingState(row.state)]}


@dataclass(frozen=True, slots=True)
class Line:
    """One of the sample: who, where, why, what has become of it, and why the viewer may not look at it themself."""

    name: str
    school: str
    case_id: UUID | None
    reasons: list[str]
    visit: QualityVisit | None
    colour: str
    kept_out: str


def round_context(viewer: Viewer, row: QualityRound) -> dict[str, Any]:
    """The page of one round: what it asks, its draws, and its sample."""
    lines = sample(viewer, row)
    return {
        "title": f"Quality assurance, {row.term_words}",
        "round": row,
        "questions": list(row.questions.all()),
        "draws": [_draw(each) for each in row.draws_made.select_related("drawn_by").prefetch_related("picks")],
        "lines": lines,
        "may_plan": any(line.visit is None for line in lines),
        "by_ects": row.draws == QualityRound.Draws.ECTS,
        "breadcrumbs": crumbs(),
    }


def _draw(row: QualityDraw) -> dict[str, Any]:
    rows = [
        ("Drawn", f"{len(row.picks.all())} of {len(row.scores)}, {row.get_method_display().lower()}"),
        ("By", f"{row.drawn_by.name}, on {day(row.drawn_on)}"),
        ("Seed", row.seed),
        ("Drawn from", f"A list with the fingerprint {row.sha256}"),
        ("Repeated today", "The same seed and list give the same sample" if holds(row) else "They give another sample"),
    ]
    return {"rows": [{"key": key, "value": value} for key, value in rows]}


def holds(row: QualityDraw) -> bool:
    """Whether the kept seed and population give the sample that was drawn."""
    scores = row.scores
    again = at_random(scores, row.size, row.seed) if row.method == "random" else by_risk(scores, row.size, row.seed)
    return set(again) == {str(pick.induction_id or pick.school_id) for pick in row.picks.all()}


def sample(viewer: Viewer, row: QualityRound) -> list[Line]:
    """Everybody drawn in a round, by school and name, in a fixed number of queries."""
    order = ("school__name", "induction__teacher__sort_name")
    picks = list(row.picks.select_related("school", "induction__teacher").order_by(*order))
    if not picks:
        return []
    visits = {each.school_id: each for each in row.visits.exclude(state=State.CALLED_OFF)}
    near = tied(row.body, _looked_at(row, picks, viewer.on), viewer.on)
    return [_line(viewer, each, visits.get(each.school_id), near[each.school_id]) for each in picks]


def _looked_at(row: QualityRound, picks: list[QualityPick], on: date) -> dict[UUID, list[Induction]]:
    """Whom the visits to each school look at."""
    if row.draws == QualityRound.Draws.SCHOOLS:
        here = by_school(row.body, on)
        return {pick.school_id: here[pick.school_id] for pick in picks}
    found: defaultdict[UUID, list[Induction]] = defaultdict(list)
    for pick in picks:
        found[pick.school_id] += [pick.induction] if pick.induction else []
    return dict(found)


def _line(viewer: Viewer, pick: QualityPick, visit: QualityVisit | None, near: list[Tied]) -> Line:
    return Line(
        name=pick.induction.teacher.name if pick.induction else pick.school.name,
        school=pick.school.name if pick.induction else "",
        case_id=pick.induction_id,
        reasons=[f"{says} ({source})" for source, says in pick.reasons],
        visit=visit,
        colour=COLOURS[State(visit.state)] if visit else "",
        kept_out=kept_out(viewer.user, near).replace("They ", "You ", 1),
    )


def schools_to_visit(row: QualityRound) -> list[Organisation]:
    """The schools of a sample without a visit, by name."""
    planned = row.visits.exclude(state=State.CALLED_OFF).values("school")
    drawn = row.picks.exclude(school__in=planned).values("school")
    return list(Organisation.objects.filter(pk__in=drawn).order_by("name"))


def questions_context(viewer: Viewer) -> dict[str, Any]:
    """The body's list as it holds today, and the defaults that it leaves out."""
    asked = questions_of(viewer.organisation, viewer.on)
    codes = {each.code for each in asked}
    who = dict(ASKED_OF)
    rows = [
        [
            {"text": each.text, "href": reverse("cases:word_question", args=[each.code])},
            who[each.asked_of],
            each.source or "Your own",
        ]
        for each in asked
    ]
    left_out = [
        {"text": each.text, "href": reverse("cases:word_question", args=[each.code])}
        for each in DEFAULTS
        if each.code not in codes
    ]
    return {
        "title": "Questions of your quality assurance",
        "rows": rows,
        "columns": ["Question", "Who answers it", "Where it comes from"],
        "left_out": left_out,
        "breadcrumbs": crumbs(),
    }


def round_crumbs(row: QualityRound) -> list[dict[str, str]]:
    """Those of a page below a round."""
    return crumbs((upper_first(row.term_words), reverse("cases:quality_round", args=[row.pk])))


def visit_rows(visit: QualityVisit, names: Iterable[str] = ()) -> list[dict[str, str]]:
    """A visit as a list of facts."""
    officers = [user.name for user in (visit.officer, visit.second) if user]
    rows = [
        ("School", visit.school.name),
        ("Date", day(visit.visited_on)),
        ("Kind", visit.get_kind_display()),
        ("Officers", " and ".join(officers)),
        ("ECTs looked at", "\n".join(names)),
        ("They met", visit.met),
        ("Shared with the school", day(visit.shared_on) if visit.shared_on else ""),
        ("Why it was called off", visit.reason),
    ]
    return [{"key": key, "value": value} for key, value in rows if value]
