"""What no file may hold: promises, blanket exceptions, hosts of package registries, paths of one machine."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.law.house import HOUSE, at, told, tracked


def joined(text: str) -> str:
    """The pattern without its seams; they keep this file from breaking its own law."""
    return text.replace("~", "")


MARKS = {
    joined(r"\b(?:TO~DO|FIX~ME|X~XX)\b"): "do it now or write an issue",
    joined(r"#\s*type:\s*ign~ore(?!\[)"): "name the code: type: ignore[…]",
    joined(r"#\s*no~qa(?!:)"): "name the rule: noqa: …",
    joined(r"pragma:\s*no ~cover"): "write the test",
}
PLACES = {
    joined(r"\b~py~pi\.org|python~hosted\.org|\bnpm~js\.(?:org|com)|yarn~pkg\.com"): "name no registry host",
    joined(r"(?<![\w.])/(?:wo~rk|ro~ot|opt/py~pi)/"): "name no path of a machine",
    joined(r"(?<![\w.}])/t~mp/"): "name no path of a machine; use tmp_path or tempfile",
}
CODE = {".py", ".html", ".js", ".scss", ".toml", ".yml", ".yaml", ".cfg", ""}


def breaches_in(path: Path, text: str, rules: dict[str, str]) -> list[str]:
    """Every line that breaks one of the rules, with the cure."""
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        found += [
            f"{at(path, number)} {line.strip()[:80]} · {cure}"
            for mark, cure in rules.items()
            if re.search(mark, line)
        ]
    return found


def _text(path: Path) -> str:
    content = path.read_bytes()
    return "" if b"\0" in content[:8000] else content.decode("utf-8", errors="replace")


def test_code_makes_no_promises_and_no_blanket_exceptions() -> None:
    breaches = [b for path in tracked() if path.suffix in CODE for b in breaches_in(path, _text(path), MARKS)]
    assert not breaches, told(breaches, "see the end of each line")


def test_files_name_no_registry_and_no_machine() -> None:
    breaches = [breach for path in tracked() for breach in breaches_in(path, _text(path), PLACES)]
    assert not breaches, told(breaches, "see the end of each line")


@pytest.mark.parametrize(
    ("line", "rules"),
    [
        ("x = 1  # TO~DO later", MARKS),
        ("x = 1  # type: ign~ore", MARKS),
        ("import x  # no~qa", MARKS),
        ("https://files.python~hosted.org/x", PLACES),
        ("see /wo~rk/shared", PLACES),
        ("open('/t~mp/x')", PLACES),
    ],
)
def test_the_law_sees_each_mark(line: str, rules: dict[str, str]) -> None:
    assert breaches_in(HOUSE / "iisg/x.py", joined(line), rules)


def test_the_law_lets_the_rest_pass() -> None:
    sound = "x: Any  # type: ignore[arg-type]\nimport x  # noqa: F401\nhttps://example.org/work/tmp/page\n"
    assert not breaches_in(HOUSE / "iisg/x.py", sound, MARKS | PLACES)
