"""Every deadline of induction, D1 to D35, as one table: what opens it, how it is counted, whose it is, who is told."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple


class Count(Enum):
    """How a deadline is counted from its trigger (R93)."""

    SAME_DAY = "on the day itself"
    DAY_BEFORE = "the day before"
    INCLUSIVE = "working days, beginning with the day itself"
    EXCLUSIVE = "working days after the day"
    AFTER_RECEIPT = "working days, beginning with the second day after an e-mail was sent"
    WORKING_DAYS_BEFORE = "working days before the day"
    WEEKS = "weeks from the day"
    EVERY_WEEK = "every 7 days from the day"
    YEARS = "years from the day"
    LAST_DAY_OF_YEARS = "years starting on the day"


@dataclass(frozen=True, slots=True)
class DeadlineRule:
    """One row of the table. ``opened_by`` and ``closed_by`` name facts; roles are those of memberships.

    ``proposed`` marks a number the sources leave open. ``closed_by_hand`` deadlines close when somebody records that it
    was done (R90).
    """

    code: str
    name: str
    opened_by: str
    count: Count
    amount: int
    responsible: str
    recipients: tuple[str, ...]
    rule: str
    source: str
    proposed: bool = False
    closed_by_hand: bool = False


class _Row(NamedTuple):
    code: str
    name: str
    opened_by: str
    counted: Count
    amount: int
    responsible: str
    recipients: str
    rule: str
    source: str
    marks: str = ""


_HEAD, _TUTOR, _BODY = "headteacher", "induction_tutor", "body_officer"
_ROWS = (
    _Row("D1", "Register with the appropriate body", "taking up post", Count.DAY_BEFORE, 1, _HEAD, "body_officer",
         "R2", "SG 2.27"),
    _Row("D2", "Give the ECT a named contact", "registration", Count.SAME_DAY, 0, _BODY, "ect", "R81", "SG 2.28",
         "by hand"),
    _Row("D3", "Report the start on the termly return", "day of the termly return", Count.SAME_DAY, 0, _BODY, "",
         "R88", "SG 2.29", "by hand"),
    _Row("D4", "Hold the progress review", "calendar term reached", Count.SAME_DAY, 0, _TUTOR,
         "ect headteacher body_officer", "R48", "SG 2.48-2.54"),
    _Row("D5", "Send the progress review to the appropriate body", "review signed", Count.EXCLUSIVE, 10, _TUTOR,
         "body_officer ect headteacher", "R52", "SG 2.54", "proposed"),
    _Row("D6", "Hold the first formal assessment", "part 1 ends", Count.SAME_DAY, 0, _TUTOR, "ect body_officer", "R48",
         "SG 2.55"),
    _Row("D7", "Send the first assessment report", "first assessment meeting", Count.EXCLUSIVE, 10, _TUTOR,
         "body_officer ect", "R53", "SG 2.61", "proposed"),
    _Row("D8", "Send the final report", "final assessment meeting", Count.EXCLUSIVE, 10, _HEAD, "body_officer ect",
         "R53", "SG 2.61"),
    _Row("D9", "Make the recommendation", "induction completed", Count.INCLUSIVE, 10, _HEAD, "body_officer ect", "R60",
         "Reg 11(3)"),
    _Row("D10", "Make representations", "recommendation received by the ECT", Count.INCLUSIVE, 10, "ect",
         "body_officer", "R61", "Reg 11(4)"),
    _Row("D11", "Decide", "recommendation received by the appropriate body", Count.INCLUSIVE, 20, _BODY, "", "R62",
         "Reg 11(5)"),
    _Row("D12", "Give notice of the decision", "decision made", Count.INCLUSIVE, 3, _BODY, "ect headteacher", "R63",
         "Reg 11(7)"),
    _Row("D13", "Tell the Teaching Regulation Agency", "decision made", Count.INCLUSIVE, 3, _BODY, "", "R63",
         "Reg 11(7)(d); SG 2.69", "by hand"),
    _Row("D14", "Appeal", "notice e-mailed", Count.AFTER_RECEIPT, 20, "ect", "body_officer", "R66",
         "Sch 3 para 2; Reg 18"),
    _Row("D15", "Reply to the appeal", "copy of the appeal received", Count.INCLUSIVE, 20, _BODY, "", "R66",
         "Sch 3 para 6", "by hand"),
    _Row("D16", "Notice of the hearing", "hearing", Count.WORKING_DAYS_BEFORE, 15, _BODY, "ect body_officer", "R66",
         "Sch 3 para 13", "by hand"),
    _Row("D17", "Say who attends and send written representations", "hearing", Count.WORKING_DAYS_BEFORE, 10, _BODY,
         "ect body_officer", "R66", "Sch 3 paras 14-15", "by hand"),
    _Row("D18", "Dismissal takes effect", "appeal given up, out of time or dismissed", Count.INCLUSIVE, 10, _HEAD, "",
         "R67", "Reg 12(3)-(4)"),
    _Row("D19", "Tell the appropriate body that absence has reached 30 days", "absence reaches 30 days",
         Count.EXCLUSIVE, 1, _HEAD, "body_officer ect induction_tutor", "R38", "SG 5.4", "proposed"),
    _Row("D20", "Early warning of absence", "absence reaches a warning figure", Count.SAME_DAY, 0, _TUTOR,
         "induction_tutor headteacher", "R38", "", "proposed"),
    _Row("D21", "Choose whether to extend by statutory leave", "return from statutory leave", Count.EXCLUSIVE, 10,
         "ect", "body_officer headteacher", "R29", "SG 3.7", "proposed"),
    _Row("D22", "Complete the interim assessment", "leaving", Count.SAME_DAY, 0, _TUTOR, "ect body_officer", "R54",
         "SG 2.62"),
    _Row("D23", "Report the leaver", "leaving", Count.EXCLUSIVE, 5, _HEAD, "body_officer", "R84", "SG 2.74",
         "proposed"),
    _Row("D24", "End the Level 1 plan", "level 1 plan starts", Count.WEEKS, 4, "mentor", "ect induction_tutor", "R70",
         "S2"),
    _Row("D25", "End the Level 2 or 3 plan", "level 2 or 3 plan starts", Count.WEEKS, 6, _TUTOR, "ect body_officer",
         "R70", "S2"),
    _Row("D26", "End the Level 4 plan", "level 4 plan starts", Count.WEEKS, 6, _TUTOR, "ect body_officer", "R70",
         "S2"),
    _Row("D27", "Weekly update to the appropriate body", "level 4 or 5 plan starts", Count.EVERY_WEEK, 1, _TUTOR,
         "body_officer", "R75", "S2"),
    _Row("D28", "Weekly check-in", "level 1, 2 or 4 plan starts", Count.EVERY_WEEK, 1, _TUTOR, "ect", "R70", "S2"),
    _Row("D29", "Update the appropriate body", "level 1, 2 or 3 plan starts or ends", Count.EXCLUSIVE, 5, _TUTOR,
         "body_officer", "R75", "S2", "proposed"),
    _Row("D30", "Contact the ECT", "level 2 plan opened", Count.EXCLUSIVE, 5, _BODY, "ect", "R70", "S2", "proposed"),
    _Row("D31", "Report to the governing body", "term ends", Count.SAME_DAY, 0, _HEAD, "governor", "R80",
         "SG 2.80, 5.4", "by hand"),
    _Row("D32", "Short-term supply ends", "QTS awarded", Count.LAST_DAY_OF_YEARS, 5, _HEAD, "ect", "R11",
         "Sch 1 para 4"),
    _Row("D33", "Part 2 begins", "part 1 ends", Count.SAME_DAY, 0, "system", "headteacher induction_tutor", "R36",
         "SG 2.20"),
    _Row("D34", "Early completion possible", "six calendar terms reached part-time", Count.SAME_DAY, 0, "system",
         "headteacher ect body_officer", "R23", "SG 3.5"),
    _Row("D35", "Records may be destroyed", "outcome or leaving", Count.YEARS, 6, "body_admin", "school_admin", "R83",
         "SG 2.77"),
)  # fmt: skip
RULES = {
    row.code: DeadlineRule(
        row.code, row.name, row.opened_by, row.counted, row.amount, row.responsible, tuple(row.recipients.split()),
        row.rule, row.source, proposed=row.marks == "proposed", closed_by_hand=row.marks == "by hand",
    )
    for row in _ROWS
}  # fmt: skip
BY_HAND = tuple(code for code, rule in RULES.items() if rule.closed_by_hand)
