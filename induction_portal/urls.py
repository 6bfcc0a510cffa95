"""Every address of the portal."""

from django.urls import path  # noqa: F401

urlpatterns: list = []
