"""A plan is sealed as it stands: a part of the actions that start, finish and correct it (R76)."""

from datetime import date

from cases.rules.plan_papers import Stage
from cases.rules.statuses import PlanStatus
from induction_portal.accounts.viewer import Viewer
from induction_portal.audit.events import Event
from induction_portal.audit.record import seal

from .. import tell_papers as tell
from ..models import Plan, PlanVersion
from ..papers.sealing import sealed_content
from ..papers.standing import latest_version
from .concerns import tell_trail


def seal_plan(by: Viewer, on: date, plan: Plan, *, correction: str = "") -> PlanVersion:
    """Seal a plan as it was just started, finished or corrected: part of that action, which has locked the case and
    tells the trail. Of a finished plan, tutor and ECT are asked to sign.
    """
    last = latest_version(plan)
    text, digest = seal(sealed_content(plan))
    stage = Stage.STARTED if plan.state is PlanStatus.GOING_ON else Stage.FINISHED
    version = PlanVersion.objects.create(
        plan=plan, number=last.number + 1 if last else 1, stage=stage.value, content=text, sha256=digest,
        sealed_by=by.user, sealed_on=on, correction=correction.strip(),
    )  # fmt: skip
    tell_trail(by, Event.PLAN_SEALED, plan, on, after={"version": version.number, "stage": stage, "sha256": digest})
    if stage is Stage.FINISHED:
        tell.to_sign(plan, version, by=by)
    return version
