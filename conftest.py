"""How every test of the house is set up: Django in test mode, and which tests ask a database or a browser."""

from __future__ import annotations

import os

import django
import pytest
from hypothesis import HealthCheck, settings

os.environ["IISG_MODE"] = "test"
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"

_ASKS_THE_DATABASE = {"db", "transactional_db", "django_db_serialized_rollback", "live_server", "admin_user"}


def pytest_configure() -> None:
    """Load the apps before the first test module is read; a busy machine is no reason to fail."""
    settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.load_profile("house")
    django.setup()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what asks the database and what drives a browser, so that nobody has to remember it."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if item.get_closest_marker("django_db") or fixtures & _ASKS_THE_DATABASE:
            item.add_marker(pytest.mark.database)
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)
