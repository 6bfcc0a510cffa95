"""Addresses of cases."""

from django.urls import path

from .views import calendars, cases, registrations

app_name = "cases"

urlpatterns = [
    path("cases/", cases.cases, name="cases"),
    path("cases/<uuid:case_id>/", cases.case, name="case"),
    path("cases/<uuid:case_id>/access/", cases.access_register, name="access"),
    path("cases/<uuid:case_id>/history/", cases.history, name="history"),
    path("report/", cases.report, name="report"),
    path("registrations/", registrations.registrations, name="registrations"),
    path("registrations/new/", registrations.new_registration, name="new_registration"),
    path("registrations/<uuid:registration_id>/", registrations.registration, name="registration"),
    path("registrations/<uuid:registration_id>/change/", registrations.change_registration, name="change_registration"),
    path("registrations/<uuid:registration_id>/withdrawal/", registrations.withdrawal, name="withdrawal"),
    path("calendars/", calendars.calendars, name="calendars"),
    path("calendars/<uuid:organisation_id>/", calendars.school_years, name="school_years"),
    path("calendars/<uuid:organisation_id>/<int:first_year>/", calendars.school_year, name="school_year"),
    path("calendars/<uuid:organisation_id>/<int:first_year>/change/", calendars.change, name="change_calendar"),
    path("calendars/<uuid:organisation_id>/<int:first_year>/remove/", calendars.remove, name="remove_calendar"),
]
