"""Addresses of progress reviews, assessments, observations and mentor meetings."""

from django.urls import path

from .views import (
    assessment_sending,
    assessment_signing,
    assessment_writing,
    assessments,
    bundles,
    colleague,
    deciding,
    decisions,
    exemptions,
    inputs,
    letters,
    meetings,
    notices,
    observations,
    on_paper,
    reductions,
    representing,
    reviews,
    self_ratings,
    wording,
)

app_name = "assessments"

urlpatterns = [
    path("cases/<uuid:case_id>/reviews/new/", reviews.new_review, name="new_review"),
    path("reviews/<uuid:review_id>/", reviews.review, name="review"),
    path("reviews/<uuid:review_id>/correction/", reviews.correction, name="correction"),
    path("reviews/<uuid:review_id>/comments/", reviews.comments, name="comments"),
    path("reviews/<uuid:review_id>/acknowledgement/", reviews.acknowledgement, name="acknowledgement"),
    path("reviews/<uuid:review_id>/acceptance/", reviews.acceptance, name="acceptance"),
    path("reviews/<uuid:review_id>/return/", reviews.returning, name="return"),
    path("reviews/<uuid:review_id>/document/", reviews.pdf, name="document"),
    path("assessments/<uuid:assessment_id>/", assessments.assessment, name="assessment"),
    path("assessments/to-sign/", assessment_signing.signing_queue, name="signing_queue"),
    path(
        "assessments/<uuid:assessment_id>/comments/", assessment_signing.assessment_comments, name="assessment_comments"
    ),
    path("assessments/<uuid:assessment_id>/signature/", assessment_signing.sign_assessment, name="sign_assessment"),
    path("assessments/<uuid:assessment_id>/refusal/", assessment_signing.refuse_signature, name="refuse_signature"),
    path("assessments/<uuid:assessment_id>/comments/recorded/", on_paper.record_comments, name="record_comments"),
    path("assessments/<uuid:assessment_id>/signature/recorded/", on_paper.record_signature, name="record_signature"),
    path("assessments/<uuid:assessment_id>/document/", assessment_signing.assessment_pdf, name="assessment_document"),
    path("cases/<uuid:case_id>/observations/", observations.observations, name="observations"),
    path("cases/<uuid:case_id>/observations/plan/", observations.plan_observation, name="plan_observation"),
    path("cases/<uuid:case_id>/observations/new/", observations.record_observation, name="record_observation"),
    path("cases/<uuid:case_id>/observed/new/", observations.note_visit, name="note_visit"),
    path("observed/<uuid:visit_id>/", observations.change_visit, name="change_visit"),
    path("observations/<uuid:observation_id>/", observations.observation, name="observation"),
    path("observations/<uuid:observation_id>/plan/", observations.change_plan, name="change_plan"),
    path("observations/<uuid:observation_id>/record/", observations.write_record, name="write_record"),
    path("observations/<uuid:observation_id>/cancellation/", observations.cancellation, name="cancel_observation"),
    path(
        "observations/<uuid:observation_id>/comments/", observations.observation_comments, name="observation_comments"
    ),
    path("observations/<uuid:observation_id>/read/", observations.observation_read, name="observation_read"),
    path("cases/<uuid:case_id>/meetings/", meetings.meetings, name="meetings"),
    path("cases/<uuid:case_id>/meetings/new/", meetings.note_meeting, name="note_meeting"),
    path("meetings/<uuid:meeting_id>/", meetings.change_meeting, name="change_meeting"),
    path("cases/<uuid:case_id>/self-rating/", self_ratings.rate_yourself, name="rate_yourself"),
    path("self-ratings/<uuid:rating_id>/", self_ratings.self_rating, name="self_rating"),
    # a shorter induction
    path("cases/<uuid:case_id>/shorter/", reductions.reductions, name="reductions"),
    path("cases/<uuid:case_id>/shorter/new/", reductions.ask_reduction, name="ask_reduction"),
    path("shorter/<uuid:reduction_id>/answer/", reductions.answer_reduction, name="answer_reduction"),
    path("shorter/<uuid:reduction_id>/decision/", reductions.decide_reduction, name="decide_reduction"),
    # an exemption where records were lost
    path("cases/<uuid:case_id>/exemption/", exemptions.exemption, name="exemption"),
    path("cases/<uuid:case_id>/exemption/search/", exemptions.search_trail, name="search_trail"),
    path("cases/<uuid:case_id>/exemption/decision/", exemptions.exempt, name="exempt"),
    # the bundle of a case
    path("cases/<uuid:case_id>/bundles/", bundles.bundles, name="bundles"),
    path("bundles/<uuid:bundle_id>/", bundles.bundle, name="bundle"),
    path("bundles/<uuid:bundle_id>/document/", bundles.bundle_pdf, name="bundle_document"),
    # input of a colleague: what the school asks, and the page that the link in the mail leads to
    path("cases/<uuid:case_id>/input/", inputs.input_of_colleagues, name="inputs"),
    path("cases/<uuid:case_id>/input/new/", inputs.ask_colleague, name="ask_colleague"),
    path("input/<uuid:input_id>/", inputs.input_request, name="input_request"),
    path("input/<uuid:input_id>/mail/", inputs.ask_again, name="ask_again"),
    path("input/<uuid:input_id>/withdrawal/", inputs.withdraw_request, name="withdraw_request"),
    path("input/<uuid:input_id>/read/", inputs.input_read, name="input_read"),
    path("colleague/", colleague.give_input, name="give_input"),
    path("colleague/<str:token>/", colleague.open_input, name="open_input"),
    # writing an assessment, and sending it on its way
    path("cases/<uuid:case_id>/assessments/new/", assessment_writing.new_assessment, name="new_assessment"),
    path("cases/<uuid:case_id>/assessments/interim/", assessment_writing.new_interim, name="new_interim"),
    path(
        "assessments/<uuid:assessment_id>/correction/",
        assessment_writing.correct_assessment,
        name="correct_assessment",
    ),
    path(
        "assessments/<uuid:assessment_id>/withdrawal/",
        assessment_sending.withdraw_assessment,
        name="withdraw_assessment",
    ),
    path("assessments/<uuid:assessment_id>/sending/", assessment_sending.send_assessment, name="send_assessment"),
    path(
        "assessments/<uuid:assessment_id>/acceptance/",
        assessment_sending.accept_assessment,
        name="accept_assessment",
    ),
    path("assessments/<uuid:assessment_id>/return/", assessment_sending.return_assessment, name="return_assessment"),
    # the headteacher's letter
    path("letters/<uuid:letter_id>/", letters.letter, name="letter"),
    path("letters/<uuid:letter_id>/acknowledgement/", letters.letter_acknowledgement, name="letter_acknowledgement"),
    path("letters/<uuid:letter_id>/document/", letters.letter_pdf, name="letter_document"),
    # what the ECT writes to the body, and the body's decision
    path(
        "recommendations/<uuid:recommendation_id>/representations/",
        representing.representations,
        name="representations",
    ),
    path(
        "recommendations/<uuid:recommendation_id>/representations/new/",
        representing.write_representations,
        name="write_representations",
    ),
    path(
        "recommendations/<uuid:recommendation_id>/representations/waiver/",
        representing.waive_representations,
        name="waive_representations",
    ),
    path("cases/<uuid:case_id>/decision/", deciding.deciding, name="deciding"),
    path("cases/<uuid:case_id>/decision/pass/", deciding.pass_case, name="pass_case"),
    path("cases/<uuid:case_id>/decision/extend/", deciding.extend_case, name="extend_case"),
    path("cases/<uuid:case_id>/decision/fail/", deciding.fail_case, name="fail_case"),
    path("decisions/to-make/", deciding.to_make, name="to_make"),
    path("decisions/<uuid:decision_id>/", decisions.decision, name="decision"),
    path("decisions/<uuid:decision_id>/document/", decisions.decision_pdf, name="decision_document"),
    path("decisions/<uuid:decision_id>/approval/", decisions.approve_decision, name="approve_decision"),
    path("decisions/<uuid:decision_id>/return/", decisions.return_decision, name="return_decision"),
    # notice of the decision
    path("cases/<uuid:case_id>/notices/", notices.notices, name="notices"),
    path("cases/<uuid:case_id>/notices/email/", notices.email_notices, name="email_notices"),
    path("cases/<uuid:case_id>/notices/post/", notices.prepare_letter, name="prepare_letter"),
    path("cases/<uuid:case_id>/notices/employer/", notices.body_is_employer, name="body_is_employer"),
    path("notices/<uuid:given_id>/", notices.notice, name="notice"),
    path("notices/<uuid:given_id>/document/", notices.notice_pdf, name="notice_document"),
    path("notices/<uuid:given_id>/posting/", notices.record_posting, name="record_posting"),
    path("notices/<uuid:given_id>/receipt/", notices.record_receipt, name="record_receipt"),
    path("notices/<uuid:given_id>/undelivered/", notices.record_undelivered, name="record_undelivered"),
    path("letters/wording/", wording.letter_wording, name="letter_wording"),
]
