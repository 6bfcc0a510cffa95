"""Addresses of cases."""

from django.urls import path

from .views import calendars, cases, confirming, registrations, responsible

app_name = "cases"

urlpatterns = [
    path("cases/", cases.cases, name="cases"),
    path("cases/<uuid:case_id>/", cases.case, name="case"),
    path("cases/<uuid:case_id>/access/", cases.access_register, name="access"),
    path("cases/<uuid:case_id>/history/", cases.history, name="history"),
    path("cases/<uuid:case_id>/earlier-service/", responsible.prior, name="prior"),
    path("cases/<uuid:case_id>/earlier-school/", responsible.earlier_school, name="earlier_school"),
    path("cases/<uuid:case_id>/officer/", responsible.officer, name="officer"),
    path("cases/<uuid:case_id>/lead-school/", responsible.leading, name="leading"),
    path("report/", cases.report, name="report"),
    path("registrations/", registrations.registrations, name="registrations"),
    path("registrations/new/", registrations.new_registration, name="new_registration"),
    path("registrations/<uuid:registration_id>/", registrations.registration, name="registration"),
    path("registrations/<uuid:registration_id>/change/", registrations.change_registration, name="change_registration"),
    path("registrations/<uuid:registration_id>/withdrawal/", registrations.withdrawal, name="withdrawal"),
    path("registrations/<uuid:registration_id>/confirmation/", confirming.confirm, name="confirm_registration"),
    path("registrations/<uuid:registration_id>/return/", confirming.returning, name="return_registration"),
    path("registrations/<uuid:registration_id>/refusal/", confirming.refusal, name="refuse_registration"),
    path("calendars/", calendars.calendars, name="calendars"),
    path("calendars/<uuid:organisation_id>/", calendars.school_years, name="school_years"),
    path("calendars/<uuid:organisation_id>/<int:first_year>/", calendars.school_year, name="school_year"),
    path("calendars/<uuid:organisation_id>/<int:first_year>/change/", calendars.change, name="change_calendar"),
    path("calendars/<uuid:organisation_id>/<int:first_year>/remove/", calendars.remove, name="remove_calendar"),
]
