from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "cases"

    def ready(self) -> None:
        _hook_people()
        _register_kinds()
        _register_parts()
        _tell_the_operator()


def _hook_people() -> None:
    """What accounts ask of a case: the ECT's own record, its lock and its chain."""
    from induction_portal.accounts import hooks
    from induction_portal.accounts.permissions import Role
    from induction_portal.audit.record import case_chain

    from .actions.invitations import end_with_role, open_record
    from .models import Induction

    hooks.on_accepted(Role.ECT, open_record)
    hooks.on_record(Role.ECT, lock=Induction.objects.locked, chain=case_chain)
    hooks.on_ending(end_with_role)


def _register_kinds() -> None:
    """Every kind of message about a case."""
    from . import tell_absences, tell_changes, tell_confirmations, tell_policies, tell_registrations
    from .chasing import tell as tell_chases
    from .moving import tell as tell_moves
    from .notices import absence_notice_sent
    from .quality import tell as tell_quality
    from .reminding import tell as tell_reminders

    tell_registrations.register_kinds()
    tell_confirmations.register_kinds()
    tell_changes.register_kinds()
    tell_policies.register_kinds()
    tell_absences.register_kinds(absence_notice_sent)
    tell_moves.register_kinds()
    tell_quality.register_kinds()
    tell_chases.register_kinds()
    tell_reminders.register_kinds()


def _register_parts() -> None:
    """What this app adds to a case itself."""
    from . import parts
    from .absence_part import AbsencePart
    from .chasing.part import ChasePart
    from .clockpart import ClockPart
    from .dutiespart import DutiesPart
    from .gaps import PeoplePart
    from .mail_part import MailPart
    from .moving.part import MovingPart
    from .quality.part import QualityPart
    from .reminding.part import RemindingPart
    from .reportpart import ReportPart
    from .service_part import ServicePart
    from .timetable_part import TimetablePart

    told = (ClockPart, DutiesPart, PeoplePart, ServicePart, AbsencePart, ReportPart, TimetablePart, MovingPart)
    for part in (*told, QualityPart, ChasePart, RemindingPart, MailPart):
        parts.register(part())


def _tell_the_operator() -> None:
    """How many cases wait to be reckoned again."""
    from induction_portal.operations.figures import register

    from .settling import stale_figures

    register("Cases", stale_figures)
