"""Addresses of cases."""

from django.urls import path

from .views import calculator, cases

app_name = "cases"

urlpatterns = [
    path("cases/", cases.cases, name="cases"),
    path("cases/<uuid:case_id>/", cases.case, name="case"),
    path("cases/<uuid:case_id>/access/", cases.access_register, name="access"),
    path("cases/<uuid:case_id>/history/", cases.history, name="history"),
    path("report/", cases.report, name="report"),
    path("calculator/", calculator.timeline, name="calculator"),
    path("calculator/timetable/", calculator.timetable, name="calculate_timetable"),
    path("calculator/deadline/", calculator.deadline, name="calculate_deadline"),
]
