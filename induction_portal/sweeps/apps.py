from django.apps import AppConfig


class SweepsConfig(AppConfig):
    name = "induction_portal.sweeps"

    def ready(self) -> None:
        from induction_portal.operations.figures import register

        from .figures import figures

        register("Sweeps", figures)
