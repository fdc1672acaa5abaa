"""The register of members: as of any day, by whoever reads, as a file, over time."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

import pypdfium2 as pdfium
import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from iisg.faces.public.members import NARROW, Group
from iisg.faces.public.members_over_time import members_picture, years_of_members
from iisg.foundations.access.actors import CONSOLE
from iisg.foundations.access.permits import RuleRefused
from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.factories import make_person
from iisg.foundations.audit.models import Event
from iisg.foundations.audit.trail import first_broken
from iisg.foundations.orgs import operations
from iisg.foundations.orgs.factories import make_organisation, make_partner, make_partners
from iisg.foundations.orgs.models import Ground, Membership, Organisation, OrganisationKind
from iisg.foundations.orgs.register import register_on
from iisg.governance.membership.factories import make_body, make_evidence
from iisg.governance.membership.operations import confirm_ground, inform_board, record_ground
from iisg.knowledge.analysis.tests import reading_pictures
from iisg.office.pillars.factories import NOW, make_focal_point, make_member
from iisg.office.pillars.models import Participation

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def shown(client: Client, **query: str) -> list[str]:
    return [line.entry.name for line in client.get("/members/", query).context["lines"]]


def signed_in(role: Role) -> Client:
    client = Client()
    client.force_login(make_person(role, None if role == Role.SECRETARIAT else make_partner("AL")))
    return client


def test_the_register_of_an_earlier_day_has_the_names_and_kinds_of_that_day(client: Client) -> None:
    body = make_member("Old Institute", date(2020, 1, 1))
    operations.change_facts(
        body,
        date(2024, 1, 1),
        "Its letter",
        by=CONSOLE,
        at=NOW,
        name="New Institute",
        kind=OrganisationKind.INTERNATIONAL_ACTOR,
    )
    assert shown(client, on="2023-12-31") == ["Old Institute"]
    assert "today: New Institute" in client.get("/members/?on=2023-12-31").content.decode()
    assert shown(client, on="2024-01-01") == ["New Institute"]
    assert shown(client, on="2019-12-31") == []
    assert shown(client, on="2023-12-31", kind=OrganisationKind.INTERNATIONAL_ACTOR) == []
    assert shown(client, on="2023-12-31", words="new institute") == ["Old Institute"]


def test_a_suspended_member_is_marked_on_the_days_of_its_suspension(client: Client) -> None:
    membership = make_member("Resting Institute", date(2020, 1, 1)).memberships.get()
    operations.suspend_membership(membership, date(2023, 1, 1), "Silent for a year.", by=CONSOLE, at=NOW)
    operations.resume_membership(membership, date(2024, 1, 1), by=CONSOLE, at=NOW)
    words = client.get("/members/?on=2023-06-01").content.decode()
    assert "Silent for a year." in words
    assert "1 is suspended" in words
    assert shown(client, on="2023-06-01", standing="suspended") == ["Resting Institute"]
    assert "Silent" not in client.get("/members/?on=2024-01-01").content.decode()


def test_filters_by_group_ground_pillar_and_decision(client: Client) -> None:
    partner = make_partner("RS")
    operations.enter_membership(partner, Ground.PARTNER, by=CONSOLE, at=NOW)
    other = make_organisation("Šćepan Institute")
    operations.enter_membership(
        other, Ground.BOARD_APPROVAL, by=CONSOLE, at=NOW, basis="BD/2026/3", decided_on=date(2026, 2, 1)
    )
    Participation.objects.create(organisation=other, pillar_id="WBBSi")
    assert shown(client, group="partners") == ["Serbia"]
    assert shown(client, ground="board_approval") == ["Šćepan Institute"]
    assert shown(client, pillar="WBBSi") == ["Šćepan Institute"]
    assert shown(client, decision="bd/2026/3") == ["Šćepan Institute"]
    assert shown(client, decision="2026-02-01") == ["Šćepan Institute"]
    assert shown(client, words="Шћепан") == ["Šćepan Institute"]
    assert client.get("/members/?on=nonsense").status_code == 200


def test_what_is_not_known_is_counted_and_said(client: Client) -> None:
    for partner in make_partners().values():
        operations.enter_membership(partner, Ground.PARTNER, by=CONSOLE, at=NOW)
    words = client.get("/members/").content.decode()
    assert "of 6 the first day is not known" in words
    assert 'id="kosovo-note"' in words


def test_each_reader_sees_what_is_theirs() -> None:
    evidence = make_evidence()
    body = make_body(OrganisationKind.EU_MEMBER_STATE, "Led Once")
    case = record_ground(body, Ground.FORMER_LEAD_PARTNER, "Plan of 2015", evidence, by=CONSOLE, at=NOW)
    inform_board(confirm_ground(case, by=CONSOLE, at=NOW), TODAY, by=CONSOLE, at=NOW)
    make_focal_point(body, valid_from=TODAY, name="Speaker For Them")
    seen = {
        name: reader.get("/members/", {"on": TODAY.isoformat()}).content.decode()
        for name, reader in (
            ("public", Client()),
            ("member", signed_in(Role.MEMBER_READER)),
            ("office", signed_in(Role.SECRETARIAT)),
        )
    }
    assert [name for name, words in seen.items() if "Speaker For Them" in words] == ["member", "office"]
    assert [name for name, words in seen.items() if case.ref in words] == ["office"]
    assert [name for name, words in seen.items() if "conclusions.pdf" in words] == ["office"]
    assert all("Led Once" in words for words in seen.values())


def test_files_hold_what_their_reader_sees_and_are_noted() -> None:
    body = make_member("=Formula Institute", date(2020, 1, 1))
    make_focal_point(body, name="Speaker For Them")
    public = Client().get("/open-data/members.csv")
    text = b"".join(public).decode("utf-8-sig")
    [row] = csv.DictReader(io.StringIO(text))
    assert row["member"] == "'=Formula Institute"
    assert "Speaker" not in text
    assert "TLP:CLEAR" in text
    assert not Event.objects.filter(name="exports.file_taken").exists()
    book = signed_in(Role.MEMBER_READER).post("/members/export/", {"format": "xlsx"})
    assert book.headers["X-IISG-Marking"] == "TLP:GREEN"
    sheet = load_workbook(io.BytesIO(b"".join(book)))["Members"]
    heads, first = [[cell.value for cell in line] for line in list(sheet.rows)[:2]]
    said = dict(zip(heads, first, strict=True))
    assert said["focal_point_for_correspondence"] == "Speaker For Them"
    assert "case" not in said
    paper = signed_in(Role.SECRETARIAT).post("/members/export/?on=2020-05-01", {"format": "pdf"})
    pdf = pdfium.PdfDocument(b"".join(paper))
    assert "Members on 1 May 2020" in pdf[0].get_textpage().get_text_range()
    assert Event.objects.filter(name="exports.file_taken").count() == 2
    assert first_broken() is None


def test_the_paper_names_kosovo_with_its_footnote() -> None:
    for partner in make_partners().values():
        operations.enter_membership(partner, Ground.PARTNER, by=CONSOLE, at=NOW)
    content = b"".join(Client().get("/open-data/members.pdf"))
    text = pdfium.PdfDocument(content)[0].get_textpage().get_text_range()
    assert "Kosovo*" in text
    assert "UNSCR 1244/1999" in text
    assert b"pdfuaid" in content


def test_addresses_for_mail_merge_are_those_that_letters_go_to() -> None:
    with_point, with_contact, with_none = (make_member(name) for name in ("A House", "B House", "C House"))
    for body in (with_point, with_contact):
        operations.set_contact(
            body, date(2025, 1, 1), by=CONSOLE, at=NOW, name=f"Office of {body}", email="o@house.example",
            postal="Street 1\n10000 Town", salutation="Dear Minister", language="sq",
        )  # fmt: skip
    make_focal_point(with_point, name="Speaker For Them")
    office = signed_in(Role.SECRETARIAT)
    assert "Speaker For Them" in office.get("/members/addresses/").content.decode()
    chosen = {"members": [with_point.ref, with_contact.ref, with_none.ref], "format": "csv"}
    text = b"".join(office.post("/members/addresses/", chosen)).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["name"] for row in rows] == ["Speaker For Them", "Office of B House", ""]
    assert [row["salutation"] for row in rows] == ["Dear Sir or Madam", "Dear Minister", ""]
    assert [row["postal_2"] for row in rows] == ["10000 Town", "10000 Town", ""]
    assert rows[1]["language"] == "sq"
    assert Event.objects.get(name="exports.file_taken").facts["records"] == 3
    assert signed_in(Role.MEMBER_READER).get("/members/addresses/").status_code == 403
    assert (
        "Choose at least one member" in office.post("/members/addresses/", {"format": "csv"}).content.decode()
    )


def test_the_picture_counts_who_is_dated_and_keeps_the_others_apart() -> None:
    make_member("First", date(2023, 5, 1))
    left = make_member("Second", date(2023, 1, 1)).memberships.get()
    operations.end_membership(left, date(2025, 2, 1), "Its wish.", by=CONSOLE, at=NOW)
    operations.enter_membership(make_partner("AL"), Ground.PARTNER, by=CONSOLE, at=NOW)
    years = years_of_members(TODAY)
    told = [(year.label, year.dated, year.not_dated) for year in years]
    assert told == [("2023", 2, 1), ("2024", 2, 1), ("2025", 1, 1), ("25 Nov 2026", 1, 1)]
    picture = members_picture(years)
    assert reading_pictures.is_valid(picture)
    for narrow in (False, True):
        drawn = [row for row in reading_pictures.rows(picture, narrow) if "count" in row]
        total = sum(row["count"] for row in drawn)
        assert total == sum(int(cell.text or 0) for line in picture.table.rows for cell in line[1:])
    words = Client().get("/members/over-time/").content.decode()
    assert "First day of membership not known" in words


def test_lists_ask_the_database_as_often_for_fifty_as_for_one() -> None:
    readers = [Client(), signed_in(Role.MEMBER_READER), signed_in(Role.SECRETARIAT)]
    pages = ["/members/", "/members/over-time/", "/members/addresses/", "/focal-points/", "/focal-points/?show=missing",
             "/focal-points/requests/", "/focal-points/requests/new/"]  # fmt: skip

    def grow(number: int) -> None:
        body = make_member(f"House {number}")
        make_focal_point(body)
        Participation.objects.create(organisation=body, pillar_id="WBBSi")
        operations.set_contact(
            body, date(2025, 1, 1), by=CONSOLE, at=NOW, name="Office", email="o@house.example"
        )

    def asked() -> list[int]:
        numbers = []
        for reader in readers:
            for page in pages:
                with CaptureQueriesContext(
                    connection,
                ) as queries:
                    reader.get(page)
                numbers.append(len(queries))
        return numbers

    grow(0)
    asked()
    one = asked()
    for number in range(1, 50):
        grow(number)
    assert asked() == one


# ---- any order of deeds

Fact = tuple[str, str, int]
"""A deed: what, with whom, and on which day counted from the start."""
START = date(2024, 1, 1)
deeds = st.lists(
    st.tuples(
        st.sampled_from(["admit", "suspend", "resume", "end", "rename", "kind"]),
        st.sampled_from("AB"),
        st.integers(0, 300),
    ),
    max_size=25,
)


class Notebook:
    """The same deeds kept as plain intervals, without the register's help."""

    def __init__(self) -> None:
        self.member: dict[str, list[list[date | None]]] = {"A": [], "B": []}
        self.resting: dict[str, list[list[date | None]]] = {"A": [], "B": []}
        self.names: dict[str, list[tuple[date, str]]] = {"A": [], "B": []}
        self.kinds: dict[str, list[tuple[date, str]]] = {"A": [], "B": []}

    @staticmethod
    def within(spans: list[list[date | None]], day: date) -> bool:
        return any((a is None or a <= day) and (b is None or day < b) for a, b in spans)

    @staticmethod
    def at(changes: list[tuple[date, str]], first: str, day: date) -> str:
        return [first, *(value for since, value in changes if since <= day)][-1]


def done(notes: Notebook, bodies: dict[str, Organisation], deed: Fact, number: int) -> None:
    what, who, offset = deed
    day, body = START + timedelta(days=offset), Organisation.objects.get(pk=bodies[who].pk)
    membership = Membership.objects.filter(organisation=body).order_by("pk").last()
    if what == "admit" and (membership is None or (membership.valid_to and membership.valid_to <= day)):
        operations.enter_membership(body, Ground.BOARD_APPROVAL, by=CONSOLE, at=NOW, valid_from=day)
        notes.member[who].append([day, None])
    elif what == "rename":
        operations.change_facts(body, day, "Letter", by=CONSOLE, at=NOW, name=f"{who} by deed {number}")
        notes.names[who].append((day, f"{who} by deed {number}"))
    elif what == "kind":
        kinds = [OrganisationKind.OTHER_STATE.value, OrganisationKind.INTERNATIONAL_ACTOR.value]
        wanted = kinds[body.kind == kinds[0]]
        operations.change_facts(body, day, "Letter", by=CONSOLE, at=NOW, kind=wanted)
        notes.kinds[who].append((day, wanted))
    elif membership is not None and what == "suspend":
        operations.suspend_membership(membership, day, "Silent.", by=CONSOLE, at=NOW)
        notes.resting[who].append([day, None])
    elif membership is not None and what == "resume":
        operations.resume_membership(membership, day, by=CONSOLE, at=NOW)
        notes.resting[who][-1][1] = day
    elif membership is not None and what == "end":
        operations.end_membership(membership, day, "Its wish.", by=CONSOLE, at=NOW)
        notes.member[who][-1][1] = day
        if notes.resting[who] and notes.resting[who][-1][1] is None:
            notes.resting[who][-1][1] = day


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(order=deeds)
def test_the_register_of_any_day_is_what_the_dated_facts_say(order: list[Fact]) -> None:
    with transaction.atomic():
        bodies = {
            who: make_organisation(f"{who} from the start", kind=OrganisationKind.INTERNATIONAL_ORGANISATION)
            for who in "AB"
        }
        notes = Notebook()
        for number, deed in enumerate(order):
            with suppress(RuleRefused), transaction.atomic():
                done(notes, bodies, deed, number)
        for offset in range(-1, 302, 13):
            _same(notes, bodies, START + timedelta(days=offset))
        changes = sum(len(found) for found in (*notes.names.values(), *notes.kinds.values()))
        sealed = Event.objects.filter(
            name="orgs.facts_changed", on__in=[f"orgs.organisation:{b.ref}" for b in bodies.values()]
        )
        assert sealed.count() == changes, "a change without its history"
        transaction.set_rollback(True)


def _same(notes: Notebook, bodies: dict[str, Organisation], day: date) -> None:
    register = {entry.body.pk: entry for entry in register_on(day)}
    for who, body in bodies.items():
        entry = register.get(body.pk)
        assert (entry is not None) is notes.within(notes.member[who], day)
        if entry is None:
            continue
        first = OrganisationKind.INTERNATIONAL_ORGANISATION.value
        assert entry.name == notes.at(notes.names[who], f"{who} from the start", day)
        assert entry.kind == notes.at(notes.kinds[who], first, day)
        assert (entry.suspension is not None) is notes.within(notes.resting[who], day)


FAULTS: dict[str, Callable[..., Any]] = {
    "former names are forgotten": lambda changes, day: None,
    "the newest former name always holds": lambda changes, day: next(iter(changes), None),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_put_in_on_purpose_is_caught(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("iisg.foundations.orgs.register.former", FAULTS[fault])
    with pytest.raises((AssertionError, ExceptionGroup)):  # one law broken, or several at once
        test_the_register_of_any_day_is_what_the_dated_facts_say()


def test_every_group_has_its_kinds() -> None:
    assert set(NARROW.values()) | {Group.INTERNATIONAL} == set(Group)
