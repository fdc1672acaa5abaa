"""The database itself refuses to change or delete what is in the log; a narrow opening is for migrations and tests."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from weakref import WeakKeyDictionary

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

EVENT, HEAD, CHECKPOINT, KEY = "audit_event", "audit_head", "audit_checkpoint", "audit_logkey"
TABLES = (EVENT, HEAD, CHECKPOINT, KEY)
FORGETTABLE = ("by", "facts", "salts")
REFUSAL = "the log is only appended to"
_FIXED = ("id", "number", "name", "on", "at", "sealed", "leaf", "previous", "digest")


def install(connection: BaseDatabaseWrapper) -> None:
    """Make the triggers that are missing."""
    with connection.cursor() as cursor:
        for statement in _SQL.get(connection.vendor, list)():
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away."""
    with connection.cursor() as cursor:
        for table, name in _names(connection.vendor):
            on = f' ON "{table}"' if connection.vendor == "postgresql" else ""
            cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"{on}')


@contextmanager
def opened(using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """For tests that tamper with the log or empty its tables: no guard within, all of them again at the end."""
    connection = connections[using]
    warden = warden_of(connection)
    with transaction.atomic(using):
        before, warden.open = warden.open, True
        try:
            remove(connection)
            yield
            install(connection)
        finally:
            warden.open = before


class Warden:
    """SQLite's authorizer on one connection: asked about each statement before it runs."""

    def __init__(self) -> None:
        self.open = False

    def __call__(
        self, action: int, one: str | None, two: str | None, database: str | None, source: str | None
    ) -> int:
        return sqlite3.SQLITE_OK if self.open or not _forbidden(action, one, two) else sqlite3.SQLITE_DENY


_wardens: WeakKeyDictionary[BaseDatabaseWrapper, Warden] = WeakKeyDictionary()
_ON_TABLES = {
    sqlite3.SQLITE_DELETE,
    sqlite3.SQLITE_DROP_TABLE,
    sqlite3.SQLITE_CREATE_TEMP_TABLE,
    sqlite3.SQLITE_CREATE_TEMP_VIEW,
}
_ON_PARTS = {
    sqlite3.SQLITE_DROP_TRIGGER,
    sqlite3.SQLITE_DROP_INDEX,
    sqlite3.SQLITE_ALTER_TABLE,
    sqlite3.SQLITE_CREATE_TRIGGER,
    sqlite3.SQLITE_CREATE_TEMP_TRIGGER,
}
_PRAGMAS = ("recursive_triggers", "writable_schema", "trusted_schema")


def _forbidden(action: int, one: str | None, two: str | None) -> bool:
    """Whether a statement would take something from the log, its guards or its name."""
    if action == sqlite3.SQLITE_UPDATE:
        return (one in (CHECKPOINT, KEY)) or (one == EVENT and two not in FORGETTABLE)
    if action in _ON_TABLES:
        return one in TABLES
    if action in _ON_PARTS:
        return two in TABLES
    if action == sqlite3.SQLITE_PRAGMA:
        return one in _PRAGMAS and two is not None
    return action == sqlite3.SQLITE_ATTACH and bool(one)


def warden_of(connection: BaseDatabaseWrapper) -> Warden:
    """The one that watches this connection."""
    return _wardens.setdefault(connection, Warden())


def watch(sender: Any, connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """A new connection to SQLite gets its authorizer; REPLACE fires the triggers of DELETE."""
    if connection.vendor == "sqlite":
        connection.connection.execute("PRAGMA recursive_triggers=ON")
        connection.connection.set_authorizer(warden_of(connection))


def before_migrations(sender: Any, using: str, **kwargs: Any) -> None:
    """Migrations may alter the tables of the log; the triggers stand meanwhile."""
    warden_of(connections[using]).open = True


def after_migrations(sender: Any, using: str, **kwargs: Any) -> None:
    """Whatever the migrations did, the guards stand again."""
    connection, warden = connections[using], warden_of(connections[using])
    if EVENT in connection.introspection.table_names():
        warden.open = True
        install(connection)
    warden.open = False


def _names(vendor: str) -> list[tuple[str, str]]:
    """Each trigger with its table."""
    verbs = ("update", "delete", "truncate") if vendor == "postgresql" else ("update", "delete")
    return [(table, f"{table}_no_{verb}") for table in TABLES for verb in verbs]


def _differs(*columns: str) -> str:
    return " OR ".join(f'NEW."{column}" IS DISTINCT FROM OLD."{column}"' for column in columns)


_UNFORGETTING = """
  OR (NEW."by" <> OLD."by" AND NEW."by" <> '')
  OR (NEW."by" <> OLD."by" AND {has_by})
  OR EXISTS (SELECT 1 FROM {each_new_fact} n WHERE NOT EXISTS (
       SELECT 1 FROM {each_old_fact} o WHERE o.key = n.key AND ({same} OR ({null} AND NOT {has_fact}))))
  OR EXISTS (SELECT 1 FROM {each_old_fact} o WHERE NOT EXISTS (SELECT 1 FROM {each_new_fact} n WHERE n.key = o.key))
  OR EXISTS (SELECT 1 FROM {each_new_salt} n WHERE NOT EXISTS (
       SELECT 1 FROM {each_old_salt} o WHERE o.key = n.key AND {same}))
"""
"""What an UPDATE of an event may do is to forget: a value becomes empty and its salt goes; all else is refused."""


def _sqlite() -> list[str]:
    fixed = _differs(*_FIXED).replace("IS DISTINCT FROM", "IS NOT")
    forgetting = _UNFORGETTING.format(
        has_by="EXISTS (SELECT 1 FROM json_each(NEW.salts) s WHERE s.key = 'by')",
        has_fact="EXISTS (SELECT 1 FROM json_each(NEW.salts) s WHERE s.key = 'facts.' || n.key)",
        each_new_fact="json_each(NEW.facts)",
        each_old_fact="json_each(OLD.facts)",
        each_new_salt="json_each(NEW.salts)",
        each_old_salt="json_each(OLD.salts)",
        same="(n.type IS o.type AND n.value IS o.value)",
        null="n.type = 'null'",
    )
    allowed = {EVENT: f"WHEN {fixed} {forgetting}", HEAD: "WHEN NEW.number < OLD.number OR NEW.id <> OLD.id"}
    return [
        f'CREATE TRIGGER IF NOT EXISTS "{table}_no_{verb}" BEFORE {verb.upper()} ON "{table}" '
        f"{allowed.get(table, '') if verb == 'update' else ''} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        for table in TABLES
        for verb in ("update", "delete")
    ]


def _postgresql() -> list[str]:
    forgetting = _UNFORGETTING.format(
        has_by="NEW.salts ? 'by'",
        has_fact="NEW.salts ? ('facts.' || n.key)",
        each_new_fact="jsonb_each(NEW.facts)",
        each_old_fact="jsonb_each(OLD.facts)",
        each_new_salt="jsonb_each(NEW.salts)",
        each_old_salt="jsonb_each(OLD.salts)",
        same="n.value = o.value",
        null="n.value = 'null'::jsonb",
    )
    allowed = {
        EVENT: f"{_differs(*_FIXED)} {forgetting}",
        HEAD: "NEW.number < OLD.number OR NEW.id <> OLD.id",
    }
    statements = []
    for table in TABLES:
        statements.append(
            f"CREATE OR REPLACE FUNCTION {table}_keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF TG_OP = 'UPDATE' THEN IF NOT ({allowed.get(table, 'true')}) THEN RETURN NEW; END IF; END IF; "
            f"RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
        statements += [
            f'CREATE OR REPLACE TRIGGER "{table}_no_{verb}" BEFORE {verb.upper()} ON "{table}" '
            f"FOR EACH {'STATEMENT' if verb == 'truncate' else 'ROW'} EXECUTE FUNCTION {table}_keep()"
            for verb in ("update", "delete", "truncate")
        ]
    return statements


_SQL = {"sqlite": _sqlite, "postgresql": _postgresql}
