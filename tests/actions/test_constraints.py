"""What the database can refuse, it refuses: every CHECK, UNIQUE and EXCLUDE, each broken once and named.

A constraint that is added without a line here fails `test_every_constraint_is_broken_by_a_test`.
"""

import uuid
from collections.abc import Callable
from datetime import date
from functools import partial

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from cases.models import Clock, Deadline, RegisterImport
from induction_portal.accounts.models import Draft
from induction_portal.accounts.models.work import NO_SUBJECT
from induction_portal.audit.models import AccessLog, AuditChain, AuditCheck, AuditEvent
from induction_portal.documents.models import IssuedDocument, StoredBytes
from induction_portal.sweeps.models import SweepRun
from notifications.models import EmailChoice, Message, Undelivered
from tests.factories import (
    AbsenceFactory,
    AbsenceNoticeFactory,
    AbsenceReasonFactory,
    AcknowledgementFactory,
    AgreementFactory,
    AppealFactory,
    AppealGroundFactory,
    AppealHearingFactory,
    AppealReplyFactory,
    AppealRequestFactory,
    AppealTimeFactory,
    AppointmentFactory,
    AssessmentCommentFactory,
    AssessmentFactory,
    AssessmentResponseFactory,
    AssessmentVersionFactory,
    BodyFactory,
    BodyPeriodFactory,
    BodyPolicyFactory,
    BodyRecordFactory,
    BodyResponseFactory,
    BodyUpdateFactory,
    BundlePieceFactory,
    CaseBundleFactory,
    ChasedStepFactory,
    ClosureFactory,
    CommentFactory,
    ConcernFactory,
    ConfirmationFactory,
    DecisionApprovalFactory,
    DecisionExtensionFactory,
    DecisionFactory,
    DeclinedFactory,
    DrawnFromFactory,
    EarlierClaimFactory,
    ExemptionFactory,
    FeedLinkFactory,
    FeedReadFactory,
    FindingStepFactory,
    GivenReportFactory,
    HandoverGrantFactory,
    HandRecordFactory,
    HeadLetterFactory,
    ImportBatchFactory,
    ImportRowFactory,
    InductionFactory,
    InitialTargetFactory,
    InputAnswerFactory,
    InputRequestFactory,
    InvitationFactory,
    JudgementFactory,
    LetterAcknowledgementFactory,
    LetterWordingFactory,
    LevelAgreementFactory,
    LevelChangeFactory,
    MembershipFactory,
    MentorMeetingFactory,
    NationalFileFactory,
    NationalRowFactory,
    NewSchoolMinimumFactory,
    NoticeFactory,
    ObservationCommentFactory,
    ObservationFactory,
    OwnConcernEntryFactory,
    OwnConcernFactory,
    PaperCommentFactory,
    PaperSignatureFactory,
    PersonalEmailFactory,
    PlacementFactory,
    PlanAnswerFactory,
    PlanFactory,
    PlanLayingFactory,
    PlanMeetingEntryFactory,
    PlanMeetingFactory,
    PlanObjectiveFactory,
    PlanSignatureFactory,
    PlanVersionFactory,
    PlanVersionReadFactory,
    PlanWeekFactory,
    PriorServiceFactory,
    ProgressReviewFactory,
    ProposalFactory,
    QualityAnswerFactory,
    QualityCheckFactory,
    QualityDrawFactory,
    QualityFindingFactory,
    QualityPickFactory,
    QualityQuestionFactory,
    QualityRoundFactory,
    QualityVisitFactory,
    RatingFactory,
    RecommendationFactory,
    RecordBundleFactory,
    ReductionFactory,
    RegistrationFactory,
    ReleaseFactory,
    ReleaseRequestFactory,
    ReminderFactory,
    RepresentationFactory,
    RoundQuestionFactory,
    SchoolFactory,
    SchoolPolicyFactory,
    SchoolYearFactory,
    SelfRatingFactory,
    SelfStatementFactory,
    SendingFactory,
    SharedObservationFactory,
    SignatureFactory,
    SubmissionWindowFactory,
    TargetFactory,
    TeacherFactory,
    TermFactory,
    TimetableFactory,
    TrailSearchFactory,
    TrustFactory,
    UserFactory,
    VersionFactory,
    VersionReadFactory,
    VisitFactory,
    WeekEntryFactory,
    WorkingPatternFactory,
)

pytestmark = pytest.mark.django_db
A, B, C = date(2025, 9, 1), date(2026, 1, 5), date(2026, 7, 22)  # three days in order
DIGEST = "0" * 64
Breaks = Callable[[], object]


def twice(factory, *same, second=None, **first):
    """Two rows with the same values for what is named; `second` changes the rest of the second."""
    row = factory(**first)
    return factory(**{name: getattr(row, name) for name in same} | (second or {}))


WAIVED = {"waives": True}


def _plans_at_once():
    """Of two levels, one after the other."""
    placement, ended = PlacementFactory(), {"closed_on": LATER, "closed_by": UserFactory(), "outcome": "up"}
    PlanFactory(placement=placement, level=LevelChangeFactory(placement=placement, **ended), started=True)
    second = LevelChangeFactory(placement=placement, number=2, opened_on=LATER, review_due=LATER)
    return PlanFactory(placement=placement, level=second, started=True)


def _second_outcome(first):
    """Of the same induction, upon another recommendation."""
    return DecisionFactory(induction=first.induction)


def _same_extension():
    first = DecisionFactory(**EXTENDS, extension=DecisionExtensionFactory())
    return DecisionFactory(**EXTENDS, extension=first.extension)


def chain() -> AuditChain:
    return AuditChain.objects.create(name=f"case:{uuid.uuid4()}")


def event(**changes):
    facts = {
        "chain": chain(), "sequence": 1, "event": "user_created", "acted_as": "test", "on": A, "at": timezone.now(),
        "subject_kind": "x", "subject_id": uuid.uuid4(), "digest": DIGEST, "hash": DIGEST,
    }  # fmt: skip
    return AuditEvent.objects.create(**facts | changes)


def message(**changes):
    facts = {
        "kind": "test", "recipient": UserFactory(), "subject_id": uuid.uuid4(), "title": "Title", "url": "/cases/"
    }  # fmt: skip
    return Message.objects.create(**facts | changes)


AN_ADDRESS = {
    "recipient": None,
    "address": "a@example.com",
    "addressee": "An Employer",
    "organisation_id": uuid.UUID(int=1),
}


def email_choice(**changes):
    return EmailChoice.objects.create(**{"user": UserFactory(), "topic": "reviews", "pace": "daily"} | changes)


def unreached(**changes):
    told = message()
    facts = {"recipient": told.recipient, "first": told, "to_address": True, "failure": "Refused."}
    return Undelivered.objects.create(**facts | changes)


def imported(**changes):
    facts = {"digest": DIGEST, "created": 0, "updated": 0, "unchanged": 0, "rejected": 0, "imported_on": A}
    return RegisterImport.objects.create(**facts | changes)


def document(**changes):
    stored = StoredBytes.objects.create(
        sha256="e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", content=b""
    )
    facts = {"kind": "review", "subject_id": uuid.uuid4(), "organisation_id": uuid.uuid4(), "filename": "a.pdf"}
    return IssuedDocument.objects.create(**facts | {"stored": stored} | changes)


def again(made, **changes):
    """The same row once more, with another key."""
    values = {f.attname: getattr(made, f.attname) for f in made._meta.concrete_fields if not f.primary_key}
    return type(made).objects.create(**values | changes)


def draft(**changes):
    facts = {"form": "review", "subject_id": NO_SUBJECT, "author": UserFactory(), "values": {}}
    return Draft.objects.create(**facts | changes)


def access(**changes):
    facts = {"user_id": uuid.uuid4(), "acted_as": "ect", "subject_kind": "x", "subject_id": uuid.uuid4()}
    return AccessLog.objects.create(**facts | {"hour": timezone.now()} | changes)


ACCOUNTS: dict[str, Breaks] = {
    "accounts_user_email_key": lambda: twice(UserFactory, "email"),
    "user_email_once": lambda: (UserFactory(email="a@b.example"), UserFactory(email="A@B.example")),
    "organisation_identifier_once": lambda: twice(SchoolFactory, "identifier"),
    "organisation_kind_known": lambda: TrustFactory(kind="academy"),
    "organisation_only_schools_have_a_trust": lambda: BodyFactory(trust=TrustFactory()),
    "organisation_school_urn": lambda: SchoolFactory(identifier="1234"),
    "membership_role_known": lambda: MembershipFactory(role="ect"),
    "membership_ends_after_start": lambda: MembershipFactory(starts_on=B, ends_on=A),
    "membership_role_once_at_a_time": lambda: twice(
        MembershipFactory, "user", "organisation", starts_on=A, ends_on=B, second={"starts_on": B}
    ),
    "invitation_role_known": lambda: InvitationFactory(role="coach"),
    "invitation_to_a_role_or_a_record": lambda: InvitationFactory(role="ect"),
    "invitation_accepted_by_somebody": lambda: InvitationFactory(accepted_at=timezone.now()),
    "invitation_accepted_or_withdrawn": lambda: InvitationFactory(
        accepted_at=timezone.now(), accepted_by=UserFactory(), withdrawn_at=timezone.now()
    ),
    "invitation_names_somebody": lambda: InvitationFactory(name=""),
    "invitation_expires_later": lambda: InvitationFactory(invited_on=B, expires_on=A),
    "invitation_one_open": lambda: twice(
        InvitationFactory, "organisation", email="a@b.example", second={"email": "A@b.example"}
    ),
    "invitation_one_open_to_a_record": lambda: twice(
        InvitationFactory,
        "subject_id",
        "sender",
        "organisation",
        "role",
        organisation=None,
        sender=SchoolFactory(),
        role="ect",
        subject_id=uuid.uuid4(),
    ),
    "invitation_link_once": lambda: twice(InvitationFactory, "link_digest", link_digest=DIGEST),
    "invitation_link_kept_as_a_digest": lambda: InvitationFactory(link_digest="secret"),
    "accounts_invitation_attempts_check": lambda: InvitationFactory(attempts=-1),
    "accounts_personalemail_user_id_key": lambda: twice(PersonalEmailFactory, "user"),
    "personal_email_verified_once": lambda: twice(
        PersonalEmailFactory,
        "verified_at",
        verified_at=timezone.now(),
        email="a@b.example",
        second={"email": "A@b.example"},
    ),
    "personal_email_link_once": lambda: twice(PersonalEmailFactory, "link_digest", link_digest=DIGEST),
    "personal_email_link_kept_as_a_digest": lambda: PersonalEmailFactory(link_digest="secret"),
    "accounts_personalemail_attempts_check": lambda: PersonalEmailFactory(attempts=-1),
    "draft_one_for_each_author": lambda: again(draft()),
}
CASES: dict[str, Breaks] = {
    "cases_teacher_trn_key": lambda: twice(TeacherFactory, "trn"),
    "cases_teacher_user_id_key": lambda: twice(TeacherFactory, "user", user=UserFactory()),
    "teacher_trn_seven_digits": lambda: TeacherFactory(trn="31048"),
    "teacher_born_before_qts": lambda: TeacherFactory(date_of_birth=A, qts_on=A),
    "teacher_has_a_name": lambda: TeacherFactory(name=""),
    "cases_induction_teacher_id_key": lambda: twice(InductionFactory, "teacher"),
    "induction_between_one_and_six_terms": lambda: InductionFactory(required_terms="6.1"),
    "placement_ends_after_start": lambda: PlacementFactory(starts_on=B, ends_on=A),
    "placement_programme_within_contract": lambda: PlacementFactory(starts_on=A, contract_starts_on=B),
    "placement_route_known": lambda: PlacementFactory(route=""),
    "placement_once_at_a_school_at_a_time": lambda: twice(
        PlacementFactory, "induction", "school", starts_on=A, ends_on=B, second={"starts_on": B}
    ),
    "placement_one_lead_at_a_time": lambda: twice(
        PlacementFactory, "induction", starts_on=A, ends_on=B, second={"starts_on": B, "is_lead": True}
    ),
    "placement_contract_ends_after_start": lambda: PlacementFactory(starts_on=B, contract_ends_on=A),
    "placement_leaving_cause_known": lambda: PlacementFactory(ends_on=C, leaving_cause="bored"),
    "placement_cause_only_of_an_end": lambda: PlacementFactory(leaving_cause="other"),
    "cases_placement_version_check": lambda: PlacementFactory(version=-1),
    "cases_teacher_version_check": lambda: TeacherFactory(version=-1),
    "agreement_kind_known": lambda: AgreementFactory(kind="mood"),
    "agreement_answer_known": lambda: AgreementFactory(answer="perhaps"),
    "agreement_query_says_what": lambda: AgreementFactory(answer="queried"),
    "agreement_reply_whole_or_none": lambda: AgreementFactory(answer="queried", text="Why?", reply="So"),
    "agreement_digest_is_one": lambda: AgreementFactory(digest="F" * 64),
    "agreement_one_open_query": lambda: twice(
        AgreementFactory,
        "subject_id",
        "placement",
        answer="queried",
        text="Why?",
        second={"answer": "queried", "text": "Why?"},
    ),
    "pattern_one_step_a_day": lambda: twice(WorkingPatternFactory, "placement"),
    "pattern_fte_possible": lambda: WorkingPatternFactory(fte="1.01"),
    "pattern_days_all_or_none": lambda: WorkingPatternFactory(mon=1),
    "timetable_one_a_day": lambda: twice(TimetableFactory, "placement"),
    "timetable_cycle_known": lambda: TimetableFactory(cycle="year"),
    "timetable_unit_known": lambda: TimetableFactory(unit="lessons"),
    "timetable_within_the_comparators": lambda: TimetableFactory(reference=1260, taught="1260.01"),
    "body_period_ends_after_start": lambda: BodyPeriodFactory(starts_on=B, ends_on=A, agreed_on=A),
    "body_period_agreed_first": lambda: BodyPeriodFactory(starts_on=A, agreed_on=B),
    "body_period_one_at_a_time": lambda: twice(BodyPeriodFactory, "induction", starts_on=A, second={"starts_on": C}),
    "appointment_kind_known": lambda: AppointmentFactory(kind="coach"),
    "appointment_ends_after_start": lambda: AppointmentFactory(starts_on=B, ends_on=A),
    "appointment_one_a_role_at_a_time": lambda: twice(
        AppointmentFactory, "placement", "kind", starts_on=A, ends_on=B, second={"starts_on": B}
    ),
    "cases_appointment_minutes_a_week_check": lambda: AppointmentFactory(minutes_a_week=-1),
    "handover_once": lambda: twice(HandoverGrantFactory, "induction", "to", "given_by"),
    "handover_to_another": lambda: HandoverGrantFactory(to=(school := SchoolFactory()), given_by=school),
    "handover_has_a_reason": lambda: HandoverGrantFactory(reason=""),
    "body_period_contact_has_a_day": lambda: BodyPeriodFactory(contact=UserFactory(), contact_named_on=None),
    "hand_record_once": lambda: twice(HandRecordFactory, "induction", "placement"),
    "hand_record_code_known": lambda: HandRecordFactory(code="D4"),
    "hand_record_not_of_the_future": lambda: HandRecordFactory(done_on=B, recorded_on=A),
    "cases_handrecord_number_check": lambda: HandRecordFactory(number=-1),
    "body_period_contact_stands_apart": lambda: BodyPeriodFactory(officer=(user := UserFactory()), contact=user),
    "cases_bodyperiod_version_check": lambda: BodyPeriodFactory(version=-1),
    "cases_priorservice_induction_id_key": lambda: twice(PriorServiceFactory, "induction"),
    "cases_priorservice_version_check": lambda: PriorServiceFactory(version=-1),
    "prior_terms_possible": lambda: PriorServiceFactory(terms=0),
    "prior_calendar_terms": lambda: PriorServiceFactory(calendar_terms="1.39"),
    "prior_absence_not_negative": lambda: PriorServiceFactory(absence_days="-0.5"),
    "prior_has_a_source": lambda: PriorServiceFactory(source=""),
    "confirmation_once_a_version": lambda: twice(DeclinedFactory, "registration"),
    "confirmation_decides_once": lambda: twice(
        DeclinedFactory, "registration", outcome="refused", second={"outcome": "refused", "version": 2}
    ),
    "cases_confirmation_version_check": lambda: DeclinedFactory(version=-1),
    "cases_confirmation_placement_id_key": lambda: twice(ConfirmationFactory, "placement"),
    "confirmation_outcome_known": lambda: DeclinedFactory(outcome="ignored"),
    "confirmation_gives_a_reason": lambda: DeclinedFactory(reason=""),
    "confirmation_says_what_it_confirms": lambda: DeclinedFactory(qts_on=A),
    "confirmation_kind_of_body_known": lambda: ConfirmationFactory(acts_as="local_authority"),
    "confirmation_agreed_first": lambda: ConfirmationFactory(decided_on=B, agreed_on=date(2025, 9, 2)),
    "confirmation_contact_stands_apart": lambda: ConfirmationFactory(contact=(user := UserFactory()), officer=user),
    **{
        f"{prefix}_{name}": breaks
        for prefix, factory in (("school_policy", SchoolPolicyFactory), ("body_policy", BodyPolicyFactory))
        for name, breaks in {
            "numbered_once": partial(twice, factory, "organisation"),
            "counts_from_one": partial(factory, number=0),
            "never_backdated": partial(factory, set_on=B, starts_on=A),
            "withdrawn_before_it_began": partial(factory, starts_on=B, withdrawn_on=B),
            "review_within_ten_days": partial(factory, review_within_days=11),
            "cycle_known": partial(factory, averaging_cycle="year"),
        }.items()
    },
    "body_policy_answers_within_ten_days": lambda: BodyPolicyFactory(review_answer_days=11),
    "body_policy_standards_known": lambda: BodyPolicyFactory(rated_standards="three"),
    "body_policy_low_ratings_explained": lambda: BodyPolicyFactory(statement_from=1),
    "school_policy_ladder_known": lambda: SchoolPolicyFactory(remind_from=3),
    "body_policy_ladder_known": lambda: BodyPolicyFactory(escalate_officers_after=2),
    "reminder_said_once": lambda: again(ReminderFactory()),
    "reminder_step_known": lambda: ReminderFactory(step=4),
    "cases_reminder_number_check": lambda: ReminderFactory(number=-1),
    "sweep_run_has_a_name": lambda: SweepRun.objects.create(name="", started_at=timezone.now()),
    "sweeps_sweeprun_milliseconds_check": lambda: SweepRun.objects.create(
        name="reminders", started_at=timezone.now(), milliseconds=-1
    ),
    "deadline_once": lambda: again(deadline()),
    "cases_deadline_number_check": lambda: deadline(number=-1),
    "register_import_names_its_file": lambda: imported(digest="F" * 64),
    "cases_registerimport_created_check": lambda: imported(created=-1),
    "cases_registerimport_updated_check": lambda: imported(updated=-1),
    "cases_registerimport_unchanged_check": lambda: imported(unchanged=-1),
    "cases_registerimport_rejected_check": lambda: imported(rejected=-1),
}
QUALITY: dict[str, Breaks] = {
    "quality_question_says_something": lambda: QualityQuestionFactory(text=""),
    "quality_question_asked_of_known": lambda: QualityQuestionFactory(asked_of="governor"),
    "quality_round_has_aims": lambda: QualityRoundFactory(aims=""),
    "quality_round_draws_known": lambda: QualityRoundFactory(draws="trusts"),
    "quality_round_term_known": lambda: QualityRoundFactory(term="winter"),
    "quality_round_year_known": lambda: QualityRoundFactory(first_year=1066),
    "round_question_one_a_place": lambda: twice(RoundQuestionFactory, "round"),
    "round_question_asked_of_known": lambda: RoundQuestionFactory(asked_of="governor"),
    "cases_roundquestion_position_check": lambda: RoundQuestionFactory(position=-1),
    "quality_draw_method_known": lambda: QualityDrawFactory(method="by_hand"),
    "quality_draw_seed_plain": lambda: QualityDrawFactory(seed="a b"),
    "quality_draw_of_somebody": lambda: QualityDrawFactory(size=0),
    "quality_draw_sealed": lambda: QualityDrawFactory(sha256="F" * 64),
    "quality_pick_ect_once": lambda: twice(QualityPickFactory, "draw", "round", "induction"),
    "quality_pick_school_once": lambda: twice(
        QualityPickFactory, "draw", "round", "school", "induction", induction=None
    ),
    "quality_visit_school_once": lambda: twice(QualityVisitFactory, "round", "school"),
    "quality_visit_kind": lambda: QualityVisitFactory(kind="by_post"),
    "quality_visit_two_people": lambda: QualityVisitFactory(officer=(user := UserFactory()), second=user),
    "quality_visit_as_it_says": lambda: QualityVisitFactory(state="planned"),
    "quality_visit_shared_by_somebody": lambda: QualityVisitFactory(state="shared", shared_on=C),
    "quality_visit_called_off_for_a_reason": lambda: QualityVisitFactory(
        state="called_off", recorded_on=None, recorded_by=None
    ),
    "cases_qualityvisit_version_check": lambda: QualityVisitFactory(version=-1),
    "quality_answer_once": lambda: twice(QualityAnswerFactory, "visit", "question"),
    "quality_answer_judgement_known": lambda: QualityAnswerFactory(judgement="maybe"),
    "quality_answer_audience_known": lambda: QualityAnswerFactory(audience="governors"),
    "quality_check_once": lambda: twice(QualityCheckFactory, "visit"),
    "quality_check_judgement_known": lambda: QualityCheckFactory(fidelity="maybe"),
    "quality_finding_one_a_place": lambda: twice(QualityFindingFactory, "visit"),
    "quality_finding_says_something": lambda: QualityFindingFactory(text=""),
    "quality_finding_action_has_an_owner": lambda: QualityFindingFactory(owner=""),
    "cases_qualityfinding_position_check": lambda: QualityFindingFactory(position=-1),
    "finding_step_says_what": lambda: FindingStepFactory(text=""),
}
MOVES: dict[str, Breaks] = {
    "release_once_a_period": lambda: twice(ReleaseFactory, "placement", "period"),
    "release_terms_possible": lambda: ReleaseFactory(terms="16.1", terms_reason="Because"),
    "release_exact_fraction": lambda: ReleaseFactory(exact="2.62"),
    "release_other_terms_have_a_reason": lambda: ReleaseFactory(terms="2.5"),
    "release_to_another": lambda: ReleaseFactory(to=(body := BodyFactory()), body=body),
    "release_undone_with_a_reason": lambda: ReleaseFactory(undone_on=B, undone_by=UserFactory()),
    "release_claimed_stands": lambda: ReleaseFactory(
        claim=BodyPeriodFactory(), undone_on=B, undone_by=UserFactory(), undone_reason="Wrong"
    ),
    "release_told_afterwards": lambda: ReleaseFactory(released_on=B, told_on=A, told_by=UserFactory()),
    "cases_release_claim_id_key": lambda: twice(ReleaseFactory, "claim", claim=BodyPeriodFactory()),
    "request_open_once": lambda: twice(ReleaseRequestFactory, "asker"),
    "request_trn_seven_digits": lambda: ReleaseRequestFactory(trn="12"),
    "request_says_who_and_why": lambda: ReleaseRequestFactory(reason=""),
    "request_holder_has_the_case": lambda: ReleaseRequestFactory(holder=BodyFactory()),
    "request_to_another": lambda: ReleaseRequestFactory(
        asker=(body := BodyFactory()), holder=body, induction=InductionFactory()
    ),
    "request_answered_as_it_says": lambda: ReleaseRequestFactory(state="released"),
    "request_refused_with_a_reason": lambda: ReleaseRequestFactory(
        state="refused", answered_on=B, answered_by=UserFactory()
    ),
    "cases_recordbundle_release_id_key": lambda: twice(RecordBundleFactory, "release"),
    "bundle_sealed": lambda: RecordBundleFactory(sha256="F" * 64),
    "bundle_to_another": lambda: RecordBundleFactory(
        to=(release := ReleaseFactory()).body, release=release, grant=HandoverGrantFactory()
    ),
    "bundle_acknowledged_after_it_was_made": lambda: RecordBundleFactory(missing="A review"),
    "new_school_minimum_once": lambda: twice(NewSchoolMinimumFactory, "placement"),
    "new_school_minimum_possible": lambda: NewSchoolMinimumFactory(terms="16.1"),
    "new_school_less_has_a_reason": lambda: NewSchoolMinimumFactory(terms="0.9"),
    "cases_newschoolminimum_version_check": lambda: NewSchoolMinimumFactory(version=-1),
}
LATER = date(2026, 11, 2)
FOLLOWING: dict[str, Breaks] = {
    "plan_meeting_of_the_case": lambda: PlanMeetingFactory(audience="assessed"),
    "plan_meeting_numbered_once": lambda: twice(PlanMeetingFactory, "level", level=LevelChangeFactory()),
    "plan_meeting_counts_from_one": lambda: PlanMeetingFactory(number=0),
    "plan_meeting_of_a_level": lambda: PlanMeetingFactory(about="6"),
    "plan_meeting_of_people": lambda: PlanMeetingFactory(names=["Jo Bloggs"]),
    "plan_meeting_settled_once": lambda: PlanMeetingFactory(settled_on=None),
    "plan_meeting_recorded_in_full": lambda: PlanMeetingFactory(outcome=""),
    "plan_meeting_called_off_with_a_reason": lambda: PlanMeetingFactory(called_off_because="Ill"),
    "plan_meeting_arranged_by_somebody": lambda: PlanMeetingFactory(arranged_on=LATER),
    "support_plans_planmeeting_version_check": lambda: PlanMeetingFactory(version=-1),
    "plan_meeting_entry_says_something": lambda: PlanMeetingEntryFactory(text=""),
    "body_update_of_the_case": lambda: BodyUpdateFactory(audience="body"),
    "body_update_once": lambda: twice(BodyUpdateFactory, "level", level=LevelChangeFactory()),
    "body_update_counts_from_one": lambda: BodyUpdateFactory(number=0),
    "body_update_says_something": lambda: BodyUpdateFactory(progress=""),
    "body_update_acknowledged_by_somebody": lambda: BodyUpdateFactory(answer="Thank you"),
    "body_record_never_unread_by_the_ect": lambda: BodyRecordFactory(audience="school"),
    "body_record_says_something": lambda: BodyRecordFactory(text=""),
    "body_record_of_its_kind": lambda: BodyRecordFactory(clear=None),
    "body_record_how": lambda: BodyRecordFactory(how="post"),
    "plan_answer_of_the_case": lambda: PlanAnswerFactory(audience="body"),
    "plan_answer_says_something": lambda: PlanAnswerFactory(approves=False),
    "plan_approved_once_as_it_stands": lambda: twice(PlanAnswerFactory, "plan", plan=PlanFactory(started=True)),
}
SUPPORT: dict[str, Breaks] = {
    "proposal_never_the_mentors": lambda: ProposalFactory(audience="case"),
    "proposal_standards_known": lambda: ProposalFactory(standards=["TS9"]),
    "proposal_once": lambda: twice(ProposalFactory, "source_id"),
    "proposal_answer_known": lambda: ProposalFactory(answer="perhaps", answered_by=UserFactory(), answered_on=LATER),
    "proposal_has_a_cause": lambda: ProposalFactory(standards=[]),
    "proposal_answered_by_somebody": lambda: ProposalFactory(answer="raised"),
    "proposal_declined_with_a_reason": lambda: ProposalFactory(
        answer="declined", answered_by=UserFactory(), answered_on=LATER
    ),
    "concern_of_the_school": lambda: ConcernFactory(audience="contact"),
    "concern_standards_known": lambda: ConcernFactory(standards=["TS9"]),
    "concern_says_what_and_where": lambda: ConcernFactory(seen=""),
    "concern_raised_at_the_school": lambda: ConcernFactory(raised_as="school_admin"),
    "concern_passed_on_by_somebody": lambda: ConcernFactory(audience="passed_on"),
    "support_plans_concern_proposal_id_key": lambda: twice(ConcernFactory, "proposal", proposal=ProposalFactory()),
    "level_of_the_case": lambda: LevelChangeFactory(audience="school"),
    "level_numbered_once": lambda: twice(
        LevelChangeFactory,
        "placement",
        closed_on=LATER,
        closed_by=UserFactory(),
        outcome="up",
        second={"opened_on": LATER, "review_due": LATER, "closed_on": None, "closed_by": None, "outcome": ""},
    ),
    "levels_apart": lambda: twice(
        LevelChangeFactory, "placement", closed_on=LATER, closed_by=UserFactory(), outcome="up", second={"number": 2}
    ),
    "level_known": lambda: LevelChangeFactory(level="7"),
    "level_counts_from_one": lambda: LevelChangeFactory(number=0),
    "level_in_a_part": lambda: LevelChangeFactory(part=3),
    "level_owner_known": lambda: LevelChangeFactory(owner="governor"),
    "level_plan_of_weeks": lambda: LevelChangeFactory(weeks=7),
    "level_found_known": lambda: LevelChangeFactory(found="much"),
    "level_six_in_fixed_words": lambda: LevelChangeFactory(
        level="6", weeks=None, review_due=None, ground="serious", audience="assessed"
    ),
    "level_closed_with_an_outcome": lambda: LevelChangeFactory(closed_on=LATER, closed_by=UserFactory()),
    "level_agreement_of_the_case": lambda: LevelAgreementFactory(audience="school"),
    "level_agreement_level_known": lambda: LevelAgreementFactory(level="0"),
    "level_agreement_with_a_reason": lambda: LevelAgreementFactory(reason=""),
    "level_agreed_once": lambda: twice(LevelAgreementFactory, "placement"),
    "plan_of_the_case": lambda: PlanFactory(audience="school"),
    "plan_standards_known": lambda: PlanFactory(standards=["TS9"]),
    "plan_status_known": lambda: PlanFactory(status="lost"),
    "plan_of_some_weeks": lambda: PlanFactory(weeks=7),
    "plan_started_whole": lambda: PlanFactory(started=True, laid=[]),
    "plan_finished_with_an_outcome": lambda: PlanFactory(finished=True, evaluation=""),
    "plan_closed_on_a_day": lambda: PlanFactory(finished=True, status="closed"),
    "plans_apart": lambda: _plans_at_once(),
    "support_plans_plan_level_id_key": lambda: twice(PlanFactory, "level", level=LevelChangeFactory()),
    "support_plans_plan_version_check": lambda: PlanFactory(version=-1),
    "plan_objective_place_once": lambda: twice(PlanObjectiveFactory, "plan", plan=PlanFactory()),
    "plan_objective_counts_from_one": lambda: PlanObjectiveFactory(place=0),
    "plan_objective_standards_known": lambda: PlanObjectiveFactory(standards=["TS9"]),
    "plan_week_once": lambda: twice(PlanWeekFactory, "plan", plan=PlanFactory()),
    "plan_week_of_six": lambda: PlanWeekFactory(number=7),
    "week_entry_kind_known": lambda: WeekEntryFactory(kind="note"),
    "week_entry_says_something": lambda: WeekEntryFactory(text=""),
    "week_entry_comment_of_the_ect": lambda: WeekEntryFactory(kind="comment"),
    "plan_laying_with_a_reason": lambda: PlanLayingFactory(reason=""),
    "plan_laying_moves_something": lambda: PlanLayingFactory(was=[LATER], became=[LATER]),
    "plan_laying_of_a_week": lambda: PlanLayingFactory(row=7),
    "plan_version_number_once": lambda: twice(PlanVersionFactory, "plan"),
    "plan_version_from_one": lambda: PlanVersionFactory(number=0),
    "plan_version_sealed": lambda: PlanVersionFactory(sha256="b"),
    "plan_version_stage_known": lambda: PlanVersionFactory(stage="started", number=2),
    "plan_version_read_once": lambda: twice(PlanVersionReadFactory, "version", "by"),
    "plan_answered_once_in_a_role": lambda: twice(PlanSignatureFactory, "version"),
    "plan_signature_role_known": lambda: PlanSignatureFactory(role="headteacher"),
    "plan_signature_binds_a_digest": lambda: PlanSignatureFactory(sha256="b"),
    "plan_declined_by_the_ect_in_words": lambda: PlanSignatureFactory(status="refused", words="Not mine to decline"),
    "own_concern_with_one_side": lambda: OwnConcernFactory(audience="case"),
    "own_concern_status_known": lambda: OwnConcernFactory(status="lost"),
    "own_concern_says_something": lambda: OwnConcernFactory(text=""),
    "own_concern_closed_on_a_day": lambda: OwnConcernFactory(status="closed"),
    "own_concern_entry_says_something": lambda: OwnConcernEntryFactory(text=""),
    "support_plans_ownconcern_version_check": lambda: OwnConcernFactory(version=-1),
    "support_plans_levelagreement_state_check": lambda: LevelAgreementFactory(state=-1),
}
ABSENCES: dict[str, Breaks] = {
    "absence_kind_known": lambda: AbsenceFactory(kind="holiday"),
    "absence_ends_after_start": lambda: AbsenceFactory(starts_on=B, ends_on=A),
    "absence_part_of_one_day": lambda: AbsenceFactory(starts_on=A, ends_on=B, day_fraction="0.5"),
    "absence_chosen_after_leave": lambda: AbsenceFactory(
        kind="carers", elected=True, elected_on=A, ends_on=A, starts_on=A
    ),
    "absence_choice_confirmed_after_it": lambda: AbsenceFactory(confirmed_on=B, confirmed_by=UserFactory()),
    "absence_one_of_a_kind_at_a_time": lambda: twice(
        AbsenceFactory, "placement", "kind", starts_on=A, ends_on=C, second={"starts_on": B}
    ),
    "cases_absence_version_check": lambda: AbsenceFactory(version=-1),
    "absence_reason_says_something": lambda: AbsenceReasonFactory(text=""),
    "cases_absencereason_absence_id_key": lambda: twice(AbsenceReasonFactory, "absence"),
    "cases_absencereason_version_check": lambda: AbsenceReasonFactory(version=-1),
    "absence_notice_of_a_part": lambda: AbsenceNoticeFactory(part=3),
    "absence_notice_figure_possible": lambda: AbsenceNoticeFactory(figure=31),
    "absence_notice_settled_by_somebody": lambda: AbsenceNoticeFactory(settled_on=C),
    "absence_notice_acknowledged_by_somebody": lambda: AbsenceNoticeFactory(acknowledged_on=C),
    "absence_notice_sent_at_30": lambda: AbsenceNoticeFactory(figure=15, sent_on=C),
    "absence_notice_once_a_figure": lambda: twice(AbsenceNoticeFactory, "placement"),
    "body_policy_absence_reading_known": lambda: BodyPolicyFactory(absence_reading="never"),
    "school_policy_warns_in_time": lambda: SchoolPolicyFactory(absence_warning_from=29),
    "deadline_waits_for_known": lambda: deadline(waits="rain"),
}
CALENDARS: dict[str, Breaks] = {
    "window_once_a_term": lambda: twice(
        SubmissionWindowFactory, "body", second={"opens_on": date(2027, 3, 1), "due_on": date(2027, 3, 12)}
    ),
    "window_term_known": lambda: SubmissionWindowFactory(term="winter"),
    "window_year_known": lambda: SubmissionWindowFactory(
        first_year=1999, opens_on=date(1999, 12, 1), due_on=date(1999, 12, 11)
    ),
    "window_ends_after_it_opens": lambda: SubmissionWindowFactory(due_on=date(2026, 11, 30)),
    "window_within_its_school_year": lambda: SubmissionWindowFactory(due_on=date(2027, 8, 1)),
    "window_counts_from_one": lambda: SubmissionWindowFactory(version=0),
    "windows_apart": lambda: twice(SubmissionWindowFactory, "body", second={"term": "spring"}),
    "given_report_once_a_term": lambda: twice(GivenReportFactory, "school"),
    "given_report_term_known": lambda: GivenReportFactory(term="winter"),
    "given_report_year_known": lambda: GivenReportFactory(first_year=1999),
    "given_report_not_ahead": lambda: GivenReportFactory(set_on=date(2026, 12, 17)),
    "school_year_once": lambda: twice(SchoolYearFactory, "organisation", "first_year"),
    "school_year_bank_holidays_known": lambda: SchoolYearFactory(first_year=2099),
    "school_year_counts_from_one": lambda: SchoolYearFactory(version=0),
    "school_year_copied_from_the_one_before": lambda: SchoolYearFactory(copied_from=2024),
    "term_name_known": lambda: TermFactory(name="winter"),
    "term_once_a_year": lambda: twice(
        TermFactory, "year", "name", second={"starts_on": date(2027, 1, 4), "ends_on": date(2027, 3, 25)}
    ),
    "term_ends_after_start": lambda: TermFactory(starts_on=date(2026, 12, 19)),
    "term_within_its_school_year": lambda: TermFactory(starts_on=date(2026, 7, 31)),
    "terms_apart": lambda: twice(
        TermFactory, "year", second={"name": "spring", "starts_on": date(2026, 12, 18), "ends_on": date(2027, 3, 25)}
    ),
    "closure_ends_after_start": lambda: ClosureFactory(starts_on=date(2026, 10, 31)),
    "closure_within_its_school_year": lambda: ClosureFactory(ends_on=date(2027, 8, 1)),
    "closures_apart": lambda: twice(ClosureFactory, "year"),
}
AUDIT: dict[str, Breaks] = {
    "audit_event_known": lambda: event(event="something_else"),
    "audit_sequence_once": lambda: again(event(), hash="1" * 64),
    "audit_auditevent_sequence_check": lambda: event(sequence=-1),
    "audit_auditchain_length_check": lambda: AuditChain.objects.create(name="x", length=-1),
    "access_once_an_hour": lambda: again(access()),
}
REVIEWS: dict[str, Breaks] = {
    "review_one_for_each_term": lambda: twice(ProgressReviewFactory, "placement"),
    "review_status_known": lambda: ProgressReviewFactory(status="draft"),
    "review_period_starts_before_held": lambda: ProgressReviewFactory(period_starts_on=C),
    "review_counts_from_one": lambda: ProgressReviewFactory(number=0),
    "assessments_progressreview_number_check": lambda: ProgressReviewFactory(number=-1),
    "assessments_progressreview_latest_check": lambda: ProgressReviewFactory(latest=-1),
    "assessments_progressreview_revision_check": lambda: ProgressReviewFactory(revision=-1),
    "version_number_once": lambda: twice(VersionFactory, "review", "number"),
    "version_sealed": lambda: VersionFactory(sha256="x" * 64),
    "assessments_version_number_check": lambda: VersionFactory(number=-1),
    "rating_one_a_standard": lambda: twice(RatingFactory, "version"),
    "rating_one_to_five": lambda: RatingFactory(level=6),
    "rating_standard_known": lambda: RatingFactory(standard="TS9"),
    "rating_low_has_a_statement": lambda: RatingFactory(level=2),
    "assessments_rating_level_check": lambda: RatingFactory(level=-1, statement="x"),
    "target_place_once": lambda: twice(TargetFactory, "version"),
    "target_complete": lambda: TargetFactory(success_criteria=""),
    "target_standard_known": lambda: TargetFactory(standard=""),
    "assessments_target_place_check": lambda: TargetFactory(place=-1),
    "comment_says_something": lambda: CommentFactory(text=""),
    "assessments_acknowledgement_version_id_key": lambda: twice(AcknowledgementFactory, "version"),
    "assessments_bodyresponse_version_id_key": lambda: twice(BodyResponseFactory, "version"),
    "response_outcome_known": lambda: BodyResponseFactory(outcome="ignored", comments="x"),
    "response_return_has_comments": lambda: BodyResponseFactory(outcome="returned"),
}
ASSESSMENTS: dict[str, Breaks] = {
    "assessment_one_of_each": lambda: twice(AssessmentFactory, "placement"),
    "assessment_kind_known": lambda: AssessmentFactory(kind="second"),
    "assessment_status_known": lambda: AssessmentFactory(status="lost", turn=""),
    "assessment_period_starts_before_held": lambda: AssessmentFactory(period_starts_on=C),
    "assessment_counts_from_one": lambda: AssessmentFactory(sent=2),
    "assessment_first_and_final_once": lambda: AssessmentFactory(number=2),
    "assessment_with_the_body_was_sent": lambda: AssessmentFactory(status="sent", sent=0),
    "assessment_asks_while_it_asks": lambda: AssessmentFactory(status="signed", turn="ect"),
    "assessments_assessment_sent_check": lambda: AssessmentFactory(sent=-1),
    "assessment_version_number_once": lambda: twice(AssessmentVersionFactory, "assessment"),
    "assessment_version_sealed": lambda: AssessmentVersionFactory(ect_part="x" * 64),
    "assessments_assessmentversion_number_check": lambda: AssessmentVersionFactory(number=-1),
    "judgement_one_a_standard": lambda: twice(JudgementFactory, "version"),
    "judgement_standard_known": lambda: JudgementFactory(standard="TS9"),
    "judgement_has_evidence": lambda: JudgementFactory(evidence=""),
    "judgement_unfavourable_says_what_to_develop": lambda: JudgementFactory(satisfactory=False),
    "drawn_place_once": lambda: twice(DrawnFromFactory, "version"),
    "drawn_complete": lambda: DrawnFromFactory(says=""),
    "drawn_standard_known": lambda: DrawnFromFactory(standard="TS9"),
    "assessments_drawnfrom_place_check": lambda: DrawnFromFactory(place=-1),
    "version_read_once": lambda: twice(VersionReadFactory, "version", "by"),
    "assessments_assessmentcomment_version_id_key": lambda: twice(AssessmentCommentFactory, "version"),
    "signature_once_in_a_role": lambda: twice(SignatureFactory, "version"),
    "signature_role_known": lambda: SignatureFactory(role="mentor"),
    "signature_status_known": lambda: SignatureFactory(status="void"),
    "signature_binds_digests": lambda: SignatureFactory(part="x" * 64),
    "signature_refused_with_a_reason": lambda: SignatureFactory(status="refused"),
    "assessments_papercomment_version_id_key": lambda: twice(PaperCommentFactory, "version"),
    "paper_comment_way_known": lambda: PaperCommentFactory(way="declined", text="", given_on=None, asked_on=B),
    "paper_comment_has_its_text": lambda: PaperCommentFactory(text=""),
    "paper_comment_has_its_days": lambda: PaperCommentFactory(given_on=None),
    "assessments_papersignature_signature_id_key": lambda: twice(PaperSignatureFactory, "signature"),
    "paper_signature_was_witnessed": lambda: PaperSignatureFactory(witness=""),
    "paper_signature_has_its_days": lambda: PaperSignatureFactory(asked_on=B),
    "assessments_recommendation_signature_id_key": lambda: twice(RecommendationFactory, "signature"),
    "recommendation_outcome_known": lambda: RecommendationFactory(outcome="perhaps", reason="x"),
    "recommendation_extension_has_a_length": lambda: RecommendationFactory(outcome="extension", reason="Ill"),
    "recommendation_gives_reasons": lambda: RecommendationFactory(outcome="unsatisfactory"),
    "recommendation_status_known": lambda: RecommendationFactory(status="lost"),
    "recommendation_sealed": lambda: RecommendationFactory(sha256="x" * 64),
    "assessments_headletter_signature_id_key": lambda: twice(HeadLetterFactory, "signature"),
    "assessments_letteracknowledgement_letter_id_key": lambda: twice(LetterAcknowledgementFactory, "letter"),
    "assessments_sending_version_id_key": lambda: twice(SendingFactory, "version"),
    "assessments_assessmentresponse_version_id_key": lambda: twice(AssessmentResponseFactory, "version"),
    "assessment_response_outcome_known": lambda: AssessmentResponseFactory(outcome="ignored", comments="x"),
    "assessment_return_has_comments": lambda: AssessmentResponseFactory(outcome="returned"),
}
PROPOSED = {"status": "proposed", "made_on": None, "content": "", "sha256": ""}
EXTENDS = {"outcome": "extend", "status": "extended", "terms": 1, "ground": "illness", "assessments": "A review"}
DECISIONS: dict[str, Breaks] = {
    "extension_numbered_once": lambda: twice(DecisionExtensionFactory, "induction"),
    "extension_counts_from_one": lambda: DecisionExtensionFactory(number=0),
    "cases_decisionextension_number_check": lambda: DecisionExtensionFactory(number=-1),
    "extension_has_a_length": lambda: DecisionExtensionFactory(terms=0),
    "representation_says_something": lambda: RepresentationFactory(text=""),
    "representation_waived_once": lambda: twice(RepresentationFactory, "recommendation", waives=True, second=WAIVED),
    "decision_one_a_recommendation": lambda: twice(DecisionFactory, "recommendation", second=PROPOSED),
    "decision_one_final_outcome": lambda: _second_outcome(DecisionFactory()),
    "decision_outcome_known": lambda: DecisionFactory(outcome="perhaps", **PROPOSED),
    "decision_status_known": lambda: DecisionFactory(**PROPOSED | {"status": "lost"}),
    "decision_gives_reasons": lambda: DecisionFactory(reasons=""),
    "decision_extension_has_length_and_ground": lambda: DecisionFactory(**EXTENDS | {"ground": ""}),
    "decision_sealed_once_made": lambda: DecisionFactory(made_on=None),
    "decision_status_is_its_outcome": lambda: DecisionFactory(status="failed"),
    "assessments_decision_extension_id_key": lambda: _same_extension(),
    "notice_one_to_each": lambda: twice(NoticeFactory, "decision"),
    "notice_to_known": lambda: NoticeFactory(to="neighbour"),
    "notice_letter_counts_from_one": lambda: NoticeFactory(letter=0),
    "assessments_notice_letter_check": lambda: NoticeFactory(letter=-1),
    "notice_status_has_its_days": lambda: NoticeFactory(sent_on=None),
    "notice_letter_is_sealed": lambda: NoticeFactory(sha256=""),
    "notice_bounced_says_why": lambda: NoticeFactory(status="bounced", sent_on=None),
    "letter_wording_one_a_day": lambda: twice(LetterWordingFactory, "organisation"),
    "decision_approval_outcome_known": lambda: DecisionApprovalFactory(outcome="ignored", comments="x"),
    "decision_return_has_comments": lambda: DecisionApprovalFactory(outcome="returned"),
    "assessments_decisionapproval_decision_id_key": lambda: twice(DecisionApprovalFactory, "decision"),
}
APPEALS: dict[str, Breaks] = {
    "assessments_appealtime_decision_id_key": lambda: twice(AppealTimeFactory, "decision"),
    "appeal_time_longer_by_a_letter": lambda: AppealTimeFactory(until=C),
    "appeal_time_closed_after_its_last_day": lambda: AppealTimeFactory(until=C, allowed_on=C, closed_on=C),
    "assessments_appeal_decision_id_key": lambda: twice(AppealFactory, "decision"),
    "appeal_status_known": lambda: AppealFactory(status="lost"),
    "appeal_version_from_one": lambda: AppealFactory(version=0),
    "appeal_learned_known": lambda: AppealFactory(learned="rumour"),
    "appeal_copy_has_its_day": lambda: AppealFactory(copy_on=None),
    "appeal_copied_once_made": lambda: AppealFactory(copy_on=A),
    "appeal_ended_on_a_day": lambda: AppealFactory(status="withdrawn"),
    "appeal_orders_terms": lambda: AppealFactory(terms=1),
    "appeal_dismissal_is_told": lambda: AppealFactory(status="dismissed", made_on=C, copy_on=C, ended_on=C),
    "appeal_ground_once": lambda: twice(AppealGroundFactory, "appeal"),
    "appeal_ground_from_one": lambda: AppealGroundFactory(number=0),
    "appeal_ground_says_something": lambda: AppealGroundFactory(text=""),
    "appeal_reply_once": lambda: twice(AppealReplyFactory, "appeal"),
    "appeal_reply_from_one": lambda: AppealReplyFactory(number=0),
    "appeal_reply_sealed": lambda: AppealReplyFactory(sha256="a"),
    "appeal_reply_not_of_the_future": lambda: AppealReplyFactory(on=A),
    "appeal_hearing_once": lambda: twice(AppealHearingFactory, "appeal"),
    "appeal_hearing_from_one": lambda: AppealHearingFactory(number=0),
    "appeal_hearing_told_before": lambda: AppealHearingFactory(held_on=A),
    "appeal_hearing_answered_whole": lambda: AppealHearingFactory(attends="The officer"),
    "appeal_request_once": lambda: twice(AppealRequestFactory, "appeal"),
    "appeal_request_from_one": lambda: AppealRequestFactory(number=0),
    "appeal_request_says_what": lambda: AppealRequestFactory(text=""),
    "appeal_request_wanted_after": lambda: AppealRequestFactory(wanted_by=A),
    "appeal_request_answered_whole": lambda: AppealRequestFactory(answer="Sent"),
}
PLATFORM: dict[str, Breaks] = {
    "message_status_known": lambda: message(status="lost"),
    "message_sent_at_exactly_when_sent": lambda: message(status="sent"),
    "message_failure_has_a_reason": lambda: message(status="failed"),
    "message_url_within_the_portal": lambda: message(url="//elsewhere.example/"),
    "message_said_once": lambda: again(message(once="v1")),
    "message_to_a_person_or_an_address": lambda: message(address="a@example.com"),
    "message_attachment_has_a_name": lambda: message(attachment=DIGEST),
    "notifications_message_attempts_check": lambda: message(attempts=-1),
    "message_held_for_a_day": lambda: message(status="held"),
    "email_choice_one_a_topic": lambda: again(email_choice()),
    "email_choice_topic": lambda: email_choice(topic="weather"),
    "email_choice_pace": lambda: email_choice(pace="yearly"),
    "email_choice_on_a_weekday": lambda: email_choice(weekday=5),
    "notifications_emailchoice_weekday_check": lambda: email_choice(weekday=-1),
    "undelivered_one_a_person": lambda: again(unreached()),
    "undelivered_one_an_address": lambda: again(unreached(**AN_ADDRESS)),
    "undelivered_to_a_person_or_an_address": lambda: unreached(address="a@example.com"),
    "undelivered_settled_at": lambda: unreached(settled="told"),
    "undelivered_known": lambda: unreached(settled="lost", settled_at=timezone.now()),
    "undelivered_has_a_reason": lambda: unreached(failure=""),
    "notifications_undelivered_count_check": lambda: unreached(count=-1),
    "stored_bytes_match_their_sha256": lambda: StoredBytes.objects.create(sha256=DIGEST, content=b"other"),
    "document_version_issued_once": lambda: again(document()),
    "document_version_from_one": lambda: document(version=0),
    "document_kind_and_filename_given": lambda: document(filename=""),
    "document_fingerprint_is_one": lambda: document(fingerprint="0" * 63),
}
REGISTRATIONS: dict[str, Breaks] = {
    "registration_open_once_at_a_school": lambda: twice(RegistrationFactory, "school", "trn"),
    "registration_state_known": lambda: RegistrationFactory(state="lost"),
    "registration_version_counts": lambda: RegistrationFactory(version=0),
    "registration_trn_seven_digits": lambda: RegistrationFactory(trn="31048"),
    "registration_has_a_name": lambda: RegistrationFactory(name=""),
    "registration_born_before_qts": lambda: RegistrationFactory(date_of_birth=date(2025, 7, 12)),
    "registration_qts_checked": lambda: RegistrationFactory(qts_checked_by=""),
    "registration_may_be_inducted": lambda: RegistrationFactory(induction_status="passed"),
    "registration_route_known": lambda: RegistrationFactory(route="provider_led"),
    "registration_starts_with_qts_and_contract": lambda: RegistrationFactory(starts_on=A, contract_starts_on=B),
    "registration_contract_ends_after_start": lambda: RegistrationFactory(contract_ends_on=date(2025, 8, 31)),
    "registration_fte_possible": lambda: RegistrationFactory(fte="0.04"),
    "registration_days_all_or_none": lambda: RegistrationFactory(mon=1),
    "registration_post_is_suitable": lambda: RegistrationFactory(post_checks=["can_recommend"]),
    "registration_supply_agreed_first": lambda: RegistrationFactory(is_supply=True, supply_agreed_on=A, starts_on=A),
    "registration_special_measures_allowed": lambda: RegistrationFactory(
        special_measures_from=A, first_worked_here_on=A
    ),
    "registration_tutor_is_not_mentor": lambda: (lambda one: RegistrationFactory(tutor=one, mentor=one))(UserFactory()),
    "cases_registration_version_check": lambda: RegistrationFactory(version=-1),
    "initial_target_position_once": lambda: twice(InitialTargetFactory, "registration"),
    "initial_target_says_something": lambda: InitialTargetFactory(text=""),
    "initial_target_standard_known": lambda: InitialTargetFactory(standard="TS9"),
    "cases_initialtarget_position_check": lambda: InitialTargetFactory(position=-1),
    "cases_registration_tutor_minutes_a_week_check": lambda: RegistrationFactory(tutor_minutes_a_week=-1),
    "cases_registration_mentor_minutes_a_week_check": lambda: RegistrationFactory(mentor_minutes_a_week=-1),
}
EVIDENCE: dict[str, Breaks] = {
    "observation_status_known": lambda: ObservationFactory(status="draft"),
    "observation_standards_known": lambda: ObservationFactory(standards=["TS9"]),
    "observation_by_a_qualified_teacher": lambda: ObservationFactory(observer_has_qts=False),
    "observation_meeting_not_before_it": lambda: ObservationFactory(meeting_on=A),
    "observation_says_who_and_what": lambda: ObservationFactory(observer_name=""),
    "observation_observer_of_one_place": lambda: ObservationFactory(observer=UserFactory(), observer_from="Elsewhere"),
    "observation_third_party_is_from_elsewhere": lambda: ObservationFactory(third_party=True),
    "observation_record_is_whole_or_none": lambda: SharedObservationFactory(development=""),
    "observation_acknowledged_once_shared": lambda: SharedObservationFactory(status="acknowledged"),
    "observation_cancelled_on_a_day": lambda: ObservationFactory(status="cancelled"),
    "observation_planned_before_it": lambda: ObservationFactory(planned_on=C),
    "assessments_observation_version_check": lambda: ObservationFactory(version=-1),
    "observation_comment_says_something": lambda: ObservationCommentFactory(text=""),
    "visit_standards_known": lambda: VisitFactory(standards=["P3"]),
    "visit_says_whom_and_what": lambda: VisitFactory(learned=""),
    "visit_noted_after_it": lambda: VisitFactory(noted_on=A),
    "assessments_visit_version_check": lambda: VisitFactory(version=-1),
    "meeting_is_about_something": lambda: MentorMeetingFactory(focus=""),
    "meeting_noted_after_it": lambda: MentorMeetingFactory(noted_on=A),
    "assessments_mentormeeting_version_check": lambda: MentorMeetingFactory(version=-1),
    "input_request_standards_known": lambda: InputRequestFactory(standards=["TS9"]),
    "input_request_says_whom_and_what": lambda: InputRequestFactory(standards=[]),
    "input_request_leaves_time": lambda: InputRequestFactory(answer_by=A, expires_on=A),
    "input_request_answered_or_withdrawn": lambda: InputRequestFactory(answered_on=B, withdrawn_on=B),
    "input_request_read_once_answered": lambda: InputRequestFactory(read_on=B),
    "input_request_one_open": lambda: twice(
        InputRequestFactory, "placement", second={"email": "MARCUS@school.example"}
    ),
    "input_request_link_once": lambda: twice(InputRequestFactory, "link_digest", link_digest=DIGEST),
    "input_request_link_kept_as_a_digest": lambda: InputRequestFactory(link_digest="secret"),
    "assessments_inputrequest_attempts_check": lambda: InputRequestFactory(attempts=-1),
    "input_answer_one_a_standard": lambda: twice(InputAnswerFactory, "request"),
    "input_answer_standard_known": lambda: InputAnswerFactory(standard="TS9"),
    "input_answer_says_something": lambda: InputAnswerFactory(words=""),
    "self_rating_one_for_each_review": lambda: twice(SelfRatingFactory, "placement"),
    "self_rating_counts_from_one": lambda: SelfRatingFactory(number=0),
    "assessments_selfrating_number_check": lambda: SelfRatingFactory(number=-1),
    "self_statement_one_a_standard": lambda: twice(SelfStatementFactory, "self_rating"),
    "self_statement_standard_known": lambda: SelfStatementFactory(standard="TS9"),
    "self_statement_one_to_five": lambda: SelfStatementFactory(level=6),
    "assessments_selfstatement_level_check": lambda: SelfStatementFactory(level=-1),
    "self_statement_says_something": lambda: SelfStatementFactory(words=""),
    "school_policy_observes_sometimes": lambda: SchoolPolicyFactory(observations_a_year=0),
    "school_policy_meetings_in_time": lambda: SchoolPolicyFactory(mentor_meeting_within=11),
}
NATIONAL: dict[str, Breaks] = {
    "national_file_kind_known": lambda: NationalFileFactory(kind="failures"),
    "national_file_has_rows": lambda: NationalFileFactory(row_count=0),
    "cases_nationalfile_row_count_check": lambda: NationalFileFactory(row_count=-1),
    "national_file_digest_in_hex": lambda: NationalFileFactory(digest="x" * 64),
    "national_file_settled_by_somebody": lambda: NationalFileFactory(state="answered"),
    "national_file_uploaded_after_it_was_made": lambda: NationalFileFactory(
        state="answered", made_on=B, uploaded_on=A, settled_on=C, settled_by=UserFactory()
    ),
    "national_row_position_once": lambda: twice(NationalRowFactory, "file"),
    "national_row_told_once": lambda: twice(NationalRowFactory, "period", second={"state": "accepted"}),
    "national_row_kind_known": lambda: NationalRowFactory(kind="failures"),
    "national_row_refused_with_a_reason": lambda: NationalRowFactory(state="refused"),
    "cases_nationalrow_position_check": lambda: NationalRowFactory(position=-1),
    "import_confirmed_by_somebody": lambda: ImportBatchFactory(state="running"),
    "import_counts_its_rows": lambda: ImportBatchFactory(imported=2),
    "cases_importbatch_row_count_check": lambda: ImportBatchFactory(row_count=-1),
    "cases_importbatch_imported_check": lambda: ImportBatchFactory(imported=-1),
    "import_row_number_once": lambda: twice(ImportRowFactory, "batch", "number"),
    "import_row_bad_with_a_reason": lambda: ImportRowFactory(state="bad"),
    "cases_importrow_number_check": lambda: ImportRowFactory(number=-1),
    "earlier_claim_waits_once": lambda: twice(EarlierClaimFactory, "body", "trn"),
    "earlier_claim_trn_seven_digits": lambda: EarlierClaimFactory(trn="123456"),
    "earlier_claim_route_known": lambda: EarlierClaimFactory(route="fip"),
    "earlier_claim_start_has_come": lambda: EarlierClaimFactory(starts_on=C),
    "earlier_claim_used_or_withdrawn": lambda: EarlierClaimFactory(confirmation=ConfirmationFactory(), withdrawn_on=C),
    "cases_earlierclaim_confirmation_id_key": lambda: [
        EarlierClaimFactory(confirmation=answer) for answer in [ConfirmationFactory()] * 2
    ],
}
STATUTORY: dict[str, Breaks] = {
    "reduction_one_open": lambda: twice(ReductionFactory, "placement"),
    "reduction_kind_known": lambda: ReductionFactory(kind="talent"),
    "reduction_status_known": lambda: ReductionFactory(status="lost"),
    "reduction_within_the_law": lambda: ReductionFactory(terms="0.9"),
    "reduction_with_advice": lambda: ReductionFactory(advice=""),
    "reduction_answered_before_granted": lambda: ReductionFactory(
        status="granted", decided_on=C, decided_by=UserFactory(), reason="Met"
    ),
    "reduction_in_order": lambda: ReductionFactory(status="consented", answered_on=A),
    "reduction_decided_with_a_reason": lambda: ReductionFactory(
        status="refused", decided_on=C, decided_by=UserFactory()
    ),
    "assessments_reduction_version_check": lambda: ReductionFactory(version=-1),
    "trail_search_not_of_the_future": lambda: TrailSearchFactory(searched_on=C),
    "trail_search_says_it_all": lambda: TrailSearchFactory(where=""),
    "exemption_once": lambda: twice(ExemptionFactory, "placement"),
    "exemption_on_an_appraisal": lambda: ExemptionFactory(appraisal_to=C),
    "exemption_gives_reasons": lambda: ExemptionFactory(reason=""),
    "clock_over_on_a_day": lambda: Clock.objects.create(induction=InductionFactory(), over_on=A),
}
BUNDLES: dict[str, Breaks] = {
    "bundle_number_once": lambda: twice(
        CaseBundleFactory, "induction", "body", status="failed", ended_at=timezone.now()
    ),
    "bundle_made_once": lambda: twice(CaseBundleFactory, "induction", "body", second={"number": 2}),
    "bundle_number_from_one": lambda: CaseBundleFactory(number=0),
    "assessments_casebundle_tries_check": lambda: CaseBundleFactory(tries=-1),
    "bundle_purpose": lambda: CaseBundleFactory(purpose="curiosity"),
    "bundle_status_told_whole": lambda: CaseBundleFactory(status="ready"),
    "bundle_piece_in_its_place": lambda: twice(BundlePieceFactory, "bundle"),
    "bundle_piece_from_one": lambda: BundlePieceFactory(place=0),
    "bundle_piece_sealed": lambda: BundlePieceFactory(sha256="a"),
    "bundle_piece_of_one_sort": lambda: BundlePieceFactory(document=document()),
    "bundle_piece_has_pages": lambda: BundlePieceFactory(pdf=b"%PDF"),
}
FEEDS: dict[str, Breaks] = {
    "feed_link_one_at_a_time": lambda: twice(FeedLinkFactory, "user", organisation=None, second={"organisation": None}),
    "feed_link_kept_as_a_digest": lambda: FeedLinkFactory(digest="a secret"),
    "feed_link_ends_after_it_began": lambda: FeedLinkFactory(ended_on=A),
    "cases_feedlink_digest_key": lambda: twice(FeedLinkFactory, "digest"),
    "feed_read_whole_or_none": lambda: FeedReadFactory(revision=1),
    "cases_feedread_revision_check": lambda: FeedReadFactory(revision=-1),
    "chased_once_a_day": lambda: twice(ChasedStepFactory, "induction", "kind"),
    "chased_only_when_late": lambda: ChasedStepFactory(due_on=date(2026, 11, 9)),
    "chased_for_something": lambda: ChasedStepFactory(says=""),
    "audit_auditcheck_chains_check": lambda: AuditCheck.objects.create(chains=-1),
}
REFUSED = ACCOUNTS | CASES | ABSENCES | REGISTRATIONS | CALENDARS | AUDIT | REVIEWS | ASSESSMENTS | EVIDENCE | PLATFORM
REFUSED |= DECISIONS | APPEALS | MOVES | QUALITY | NATIONAL | BUNDLES | STATUTORY | SUPPORT | FOLLOWING | FEEDS
# Django's own check that a count is not negative stands behind our stricter one, which PostgreSQL always names first.
BEHIND_ANOTHER = {
    "assessments_assessment_number_check",
    "cases_qualitydraw_size_check",
    "quality_finding_audience_known",
    "assessments_assessment_latest_check",
    "assessments_casebundle_number_check",
    "assessments_casebundle_pages_check",
    "assessments_bundlepiece_place_check",
    "assessments_bundlepiece_pages_check",
    "documents_issueddocument_version_check",
    "cases_submissionwindow_version_check",
    "cases_schoolpolicy_number_check",
    "cases_schoolpolicy_review_within_days_check",
    "cases_bodypolicy_number_check",
    "cases_bodypolicy_review_within_days_check",
    "cases_bodypolicy_review_answer_days_check",
    "cases_bodypolicy_statement_from_check",
    "cases_absencenotice_part_check",
    "cases_absencenotice_figure_check",
    "cases_schoolpolicy_absence_warning_from_check",
    "cases_schoolpolicy_observations_a_year_check",
    "cases_schoolpolicy_mentor_meeting_within_check",
    "cases_schoolpolicy_remind_from_check",
    "cases_schoolpolicy_escalate_after_check",
    "cases_bodypolicy_remind_officers_from_check",
    "cases_bodypolicy_escalate_officers_after_check",
    "support_plans_levelchange_number_check",
    "support_plans_levelchange_part_check",
    "support_plans_levelchange_weeks_check",
    "support_plans_planmeeting_number_check",
    "support_plans_bodyupdate_number_check",
    "support_plans_plan_weeks_check",
    "support_plans_plan_evaluated_check",
    "support_plans_planobjective_place_check",
    "support_plans_planweek_number_check",
    "support_plans_planlaying_row_check",
    "support_plans_planversion_number_check",
    "assessments_appeal_version_check",
    "assessments_appealground_number_check",
    "assessments_appealreply_number_check",
    "assessments_appealhearing_number_check",
    "assessments_appealrequest_number_check",
}
OURS = (
    "accounts_%",
    "audit_%",
    "cases_%",
    "support_plans_%",
    "assessments_%",
    "documents_%",
    "sweeps_%",
    "notifications_%",
)
CONSTRAINTS = """
SELECT conname FROM pg_constraint
WHERE contype IN ('c', 'u', 'x') AND conrelid::regclass::text LIKE ANY (%(ours)s)
UNION SELECT indexrelid::regclass::text FROM pg_index
WHERE indisunique AND indrelid::regclass::text LIKE ANY (%(ours)s)
  AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
"""


def deadline(**changes):
    facts = {"induction": InductionFactory(), "kind": "progress_review", "number": 1, "due_on": A, "owner": "ect"}
    facts["opened_on"] = A
    return Deadline.objects.create(**facts | changes)


@pytest.mark.parametrize("name", REFUSED)
def test_the_database_refuses(name):
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        REFUSED[name]()
    assert refused.value.__cause__.diag.constraint_name == name


def test_every_constraint_is_broken_by_a_test():
    with connection.cursor() as cursor:
        cursor.execute(CONSTRAINTS, {"ours": list(OURS)})
        there = {name for (name,) in cursor.fetchall()}
    assert there == set(REFUSED) | BEHIND_ANOTHER


@pytest.mark.parametrize(
    "touching",
    [
        lambda: twice(
            PlacementFactory, "induction", "school", starts_on=A, ends_on=date(2026, 1, 4), second={"starts_on": B}
        ),
        lambda: twice(PlacementFactory, "induction", starts_on=A, second={"starts_on": A}),
        lambda: twice(BodyPeriodFactory, "induction", starts_on=A, ends_on=date(2026, 1, 4), second={"starts_on": B}),
        lambda: twice(AppointmentFactory, "placement", second={"kind": "induction_tutor"}),
        lambda: twice(
            MembershipFactory, "user", "organisation", starts_on=A, ends_on=date(2026, 1, 4), second={"starts_on": B}
        ),
        lambda: PlacementFactory(starts_on=A, ends_on=A),
        lambda: WorkingPatternFactory(fte="0.05", mon=0, tue=0, wed=0, thu=0, fri="0.25"),
        lambda: InductionFactory(required_terms=1),
        lambda: ObservationFactory(status="cancelled", cancelled_on=B),
        lambda: ConfirmationFactory(decided_on=B, agreed_on=A),
        lambda: EarlierClaimFactory(confirmation=ConfirmationFactory(), withdrawn_on=None),
        lambda: SharedObservationFactory(status="acknowledged", acknowledged_on=B, planned_by=None, planned_on=None),
    ],
)
def test_what_the_law_allows_the_database_takes(touching):
    assert touching()


@pytest.mark.parametrize("trn", ["٣١٠٤٨٧١", "310487 ", "31048710", "310487\n1"])
def test_a_trn_is_seven_ascii_digits_and_nothing_else(trn):
    with pytest.raises((IntegrityError, Exception), match=r"teacher_trn_seven_digits|too long"), transaction.atomic():
        TeacherFactory(trn=trn)


@pytest.mark.parametrize(
    "days",
    [
        dict.fromkeys(["mon", "tue", "wed", "thu"], 1),
        dict.fromkeys(["mon", "tue", "wed", "thu", "fri"], 0),
        dict.fromkeys(["tue", "wed", "thu", "fri"], "0.5") | {"mon": "1.01"},
        dict.fromkeys(["tue", "wed", "thu", "fri"], "0.5") | {"mon": "-0.5"},
    ],
)
def test_weekdays_come_all_or_none_and_within_a_day(days):
    with pytest.raises(IntegrityError, match="pattern_days_all_or_none"), transaction.atomic():
        WorkingPatternFactory(**days)
