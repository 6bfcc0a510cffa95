"""Addresses of progress reviews."""

from django.urls import path

from . import views

app_name = "assessments"

urlpatterns = [
    path("cases/<uuid:case_id>/reviews/new/", views.new_review, name="new_review"),
    path("reviews/<uuid:review_id>/", views.review, name="review"),
    path("reviews/<uuid:review_id>/correction/", views.correction, name="correction"),
    path("reviews/<uuid:review_id>/comments/", views.comments, name="comments"),
    path("reviews/<uuid:review_id>/acknowledgement/", views.acknowledgement, name="acknowledgement"),
    path("reviews/<uuid:review_id>/acceptance/", views.acceptance, name="acceptance"),
    path("reviews/<uuid:review_id>/return/", views.returning, name="return"),
    path("reviews/<uuid:review_id>/document/", views.pdf, name="document"),
]
