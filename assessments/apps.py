from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "assessments"

    def ready(self) -> None:
        _add_parts()
        _make_known()


def _add_parts() -> None:
    """What this app adds to a case, in the order of its page."""
    from cases import parts

    from .assessment_part import AssessmentsPart
    from .evidence_part import EvidencePart
    from .input_part import InputPart
    from .part import ReviewsPart

    for part in (ReviewsPart(), AssessmentsPart(), EvidencePart(), InputPart()):
        parts.register(part)


def _make_known() -> None:
    """The kinds of messages, of documents and of mailed links."""
    from induction_portal.accounts import links
    from induction_portal.documents import kinds

    from . import (
        assessment_document,
        document,
        letter_document,
        tell,
        tell_assessments,
        tell_inputs,
        tell_letters,
        tell_observations,
        tell_self_ratings,
    )
    from .models import InputRequest

    for told in (tell, tell_assessments, tell_inputs, tell_letters, tell_observations, tell_self_ratings):
        told.register_kinds()
    kinds.register(document.KIND, "Progress review")
    kinds.register(assessment_document.KIND, "Formal assessment")
    kinds.register(letter_document.KIND, "Headteacher’s letter")
    links.register(InputRequest, "assessments/email/input_request", "assessments:open_input")
