"""Every address of the portal, found by walking the URLconf, and the objects of the world that fill it in."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.support.world import (
    Between,
    Calendar,
    Case,
    Coded,
    Formed,
    Kept,
    Looked,
    Piece,
    Registration,
    Review,
    Settings,
    Tenant,
    World,
)

# One example a tenant, one that was handed over, one that was not, one of another side of a case that is visible.
CASES = ("oak", "elm", "harbour", "moved", "left", "joined", "invited", "ended", "ready")
CONCERNS = ("climbing", "elm")
PROPOSALS = ("oak", "elm", "harbour")
PLANS = ("planned",)
SIGNED = ("planned", "signed", "answered")
FORMS = ("oak", "harbour", "climbing")
CLIMBED = ("climbing",)
SUPPORT_MEETINGS = ("held", "to_come")
OWN_CONCERNS = ("climbing", "climbing_school", "elm")
CHASES = ("elm",)
REVIEWS = ("oak1", "oak2", "oak4", "elm4", "harbour4", "moved1", "moved4", "left1")
LETTERS = ("oak", "moved")
UNREACHED = ("unreached@elm", "unreached@south")
ASSESSMENTS = ("oak", "elm", "harbour", "moved", "joined", "left", "paper", "ended", "ended_final", "ready")
REGISTRATIONS = ("oak", "elm", "harbour", "gone", "joined", "returned")
Subject = Case | Review | Registration | Calendar | Kept | Piece | Tenant | Settings | Between | Looked | Coded
KEPT = ("oak", "harbour", "north")
PIECES = ("oak", "harbour", "moved", "moved_old")
QUERIES = ("oak", "elm", "harbour")
ABSENCES = ("oak", "elm", "harbour", "oakleave", "harbourleave", "moved", "moved_old")
NOTICES = ("oak", "elm30")
OBSERVATIONS = ("oak", "elm", "oakdue", "oakahead", "harbour", "moved", "moved_old", "left_old")
VISITS = ("oak", "harbour")
MEETINGS = ("oak", "harbour", "moved", "moved_old")
RATINGS = ("oak", "moved")
FILES = ("north", "south", "south_old")
BATCHES = ("north", "north_done", "south_done")
RELEASES = ("let", "taken", "adrift")
REQUESTS = ("asked", "adrift", "refused", "unknown")
HANDED = ("handed", "taken")
RECOMMENDATIONS = ("ended", "ready")
DECISIONS = ("ended", "ended_proposed", "appealed")
APPEALS = ("appealed",)
INPUTS = ("oak", "oakasked", "oakoff", "harbour", "moved", "moved_old")
DECISION_NOTICES = ("ended_ect", "ended_headteacher", "ended_employer")
TENANTS = ("oak", "elm", "harbour", "north", "south")
BODIES = ("north", "south")
SHORTENED = ("moved", "elm", "harbour")
BUNDLES = ("bundle@joined", "bundle@moved")
ROUNDS = ("north_ects", "north_schools", "south_ects")
LOOKED = ("oak_shared", "elm_kept", "oak_planned", "elm_off")
FINDINGS = ("oak_open", "oak_tutor", "oak_answered", "oak_ect")
CODES = {code: Coded(code, code) for code in ("mentor_time", "voice")}
CALENDARS = ("oak", "elm", "harbour", "meridian")
FEW = (
    "oak", "harbour", "north", "elm30", "oakleave", "oakdue", "oak2", "harbour4", "moved1", "invited@oak",
    "invited@north", "unreached@elm", "member@oak", "person@oak", "bundle@joined", "let", "asked", "handed", "ended",
    "ended_proposed", "ended_ect",
    "north_ects", "north_schools", "oak_shared", "elm_kept", "oak_planned", "oak_open", "oak_answered", "mentor_time",
    "appealed",
    "climbing", "climbing_school", "planned", "signed", "held", "to_come",
)  # fmt: skip


class Page(NamedTuple):
    """One pattern of the URLconf: its name with its namespace, its view and the names of its arguments."""

    name: str
    view: Any
    arguments: tuple[str, ...]


class Address(NamedTuple):
    """One page with its arguments filled in; `subject` is the object of the world that they name, or None."""

    page: Page
    path: str
    subject: Subject | None


def pages() -> list[Page]:
    """Every page, in the order of the URLconf."""
    return list(_walk(get_resolver(), ""))


def _walk(resolver: URLResolver, namespace: str) -> Iterator[Page]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry, inner)
        elif isinstance(entry, URLPattern):
            arguments = (*entry.pattern.regex.groupindex, *getattr(entry.pattern, "converters", {}))
            yield Page(f"{namespace}{entry.name}", entry.callback, tuple(dict.fromkeys(arguments)))


def addresses(world: World, page: Page, *, few: bool = False) -> list[Address]:
    """The page with every example of what its arguments name. LookupError for an argument without an example."""
    if not page.arguments:
        return [Address(page, reverse(page.name), None)]
    (argument,) = page.arguments if len(page.arguments) == 1 else (" and ".join(page.arguments),)
    found = _examples(world, argument, few=few)
    return [Address(page, reverse(page.name, args=getattr(o, "args", None) or [o.id]), o) for o in found]


def _calendars(world: World, *more: int) -> dict[str, Calendar]:
    return {key: Calendar(key, (world.places[key], *more)) for key in CALENDARS}


def _forms(world: World) -> dict[str, Formed]:
    """Cases for which a blank form is asked."""
    return {key: Formed(**vars(world.cases[key]), args=(world.cases[key].id, "level-1")) for key in FORMS}


def _examples(world: World, argument: str, *, few: bool) -> list[Subject]:
    known: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
        "organisation_id": (_calendars(world), CALENDARS),
        "organisation_id and first_year": (_calendars(world, world.first_year), CALENDARS),
        "body_id": ({key: world.tenant(key) for key in BODIES}, BODIES),
        "tenant_id": ({key: world.tenant(key) for key in TENANTS}, TENANTS),
        "policy_id": (world.settings, TENANTS),
        "case_id": (world.cases, CASES),
        "review_id": (world.reviews, REVIEWS),
        "assessment_id": (world.assessments, ASSESSMENTS),
        "letter_id": (world.letters, LETTERS),
        "registration_id": (world.registrations, REGISTRATIONS),
        "invitation_id": (world.invitations, tuple(f"invited@{place}" for place in KEPT)),
        "membership_id": (world.members, tuple(f"member@{place}" for place in KEPT)),
        "person_id": (world.persons, tuple(f"person@{place}" for place in KEPT)),
        "placement_id": (world.placements, PIECES),
        "pattern_id": (world.patterns, PIECES),
        "appointment_id": (world.appointments, PIECES),
        "agreement_id": (world.queries, QUERIES),
        "absence_id": (world.absences, ABSENCES),
        "notice_id": (world.notices, NOTICES),
        "observation_id": (world.observations, OBSERVATIONS),
        "visit_id": (world.visits, VISITS),
        "meeting_id": (world.meetings, MEETINGS),
        "file_id": (world.files, FILES),
        "batch_id": (world.batches, BATCHES),
        "claim_id": (world.claims, BODIES),
        "reduction_id": (world.reductions, SHORTENED),
        "bundle_id": (world.bundles, BUNDLES),
        "input_id": (world.inputs, INPUTS),
        "rating_id": (world.self_ratings, RATINGS),
        "release_id": (world.releases, RELEASES),
        "request_id": (world.requests, REQUESTS),
        "record_id": (world.handed, HANDED),
        "recommendation_id": (world.recommendations, RECOMMENDATIONS),
        "decision_id": (world.decisions, DECISIONS),
        "given_id": (world.decision_notices, DECISION_NOTICES),
        "round_id": (world.quality_rounds, ROUNDS),
        "quality_visit_id": (world.quality_visits, LOOKED),
        "finding_id": (world.quality_findings, FINDINGS),
        "code": (CODES, tuple(CODES)),
        "appeal_id": (world.appeals, APPEALS),
        "demand_id": (world.appeal_requests, APPEALS),
        "answer_id": (world.appeal_replies, APPEALS),
        "concern_id": (world.concerns, CONCERNS),
        "proposal_id": (world.proposals, PROPOSALS),
        "own_concern_id": (world.own_concerns, OWN_CONCERNS),
        "support_meeting_id": (world.plan_meetings, SUPPORT_MEETINGS),
        "body_update_id": (world.body_updates, CLIMBED),
        "level_id": (world.support_levels, CLIMBED),
        "plan_id": (world.plans, SIGNED),
        "case_id and form_key": (_forms(world), FORMS),
        "week_id": (world.plan_weeks, PLANS),
        "chase_id": (world.chases, CHASES),
        "undelivered_id": (world.unreached, UNREACHED),
    }
    if argument not in known:
        raise LookupError(f"The world has no example of {argument}: add one to tests/support/world_build.py")
    objects, keys = known[argument]
    return [objects[key] for key in keys if not few or key in FEW]
