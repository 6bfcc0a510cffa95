"""Addresses of progress rereviews."""

from django.urls import path

from .views import reviews

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
]
