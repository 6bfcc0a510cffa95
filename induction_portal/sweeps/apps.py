from django.apps import AppConfig


class SweepsConfig(AppConfig):
    name = "induction_portal.sweeps"
