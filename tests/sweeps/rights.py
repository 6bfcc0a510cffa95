"""The matrix of rights (R79), written down here once more, so that the portal's own tables are held against it."""

from tests.support.world import (
    BODY_ROLES,
    MENTORS_OBSERVE,
    MENTORS_READ,
    SCHOOLS,
    Assessed,
    Between,
    Calendar,
    Canary,
    Case,
    Decided,
    Kept,
    Looked,
    Noticed,
    Person,
    Piece,
    Recommended,
    Registration,
    Review,
    Settings,
    Supported,
    Tenant,
    World,
)
from tests.sweeps.addresses import Address

EVERYBODY = {
    "ect", "mentor", "induction_tutor", "induction_lead", "headteacher", "school_admin", "governor", "trust_officer",
    "body_officer", "body_contact", "body_admin", "operator",
}  # fmt: skip
PROFILE = EVERYBODY - {"governor", "trust_officer", "operator"}
REVIEWS = PROFILE - {"mentor", "school_admin", "body_contact"}  # a mentor only where the school's settings say so
WRITES = {"induction_tutor", "induction_lead"}
OBSERVES = WRITES | {"headteacher"}  # and assesses (R53)
SIGNS = WRITES | {"headteacher", "ect"}
MEETS = {"ect", "mentor"}
REGISTERS = {"headteacher", "school_admin"}
REGISTRATIONS = REGISTERS | {"body_officer", "body_admin"}
DECIDES = {"body_officer", "body_admin"}
MANAGES = {"headteacher", "school_admin", "body_admin"}
RUNS = {"headteacher", "school_admin"}
BODY = {"body_officer", "body_admin"}
INVITES = RUNS | BODY  # an ECT to their own record
QUERIES = {"ect"} | WRITES | RUNS | BODY  # what an ECT asks about their service, and the answer
ABSENCES = PROFILE - {"mentor"}  # days and totals
REASONS = {"ect", "headteacher"}  # why: a matter of health
TIMETABLES = PROFILE - {"school_admin"}
SETS = {"headteacher", "trust_officer", "body_admin"}
SEES_SETTINGS = SETS | WRITES | {"school_admin", "body_officer", "body_contact"}
SETS_TERMS = {"headteacher", "school_admin", "trust_officer"}
LETTERS = {"ect", "body_officer", "body_admin"}  # what an ECT writes to the body: the school is no party to it
APPEALS = LETTERS | {"headteacher"}  # that there is one, and its days
SUPPORTS = {"mentor", "induction_tutor", "induction_lead", "headteacher"}  # raise concerns, move on the ladder
MEETS_ON_SUPPORT = WRITES | BODY | {"mentor"}  # about support: the owner of a level, and the body
LEVELS = SUPPORTS | {"ect", "body_officer", "body_admin"}
OWN_CONCERNS = OBSERVES | {"ect", "body_contact", "trust_officer"}  # as far as each is addressed to them (R81)
CHASED = SUPPORTS | RUNS | BODY  # what a body asks a school for: no affair of the ECT's
TERMS = SETS_TERMS | WRITES | {"body_officer", "body_admin"}

# Page: who may open it where they reach its object, and the methods it answers.
TABLE: dict[str, tuple[set[str], str]] = {
    "home": (EVERYBODY, "GET"),
    "notifications:inbox": (EVERYBODY, "GET"),
    "notifications:open": (EVERYBODY, "POST"),
    "notifications:read_all": (EVERYBODY, "POST"),
    "notifications:settings": (EVERYBODY, "GET POST"),
    "notifications:undelivered": (MANAGES, "GET"),
    "notifications:settle": (MANAGES, "GET POST"),
    "accounts:account": (EVERYBODY, "GET"),
    "accounts:personal_email": ({"ect"}, "GET POST"),
    "accounts:people": (MANAGES, "GET"),
    "accounts:invite": (MANAGES, "GET POST"),
    "accounts:shown_invitation": (MANAGES, "GET"),
    "accounts:resend": (MANAGES, "POST"),
    "accounts:withdraw": (MANAGES, "POST"),
    "accounts:give_role": (MANAGES, "GET POST"),
    "accounts:end_role": (MANAGES, "GET POST"),
    "cases:cases": (PROFILE, "GET"),
    "cases:case": (PROFILE, "GET"),
    "cases:dates": (PROFILE, "GET"),
    "cases:what_if": (PROFILE, "GET"),
    "cases:record_done": (DECIDES, "GET POST"),
    "cases:own_record": ({"ect"}, "GET"),
    "cases:whole_record": ({"ect"}, "GET"),
    "cases:access": (REVIEWS, "GET"),
    "cases:history": (REVIEWS, "GET"),
    "cases:absences": (ABSENCES, "GET"),
    "cases:record_absence": (WRITES | RUNS, "GET POST"),
    "cases:change_absence": (WRITES | RUNS, "GET POST"),
    "cases:record_return": (WRITES | RUNS, "GET POST"),
    "cases:withdraw_absence": (WRITES | RUNS, "GET POST"),
    "cases:absence_reason": (REASONS, "GET"),
    "cases:write_reason": ({"headteacher"}, "GET POST"),
    "cases:choose_leave": ({"ect"}, "GET POST"),
    "cases:confirm_leave": (BODY, "GET POST"),
    "cases:agree_absence": ({"ect"}, "GET POST"),
    "cases:absence_notice": (WRITES | BODY | {"headteacher"}, "GET POST"),
    "cases:service": (PROFILE, "GET"),
    "cases:timetable": (TIMETABLES, "GET"),
    "cases:record_timetable": (WRITES | {"headteacher"}, "GET POST"),
    "cases:agree_total": ({"ect"}, "GET POST"),
    "cases:own_access": (INVITES, "GET POST"),
    "cases:resend_to_ect": (INVITES, "POST"),
    "cases:withdraw_from_ect": (INVITES, "POST"),
    "cases:rename": (WRITES | RUNS | BODY, "GET POST"),
    "cases:correct_teacher": (BODY, "GET POST"),
    "cases:change_pattern": (WRITES | RUNS, "GET POST"),
    "cases:correct_pattern": (WRITES | RUNS, "GET POST"),
    "cases:change_contract": (WRITES | RUNS, "GET POST"),
    "cases:appoint": (RUNS, "GET POST"),
    "cases:end_appointment": (RUNS, "GET POST"),
    "cases:end_placement": (RUNS, "GET POST"),
    "cases:agree_pattern": ({"ect"}, "GET POST"),
    "cases:answer_query": (WRITES | RUNS, "GET POST"),
    "cases:report": ({"headteacher", "governor", "trust_officer"} | WRITES | BODY, "GET"),
    "cases:report_given": ({"headteacher"}, "GET POST"),
    "cases:report_on_one": ({"headteacher"} | WRITES | BODY, "GET"),
    "cases:board": (BODY, "GET"),
    "cases:quality": (BODY, "GET"),
    "cases:plan_round": (BODY, "GET POST"),
    "cases:quality_round": (BODY, "GET"),
    "cases:draw_sample": (BODY, "GET POST"),
    "cases:plan_quality_visit": (BODY, "GET POST"),
    "cases:quality_questions": (BODY, "GET"),
    "cases:new_quality_question": (BODY, "GET POST"),
    "cases:word_question": (BODY, "GET POST"),
    "cases:quality_here": (OBSERVES, "GET"),
    "cases:quality_visit": (BODY | OBSERVES, "GET"),
    "cases:change_quality_visit": (BODY, "GET POST"),
    "cases:call_off_quality_visit": (BODY, "GET POST"),
    "cases:record_quality_visit": (BODY, "GET POST"),
    "cases:share_quality_visit": (BODY, "POST"),
    "cases:answer_finding": (OBSERVES, "GET POST"),
    "cases:rule_on_finding": (BODY, "GET POST"),
    "cases:chase": (BODY, "GET"),
    "cases:chase_csv": (BODY, "GET"),
    "cases:workload": (BODY, "GET"),
    "cases:send_chase": (BODY, "GET POST"),
    "cases:chase_sent": (CHASED, "GET"),
    "cases:feed": (EVERYBODY, "GET"),
    "cases:make_feed": (EVERYBODY, "POST"),
    "cases:end_feed": (EVERYBODY, "POST"),
    "operations:operations": ({"operator"}, "GET"),
    "notifications:outbox": ({"operator"}, "GET"),
    "notifications:send_again": ({"operator"}, "POST"),
    "notifications:set_aside": ({"operator"}, "POST"),
    "cases:windows": (SEES_SETTINGS, "GET"),
    "cases:change_window": (SETS, "GET POST"),
    "cases:registrations": (REGISTRATIONS, "GET"),
    "cases:new_registration": (REGISTERS, "GET POST"),
    "cases:registration": (REGISTRATIONS, "GET"),
    "cases:change_registration": (REGISTERS, "GET POST"),
    "cases:withdrawal": (REGISTERS, "GET POST"),
    "cases:confirm_registration": (DECIDES, "GET POST"),
    "cases:return_registration": (DECIDES, "GET POST"),
    "cases:refuse_registration": (DECIDES, "GET POST"),
    "cases:prior": (DECIDES, "GET POST"),
    "cases:earlier_school": (DECIDES, "GET POST"),
    "cases:leading": (DECIDES, "GET POST"),
    "cases:officer": ({"body_admin"}, "GET POST"),
    "cases:move": (PROFILE - {"mentor", "body_contact"}, "GET"),
    "cases:release_ect": (BODY, "GET POST"),
    "cases:new_school": (BODY, "GET POST"),
    "cases:undo_release": (BODY, "GET POST"),
    "cases:report_leaver": (BODY, "GET POST"),
    "cases:claim": (BODY, "GET POST"),
    "cases:release_requests": (BODY, "GET"),
    "cases:ask_release": (BODY, "GET POST"),
    "cases:release_request": (BODY, "GET"),
    "cases:answer_request": (BODY, "GET POST"),
    "cases:address_release": (BODY, "POST"),
    "cases:refuse_request": (BODY, "GET POST"),
    "cases:withdraw_request": (BODY, "POST"),
    "cases:record_bundle": (BODY, "GET POST"),
    "cases:settings": (SEES_SETTINGS, "GET"),
    "cases:settings_of": (SEES_SETTINGS, "GET"),
    "cases:change_settings": (SETS, "GET POST"),
    "cases:withdraw_settings": (SETS, "POST"),
    "cases:school_facts": ({"headteacher", "school_admin"}, "GET POST"),
    "cases:calendars": (TERMS, "GET"),
    "cases:school_years": (TERMS, "GET"),
    "cases:school_year": (TERMS, "GET"),
    "cases:change_calendar": (SETS_TERMS, "GET POST"),
    "cases:remove_calendar": (SETS_TERMS, "GET POST"),
    "cases:national": (BODY, "GET"),
    "cases:make_claims": (BODY, "GET POST"),
    "cases:make_actions": (BODY, "GET POST"),
    "cases:national_file": (BODY, "GET"),
    "cases:national_csv": (BODY, "GET"),
    "cases:answer_file": (BODY, "GET POST"),
    "cases:set_file_aside": (BODY, "POST"),
    "cases:import_claims": (BODY, "GET POST"),
    "cases:import_template": (BODY, "GET"),
    "cases:import": (BODY, "GET"),
    "cases:confirm_import": (BODY, "POST"),
    "cases:cancel_import": (BODY, "POST"),
    "cases:import_refused": (BODY, "GET"),
    "cases:earlier_claims": (BODY, "GET"),
    "cases:withdraw_claim": (BODY, "GET POST"),
    "support_plans:ladder": (LEVELS, "GET"),
    "support_plans:together": (LEVELS, "GET"),
    "support_plans:arrange_meeting": (MEETS_ON_SUPPORT, "GET POST"),
    "support_plans:note_meeting": (MEETS_ON_SUPPORT, "GET POST"),
    "support_plans:record_meeting": (MEETS_ON_SUPPORT, "GET POST"),
    "support_plans:change_meeting": (MEETS_ON_SUPPORT, "GET POST"),
    "support_plans:call_off_meeting": (MEETS_ON_SUPPORT, "GET POST"),
    "support_plans:add_to_meeting": (MEETS_ON_SUPPORT | {"ect"}, "GET POST"),
    "support_plans:send_update": (WRITES | {"mentor"}, "GET POST"),
    "support_plans:acknowledge_update": (BODY, "GET POST"),
    "support_plans:record_body_part": (BODY, "GET POST"),
    "support_plans:answer_plan": (BODY, "GET POST"),
    "support_plans:raise_concern": (SUPPORTS, "GET POST"),
    "support_plans:move_level": (SUPPORTS, "GET POST"),
    "support_plans:agree_to_level": (BODY, "GET POST"),
    "support_plans:concern": (LEVELS | {"trust_officer"}, "GET"),
    "support_plans:pass_on": ({"trust_officer"}, "POST"),
    "support_plans:proposal": (OBSERVES, "GET POST"),
    "support_plans:current_plan": (LEVELS, "GET"),
    "support_plans:plan": (LEVELS, "GET"),
    "support_plans:write_plan": (WRITES, "GET POST"),  # the examples are above Level 1: the tutor's
    "support_plans:change_plan": (WRITES, "GET POST"),
    "support_plans:lay_plan_again": (WRITES, "GET POST"),
    "support_plans:finish_plan": (WRITES, "GET POST"),
    "support_plans:correct_plan": (WRITES, "GET POST"),
    "support_plans:sign_plan": (WRITES | {"ect"}, "GET POST"),
    "support_plans:plan_document": (LEVELS, "GET"),
    "support_plans:plan_preview": (LEVELS, "GET"),
    "support_plans:blank_forms": (LEVELS, "GET"),
    "support_plans:blank_form": (LEVELS, "GET"),
    "support_plans:evaluate_week": (WRITES | {"mentor"}, "GET POST"),
    "support_plans:comment_on_week": ({"ect"}, "GET POST"),
    "support_plans:own_concerns": (OWN_CONCERNS, "GET"),
    "support_plans:raise_own_concern": ({"ect"}, "GET POST"),
    "support_plans:own_concern": (OWN_CONCERNS, "GET"),
    "support_plans:answer_own_concern": (OWN_CONCERNS - {"ect"}, "GET POST"),
    "support_plans:own_concern_next": ({"ect"}, "GET POST"),
    "support_plans:escalated": (BODY, "GET"),
    "assessments:new_review": (WRITES, "GET POST"),
    "assessments:review": (REVIEWS, "GET"),
    "assessments:document": (REVIEWS, "GET"),
    "assessments:correction": (WRITES, "GET POST"),
    "assessments:comments": ({"ect"}, "GET POST"),
    "assessments:acknowledgement": ({"ect"}, "POST"),
    "assessments:acceptance": ({"body_officer"}, "POST"),
    "assessments:return": ({"body_officer"}, "GET POST"),
    "assessments:assessment": (REVIEWS, "GET"),
    "assessments:new_assessment": (OBSERVES, "GET POST"),
    "assessments:new_interim": (OBSERVES, "GET POST"),
    "assessments:correct_assessment": (OBSERVES, "GET POST"),
    "assessments:withdraw_assessment": (OBSERVES, "GET POST"),
    "assessments:send_assessment": (OBSERVES, "GET POST"),
    "assessments:accept_assessment": ({"body_officer"}, "GET POST"),
    "assessments:return_assessment": ({"body_officer"}, "GET POST"),
    "assessments:assessment_document": (REVIEWS, "GET"),
    "assessments:letter": (REVIEWS, "GET"),
    "assessments:letter_acknowledgement": ({"ect"}, "POST"),
    "assessments:letter_document": (REVIEWS, "GET"),
    "assessments:assessment_comments": ({"ect"}, "GET POST"),
    "assessments:record_comments": (OBSERVES, "GET POST"),
    "assessments:record_signature": (OBSERVES, "GET POST"),
    "assessments:sign_assessment": (SIGNS, "GET POST"),
    "assessments:refuse_signature": (SIGNS, "GET POST"),
    "assessments:signing_queue": (SIGNS, "GET POST"),
    "assessments:reductions": (REVIEWS, "GET"),
    "assessments:ask_reduction": ({"headteacher"}, "GET POST"),
    "assessments:answer_reduction": ({"ect"}, "GET POST"),
    "assessments:decide_reduction": ({"body_officer"}, "GET POST"),
    "assessments:exemption": (REVIEWS, "GET"),
    "assessments:search_trail": (BODY, "GET POST"),
    "assessments:exempt": (BODY, "GET POST"),
    "assessments:bundles": (BODY, "GET POST"),
    "assessments:bundle": (BODY, "GET"),
    "assessments:bundle_document": (BODY, "GET"),
    "assessments:observations": (REVIEWS, "GET"),
    "assessments:plan_observation": (OBSERVES, "GET POST"),
    "assessments:record_observation": (OBSERVES, "GET POST"),
    "assessments:observation": (REVIEWS, "GET"),
    "assessments:change_plan": (OBSERVES, "GET POST"),
    "assessments:write_record": (OBSERVES, "GET POST"),
    "assessments:cancel_observation": (OBSERVES, "POST"),
    "assessments:observation_comments": ({"ect"}, "GET POST"),
    "assessments:observation_read": ({"ect"}, "POST"),
    "assessments:note_visit": ({"ect"}, "GET POST"),
    "assessments:change_visit": ({"ect"}, "GET POST"),
    "assessments:rate_yourself": ({"ect"}, "GET POST"),
    "assessments:self_rating": ({"ect"} | WRITES, "GET"),
    "assessments:inputs": (REVIEWS, "GET"),
    "assessments:ask_colleague": (OBSERVES, "GET POST"),
    "assessments:input_request": (REVIEWS, "GET"),
    "assessments:ask_again": (OBSERVES, "POST"),
    "assessments:withdraw_request": (OBSERVES, "POST"),
    "assessments:input_read": (OBSERVES, "POST"),
    "assessments:meetings": (MEETS | WRITES, "GET"),
    "assessments:note_meeting": (MEETS, "GET POST"),
    "assessments:change_meeting": (MEETS, "GET POST"),
    "assessments:representations": (LETTERS, "GET"),
    "assessments:write_representations": ({"ect"}, "GET POST"),
    "assessments:waive_representations": ({"ect"}, "GET POST"),
    "assessments:deciding": (DECIDES, "GET"),
    "assessments:pass_case": (DECIDES, "GET POST"),
    "assessments:extend_case": (DECIDES, "GET POST"),
    "assessments:fail_case": (DECIDES, "GET POST"),
    "assessments:to_make": (DECIDES, "GET POST"),
    "assessments:decision": (REVIEWS, "GET"),
    "assessments:decision_document": (REVIEWS, "GET"),
    "assessments:approve_decision": (DECIDES, "GET POST"),
    "assessments:return_decision": (DECIDES, "GET POST"),
    "assessments:notices": (DECIDES, "GET"),
    "assessments:email_notices": (DECIDES, "GET POST"),
    "assessments:prepare_letter": (DECIDES, "GET POST"),
    "assessments:body_is_employer": (DECIDES, "GET POST"),
    "assessments:notice": (REVIEWS, "GET"),
    "assessments:notice_document": (REVIEWS, "GET"),
    "assessments:record_posting": (DECIDES, "GET POST"),
    "assessments:record_receipt": (DECIDES, "GET POST"),
    "assessments:record_undelivered": (DECIDES, "GET POST"),
    "assessments:letter_wording": ({"body_admin"}, "GET POST"),
    "assessments:case_appeal": (APPEALS, "GET"),
    "assessments:appeal": (APPEALS, "GET"),
    "assessments:lodge_appeal": (DECIDES, "GET POST"),
    "assessments:allow_more_time": (DECIDES, "GET POST"),
    "assessments:renounce_appeal": (DECIDES, "GET POST"),
    "assessments:appeal_bundle": (DECIDES, "POST"),
    "assessments:appeal_copy": (DECIDES, "GET POST"),
    "assessments:reply_to_appeal": (DECIDES, "GET POST"),
    "assessments:appeal_hearing": (DECIDES, "GET POST"),
    "assessments:appeal_attendance": (DECIDES, "GET POST"),
    "assessments:agency_request": (DECIDES, "GET POST"),
    "assessments:answer_agency": (DECIDES, "GET POST"),
    "assessments:withdraw_appeal": (DECIDES, "GET POST"),
    "assessments:appeal_outcome": (DECIDES, "GET POST"),
    "assessments:appeal_reply_document": (LETTERS, "GET"),
}
OF_DECISIONS = {
    "assessments:representations", "assessments:write_representations", "assessments:waive_representations",
    "assessments:decision", "assessments:decision_document", "assessments:approve_decision",
    "assessments:return_decision", "assessments:notice", "assessments:notice_document", "assessments:record_posting",
    "assessments:record_receipt", "assessments:record_undelivered",
    "assessments:appeal", "assessments:lodge_appeal", "assessments:allow_more_time", "assessments:renounce_appeal",
    "assessments:appeal_bundle",
    "assessments:appeal_copy", "assessments:reply_to_appeal", "assessments:appeal_hearing",
    "assessments:appeal_attendance", "assessments:agency_request", "assessments:answer_agency",
    "assessments:withdraw_appeal", "assessments:appeal_outcome", "assessments:appeal_reply_document",
}  # fmt: skip
OF_OWN_RECORDS = {
    "cases:answer_query", "cases:change_absence", "cases:record_return", "cases:withdraw_absence",
    "cases:chase_sent",
    "cases:absence_reason", "cases:write_reason", "cases:choose_leave", "cases:confirm_leave", "cases:agree_absence",
    "cases:absence_notice", "assessments:observation", "assessments:change_plan", "assessments:write_record",
    "assessments:cancel_observation", "assessments:observation_comments", "assessments:observation_read",
    "assessments:change_visit", "assessments:change_meeting", "assessments:self_rating",
    "assessments:answer_reduction", "assessments:decide_reduction",
    "assessments:input_request", "assessments:ask_again", "assessments:withdraw_request", "assessments:input_read",
}  # fmt: skip
FOR_READING = {
    "support_plans:record_meeting", "support_plans:change_meeting", "support_plans:call_off_meeting",
    "support_plans:add_to_meeting", "support_plans:acknowledge_update",
    "support_plans:plan", "support_plans:plan_document", "support_plans:plan_preview",
    "support_plans:concern", "support_plans:own_concern", "support_plans:answer_own_concern", "support_plans:pass_on",
    "cases:absence_reason", "assessments:observation", "assessments:self_rating", "assessments:input_request",
    "cases:chase_sent",
}  # fmt: skip
ANSWERED = {"cases:confirm_leave", "cases:absence_notice", "assessments:decide_reduction"}
# What was handed over is for reading: to write, or to answer, takes the school or the body it came from (R85).
OF_THE_RESPONSIBLE = {
    "support_plans:agree_to_level",
    "cases:send_chase", "cases:prior", "cases:earlier_school", "cases:leading", "cases:officer", "cases:record_done",
    "assessments:search_trail", "assessments:exempt",
    "cases:release_ect", "cases:new_school",
    "assessments:deciding", "assessments:pass_case", "assessments:extend_case", "assessments:fail_case",
    "assessments:notices", "assessments:email_notices", "assessments:prepare_letter", "assessments:body_is_employer",
}  # fmt: skip
# Of two bodies between which an ECT passes, the one that lets go alone, or the one that takes on.
OF_THE_GIVER = {
    "cases:undo_release", "cases:report_leaver", "cases:answer_request", "cases:address_release",
    "cases:refuse_request",
}  # fmt: skip
OF_THE_TAKER = {"cases:claim", "cases:withdraw_request"}
# What a mentor may open where their school lets mentors read reviews, and their body does not forbid it.
OPEN_TO_MENTORS = {"assessments:review", "assessments:document"}
OBSERVATIONS_FOR_MENTORS = {"assessments:observations", "assessments:observation"}
OF_ONE_SIDE = {
    "assessments:correction", "assessments:acceptance", "assessments:return", "assessments:correct_assessment",
    "assessments:withdraw_assessment", "assessments:send_assessment", "assessments:accept_assessment",
    "assessments:return_assessment",
    "assessments:sign_assessment", "assessments:refuse_signature", "assessments:record_comments",
    "assessments:record_signature",
}  # fmt: skip
# Changed only by the school, or the body, that has to do with the case today.
OF_TODAY = {
    "cases:rename", "cases:correct_teacher", "cases:own_access", "cases:resend_to_ect", "cases:withdraw_from_ect",
    "cases:what_if",
    "cases:record_absence", "assessments:ask_reduction",
    "assessments:plan_observation", "assessments:record_observation", "assessments:note_meeting",
    "assessments:ask_colleague",
    "support_plans:raise_concern", "support_plans:move_level",
    "support_plans:arrange_meeting", "support_plans:note_meeting", "support_plans:send_update",
    "support_plans:record_body_part", "support_plans:answer_plan",
}  # fmt: skip


def expected(world: World, person: Person, address: Address, method: str) -> str:
    """What the door answers: "unknown" (404), "forbidden" (403), "method" (405) or "open"."""
    roles, methods = TABLE[address.page.name]
    subject = address.subject
    if isinstance(subject, Case) and not world.reaches(person, subject):
        return "unknown"
    if isinstance(subject, Assessed) and not world.reaches_assessment(person, subject):
        return "unknown"
    if isinstance(subject, Review) and not world.reaches_review(person, subject):
        return "unknown"
    if isinstance(subject, Registration) and not world.reaches_registration(person, subject):
        return "unknown"
    if isinstance(subject, Between) and not _reaches_between(person, subject):
        return "unknown"
    if isinstance(subject, Kept) and person.place != subject.place:
        return "unknown"
    if isinstance(subject, Looked) and not world.reaches_quality(person, subject):
        return "unknown"
    if address.page.name == "cases:word_question" and person.place not in {"north", "south"}:
        return "unknown"
    if isinstance(subject, Looked) and subject.owner and not _answers_finding(person, subject):
        return "forbidden"
    if isinstance(subject, Piece) and not _reaches_piece(world, person, address, subject):
        return "unknown"
    if isinstance(subject, Tenant | Settings) and not world.keeps(person, getattr(subject, "place", subject.key)):
        return "unknown"
    if address.page.name in OPEN_TO_MENTORS and reads_as_mentor(person):
        roles = roles | {"mentor"}
    if address.page.name in OBSERVATIONS_FOR_MENTORS and observes_as_mentor(person):
        roles = roles | {"mentor"}
    if isinstance(subject, Calendar) and not world.reaches_calendar(person, subject.key):
        return "unknown"
    if person.role not in roles or _let_go(world, person, address) or _only_handed_over(person, address):
        return "forbidden"
    answered = [*methods.split(), *(["HEAD"] if "GET" in methods.split() else [])]
    return "open" if method in answered else "method"


def _answers_finding(person: Person, finding: Looked) -> bool:
    """At the school the headteacher answers any action, a tutor or lead what is the induction tutor's (R82)."""
    of_tutors = WRITES if finding.owner == "induction_tutor" else set()
    return person.place == finding.body or person.role in {"headteacher"} | of_tutors


def _reaches_between(person: Person, subject: Between) -> bool:
    """Whether somebody works for one of the two bodies: nobody else knows of it (R85)."""
    return person.role in BODY_ROLES and person.place in {subject.giver, subject.taker}


def _reaches_piece(world: World, person: Person, address: Address, piece: Piece) -> bool:
    """Whether somebody may know of a piece: its case; and of a query, that it is of their own side (R79, R85)."""
    if address.page.name in OF_DECISIONS or isinstance(piece, Supported):
        return world.reaches_piece(person, piece)
    own_side = not person.place or person.place in {piece.school, piece.body} | piece.shared
    return world.reaches(person, world.cases[piece.case]) and (own_side or address.page.name not in OF_OWN_RECORDS)


def _answers(world: World, person: Person, address: Address, piece: Piece) -> bool:
    """A record of absence is answered by who has to do with the case today: a warning by the school, the notice of 30
    days by its headteacher and the body; leave is confirmed by the body responsible (R29, R38).
    """
    case = world.cases[piece.case]
    if address.page.name in {"cases:confirm_leave", "assessments:decide_reduction"}:
        return person.place == SCHOOLS[case.now]
    if person.place not in {case.now, SCHOOLS[case.now]} & {piece.school, piece.body}:
        return False
    to_body = piece.key.endswith("30")
    return person.role in (BODY | {"headteacher"} if to_body else WRITES | {"headteacher"})


def _let_go(world: World, person: Person, address: Address) -> bool:
    """A school changes its own placement while it goes on; who has let a case go changes nothing (R79)."""
    subject = address.subject
    if address.page.name in FOR_READING:
        return False
    if isinstance(
        subject, Recommended | Decided | Noticed
    ):  # the roles alone tell who writes, and who answers a proposal
        return False
    if isinstance(subject, Piece) and address.page.name in ANSWERED:
        return not _answers(world, person, address, subject)
    if isinstance(subject, Piece) and person.place:
        return subject.over or person.place != subject.school
    if isinstance(subject, Case) and person.place and address.page.name in OF_TODAY:
        return person.place not in {subject.now, SCHOOLS[subject.now]} | subject.joined
    return False


def reads_as_mentor(person: Person) -> bool:
    """Whether this person reads the reviews of the ECTs they mentor (R79)."""
    return person.role == "mentor" and person.place in MENTORS_READ


def observes_as_mentor(person: Person) -> bool:
    """Whether this person reads the observations of the ECTs they mentor (R79)."""
    return person.role == "mentor" and person.place in MENTORS_OBSERVE


def _only_handed_over(person: Person, address: Address) -> bool:
    review = address.subject
    if isinstance(review, Between):
        giver, taker = address.page.name in OF_THE_GIVER, address.page.name in OF_THE_TAKER
        return (giver and person.place != review.giver) or (taker and person.place != review.taker)
    if address.page.name in OF_THE_RESPONSIBLE and isinstance(review, Case):
        return person.place != review.responsible
    if address.page.name not in OF_ONE_SIDE or not isinstance(review, Review | Assessed):
        return False
    return bool(person.place) and person.place not in {review.school, review.body}


def may_read(world: World, person: Person, canary: Canary) -> bool:
    """Whether a person may read one text of the world."""
    if canary.kind in {"draft", "personal"}:
        return person.key == canary.about
    if canary.kind == "invitation":
        return person.role in MANAGES and canary.about == f"invited@{person.place}"
    if canary.kind in {"national", "import", "claim"}:
        asked = canary.kind == "claim" and person.role in REGISTERS and SCHOOLS.get(person.place) == canary.about
        return asked or (person.role in BODY and person.place == canary.about)
    reads = person.role in REVIEWS or reads_as_mentor(person)
    if canary.kind == "review":
        return reads and world.reaches_review(person, world.reviews[canary.about])
    if canary.kind == "assessment":  # never a mentor's (R79)
        return person.role in REVIEWS and world.reaches_assessment(person, world.assessments[canary.about])
    if canary.kind == "quality":
        body, _, school = canary.about.partition(":")
        return (person.role in BODY and person.place == body) or (person.role in OBSERVES and person.place == school)
    if canary.kind == "quality_ect":
        case = world.cases[canary.about]
        own = person.role in OBSERVES and person.place == case.now and world.reaches(person, case)
        return own or (person.role in BODY and person.place == case.responsible)
    if canary.kind == "move":
        return person.role in BODY and person.place in canary.about.split(":")
    if person.role in BODY and person.place == world.sought.get(canary.about, "nobody"):
        return True
    if canary.kind == "registration":
        return world.reaches_registration(person, world.registrations[canary.about])
    if canary.kind == "representation":
        return person.role in LETTERS and world.reaches_piece(person, world.recommendations[canary.about])
    if canary.kind == "decision":
        return person.role in REVIEWS and world.reaches_piece(person, world.decisions[canary.about])
    if canary.kind == "appeal":  # what was written in one: the ECT's and the body's alone
        return person.role in LETTERS and world.reaches_piece(person, world.appeals[canary.about])
    if canary.kind == "level":
        return person.role in LEVELS and world.reaches(person, world.cases[canary.about])
    if canary.kind == "body_record":
        return world.reaches_piece(person, world.body_records[canary.about])
    if canary.kind == "plan":
        return world.reaches_piece(person, world.plans[canary.about])
    if canary.kind in {"concern", "proposal", "own_concern"}:
        kept = {"concern": world.concerns, "proposal": world.proposals, "own_concern": world.own_concerns}
        return world.reaches_piece(person, kept[canary.kind][canary.about])
    if canary.kind == "self_rating":
        seen = person.role in {"ect"} | WRITES
        return seen and world.reaches_piece(person, world.self_ratings[canary.about])
    if canary.kind == "chase":
        told = person.role in CHASED & ABSENCES  # absence was asked for too, of which a mentor knows nothing (R79)
        return told and world.reaches_piece(person, world.chases[canary.about])
    if canary.kind == "reduction":
        return person.role in REVIEWS and world.reaches_piece(person, world.reductions[canary.about])
    if canary.kind == "exemption":  # the record of the body that decided, at the school of the latest placement
        case = world.cases[canary.about]
        own_side = not person.place or person.place in {case.now, case.responsible}
        return person.role in REVIEWS and own_side and world.reaches(person, case)
    if canary.kind in {"input", "input_address"}:  # never a mentor's (R79); the address is the asking school's
        piece = world.inputs[canary.about]
        asks = canary.kind == "input" or (person.role in OBSERVES and person.place == piece.school)
        return asks and person.role in REVIEWS and world.reaches_piece(person, piece)
    if canary.kind in {"observation", "visit", "meeting"}:
        kept = {"observation": world.observations, "visit": world.visits, "meeting": world.meetings}[canary.kind]
        seen = person.role in (MEETS | WRITES if canary.kind == "meeting" else REVIEWS)
        seen = seen or (canary.kind != "meeting" and observes_as_mentor(person))
        return seen and world.reaches_piece(person, kept[canary.about])
    if canary.kind == "health":
        piece = world.absences[canary.about]
        own_side = not person.place or person.place in {piece.school} | piece.shared
        return person.role in REASONS and own_side and world.reaches(person, world.cases[piece.case])
    case = world.cases[canary.about]
    if person.role == "trust_officer" and canary.kind == "case":  # a name, of a concern that went to the trust (R81)
        heard = [*world.concerns.values(), *world.own_concerns.values()]
        return not canary.text.isdigit() and any(
            piece.case == case.key and world.reaches_piece(person, piece) for piece in heard
        )
    if canary.kind == "earlier":
        return person.role in PROFILE and world.reaches(person, case) and person.place not in case.joined
    if canary.kind == "timetable":
        return person.role in TIMETABLES and world.reaches(person, case)
    if canary.kind == "own_access":
        return person.role in INVITES and world.reaches(person, case)
    if canary.kind == "query":
        return person.role in QUERIES and world.reaches(person, case)
    return (person.role in PROFILE if canary.kind == "case" else reads) and world.reaches(person, case)
