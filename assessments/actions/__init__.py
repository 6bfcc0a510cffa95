from .appeal_steps import (
    answer_hearing,
    answer_request,
    issue_reply,
    record_copy,
    record_hearing,
    record_request,
    reply_to_appeal,
)
from .appeals import (
    AppealConflict,
    allow_more_time,
    decide_appeal,
    end_time_to_appeal,
    lodge_appeal,
    renounce_appeal,
    withdraw_appeal,
)
from .bundles import ask_for_bundle, give_up_bundle, issue_bundle
from .deciding import DecisionConflict, approve_decision, decide, return_decision
from .deciding_several import pass_several
from .exemptions import exempt, search_trail
from .inputs import ask_again, ask_colleague, give_input, note_opened, read_input, withdraw_request
from .issuing import issue_assessment, issue_decision, issue_letter, issue_review
from .letters import acknowledge_letter
from .meetings import change_meeting, note_meeting
from .notices import (
    body_is_employer,
    email_notices,
    issue_notice,
    notice_came_back,
    notice_went_out,
    prepare_letter,
    record_posting,
    record_receipt,
    record_undelivered,
)
from .observations import (
    acknowledge_observation,
    cancel_observation,
    change_plan,
    comment_on_observation,
    plan_observation,
    record_observation,
    share_record,
)
from .on_paper import add_own_comment, record_comments, record_signature
from .reductions import answer_reduction, ask_for_reduction, decide_reduction
from .representing import send_representations, waive_representations
from .responses import accept, acknowledge, comment, return_
from .self_ratings import share_self_rating
from .sending import accept_assessment, return_assessment, send_to_body
from .signing import Recommends, comment_on_assessment, open_version, refuse_to_sign, sign
from .signing_several import sign_several
from .submitting import Conflict, correct, submit
from .visits import change_visit, note_visit
from .wording import set_wording
from .writing import AssessmentConflict, send_again, send_for_comments, withdraw_assessment

__all__ = [
    "AppealConflict",
    "AssessmentConflict",
    "Conflict",
    "DecisionConflict",
    "Recommends",
    "accept",
    "accept_assessment",
    "acknowledge",
    "acknowledge_letter",
    "acknowledge_observation",
    "add_own_comment",
    "allow_more_time",
    "answer_hearing",
    "answer_reduction",
    "answer_request",
    "approve_decision",
    "ask_again",
    "ask_colleague",
    "ask_for_bundle",
    "ask_for_reduction",
    "body_is_employer",
    "cancel_observation",
    "change_meeting",
    "change_plan",
    "change_visit",
    "comment",
    "comment_on_assessment",
    "comment_on_observation",
    "correct",
    "decide",
    "decide_appeal",
    "decide_reduction",
    "email_notices",
    "end_time_to_appeal",
    "exempt",
    "give_input",
    "give_up_bundle",
    "issue_assessment",
    "issue_bundle",
    "issue_decision",
    "issue_letter",
    "issue_notice",
    "issue_reply",
    "issue_review",
    "lodge_appeal",
    "note_meeting",
    "note_opened",
    "note_visit",
    "notice_came_back",
    "notice_went_out",
    "open_version",
    "pass_several",
    "plan_observation",
    "prepare_letter",
    "read_input",
    "record_comments",
    "record_copy",
    "record_hearing",
    "record_observation",
    "record_posting",
    "record_receipt",
    "record_request",
    "record_signature",
    "record_undelivered",
    "refuse_to_sign",
    "renounce_appeal",
    "reply_to_appeal",
    "return_",
    "return_assessment",
    "return_decision",
    "search_trail",
    "send_again",
    "send_for_comments",
    "send_representations",
    "send_to_body",
    "set_wording",
    "share_record",
    "share_self_rating",
    "sign",
    "sign_several",
    "submit",
    "waive_representations",
    "withdraw_appeal",
    "withdraw_assessment",
    "withdraw_request",
]
