from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "induction_portal.documents"
