"""What the database itself refuses, and the one change that it lets pass: forgetting."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from iisg.foundations.access.actors import CONSOLE, HOUSE
from iisg.foundations.audit import guards
from iisg.foundations.audit.checkpoints import checkpoint
from iisg.foundations.audit.models import Checkpoint, Event, Remainder
from iisg.foundations.audit.operations import forget
from iisg.foundations.audit.trail import first_broken, record

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
COMMON = [
    "UPDATE audit_event SET name = 'x' WHERE number = 1",
    "UPDATE audit_event SET number = 77 WHERE number = 1",
    "UPDATE audit_event SET \"on\" = 'somebody else' WHERE number = 2",
    "UPDATE audit_event SET at = '2020-01-01 00:00:00+00:00'",
    "UPDATE audit_event SET seed = '00000000000000000000000000000000'",
    "UPDATE audit_event SET leaf = digest, digest = leaf",
    'UPDATE audit_event SET facts = \'{"sum": "2", "who": null, "text": null}\', seed = \'\'',
    "UPDATE audit_event SET \"by\" = 'another' WHERE number = 1",
    "UPDATE audit_event SET \"by\" = ''",
    'UPDATE audit_event SET facts = \'{"sum": "9"}\' WHERE number = 1',
    "UPDATE audit_event SET facts = '{}' WHERE number = 1",
    'UPDATE audit_event SET facts = \'{"sum": null, "who": "b"}\' WHERE number = 1',
    'UPDATE audit_remainder SET salts = \'{"by": "00000000000000000000000000000000"}\'',
    "UPDATE audit_remainder SET sealed = '{}'",
    "DELETE FROM audit_remainder",
    "UPDATE audit_event SET id = id + 100",
    "DELETE FROM audit_event WHERE number = 3",
    "DELETE FROM audit_event",
    "UPDATE audit_checkpoint SET size = 1",
    "UPDATE audit_checkpoint SET note = 'x', root = 'y'",
    "DELETE FROM audit_checkpoint",
    "UPDATE audit_logkey SET written = 'x'",
    "DELETE FROM audit_logkey",
    "UPDATE audit_head SET number = 1",
    "DELETE FROM audit_head",
    (
        'INSERT INTO audit_event (number, name, "by", "on", at, facts, seed, leaf, digest) SELECT number, '
        'name, "by", "on", at, facts, seed, leaf, digest FROM audit_event WHERE number = 1 '
        "ON CONFLICT (number) DO UPDATE SET name = 'x'"
    ),
]
SQLITE = [
    "REPLACE INTO audit_event SELECT * FROM audit_event WHERE number = 1",
    "INSERT OR REPLACE INTO audit_checkpoint SELECT * FROM audit_checkpoint",
    "UPDATE OR IGNORE audit_event SET name = 'x'",
    "UPDATE OR REPLACE audit_event SET number = 2 WHERE number = 1",
    "DROP TABLE audit_event",
    "DROP TRIGGER audit_event_no_update",
    "DROP TRIGGER audit_checkpoint_no_delete",
    "ALTER TABLE audit_event RENAME TO audit_old",
    "ALTER TABLE audit_event DROP COLUMN seed",
    "ALTER TABLE audit_checkpoint ADD COLUMN more text",
    "CREATE TEMP TABLE audit_event (number integer)",
    "CREATE TEMP VIEW audit_event AS SELECT 1 AS number",
    "CREATE TRIGGER mine AFTER INSERT ON audit_event BEGIN SELECT 1; END",
    "CREATE TEMP TRIGGER mine BEFORE UPDATE ON audit_event BEGIN SELECT RAISE(IGNORE); END",
    "PRAGMA recursive_triggers = OFF",
    "PRAGMA writable_schema = ON",
    "DELETE FROM sqlite_master WHERE name = 'audit_event_no_delete'",
    "ATTACH 'elsewhere.sqlite3' AS elsewhere",
]
POSTGRESQL = [
    "TRUNCATE audit_event",
    "TRUNCATE audit_event, audit_checkpoint, audit_head CASCADE",
    "TRUNCATE audit_checkpoint RESTART IDENTITY",
    "TRUNCATE audit_logkey",
    "DELETE FROM audit_event USING audit_head WHERE audit_event.number = audit_head.number",
    "UPDATE audit_event SET name = 'x' FROM audit_head WHERE audit_event.number = audit_head.number",
    "WITH gone AS (DELETE FROM audit_event RETURNING *) SELECT count(*) FROM gone",
    "MERGE INTO audit_event e USING audit_head h ON e.number = h.number WHEN MATCHED THEN DELETE",
    "MERGE INTO audit_event e USING audit_head h ON e.number = h.number WHEN MATCHED THEN UPDATE SET name = 'x'",
]
FORBIDDEN = COMMON + {"sqlite": SQLITE, "postgresql": POSTGRESQL}[connection.vendor]


def a_log() -> None:
    with transaction.atomic():
        for number in range(3):
            record("test.thing_done", by=HOUSE, on=f"thing:{number}", at=AT, sum="1", who="b", text=None)
        forget(Event.objects.filter(number=3), ["facts.who"], by=CONSOLE, at=AT)
        checkpoint(by=HOUSE, at=AT)


@pytest.mark.django_db
@pytest.mark.parametrize("statement", FORBIDDEN)
def test_what_would_change_the_log_is_refused(statement: str) -> None:
    a_log()
    before = list(Event.objects.values()), list(Remainder.objects.values()), list(Checkpoint.objects.values())
    with pytest.raises(DatabaseError) as refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    words = (guards.REFUSAL, "not authorized", "prohibited", "may not be modified", "too many attached")
    assert any(each in str(refusal.value) for each in words), refusal.value
    assert (
        list(Event.objects.values()),
        list(Remainder.objects.values()),
        list(Checkpoint.objects.values()),
    ) == before
    assert first_broken() is None


def test_there_are_at_least_twenty_on_each_database() -> None:
    assert len(COMMON) >= 20


@pytest.mark.django_db
def test_forgetting_passes_and_nothing_comes_back() -> None:
    a_log()
    event = Event.objects.get(number=2)
    forget([event], ["by", "facts.who"], by=CONSOLE, at=AT)
    event.refresh_from_db()
    assert (event.by, event.facts) == ("", {"sum": "1", "who": None, "text": None})
    assert Event.objects.get(number=2).salts().keys() == {"facts.sum", "facts.text"}
    assert first_broken() is None
    event.facts["who"] = "b"
    with pytest.raises(DatabaseError, match=guards.REFUSAL), transaction.atomic():
        event.save(update_fields=["facts"])


@pytest.mark.django_db
def test_one_value_after_the_other_is_forgotten() -> None:
    a_log()
    for name in ("facts.sum", "facts.text", "by"):
        forget(Event.objects.filter(number=3), [name], by=CONSOLE, at=AT)
        assert first_broken() is None
    event = Event.objects.get(number=3)
    assert (event.by, set(event.facts.values()), event.salts()) == ("", {None}, {})


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="roles are PostgreSQL's")
def test_a_role_with_the_grants_of_the_handbook_can_work_and_cannot_tamper() -> None:
    page = (settings.ROOT / "docs" / "how-to" / "keep-the-log.md").read_text(encoding="utf-8")
    a_log()
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE iisg_app")
        cursor.execute(page.split("```sql")[1].split("```")[0])
        cursor.execute("SET LOCAL ROLE iisg_app")
        a_log()
        forget(Event.objects.filter(number=1), ["by"], by=CONSOLE, at=AT)
        forget(Event.objects.filter(number=1), ["facts.sum"], by=CONSOLE, at=AT)
        assert first_broken() is None
        for statement in (
            *FORBIDDEN,
            "ALTER TABLE audit_event DISABLE TRIGGER ALL",
            "DROP TRIGGER audit_event_no_update ON audit_event",
            "DROP FUNCTION audit_event_keep() CASCADE",
            "DROP TABLE audit_event",
            "SET session_replication_role = replica",
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                cursor.execute(statement)
        cursor.execute("RESET ROLE")


@pytest.mark.django_db
def test_the_opening_is_narrow() -> None:
    a_log()
    with guards.opened():
        Event.objects.filter(number=3).update(name="x")
    with pytest.raises(DatabaseError), transaction.atomic():
        Event.objects.filter(number=3).update(name="y")
    with pytest.raises(ZeroDivisionError), guards.opened():
        raise ZeroDivisionError
    with pytest.raises(DatabaseError), transaction.atomic():
        Event.objects.filter(number=3).delete()


@pytest.mark.django_db(transaction=True)
def test_a_new_connection_is_guarded_and_the_tables_can_be_emptied_by_tests(tmp_path: Any) -> None:
    a_log()
    if (
        connection.vendor == "postgresql"
    ):  # the shared memory of the SQLite test database dies with its connection
        connection.close()
    with pytest.raises(DatabaseError):
        Event.objects.all().delete()
    assert Event.objects.count() == 5
