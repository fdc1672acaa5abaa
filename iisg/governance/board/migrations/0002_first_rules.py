"""The first version of the settings: the defaults of the house, since the rules of procedure are not public."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any

from django.db import migrations


def enter_first_rules(apps: Any, schema_editor: Any) -> None:
    """Ten working days, five if urgent, never under 72 hours, ending at 17:00; four kinds of paper."""
    apps.get_model("board", "RuleSet").objects.create(
        version=1,
        working_days=10,
        urgent_days=5,
        least_hours=72,
        ends_at=time(17, 0),
        breaks_at_once=True,
        subjects=["membership", "methodology", "minutes", "report"],
        note="Defaults of the house. The Board's rules of procedure are not public; set the real ones here.",
        set_at=datetime(2026, 11, 25, tzinfo=UTC),
        set_by_label="the house",
    )


class Migration(migrations.Migration):
    """Data only."""

    dependencies = [("board", "0001_initial")]  # noqa: RUF012

    operations = [migrations.RunPython(enter_first_rules, migrations.RunPython.noop)]  # noqa: RUF012
