from django.apps import AppConfig


class SupportPlansConfig(AppConfig):
    name = "support_plans"

    def ready(self) -> None:
        from cases import parts
        from induction_portal.documents import kinds

        from . import tell, tell_following, tell_papers, tell_plans
        from .papers import document
        from .part import SupportPart

        parts.register(SupportPart())
        tell.register_kinds()
        tell_following.register_kinds()
        tell_plans.register_kinds()
        tell_papers.register_kinds()
        kinds.register(document.KIND, "Support plan")
