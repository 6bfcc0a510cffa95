"""Addresses of cases."""

from django.urls import path

from .views import calendars, cases

app_name = "cases"

urlpatterns = [
    path("cases/", cases.cases, name="cases"),
    path("cases/<uuid:case_id>/", cases.case, name="case"),
    path("cases/<uuid:case_id>/access/", cases.access_register, name="access"),
    path("cases/<uuid:case_id>/history/", cases.history, name="history"),
    path("report/", cases.report, name="report"),
    path("calendars/", calendars.calendars, name="calendars"),
    path("calendars/<uuid:organisation_id>/", calendars.school_years, name="school_years"),
    path("calendars/<uuid:organisation_id>/<int:first_year>/", calendars.school_year, name="school_year"),
    path("calendars/<uuid:organisation_id>/<int:first_year>/change/", calendars.change, name="change_calendar"),
    path("calendars/<uuid:organisation_id>/<int:first_year>/remove/", calendars.remove, name="remove_calendar"),
]
