"""What the pages of one visit are given: all of it for the body, what was shared for the school."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.urls import reverse

from induction_portal.accounts.viewer import Viewer
from induction_portal.govuk.words import day

from ..forms.quality_visits import SCHOOL, Asking
from ..models import FindingStep, Induction, QualityFinding, QualityPick, QualityVisit
from ..rules.quality import Audience, FindingKind, FindingState, answerers
from .access import is_body, visible_answers, visible_findings, visible_visits
from .known import Pairs, known_of, of_school
from .pages import COLOURS, finding_state, round_crumbs, visit_rows
from .subjects import looked_at, picks_at

State = QualityVisit.State
MOST = 100


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One finding, with what was said of it and where it is answered or ruled on."""

    row: QualityFinding
    state: dict[str, str]
    about: str
    steps: list[FindingStep]
    answer_url: str
    rule_url: str


def visit_context(viewer: Viewer, visit: QualityVisit) -> dict[str, Any]:
    """The page of one visit, for either side."""
    own = is_body(viewer)
    picks = picks_at(visit.round, visit.school) if own else []
    answers = visible_answers(viewer).filter(visit=visit).select_related("question", "induction__teacher")
    return {
        "title": f"Quality assurance: {visit.school.name}" if own else "Quality assurance visit",
        "visit": visit,
        "rows": visit_rows(visit, [pick.induction.teacher.name for pick in picks if pick.induction]),
        "state": {"text": visit.get_state_display(), "colour": COLOURS[State(visit.state)]},
        "answers": _answers(answers, own=own),
        "answer_columns": ["Question", "Answer", "Based on", *(["Who reads it"] if own else [])],
        "checks": _checks(visit) if own else [],
        "findings": _findings(viewer, visit),
        "is_body": own,
        "breadcrumbs": round_crumbs(visit.round) if own else here_crumbs(),
    }


def here_crumbs() -> list[dict[str, str]]:
    """Home and the list of the school."""
    return [
        {"text": "Home", "href": reverse("home")},
        {"text": "Quality assurance", "href": reverse("cases:quality_here")},
    ]


def _answers(answers: Any, *, own: bool) -> list[list[str]]:
    told = []
    for each in answers.order_by("question__position", "induction__teacher__sort_name"):
        about = f" ({each.induction.teacher.name})" if each.induction else ""
        row = [f"{each.question.text}{about}", each.get_judgement_display(), each.note or "Nothing noted"]
        told.append([*row, each.get_audience_display()] if own else row)
    return told


def _checks(visit: QualityVisit) -> list[dict[str, Any]]:
    found = visit.checks.select_related("induction__teacher").order_by("induction__teacher__sort_name")
    return [
        {
            "title": each.induction.teacher.name if each.induction else "The school’s ECTs",
            "rows": pairs(
                [
                    *each.known,
                    ("Programme followed?", each.get_fidelity_display()),
                    ("Timetable reduced?", each.get_timetable_display()),
                    *([("Looked at", each.note)] if each.note else []),
                ]
            ),
        }
        for each in found
    ]


def pairs(told: Pairs) -> list[dict[str, str]]:
    """Facts as a summary list takes them."""
    return [{"key": name, "value": value} for name, value in told]


def _findings(viewer: Viewer, visit: QualityVisit) -> list[FindingLine]:
    found = visible_findings(viewer).filter(visit=visit).select_related("induction__teacher").order_by("position")
    rows = list(found)
    steps: defaultdict[UUID, list[FindingStep]] = defaultdict(list)
    for step in FindingStep.objects.filter(finding__in=rows).select_related("by") if rows else ():
        steps[step.finding_id].append(step)
    return [_line(viewer, visit, row, steps[row.pk]) for row in rows]


def _line(viewer: Viewer, visit: QualityVisit, row: QualityFinding, steps: list[FindingStep]) -> FindingLine:
    follows = visit.state == State.SHARED and row.kind == FindingKind.ACTION
    may_answer = follows and row.state != FindingState.CLOSED and viewer.roles & answerers(row.owner)
    own = is_body(viewer)
    return FindingLine(
        row=row,
        state=finding_state(viewer, row),
        about=row.induction.teacher.name if row.induction else "",
        steps=steps,
        answer_url=reverse("cases:answer_finding", args=[row.pk]) if may_answer and not own else "",
        rule_url=reverse("cases:rule_on_finding", args=[row.pk]) if follows and own else "",
    )


def here_context(viewer: Viewer) -> dict[str, Any]:
    """Every visit that was shared with the viewer's school."""
    waiting = Q(findings__state=FindingState.OPEN, findings__audience=Audience.SCHOOL)
    counted = visible_visits(viewer).annotate(waiting=Count("findings", filter=waiting))
    rows = [
        [
            {"text": day(each.visited_on), "href": reverse("cases:quality_visit", args=[each.pk])},
            each.body.name,
            each.get_kind_display(),
            day(each.shared_on),
            str(each.waiting),
        ]
        for each in counted[:MOST]
    ]
    return {
        "title": "Quality assurance at your school",
        "rows": rows,
        "columns": ["Visit", "Appropriate body", "Kind", "Shared", "Actions open"],
        "breadcrumbs": here_crumbs()[:1],
    }


# Recording


def asking_of(visit: QualityVisit, picks: list[QualityPick]) -> Asking:
    """What a visit asks, and of whom."""
    return Asking(list(visit.round.questions.all()), [pick.induction for pick in picks if pick.induction])


def known_here(viewer: Viewer, visit: QualityVisit, asking: Asking) -> list[dict[str, Any]]:
    """What the portal knows of those whom a visit looks at, beside the form."""
    cases: list[Induction] = list(asking.cases) or looked_at(visit.round, visit.school, viewer.on)
    known = known_of(cases, visit.school, viewer.on)
    if asking.cases:
        return [{"title": each.teacher.name, "rows": pairs(known.get(each.pk, []))} for each in cases]
    return [{"title": "The school’s ECTs", "rows": pairs(of_school(cases, known))}]


def initial_of(visit: QualityVisit, asking: Asking) -> dict[str, Any]:
    """What was recorded before, as the form begins with it."""
    initial: dict[str, Any] = {"visited_on": visit.visited_on, "kind": visit.kind, "met": visit.met}
    if visit.state != State.RECORDED:
        return initial
    keys: dict[tuple[UUID, UUID | None], str]
    keys = {(question.pk, None): key for key, question in asking.of_school.items()}
    keys |= {(q.pk, each.pk if each else None): key for key, (q, each, _) in asking.of_ects.items()}
    told: dict[str, dict[str, Any]] = {}
    for answer in visit.answers.all():
        shared = answer.audience == Audience.SCHOOL
        told[keys[answer.question_id, answer.induction_id]] = {
            "judgement": answer.judgement, "note": answer.note, "shared": shared,
        }  # fmt: skip
    subjects = {each.pk if each else None: key for key, each, _ in asking.subjects}
    checks = {
        subjects[c.induction_id]: {"fidelity": c.fidelity, "timetable": c.timetable, "note": c.note}
        for c in visit.checks.all()
    }
    return initial | {"answers": told, "voice": told, "checks": checks, "findings": _found(visit)}


def _found(visit: QualityVisit) -> list[dict[str, Any]]:
    return [
        {
            "kind": each.kind,
            "text": each.text,
            "about": str(each.induction_id) if each.induction_id else SCHOOL,
            "owner": each.owner,
            "due_on": each.due_on,
        }
        for each in visit.findings.order_by("position")
    ]
