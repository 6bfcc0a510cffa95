from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "induction_portal.accounts"
