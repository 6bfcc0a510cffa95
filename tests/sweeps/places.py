"""Where each form of the portal stands, who fills it in there, and an answer that is right."""

from collections.abc import Callable
from datetime import date, timedelta
from importlib import import_module
from typing import Any, NamedTuple

from bs4 import BeautifulSoup
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from assessments.forms import (
    AcceptanceForm,
    AcceptAssessmentForm,
    AcknowledgeLetterForm,
    AcknowledgementForm,
    AnswerReductionForm,
    AskAgainForm,
    AskColleagueForm,
    AskReductionForm,
    AssessmentCommentForm,
    AssessmentForm,
    BundleForm,
    CancelForm,
    CommentForm,
    DecideReductionForm,
    ExemptForm,
    InputForm,
    InputReadForm,
    MeetingForm,
    ObservationCommentForm,
    PlanForm,
    ReadForm,
    RecordCommentsForm,
    RecordForm,
    RecordSignatureForm,
    RefusalForm,
    ReturnAssessmentForm,
    ReturnForm,
    ReviewForm,
    SearchForm,
    SelfRatingForm,
    SendAssessmentForm,
    SignForm,
    SigningQueueForm,
    VisitForm,
    WithdrawAssessmentForm,
    WithdrawInputForm,
)
from assessments.forms.appeals import (
    AgencyRequestForm,
    AnswerAgencyForm,
    AppealBundleForm,
    AppealOutcomeForm,
    AppealReplyForm,
    AttendanceForm,
    CopyForm,
    HearingForm,
    LodgeAppealForm,
    LongerTimeForm,
    NoAppealForm,
    WithdrawAppealForm,
)
from assessments.forms.deciding import (
    ApproveDecisionForm,
    ExtendForm,
    FailForm,
    PassForm,
    PassSeveralForm,
    ReturnDecisionForm,
    RulingForm,
)
from assessments.forms.notices import (
    BodyIsEmployerForm,
    EmailNoticesForm,
    NoticeReceiptForm,
    PostingForm,
    PrepareLetterForm,
    UndeliveredForm,
    WordingForm,
)
from assessments.forms.on_paper import OnPaperForm
from assessments.forms.representing import RepresentationsForm, WaiverForm
from cases.forms import CalendarForm, RegistrationForm, RemoveCalendarForm, WithdrawalForm
from cases.forms.absences import (
    AbsenceForm,
    AbsenceNoticeForm,
    AbsenceReasonForm,
    AbsenceReturnForm,
    ConfirmLeaveForm,
    LeaveChoiceForm,
    WithdrawAbsenceForm,
)
from cases.forms.by_hand import RecordDoneForm
from cases.forms.changes import (
    AgreeForm,
    AnswerForm,
    AppointForm,
    CheckedForm,
    ContractForm,
    EndAppointmentForm,
    IdentityForm,
    LeavingForm,
    PatternForm,
    RenameForm,
)
from cases.forms.chases import ChaseForm
from cases.forms.confirming import ConfirmRegistrationForm, RefuseRegistrationForm, ReturnRegistrationForm
from cases.forms.feeds import EndFeedForm, MakeFeedForm
from cases.forms.national import (
    AnswerFileForm,
    CancelImportForm,
    ConfirmImportForm,
    ImportForm,
    MakeFileForm,
    SetAsideForm,
    WithdrawClaimForm,
)
from cases.forms.own_access import InviteEctForm
from cases.forms.policies import (
    BodySettingsForm,
    SchoolFactsForm,
    SchoolSettingsForm,
    SettingsForm,
    WithdrawSettingsForm,
)
from cases.forms.prior import EarlierPlacementForm, PriorServiceForm
from cases.forms.quality import (
    ArrangeForm,
    CallOffForm,
    ChangeQualityVisitForm,
    DrawForm,
    PlanQualityVisitForm,
    PlanRoundForm,
    QualityQuestionForm,
    WordQuestionForm,
)
from cases.forms.quality_visits import (
    AnswerFindingForm,
    RecordQualityVisitForm,
    RuleOnFindingForm,
    ShareQualityVisitForm,
)
from cases.forms.releases import (
    AddressReleaseForm,
    AskReleaseForm,
    ClaimForm,
    NewSchoolForm,
    ReceiptForm,
    RefuseReleaseForm,
    ReleaseForm,
    ReportLeaverForm,
    UndoReleaseForm,
    WithdrawRequestForm,
)
from cases.forms.responsible import BodyThatActs, LeadForm, OfficerForm, PeopleOfBody
from cases.forms.timetables import TimetableForm
from cases.forms.windows import GivenForm, TermForm, WindowForm
from cases.models import Placement, RoundQuestion, Teacher
from cases.rules.calendar import england_default_year
from cases.rules.csv_files import as_csv
from cases.rules.mailing import Topic
from cases.rules.national import COLUMNS
from cases.rules.standards import Standard
from cases.rules.suitable_post import PostCheck
from induction_portal.accounts.forms import (
    ActingForm,
    ConfirmForm,
    EndRoleForm,
    GrantRoleForm,
    InviteForm,
    NewPasswordForm,
    NewPersonForm,
    PasswordResetForm,
    PersonalEmailForm,
    ResendForm,
    SignInForm,
    WithdrawForm,
)
from induction_portal.forms import PortalForm
from notifications.forms import DAYS, EmailSettingsForm, SettleMailForm, UnsubscribeForm
from support_plans.forms import (
    AcknowledgeUpdateForm,
    BodyPartForm,
    BodyUpdateForm,
    CallOffMeetingForm,
    ChangeSupportMeetingForm,
    ConcernForm,
    LevelAgreementForm,
    LevelForm,
    MeetingEntryForm,
    MinutesForm,
    NoteMeetingForm,
    OwnAnswerForm,
    OwnConcernForm,
    OwnNextForm,
    PassOnForm,
    PlanAnswerForm,
    PlanChangeForm,
    PlanCorrectionForm,
    PlanFinishForm,
    PlanLayingForm,
    PlanOwnSignForm,
    PlanSignForm,
    ProposalForm,
    SupportMeetingForm,
    SupportPlanForm,
    WeekCommentForm,
    WeekEvaluationForm,
)
from tests.support.forms import Page as FormPage
from tests.support.visitors import Visitor
from tests.support.world import World
from tests.support.world_exempting import exempt_answers, search_answers
from tests.sweeps.addresses import CODES

OF_REGISTRATIONS = {"cases:change_registration", "cases:withdrawal", "cases:confirm_registration",
                    "cases:return_registration", "cases:refuse_registration"}  # fmt: skip
ONLY_ON_THE_COMPONENTS_PAGE = "induction_portal.govuk.samples"


def email_choices(**other: str) -> dict[str, str]:
    """At once of every topic but those named."""
    topics = dict.fromkeys((topic.value for topic in Topic), "at_once")
    return topics | other | {"weekday": str(DAYS.index("Friday"))}


class Place(NamedTuple):
    """One form on one page. `who` is a person's key, empty for a visitor who has not signed in; `right` gives values
    that the form accepts; `shown_on` is the page that shows a form which is a button alone. Where
    what is typed is `optional`, a choice is enough. `events` is how many the trail gains."""

    form: type[PortalForm]
    name: str
    about: str
    who: str
    right: Callable[[World], dict[str, Any]] = lambda world: {}
    shown_on: str = ""
    optional: bool = False
    events: int = 1
    shown_about: str = ""

    def address(self, world: World) -> str:
        return reverse(self.name, args=self._arguments(world))

    def page(self, world: World) -> str:
        """The address of the page on which the form is shown."""
        return reverse(self.shown_on, args=self._arguments(world, shown=True)) if self.shown_on else self.address(world)

    def _arguments(self, world: World, *, shown: bool = False) -> list[Any]:
        """`about` is the key of a case, review, invitation or person; after "pattern:" and its like that of a piece,
        after "@" a tenant's, after "settings@" that of its settings."""
        about = (shown and self.shown_about) or self.about
        if self.name in OF_REGISTRATIONS:
            return [world.registrations[about].id]
        if "calendar" in self.name:
            return [world.places[about], world.first_year]
        kind, at, key = about.partition("@")
        if at and kind in {"", "settings"}:
            return [world.settings[key].id if kind else world.places[key]]
        pieces = {"placement": world.placements, "pattern": world.patterns, "appointment": world.appointments,
                  "query": world.queries, "absence": world.absences, "notice": world.notices,
                  "observation": world.observations, "visit": world.visits, "meeting": world.meetings,
                  "input": world.inputs, "assessment": world.assessments, "letter": world.letters, "file": world.files,
                  "batch": world.batches, "claim": world.claims, "reduction": world.reductions,
                  "release": world.releases, "request": world.requests, "record": world.handed,
                  "recommendation": world.recommendations, "decision": world.decisions,
                  "given": world.decision_notices,
                  "round": world.quality_rounds, "looked": world.quality_visits, "finding": world.quality_findings,
                  "code": CODES, "appeal": world.appeals, "demand": world.appeal_requests,
                  "concern": world.concerns, "proposal": world.proposals, "own": world.own_concerns,
                  "talk": world.plan_meetings, "update": world.body_updates,
                  "level": world.support_levels, "plan": world.plans, "week": world.plan_weeks,
                  "unreached": world.unreached}  # fmt: skip
        kind, _, key = about.rpartition(":")
        kept = (world.cases, world.reviews, world.invitations, world.members, world.persons)
        groups = (pieces[kind],) if kind else kept
        return [group[key].id for group in groups if key in group]


def review_answers(held_on: date, **other: Any) -> dict[str, Any]:
    """A progress review that may be submitted, as its page sends it."""
    due = held_on + timedelta(days=60)
    ratings = {f"ratings-{standard}-rating": "3" for standard in Standard}
    return {
        **_date("held_on", held_on),
        "present": ["ect", "reviewer"],
        "others_present": "",
        "evidence": "Lesson visits and the mentor’s notes",
        "on_track": "yes",
        "targets-row": ["0"],
        "targets-0-text": "Plan for the whole class",
        "targets-0-standard": "TS1",
        **_date("targets-0-due_on", due),
        "targets-0-success_criteria": "Two planned lessons are seen",
        **ratings,
        **other,
    }


def _date(name: str, day: date) -> dict[str, str]:
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


def registration_answers(world: World, **other: Any) -> dict[str, Any]:
    """A registration at Oakfield that may be sent, as the page sends it that asks to check the answers."""
    starts_on, told = world.today + timedelta(days=30), world.today - timedelta(days=3)
    return {
        "trn": "31/04871",
        "name": "Ngozi Adeyemi",
        **_date("date_of_birth", date(2001, 3, 4)),
        "email": "ngozi@personal.example",
        **_date("qts_on", told),
        "induction_status": "required_to_complete",
        **_date("qts_checked_on", told),
        "qts_checked_by": "Sam Office",
        "body": str(world.places["north"]),
        **_date("contract_starts_on", starts_on),
        **_date("starts_on", starts_on),
        "route": "provider_led",
        "lead_provider": "Ambition Institute",
        "full_time": "no",
        "fte": "0.6",
        **dict.fromkeys(("mon", "tue", "wed"), "1"),
        "is_supply": "no",
        "in_special_measures": "no",
        "post_checks": [check.value for check in PostCheck],
        "tutor": str(world.people["induction_tutor@oak"].user_id),
        "tutor_has_qts": "yes",
        "tutor_minutes_a_week": "60",
        "mentor": str(world.people["mentor@oak"].user_id),
        "mentor_has_qts": "yes",
        "mentor_minutes_a_week": "60",
        "targets-row": ["0"],
        "targets-0-text": "Learn the routines of the school",
        "targets-0-standard": "TS7",
        "send": "1",
        **other,
    }


def _done(world: World) -> dict[str, Any]:
    return {"what": "D3-1", **_date("done_on", world.today)}


def _new_review(world: World) -> dict[str, Any]:
    return review_answers(world.today - timedelta(days=2))


BALANCE = {"terms": "1.4", "calendar_terms": "2", "absence_days": "12", "source": "Letter of 3 July", "version": 0}


def people_answers(world: World) -> dict[str, Any]:
    """The officer and the named contact of the first body."""
    keys = {"officer": "body_officer@north", "contact": "body_contact@north"}
    return {name: str(world.people[key].user_id) for name, key in keys.items()}


def confirmation_answers(world: World) -> dict[str, Any]:
    """What a body says to confirm the registration of Elmbridge."""
    return {
        **_date("qts_on", world.today - timedelta(days=3)),
        **_date("starts_on", world.today + timedelta(days=30)),
        "post_is_suitable": "yes",
        "acts_as": "teaching_school_hub",
        "recommended_qts": "no",
        "employs_ect": "no",
        "version": 1,
        **people_answers(world),
    }


def declined(world: World) -> dict[str, Any]:
    """Why a registration is not confirmed."""
    return {"reason": "The working pattern is missing", "version": 1}


def earlier_answers(world: World) -> dict[str, Any]:
    """Service at another school that ended before that of Oakfield's ECT began."""
    qts_on = Teacher.objects.get(induction=world.cases["oak"].id).qts_on
    dates = {**_date("starts_on", qts_on), **_date("ends_on", qts_on + timedelta(days=20))}
    return {"school": "900003", "fte": "0.5", **dates}


def lead_answers(world: World) -> dict[str, Any]:
    """The school that does not lead."""
    return {"placement": str(Placement.objects.get(induction=world.cases["joined"].id, is_lead=False).pk)}


def _checked(name: str, about: str, who: str, answers: Callable[[World], dict[str, Any]]) -> Callable:
    """An answer with the confirmation that its page gives once it has shown what would change."""

    def right(world: World) -> dict[str, Any]:
        place, visitor = Place(PortalForm, name, about, who), Visitor(world.people[who])
        page = visitor.get(place.address(world)).content.decode()
        shown = visitor.client.post(place.address(world), FormPage(page).data | answers(world)).content.decode()
        button = BeautifulSoup(shown, "html.parser").find("button", {"name": "confirmed"})
        assert button is not None, FormPage(shown).errors
        return answers(world) | {"confirmed": button["value"]}

    return right


def new_pattern(world: World) -> dict[str, Any]:
    """Four days a week, from a week ago."""
    days = {"mon": "1", "tue": "1", "wed": "1", "thu": "1", "fri": "0"}
    return _date("starts_on", world.today - timedelta(days=7)) | {"fte": "0.8"} | days


def _corrected_pattern(world: World) -> dict[str, Any]:
    return {"fte": "0.8"}


def _leaving(world: World) -> dict[str, Any]:
    return _date("last_day", world.today + timedelta(days=30)) | {"cause": "moved_school"}


def _appointing(world: World) -> dict[str, Any]:
    other = world.people["other_mentor@oak"].user_id
    terms = {"minutes_a_week": "60", "has_qts": "yes", "subject": "", "exception_reason": ""}
    return _date("starts_on", world.today) | {"kind": "mentor", "user": str(other)} | terms


def timetable_answers(world: World, **other: Any) -> dict[str, Any]:
    """Twenty periods of the twenty-five that a comparator teaches, from a week ago."""
    told = {"cycle": "fortnight", "unit": "periods", "reference": "25", "taught": "20"}
    return _date("starts_on", world.today - timedelta(days=7)) | told | other


HEAD, PLACED, STEP = "headteacher@oak", "placement:oak", "pattern:oak"
OF_DATES = [
    Place(ChaseForm, "cases:send_chase", "climbing", "body_officer@north", optional=True),
    Place(MakeFeedForm, "cases:make_feed", "", "headteacher@oak", shown_on="cases:feed"),
    Place(EndFeedForm, "cases:end_feed", "", "induction_tutor@oak", shown_on="cases:feed"),
]
SERVICE_PLACES = [
    Place(TimetableForm, "cases:record_timetable", PLACED, HEAD,
          _checked("cases:record_timetable", PLACED, HEAD, timetable_answers)),
    Place(PatternForm, "cases:change_pattern", PLACED, HEAD,
          _checked("cases:change_pattern", PLACED, HEAD, new_pattern)),
    Place(PatternForm, "cases:correct_pattern", STEP, HEAD,
          _checked("cases:correct_pattern", STEP, HEAD, _corrected_pattern)),
    Place(ContractForm, "cases:change_contract", PLACED, HEAD,
          lambda world: _date("contract_ends_on", world.today + timedelta(days=400))),
    Place(LeavingForm, "cases:end_placement", PLACED, HEAD,
          _checked("cases:end_placement", PLACED, HEAD, _leaving), events=3),
    Place(AppointForm, "cases:appoint", PLACED, HEAD, _appointing, events=2),
    Place(EndAppointmentForm, "cases:end_appointment", "appointment:oak", HEAD,
          lambda world: _date("last_day", world.today)),
    Place(InviteEctForm, "cases:own_access", "invited", "school_admin@harbour",
          lambda world: {"email": "other@home.example"}, events=2),
    Place(ResendForm, "cases:resend_to_ect", "invited", "school_admin@harbour", shown_on="cases:own_access"),
    Place(WithdrawForm, "cases:withdraw_from_ect", "invited", "body_officer@south", shown_on="cases:own_access"),
    Place(RenameForm, "cases:rename", "oak", HEAD, lambda world: {"name": "Zqoakect Newname"}),
    Place(IdentityForm, "cases:correct_teacher", "oak", "body_officer@north", lambda world: {"trn": "7654321"}),
    Place(AgreeForm, "cases:agree_pattern", STEP, "ect@oak", lambda world: {"answer": "agreed"}, optional=True),
    Place(AnswerForm, "cases:answer_query", "query:oak", "induction_tutor@oak",
          lambda world: {"corrected": "no", "reply": "The dates are those of the contract"}),
]  # fmt: skip


def _new_absence(world: World) -> dict[str, Any]:
    days = _date("starts_on", world.today - timedelta(days=2)) | _date("ends_on", world.today - timedelta(days=1))
    return days | {"kind": "jury_service", "fraction": ""}


def _other_kind(world: World) -> dict[str, Any]:
    return {"kind": "dependants"}


def _back(world: World) -> dict[str, Any]:
    return _date("ends_on", world.today - timedelta(days=1))


TUTOR, SICK, AWAY = "induction_tutor@oak", "absence:oakwrong", "absence:moved"
ABSENCE_PLACES = [
    Place(AbsenceForm, "cases:record_absence", "oak", TUTOR,
          _checked("cases:record_absence", "oak", TUTOR, _new_absence)),
    Place(AbsenceForm, "cases:change_absence", SICK, TUTOR,
          _checked("cases:change_absence", SICK, TUTOR, _other_kind), optional=True),
    Place(AbsenceReturnForm, "cases:record_return", AWAY, "induction_tutor@harbour",
          _checked("cases:record_return", AWAY, "induction_tutor@harbour", _back)),
    Place(WithdrawAbsenceForm, "cases:withdraw_absence", SICK, "school_admin@oak"),
    Place(AbsenceReasonForm, "cases:write_reason", "absence:oak", HEAD, lambda world: {"text": "A broken wrist"}),
    Place(LeaveChoiceForm, "cases:choose_leave", "absence:harbourleave", "ect@harbour",
          lambda world: {"extend": "yes"}, optional=True),
    Place(ConfirmLeaveForm, "cases:confirm_leave", "absence:oakleave", "body_officer@north"),
    Place(AbsenceNoticeForm, "cases:absence_notice", "notice:oak", TUTOR),
    Place(AbsenceNoticeForm, "cases:absence_notice", "notice:elm30", "body_officer@north"),
    Place(AgreeForm, "cases:agree_absence", "absence:oak", "ect@oak", lambda world: {"answer": "agreed"},
          optional=True),
]  # fmt: skip


def observation_answers(world: World, days: int, **other: Any) -> dict[str, Any]:
    """A lesson so many days from today, observed by the tutor, as its page sends it."""
    day = world.today + timedelta(days=days)
    observer = str(world.people["induction_tutor@oak"].user_id)
    told = {"focus": "Year 8: questioning", "who": "colleague", "observer": observer, "observer_has_qts": "yes"}
    return _date("observed_on", day) | _date("meeting_on", day + timedelta(days=1)) | told | other


def record_answers(world: World, **other: Any) -> dict[str, Any]:
    """The record of a lesson of the day before yesterday."""
    told = {"standards": ["TS2", "TS4"], "strengths": "Clear models", "development": "Wait longer for answers"}
    return observation_answers(world, -2, **told | other)


def _visit(world: World) -> dict[str, Any]:
    return _date("observed_on", world.today) | {"colleague": "Ms Ford, history", "learned": "How to cold call kindly"}


def meeting_answers(world: World, **other: Any) -> dict[str, Any]:
    """A meeting of today."""
    return _date("held_on", world.today) | {"focus": "Entry routine", "next_step": "Try it with Year 9"} | other


def request_answers(world: World, **other: Any) -> dict[str, Any]:
    """A colleague who has not been asked yet."""
    told = {"name": "Ngozi Hall", "post": "Head of science", "email": "n.hall@oak.example", "standards": ["TS2", "TS4"]}
    return _date("answer_by", world.today + timedelta(days=7)) | told | {"question": "Do books show progress?"} | other


EVIDENCE_PLACES = [
    Place(PlanForm, "assessments:plan_observation", "oak", TUTOR, lambda world: observation_answers(world, 5)),
    Place(RecordForm, "assessments:record_observation", "oak", HEAD, record_answers),
    Place(PlanForm, "assessments:change_plan", "observation:oakahead", TUTOR,
          lambda world: observation_answers(world, 8)),
    Place(RecordForm, "assessments:write_record", "observation:oakdue", TUTOR, record_answers),
    Place(CancelForm, "assessments:cancel_observation", "observation:oakdue", TUTOR,
          shown_on="assessments:observation"),
    Place(ObservationCommentForm, "assessments:observation_comments", "observation:harbour", "ect@harbour",
          lambda world: {"text": "It was fair"}),
    Place(ReadForm, "assessments:observation_read", "observation:harbour", "ect@harbour",
          shown_on="assessments:observation"),
    Place(VisitForm, "assessments:note_visit", "oak", "ect@oak", _visit),
    Place(VisitForm, "assessments:change_visit", "visit:oak", "ect@oak", _visit),
    Place(SelfRatingForm, "assessments:rate_yourself", "harbour", "ect@harbour",
          lambda world: {"views-TS4-words": "Planning takes me less time"}, optional=True),
    Place(AskColleagueForm, "assessments:ask_colleague", "oak", TUTOR, request_answers),
    Place(AskAgainForm, "assessments:ask_again", "input:oakasked", TUTOR, shown_on="assessments:input_request"),
    Place(WithdrawInputForm, "assessments:withdraw_request", "input:oakasked", TUTOR,
          shown_on="assessments:input_request"),
    Place(InputReadForm, "assessments:input_read", "input:harbour", "headteacher@harbour",
          shown_on="assessments:input_request"),
    Place(MeetingForm, "assessments:note_meeting", "oak", "mentor@oak", meeting_answers),
    Place(MeetingForm, "assessments:change_meeting", "meeting:oak", "ect@oak", meeting_answers),
]  # fmt: skip


def assessment_answers(held_on: date, **other: Any) -> dict[str, Any]:
    """A first assessment that may be sent for comments, as its page sends it."""
    judged = {f"judged-{standard}-evidence": "Lesson visits and pupils’ books" for standard in Standard}
    judged |= {f"judged-{standard}-satisfactory": "yes" for standard in Standard}
    return {
        **_date("held_on", held_on),
        "present": ["ect", "author"],
        "strengths": "Clear explanations",
        "development": "More open questions",
        "support_given": "yes",
        "satisfactory": "yes",
        "stays": "yes",
        **judged,
        **other,
    }


def _first_assessment(world: World) -> dict[str, Any]:
    return assessment_answers(world.today - timedelta(days=2))


def _correction(world: World) -> dict[str, Any]:
    return {"strengths": "Clear explanations, and a calm classroom"}


def _shorter(world: World) -> dict[str, Any]:
    return {"kind": "experience", "terms": "5.8", "standards_met": "yes", "advice": "Three years at a private school"}


def _searched(world: World) -> dict[str, Any]:
    told = search_answers(world.today)
    return told | _date("searched_on", told.pop("searched_on"))


def _exempted(world: World) -> dict[str, Any]:
    told = exempt_answers(world.today) | {"satisfactory": "yes"}
    for name in ("appraisal_from", "appraisal_to"):
        told |= _date(name, told.pop(name))
    return told


STATUTORY_PLACES = [
    Place(AskReductionForm, "assessments:ask_reduction", "invited", "headteacher@harbour", _shorter),
    Place(AnswerReductionForm, "assessments:answer_reduction", "reduction:moved", "ect@moved",
          lambda world: {"agrees": "yes"}, optional=True),
    Place(DecideReductionForm, "assessments:decide_reduction", "reduction:elm", "body_officer@north",
          lambda world: {"grant": "yes", "standards_met": "yes", "reason": "The Standards are met"}),
    Place(SearchForm, "assessments:search_trail", "harbour", "body_officer@south", _searched),
    Place(ExemptForm, "assessments:exempt", "harbour", "body_officer@south", _exempted),
]  # fmt: skip
TEXTS = ("reason", "aim", "steps_down")
CONCERN = {"standards": ["TS7"], "seen": "Three lessons began late", "tried": "A seating plan"}
SUPPORT_PLACES = [
    Place(ConcernForm, "support_plans:raise_concern", "oak", "mentor@oak", lambda world: CONCERN),
    Place(ProposalForm, "support_plans:proposal", "proposal:oak", TUTOR,
          lambda world: CONCERN | {"answer": "raise"}),
    Place(PassOnForm, "support_plans:pass_on", "concern:elm", "trust_officer@meridian",
          shown_on="support_plans:concern"),
    Place(LevelForm, "support_plans:move_level", "climbing", TUTOR,
          lambda world: {"found": "some", "to": "3", "weeks": "4"} | dict.fromkeys(TEXTS, "TS7"), events=2),
    Place(LevelAgreementForm, "support_plans:agree_to_level", "oak", "body_officer@north",
          lambda world: {"to": "4", "reason": "The school has shown why"}),
    Place(OwnConcernForm, "support_plans:raise_own_concern", "oak", "ect@oak",
          lambda world: {"addressed": "confidence", "subject": "My timetable", "text": "I teach 23 lessons"}),
    Place(OwnAnswerForm, "support_plans:answer_own_concern", "own:climbing_school", TUTOR,
          lambda world: {"text": "I will see to it"}),
    Place(OwnNextForm, "support_plans:own_concern_next", "own:climbing", "ect@climbing",
          lambda world: {"to": "body", "text": "Nothing has changed"}),
]  # fmt: skip


def _meets(world: World, **told: Any) -> dict[str, Any]:
    return told | _date("meets_on", world.today)


def _minutes(world: World, **told: Any) -> dict[str, Any]:
    people = ["mentor", "induction_tutor", "body_officer", "ect"]
    return _meets(world, present=people, outline="Week by week", outcome="Another plan", **told)


OFFICER = "body_officer@north"
FOLLOWING = [
    Place(SupportMeetingForm, "support_plans:arrange_meeting", "climbing", TUTOR,
          lambda world: _meets(world, about="3", where="Room 2")),
    Place(NoteMeetingForm, "support_plans:note_meeting", "climbing", TUTOR, lambda world: _minutes(world, about="4")),
    Place(MinutesForm, "support_plans:record_meeting", "talk:to_come", OFFICER, _minutes),
    Place(ChangeSupportMeetingForm, "support_plans:change_meeting", "talk:to_come", OFFICER,
          lambda world: _meets(world, where="Room 2")),
    Place(CallOffMeetingForm, "support_plans:call_off_meeting", "talk:to_come", TUTOR,
          lambda world: {"reason": "The officer is ill"}),
    Place(MeetingEntryForm, "support_plans:add_to_meeting", "talk:held", "ect@climbing",
          lambda world: {"text": "We spoke of Year 9 too"}),
    Place(BodyUpdateForm, "support_plans:send_update", "planned", TUTOR, lambda world: {"progress": "Calm starts"}),
    Place(AcknowledgeUpdateForm, "support_plans:acknowledge_update", "update:climbing", OFFICER,
          lambda world: {"answer": "Thank you"}, optional=True),
    Place(BodyPartForm, "support_plans:record_body_part", "climbing", OFFICER,
          lambda world: {"did": "note", "text": "Read the plan", "shared": "no"} | _date("done_on", world.today)),
    Place(PlanAnswerForm, "support_plans:answer_plan", "planned", OFFICER,
          lambda world: {"approves": "no", "text": "Say who observes"}, optional=True),
]  # fmt: skip
WEEK_ROWS = {"planned-2-actions": "Joint observation", "planned-2-success_criteria": "Two calm starts"}


def _plan(world: World) -> dict[str, Any]:
    told = {"weeks": "4", "standards": ["TS7"], "objectives": "Calm starts", "then": "start"}
    first = {"planned-1-actions": "Joint observation", "planned-1-success_criteria": "Two calm starts"}
    return told | first | _date("starts_on", world.today)


def _plans_end(world: World) -> dict[str, Any]:
    """On its second day, of which the only week was evaluated."""
    told = {"early_reason": "Every criterion is met", "evaluation": "Calm starts", "progress": "on_track"}
    return told | _date("ended_on", world.today - timedelta(days=7))


PLAN_PLACES = [
    Place(SupportPlanForm, "support_plans:write_plan", "level:climbing", TUTOR, _plan, optional=True, events=2),
    Place(PlanChangeForm, "support_plans:change_plan", "plan:planned", TUTOR, lambda world: WEEK_ROWS),
    Place(PlanLayingForm, "support_plans:lay_plan_again", "plan:planned", TUTOR,
          lambda world: {"row": "2", "reason": "The week was lost"} | _date("starts_on", world.today)),
    Place(PlanFinishForm, "support_plans:finish_plan", "plan:planned", TUTOR, _plans_end, events=2),
    Place(PlanCorrectionForm, "support_plans:correct_plan", "plan:signed", TUTOR,
          lambda world: _plans_end(world) | {"correction": "The answer was wrong"}, events=2),
    Place(PlanSignForm, "support_plans:sign_plan", "plan:signed", TUTOR, lambda world: {"agrees": "on"}),
    Place(PlanOwnSignForm, "support_plans:sign_plan", "plan:signed", "ect@signed",
          lambda world: {"answer": "decline", "words": "I see it otherwise"}, optional=True),
    Place(WeekEvaluationForm, "support_plans:evaluate_week", "week:planned", "mentor@oak",
          lambda world: {"text": "Calm starts"}),
    Place(WeekCommentForm, "support_plans:comment_on_week", "week:planned", "ect@planned",
          lambda world: {"text": "It helps"}),
]  # fmt: skip
ASSESSMENT_PLACES = [
    Place(BundleForm, "assessments:bundles", "elm", "body_officer@north",
          lambda world: {"purpose": "appeal", "with_earlier": "no"}, optional=True),
    Place(AssessmentForm, "assessments:new_assessment", "invited", "induction_tutor@harbour", _first_assessment),
    Place(AssessmentForm, "assessments:correct_assessment", "assessment:left", "induction_lead@elm", _correction),
    Place(WithdrawAssessmentForm, "assessments:withdraw_assessment", "assessment:elm", "induction_tutor@elm"),
    Place(SendAssessmentForm, "assessments:send_assessment", "assessment:joined", "headteacher@elm"),
    Place(AcknowledgeLetterForm, "assessments:letter_acknowledgement", "letter:oak", "ect@oak",
          shown_on="assessments:letter"),
    Place(AcceptAssessmentForm, "assessments:accept_assessment", "assessment:oak", "body_officer@north"),
    Place(RecordCommentsForm, "assessments:record_comments", "assessment:elm", "headteacher@elm",
          lambda world: {"way": "commented", "text": "It is fair", "seen": "on"} | _date("given_on", world.today)),
    Place(RecordSignatureForm, "assessments:record_signature", "assessment:paper", "induction_tutor@harbour",
          lambda world: {"way": "signed", "witness": "Elspeth Muir", "seen": "on"} | _date("given_on", world.today)),
    Place(ReturnAssessmentForm, "assessments:return_assessment", "assessment:oak", "body_officer@north",
          lambda world: {"comments": "Say who was present"}),
]  # fmt: skip


class Chosen(SimpleUploadedFile):
    """A file as a browser sends it, however often the form is sent."""

    def read(self, *args: Any) -> bytes:
        self.seek(0)
        return super().read(*args)


def earlier_claims(world: World) -> dict[str, Any]:
    """A claims file of one row."""
    starts_on = (world.today - timedelta(days=90)).isoformat()
    row = ("7100000", "1998-04-05", "school-led", starts_on)
    return {"file": Chosen("claims.csv", as_csv(COLUMNS["claims"], [row]).encode())}


def _taken(world: World) -> dict[str, Any]:
    return {"others_accepted": "yes", **_date("uploaded_on", world.today)}


OFFICER, SOUTH = "body_officer@north", "body_officer@south"
NATIONAL_PLACES = [
    Place(MakeFileForm, "cases:make_claims", "", OFFICER, optional=True),
    # events: of the file, and of each start that it closes (D3)
    Place(AnswerFileForm, "cases:answer_file", "file:south", SOUTH, _taken, events=8),
    Place(SetAsideForm, "cases:set_file_aside", "file:south", SOUTH, shown_on="cases:national_file"),
    Place(ImportForm, "cases:import_claims", "", OFFICER, earlier_claims),
    Place(ConfirmImportForm, "cases:confirm_import", "batch:north", OFFICER, shown_on="cases:import"),
    Place(CancelImportForm, "cases:cancel_import", "batch:north", OFFICER, shown_on="cases:import"),
    Place(WithdrawClaimForm, "cases:withdraw_claim", "claim:north", OFFICER, optional=True),
]  # fmt: skip


def _release_answers(world: World) -> dict[str, Any]:
    """In a month, to the other body."""
    return _date("last_day", world.today + timedelta(days=30)) | {"to": str(world.places["south"])}


def claim_answers(world: World) -> dict[str, Any]:
    """The second body takes over in a fortnight."""
    keys = {"officer": "body_officer@south", "contact": "body_contact@south"}
    people = {name: str(world.people[key].user_id) for name, key in keys.items()}
    declared = {"acts_as": "teaching_school_hub", "recommended_qts": "no", "employs_ect": "no"}
    return _date("starts_on", world.today + timedelta(days=14)) | declared | people


NORTH, SOUTH = "body_officer@north", "body_officer@south"
MOVE_PLACES = [
    Place(ReleaseForm, "cases:release_ect", "oak", NORTH,
          _checked("cases:release_ect", "oak", NORTH, _release_answers), events=2),
    Place(ReleaseForm, "cases:answer_request", "request:asked", NORTH,
          _checked("cases:answer_request", "request:asked", NORTH,
                   lambda world: _date("last_day", world.today + timedelta(days=30))), events=2),
    Place(UndoReleaseForm, "cases:undo_release", "release:let", NORTH, lambda world: {"reason": "The wrong teacher"}),
    Place(ReportLeaverForm, "cases:report_leaver", "release:let", NORTH,
          lambda world: _date("done_on", world.today)),
    Place(ClaimForm, "cases:claim", "release:let", SOUTH, claim_answers, events=3),
    Place(AskReleaseForm, "cases:ask_release", "", SOUTH,
          lambda world: _date("date_of_birth", date(1999, 9, 9))
          | {"trn": "7000099", "name": "Ana Lee", "reason": "She starts with us"}),
    Place(RefuseReleaseForm, "cases:refuse_request", "request:asked", NORTH,
          lambda world: {"reason": "She stays with us"}),
    Place(AddressReleaseForm, "cases:address_release", "request:adrift", NORTH, shown_on="cases:release_request"),
    Place(WithdrawRequestForm, "cases:withdraw_request", "request:asked", SOUTH, shown_on="cases:release_request"),
    Place(ReceiptForm, "cases:record_bundle", "record:handed", SOUTH,
          lambda world: {"missing": "The first review"}, optional=True),
    Place(NewSchoolForm, "cases:new_school", "stretched", NORTH, lambda world: {"terms": "1", "reason": ""}),
]  # fmt: skip


def _ruling(world: World) -> dict[str, Any]:
    return {"reasons": "Every Standard is met on all the evidence", "regard": "on", "sure": "on"}


def _extension(world: World) -> dict[str, Any]:
    told = {"terms": "1.5", "ground": "illness", "assessments": "A review after half of it"}
    return _ruling(world) | told


def _several(world: World) -> dict[str, Any]:
    return _ruling(world) | {"chosen": [f"{world.assessments['ready_final'].id}:1"]}


DECISION_PLACES = [
    Place(RepresentationsForm, "assessments:write_representations", "recommendation:ended", "ect@ended",
          lambda world: {"text": "I was ill for half of a term", "more": "yes"}),
    Place(WaiverForm, "assessments:waive_representations", "recommendation:ended", "ect@ended",
          lambda world: {"sure": "on"}),
    Place(PassForm, "assessments:pass_case", "ready", "body_officer@south", _ruling, events=2),
    Place(ExtendForm, "assessments:extend_case", "ready", "body_officer@south", _extension, events=2),
    Place(FailForm, "assessments:fail_case", "ready", "body_officer@south", _ruling, events=2),
    Place(ApproveDecisionForm, "assessments:approve_decision", "decision:ended_proposed", "body_admin@north",
          lambda world: {"sure": "on"}, events=2),
    Place(ReturnDecisionForm, "assessments:return_decision", "decision:ended_proposed", "body_admin@north",
          lambda world: {"comments": "Name the evidence"}),
    Place(PassSeveralForm, "assessments:to_make", "", "body_officer@south", _several, events=2),
]  # fmt: skip


NOTICE_PLACES = [
    Place(EmailNoticesForm, "assessments:email_notices", "ended", "body_officer@north",
          lambda world: {"to": ["agency"], "agency": "appeals@agency.example"}),
    Place(PrepareLetterForm, "assessments:prepare_letter", "ended", "body_officer@north",
          lambda world: {"to": "agency", "address": "5 Quinton Road, Coventry"}),
    Place(BodyIsEmployerForm, "assessments:body_is_employer", "ended", "body_officer@north",
          lambda world: {"sure": "on"}),
    Place(PostingForm, "assessments:record_posting", "given:ended_employer", "body_officer@north",
          lambda world: _date("posted_on", world.today)),
    Place(NoticeReceiptForm, "assessments:record_receipt", "given:ended_headteacher", "body_officer@north",
          lambda world: _date("received_on", world.today)),
    Place(UndeliveredForm, "assessments:record_undelivered", "given:ended_ect", "body_officer@north",
          lambda world: {"why": "The mail came back: mailbox unknown"}),
    Place(WordingForm, "assessments:letter_wording", "", "body_admin@north",
          lambda world: {**_date("starts_on", world.today), "pass_closing": "Well done, {ect}"}),
]  # fmt: skip


def _late_appeal(world: World) -> dict[str, Any]:
    days = _date("made_on", world.today) | _date("permitted_on", world.today)
    return {**days, "learned": "ect", "grounds": "The illness was not regarded", "wants_hearing": "yes"}


def _appeal_reply(world: World) -> dict[str, Any]:
    return {"ground_1": "contest", "says_1": "It was", "text": "We amend it", **_date("sent_on", world.today)}


def _appeal_outcome(world: World) -> dict[str, Any]:
    return {"outcome": "allowed", **_date("ended_on", world.today), **_date("told_on", world.today)}


SOUTH = "body_officer@south"
APPEAL_PLACES = [
    Place(LodgeAppealForm, "assessments:lodge_appeal", "decision:ended", "body_officer@north", _late_appeal),
    Place(LongerTimeForm, "assessments:allow_more_time", "decision:ended", "body_officer@north",
          lambda world: {**_date("until", world.today + timedelta(days=9)), **_date("allowed_on", world.today)}),
    Place(AppealBundleForm, "assessments:appeal_bundle", "decision:appealed", SOUTH, shown_on="assessments:appeal"),
    Place(CopyForm, "assessments:appeal_copy", "appeal:appealed", SOUTH,
          lambda world: _date("copy_on", world.today)),
    Place(AppealReplyForm, "assessments:reply_to_appeal", "appeal:appealed", SOUTH, _appeal_reply),
    Place(HearingForm, "assessments:appeal_hearing", "appeal:appealed", SOUTH,
          lambda world: {**_date("noticed_on", world.today), **_date("held_on", world.today + timedelta(days=9))}),
    Place(AttendanceForm, "assessments:appeal_attendance", "appeal:appealed", SOUTH,
          lambda world: {**_date("answered_on", world.today), "written": "no", "attends": "The officer"}),
    Place(AgencyRequestForm, "assessments:agency_request", "appeal:appealed", SOUTH,
          lambda world: {**_date("asked_on", world.today), **_date("wanted_by", world.today), "text": "The minutes"}),
    Place(AnswerAgencyForm, "assessments:answer_agency", "demand:appealed", SOUTH,
          lambda world: {**_date("answered_on", world.today), "answer": "Sent"}),
    Place(WithdrawAppealForm, "assessments:withdraw_appeal", "appeal:appealed", SOUTH,
          lambda world: {**_date("ended_on", world.today), "sure": "on"}, events=2),
    Place(AppealOutcomeForm, "assessments:appeal_outcome", "appeal:appealed", SOUTH, _appeal_outcome),
]  # fmt: skip


def school_year(first: int, **other: Any) -> dict[str, Any]:
    """England's usual school year with one day more closed, as its page sends it."""
    sent: dict[str, Any] = {"terms-row": ["0", "1", "2"], "closures-row": ["0"]}
    for key, term in enumerate(england_default_year(first)):
        sent |= _date(f"terms-{key}-starts_on", term.start) | _date(f"terms-{key}-ends_on", term.end)
    sent |= _date("closures-0-starts_on", date(first, 9, 7)) | {"closures-0-reason": "Training on Saturdays instead"}
    return sent | other


def submission_window(world: World) -> dict[str, Any]:
    """The spring term's of this school year."""
    opens_on = date(world.first_year + 1, 3, 1)
    dates = _date("opens_on", opens_on) | _date("due_on", opens_on + timedelta(days=14))
    return {"term": f"{world.first_year}-spring"} | dates


def _arranged(world: World) -> dict[str, Any]:
    """A visit that is planned for tomorrow, by an officer who stands near nobody."""
    officer = str(world.people["body_officer@north"].user_id)
    return {**_date("visited_on", world.today + timedelta(days=1)), "kind": "remote", "officer": officer}


def _planned_visit(world: World) -> dict[str, Any]:
    return _arranged(world) | {"school": str(world.places["elm"])}


def _recorded(world: World) -> dict[str, Any]:
    """A whole record: one question for the school, one for the ECTs, one check and no finding."""
    questions = RoundQuestion.objects.filter(round=world.quality_rounds["north_schools"].id)
    rows = {
        f"voice-q{each.position}_e0-judgement" if each.in_confidence else f"answers-q{each.position}-judgement": "met"
        for each in questions
    }
    checks = {"checks-e0-fidelity": "met", "checks-e0-timetable": "unknown"}
    held_on = world.today - timedelta(days=1)
    return {**_date("visited_on", held_on), "kind": "desk", "met": "The records", **rows, **checks}


QUALITY_PLACES = [
    Place(
        QualityQuestionForm,
        "cases:new_quality_question",
        "",
        "body_officer@north",
        lambda world: {"text": "Do they meet?", "asked_of": "school", **_date("starts_on", world.today)},
    ),
    Place(
        WordQuestionForm,
        "cases:word_question",
        "code:mentor_time",
        "body_officer@north",
        lambda world: {"text": "Do they meet?", "is_asked": "yes", **_date("starts_on", world.today)},
    ),
    Place(
        PlanRoundForm,
        "cases:plan_round",
        "",
        "body_admin@north",
        lambda world: {"term": f"{world.first_year}-autumn", "aims": "Mentor time", "draws": "ects"},
    ),
    Place(
        DrawForm,
        "cases:draw_sample",
        "round:south_ects",
        "body_officer@south",
        lambda world: {"method": "random", "size": "1", "seed": "places"},
        events=2,
    ),
    Place(
        PlanQualityVisitForm, "cases:plan_quality_visit", "round:north_schools", "body_officer@north", _planned_visit
    ),
    Place(ChangeQualityVisitForm, "cases:change_quality_visit", "looked:oak_planned", "body_officer@north", _arranged),
    Place(
        CallOffForm,
        "cases:call_off_quality_visit",
        "looked:oak_planned",
        "body_officer@north",
        lambda world: {"reason": "The school is shut"},
    ),
    Place(
        RecordQualityVisitForm,
        "cases:record_quality_visit",
        "looked:oak_planned",
        "body_officer@north",
        _recorded,
    ),
    Place(
        ShareQualityVisitForm,
        "cases:share_quality_visit",
        "looked:elm_kept",
        "body_officer@north",
        shown_on="cases:quality_visit",
    ),
    Place(
        AnswerFindingForm,
        "cases:answer_finding",
        "finding:oak_open",
        "headteacher@oak",
        lambda world: {"text": "It is done"},
    ),
    Place(
        RuleOnFindingForm,
        "cases:rule_on_finding",
        "finding:oak_answered",
        "body_officer@north",
        lambda world: {"ruling": "closed"},
        optional=True,
    ),
]


PLACES = [
    Place(ReviewForm, "assessments:new_review", "oak", "induction_tutor@oak", _new_review),
    Place(
        ReviewForm,
        "assessments:correction",
        "oak2",
        "induction_tutor@oak",
        lambda world: {"evidence": "Lesson visits, the mentor’s notes and pupils’ books"},
    ),
    Place(CommentForm, "assessments:comments", "oak4", "ect@oak", lambda world: {"text": "It was fair"}),
    Place(
        ReturnForm,
        "assessments:return",
        "oak4",
        "body_officer@north",
        lambda world: {"comments": "Say more", "version": 1},
    ),
    Place(
        AcceptanceForm,
        "assessments:acceptance",
        "oak4",
        "body_officer@north",
        lambda world: {"version": 1},
        shown_on="assessments:review",
    ),
    Place(
        AcknowledgementForm, "assessments:acknowledgement", "oak4", "ect@oak", shown_on="assessments:review"
    ),
    Place(AssessmentCommentForm, "assessments:assessment_comments", "assessment:elm", "ect@elm",
          lambda world: {"has_comments": "no", "text": ""}, optional=True),
    # the report says that progress is unsatisfactory: the headteacher's letter goes out with the signature
    Place(SignForm, "assessments:sign_assessment", "assessment:harbour", "headteacher@harbour",
          lambda world: {"agrees": "on"}, optional=True, events=2),
    Place(RefusalForm, "assessments:refuse_signature", "assessment:harbour", "headteacher@harbour",
          lambda world: {"reason": "The visit of May is missing"}),
    Place(SigningQueueForm, "assessments:signing_queue", "", "headteacher@harbour",
          lambda world: {"chosen": [f"{world.assessments['harbour'].id}:1"]}, optional=True, events=2),
    Place(RegistrationForm, "cases:new_registration", "", "school_admin@oak", registration_answers),
    Place(
        RegistrationForm,
        "cases:change_registration",
        "oak",
        "school_admin@oak",
        lambda world: {"mentor_subject": "Physics", "version": 2, "send": "1"},
    ),
    Place(
        ConfirmRegistrationForm, "cases:confirm_registration", "elm", "body_officer@north", confirmation_answers,
        events=8,
    ),
    Place(ReturnRegistrationForm, "cases:return_registration", "elm", "body_officer@north", declined),
    Place(RefuseRegistrationForm, "cases:refuse_registration", "elm", "body_officer@north", declined),
    Place(PriorServiceForm, "cases:prior", "oak", "body_officer@north", lambda world: BALANCE),
    Place(EarlierPlacementForm, "cases:earlier_school", "oak", "body_officer@north", earlier_answers),
    Place(OfficerForm, "cases:officer", "oak", "body_admin@north", people_answers),
    Place(RecordDoneForm, "cases:record_done", "oak", "body_officer@north", _done),
    Place(LeadForm, "cases:leading", "joined", "body_officer@north", lead_answers),
    Place(WithdrawalForm, "cases:withdrawal", "oak", "school_admin@oak", lambda world: {"version": 2}),
    Place(
        InviteForm,
        "accounts:invite",
        "",
        "headteacher@oak",
        lambda world: {"name": "Zoë Lark", "email": "zoe@oak.example", "role": "mentor"},
    ),
    Place(
        ResendForm, "accounts:resend", "invited@oak", "school_admin@oak", shown_on="accounts:shown_invitation"
    ),
    Place(
        WithdrawForm, "accounts:withdraw", "invited@oak", "headteacher@oak", shown_on="accounts:shown_invitation"
    ),
    Place(
        GrantRoleForm,
        "accounts:give_role",
        "person@oak",
        "headteacher@oak",
        lambda world: {"role": "mentor", **_date("starts_on", world.today)},
    ),
    Place(
        EndRoleForm,
        "accounts:end_role",
        "member@oak",
        "school_admin@oak",
        lambda world: _date("last_day", world.today),
    ),
    Place(
        PersonalEmailForm,
        "accounts:personal_email",
        "",
        "ect@harbour",
        lambda world: {"email": "me@home.example"},
    ),
    *OF_DATES,
    Place(EmailSettingsForm, "notifications:settings", "", "mentor@oak", lambda w: email_choices(reviews="weekly")),
    Place(
        SettleMailForm,
        "notifications:settle",
        "unreached:unreached@elm",
        "school_admin@elm",
        lambda world: {"done": "told"},
    ),
    *SERVICE_PLACES,
    *ABSENCE_PLACES,
    *MOVE_PLACES,
    *EVIDENCE_PLACES,
    *ASSESSMENT_PLACES,
    *NATIONAL_PLACES,
    *STATUTORY_PLACES,
    *DECISION_PLACES,
    *NOTICE_PLACES,
    *QUALITY_PLACES,
    *APPEAL_PLACES,
    *SUPPORT_PLACES,
    *PLAN_PLACES,
    *FOLLOWING,
    Place(
        SchoolSettingsForm,
        "cases:change_settings",
        "@oak",
        "headteacher@oak",
        lambda world: {"mentor_reads_reviews": "no", "review_within_days": "7", **_date("starts_on", world.today)},
    ),
    Place(
        BodySettingsForm,
        "cases:change_settings",
        "@north",
        "body_admin@north",
        lambda world: {"review_answer_days": "7", **_date("starts_on", world.today)},
    ),
    Place(
        WithdrawSettingsForm,
        "cases:withdraw_settings",
        "settings@north",
        "body_admin@north",
        shown_on="cases:settings_of",
        shown_about="@north",
    ),
    Place(
        SchoolFactsForm,
        "cases:school_facts",
        "@oak",
        "school_admin@oak",
        lambda world: {"is_relevant_school": "no"},
    ),
    Place(WindowForm, "cases:change_window", "@north", "body_admin@north", submission_window),
    Place(GivenForm, "cases:report_given", "", "headteacher@oak", lambda world: _date("given_on", world.today)),
    Place(CalendarForm, "cases:change_calendar", "elm", "school_admin@elm", lambda w: school_year(w.first_year)),
    Place(RemoveCalendarForm, "cases:remove_calendar", "oak", "school_admin@oak", lambda world: {"sure": "on"}),
    Place(ActingForm, "accounts:choose", "", "both@oak"),
    Place(SignInForm, "account_login", "", ""),
    Place(PasswordResetForm, "account_reset_password", "", ""),
]  # fmt: skip
ELSEWHERE = {
    NoAppealForm: "tests/pages/test_appeals.py, while the time to appeal runs",
    NewPasswordForm: "tests/pages/test_accounts.py, by the link of a mail",
    InputForm: "tests/pages/test_colleague.py, by the link of a mail",
    NewPersonForm: "tests/pages/test_invited.py, by the link of a mail",
    ConfirmForm: "tests/pages/test_invited.py, by the link of a mail",
    UnsubscribeForm: "tests/pages/test_email_settings.py, by the link of a mail",
    SettingsForm: "the base of the two forms of settings",
    BodyThatActs: "the base of the forms in which a body takes a case on",
    PeopleOfBody: "the base of the forms in which a body names its officer and contact",
    TermForm: "the base of the two forms about a term",
    OnPaperForm: "the base of the two forms in which a school records an ECT's answer",
    ArrangeForm: "the base of the two forms in which a body arranges a visit",
    RulingForm: "the base of the three journeys to a decision",
}


def names(places: list[Place]) -> list[str]:
    """What tells the tests of these places apart."""
    told = [f"{place.name} {place.about}".strip() for place in places]
    several = {name for name in told if told.count(name) > 1}  # one page, another form for each role
    return [
        f"{name} {place.form.__name__}" if name in several else name for name, place in zip(told, places, strict=True)
    ]


IDS = names(PLACES)


def every_form() -> set[type[PortalForm]]:
    """Every form class of the portal, wherever it is declared."""
    for app in apps.get_app_configs():
        for module in ("forms", "views"):
            try:
                import_module(f"{app.name}.{module}")
            except ModuleNotFoundError as missing:
                if missing.name not in {f"{app.name}.{module}", "django.contrib.contenttypes.forms"}:
                    raise
    below = {form for form in _below(PortalForm) if form.__module__ != ONLY_ON_THE_COMPONENTS_PAGE}
    bases = {form for form in below if form.__name__.startswith("_")}
    return below - bases - {CheckedForm}  # the base of those that are checked before they are confirmed


def _below(form: type[PortalForm]) -> set[type[PortalForm]]:
    direct = {each for each in form.__subclasses__() if not each.__module__.startswith("tests")}
    return direct.union(*(_below(each) for each in direct))
