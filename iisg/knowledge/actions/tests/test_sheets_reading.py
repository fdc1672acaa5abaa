"""Sheets as people send them: delimiters, encodings, title and hint rows, several sheets, mapped headers."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Sequence

import pytest
from openpyxl import Workbook
from openpyxl.chart import BarChart

from iisg.foundations.core.findings import Grade
from iisg.knowledge.actions.columns import Mapping
from iisg.knowledge.actions.sheets.headers import describe_headers, guess_mapping
from iisg.knowledge.actions.sheets.reading import read_sheet
from iisg.knowledge.actions.sources import Limits, UnreadableFile, open_source

HEADERS = ["ref", "title", "donor", "beneficiaries", "scope"]
ROW = ["A-1", "Cameras", "European Union", "AL", "national"]


def book(**sheets: Sequence[Sequence[object]]) -> bytes:
    """A workbook with these sheets."""
    made, out = Workbook(), io.BytesIO()
    made.remove(made.worksheets[0])
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    made.save(out)
    return out.getvalue()


def replaced(content: bytes, part: str, old: str, new: str) -> bytes:
    """A workbook in which one part was changed by hand."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as before,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            text = before.read(name)
            after.writestr(name, text.replace(old.encode(), new.encode()) if name == part else text)
    return out.getvalue()


def refused(content: bytes, mapping: Mapping | None = None) -> str:
    """The code by which a file is refused."""
    with pytest.raises(UnreadableFile) as caught:
        read_sheet(content, "list", mapping)
    return caught.value.finding.code


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_delimited_text_of_every_kind(delimiter: str, encoding: str, ending: str) -> None:
    rows = [HEADERS, ["A-1", f'"Cameras{delimiter} ""thermal"""', "EU", "AL", "national"]]
    text = ending.join(delimiter.join(row) for row in rows) + ending
    (action,) = read_sheet(text.encode(encoding)).actions
    assert (action.ref, action.title, action.partners) == ("A-1", f'Cameras{delimiter} "thermal"', ("AL",))
    assert action.place == "line 2"
    assert action.findings == []


def test_a_line_break_inside_a_cell_does_not_shift_the_line_numbers() -> None:
    text = 'ref,title,donor,scope\nA-1,"two\nlines",EU,regional\nA-2,,EU,regional\n'
    first, second = read_sheet(text.encode()).actions
    assert (first.title, first.place, second.place) == ("two\nlines", "line 2", "line 4")
    assert second.findings[0].place == "line 4, column title (B)"


def test_a_quotation_mark_never_closed_refuses_the_file_and_names_the_line() -> None:
    content = b'ref,title,donor,scope\nA-1,T,EU,regional\nA-2,"T,EU,regional\nA-3,T,EU,regional\n'
    with pytest.raises(UnreadableFile) as caught:
        read_sheet(content, "list.csv")
    assert caught.value.finding.place == "list.csv, line 3"


def test_a_row_that_cannot_be_divided_is_refused_and_the_next_is_taken() -> None:
    content = b'ref,title,donor,scope\nA-1,"T"x,EU,regional\nA-2,T,EU,regional\n'
    broken, sound = read_sheet(content).actions
    assert (broken.refused, sound.refused, sound.ref) == (True, False, "A-2")
    assert broken.findings[0].place == "line 2"


def test_title_rows_above_and_hint_rows_below_the_headers_are_passed_over() -> None:
    rows: list[list[object]] = [
        ["List of actions 2026"],
        [],
        [*HEADERS],
        ["#activity+code", "#activity", "#org+funding", None, None],
        [*ROW],
    ]
    (action,) = read_sheet(book(Actions=rows)).actions
    assert (action.ref, action.place) == ("A-1", "sheet 'Actions', row 5")
    text = "List of actions\n\n" + ",".join(HEADERS) + "\n#x,#y,,,\n" + ",".join(ROW) + "\n"
    assert read_sheet(text.encode()).actions[0].place == "line 5"


def test_of_several_sheets_those_that_fit_are_read_and_the_others_named() -> None:
    needs = [["ref", "need", "partner", "four_p"], ["N-1", "Vehicles", "ME", "Protect"]]
    reading = read_sheet(book(Notes=[["Prepared by"], ["us"]], Actions=[HEADERS, ROW], Needs=needs, Empty=[]))
    assert [record.ref for record in reading.records] == ["N-1", "A-1"]
    assert [(f.code, "'Notes'" in f.message) for f in reading.findings] == [("sheet.passed-over", True)]
    assert {sheet: mapping.kind for sheet, mapping in reading.mappings.items()} == {
        "Actions": "actions",
        "Needs": "needs",
    }


def test_cells_of_workbooks_are_read_as_one_would_type_them() -> None:
    headers = [*HEADERS, "budget_amount", "budget_currency", "start_date", "end_date", "duration_months"]
    row = [1024.0, "Cameras", "EU", "AL", "national", 281.5, "EUR", dt.date(2024, 5, 31), "2025-07", 14.0]
    (action,) = read_sheet(book(Actions=[headers, row])).actions
    assert (action.ref, action.start.printed, action.end.printed) == ("1024", "2024-05-31", "2025-07")
    assert (str(action.flows[0].amount), action.duration_months) == ("281.5", 14)
    assert action.findings == []


def test_a_formula_without_a_stored_result_refuses_its_row_and_names_the_cell() -> None:
    reading = read_sheet(book(Actions=[HEADERS, ROW, ["A-2", "=CONCATENATE(A1,B1)", "EU", "AL", "national"]]))
    sound, broken = reading.actions
    assert (sound.refused, broken.refused) == (False, True)
    assert broken.findings[0].place == "sheet 'Actions', cell B3"
    assert "=CONCATENATE(A1,B1)" in broken.findings[0].message


def test_a_formula_with_a_stored_result_is_its_result() -> None:
    content = book(Actions=[HEADERS, ["A-2", "=1+1", "EU", "AL", "national"]])
    stored = replaced(content, "xl/worksheets/sheet1.xml", "<f>1+1</f><v/>", "<f>1+1</f><v>2</v>")
    stored = replaced(stored, "xl/worksheets/sheet1.xml", "<f>1+1</f><v></v>", "<f>1+1</f><v>2</v>")
    (action,) = read_sheet(stored).actions
    assert (action.title, action.findings) == ("2", [])


def test_text_that_looks_like_a_formula_stays_text() -> None:
    text = "ref,title,donor,scope\nA-1,=cmd|' /C calc'!A0,@EU,regional\n"
    (action,) = read_sheet(text.encode()).actions
    assert (action.title, action.parties[0].name) == ("=cmd|' /C calc'!A0", "@EU")


def test_a_far_cell_costs_nothing() -> None:
    made, out = Workbook(), io.BytesIO()
    sheet = made.worksheets[0]
    sheet.append(HEADERS)
    sheet.append(ROW)
    sheet["XFD1048576"] = "far"
    made.save(out)
    first, far = read_sheet(out.getvalue()).actions
    assert (first.refused, far.refused) == (False, True)
    assert far.place == "sheet 'Sheet', row 1048576"


def test_a_row_number_beyond_any_worksheet_is_refused() -> None:
    content = replaced(
        book(Actions=[HEADERS, ROW]), "xl/worksheets/sheet1.xml", '<row r="2"', '<row r="4000000000"'
    )
    content = replaced(content, "xl/worksheets/sheet1.xml", 'r="A2"', 'r="A4000000000"')
    assert refused(content) in ("table.too-long", "workbook.damaged")


def test_more_rows_than_the_limit_are_refused() -> None:
    text = ",".join(HEADERS) + "\n" + (",".join(ROW) + "\n") * 30
    with pytest.raises(UnreadableFile) as caught:
        read_sheet(open_source(text.encode(), "list.csv", limits=Limits(rows=10)))
    assert caught.value.finding.code == "table.too-long"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"Province,Cluster,Organisation\nBatha,Health,ACF\n", "sheet.headers-fit-nothing"),
        (b"title,id\nx,y\n", "sheet.headers-fit-nothing"),
        (b"ref,title,donor,scope\n", "sheet.no-records"),
        (b"ref,title,donor,scope\n,,,\n", "sheet.no-records"),
        (b",,,\n,,\n", "sheet.no-header-row"),
        (book(Sheet=[]), "sheet.no-header-row"),
        (b"<iati-activities><iati-activity/></iati-activities>", "sheet.not-one"),
    ],
)
def test_sheets_without_headers_or_rows_are_refused(content: bytes, code: str) -> None:
    assert refused(content) == code


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        (["REF", "Title ", "Donor", "Scope"], "actions"),
        (["Reference", "Project title", "Funded by", "Start", "End"], "actions"),
        (["Reference", "Need", "Partner", "Objective"], "needs"),
        (["Title", "Province", "Cluster", "ID"], None),
        ([], None),
    ],
)
def test_headers_are_guessed_or_left_to_a_person(headers: list[str], kind: str | None) -> None:
    mapping = guess_mapping(headers)
    assert (mapping.kind if mapping else None) == kind


def test_a_mapping_by_hand_reads_what_could_not_be_guessed() -> None:
    content = "Code;Projet;Bailleur;Pays\nA-1;Caméras;Union européenne;AL\n".encode()
    assert refused(content) == "sheet.headers-fit-nothing"
    mapping = Mapping("actions", {"Code": "ref", "Projet": "title", "Bailleur": "donor"})
    reading = read_sheet(content, "list.csv", mapping)
    assert [(a.ref, a.title, a.parties[0].name) for a in reading.actions] == [
        ("A-1", "Caméras", "Union européenne")
    ]
    assert reading.mappings[""].columns == mapping.columns
    assert [finding.code for finding in reading.findings] == ["sheet.columns-unread"]
    assert "'Pays'" in reading.findings[0].message


def test_a_mapping_that_fits_no_column_refuses_the_file() -> None:
    content = (",".join(HEADERS) + "\n" + ",".join(ROW)).encode()
    assert (
        refused(content, Mapping("actions", {"Nummer": "ref", "Titel": "title"}))
        == "sheet.headers-fit-nothing"
    )


def test_headers_are_described_for_the_page_of_mapping() -> None:
    rows: list[list[object]] = [
        ["3W"],
        ["Code", "Projet", "Nombre"],
        ["#code", "#projet", None],
        ["A-1", "x", 3],
        ["A-2", "x", 4],
    ]
    (sheet,) = describe_headers(book(Liste=rows))
    assert (sheet.sheet, sheet.row, sheet.guess) == ("Liste", 2, None)
    assert [(c.letter, c.header, c.samples) for c in sheet.columns] == [
        ("A", "Code", ("A-1", "A-2")),
        ("B", "Projet", ("x",)),
        ("C", "Nombre", ("3", "4")),
    ]
    (known,) = describe_headers((",".join(HEADERS) + "\n" + ",".join(ROW)).encode())
    assert known.guess is not None
    assert known.guess.columns == {name: name for name in HEADERS}


def test_the_same_reference_twice_is_refused_and_names_the_first() -> None:
    content = (",".join(HEADERS) + "\n" + ",".join(ROW) + "\n" + ",".join(ROW).lower()).encode()
    first, second = read_sheet(content).actions
    assert (first.refused, second.refused) == (False, True)
    (finding,) = second.findings
    assert finding.grade is Grade.ERROR
    assert "line 2, column ref (A)" in finding.message
    assert finding.place == "line 3, column ref (A)"


def test_an_assumed_encoding_is_handed_on() -> None:
    content = (",".join(HEADERS) + "\nA-1,Šćepan Polje čeka,EU,ME,national").encode("cp1250")
    reading = read_sheet(content)
    assert [finding.code for finding in reading.findings] == ["table.encoding-assumed"]
    assert reading.actions[0].title == "Šćepan Polje čeka"


def test_an_error_shown_in_a_cell_refuses_its_row() -> None:
    content = book(Actions=[HEADERS, ["A-1", "#DIV/0!", True, "AL", "national"]])
    (action,) = read_sheet(content).actions
    assert action.refused
    assert action.findings[0].place == "sheet 'Actions', cell B2"
    assert "#DIV/0!" in action.findings[0].message
    assert action.parties[0].name == "TRUE"


def test_times_of_day_stay_visible() -> None:
    moment = dt.datetime.fromisoformat("2024-05-31T10:30")
    (action,) = read_sheet(book(Actions=[HEADERS, ["A-1", moment, dt.time(8, 5), "AL", "national"]])).actions
    assert (action.title, action.parties[0].name) == ("2024-05-31 10:30", "08:05:00")


def test_a_sheet_that_is_a_chart_is_passed_over() -> None:
    made, out = Workbook(), io.BytesIO()
    made.worksheets[0].append(HEADERS)
    made.worksheets[0].append(ROW)
    made.create_chartsheet("Chart").add_chart(BarChart())
    made.save(out)
    assert [action.ref for action in read_sheet(out.getvalue()).actions] == ["A-1"]


def test_more_cells_or_rows_than_the_limit_are_refused_in_workbooks_too() -> None:
    content = book(Actions=[HEADERS, *[ROW] * 60])
    for limits in (Limits(rows=50), Limits(cells=100)):
        with pytest.raises(UnreadableFile) as caught:
            read_sheet(open_source(content, "list.xlsx", limits=limits))
        assert caught.value.finding.code == "table.too-long"


def test_a_damaged_part_refuses_the_whole_workbook() -> None:
    content = book(Actions=[HEADERS, ROW])
    assert refused(replaced(content, "xl/worksheets/sheet1.xml", "</row>", "</rot>")) == "workbook.damaged"
    assert refused(replaced(content, "xl/workbook.xml", "<sheets>", "<sheet>")) == "workbook.damaged"
