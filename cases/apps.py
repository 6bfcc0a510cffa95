from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "cases"

    def ready(self) -> None:
        from . import parts, tell_changes
        from .service_part import ServicePart

        parts.register(ServicePart())
        tell_changes.register_kinds()
