from .absence_notices import acknowledge_notice, note_figures, notice_sent, settle_notice
from .absences import change_absence, record_absence, withdraw_absence, write_reason
from .agreements import agree, answer, query
from .appointments import appoint, end_appointment
from .bodies import accept, change_officer, end_body_period
from .by_hand import record_done
from .calendars import CalendarConflict, copy_forward, remove_calendar, set_calendar
from .chases import send_chase
from .claiming import acknowledge_record, claim
from .feeds import end_feed, make_feed, note_read
from .handover import hand_over
from .identity import correct_teacher, rename
from .imports import cancel_import, carry_on, check_import, confirm_import, sweep_import, withdraw_claim
from .invitations import invite_ect, invite_ect_at, resend_to_ect, withdraw_from_ect
from .leading import lead
from .leave import choose_leave, confirm_leave
from .national_files import answer_file, make_files, set_file_aside
from .new_school import set_new_school_minimum
from .policies import change_school_facts, set_policy, withdraw_policy
from .prior import add_earlier_placement, confirm_prior_service
from .quality_findings import answer_finding, rule_on_finding
from .quality_rounds import draw_sample, plan_round, word_question
from .quality_visits import (
    call_off_quality_visit,
    change_quality_visit,
    plan_quality_visit,
    record_quality_visit,
    share_quality_visit,
)
from .register import import_register
from .registration import link_record, open_school, register
from .release_requests import address_release, ask_release, refuse_release, withdraw_request
from .releasing import release, report_leaver, undo_release
from .service import change_contract, correct_pattern, end_placement, set_pattern
from .timetables import record_timetable
from .windows import record_given_report, set_window

__all__ = [
    "CalendarConflict",
    "accept",
    "acknowledge_notice",
    "acknowledge_record",
    "add_earlier_placement",
    "address_release",
    "agree",
    "answer",
    "answer_file",
    "answer_finding",
    "appoint",
    "ask_release",
    "call_off_quality_visit",
    "cancel_import",
    "carry_on",
    "change_absence",
    "change_contract",
    "change_officer",
    "change_quality_visit",
    "change_school_facts",
    "check_import",
    "choose_leave",
    "claim",
    "confirm_import",
    "confirm_leave",
    "confirm_prior_service",
    "copy_forward",
    "correct_pattern",
    "correct_teacher",
    "draw_sample",
    "end_appointment",
    "end_body_period",
    "end_feed",
    "end_placement",
    "hand_over",
    "import_register",
    "invite_ect",
    "invite_ect_at",
    "lead",
    "link_record",
    "make_feed",
    "make_files",
    "note_figures",
    "note_read",
    "notice_sent",
    "open_school",
    "plan_quality_visit",
    "plan_round",
    "query",
    "record_absence",
    "record_done",
    "record_given_report",
    "record_quality_visit",
    "record_timetable",
    "refuse_release",
    "register",
    "release",
    "remove_calendar",
    "rename",
    "report_leaver",
    "resend_to_ect",
    "rule_on_finding",
    "send_chase",
    "set_calendar",
    "set_file_aside",
    "set_new_school_minimum",
    "set_pattern",
    "set_policy",
    "set_window",
    "settle_notice",
    "share_quality_visit",
    "sweep_import",
    "undo_release",
    "withdraw_absence",
    "withdraw_claim",
    "withdraw_from_ect",
    "withdraw_policy",
    "withdraw_request",
    "word_question",
    "write_reason",
]
