from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "assessments"

    def ready(self) -> None:
        from cases import parts
        from induction_portal.documents import kinds

        from . import document, tell
        from .part import ReviewsPart

        parts.register(ReviewsPart())
        tell.register_kinds()
        kinds.register(document.KIND, "Progress review")
