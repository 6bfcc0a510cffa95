from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "assessments"

    def ready(self) -> None:
        from cases import parts
        from induction_portal.documents import kinds

        from . import (
            assessment_document,
            document,
            letter_document,
            tell,
            tell_assessments,
            tell_letters,
            tell_observations,
            tell_self_ratings,
        )
        from .assessment_part import AssessmentsPart
        from .evidence_part import EvidencePart
        from .outcome import decision_document, telling
        from .outcome.decision_part import DecisionsPart
        from .part import ReviewsPart

        parts.register(ReviewsPart())
        parts.register(AssessmentsPart())
        parts.register(EvidencePart())
        parts.register(DecisionsPart())
        tell.register_kinds()
        tell_assessments.register_kinds()
        tell_letters.register_kinds()
        tell_observations.register_kinds()
        tell_self_ratings.register_kinds()
        telling.register_kinds()
        kinds.register(document.KIND, "Progress review")
        kinds.register(assessment_document.KIND, "Formal assessment")
        kinds.register(letter_document.KIND, "Headteacher’s letter")
        kinds.register(decision_document.KIND, "Decision of an appropriate body")
        _statutory_work()


def _statutory_work() -> None:
    """What becomes of an induction, and the file that is made of it."""
    from cases import parts
    from induction_portal.documents import kinds

    from . import tell_exemptions, tell_reductions
    from .bundle import printing
    from .bundle import tell as tell_bundles
    from .exemption_part import ExemptionPart
    from .outcome import notice_document, tell_notices
    from .outcome.notice_part import NoticesPart
    from .reduction_part import ReductionPart

    parts.register(NoticesPart())
    parts.register(ReductionPart())
    parts.register(ExemptionPart())
    tell_notices.register_kinds()
    tell_bundles.register_kinds()
    tell_reductions.register_kinds()
    tell_exemptions.register_kinds()
    kinds.register(notice_document.KIND, "Notice of a decision")
    kinds.register(printing.KIND, "Case bundle")
