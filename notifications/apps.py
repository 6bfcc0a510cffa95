from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"

    def ready(self) -> None:
        from induction_portal.operations.figures import register

        from .operating import figures

        register("Messages", figures)
        from induction_portal.accounts import hooks

        from . import digests, undelivered

        digests.register_kinds()
        hooks.on_unreached(undelivered.without_mail)
