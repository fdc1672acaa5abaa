"""How every test of the house is set up: Django in test mode, and which tests ask a database or a browser."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import django
import pytest
import pytest_django
from django.core import serializers
from django.db import models
from hypothesis import HealthCheck, settings

os.environ["IISG_MODE"] = "test"
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"

_ASKS_THE_DATABASE = {"db", "transactional_db", "django_db_serialized_rollback", "live_server", "admin_user"}


def pytest_configure() -> None:
    """Load the apps before the first test module is read; a busy machine is no reason to fail."""
    settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.load_profile("house")
    django.setup()
    _let_tests_empty_the_log()
    _sign_with_a_key_of_this_run()


def _let_tests_empty_the_log() -> None:
    """A test that commits empties every table at its end; the log refuses that to everybody else."""
    from django.test import TransactionTestCase

    from iisg.foundations.audit import guards

    empty = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def teardown(case: TransactionTestCase) -> None:
        with guards.opened():
            empty(case)

    TransactionTestCase._fixture_teardown = teardown  # type: ignore[attr-defined]


def _sign_with_a_key_of_this_run() -> None:
    """The log's key of the developer's own database stays what it is."""
    from django.conf import settings as house

    house.LOG_KEY, house.LOG_KEY_FILE = "", Path(tempfile.mkdtemp(prefix="iisg-log-")) / "log-key"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what asks the database and what drives a browser, so that nobody has to remember it."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if item.get_closest_marker("django_db") or fixtures & _ASKS_THE_DATABASE:
            item.add_marker(pytest.mark.database)
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def rows_of_migrations(django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker) -> str:
    """What the migrations themselves put into our tables (pillars, statements of the Annex), as JSON."""
    from django.apps import apps

    def rows() -> Iterator[models.Model]:
        for model in apps.get_models():
            if model.__module__.startswith("iisg.") and model._meta.managed:
                yield from model._default_manager.order_by("pk")

    with django_db_blocker.unblock():
        return str(serializers.serialize("json", rows()))


@pytest.fixture(scope="session", autouse=True)
def _kept_before_the_first_flush(request: pytest.FixtureRequest) -> None:
    """A test that commits empties every table at its end, so what the migrations wrote is read before the first."""
    if any(item.get_closest_marker("database") for item in request.session.items):
        request.getfixturevalue("rows_of_migrations")


@pytest.fixture
def as_migrated(transactional_db: None, rows_of_migrations: str) -> None:
    """For a test that commits: the database as the migrations left it."""
    from django.db import transaction

    with transaction.atomic():
        for row in serializers.deserialize("json", rows_of_migrations):
            row.save()
