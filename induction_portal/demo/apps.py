from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "induction_portal.demo"
