"""The three pillars of the methodology; they are rows so that records can refer to them."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def make(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """WBCTi, WBCSCi, WBBSi in the methodology's order."""
    pillar = apps.get_model("pillars", "Pillar")
    for order, code in enumerate(("WBCTi", "WBCSCi", "WBBSi")):
        pillar.objects.get_or_create(code=code, defaults={"order": order})


class Migration(migrations.Migration):
    """Data only; going back leaves them."""

    dependencies = [("pillars", "0001_initial")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
