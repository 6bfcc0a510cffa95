from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "assessments"

    def ready(self) -> None:
        from cases import parts
        from induction_portal.documents import kinds

        from . import assessment_document, document, tell, tell_assessments, tell_observations, tell_self_ratings
        from .assessment_part import AssessmentsPart
        from .evidence_part import EvidencePart
        from .outcome import decision_document, notice_document, tell_notices, telling
        from .outcome.decision_part import DecisionsPart
        from .outcome.notice_part import NoticesPart
        from .part import ReviewsPart

        parts.register(ReviewsPart())
        parts.register(AssessmentsPart())
        parts.register(EvidencePart())
        parts.register(DecisionsPart())
        parts.register(NoticesPart())
        tell.register_kinds()
        tell_assessments.register_kinds()
        tell_observations.register_kinds()
        tell_self_ratings.register_kinds()
        telling.register_kinds()
        tell_notices.register_kinds()
        kinds.register(document.KIND, "Progress review")
        kinds.register(assessment_document.KIND, "Formal assessment")
        kinds.register(decision_document.KIND, "Decision of an appropriate body")
        kinds.register(notice_document.KIND, "Notice of a decision")
