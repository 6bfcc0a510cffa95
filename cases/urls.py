"""Addresses of cases."""

from django.urls import path

from .views import calendars, cases, policies

app_name = "cases"

urlpatterns = [
    path("cases/", cases.cases, name="cases"),
    path("cases/<uuid:case_id>/", cases.case, name="case"),
    path("cases/<uuid:case_id>/access/", cases.access_register, name="access"),
    path("cases/<uuid:case_id>/history/", cases.history, name="history"),
    path("report/", cases.report, name="report"),
    path("settings/", policies.own_settings, name="settings"),
    path("settings/<uuid:tenant_id>/", policies.settings, name="settings_of"),
    path("settings/<uuid:tenant_id>/change/", policies.change_settings, name="change_settings"),
    path("settings/<uuid:tenant_id>/school/", policies.school_facts, name="school_facts"),
    path("settings/rows/<uuid:policy_id>/withdrawal/", policies.withdraw_settings, name="withdraw_settings"),
    path("calendars/", calendars.calendars, name="calendars"),
    path("calendars/<uuid:organisation_id>/", calendars.school_years, name="school_years"),
    path("calendars/<uuid:organisation_id>/<int:first_year>/", calendars.school_year, name="school_year"),
    path("calendars/<uuid:organisation_id>/<int:first_year>/change/", calendars.change, name="change_calendar"),
    path("calendars/<uuid:organisation_id>/<int:first_year>/remove/", calendars.remove, name="remove_calendar"),
]
