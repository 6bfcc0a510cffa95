from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "assessments"

    def ready(self) -> None:
        from cases import parts

        from . import tell, tell_assessments
        from .assessment_part import AssessmentsPart
        from .part import ReviewsPart

        parts.register(ReviewsPart())
        parts.register(AssessmentsPart())
        tell.register_kinds()
        tell_assessments.register_kinds()
