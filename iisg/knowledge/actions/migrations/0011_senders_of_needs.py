"""A file of needs alone is its sender's, also one that was taken in before the house said so (ADR 11)."""

from django.db import migrations
from django.db.models import F


def name_senders(apps, schema_editor):
    """Who sent a file of needs in is whose needs it holds."""
    files = apps.get_model("actions", "Import").objects.filter(subject="needs", publisher=None)
    files.exclude(reporter=None).update(publisher=F("reporter"))


class Migration(migrations.Migration):

    dependencies = [
        ("actions", "0010_absences_of_needs"),
    ]

    operations = [
        migrations.RunPython(name_senders, migrations.RunPython.noop),
    ]
