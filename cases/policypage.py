"""The page of settings of one school or body: what holds, since when and by whom, what will hold and what did."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from induction_portal.accounts.models import Organisation
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.viewer import Viewer
from induction_portal.govuk.words import day

from .forms.policies import WithdrawSettingsForm
from .models import BodyPeriod, BodyPolicy, SchoolPolicy
from .models.policies import MODELS
from .policies import Policies
from .policy_words import value_words
from .querysets import in_force
from .rules.policy import SETTINGS, Holder, Setting, Value, row_on, stricter, values_on

Rows = list[SchoolPolicy | BodyPolicy]


@dataclass(frozen=True, slots=True)
class Shown:
    """One setting as its page shows it."""

    setting: Setting
    value: str
    since: str
    default: str
    note: str


@dataclass(frozen=True, slots=True)
class Change:
    """One row of settings in words: from when, who set it, and what it changed."""

    policy: SchoolPolicy | BodyPolicy
    says: list[str]
    state: str
    withdraw: WithdrawSettingsForm | None = None


def rows_of(organisation: Organisation) -> Rows:
    """Every row of an organisation, withdrawn ones too, the latest first."""
    return list(MODELS[organisation.kind].objects.filter(organisation=organisation).select_related("set_by"))


def standing(rows: Rows) -> Rows:
    """The rows that hold, held or will hold."""
    return [row for row in rows if row.withdrawn_on is None]


def latest_number(rows: Rows) -> int:
    """The version of an organisation's settings: how many rows were ever set."""
    return max((row.number for row in rows), default=0)


def values_now(organisation: Organisation, rows: Rows, on: date) -> dict[str, Value]:
    """What holds on a day."""
    return values_on(Holder(organisation.kind), [row.row for row in standing(rows)], on)


def settings_context(viewer: Viewer, may: frozenset[Permission], organisation: Organisation) -> dict[str, Any]:
    """Everything of the page."""
    rows, on = rows_of(organisation), viewer.on
    changing = Permission.CHANGE_SETTINGS in may
    changes = _changes(organisation, rows, viewer if changing else None)
    is_school = organisation.kind == Organisation.Kind.SCHOOL
    return {
        "title": "Settings",
        "caption": organisation.name,
        "organisation": organisation,
        "groups": _groups(organisation, rows, on),
        "coming": [change for change in changes if change.policy.starts_on > on and not change.policy.withdrawn_on],
        "earlier": [change for change in changes if change.policy.starts_on <= on or change.policy.withdrawn_on],
        "may_change": changing,
        "school": getattr(organisation, "school", None) if is_school else None,
        "may_change_facts": is_school and Permission.CHANGE_SCHOOL_FACTS in may,
        "breadcrumbs": breadcrumbs(viewer),
    }


def trust_context(viewer: Viewer) -> dict[str, Any]:
    """The schools of a trust, each with what holds there."""
    schools = list(viewer.organisation.schools.order_by("name")) if viewer.organisation else []
    policies = Policies(schools=[school.pk for school in schools])
    settings = SETTINGS[Holder.SCHOOL]
    rows = []
    for school in schools:
        values = policies.of_school(school.pk, viewer.on)
        words = [value_words(setting, values[name]) for name, setting in settings.items()]
        rows.append([{"text": school.name, "href": reverse("cases:settings_of", args=[school.pk])}, *words])
    columns = [{"text": "School"}, *({"text": setting.label} for setting in settings.values())]
    return {
        "title": "Settings of our schools",
        "breadcrumbs": breadcrumbs(viewer)[:1],
        "columns": columns,
        "rows": rows,
    }


def breadcrumbs(viewer: Viewer, organisation: Organisation | None = None) -> list[dict[str, str]]:
    """Home, for a trust the list of its schools, and on a page below one organisation's settings, those."""
    trust = viewer.organisation is not None and viewer.organisation.kind == Organisation.Kind.TRUST
    crumbs = [{"text": "Home", "href": reverse("home")}]
    if trust:
        crumbs.append({"text": "Settings of our schools", "href": reverse("cases:settings")})
    if organisation:
        crumbs.append({"text": "Settings", "href": reverse("cases:settings_of", args=[organisation.pk])})
    return crumbs


def _groups(organisation: Organisation, rows: Rows, on: date) -> list[tuple[str, list[Shown]]]:
    holder = Holder(organisation.kind)
    values, bodies = values_now(organisation, rows, on), _stricter_bodies(organisation, on)
    groups: dict[str, list[Shown]] = {}
    for name, setting in SETTINGS[holder].items():
        shown = Shown(
            setting,
            value_words(setting, values[name]),
            _since(name, standing(rows), on),
            value_words(setting, setting.default),
            _note(setting, values[name], bodies),
        )
        groups.setdefault(setting.subject, []).append(shown)
    return list(groups.items())


def _since(name: str, rows: Rows, on: date) -> str:
    """Since when, and set by whom, a value has held without a break."""
    begun = sorted((row for row in rows if row.starts_on <= on), key=lambda row: (row.starts_on, row.number))
    held = [row for row in begun if row_on((each.row for each in begun), row.starts_on) == row.row]
    if not held:
        return "Never changed"
    first = held[-1]
    for row in reversed(held):
        if row.values[name] != first.values[name]:
            return _by(first)
        first = row
    default = SETTINGS[first.holder][name].default
    return "Never changed" if first.values[name] == default else _by(first)


def _by(row: SchoolPolicy | BodyPolicy) -> str:
    return f"Since {day(row.starts_on)}, set by {row.set_by.name if row.set_by else 'the portal'}"


def _stricter_bodies(organisation: Organisation, on: date) -> list[tuple[str, dict[str, Value]]]:
    """What each body responsible for an ECT of a school has set, by its name."""
    if organisation.kind != Organisation.Kind.SCHOOL:
        return []
    periods = BodyPeriod.objects.filter(
        in_force("", on=on), in_force("induction__placements__", on=on), induction__placements__school=organisation
    )
    bodies = dict(periods.values_list("body_id", "body__name"))
    policies = Policies(bodies=bodies)
    return [(name, policies.of_body(pk, on)) for pk, name in sorted(bodies.items(), key=lambda each: each[1])]


def _note(setting: Setting, value: Value, bodies: list[tuple[str, dict[str, Value]]]) -> str:
    """Which bodies' own value is the stricter, so that it holds."""
    told = []
    for body, values in bodies:
        if setting.name in values and stricter(setting, value, values[setting.name]) != value:
            told.append(
                f"For ECTs of {body}, {value_words(setting, values[setting.name]).lower()} holds: theirs is stricter."
            )
    return " ".join(told)


def _changes(organisation: Organisation, rows: Rows, changer: Viewer | None) -> list[Change]:
    """Each row against what held before it, the latest first, those to come with a button for who may withdraw them."""
    holder = Holder(organisation.kind)
    found = []
    for policy in rows:
        others = [row.row for row in standing(rows) if (row.starts_on, row.number) < (policy.starts_on, policy.number)]
        was = values_on(holder, others, policy.starts_on)
        says = [
            f"{setting.label}: {value_words(setting, policy.values[name])}, before {value_words(setting, was[name])}"
            for name, setting in SETTINGS[holder].items()
            if policy.values[name] != was[name]
        ]
        state = f"Withdrawn on {day(policy.withdrawn_on)}" if policy.withdrawn_on else ""
        coming = changer is not None and not state and policy.starts_on > changer.on
        withdraw = WithdrawSettingsForm(acting=changer, policy=policy) if coming else None
        found.append(Change(policy, says, state, withdraw))
    return found
