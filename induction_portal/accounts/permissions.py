"""Who may do what, as data (R79). Pure: no database, no request.

A permission held by a role applies only where the role reaches (`cases.access`): a mentor's to the ECTs they mentor,
a headteacher's to the school's, an officer's to the body's.
"""

from enum import StrEnum


class Role(StrEnum):
    """A part that somebody plays in inductions. All but the ECT's come from a membership."""

    ECT = "ect"
    MENTOR = "mentor"
    INDUCTION_TUTOR = "induction_tutor"
    INDUCTION_LEAD = "induction_lead"
    HEADTEACHER = "headteacher"
    SCHOOL_ADMIN = "school_admin"
    GOVERNOR = "governor"
    TRUST_OFFICER = "trust_officer"
    BODY_OFFICER = "body_officer"
    BODY_CONTACT = "body_contact"
    BODY_ADMIN = "body_admin"
    OPERATOR = "operator"

    @property
    def label(self) -> str:
        """The role's name as pages show it."""
        return LABELS[self]

    @property
    def by_membership(self) -> bool:
        """Whether a membership gives this role; an ECT's own record is theirs for life without one."""
        return self is not Role.ECT


LABELS = {
    Role.ECT: "Early career teacher",
    Role.MENTOR: "Mentor",
    Role.INDUCTION_TUTOR: "Induction tutor",
    Role.INDUCTION_LEAD: "Induction lead",
    Role.HEADTEACHER: "Headteacher",
    Role.SCHOOL_ADMIN: "School administrator",
    Role.GOVERNOR: "Governor",
    Role.TRUST_OFFICER: "Trust officer",
    Role.BODY_OFFICER: "Appropriate body officer",
    Role.BODY_CONTACT: "Appropriate body named contact",
    Role.BODY_ADMIN: "Appropriate body administrator",
    Role.OPERATOR: "Operator",
}


class Permission(StrEnum):
    """One thing that may be done."""

    USE_PORTAL = "use_portal"  # home page, own messages, choosing whom to act for
    READ_CASE = "read_case"
    READ_REVIEW = "read_review"
    WRITE_REVIEW = "write_review"
    COMMENT_ON_REVIEW = "comment_on_review"
    RESPOND_TO_REVIEW = "respond_to_review"
    READ_ASSESSMENT = "read_assessment"
    WRITE_ASSESSMENT = "write_assessment"  # the report, and sending it on: never a mentor's (R53)
    COMMENT_ON_ASSESSMENT = "comment_on_assessment"
    SIGN_ASSESSMENT = "sign_assessment"
    RECOMMEND = "recommend"  # the headteacher alone (R60, R82)
    RESPOND_TO_ASSESSMENT = "respond_to_assessment"
    READ_REPRESENTATIONS = "read_representations"  # the ECT and the body alone (R79)
    MAKE_REPRESENTATIONS = "make_representations"
    READ_DECISION = "read_decision"
    DECIDE = "decide"  # pass, extend or fail, and what follows: the appropriate body alone (R82)
    READ_APPEAL = "read_appeal"  # that there is one, how far it is, its dates
    READ_GROUNDS = "read_grounds"  # of an appeal, and what the body replied: the ECT and the body alone
    WORD_LETTERS = "word_letters"  # a body's own wording of its letters of decision
    READ_OBSERVATION = "read_observation"
    WRITE_OBSERVATION = "write_observation"  # plan it, and share the record of it
    COMMENT_ON_OBSERVATION = "comment_on_observation"
    NOTE_VISIT = "note_visit"  # to a lesson of an experienced colleague: the ECT's own note
    READ_SELF_RATING = "read_self_rating"  # once the ECT has shared it
    RATE_THEMSELF = "rate_themself"
    READ_INPUT = "read_input"  # what colleagues say of the ECT's teaching: never a mentor's (R79)
    ASK_FOR_INPUT = "ask_for_input"
    READ_MEETING = "read_meeting"  # of mentor and ECT
    WRITE_MEETING = "write_meeting"
    READ_ACCESS_REGISTER = "read_access_register"
    READ_GENERAL_REPORT = "read_general_report"
    GIVE_GENERAL_REPORT = "give_general_report"  # record that the governing body has it (D31)
    READ_BOARD = "read_board"  # an appropriate body's clocks, and who has not sent what is due
    READ_INSTALLATION = "read_installation"
    OPERATE = "operate"  # send again, or set aside, what could not be sent: never what it says
    CHASE = "chase"  # ask a school for what is overdue
    READ_CHASE = "read_chase"  # what an appropriate body asked the school for
    REGISTER_ECT = "register_ect"
    READ_REGISTRATION = "read_registration"
    DECIDE_REGISTRATION = "decide_registration"
    READ_ABSENCE = "read_absence"  # when and how long, never why (R79)
    RECORD_DONE = "record_done"  # that a step which no fact closes was done (R90)
    CHANGE_PROFILE = "change_profile"  # name, pattern, contract, within a case (SG 2.74)
    APPOINT = "appoint"  # mentor and tutor
    INVITE_ECT = "invite_ect"  # to their own record
    END_PLACEMENT = "end_placement"
    AGREE_SERVICE = "agree_service"  # the ECT agrees or queries what was recorded (SG 5.2)
    ANSWER_QUERY = "answer_query"
    NAME_OFFICER = "name_officer"  # of a case, and its named contact (R81)
    RECORD_ABSENCE = "record_absence"
    READ_ABSENCE_REASON = "read_absence_reason"  # a matter of health (R79)
    WRITE_ABSENCE_REASON = "write_absence_reason"
    CHOOSE_EXTENSION = "choose_extension"  # by statutory leave: the ECT's own choice (R29)
    CONFIRM_CHOICE = "confirm_choice"
    ANSWER_ABSENCE_NOTICE = "answer_absence_notice"  # each side its own (R38)
    READ_CALENDAR = "read_calendar"
    CHANGE_CALENDAR = "change_calendar"
    MANAGE_PEOPLE = "manage_people"  # invite, grant and end roles of one's own organisation
    TAKE_OWN_RECORD = "take_own_record"  # everything that is kept of them, as one file (R83)
    GIVE_PERSONAL_EMAIL = "give_personal_email"  # the address by which an ECT keeps their record (R79)
    READ_SETTINGS = "read_settings"
    CHANGE_SETTINGS = "change_settings"
    READ_TIMETABLE = "read_timetable"
    CHANGE_TIMETABLE = "change_timetable"
    REPORT_NATIONALLY = "report_nationally"  # the national service's files, made and answered (R88)
    IMPORT_CLAIMS = "import_claims"  # that a body made before this portal
    READ_REDUCTION = "read_reduction"  # of a shorter induction: the headteacher's advice is in it
    ASK_REDUCTION = "ask_reduction"
    ANSWER_REDUCTION = "answer_reduction"  # the ECT may insist on the full period (R21)
    DECIDE_REDUCTION = "decide_reduction"
    READ_EXEMPTION = "read_exemption"
    DECIDE_EXEMPTION = "decide_exemption"  # where records were lost (Sch 1 para 24)
    MAKE_BUNDLE = "make_bundle"  # the whole file of a case, for an appeal
    READ_MOVE = "read_move"  # where an induction goes on, and who has its record (R84-R86)
    RELEASE_ECT = "release_ect"  # let an ECT go, ask for one, take one on (R85)
    DO_QUALITY = "do_quality"  # plan, draw, visit and judge: the body's, never its named contact's (R81)
    READ_QUALITY = "read_quality"  # of a visit: the school's once it is shared
    ANSWER_QUALITY = "answer_quality"  # what a visit found to be done
    READ_LEVELS = "read_levels"  # of support, and the school's concerns that led to them (R79)
    READ_CONCERN = "read_concern"  # of the school's; a trust's officer those that are passed up to them (R81)
    RAISE_CONCERN = "raise_concern"
    ANSWER_PROPOSAL = "answer_proposal"  # of a review or assessment, to raise a concern: never a mentor's
    FORWARD_CONCERN = "forward_concern"  # from the trust to the appropriate body (R81)
    MOVE_LEVEL = "move_level"  # which move is whose, the rules say (R72)
    AGREE_TO_LEVEL = "agree_to_level"  # that the school may not make alone (R72)
    HOLD_SUPPORT_MEETING = "hold_support_meeting"  # arrange and record it: the owner of a level, and the body (R70)
    ADD_TO_SUPPORT_MEETING = "add_to_support_meeting"  # its record stands: whoever was there adds to it, the ECT too
    UPDATE_BODY = "update_body"  # the owner of a level, by the days that fall due (D27, D29)
    FOLLOW_SUPPORT = "follow_support"  # the body's part: read updates, speak to the ECT, observe jointly (D30)
    SIGN_PLAN = "sign_plan"  # a finished support plan: the induction tutor and the ECT (R76)
    WRITE_PLAN = "write_plan"  # and evaluate its weeks: whose which is, its level says (R79)
    COMMENT_ON_PLAN = "comment_on_plan"
    READ_OWN_CONCERN = "read_own_concern"  # the ECT's own: by whom it is addressed to (R81)
    RAISE_OWN_CONCERN = "raise_own_concern"
    ANSWER_OWN_CONCERN = "answer_own_concern"
    CHANGE_SCHOOL_FACTS = "change_school_facts"  # required by law here (R7), special measures (R8)


P = Permission
READS_REVIEWS = {
    P.READ_CASE, P.READ_ABSENCE, P.READ_REVIEW, P.READ_ASSESSMENT, P.READ_OBSERVATION, P.READ_ACCESS_REGISTER,
    P.READ_TIMETABLE, P.READ_DECISION, P.READ_REDUCTION, P.READ_EXEMPTION, P.READ_INPUT,
}  # fmt: skip
RAISES_CONCERNS = {P.READ_LEVELS, P.READ_CONCERN, P.RAISE_CONCERN, P.MOVE_LEVEL}
OWNS_LEVELS = {P.HOLD_SUPPORT_MEETING, P.ADD_TO_SUPPORT_MEETING, P.UPDATE_BODY}
SUPPORTS = RAISES_CONCERNS | {P.ANSWER_PROPOSAL, P.READ_OWN_CONCERN, P.ANSWER_OWN_CONCERN}
ASSESSES = {P.WRITE_ASSESSMENT, P.SIGN_ASSESSMENT, P.ASK_FOR_INPUT}
REVIEWS_ECTS = READS_REVIEWS | ASSESSES | SUPPORTS | OWNS_LEVELS | {
    P.WRITE_REVIEW, P.READ_GENERAL_REPORT, P.CHANGE_PROFILE, P.ANSWER_QUERY, P.READ_CALENDAR, P.READ_SETTINGS,
    P.RECORD_ABSENCE, P.ANSWER_ABSENCE_NOTICE, P.CHANGE_TIMETABLE, P.WRITE_OBSERVATION, P.READ_MEETING,
    P.READ_SELF_RATING, P.READ_MOVE, P.READ_QUALITY, P.ANSWER_QUALITY, P.WRITE_PLAN, P.SIGN_PLAN,
    P.READ_CHASE,
}  # fmt: skip
RUNS_SCHOOL = {
    P.REGISTER_ECT, P.READ_REGISTRATION, P.CHANGE_PROFILE, P.APPOINT, P.INVITE_ECT, P.END_PLACEMENT, P.ANSWER_QUERY,
    P.READ_CALENDAR, P.CHANGE_CALENDAR, P.MANAGE_PEOPLE, P.READ_SETTINGS, P.CHANGE_SCHOOL_FACTS,
    P.RECORD_ABSENCE, P.READ_ABSENCE, P.READ_MOVE, P.READ_CHASE,
}  # fmt: skip
ACTS_FOR_BODY = {
    P.READ_REGISTRATION, P.DECIDE_REGISTRATION, P.CHANGE_PROFILE, P.INVITE_ECT, P.RECORD_DONE, P.READ_CALENDAR,
    P.READ_SETTINGS, P.READ_ABSENCE, P.CONFIRM_CHOICE, P.ANSWER_ABSENCE_NOTICE, P.READ_BOARD, P.READ_GENERAL_REPORT,
    P.REPORT_NATIONALLY, P.IMPORT_CLAIMS,
    P.MAKE_BUNDLE, P.DECIDE_EXEMPTION,
    P.READ_MOVE, P.RELEASE_ECT,
    P.READ_REPRESENTATIONS, P.READ_APPEAL, P.READ_GROUNDS, P.READ_QUALITY, P.DO_QUALITY,
    P.READ_LEVELS, P.READ_CONCERN, P.AGREE_TO_LEVEL, P.HOLD_SUPPORT_MEETING, P.ADD_TO_SUPPORT_MEETING,
    P.FOLLOW_SUPPORT, P.CHASE, P.READ_CHASE,
}  # fmt: skip

GRANTS: dict[Role, frozenset[Permission]] = {
    role: frozenset({P.USE_PORTAL} | granted)
    for role, granted in {
        Role.ECT: READS_REVIEWS | {
            P.COMMENT_ON_REVIEW, P.COMMENT_ON_ASSESSMENT, P.SIGN_ASSESSMENT, P.AGREE_SERVICE, P.GIVE_PERSONAL_EMAIL,
            P.READ_ABSENCE_REASON, P.CHOOSE_EXTENSION, P.COMMENT_ON_OBSERVATION, P.NOTE_VISIT, P.READ_MEETING,
            P.WRITE_MEETING, P.READ_SELF_RATING, P.RATE_THEMSELF, P.TAKE_OWN_RECORD, P.ANSWER_REDUCTION, P.READ_MOVE,
            P.READ_REPRESENTATIONS, P.MAKE_REPRESENTATIONS, P.READ_APPEAL, P.READ_GROUNDS,
            P.READ_LEVELS, P.READ_CONCERN, P.READ_OWN_CONCERN, P.RAISE_OWN_CONCERN, P.COMMENT_ON_PLAN,
            P.ADD_TO_SUPPORT_MEETING, P.SIGN_PLAN,
        },
        Role.MENTOR: RAISES_CONCERNS | OWNS_LEVELS | {
            P.READ_CASE, P.READ_TIMETABLE, P.READ_MEETING, P.WRITE_MEETING, P.WRITE_PLAN, P.READ_CHASE,
        },
        Role.INDUCTION_TUTOR: REVIEWS_ECTS,
        Role.INDUCTION_LEAD: REVIEWS_ECTS,
        Role.HEADTEACHER: READS_REVIEWS | RUNS_SCHOOL | ASSESSES | SUPPORTS | {
            P.RECOMMEND, P.ASK_REDUCTION, P.READ_QUALITY, P.ANSWER_QUALITY, P.READ_APPEAL,
            P.READ_GENERAL_REPORT, P.GIVE_GENERAL_REPORT, P.CHANGE_SETTINGS, P.READ_ABSENCE_REASON,
            P.WRITE_ABSENCE_REASON, P.ANSWER_ABSENCE_NOTICE, P.CHANGE_TIMETABLE, P.WRITE_OBSERVATION,
        },
        Role.SCHOOL_ADMIN: {P.READ_CASE} | RUNS_SCHOOL,
        Role.GOVERNOR: {P.READ_GENERAL_REPORT},
        Role.TRUST_OFFICER: {
            P.READ_GENERAL_REPORT, P.READ_CALENDAR, P.CHANGE_CALENDAR, P.READ_SETTINGS, P.CHANGE_SETTINGS,
            P.READ_CONCERN, P.FORWARD_CONCERN, P.READ_OWN_CONCERN, P.ANSWER_OWN_CONCERN,
        },
        Role.BODY_OFFICER: READS_REVIEWS | ACTS_FOR_BODY | {
            P.RESPOND_TO_REVIEW, P.RESPOND_TO_ASSESSMENT, P.DECIDE_REDUCTION, P.DECIDE,
        },
        Role.BODY_CONTACT: {
            P.READ_CASE, P.READ_ABSENCE, P.READ_SETTINGS, P.READ_TIMETABLE, P.READ_OWN_CONCERN, P.ANSWER_OWN_CONCERN,
        },
        Role.BODY_ADMIN: READS_REVIEWS | ACTS_FOR_BODY | {
            P.NAME_OFFICER, P.MANAGE_PEOPLE, P.CHANGE_SETTINGS, P.DECIDE, P.WORD_LETTERS,
        },
        Role.OPERATOR: {P.READ_INSTALLATION, P.OPERATE},
    }.items()
}  # fmt: skip


def permissions_of(roles: frozenset[Role]) -> frozenset[Permission]:
    """Everything that a set of roles may do together."""
    return frozenset().union(*(GRANTS[role] for role in roles))
