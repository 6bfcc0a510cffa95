from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "cases"

    def ready(self) -> None:
        from induction_portal.accounts import hooks
        from induction_portal.accounts.permissions import Role
        from induction_portal.audit.record import case_chain

        from . import confirming_tell, parts, registration_tell, tell_changes, tell_policies
        from .actions.invitations import end_with_role, open_record
        from .clockpart import ClockPart
        from .gaps import PeoplePart
        from .models import Induction
        from .reportpart import ReportPart
        from .service_part import ServicePart

        hooks.on_accepted(Role.ECT, open_record)
        hooks.on_record(Role.ECT, lock=Induction.objects.locked, chain=case_chain)
        hooks.on_ending(end_with_role)
        registration_tell.register_kinds()
        confirming_tell.register_kinds()
        tell_changes.register_kinds()
        tell_policies.register_kinds()
        parts.register(ClockPart())
        parts.register(PeoplePart())
        parts.register(ServicePart())
        parts.register(ReportPart())
