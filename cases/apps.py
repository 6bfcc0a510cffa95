from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "cases"

    def ready(self) -> None:
        from induction_portal.accounts import hooks
        from induction_portal.accounts.permissions import Role
        from induction_portal.audit.record import case_chain

        from . import parts, tell_absences, tell_changes, tell_confirmations, tell_policies, tell_registrations
        from .absence_part import AbsencePart
        from .actions.invitations import end_with_role, open_record
        from .clockpart import ClockPart
        from .dutiespart import DutiesPart
        from .gaps import PeoplePart
        from .models import Induction
        from .moving import tell as tell_moves
        from .moving.part import MovingPart
        from .notices import absence_notice_sent
        from .reportpart import ReportPart
        from .service_part import ServicePart
        from .timetable_part import TimetablePart

        hooks.on_accepted(Role.ECT, open_record)
        hooks.on_record(Role.ECT, lock=Induction.objects.locked, chain=case_chain)
        hooks.on_ending(end_with_role)
        tell_registrations.register_kinds()
        tell_confirmations.register_kinds()
        tell_changes.register_kinds()
        tell_policies.register_kinds()
        tell_absences.register_kinds(absence_notice_sent)
        tell_moves.register_kinds()
        parts.register(ClockPart())
        parts.register(DutiesPart())
        parts.register(PeoplePart())
        parts.register(ServicePart())
        parts.register(AbsencePart())
        parts.register(ReportPart())
        parts.register(TimetablePart())
        parts.register(MovingPart())
