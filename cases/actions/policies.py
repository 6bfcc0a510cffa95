"""A school or an appropriate body sets how it does things, within what the law leaves open."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Exists, Max, OuterRef, QuerySet

from induction_portal.accounts.models import Organisation
from induction_portal.accounts.viewer import System, Viewer
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event
from induction_portal.audit.record import organisation_chain, record

from .. import tell_policies
from ..models import BodyPeriod, BodyPolicy, Induction, Placement, School, SchoolPolicy
from ..models.policies import MODELS
from ..reckon import mark_stale
from ..rules.errors import RuleBroken
from ..rules.policy import SETTINGS, Value, check, row_on
from ..tasks import reckon_soon

EVENTS = {Organisation.Kind.SCHOOL: Event.SCHOOL_POLICY_SET, Organisation.Kind.BODY: Event.BODY_POLICY_SET}
MOVES_DATES = {"drops_earlier_review", "part_day_as_full", "absence_reading", "absence_warning_from"}


@action
def set_policy(
    *,
    by: Viewer | System,
    on: date,
    organisation: Organisation,
    starts_on: date,
    values: Mapping[str, Value],
    version: int,
) -> SchoolPolicy | BodyPolicy:
    """Set all settings of a school or body from a day on, today or later. What held until then is kept.

    `version` is the number of the latest row that the author was looking at, 0 for none. Raises RuleBroken for a value
    that the law does not leave open, a day that has passed, settings that change nothing, or when somebody else has set
    them since.
    """
    model = MODELS[organisation.kind]
    _check(model, values, starts_on=starts_on, on=on)
    before = _held(model, organisation, starts_on=starts_on, version=version)
    policy = model(
        organisation=organisation, number=version + 1, starts_on=starts_on, set_by=by.user, set_on=on, **values
    )
    was = before.values if before else model(organisation=organisation).values
    if policy.values == was:
        raise RuleBroken("These settings hold on that day already: change one of them, or go back")
    policy.save()
    changed = {name for name, value in policy.values.items() if value != was[name]}
    if changed & MOVES_DATES:
        _mark_stale(policy)
    chain = organisation_chain(organisation.pk)
    record(by, EVENTS[Organisation.Kind(organisation.kind)], policy, chain=chain, on=on, before=before, after=policy)
    if "mentor_reads_reviews" in changed and policy.mentor_reads_reviews:
        tell_policies.reviews_opened_to_mentors(policy)
    return policy


def _check(
    model: type[SchoolPolicy] | type[BodyPolicy], values: Mapping[str, Value], *, starts_on: date, on: date
) -> None:
    for name, setting in SETTINGS[model.holder].items():
        check(setting, values[name])
    if starts_on < on:
        raise RuleBroken("The settings must hold from today or a later day: what has been done stands", "starts_on")


def _held(
    model: type[SchoolPolicy] | type[BodyPolicy], organisation: Organisation, *, starts_on: date, version: int
) -> SchoolPolicy | BodyPolicy | None:
    """What is set for a day so far, its organisation locked. Raises RuleBroken unless `version` is the latest."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    rows = list(model.objects.filter(organisation=organisation, withdrawn_on=None))
    number = model.objects.filter(organisation=organisation).aggregate(last=Max("number"))["last"] or 0
    if number != version:
        raise RuleBroken("Somebody else has changed these settings since you opened this page. Look at them again")
    held = row_on((each.row for each in rows), starts_on)
    found = (each for each in rows if held and each.number == held.number)
    return next(found, None)  # type: ignore[return-value]  # rows of `model`


@action
def withdraw_policy(*, by: Viewer | System, on: date, policy: SchoolPolicy | BodyPolicy) -> None:
    """Take back settings that have not begun. Raises RuleBroken when they have, or were taken back already."""
    Organisation.objects.select_for_update().get(pk=policy.organisation_id)
    policy.refresh_from_db()
    if policy.withdrawn_on is not None:
        raise RuleBroken("These settings have been withdrawn already")
    if policy.starts_on <= on:
        raise RuleBroken("These settings hold already: change them instead")
    policy.withdrawn_on = on
    policy.save(update_fields=["withdrawn_on"])
    _mark_stale(policy)
    kind = Organisation.Kind(policy.organisation.kind)
    chain = organisation_chain(policy.organisation_id)
    after = {"withdrawn_on": on}
    record(by, EVENTS[kind], policy, chain=chain, on=on, before={"withdrawn_on": None}, after=after)


@action
def change_school_facts(
    *,
    by: Viewer | System,
    on: date,
    school: School,
    is_relevant_school: bool,
    special_measures_from: date | None,
    version: int | None = None,
) -> None:
    """Record whether the law requires induction to teach at a school (R7), and since when it is in special measures
    (R8). `version` is that of the facts that the author was looking at.

    Raises RuleBroken for special measures from a day to come, when nothing changes, or when somebody else was first.
    """
    if special_measures_from and special_measures_from > on:
        raise RuleBroken("The day that special measures began must be today or in the past", "special_measures_from")
    Organisation.objects.select_for_update().get(pk=school.pk)
    school.refresh_from_db()
    if version is not None and version != school.facts_version:
        raise RuleBroken("Somebody else has changed these details since you opened this page. Look at them again")
    names = ("is_relevant_school", "special_measures_from")
    before = {name: getattr(school, name) for name in names}
    school.is_relevant_school, school.special_measures_from = is_relevant_school, special_measures_from
    after = {name: getattr(school, name) for name in names}
    if before == after:
        raise RuleBroken("Nothing was changed: change one of the answers, or go back")
    school.save(update_fields=names)
    chain = organisation_chain(school.pk)
    record(by, Event.SCHOOL_FACTS_CHANGED, school, chain=chain, on=on, before=before, after=after)


def _mark_stale(policy: SchoolPolicy | BodyPolicy) -> None:
    """Every case that this school or body has on the day the row begins, or may have after, is reckoned again, soon."""
    held: QuerySet[Placement] | QuerySet[BodyPeriod]
    if isinstance(policy, BodyPolicy):
        held = BodyPeriod.objects.filter(body=policy.organisation_id, induction=OuterRef("pk"))
    else:
        held = Placement.objects.filter(school=policy.organisation_id, induction=OuterRef("pk"))
    mark_stale(Induction.objects.filter(Exists(held.exclude(ends_on__lt=policy.starts_on))))
    reckon_soon()
