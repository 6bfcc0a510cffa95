from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "cases"

    def ready(self) -> None:
        from . import parts, registration_tell, tell_changes
        from .service_part import ServicePart

        parts.register(ServicePart())
        registration_tell.register_kinds()
        tell_changes.register_kinds()
