"""A plan as a document: rendered once for each version that tutor and ECT have answered, and a preview before that."""

import json
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from cases.rules.plan_papers import Stage
from induction_portal.documents.models import IssuedDocument
from induction_portal.documents.store import fetch
from induction_portal.govuk.words import day

from ..models import Plan, PlanVersion
from . import drawing
from .filled import filled
from .form import PlanForm
from .sealing import sealed_content
from .standing import answers_of, complete, under

KIND = "support_plan"
TEMPLATE = drawing.TEMPLATE


def without_document(limit: int = 200) -> QuerySet:
    """Ids of plans whose latest version tutor and ECT have answered, and whose document has not been issued."""
    issued = IssuedDocument.objects.filter(kind=KIND, subject_id=OuterRef("plan"), version=OuterRef("number"))
    return complete().filter(~Exists(issued)).order_by("plan").values_list("plan", flat=True)[:limit]


def issued(version: PlanVersion) -> IssuedDocument | None:
    """The document of a version, if tutor and ECT have answered and the worker has made it."""
    return fetch(subject_id=version.plan_id, kind=KIND, version=version.number)


def context(version: PlanVersion) -> dict[str, Any]:
    """What the template is given: the sealed content, and what stands where tutor and ECT sign."""
    form = filled(json.loads(version.content), under(answers_of(version)))
    return drawing.context(form, title=title_of(version, form), fingerprint=version.sha256)


def title_of(version: PlanVersion, form: PlanForm) -> str:
    """The form's heading; of a plan that was corrected, which correction it is."""
    earlier = PlanVersion.objects.filter(plan=version.plan_id, stage=Stage.FINISHED.value, number__lt=version.number)
    corrected = earlier.count()
    return f"{form.title}, corrected {times(corrected)}" if corrected else form.title


def times(number: int) -> str:
    """How often, in words: "once", "3 times"."""
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def preview(plan: Plan, version: PlanVersion | None, on: date) -> bytes:
    """The form of a plan that is not signed by all, marked as such: as it was sealed or, while it goes on, as it is."""
    sealed = version if version and version.sealed_as is Stage.FINISHED else None
    content = json.loads(sealed.content) if sealed else sealed_content(plan)
    mark = f"Not signed by all: a preview of {day(on)}, not the record"
    return drawing.draw(filled(content, under(answers_of(sealed)) if sealed else {}, mark=mark))


def filename(plan: Plan) -> str:
    """A name that files itself: no TRN, no other detail than the name on it."""
    name = "-".join(plan.induction.teacher.sort_name.split())
    return f"support-plan-level-{plan.level.level}-{name}.pdf"
