from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "assessments"

    def ready(self) -> None:
        from cases import parts
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
        from .assessment_part import AssessmentsPart
        from .evidence_part import EvidencePart
        from .input_part import InputPart
        from .models import InputRequest
        from .part import ReviewsPart

        parts.register(ReviewsPart())
        parts.register(AssessmentsPart())
        parts.register(EvidencePart())
        parts.register(InputPart())
        tell.register_kinds()
        tell_assessments.register_kinds()
        tell_inputs.register_kinds()
        tell_letters.register_kinds()
        tell_observations.register_kinds()
        tell_self_ratings.register_kinds()
        links.register(InputRequest, "assessments/email/input_request", "assessments:open_input")
        kinds.register(document.KIND, "Progress review")
        kinds.register(assessment_document.KIND, "Formal assessment")
        kinds.register(letter_document.KIND, "Headteacher’s letter")
