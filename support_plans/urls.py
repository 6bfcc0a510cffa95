"""Addresses of concerns and of levels of support."""

from django.urls import path

from .views import concerns, following, levels, own, papers

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
    path("on-support/", levels.escalated, name="escalated"),
]
