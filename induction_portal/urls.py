"""Every address of the portal."""

from django.urls import include, path

urlpatterns: list = [
    path("messages/", include("notifications.urls")),
]
