from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"

    def ready(self) -> None:
        from induction_portal.operations.figures import register

        from .operating import figures

        register("Messages", figures)
