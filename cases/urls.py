"""Addresses of cases."""

from django.urls import path

from . import views

app_name = "cases"

urlpatterns = [
    path("cases/", views.cases, name="cases"),
    path("cases/<uuid:case_id>/", views.case, name="case"),
    path("cases/<uuid:case_id>/access/", views.access_register, name="access"),
    path("cases/<uuid:case_id>/history/", views.history, name="history"),
    path("report/", views.report, name="report"),
]
