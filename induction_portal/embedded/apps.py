from django.apps import AppConfig


class EmbeddedConfig(AppConfig):
    name = "induction_portal.embedded"
