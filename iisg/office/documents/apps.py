"""Files that the office keeps: what it made and what it was sent."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Documents with their versions and digests."""

    name = "iisg.office.documents"
    label = "documents"
