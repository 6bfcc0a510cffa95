from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "cases"

    def ready(self) -> None:
        from . import registration_tell

        registration_tell.register_kinds()
        from induction_portal.accounts import hooks
        from induction_portal.accounts.permissions import Role

        from . import parts
        from .actions.invitations import end_with_role, open_record
        from .gaps import PeoplePart

        hooks.on_accepted(Role.ECT, open_record)
        hooks.on_ending(end_with_role)
        parts.register(PeoplePart())
