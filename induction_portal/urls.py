"""Every address of the portal."""

from django.urls import include, path

from cases.views import home

urlpatterns = [
    path("", home, name="home"),
    path("", include("cases.urls")),
    path("", include("assessments.urls")),
    path("messages/", include("notifications.urls")),
    path("accounts/", include("induction_portal.accounts.urls")),
]

handler403 = "induction_portal.pages.permission_denied"
