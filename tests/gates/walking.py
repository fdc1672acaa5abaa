"""Knocks at every address of the house as every reader and by every method, and notes what answers."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from http.cookies import SimpleCookie
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from zipfile import ZipFile

import pypdfium2 as pdfium
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client, RequestFactory
from django.test.client import ClientHandler
from django.urls import URLPattern, URLResolver, get_resolver

from iisg.foundations.accounts.models import User
from iisg.knowledge.cycles.models import Cycle
from tests.gates.board import board_places
from tests.gates.cases import case_places
from tests.gates.correspondence import applicant_places, letter_places
from tests.gates.gatherings import meeting_places
from tests.gates.members import member_places
from tests.gates.world import PASSWORD, READERS, World

TABLE = Path(__file__).with_name("access.csv")
RARE = ("HEAD", "OPTIONS", "PUT", "DELETE")
Place = tuple[str, str, str]
"""An address pattern, the record it is tried with in words, and the path to knock at."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one knock brought: the outcome in a word, and all that was said."""

    address: str
    record: str
    method: str
    reader: str
    path: str
    status: int
    outcome: str
    headers: dict[str, str]
    body: str

    def __str__(self) -> str:
        return f"{self.method} {self.path} as {self.reader}: {self.status} {self.outcome}"


def addresses(patterns: Sequence[Any] | None = None, prefix: str = "") -> Iterator[str]:
    """Every address pattern of the house, the libraries' included, as the table writes it."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, address)
        elif isinstance(pattern, URLPattern):
            yield "/" + address


def places(world: World) -> list[Place]:
    """Each address with real records; an address that needs a record and has none here is told with its cure."""
    known: dict[str, list[tuple[str, str]]] = {
        "/projects/<path:ref>/": [
            ("published action", f"/projects/{world.published.ref}/"),
            ("unpublished action", f"/projects/{world.unpublished.ref}/"),
        ],
        "/open-data/projects.<slug:form>": [
            (form, f"/open-data/projects.{form}") for form in ("csv", "xlsx", "json", "iati", "exe")
        ],
        "/organisations/<slug:ref>/": [
            ("confirmed body", "/organisations/albania/"),
            ("body of an unpublished action", f"/organisations/{world.named_in_secret.ref}/"),
        ],
        "/organisations/<slug:ref>/confirm/": [
            ("body of an unpublished action", f"/organisations/{world.named_in_secret.ref}/confirm/")
        ],
        **_need_places(world),
        "/search/": [("", "/search/?q=canary")],
        "/find-need/": [("unpublished action", f"/find-need/?action={world.unpublished.ref}&q=canary")],
        "/actions/<path:ref>/": [
            ("published action", f"/actions/{world.published.ref}/"),
            ("unpublished action", f"/actions/{world.unpublished.ref}/"),
        ],
        "/judge/": [
            ("need and action", f"/judge/?need={world.need.ref}&action={world.unpublished.ref}"),
            ("nothing named", "/judge/"),
        ],
        "/judge/take-back/<int:pk>/": [("standing judgement", f"/judge/take-back/{world.response.pk}/")],
        "/judge/follow-up/<int:pk>/": [("standing judgement", f"/judge/follow-up/{world.response.pk}/")],
        **_money_places(world),
        **_import_places(world),
        **_export_places(world),
        **{
            f"/actions/<path:ref>/{deed}/": [
                ("unpublished action", f"/actions/{world.unpublished.ref}/{deed}/")
            ]
            for deed in ("absence", "change", "confirm")
        },
        **_relation_places(world),
        **_round_places(),
        **letter_places(world.letter, world.draft_letter),
        **(case_places(world.cases) | applicant_places() | member_places(world)),
        **(meeting_places(world.gatherings) | board_places(world.board)),
        **_library_places(world),
    }
    found: list[Place] = []
    for address in addresses():
        if address not in known and re.search(r"[<(^]", address):
            raise AssertionError(
                f"{address} needs a record. Cure: name one in {__name__}.places, then write the table anew."
            )
        found += [(address, *tried) for tried in known.get(address, [("", address)])]
    return found


def _money_places(world: World) -> dict[str, list[tuple[str, str]]]:
    """Addresses of figures and of the reports of a flow."""
    net = "?measure=committed&line=net"
    return {
        "/money/figure/": [("net", f"/money/figure/{net}"), ("nothing named", "/money/figure/")],
        "/export/money-figure/": [
            ("net", f"/export/money-figure/{net}"),
            ("nothing named", "/export/money-figure/"),
        ],
        "/money/reports/<int:pk>/choose/": [("a flow", f"/money/reports/{world.flow.pk}/choose/")],
        "/money/reports/<int:pk>/untie/": [("a flow", f"/money/reports/{world.flow.pk}/untie/")],
    }


def _import_places(world: World) -> dict[str, list[tuple[str, str]]]:
    """Addresses of the files that came in: one of the readers' own body, one of another."""
    imports = [
        ("own body's file", f"/imports/{world.own_file.pk}/"),
        ("another body's file", f"/imports/{world.other_file.pk}/"),
    ]
    pages = (
        "", "columns/", "names/", "missing/", "conflicts/", "apply/", "discard/", "twins/", "copy/",
        "version/", "elsewhere/", "take-back/", "again/",
    )  # fmt: skip
    return {
        f"/imports/<int:pk>/{page}": [(whose, address + page) for whose, address in imports] for page in pages
    }


def _need_places(world: World) -> dict[str, list[tuple[str, str]]]:
    """Addresses of needs."""
    return {
        "/needs/<path:ref>/": [
            ("need", f"/needs/{world.need.ref}/"),
            ("draft of another partner", f"/needs/{world.draft.ref}/"),
        ],
        **{
            f"/needs/<path:ref>/{deed}/": [
                ("need", f"/needs/{world.need.ref}/{deed}/"),
                ("draft of another partner", f"/needs/{world.draft.ref}/{deed}/"),
            ]
            for deed in ("absence", "change", "confirm")
        },
        "/needs/<path:ref>/find/": [("need", f"/needs/{world.need.ref}/find/?q=canary")],
    }


def _export_places(world: World) -> dict[str, list[tuple[str, str]]]:
    """Addresses of large files: one written for the Secretariat, one for another person."""
    return {
        f"/export/<int:pk>/{deed}": [
            ("written for the Secretariat", f"/export/{world.written.pk}/{deed}"),
            ("written for somebody else", f"/export/{world.others_written.pk}/{deed}"),
        ]
        for deed in ("", "take/")
    }


def _round_places() -> dict[str, list[tuple[str, str]]]:
    """Addresses of the round and of one member in it, which is not the members' own Albania."""
    ref = Cycle.objects.get().ref
    return {
        "/close-round/<slug:ref>/": [("round", f"/close-round/{ref}/")],
        "/rounds/<slug:ref>/": [("round", f"/rounds/{ref}/")],
        "/rounds/<slug:ref>/<slug:member>/": [("another member", f"/rounds/{ref}/montenegro/")],
        **{
            f"/rounds/<slug:ref>/<slug:member>/{deed}/": [
                ("another member", f"/rounds/{ref}/montenegro/{deed}/")
            ]
            for deed in ("note", "say", "take-back")
        },
    }


def _relation_places(world: World) -> dict[str, list[tuple[str, str]]]:
    """Addresses of relations between actions and of an action's reports."""
    relation = world.unpublished.relations_out.get()
    return {
        "/actions/<path:ref>/reports/": [("published action", f"/actions/{world.published.ref}/reports/")],
        "/actions/<path:ref>/relate/": [
            ("published action", f"/actions/{world.published.ref}/relate/?q=canary")
        ],
        "/relations/state/": [
            ("two actions", f"/relations/state/?left={world.published.ref}&right={world.unpublished.ref}"),
            ("nothing named", "/relations/state/"),
        ],
        **{
            f"/relations/<int:pk>/{page}": [("confirmed relation", f"/relations/{relation.pk}/{page}")]
            for page in ("", "decide/", "reverse/")
        },
    }


def _library_places(world: World) -> dict[str, list[tuple[str, str]]]:
    """Addresses of the sign-in library with another person's confirmation, reset and key."""
    keys = f"/accounts/2fa/webauthn/keys/{world.others_key.pk}/"
    return {
        "/accounts/^confirm-email/(?P<key>[-:\\w]+)/$": [
            ("another person's confirmation", f"/accounts/confirm-email/{world.confirmation}/")
        ],
        "/accounts/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": [
            ("another person's reset", f"/accounts/password/reset/key/{world.reset}/")
        ],
        "/accounts/2fa/webauthn/keys/<int:pk>/remove/": [("another person's key", keys + "remove/")],
        "/accounts/2fa/webauthn/keys/<int:pk>/edit/": [("another person's key", keys + "edit/")],
    }


class Browser(RequestFactory):
    """Sends a request and hands back the answer as it would go over the wire; a fault of the house is one too.

    Django's own client keeps a copy of every template's context beside, which takes longer than the answer.
    """

    def __init__(self) -> None:
        super().__init__()
        self.handler = ClientHandler(enforce_csrf_checks=False)

    def generic(self, *args: Any, **request: Any) -> Any:
        """Make the request, then send it."""
        return self.handler(super().generic(*args, **request).environ)


class Visitor:
    """A reader's browser: signed in by the form, the password said again as the second factor's pages ask for it."""

    def __init__(self, reader: str, person: User | None) -> None:
        self.reader = reader
        self._browser = Browser()
        self._cookies = ""
        if person is not None:
            entering = Client()
            for address in ("/accounts/login/", "/accounts/reauthenticate/"):
                answer = entering.post(address, {"login": person.email, "password": PASSWORD})
                assert answer.headers.get("Location") == "/desk/", f"{reader} could not sign in at {address}"
            self._cookies = entering.cookies.output(header="", sep=";")

    def knock(self, place: Place, method: str = "GET", **headers: str) -> Answer:
        """One request with nothing in it; what it changed is undone, so that the next one finds the same house."""
        address, record, path = place
        self._browser.cookies = SimpleCookie(self._cookies)
        cache.clear()
        with transaction.atomic():
            response = self._browser.generic(method, path, headers=headers)
            transaction.set_rollback(True)
        body = said_by(response)
        headers = dict(response.headers.items())
        outcome = outcome_of(response.status_code, headers.get("Location", ""))
        return Answer(
            address, record, method, self.reader, path, response.status_code, outcome, headers, body
        )

    def forge(self, place: Place) -> Answer:
        """A form that another site sends with the reader's session but without our token."""
        self._browser.handler.enforce_csrf_checks = True
        try:
            return self.knock(place, "POST")
        finally:
            self._browser.handler.enforce_csrf_checks = False


def said_by(response: Any) -> str:
    """All words of an answer; those inside a workbook or a PDF of the house too."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if content.startswith(b"%PDF") and b"/Page" in content:
        return "\n".join(
            page.get_textpage().get_text_range() for page in pdfium.PdfDocument(BytesIO(content))
        )
    if content.startswith(b"PK"):
        with ZipFile(BytesIO(content)) as parts:
            content = b"\n".join(parts.read(name) for name in sorted(parts.namelist()))
    return content.decode(errors="replace")


def outcome_of(status: int, location: str) -> str:
    """The class of an answer, in the words of the table."""
    if status in (301, 302, 303, 307, 308):
        if location.startswith("/accounts/login/"):
            return "sign-in"
        return "sign-in again" if location.startswith("/accounts/reauthenticate/") else "redirect"
    words = {200: "page", 403: "refused", 404: "not found", 405: "method not allowed"}
    return words.get(status, f"status {status}")


def walk(visitors: Sequence[Visitor], tried: Sequence[Place], methods: Iterable[str]) -> list[Answer]:
    """Every place by each method as each visitor."""
    return [visitor.knock(place, method) for place in tried for method in methods for visitor in visitors]


Row = dict[str, str]
COLUMNS = ("address", "record", "method", *READERS)


def rows_of(answers: Iterable[Answer]) -> list[Row]:
    """The table that these answers make: a row for each address, record and method, a column for each reader."""
    rows: dict[tuple[str, str, str], Row] = {}
    for one in answers:
        row = rows.setdefault(
            (one.address, one.record, one.method),
            {"address": one.address, "record": one.record, "method": one.method},
        )
        row[one.reader] = one.outcome
    return list(rows.values())


def read_table() -> list[Row]:
    """The table as it was agreed."""
    with TABLE.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def write_table(rows: Iterable[Row]) -> None:
    """Write the table anew; somebody then reads the difference against rules.md 7 before it is kept."""
    with TABLE.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def crawl(visitor: Visitor, starts: Iterable[str], most: int = 300) -> dict[str, Answer]:
    """Pages that links lead to, those without filters first, at most `most`: address -> what answered.

    Of addresses that differ in the value of their filter only, two are opened, with two filters one; more filters
    at once bring no new part of a page.
    """
    waiting, known = list(starts), set(starts)
    seen: dict[str, Answer] = {}
    alike: Counter[tuple[str, ...]] = Counter()
    while waiting and len(seen) < most:
        address = waiting.pop(0)
        shape = (urlsplit(address).path, *(key for key, _value in parse_qsl(urlsplit(address).query)))
        alike[shape] += 1
        if alike[shape] > (2, 2, 1, 0)[min(len(shape), 4) - 1]:
            continue
        seen[address] = visitor.knock((address, "", address))
        new = [link for link in dict.fromkeys(links(address, seen[address])) if link not in known]
        known.update(new)
        waiting = sorted([*waiting, *new], key=lambda link: link.count("="))
    return seen


def links(address: str, answer: Answer) -> Iterator[str]:
    """Addresses of this house that a page leads to, by its links or by where it sends the reader on."""
    found = re.findall(r'href="(/[^"#]*|\?[^"#]*)', answer.body)
    if location := answer.headers.get("Location", ""):
        found.append(location)
    for link in found:
        whole = link.replace("&amp;", "&")
        whole = address.split("?")[0] + whole if whole.startswith("?") else whole
        if whole.startswith("/") and not whole.startswith(("//", "/static/")):
            yield whole


_MAY_WRITE = (
    'INSERT INTO "DJANGO_SESSION"',
    'UPDATE "DJANGO_SESSION"',
    'DELETE FROM "DJANGO_SESSION"',
    'INSERT INTO "ACCOUNT_EMAILADDRESS"',
)
"""A visit keeps its session; the sign-in library copies a person's own address into its table at the first look."""


class Writes:
    """Notes every statement that would change the database, but what a visit itself may leave."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        """Note the statement, then let it through."""
        words = sql.lstrip().upper()
        if words.startswith(("INSERT", "UPDATE", "DELETE", "REPLACE")) and not words.startswith(_MAY_WRITE):
            self.found.append(sql)
        return execute(sql, params, many, context)

    def watched(self) -> Any:
        """A block in which statements are noted."""
        return connection.execute_wrapper(self)
