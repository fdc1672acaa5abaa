"""The queue in our own database: a job commits with the deed."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """The queue in our own database: a job commits with the deed."""

    name = "iisg.foundations.jobs"
    label = "jobs"
    default_auto_field = "django.db.models.BigAutoField"
