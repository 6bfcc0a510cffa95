"""The general report of a term: figures by school and part, without a name, a rating or a word about anybody (R80).

Whom it counts: at a school, everybody with a placement there in the term; at an appropriate body, those of its own.
"""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse

from induction_portal.accounts.models import Organisation
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.viewer import Viewer

from .deadlines import PROGRESS_REVIEW, late
from .forms.windows import TermFilter
from .models import BodyPeriod, Deadline, GivenReport, Placement
from .reach import served_for
from .settling import settle
from .terms import ReportTerm, begun_terms

COLUMNS = (
    ("ects", "ECTs in the term"), ("part_1", "In part 1"), ("part_2", "In part 2"), ("joined", "Joined"),
    ("left", "Left"), ("completed", "Served in full"), ("due", "Reviews due"), ("sent", "Reviews sent"),
    ("late", "Reviews late"),
)  # fmt: skip
Figures = dict[str, int]


def asked_term(form: TermFilter, terms: list[ReportTerm]) -> ReportTerm:
    """The term that was asked for, else the latest."""
    asked = form.cleaned_data.get("term") if form.is_bound and form.is_valid() else None
    return next((term for term in terms if term.key == asked), terms[-1])


def term_report(viewer: Viewer, term: ReportTerm) -> dict[str, Any]:
    """Everything of the page."""
    schools = _schools(viewer)
    served = _served(viewer, term)
    waiting = settle(served.order_by().values("induction"))
    figures = _figures(served, term, viewer.on)
    for school, told in _reviews(viewer, term).items():
        if school in figures:
            figures[school] |= told
    rows = [_row(name, figures[key]) for key, name in schools.items() if key in figures]
    return {
        "term": term,
        "as_at": term.as_at(viewer.on),
        "columns": [{"text": "School"}, *({"text": text, "numeric": True} for _, text in COLUMNS)],
        "rows": [*rows, _total(rows)] if len(rows) > 1 else rows,
        "waiting": waiting,
        "usual_terms": len(schools) != 1,
        "given": _given(viewer),
        "may_record": viewer.may(Permission.GIVE_GENERAL_REPORT),
        "breadcrumbs": [{"text": "Home", "href": reverse("home")}],
    }


def terms_to_record(viewer: Viewer) -> list[ReportTerm]:
    """The terms whose report has not been recorded as given, among those with an ECT at the school."""
    if viewer.organisation is None:
        return []
    given = {each.key for each in GivenReport.objects.filter(school=viewer.organisation)}
    spells = list(Placement.objects.filter(school=viewer.organisation).values_list("starts_on", "ends_on"))
    return [
        term
        for term in begun_terms(viewer)
        if term.key not in given
        and any(begun <= term.ends_on and (left is None or left >= term.starts_on) for begun, left in spells)
    ]


def given_crumbs() -> list[dict[str, str]]:
    """Home, then the report."""
    return [{"text": "Home", "href": reverse("home")}, {"text": "General report", "href": reverse("cases:report")}]


def _schools(viewer: Viewer) -> dict[UUID, str]:
    """The schools that the viewer's report is about, by name."""
    own = viewer.organisation
    if own is None:
        return {}
    if own.kind == Organisation.Kind.SCHOOL:
        return {own.pk: own.name}
    known = Organisation.objects.filter(trust=own)
    if own.kind == Organisation.Kind.BODY:
        known = Organisation.objects.filter(pk__in=served_for(own).values("school"))
    return dict(known.order_by("name").values_list("pk", "name"))


def _within(viewer: Viewer) -> Q:
    """Which placements count: those at the viewer's schools or, for a body, those while it was responsible."""
    own = viewer.organisation
    if own is None or own.kind == Organisation.Kind.SCHOOL:
        return Q(school=own)
    if own.kind != Organisation.Kind.BODY:
        return Q(school__trust=own)
    return Q(pk__in=served_for(own).values("pk"))


def _served(viewer: Viewer, term: ReportTerm) -> QuerySet[Placement]:
    """Placements in a term of ECTs who had not served in full before it."""
    day, own = term.as_at(viewer.on), viewer.organisation
    found = Placement.objects.filter(_within(viewer), Q(ends_on=None) | Q(ends_on__gte=term.starts_on))
    if own is not None and own.kind == Organisation.Kind.BODY:
        responsible = BodyPeriod.objects.filter(Q(ends_on=None) | Q(ends_on__gte=term.starts_on), starts_on__lte=day)
        found = found.filter(Exists(responsible.filter(body=own, induction=OuterRef("induction"))))
    return found.filter(starts_on__lte=day).exclude(induction__clock__ends_on__lt=term.starts_on)


def _figures(served: QuerySet[Placement], term: ReportTerm, on: date) -> dict[UUID, Figures]:
    """Each school's ECTs of a term. One query."""
    day = term.as_at(on)
    second = Q(induction__clock__part_2_starts_on__lte=day)
    grouped = served.filter(induction__stale=False).order_by().values("school")

    def people(condition: Q | None = None) -> Count:
        return Count("induction", distinct=True, filter=condition)

    found = grouped.annotate(
        ects=people(),
        part_2=people(second),
        joined=people(Q(starts_on__range=(term.starts_on, day))),
        left=people(Q(ends_on__range=(term.starts_on, day))),
        completed=people(Q(induction__clock__ends_on__range=(term.starts_on, day))),
    )
    return {row.pop("school"): row | {"part_1": row["ects"] - row["part_2"]} for row in found}


def _reviews(viewer: Viewer, term: ReportTerm) -> dict[UUID, Figures]:
    """Each school's reviews that fell due in a term: how many, sent, and late. One query."""
    placed = "induction__placements__"
    at_the_time = Q(**{f"{placed}starts_on__lte": F("due_on")}) & (
        Q(**{f"{placed}ends_on": None}) | Q(**{f"{placed}ends_on__gte": F("due_on")})
    )
    places = Placement.objects.filter(_within(viewer)).values("pk")
    due = Deadline.objects.filter(
        at_the_time,
        _responsible(viewer),
        kind=PROGRESS_REVIEW,
        due_on__range=(term.starts_on, term.until),
        induction__stale=False,
        induction__placements__in=places,
    )
    found = (
        due.order_by()
        .values(school=F(f"{placed}school"))
        .annotate(
            due=Count("pk", distinct=True),
            sent=Count("pk", distinct=True, filter=Q(is_open=False)),
            late=Count("pk", distinct=True, filter=Q(is_open=True) & late(on=viewer.on)),
        )
    )
    return {row.pop("school"): row for row in found}


def _responsible(viewer: Viewer) -> Q:
    """For a body: only what fell due while it was responsible."""
    if viewer.organisation is None or viewer.organisation.kind != Organisation.Kind.BODY:
        return Q()
    periods = BodyPeriod.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=OuterRef("due_on")), starts_on__lte=OuterRef("due_on")
    )
    return Q(Exists(periods.filter(body=viewer.organisation, induction=OuterRef("induction"))))


def _row(name: str, figures: Figures) -> list[Any]:
    return [name, *(figures.get(key, 0) for key, _ in COLUMNS)]


def _total(rows: list[list[Any]]) -> list[Any]:
    return ["All schools", *(sum(row[place] for row in rows) for place in range(1, len(COLUMNS) + 1))]


def _given(viewer: Viewer) -> list[GivenReport]:
    """What was recorded as given at the viewer's own school, the latest first."""
    if viewer.organisation is None or viewer.organisation.kind != Organisation.Kind.SCHOOL:
        return []
    return list(GivenReport.objects.filter(school=viewer.organisation).select_related("set_by")[:6])
