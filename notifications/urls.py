"""Addresses of the inbox, under /messages/."""

from django.urls import path

from . import operating_views, views

app_name = "notifications"

urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("open/", views.open_message, name="open"),
    path("outbox/", operating_views.outbox, name="outbox"),
    path("outbox/again/", operating_views.send_again, name="send_again"),
    path("outbox/aside/", operating_views.set_aside, name="set_aside"),
    path("all-read/", views.read_all, name="read_all"),
]
