from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "assessments"

    def ready(self) -> None:
        from cases import parts

        from . import tell, tell_assessments
        from .part import ReviewsPart

        parts.register(ReviewsPart())
        tell.register_kinds()
        tell_assessments.register_kinds()
