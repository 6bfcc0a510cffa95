"""Addresses of cases."""

from django.urls import path

from .views import agreements, calendars, cases, changes, confirming, own_access, policies, registrations, responsible

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
    path("cases/<uuid:case_id>/service/", changes.service, name="service"),
    path("cases/<uuid:case_id>/service/agree/", agreements.agree_total, name="agree_total"),
    path("cases/<uuid:case_id>/own-access/", own_access.own_access, name="own_access"),
    path("cases/<uuid:case_id>/own-access/again/", own_access.resend_to_ect, name="resend_to_ect"),
    path("cases/<uuid:case_id>/own-access/withdrawal/", own_access.withdraw_from_ect, name="withdraw_from_ect"),
    path("cases/<uuid:case_id>/name/", changes.rename, name="rename"),
    path("cases/<uuid:case_id>/identity/", changes.correct_teacher, name="correct_teacher"),
    path("placements/<uuid:placement_id>/pattern/", changes.change_pattern, name="change_pattern"),
    path("placements/<uuid:placement_id>/contract/", changes.change_contract, name="change_contract"),
    path("placements/<uuid:placement_id>/appoint/", changes.appoint, name="appoint"),
    path("placements/<uuid:placement_id>/end/", changes.end_placement, name="end_placement"),
    path("patterns/<uuid:pattern_id>/", changes.correct_pattern, name="correct_pattern"),
    path("patterns/<uuid:pattern_id>/agree/", agreements.agree_pattern, name="agree_pattern"),
    path("appointments/<uuid:appointment_id>/end/", changes.end_appointment, name="end_appointment"),
    path("queries/<uuid:agreement_id>/", agreements.answer_query, name="answer_query"),
    path("report/", cases.report, name="report"),
    path("registrations/", registrations.registrations, name="registrations"),
    path("registrations/new/", registrations.new_registration, name="new_registration"),
    path("registrations/<uuid:registration_id>/", registrations.registration, name="registration"),
    path("registrations/<uuid:registration_id>/change/", registrations.change_registration, name="change_registration"),
    path("registrations/<uuid:registration_id>/withdrawal/", registrations.withdrawal, name="withdrawal"),
    path("registrations/<uuid:registration_id>/confirmation/", confirming.confirm, name="confirm_registration"),
    path("registrations/<uuid:registration_id>/return/", confirming.returning, name="return_registration"),
    path("registrations/<uuid:registration_id>/refusal/", confirming.refusal, name="refuse_registration"),
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
