"""`iisg suggest` and `iisg relate`: columns, exit codes, and errors that name file, row and cure."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from pathlib import Path

import pytest

from iisg.faces.console.plain import main

Printed = pytest.CaptureFixture[str]
ACTIONS = (
    "ref,title,donor,implementer,beneficiaries,assistance_type,budget_amount,budget_currency,start_date,end_date\n"
    "A-1,Cameras for the border police of Montenegro,European Union,IOM,ME,equipment,100000,EUR,2020-01,2021-12\n"
    "A-2,Training of prosecutors against corruption,Norway,Council of Europe,AL,training,,,2021,2023\n"
)
MORE = (
    "ref,donor,implementer,beneficiaries,amount,currency,start_date,end_date,title,description,language\n"
    "M-1,ЕУ,ИОМ,ME,195600,BAM,2020-01-15,2021-12-31,Камере за граничну полицију Црне Горе,,cnr\n"
)
NEEDS = "ref,need,objective,partner,pillar\nN-1,Thermal cameras for the green border,Border surveillance,ME,WBBSi\n"


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    """Paths of one file of each kind, and of the answer."""
    paths = {"out": str(tmp_path / "out.csv")}
    for name, text in (("actions", ACTIONS), ("more", MORE), ("needs", NEEDS)):
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        paths[name] = str(tmp_path / f"{name}.csv")
    return paths


def answer(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_relations_are_written_with_their_reasons(files: dict[str, str]) -> None:
    assert main(["relate", files["actions"], files["more"], "-o", files["out"]]) == 0
    text = Path(files["out"]).read_text(encoding="utf-8")
    assert text.splitlines()[0] == "from_ref,to_ref,relation,score,reasons"
    (row,) = answer(text)
    assert (row["from_ref"], row["to_ref"], row["relation"]) == ("A-1", "M-1", "same_as")
    assert "same implementer: IOM" in row["reasons"]
    assert "sums as good as equal: 100000 EUR and 195600 BAM" in row["reasons"]


def test_suggestions_go_to_standard_output_too(files: dict[str, str], capsys: Printed) -> None:
    assert (
        main(["suggest", files["needs"], files["actions"], "-o", "-", "--top", "1", "--on", "2020-06-30"])
        == 0
    )
    (row,) = answer(capsys.readouterr().out)
    assert list(row) == ["need_ref", "action_ref", "score", "reasons"]
    assert (row["need_ref"], row["action_ref"]) == ("N-1", "A-1")
    assert "names ME" in row["reasons"]
    assert "runs until 2021-12-31" in row["reasons"]


def test_every_reason_on_the_public_files_has_words(files: dict[str, str]) -> None:
    demo = Path(__file__).resolve().parents[4] / "demo"
    for words in (
        ["relate", str(demo / "actions.csv"), "-o", files["out"]],
        [
            "suggest",
            str(demo / "needs.csv"),
            str(demo / "actions.csv"),
            "-o",
            files["out"],
            "--on",
            "2026-06-30",
        ],
    ):
        assert main(words) == 0
        rows = answer(Path(files["out"]).read_text(encoding="utf-8"))
        assert len(rows) > 50
        assert all(row["reasons"] and "{" not in row["reasons"] for row in rows)


def test_it_needs_no_database_and_no_settings_from_any_folder(files: dict[str, str], tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "iisg.faces.console.main",
        "relate",
        files["actions"],
        "-o",
        files["out"],
    ]
    environment = {
        "PYTHONPATH": str(Path(__file__).resolve().parents[4]),
        "IISG_DATABASE": "postgresql://nowhere:1/x",
    }
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("content", "code", "told"),
    [
        ("ref,what,donor\nA-1,Cameras,EU\n", 2, ["given.csv, line 1", "a column 'title'", "ref, what, donor"]),
        (ACTIONS + "A-2,Another,,,ME,,,,,\n", 1, ["given.csv: left out, line 4", "'A-2' was already used in line 3"]),
        (ACTIONS.replace("2021-12", "2021-31-12"), 0, ["line 2, column end_date", "2021-31-12", "year-month-day"]),
        (ACTIONS.replace(",AL,", ",Moldova,"), 1, ["line 3, column beneficiaries", "'Moldova'", "Use AL, BA"]),
        ("", 2, ["given.csv"]),
    ],
    ids=["missing column", "reference twice", "unreadable date", "unknown partner", "empty"],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(
    files: dict[str, str], tmp_path: Path, capsys: Printed, content: str, code: int, told: list[str]
) -> None:
    given = tmp_path / "given.csv"
    given.write_text(content, encoding="utf-8")
    assert main(["relate", str(given), "-o", files["out"]]) == code
    printed = capsys.readouterr().err
    assert all(words in printed for words in told), printed


def test_a_reference_of_an_earlier_file_is_left_out(files: dict[str, str], capsys: Printed) -> None:
    Path(files["more"]).write_text(MORE.replace("M-1", "A-1"), encoding="utf-8")
    assert main(["relate", files["actions"], files["more"], "-o", files["out"]]) == 1
    told = capsys.readouterr().err
    assert "more.csv: left out, line 2: The reference 'A-1' is already used in actions.csv, line 2." in told


def test_a_file_that_is_not_there_is_told(files: dict[str, str], capsys: Printed) -> None:
    assert main(["relate", "nowhere.csv", "-o", files["out"]]) == 2
    assert "nowhere.csv: There is no readable file" in capsys.readouterr().err


def test_text_that_a_spreadsheet_would_run_is_disarmed(files: dict[str, str], tmp_path: Path) -> None:
    named = tmp_path / "named.csv"
    named.write_text(ACTIONS.replace("A-1,", "=A1,"), encoding="utf-8")
    main(["relate", str(named), files["more"], "-o", files["out"]])
    (row,) = answer(Path(files["out"]).read_text(encoding="utf-8"))
    assert row["from_ref"] == "'=A1"


@pytest.mark.parametrize("words", [["--top", "0"], ["--on", "tomorrow"]])
def test_a_wrong_word_ends_with_the_code_for_unusable_input(files: dict[str, str], words: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["suggest", files["needs"], files["actions"], "-o", "-", *words])
    assert ended.value.code == 2


def test_the_answer_never_overwrites_what_is_read(files: dict[str, str], capsys: Printed) -> None:
    for words in (
        ["suggest", files["needs"], files["actions"], "-o", files["needs"]],
        [
            "suggest",
            files["needs"],
            files["actions"],
            "-o",
            str(Path(files["needs"]).parent / "." / "actions.csv"),
        ],
        ["relate", files["actions"], files["more"], "-o", files["more"]],
    ):
        assert main(words) == 2
        assert "would overwrite it. Name another one with -o." in capsys.readouterr().err
    read = [Path(files[name]).read_text(encoding="utf-8") for name in ("needs", "actions", "more")]
    assert read == [NEEDS, ACTIONS, MORE]
