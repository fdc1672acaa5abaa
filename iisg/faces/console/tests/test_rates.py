"""`iisg rates`: what it prints, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command

from iisg.knowledge.actions.models import ExchangeRate

pytestmark = pytest.mark.django_db
Printed = pytest.CaptureFixture[str]


def run(*words: str) -> int:
    """The exit code of the command."""
    with pytest.raises(SystemExit) as ended:
        call_command("rates", *words)
    return int(ended.value.code or 0)


def test_a_file_of_rates_is_taken_in_and_its_faults_are_told(tmp_path: Path, capsys: Printed) -> None:
    file = tmp_path / "albania.csv"
    file.write_text("currency,date,rate,source\nALL,2024-05-01,100.5,Bank of Albania\nALL,never,1,x\n")
    assert run(str(file), "--format", "csv") == 1
    assert "albania.csv,1,1,0,1" in capsys.readouterr().out
    assert ExchangeRate.objects.count() == 1
    assert run(str(file), "--format", "csv") == 1
    assert "albania.csv,1,0,0,1" in capsys.readouterr().out


def test_a_list_of_a_month_needs_its_month(tmp_path: Path) -> None:
    file = tmp_path / "inforeuro.csv"
    file.write_text("Country,Currency,ISO A3 Code,Value\nAlbania,Lek,ALL,98.1\n")
    assert run(str(file)) == 1
    assert run(str(file), "--month", "2026-11") == 0
    assert str(ExchangeRate.objects.get()) == "ALL 98.1 (inforeuro, 2026-11-01)"


def test_what_cannot_be_used_ends_with_two_and_a_sentence(tmp_path: Path, capsys: Printed) -> None:
    strange = tmp_path / "strange.csv"
    strange.write_text("a,b\n1,2\n")
    assert run(str(strange), str(tmp_path / "nowhere.csv")) == 2
    said = " ".join(capsys.readouterr().out.split())
    assert "no table of exchange rates" in said
    assert "No such file" in said
    assert run(str(strange), "--month", "November") == 2
    assert "is no month" in capsys.readouterr().err
