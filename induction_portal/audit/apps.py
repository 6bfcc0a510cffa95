from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "induction_portal.audit"
