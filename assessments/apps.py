from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "assessments"

    def ready(self) -> None:
        from cases import parts
        from induction_portal.documents import kinds

        from . import document, tell, tell_observations, tell_self_ratings
        from .evidence_part import EvidencePart
        from .part import ReviewsPart

        parts.register(ReviewsPart())
        parts.register(EvidencePart())
        tell.register_kinds()
        kinds.register(document.KIND, "Progress review")
        tell_observations.register_kinds()
        tell_self_ratings.register_kinds()
