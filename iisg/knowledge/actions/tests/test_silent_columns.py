"""A fact of which a file has no column keeps what is recorded; a blank cell says that the fact is not known."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.factories import make_person
from iisg.foundations.orgs.factories import make_organisation, make_partners
from iisg.knowledge.actions.models import Action, Import
from iisg.knowledge.actions.tests.uploads import XLSX, apply, send, work_off_the_queue, workbook
from iisg.knowledge.needs.models import Need

pytestmark = pytest.mark.django_db

FULL = {
    "ref": "B-1", "title": "Training of border guards", "title_language": "en", "action_kind": "own_measure",
    "kind": "project", "donor": "European Union {60%}; Germany {40%}", "implementer": "UNODC; IOM",
    "extending": "GIZ", "beneficiaries": "AL {70%}; ME {30%}", "partners_named": "no", "scope": "regional",
    "pillar": "WBBSi", "assistance_kinds": "training", "start_date": "2025-01", "end_date": "2027-06-30",
    "duration_months": "30", "action_stage": "implementation", "summary": "Trains guards.",
    "money_state": "committed", "money_amount": "1500000", "money_currency": "EUR", "money_from": "European Union",
    "money_to": "UNODC", "money_date": "2025-03-31", "money_printed": "EUR 1.5 m", "source_url": "https://example.org/",
}  # fmt: skip


@pytest.fixture
def reporter(client: Client) -> Client:
    """A focal point, signed in, whose one action is recorded with all facts."""
    make_partners()
    client.force_login(make_person(Role.FOCAL_POINT, make_organisation("Agency for Borders")))
    assert apply(client, sent(client, FULL)).created == 1
    return client


def table(facts: dict[str, str], *more: dict[str, str]) -> SimpleUploadedFile:
    out = io.StringIO()
    writer = csv.DictWriter(out, facts)
    writer.writeheader()
    writer.writerows([facts, *more])
    return SimpleUploadedFile("some.csv", out.getvalue().encode())


def sent(client: Client, facts: dict[str, str], *more: dict[str, str], form: str = "csv") -> Import:
    """A file with these columns, examined."""
    if form == "xlsx":
        return send(client, workbook([list(facts.values())], list(facts)))
    return send(client, table(facts, *more))


def changed(imported: Import) -> dict[str, list[str]]:
    """What the file would change of its first record: fact to before and after."""
    return {name: values for name, *values in imported.rows.all()[0].changes}


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize(
    "columns",
    [
        ("kind", "donor"),
        ("beneficiaries", "summary", "pillar", "assistance_kinds"),
        ("scope", "partners_named", "start_date", "action_stage"),
        ("duration_months", "implementer", "extending", "action_kind"),
        ("end_date", "money_state", "money_amount"),
        ("money_state", "money_currency", "title_language", "source_url"),
    ],
)
def test_columns_that_say_what_is_recorded_change_nothing(
    columns: Sequence[str], form: str, reporter: Client
) -> None:
    known = {name: FULL[name] for name in ("ref", "title", *columns)}
    known |= {"start_date": FULL["start_date"], "summary": FULL["summary"], "scope": FULL["scope"]}
    imported = sent(reporter, known, form=form)
    assert changed(imported) == {}
    assert (imported.unchanged, imported.conflicts) == (1, 0)


def test_funders_mapped_implementers_not(reporter: Client) -> None:
    imported = sent(reporter, {"ref": "B-1", "title": FULL["title"], "kind": "project", "donor": "Norway"})
    [(before, after)] = changed(imported).values()
    assert "implementing" not in before + after
    assert after == "funding: Norway (new)"
    apply(reporter, imported)
    action = Action.objects.get()
    assert [str(body) for body in action.implementers] == ["UNODC", "IOM"]
    assert [str(body) for body in action.parties_as("extending")] == ["GIZ"]
    assert [str(body) for body in action.funders] == ["Norway"]


def test_a_blank_cell_under_a_column_still_says_that_nothing_is_known(reporter: Client) -> None:
    some = {"ref": "B-1", "title": FULL["title"], "kind": "project", "implementer": ""}
    before, after = changed(sent(reporter, some))["parties"]
    assert before.count("implementing") == 2
    assert after == ""


def test_a_column_left_at_not_read_says_nothing(reporter: Client) -> None:
    headers = ("Kennziffer", "Bezeichnung", "Form", "Geldgeber", "Ausführende")
    rows = [["B-1", FULL["title"], "project", "European Union; Germany", "Somebody else"]]
    imported = send(reporter, workbook(rows, headers))
    said = {"column_0": "ref", "column_1": "title", "column_2": "kind", "column_3": "donor", "column_4": ""}
    reporter.post(f"/imports/{imported.pk}/columns/?subject=actions", said)
    work_off_the_queue()
    imported.refresh_from_db()
    assert (imported.unchanged, changed(imported)) == (1, {})


def test_a_duration_alone_never_takes_a_printed_end_away(reporter: Client) -> None:
    some = {"ref": "B-1", "title": FULL["title"], "kind": "project", "duration_months": "12"}
    assert set(changed(sent(reporter, some))) == {"duration_months"}


def test_an_end_computed_from_the_duration_follows_a_new_start(reporter: Client) -> None:
    head = {"ref": "B-2", "title": "Patrols", "kind": "project"}
    apply(reporter, sent(reporter, head | {"start_date": "2025-01-01", "duration_months": "12"}))
    apply(reporter, sent(reporter, head | {"start_date": "2026-01-01"}))
    action = Action.objects.get(ref="B-2")
    assert (str(action.end_on), action.end_derived) == ("2026-12-31", True)


def test_a_start_after_the_recorded_end_leaves_the_end_as_printed_only(reporter: Client) -> None:
    some = {"ref": "B-1", "title": FULL["title"], "kind": "project", "start_date": "2028-01-01"}
    assert apply(reporter, sent(reporter, some)).changed == 1
    action = Action.objects.get()
    assert (action.end_on, action.end_printed) == (None, "2027-06-30")


@pytest.mark.parametrize(
    ("columns", "amounts"),
    [
        ({"budget_amount": "1500000"}, [("1500000.00", "EUR", "European Union")]),
        ({"budget_amount": "1,500,000", "budget_currency": "EUR"}, [("1500000.00", "EUR", "European Union")]),
        ({"budget_amount": "2000000"}, [("2000000.00", "EUR", "European Union")]),
        ({"budget_currency": "EUR"}, [("1500000.00", "EUR", "European Union")]),
    ],
)
def test_a_budget_says_only_what_it_has_columns_for(
    columns: dict[str, str], amounts: list[tuple[str, str, str]], reporter: Client
) -> None:
    apply(reporter, sent(reporter, {"ref": "B-1", "title": FULL["title"], "kind": "project", **columns}))
    flows = Action.objects.get().flows.all()
    assert [(str(f.amount), f.currency, f.source_printed) for f in flows] == amounts
    assert [f.destination_printed for f in flows] == ["UNODC"]


def test_a_total_leaves_its_parts_and_what_was_spent(reporter: Client) -> None:
    head = {"ref": "B-1", "title": FULL["title"], "kind": "project"}
    money = ("committed", "1000", "EUR"), ("committed", "500", "EUR"), ("spent", "300", "EUR")
    lines = [
        head | dict(zip(("money_state", "money_amount", "money_currency"), m, strict=True)) for m in money
    ]
    lines[1]["title"] = lines[2]["title"] = ""
    apply(reporter, sent(reporter, *lines))
    assert Action.objects.get().flows.count() == 3
    assert sent(reporter, head | {"budget_amount": "1500", "budget_currency": "EUR"}).unchanged == 1
    apply(reporter, sent(reporter, head | {"budget_amount": "1600", "budget_currency": "EUR"}))
    flows = Action.objects.get().flows.all()
    assert [(f.state, str(f.amount)) for f in flows] == [("committed", "1600.00"), ("spent", "300.00")]


def test_each_sheet_of_a_workbook_speaks_for_itself(reporter: Client) -> None:
    from openpyxl import Workbook

    book, out = Workbook(), io.BytesIO()
    book.remove(book.worksheets[0])
    sheets: dict[str, list[list[str]]] = {
        "One": [
            ["ref", "title", "kind", "donor"],
            ["B-1", FULL["title"], "project", "European Union; Germany"],
        ],
        "Two": [["ref", "title", "kind", "implementer"], ["B-9", "Other", "project", "UNODC"]],
    }
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(out)
    imported = send(reporter, SimpleUploadedFile("two.xlsx", out.getvalue(), content_type=XLSX))
    assert (imported.unchanged, imported.created) == (1, 1)


def test_a_key_that_a_json_file_does_not_have_says_nothing(reporter: Client) -> None:
    entries: list[dict[str, Any]] = [
        {"ref": "B-1", "title": FULL["title"], "partners": [{"code": "AL"}, {"code": "ME"}]},
        {"ref": "B-7", "title": "Other", "parties": [], "flows": [], "start": None},
    ]
    content = json.dumps({"about": {"schema": "iisg-records/1"}, "actions": entries}).encode()
    imported = send(reporter, SimpleUploadedFile("some.json", content))
    assert set(changed(imported)) <= {"places"}
    apply(reporter, imported)
    action = Action.objects.get(ref="B-1")
    assert (len(action.implementers), action.flows.count(), str(action.end_on)) == (2, 1, "2027-06-30")
    assert not any(place.named for place in action.places.all())


def test_what_was_confirmed_is_in_no_conflict_with_silence(reporter: Client) -> None:
    reporter.post("/actions/B-1/confirm/")
    imported = sent(reporter, {"ref": "B-1", "title": FULL["title"], "kind": "project", "donor": "Norway"})
    assert (imported.conflicts, imported.changed) == (1, 0)
    [row] = imported.rows.all()
    assert [name for name, *_values in row.conflicts] == ["parties"]
    assert "implementing" not in str(row.conflicts)


def test_a_need_keeps_its_place_in_the_framework(client: Client) -> None:
    make_partners()
    client.force_login(make_person(Role.SECRETARIAT))
    full = {
        "ref": "N-1", "need": "Document readers", "pillar": "WBBSi", "partner": "AL", "four_p": "Protect",
        "objective": "Border management", "measure": "", "need_kind": "operational", "priority": "high",
    }  # fmt: skip
    apply(client, send(client, table(full)))
    for columns in (("pillar", "partner"), ("objective", "priority"), ("four_p", "need_kind")):
        imported = send(client, table({name: full[name] for name in ("ref", "need", *columns)}))
        assert (imported.unchanged, changed(imported)) == (1, {})
    apply(
        client, send(client, table({"ref": "N-1", "need": "Readers", "pillar": "WBBSi", "priority": "low"}))
    )
    need = Need.objects.get()
    assert (need.title, need.priority, need.kinds) == ("Readers", "low", ("operational",))
    assert [p.objective.title for p in need.placements.all()] == ["Border management"]
