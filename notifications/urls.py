"""Addresses of the inbox and of how people are mailed, under /messages/."""

from django.urls import path

from .views import choosing, inbox, operating, undelivered

app_name = "notifications"

urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("open/", inbox.open_message, name="open"),
    path("outbox/", operating.outbox, name="outbox"),
    path("outbox/again/", operating.send_again, name="send_again"),
    path("outbox/aside/", operating.set_aside, name="set_aside"),
    path("all-read/", inbox.read_all, name="read_all"),
    path("settings/", choosing.settings, name="settings"),
    path("unsubscribe/<str:token>/", choosing.unsubscribe, name="unsubscribe"),
    path("undelivered/", undelivered.undelivered, name="undelivered"),
    path("undelivered/<uuid:undelivered_id>/", undelivered.settle, name="settle"),
]
