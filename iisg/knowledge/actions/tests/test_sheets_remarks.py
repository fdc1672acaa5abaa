"""What was found stands in a copy of the sender's own file, at the cells concerned."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

from iisg.knowledge.actions.records import Remark
from iisg.knowledge.actions.sheets.columns import REMARKS
from iisg.knowledge.actions.sheets.reading import read_sheet
from iisg.knowledge.actions.sheets.remarks import AUTHOR, write_copy
from iisg.knowledge.actions.sources import open_source

HEADS = ("Where", "Record", "It was", "What was found", "What to do", "refused", "taken", "refused anyhow")


def copy_of(content: bytes, name: str, remarks: Sequence[Remark]) -> bytes:
    file = io.BytesIO()
    write_copy(file, open_source(content, name), remarks, HEADS)
    return file.getvalue()


def found_in(content: bytes, name: str) -> list[Remark]:
    """The findings of the reader itself, so that the places are those that it says."""
    reading = read_sheet(content, name)
    return [
        Remark(finding.place, record.ref, finding.refuses, finding.message, finding.cure)
        for record in reading.records
        for finding in record.findings
    ]


def workbook(*rows: Sequence[object], title: str = "Our projects") -> bytes:
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = title
    for row in rows:
        page.append(list(row))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


HEADERS = ("ref", "title", "donor", "start_date", "beneficiaries")


def test_a_comment_stands_in_the_very_cell() -> None:
    content = workbook(
        HEADERS, ("A-1", "Cameras", "EU", "31 September 2024", "AL"), ("A-2", "", "EU", "2024", "Narnia")
    )
    book = load_workbook(io.BytesIO(copy_of(content, "ours.xlsx", found_in(content, "ours.xlsx"))))
    page = book["Our projects"]
    said = {cell.coordinate: cell.comment.text for row in page.iter_rows() for cell in row if cell.comment}
    assert set(said) == {"D2", "B3", "E3"}
    assert "year-month-day" in said["D2"]
    assert "title is missing" in said["B3"]
    assert "'Narnia' is none of the Western Balkans partners" in said["E3"]
    assert page["D2"].fill.fgColor.rgb != page["B3"].fill.fgColor.rgb
    assert [page["A2"].value, page["E2"].value] == ["A-1", "AL"]
    listed = [[cell.value for cell in row] for row in book[REMARKS].iter_rows(min_row=2)]
    assert [row[:3] for row in listed] == [
        ["sheet 'Our projects', cell D2", "A-1", "taken"],
        ["sheet 'Our projects', cell B3", "A-2", "refused"],
        ["sheet 'Our projects', cell E3", "A-2", "refused"],
    ]


def test_delimited_text_comes_back_as_a_workbook_with_the_comments() -> None:
    text = 'ref;title;donor;start_date;beneficiaries\nA-1;"two\nlines";EU;2024;AL\nA-2;=1+1;EU;soon;AL\n'
    content = text.encode()
    remarks = found_in(content, "ours.csv")
    page = load_workbook(io.BytesIO(copy_of(content, "ours.csv", remarks)))["Sheet"]
    assert page["D3"].comment is not None
    assert page["A3"].value == "A-2"
    assert (page["B3"].value, page["B3"].data_type) == ("=1+1", "s")


def test_the_senders_own_comments_stay_and_ours_are_replaced() -> None:
    book = load_workbook(io.BytesIO(workbook(HEADERS, ("A-1", "Cameras", "EU", "soon", "AL"))))
    book["Our projects"]["D2"].comment = Comment("ask Ana", "Ben")
    file = io.BytesIO()
    book.save(file)
    content = file.getvalue()
    first = copy_of(content, "ours.xlsx", found_in(content, "ours.xlsx"))
    comment = load_workbook(io.BytesIO(first))["Our projects"]["D2"].comment
    assert comment.text.startswith("ask Ana\n\n'soon'") or comment.text.startswith("ask Ana\n\n")
    mended = load_workbook(io.BytesIO(workbook(HEADERS, ("A-1", "Cameras", "EU", "2024", "Narnia"))))
    mended["Our projects"]["D2"].comment = Comment("old remark", AUTHOR)
    file = io.BytesIO()
    mended.save(file)
    again = file.getvalue()
    page = load_workbook(io.BytesIO(copy_of(again, "ours.xlsx", found_in(again, "ours.xlsx"))))[
        "Our projects"
    ]
    assert page["D2"].comment is None
    assert page["E2"].comment is not None


def test_the_copy_can_be_sent_in_again_and_its_list_is_no_sheet_of_records() -> None:
    content = workbook(HEADERS, ("A-1", "Cameras", "EU", "soon", "AL"))
    copy = copy_of(content, "ours.xlsx", found_in(content, "ours.xlsx"))
    again = read_sheet(copy, "ours.xlsx")
    assert [action.ref for action in again.actions] == ["A-1"]
    assert again.findings == []


@pytest.mark.parametrize(
    "place", ["", "the file as a whole", "sheet 'Gone', cell A1", "line 9999, column title (B)"]
)
def test_a_place_that_is_no_cell_stands_in_the_list_only(place: str) -> None:
    content = workbook(HEADERS, ("A-1", "Cameras", "EU", "2024", "AL"))
    book = load_workbook(io.BytesIO(copy_of(content, "ours.xlsx", [Remark(place, "A-1", False, "So.", "")])))
    assert all(cell.comment is None for row in book["Our projects"].iter_rows() for cell in row)
    assert book[REMARKS]["D2"].value == "So."
