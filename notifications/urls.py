"""Addresses of the inbox, under /messages/."""

from django.urls import path

from . import views

app_name = "notifications"

urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("open/", views.open_message, name="open"),
    path("all-read/", views.read_all, name="read_all"),
]
