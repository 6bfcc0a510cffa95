"""Every address of the portal."""

from django.conf import settings
from django.urls import include, path

from cases.views.cases import home

from . import health

urlpatterns = [
    path("", home, name="home"),
    path("", include("cases.urls")),
    path("", include("support_plans.urls")),
    path("", include("assessments.urls")),
    path("", include("induction_portal.documents.urls")),
    path("", include("induction_portal.operations.urls")),
    path("messages/", include("notifications.urls")),
    path("", include("induction_portal.accounts.urls")),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]

if settings.DEMO:
    urlpatterns.append(path("components/", include("induction_portal.govuk.urls")))

handler403 = "induction_portal.pages.permission_denied"
handler500 = "induction_portal.outage.server_error"
