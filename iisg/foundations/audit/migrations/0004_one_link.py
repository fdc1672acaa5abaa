"""The digest of the event before is the one before; it need not stand in every event twice."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_carried_over")]

    operations = [migrations.RemoveField(model_name="event", name="previous")]
