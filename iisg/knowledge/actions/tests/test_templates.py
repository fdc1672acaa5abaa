"""Templates: lists to choose from, own records under protected references, and nothing changed by sending it back."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from iisg.foundations.access.actors import CONSOLE
from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.factories import make_person
from iisg.foundations.orgs.factories import make_organisation, make_partner, make_partners
from iisg.foundations.orgs.models import Organisation
from iisg.foundations.orgs.operations import learn_alias
from iisg.knowledge.actions.factories import AT, add_flow, add_party, make_action
from iisg.knowledge.actions.filling import write_action_template, write_need_template
from iisg.knowledge.actions.models import Import, PartyRole
from iisg.knowledge.actions.operations import apply_import, examine_import, receive_import
from iisg.knowledge.actions.sheets.columns import ABOUT, LISTS
from iisg.knowledge.needs.factories import make_measure, make_need, make_objective
from iisg.knowledge.needs.models import Need, NeedState
from iisg.knowledge.needs.rules import what_is_missing

pytestmark = pytest.mark.django_db


@pytest.fixture
def osce() -> Organisation:
    """A reporter with two actions, one of them with everything that a template must not lose."""
    make_partners()
    body, payer = make_organisation("OSCE", ref="osce"), make_organisation("Generous Donor", ref="donor")
    for each in (body, payer):
        learn_alias(each, each.name, by=CONSOLE, at=AT)
    full = make_action(
        "Cameras; with a semicolon", ("AL", "ME"), assistance=("equipment", "training"), reporter=body,
        reporter_ref="P-1", title_original="=Kamera", original_language="sq", summary="-1 is no formula",
        start_printed="early 2024", start_precision="year", duration_months=60,
    )  # fmt: skip
    add_party(full, payer, PartyRole.FUNDING, Decimal(60))
    add_party(full, body, PartyRole.EXTENDING)
    for party in full.parties.all():
        party.printed = party.organisation.name
        party.save()
    add_flow(full, Decimal("1500000.50"), source=payer, source_printed="Generous Donor", kind="transaction")
    add_flow(full, None, "USD")
    make_action(
        "Regional training", (), ("AL", "BA", "XK", "ME", "MK", "RS"), reporter=body, reporter_ref="P-2"
    )
    make_action("Somebody else's", reporter=payer, reporter_ref="X-1")
    return body


def template_of(body: Organisation | None) -> bytes:
    file = io.BytesIO()
    write_action_template(file, body, CONSOLE)
    return file.getvalue()


def sent_in(content: bytes, body: Organisation | None) -> Import:
    imported = receive_import(content, "template.xlsx", body, by=CONSOLE, at=AT, examine_later=False)
    return examine_import(imported, by=CONSOLE, at=AT)


def opened(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))


def edited(content: bytes, sheet: str, **cells: Any) -> bytes:
    book = opened(content)
    for place, value in cells.items():
        book[sheet][place] = value
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def column(page: Any, name: str) -> str:
    return next(str(cell.column_letter) for cell in page[2] if cell.value == name)


def test_sent_back_untouched_it_changes_nothing_and_finds_nothing(osce: Organisation) -> None:
    imported = sent_in(template_of(osce), osce)
    assert (imported.created, imported.changed, imported.unchanged, imported.refused) == (0, 0, 2, 0)
    assert imported.file_findings == []
    assert imported.warnings == 0


def test_what_was_written_is_the_difference_and_is_applied(osce: Organisation) -> None:
    content = template_of(osce)
    page = opened(content)["Actions"]
    stage, title, ref = (column(page, name) for name in ("action_stage", "title", "ref"))
    changed = edited(
        content, "Actions", **{f"{stage}3": "completed", f"{ref}5": "P-3", f"{title}5": "A new one"}
    )
    imported = sent_in(changed, osce)
    assert (imported.created, imported.changed, imported.unchanged, imported.refused) == (1, 1, 1, 0)
    assert [change[0] for change in imported.rows.get(key="P-1").changes] == ["stage"]
    apply_import(imported, by=CONSOLE, at=AT)
    assert osce.actions_reported.get(reporter_ref="P-1").stage == "completed"
    assert osce.actions_reported.get(reporter_ref="P-3").title == "A new one"


def test_only_the_references_of_own_records_are_protected(osce: Organisation) -> None:
    page = opened(template_of(osce))["Actions"]
    assert page.protection.sheet
    ref, title = column(page, "ref"), column(page, "title")
    assert [page[f"{ref}{row}"].value for row in (3, 4)] == ["P-1", "P-2"]
    assert page[f"{ref}3"].protection.locked
    assert not page[f"{title}3"].protection.locked
    assert not page.column_dimensions[ref].protection.locked
    assert not page.column_dimensions[title].protection.locked


def test_closed_lists_are_offered_and_refuse_other_words(osce: Organisation) -> None:
    book = opened(template_of(osce))
    page = book["Actions"]
    stage, donor = column(page, "action_stage"), column(page, "donor")
    lists = {str(v.sqref).split(":")[0].rstrip("3"): v for v in page.data_validations.dataValidation}
    assert lists[stage].showErrorMessage
    assert not lists[donor].showErrorMessage
    sheet, _, place = lists[stage].formula1.partition("!")
    assert sheet.strip("'") == LISTS
    offered = [cell.value for row in book[LISTS][place.replace("$", "")] for cell in row]
    assert offered == ["pipeline", "implementation", "completed", "suspended", "cancelled"]
    assert book[LISTS].sheet_state == "hidden"
    assert all(len(v.prompt or "") <= 255 and len(v.promptTitle or "") <= 32 for v in lists.values())


def test_nothing_in_it_is_calculated(osce: Organisation) -> None:
    book = opened(template_of(osce))
    assert not [c for page in book for row in page.iter_rows() for c in row if c.data_type == "f"]


def test_it_explains_itself_with_the_footnote(osce: Organisation) -> None:
    said = " ".join(
        str(cell.value) for row in opened(template_of(osce))[ABOUT].iter_rows() for cell in row if cell.value
    )
    for word in (
        "blank means not known",
        "2 records",
        "XK (Kosovo*)",
        "without prejudice",
        "Grey references",
    ):
        assert word in said


def test_needs_come_with_the_framework_and_go_back_unchanged() -> None:
    make_partners()
    objective = make_objective(title="Controls at the border")
    make_need("Readers at four crossings", ("AL",), [make_measure("M-1", objective, "Equipment")])
    make_need("Shared by two", ("AL", "ME"))
    coordinator = make_person(Role.NATIONAL_COORDINATOR, make_partner("AL"))
    file = io.BytesIO()
    assert write_need_template(file, make_partner("AL"), coordinator) == 1
    page = opened(file.getvalue())["Needs"]
    assert page[f"{column(page, 'measure')}3"].value == "Equipment"
    imported = receive_import(
        file.getvalue(), "needs.xlsx", make_partner("AL"), by=coordinator, at=AT, examine_later=False
    )
    imported = examine_import(imported, by=coordinator, at=AT)
    assert (imported.created, imported.changed, imported.unchanged, imported.refused) == (0, 0, 1, 0)


def test_a_template_of_needs_sent_back_completes_them() -> None:
    """Body, capability, day and test are columns; untouched they change nothing, filled in they complete the need."""
    make_partners()
    albania = make_partner("AL")
    police = make_organisation("Border Police", parent=albania)
    learn_alias(police, police.name, by=CONSOLE, at=AT)
    vague = make_need("Readers at four crossings", ("AL",), [])
    said: dict[str, Any] = {
        "body": police,
        "capability": "c",
        "needed_by": date(2027, 5, 1),
        "met_when": "m",
        "references": "r",
    }
    make_need("Boats", ("AL",), [], **said)
    Need.objects.create(
        ref="GONE", title="Withdrawn", state=NeedState.WITHDRAWN, recorded_at=AT, changed_at=AT
    )
    coordinator = make_person(Role.NATIONAL_COORDINATOR, albania)
    file = io.BytesIO()
    assert write_need_template(file, albania, coordinator) == 2

    def sent(content: bytes) -> Import:
        imported = receive_import(content, "n.xlsx", albania, by=coordinator, at=AT, examine_later=False)
        return examine_import(imported, by=coordinator, at=AT)

    same = sent(file.getvalue())
    assert (same.changed, same.unchanged, same.refused, same.new_organisations) == (0, 2, 0, [])
    book = opened(file.getvalue())
    page = book["Needs"]
    assert [page[f"{column(page, name)}4"].value for name in ("body", "needed_by")] == [
        "Border Police",
        "2027-05-01",
    ]
    filled = {
        "body": "Border Police",
        "capability": "Checks",
        "needed_by": "2027-12",
        "met_when": "All four check",
    }
    for name, value in filled.items():
        page[f"{column(page, name)}3"].value = value
    stream = io.BytesIO()
    book.save(stream)
    imported = sent(stream.getvalue())
    assert (imported.changed, imported.unchanged, imported.refused) == (1, 1, 0)
    apply_import(imported, by=coordinator, at=AT)
    vague.refresh_from_db()
    assert list(what_is_missing(vague)) == []
    assert (vague.body, vague.needed_by) == (police, date(2027, 12, 31))


def test_a_day_that_is_no_date_refuses_the_need_instead_of_losing_it() -> None:
    make_partners()
    content = (
        b"ref,need,partner,needed_by,body\nN-1,Boats,AL,next spring,\nN-2,Cars,AL,2027,Police of Nowhere\n"
    )
    imported = receive_import(content, "n.csv", None, by=CONSOLE, at=AT, examine_later=False)
    imported = examine_import(imported, by=CONSOLE, at=AT)
    assert (imported.created, imported.refused) == (1, 1)
    assert [name["name"] for name in imported.new_organisations] == ["Police of Nowhere"]
    apply_import(imported, by=CONSOLE, at=AT)
    need = Need.objects.get()
    assert (need.body and need.body.confirmed, need.needed_by) == (False, date(2027, 12, 31))
