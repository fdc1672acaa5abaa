"""Small rooms with true names (design.md 7.9)."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.law.house import HOUSE, at, files, functions, python_files, room, told, tree

FILE, TEMPLATE, FUNCTION, VIEW = 400, 300, 60, 40
FORBIDDEN = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "misc",
    "services",
    "managers",
    "mixins",
    "constants",
}


def long_functions(path: Path, module: ast.Module) -> list[str]:
    """Functions over their measure: 40 lines in views, 60 elsewhere."""
    limit = VIEW if room(path) == "views" else FUNCTION
    lengths = ((each, (each.end_lineno or each.lineno) - each.lineno + 1) for each in functions(module))
    return [
        f"{at(path, each.lineno)} {each.name} has {length} lines, at most {limit}"
        for each, length in lengths
        if length > limit
    ]


def test_files_are_short() -> None:
    measures = [(path, FILE) for path in [*python_files(), *files(".js", ".scss", under=("iisg",))]]
    measures += [(path, TEMPLATE) for path in files(".html")]
    lengths = [(path, len(path.read_text(encoding="utf-8").splitlines()), limit) for path, limit in measures]
    breaches = [
        f"{at(path, 1)} has {lines} lines, at most {limit}" for path, lines, limit in lengths if lines > limit
    ]
    assert not breaches, told(breaches, "make the room a folder and split it by noun")


def test_functions_are_short() -> None:
    breaches = [breach for path in python_files() for breach in long_functions(path, tree(path))]
    assert not breaches, told(breaches, "give a part a name of its own")


def test_modules_have_true_names() -> None:
    breaches = [
        str(path.relative_to(HOUSE))
        for path in files(".py", ".js", ".scss")
        if FORBIDDEN & {Path(part).stem for part in path.relative_to(HOUSE).parts}
    ]
    assert not breaches, told(breaches, "name the module for the thing it holds")


def test_the_law_measures() -> None:
    text = "def show():\n" + "    x = 1\n" * 40
    assert long_functions(HOUSE / "iisg/faces/desk/views.py", ast.parse(text))
    assert long_functions(HOUSE / "iisg/faces/desk/views/needs.py", ast.parse(text))
    assert not long_functions(HOUSE / "iisg/faces/desk/drawing.py", ast.parse(text))
