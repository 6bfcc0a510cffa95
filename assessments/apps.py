from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "assessments"

    def ready(self) -> None:
        _add_parts()
        _make_known()
        _name_documents()
        _tell_the_operator()


def _add_parts() -> None:
    """What this app adds to a case, in the order of its page."""
    from cases import parts

    from .assessment_part import AssessmentsPart
    from .evidence_part import EvidencePart
    from .exemption_part import ExemptionPart
    from .input_part import InputPart
    from .outcome.appeal_part import AppealsPart
    from .outcome.decision_part import DecisionsPart
    from .outcome.notice_part import NoticesPart
    from .part import ReviewsPart
    from .reduction_part import ReductionPart

    recorded = (ReviewsPart(), AssessmentsPart(), EvidencePart(), InputPart())
    for part in (*recorded, DecisionsPart(), NoticesPart(), AppealsPart(), ReductionPart(), ExemptionPart()):
        parts.register(part)


def _make_known() -> None:
    """The kinds of messages and of mailed links, and what the national service is told."""
    from cases.national import outcomes
    from induction_portal.accounts import links

    from . import (
        tell,
        tell_assessments,
        tell_exemptions,
        tell_inputs,
        tell_letters,
        tell_observations,
        tell_reductions,
        tell_self_ratings,
    )
    from .bundle import tell as tell_bundles
    from .models import InputRequest
    from .outcome import ending, tell_appeals, tell_notices, telling

    recorded = (tell, tell_assessments, tell_inputs, tell_letters, tell_observations, tell_self_ratings)
    for told in (*recorded, telling, tell_notices, tell_appeals, tell_reductions, tell_exemptions, tell_bundles):
        told.register_kinds()
    links.register(InputRequest, "assessments/email/input_request", "assessments:open_input")
    outcomes.register(ending.decided_in)


def _name_documents() -> None:
    """The kinds of documents that are issued."""
    from induction_portal.documents import kinds

    from . import assessment_document, document, letter_document
    from .bundle import printing
    from .outcome import appeal_document, decision_document, notice_document

    kinds.register(document.KIND, "Progress review")
    kinds.register(assessment_document.KIND, "Formal assessment")
    kinds.register(letter_document.KIND, "Headteacher’s letter")
    kinds.register(decision_document.KIND, "Decision of an appropriate body")
    kinds.register(notice_document.KIND, "Notice of a decision")
    kinds.register(appeal_document.KIND, "Reply to an appeal")
    kinds.register(printing.KIND, "Case bundle")


def _tell_the_operator() -> None:
    """How many documents wait to be made."""
    from induction_portal.operations.figures import register

    from .operating import figures

    register("Documents", figures)
