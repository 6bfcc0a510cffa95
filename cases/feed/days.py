"""What stands in a person's calendar feed: only what their pages show them, and in plain words.

A feed leaves the portal: it lies on telephones and on other firms' servers. So it says what falls due and for whom, and
never why, how somebody fares, or that anything is about absence, support or an appeal.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.db.models import F, QuerySet
from django.urls import reverse

from induction_portal.accounts.models import Organisation
from induction_portal.accounts.permissions import Permission, Role
from induction_portal.accounts.viewer import Viewer
from induction_portal.govuk.words import lower_first

from ..calendars import plans_of
from ..deadlines import ABSENCE_WARNING, TERMLY, label
from ..duties import owned, standing_deadlines
from ..models import BodyPeriod, Deadline, Placement, Term
from ..parts import PARTS, Dated
from ..querysets import in_force
from ..reach import current_keys
from ..rules.calendar import TERM_NAMES
from ..rules.school_year import Span, YearPlan
from ..settling import settle, settled

BACK, AHEAD, MOST = timedelta(days=28), timedelta(days=400), 1000
# What may be called by its name anywhere: steps that every induction has (codes of the table of deadlines).
PLAIN = frozenset({"D1", "D2", "D3", "D4", "D5", "D6", "D7", "D8", "D9", "D10", "D11", "D12", "D13", "D22", "D23"})
REVIEWS = frozenset(TERMLY[:3])
ASSESSMENT, OTHER = "Formal assessment", "Deadline in the portal"


def dates_of(viewer: Viewer) -> list[Dated]:
    """Everything of the feed, the earliest first. What was due and is not done stays; what is done goes."""
    found = [*_deadlines(viewer), *_terms(viewer), *(each for part in PARTS for each in part.dates(viewer))]
    last = viewer.on + AHEAD
    return sorted((each for each in found if each.on <= last), key=lambda each: (each.on, each.key))[:MOST]


def plain_words(deadline: Deadline) -> str:
    """What a deadline may be called outside the portal."""
    if deadline.kind in REVIEWS or deadline.code in PLAIN:
        return label(deadline)
    return ASSESSMENT if deadline.kind in TERMLY else OTHER


def _deadlines(viewer: Viewer) -> Iterator[Dated]:
    if not viewer.may(Permission.READ_CASE):
        return
    waiting = settle(current_keys(viewer))
    coming = settled(standing_deadlines(viewer), waiting).filter(due_on__lte=viewer.on + AHEAD, waits="")
    found = _of_body(viewer, coming) if _is_body(viewer) else coming
    named = found.exclude(kind=ABSENCE_WARNING).annotate(about=F("induction__teacher__name"))
    for row in named.order_by("due_on", "pk")[:MOST]:
        yield _dated(row, viewer)


def _dated(row: Deadline, viewer: Viewer) -> Dated:
    return Dated(
        key=f"deadline:{row.induction_id}:{row.kind}:{row.number}",
        on=row.due_on,
        says=plain_words(row),
        url=reverse("cases:dates", args=[row.induction_id]),
        about="" if viewer.roles == {Role.ECT} else row.about,
        note=f"For the {lower_first(Role(row.owner).label)}." if row.owner != Role.ECT else "For the ECT.",
    )


def _is_body(viewer: Viewer) -> bool:
    return viewer.organisation is not None and viewer.organisation.kind == Organisation.Kind.BODY


def _of_body(viewer: Viewer, coming: QuerySet[Deadline]) -> QuerySet[Deadline]:
    """What the body has to meet: an officer's in the cases that they look after, an administrator's in all."""
    own = coming.filter(owned(viewer))
    if Role.BODY_ADMIN in viewer.roles:
        return own
    held = BodyPeriod.objects.filter(in_force("", on=viewer.on), body=viewer.organisation, officer=viewer.user)
    return own.filter(induction__in=held.order_by().values("induction"))


def _terms(viewer: Viewer) -> Iterator[Dated]:
    """The first and last days of terms, as they were set, and the days on which the school is closed in them."""
    for school, years in sorted(_plans(viewer).items()):
        for year, plan in sorted(years.items()):
            yield from _of_year(viewer, f"{school}:{year}", plan)


def _plans(viewer: Viewer) -> "dict[str, dict[int, YearPlan]]":
    """Of one's own school, of the schools where an ECT serves, of one's own trust. One query, none for a body."""
    own = viewer.organisation
    if own is None:
        served = Placement.objects.filter(in_force("", on=viewer.on), induction__teacher__user=viewer.user)
        schools = served.order_by().values("school")
        return {str(key): years for key, years in plans_of(schools).items()}  # type: ignore[arg-type]
    if own.kind == Organisation.Kind.SCHOOL and not viewer.roles <= {Role.GOVERNOR}:
        return {str(key): years for key, years in plans_of([own.pk]).items()}
    return {str(own.pk): _of_trust(own)} if own.kind == Organisation.Kind.TRUST else {}


def _of_trust(trust: Organisation) -> dict[int, YearPlan]:
    told: dict[int, list[Span]] = {}
    terms = Term.objects.filter(year__organisation=trust).order_by("starts_on")
    for year, start, end in terms.values_list("first_year", "starts_on", "ends_on"):
        told.setdefault(year, []).append(Span(start, end))
    return {year: YearPlan(year, tuple(spans), ()) for year, spans in told.items()}


def _of_year(viewer: Viewer, key: str, plan: YearPlan) -> Iterator[Dated]:
    url = reverse("cases:calendars") if viewer.may(Permission.READ_CALENDAR) else reverse("home")
    first, last = viewer.on - BACK, viewer.on + AHEAD
    ends = [(f"{name} term", span) for name, span in zip(TERM_NAMES, plan.terms, strict=False)]
    days: Iterable[tuple[str, date, date, str]] = [
        *((f"{name} starts", span.start, span.start, f"{name}:starts") for name, span in ends),
        *((f"{name} ends", span.end, span.end, f"{name}:ends") for name, span in ends),
        *(("School closed", span.start, span.end, f"closed:{n}") for n, span in enumerate(plan.closures)),
    ]
    for says, start, end, which in days:
        if first <= end and start <= last:
            named = says[0].upper() + says[1:]
            yield Dated(f"term:{key}:{which}", start, named, url, until=end if end > start else None)
