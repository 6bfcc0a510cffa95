"""Every table belongs to a tenant or is said to belong to none; the database knows what the models declare."""

import uuid

import pytest
from django.apps import apps
from django.db import connection, models

from induction_portal.accounts.models import Organisation, User
from tests.support.watch import EXEMPT, TENANTS

OURS = ("accounts", "audit", "documents", "sweeps", "notifications", "cases", "support_plans", "assessments")
# Model: the way from a row to the organisation, the case or the person that it belongs to.
OWNED = {
    "accounts.membership": "organisation",
    "accounts.invitation": "sender",
    "accounts.personalemail": "user",
    "accounts.draft": "author",
    "accounts.submission": "user",
    "audit.auditpayload": "event",
    "notifications.message": "recipient",
    "notifications.emailchoice": "user",
    "notifications.undelivered": "recipient",
    "cases.school": "organisation",
    "cases.registration": "school",
    "cases.initialtarget": "registration__school",
    "cases.teacher": "induction",
    "cases.induction": "teacher",
    "cases.placement": "school",
    "cases.workingpattern": "placement__school",
    "cases.bodyperiod": "body",
    "cases.appointment": "school",
    "cases.handovergrant": "given_by",
    "cases.confirmation": "body",
    "cases.priorservice": "body",
    "cases.agreement": "school",
    "cases.handrecord": "body",
    "cases.feedlink": "user",
    "cases.feedread": "link__user",
    "cases.chase": "body",
    "cases.chasedstep": "chase__body",
    "cases.nationalfile": "body",
    "cases.nationalrow": "file__body",
    "cases.importbatch": "body",
    "cases.importrow": "batch__body",
    "cases.earlierclaim": "body",
    "cases.absence": "school",
    "cases.absencereason": "absence__school",
    "cases.absencenotice": "school",
    "cases.timetable": "school",
    "cases.schoolpolicy": "organisation",
    "cases.bodypolicy": "organisation",
    "cases.submissionwindow": "body",
    "cases.givenreport": "school",
    "cases.schoolyear": "organisation",
    "cases.term": "year__organisation",
    "cases.closure": "year__organisation",
    "cases.release": "body",
    "cases.releaserequest": "asker",
    "cases.recordbundle": "body",
    "cases.newschoolminimum": "body",
    "cases.qualityquestion": "body",
    "cases.qualityround": "body",
    "cases.roundquestion": "round__body",
    "cases.qualitydraw": "round__body",
    "cases.qualitypick": "round__body",
    "cases.qualityvisit": "body",
    "cases.qualityanswer": "visit__body",
    "cases.qualitycheck": "visit__body",
    "cases.qualityfinding": "visit__body",
    "cases.findingstep": "finding__visit__body",
    "cases.clock": "induction",
    "cases.deadline": "induction",
    "cases.decisionextension": "induction",
    "cases.reminder": "induction",
    "support_plans.proposal": "school",
    "support_plans.concern": "school",
    "support_plans.levelchange": "school",
    "support_plans.levelagreement": "body",
    "support_plans.planmeeting": "school",
    "support_plans.planmeetingentry": "meeting__school",
    "support_plans.bodyupdate": "body",
    "support_plans.bodyrecord": "body",
    "support_plans.plananswer": "body",
    "support_plans.plan": "school",
    "support_plans.planobjective": "plan__school",
    "support_plans.planweek": "plan__school",
    "support_plans.weekentry": "week__plan__school",
    "support_plans.planlaying": "plan__school",
    "support_plans.planversion": "plan__school",
    "support_plans.planversionread": "version__plan__school",
    "support_plans.plansignature": "version__plan__school",
    "support_plans.ownconcern": "body",
    "support_plans.ownconcernentry": "concern__body",
    "assessments.progressreview": "school",
    "assessments.version": "review__school",
    "assessments.rating": "version__review__school",
    "assessments.target": "version__review__school",
    "assessments.comment": "review__school",
    "assessments.observation": "school",
    "assessments.observationcomment": "observation__school",
    "assessments.visit": "school",
    "assessments.mentormeeting": "school",
    "assessments.inputrequest": "school",
    "assessments.inputanswer": "request__school",
    "assessments.selfrating": "school",
    "assessments.selfstatement": "self_rating__school",
    "assessments.acknowledgement": "review__school",
    "assessments.bodyresponse": "review__body",
    "assessments.assessment": "school",
    "assessments.assessmentversion": "assessment__school",
    "assessments.judgement": "version__assessment__school",
    "assessments.drawnfrom": "version__assessment__school",
    "assessments.versionread": "version__assessment__school",
    "assessments.assessmentcomment": "version__assessment__school",
    "assessments.papercomment": "version__assessment__school",
    "assessments.papersignature": "signature__version__assessment__school",
    "assessments.signature": "version__assessment__school",
    "assessments.recommendation": "signature__version__assessment__school",
    "assessments.headletter": "signature__version__assessment__school",
    "assessments.letteracknowledgement": "letter__signature__version__assessment__school",
    "assessments.reduction": "body",
    "assessments.trailsearch": "body",
    "assessments.exemption": "body",
    "assessments.casebundle": "body",
    "assessments.bundlepiece": "bundle__body",
    "assessments.sending": "version__assessment__body",
    "assessments.assessmentresponse": "version__assessment__body",
    "assessments.representation": "body",
    "assessments.decision": "body",
    "assessments.decisionapproval": "decision__body",
    "assessments.notice": "body",
    "assessments.appealtime": "body",
    "assessments.appeal": "body",
    "assessments.appealground": "appeal__body",
    "assessments.appealreply": "appeal__body",
    "assessments.appealhearing": "appeal__body",
    "assessments.appealrequest": "appeal__body",
    "assessments.letterwording": "organisation",
}
# Model: the column that names its tenant without pointing at it, so that the row outlives what it tells of.
NAMED = {
    "audit.auditevent": "organisation_id",
    "audit.accesslog": "organisation_id",
    "documents.issueddocument": "organisation_id",
}
GLOBAL = {
    "accounts.organisation": "the tenant itself",
    "accounts.user": "a person may belong to several tenants; their details are read through memberships",
    "audit.auditchain": "a name, a length and a hash",
    "audit.auditcheck": "how far the trail was checked",
    "documents.storedbytes": "bytes by their SHA-256; who may have them, the issued document says",
    "sweeps.sweeprun": "when a sweep of the whole portal ran, in numbers",
    "cases.registerimport": "the national register is everybody's",
}
MODELS = [model for label in OURS for model in apps.get_app_config(label).get_models()]
IDS = [model._meta.label_lower for model in MODELS]


def test_every_model_is_owned_named_or_global():
    assert sorted(IDS) == sorted([*OWNED, *NAMED, *GLOBAL]), "Say here whose the rows of a new model are"


@pytest.mark.parametrize("label", OWNED)
def test_every_row_leads_to_its_owner(label, world):
    model, way = apps.get_model(label), OWNED[label]
    row = model.objects.first()
    assert row is not None, "The world has none: add one to tests/support/world_build.py"
    for step in way.split("__"):
        row = getattr(row, step)
    assert isinstance(row, models.Model)
    last = way.rpartition("__")[2]
    if last in {"school", "body", "organisation", "given_by", "asker"}:
        assert isinstance(row, Organisation)
    elif last in {"author", "user", "recipient"}:
        assert isinstance(row, User)


@pytest.mark.parametrize("label", NAMED)
def test_every_named_tenant_exists(label, world):
    rows = apps.get_model(label).objects.exclude(**{f"{NAMED[label]}__isnull": True})
    ids = set(rows.values_list(NAMED[label], flat=True))
    assert ids
    assert ids <= set(world.places.values())


@pytest.mark.parametrize("model", MODELS, ids=IDS)
def test_every_choice_is_checked_by_the_database(model):
    checks = [c for c in model._meta.constraints if isinstance(c, models.CheckConstraint)]
    checked = {name for check in checks for name in _columns(check.condition)}
    chosen = {field.name for field in model._meta.concrete_fields if field.choices}
    assert chosen <= checked, f"Add a CheckConstraint for {chosen - checked}"


def _columns(condition) -> set[str]:
    found = set()
    for child in condition.children:
        found |= {child[0].partition("__")[0]} if isinstance(child, tuple) else _columns(child)
    return found


@pytest.mark.parametrize("model", MODELS, ids=IDS)
def test_the_database_has_every_constraint_and_index(model, db):
    with connection.cursor() as cursor:
        known = set(connection.introspection.get_constraints(cursor, model._meta.db_table))
    declared = {each.name for each in [*model._meta.constraints, *model._meta.indexes]}
    assert declared <= known


@pytest.mark.parametrize("model", MODELS, ids=IDS)
def test_every_row_has_words_that_tell_nothing(model, world):
    """`str()` ends in logs and error messages: a name only where the row is a name."""
    rows = list(model.objects.all()[:20])
    told = [str(row) for row in rows]
    assert rows or model._meta.label_lower == "cases.registerimport"
    assert all(text and " object (" not in text for text in told)
    if model._meta.label_lower not in {"cases.teacher", "accounts.user", "documents.issueddocument"}:
        assert not world.found_in("\n".join(told))


@pytest.mark.parametrize("model", MODELS, ids=IDS)
def test_what_an_address_may_hold_cannot_be_guessed(model):
    """A case and its records, people and organisations: random keys, never a running number."""
    if model._meta.app_label in {"audit", "notifications"} or model._meta.label_lower in {
        "accounts.draft", "cases.deadline", "documents.storedbytes", "sweeps.sweeprun",
    }:  # fmt: skip
        return
    key = model._meta.pk
    while key.remote_field:
        key = key.remote_field.model._meta.pk
    assert isinstance(key, models.UUIDField)
    assert key.default is uuid.uuid4 or model._meta.label_lower == "accounts.submission"


def test_the_watch_knows_every_table_of_a_tenant():
    tables = {model._meta.db_table for model in MODELS}
    assert set(EXEMPT) <= tables
    watched = {table for table in tables if table.startswith(TENANTS)}
    assert {
        table for table in tables - watched if not table.startswith(("audit_", "notifications_", "sweeps_"))
    } == set()


def test_no_delete_takes_a_record_along():
    """What others rely on is protected: only what is rebuilt, or a person's own, goes with its owner."""
    cascading = {
        f"{model._meta.label_lower}.{field.name}"
        for model in MODELS
        for field in model._meta.concrete_fields
        if field.remote_field and field.remote_field.on_delete is models.CASCADE
    }
    assert cascading == {
        "accounts.draft.author", "accounts.submission.user", "notifications.message.recipient",
        "notifications.emailchoice.user", "notifications.undelivered.recipient", "notifications.undelivered.first",
        "cases.clock.induction", "cases.deadline.induction",
    }  # fmt: skip
