"""Every address of the portal."""

from django.urls import path

from . import health

urlpatterns: list = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
