"""Addresses of cases."""

from django.urls import path

from .views import agreements, boards, calculator, calendars, cases, changes, policies, registrations, windows

app_name = "cases"

urlpatterns = [
    path("cases/", cases.cases, name="cases"),
    path("cases/<uuid:case_id>/", cases.case, name="case"),
    path("cases/<uuid:case_id>/access/", cases.access_register, name="access"),
    path("cases/<uuid:case_id>/history/", cases.history, name="history"),
    path("cases/<uuid:case_id>/service/", changes.service, name="service"),
    path("cases/<uuid:case_id>/service/agree/", agreements.agree_total, name="agree_total"),
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
    path("cases/<uuid:case_id>/report/", windows.report_on_one, name="report_on_one"),
    path("report/", windows.report, name="report"),
    path("report/given/", windows.report_given, name="report_given"),
    path("board/", boards.board, name="board"),
    path("board/chase/", boards.chase, name="chase"),
    path("board/chase/csv/", boards.chase_csv, name="chase_csv"),
    path("calculator/", calculator.timeline, name="calculator"),
    path("calculator/timetable/", calculator.timetable, name="calculate_timetable"),
    path("calculator/deadline/", calculator.deadline, name="calculate_deadline"),
    path("registrations/", registrations.registrations, name="registrations"),
    path("registrations/new/", registrations.new_registration, name="new_registration"),
    path("registrations/<uuid:registration_id>/", registrations.registration, name="registration"),
    path("registrations/<uuid:registration_id>/change/", registrations.change_registration, name="change_registration"),
    path("registrations/<uuid:registration_id>/withdrawal/", registrations.withdrawal, name="withdrawal"),
    path("settings/", policies.own_settings, name="settings"),
    path("settings/<uuid:tenant_id>/", policies.settings, name="settings_of"),
    path("settings/<uuid:body_id>/windows/", windows.windows, name="windows"),
    path("settings/<uuid:body_id>/windows/change/", windows.change_window, name="change_window"),
    path("settings/<uuid:tenant_id>/change/", policies.change_settings, name="change_settings"),
    path("settings/<uuid:tenant_id>/school/", policies.school_facts, name="school_facts"),
    path("settings/rows/<uuid:policy_id>/withdrawal/", policies.withdraw_settings, name="withdraw_settings"),
    path("calendars/", calendars.calendars, name="calendars"),
    path("calendars/<uuid:organisation_id>/", calendars.school_years, name="school_years"),
    path("calendars/<uuid:organisation_id>/<int:first_year>/", calendars.school_year, name="school_year"),
    path("calendars/<uuid:organisation_id>/<int:first_year>/change/", calendars.change, name="change_calendar"),
    path("calendars/<uuid:organisation_id>/<int:first_year>/remove/", calendars.remove, name="remove_calendar"),
]
