from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "cases"

    def ready(self) -> None:
        from . import parts
        from .clockpart import ClockPart

        parts.register(ClockPart())
