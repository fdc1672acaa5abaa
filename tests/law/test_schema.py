"""The migrations say what the models say, and Django's own checks are content."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    said = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=said)
    except SystemExit:
        pytest.fail(
            f"{said.getvalue()}\nCure: .venv/bin/iisg makemigrations, and give the migration a true name."
        )


def test_djangos_checks_are_content() -> None:
    said = StringIO()
    call_command("check", fail_level="WARNING", stdout=said, stderr=said)
