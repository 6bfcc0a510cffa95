"""A plan is sealed, opened, signed or declined, put right, and issued as a document (R76, R79)."""

from datetime import date
from typing import Any
from uuid import UUID

from cases.actions.versions import ChangedMeanwhile
from cases.models import Induction
from cases.reckon import reckon
from cases.rules.errors import RuleBroken
from cases.rules.escalation import Progress
from cases.rules.plan_papers import check_answer, check_corrected
from cases.rules.plans import Ending, check_finish, writers_of
from induction_portal.accounts.viewer import System, Viewer
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event
from induction_portal.audit.record import case_chain, record
from induction_portal.documents.models import IssuedDocument
from induction_portal.documents.pdf import render_pdf
from induction_portal.documents.store import fetch, issue

from .. import tell_papers as tell
from ..models import Plan, PlanSignature, PlanVersion, PlanVersionRead
from ..models.papers import DECLINED, SIGNED
from ..papers import document
from ..papers.standing import answers_of, is_complete, latest_version, signs_as
from ..rendering import render_plan_later
from .concerns import tell_trail
from .plan_sealing import seal_plan
from .plans import refuse, role_of

MOVED_ON = "This plan has a new version since you opened the page: read that one first"


@action
def open_plan_version(*, by: Viewer, on: date, version: PlanVersion) -> PlanVersionRead:
    """Somebody has this version before them in full. Said twice, it stands once: the first time counts."""
    if known := PlanVersionRead.objects.filter(version=version, by=by.user).first():
        return known
    plan = _locked(version.plan_id)
    read, is_new = PlanVersionRead.objects.get_or_create(version=version, by=by.user, defaults={"on": on})
    if is_new:
        tell_trail(by, Event.PLAN_OPENED, plan, on, after={"version": version.number})
    return read


@action
def sign_plan(*, by: Viewer, on: date, plan: Plan, version: int) -> PlanSignature:
    """Sign the finished version that was on the page, as induction tutor or as ECT: it binds its SHA-256.

    Raises RuleBroken for anybody else, before the evaluation, a second time, for who has not opened this version, and
    when there is a later one.
    """
    return _answer(by, on, plan, version)


@action
def decline_plan(*, by: Viewer, on: date, plan: Plan, version: int, words: str) -> PlanSignature:
    """The ECT does not sign, and says why in their own words, which are kept with the plan. It holds nothing up.

    Raises RuleBroken as `sign_plan` does, without words, and for anybody but the ECT.
    """
    return _answer(by, on, plan, version, declines=True, words=words)


def _answer(by: Viewer, on: date, plan: Plan, number: int, *, declines: bool = False, words: str = "") -> PlanSignature:
    plan = _locked(plan.pk)
    sealed = _version_shown(plan, number)
    role, answers = signs_as(by, plan), answers_of(sealed)
    opened = PlanVersionRead.objects.filter(version=sealed, by=by.user).exists()
    check_answer(sealed.sealed_as, role, answers, opened=opened, declines=declines, words=words)
    answer = PlanSignature.objects.create(
        version=sealed, role=role, status=DECLINED if declines else SIGNED, sha256=sealed.sha256, words=words.strip(),
        by=by.user, on=on,
    )  # fmt: skip
    event = Event.PLAN_DECLINED if declines else Event.PLAN_SIGNED
    tell_trail(by, event, plan, on, after={"version": number, "role": role, "sha256": sealed.sha256})
    tell.answered(plan, answer, by=by)
    if is_complete(sealed, answers | {role: answer}):
        render_plan_later(plan.pk)
    return answer


@action
def correct_plan(*, by: Viewer, on: date, plan: Plan, ending: Ending, correction: str, version: int) -> PlanVersion:
    """Put right what a finished plan says at its end: a new version is sealed, which tutor and ECT sign anew. What was
    signed before stays as it was. School, ECT and body are told.

    Raises RuleBroken as `finish_plan` does, without saying what was wrong, where nothing changes, and once the ECT has
    been moved on; ChangedMeanwhile when somebody else was first.
    """
    found = _locked(plan.pk)
    role = role_of(by, found.induction, writers_of(found.level.state))
    check_corrected(found.state, correction)
    if found.version != version:
        raise ChangedMeanwhile(found.version)
    refuse(check_finish(ending, found.laid, found.evaluated, on=on))
    before, after = _end_of(found), _told(ending, found)
    if before == after:
        raise RuleBroken("Nothing is different: change what was wrong, or go back")
    for name, value in after.items():
        setattr(found, name, value)
    found.version += 1
    found.finished_by, found.finished_as, found.finished_on = by.user, role, on
    found.save()
    sealed = seal_plan(by, on, found, correction=correction)
    tell_trail(by, Event.PLAN_CORRECTED, found, on, after={"version": sealed.number, "progress": found.progress})
    reckon(found.induction)
    tell.corrected(found, sealed, by=by)
    return sealed


def _told(ending: Ending, plan: Plan) -> dict[str, Any]:
    early = ending.ended_on is not None and ending.ended_on < plan.laid[-1]
    return {
        "evaluation": ending.evaluation.strip(),
        "next_objectives": ending.next_objectives.strip(),
        "progress": Progress(ending.progress or "").value,
        "ended_on": ending.ended_on,
        "early_reason": ending.early_reason.strip() if early else "",
    }


def _end_of(plan: Plan) -> dict[str, Any]:
    names = ("evaluation", "next_objectives", "progress", "ended_on", "early_reason")
    return {name: getattr(plan, name) for name in names}


@action
def issue_plan(*, by: System, on: date, plan_id: UUID) -> IssuedDocument:
    """Render and keep the PDF of a plan whose latest version tutor and ECT have answered. Said twice, it renders once.

    Raises RuleBroken for one that they have not.
    """
    plan = _locked(plan_id)
    version = latest_version(plan)
    if version is None or not is_complete(version, answers_of(version)):
        raise RuleBroken("The document of a plan is issued once the induction tutor and the ECT have answered")
    if known := fetch(subject_id=plan.pk, kind=document.KIND, version=version.number):
        return known
    issued = issue(
        subject_id=plan.pk,
        kind=document.KIND,
        content=render_pdf(document.TEMPLATE, document.context(version)),
        filename=document.filename(plan),
        by=by,
        organisation_id=plan.school_id,
        body_id=plan.body_id,
        version=version.number,
        fingerprint=version.sha256,
    )
    after = {"sha256": issued.stored_id, "version": version.number}
    record(by, Event.DOCUMENT_ISSUED, plan, chain=case_chain(plan.induction_id), on=on, after=after)
    return issued


def _locked(plan_id: UUID) -> Plan:
    """The plan, after its case was locked."""
    known = Plan.objects.values_list("induction", flat=True).get(pk=plan_id)
    induction = Induction.objects.locked(known)
    found = Plan.objects.select_related("level", "placement", "school", "body").get(pk=plan_id)
    found.induction = found.level.induction = induction
    return found


def _version_shown(plan: Plan, number: int) -> PlanVersion:
    """The latest version, which is the one that somebody was looking at. Raises RuleBroken when it is not."""
    sealed = latest_version(plan)
    if sealed is None or sealed.number != number:
        raise RuleBroken(MOVED_ON)
    return sealed
