"""Addresses of progress reviews, observations and mentor meetings."""

from django.urls import path

from .views import meetings, observations, reviews, self_ratings

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
]
