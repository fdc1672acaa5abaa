"""The list of possible partners by spreadsheet: shown first, then carried out; what means harm is refused."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from iisg.foundations.access.actors import CONSOLE
from iisg.foundations.accounts.models import User
from iisg.governance.membership import operations
from iisg.governance.membership.models import Prospect, ProspectContact
from iisg.governance.membership.prospect_sheet import rows_in

pytestmark = pytest.mark.django_db
HEADS = "name,kind,country,why,pillars,follows_up,follow_up_on,contact_name,contact_email"
IMPORT = "/prospects/import/"


def looked_at(client: Client, text: str, name: str = "list.csv") -> str:
    """What the page shows of a CSV file."""
    return sent(client, text.encode(), name)


def sent(client: Client, content: bytes, name: str) -> str:
    """What the page shows of a file."""
    response = client.post(IMPORT, {"file": SimpleUploadedFile(name, content)})
    assert response.status_code == 200
    return response.content.decode()


def carry_out(client: Client, page: str) -> str:
    """Press the button of the page that shows what would be done."""
    sealed = page.partition('name="rows" value="')[2].partition('"')[0]
    assert sealed
    return client.post(IMPORT, {"rows": sealed}, follow=True).content.decode()


def test_each_row_is_shown_with_what_it_would_do_and_then_carried_out(
    secretariat: Client, officer: User
) -> None:
    operations.enter_prospect("Known State", "other_state", by=CONSOLE, at=timezone.now(), why="Old reason")
    operations.enter_prospect("Same State", "other_state", by=CONSOLE, at=timezone.now())
    rows = (
        HEADS,
        (
            "New Body,International organisation,,Works there,WBCTi; WBBSi,"
            f"{officer.email},2027-01-31,Office,o@new.example"
        ),
        "KNOWN STATE,,,New reason,,,,,",
        "Same State,Other state,,,,,,,",
        "Odd Body,Kingdom,,,WBXX,nobody@example.org,31.1.2027,,x",
        "New Body,other_state,,,,,,,",
        "Agency of Police,,,,,,,,",
    )
    page = looked_at(secretariat, "\n".join(rows))
    assert Prospect.objects.count() == 2
    for words in (
        "Old reason → New reason",
        "“Kingdom” is no kind of organisation.",
        "“WBXX” is no pillar.",
        "is no officer of the Secretariat",
        "“31.1.2027” is no day.",
        "The contact has no name.",
        "The name stands in row 2 already.",
        "It is not said what kind of organisation it is.",
    ):
        assert words in page
    after = carry_out(secretariat, page)
    assert "Entered: 1. Changed: 1. Unchanged: 1. Refused: 3." in after
    new = Prospect.objects.get(name="New Body")
    assert (new.kind, new.followed_up_by) == ("international_organisation", officer)
    assert sorted(new.pillars.values_list("pk", flat=True)) == ["WBBSi", "WBCTi"]
    assert new.contacts.get().email == "o@new.example"
    assert Prospect.objects.get(name="Known State").why == "New reason"


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_template_holds_the_list_and_sent_back_changes_nothing(
    secretariat: Client, officer: User, form: str
) -> None:
    one = operations.enter_prospect(
        "=1+1 Org", "other_state", by=CONSOLE, at=timezone.now(), followed_up_by=officer, why="Two\nlines"
    )
    facts = {"email": "o@one.example", "language": "sq"}
    operations.add_contact(one, "Office", by=CONSOLE, at=timezone.now(), **facts)
    response = secretariat.post(f"/prospects/template/{form}/")
    content = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    assert response.headers["X-IISG-Marking"] == "TLP:GREEN"
    page = sent(secretariat, content, f"back.{form}")
    assert "There is nothing to carry out." in page
    assert "=1+1 Org" in page
    assert secretariat.post("/prospects/template/exe/").status_code == 404


def test_the_language_of_letters_is_read_by_name_or_code(secretariat: Client) -> None:
    rows = ["name,kind,contact_name,contact_language"]
    rows += [
        f"{name},Other state,Office,{said}" for name, said in (("A", "macedonian"), ("B", "cnr"), ("C", ""))
    ]
    page = looked_at(secretariat, "\n".join([*rows, "D,Other state,Office,Klingon"]))
    assert "Letters are not written in “Klingon”." in page
    carry_out(secretariat, page)
    found = ProspectContact.objects.order_by("prospect__name").values_list("prospect__name", "language")
    assert list(found) == [("A", "mk"), ("B", "cnr"), ("C", "en")]


def test_a_workbook_with_days_and_blank_rows_is_read(secretariat: Client) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Name", "Kind", "Follow up on"])
    sheet.append([None, None, None])
    sheet.append(["Day State", "Other state", timezone.now().replace(tzinfo=None)])
    file = BytesIO()
    book.save(file)
    carry_out(secretariat, sent(secretariat, file.getvalue(), "days.xlsx"))
    assert Prospect.objects.get(name="Day State").follow_up_on == timezone.now().date()


def bomb() -> bytes:
    """A workbook whose sheet unpacks to 50 MB."""
    file = BytesIO()
    book = Workbook()
    book.save(file)
    packed = BytesIO()
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            content = source.read(part.filename)
            if part.filename == "xl/worksheets/sheet1.xml":
                content = content.replace(b"</worksheet>", b" " * 50_000_000 + b"</worksheet>")
            target.writestr(part.filename, content)
    return packed.getvalue()


def long_book() -> bytes:
    """A workbook of 1,200 rows."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for number in range(1_200):
        sheet.append(["name" if number == 0 else f"Body {number}"])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("list.xml", b"<x/>", "neither CSV nor XLSX"),
        ("large.csv", b"name\n" + b"x" * (2 * 1024 * 1024), "larger than 2 MB"),
        ("long.csv", b"name\n" + b"a\n" * 1_500, "more than 1,000 rows"),
        ("wide.csv", b"name" + b",x" * 60 + b"\n" + b"a" + b",y" * 60, "more columns"),
        ("cell.csv", b"name\n" + b"x" * 5_000, "more than 4,000 characters"),
        ("list.xlsx", b"PK\x03\x04 nothing", "cannot be read"),
        ("list.csv", "name\nÄ".encode("utf-16"), "cannot be read"),
        ("list.csv", b'name\n"open', "cannot be read"),
    ],
)
def test_what_is_no_list_is_refused_with_the_reason(
    secretariat: Client, name: str, content: bytes, said: str
) -> None:
    assert said in sent(secretariat, content, name)
    assert not Prospect.objects.exists()


def test_a_packed_bomb_and_a_long_workbook_end_their_own_process_only() -> None:
    _rows, [finding] = rows_in(bomb(), "bomb.xlsx")
    assert "can be" in finding.message
    _rows, [finding] = rows_in(long_book(), "long.xlsx")
    assert "1,000 rows" in finding.message


def test_columns_that_nobody_knows_and_a_broken_seal_are_refused(secretariat: Client) -> None:
    assert "knows no column “colour”" in looked_at(secretariat, "name,colour\nA,red")
    assert "does not name the columns" in looked_at(secretariat, "A,B\nC,D")
    again = secretariat.post(IMPORT, {"rows": "forged"}, follow=True).content.decode()
    assert "Send the file again" in again


def test_a_plain_workbook_is_one_that_openpyxl_reads(secretariat: Client) -> None:
    content = b"".join(secretariat.post("/prospects/template/xlsx/").streaming_content)  # type: ignore[attr-defined]
    book = load_workbook(BytesIO(content))
    assert book.sheetnames == ["about", "prospects"]
