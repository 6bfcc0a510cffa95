"""What makes a post suitable for induction (R9)."""

from __future__ import annotations

from enum import StrEnum


class PostCheck(StrEnum):
    """What the headteacher has to be able to say of the post: thirteen statements, and the governing body's (R9)."""

    CAN_RECOMMEND = "can_recommend"
    BODY_AGREED = "body_agreed"
    PROGRAMME = "programme"
    WHOLE_CLASS = "whole_class"
    TUTOR = "tutor"
    MENTOR = "mentor"
    REDUCED_TIMETABLE = "reduced_timetable"
    REASONABLE_DEMANDS = "reasonable_demands"
    AGE_AND_SUBJECT = "age_and_subject"
    DISCIPLINE = "discipline"
    SAME_CLASSES = "same_classes"
    COMPARABLE = "comparable"
    NO_EXTRA_DUTIES = "no_extra_duties"
    CAPACITY = "capacity"

    @property
    def label(self) -> str:
        """The statement as the headteacher makes it."""
        return STATEMENTS[self]


STATEMENTS = {
    PostCheck.CAN_RECOMMEND: "The headteacher will be able to recommend whether the ECT meets the Teachers’ Standards",
    PostCheck.BODY_AGREED: "An appropriate body is asked to act before the ECT starts",
    PostCheck.PROGRAMME: "The ECT will have a programme of training based on the initial teacher training and early "
    "career framework",
    PostCheck.WHOLE_CLASS: "The ECT will teach whole classes, with support",
    PostCheck.TUTOR: "An induction tutor is appointed, who is expected to hold qualified teacher status",
    PostCheck.MENTOR: "A mentor is appointed, who is expected to hold qualified teacher status",
    PostCheck.REDUCED_TIMETABLE: "The ECT will have a reduced timetable",
    PostCheck.REASONABLE_DEMANDS: "The post makes no unreasonable demands",
    PostCheck.AGE_AND_SUBJECT: "The ECT will not normally teach outside the age range and subjects they trained for",
    PostCheck.DISCIPLINE: "The post does not present unreasonably demanding discipline problems every day",
    PostCheck.SAME_CLASSES: "The ECT will regularly teach the same class or classes",
    PostCheck.COMPARABLE: "Planning, teaching and assessment will be like those of colleagues in similar posts",
    PostCheck.NO_EXTRA_DUTIES: "The ECT will have no extra duties outside teaching without preparation and support",
    PostCheck.CAPACITY: "The governing body is satisfied that the school has the capacity to support the ECT",
}
