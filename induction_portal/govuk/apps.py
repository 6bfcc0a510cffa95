from django.apps import AppConfig


class GovukConfig(AppConfig):
    name = "induction_portal.govuk"
