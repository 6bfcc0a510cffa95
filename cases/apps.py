from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "cases"

    def ready(self) -> None:
        from induction_portal.accounts import hooks
        from induction_portal.accounts.permissions import Role
        from induction_portal.audit.record import case_chain

        from . import parts, tell_changes, tell_confirmations, tell_policies, tell_registrations
        from .actions.invitations import end_with_role, open_record
        from .gaps import PeoplePart
        from .models import Induction
        from .service_part import ServicePart

        hooks.on_accepted(Role.ECT, open_record)
        hooks.on_record(Role.ECT, lock=Induction.objects.locked, chain=case_chain)
        hooks.on_ending(end_with_role)
        tell_registrations.register_kinds()
        tell_confirmations.register_kinds()
        tell_changes.register_kinds()
        tell_policies.register_kinds()
        parts.register(PeoplePart())
        parts.register(ServicePart())
