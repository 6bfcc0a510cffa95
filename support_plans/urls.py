"""Addresses of concerns and of levels of support."""

from django.urls import path

from .views import concerns, following, levels, own, papers, plan_weeks, plans

app_name = "support_plans"

urlpatterns = [
    path("cases/<uuid:case_id>/support/", levels.ladder, name="ladder"),
    path("cases/<uuid:case_id>/support/concern/", concerns.raise_concern, name="raise_concern"),
    path("cases/<uuid:case_id>/support/move/", levels.move_level, name="move_level"),
    path("cases/<uuid:case_id>/support/agree/", levels.agree_to_level, name="agree_to_level"),
    path("cases/<uuid:case_id>/support/forms/", papers.blank_forms, name="blank_forms"),
    path("cases/<uuid:case_id>/support/forms/<slug:form_key>/", papers.blank_form, name="blank_form"),
    path("cases/<uuid:case_id>/support/together/", following.together, name="together"),
    path("cases/<uuid:case_id>/support/meetings/arrange/", following.arrange_meeting, name="arrange_meeting"),
    path("cases/<uuid:case_id>/support/meetings/record/", following.note_meeting, name="note_meeting"),
    path("cases/<uuid:case_id>/support/update/", following.send_update, name="send_update"),
    path("cases/<uuid:case_id>/support/body/", following.record_body_part, name="record_body_part"),
    path("cases/<uuid:case_id>/support/plan-answer/", following.answer_plan, name="answer_plan"),
    path("support-meetings/<uuid:support_meeting_id>/record/", following.record_meeting, name="record_meeting"),
    path("support-meetings/<uuid:support_meeting_id>/change/", following.change_meeting, name="change_meeting"),
    path("support-meetings/<uuid:support_meeting_id>/call-off/", following.call_off_meeting, name="call_off_meeting"),
    path("support-meetings/<uuid:support_meeting_id>/add/", following.add_to_meeting, name="add_to_meeting"),
    path("support-updates/<uuid:body_update_id>/", following.acknowledge_update, name="acknowledge_update"),
    path("concerns/<uuid:concern_id>/", concerns.concern, name="concern"),
    path("concerns/<uuid:concern_id>/pass-on/", concerns.pass_on, name="pass_on"),
    path("proposals/<uuid:proposal_id>/", concerns.proposal, name="proposal"),
    path("cases/<uuid:case_id>/own-concerns/", own.own_concerns, name="own_concerns"),
    path("cases/<uuid:case_id>/own-concerns/new/", own.raise_own_concern, name="raise_own_concern"),
    path("own-concerns/<uuid:own_concern_id>/", own.own_concern, name="own_concern"),
    path("own-concerns/<uuid:own_concern_id>/answer/", own.answer_own_concern, name="answer_own_concern"),
    path("own-concerns/<uuid:own_concern_id>/next/", own.own_concern_next, name="own_concern_next"),
    path("cases/<uuid:case_id>/support/plan/", plans.current_plan, name="current_plan"),
    path("levels/<uuid:level_id>/plan/", plans.write_plan, name="write_plan"),
    path("plans/<uuid:plan_id>/", plans.plan, name="plan"),
    path("plans/<uuid:plan_id>/change/", plans.change_plan, name="change_plan"),
    path("plans/<uuid:plan_id>/weeks/", plans.lay_plan_again, name="lay_plan_again"),
    path("plans/<uuid:plan_id>/end/", plans.finish_plan, name="finish_plan"),
    path("plans/<uuid:plan_id>/correct/", papers.correct_plan, name="correct_plan"),
    path("plans/<uuid:plan_id>/sign/", papers.sign_plan, name="sign_plan"),
    path("plans/<uuid:plan_id>/document/", papers.plan_document, name="plan_document"),
    path("plans/<uuid:plan_id>/preview/", papers.plan_preview, name="plan_preview"),
    path("plan-weeks/<uuid:week_id>/evaluate/", plan_weeks.evaluate_week, name="evaluate_week"),
    path("plan-weeks/<uuid:week_id>/comment/", plan_weeks.comment_on_week, name="comment_on_week"),
    path("on-support/", levels.escalated, name="escalated"),
]
