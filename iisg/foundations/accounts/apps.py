"""People, sign-in and the offices they hold."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People, sign-in and the offices they hold."""

    name = "iisg.foundations.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
