from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "induction_portal.audit"

    def ready(self) -> None:
        from ..operations.figures import register
        from .checking import figures

        register("Audit trail", figures)
