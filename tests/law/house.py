"""What the laws look at: the files, the apps and the order of the house."""

from __future__ import annotations

import ast
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[2]
_BUILT = {"__pycache__", "node_modules", ".venv", "var"}


def files(*suffixes: str, under: tuple[str, ...] = ("iisg", "config", "tests")) -> list[Path]:
    """Our own files with these endings, built and fetched ones left out."""
    found = [path for top in under for path in (HOUSE / top).rglob("*") if path.suffix in suffixes]
    return sorted(path for path in found if not _BUILT & set(path.relative_to(HOUSE).parts))


def python_files(*under: str) -> list[Path]:
    """Our Python files, migrations left out."""
    return [
        path for path in files(".py", under=under or ("iisg", "config", "tests")) if not is_migration(path)
    ]


def product_files() -> list[Path]:
    """Python files of the product itself: no migrations, tests or factories."""
    return [path for path in python_files("iisg") if not is_test(path)]


def is_migration(path: Path) -> bool:
    """Written by Django."""
    return "migrations" in path.parts


def is_test(path: Path) -> bool:
    """A test or the made-up records for tests."""
    return "tests" in path.relative_to(HOUSE).parts or path.stem == "factories"


def room(path: Path) -> str:
    """The room a file belongs to: `views` for views.py and for everything in views/."""
    parts = [*path.relative_to(HOUSE).parts[:-1], path.stem]
    return next((part for part in parts[3:] if part in ROOMS), path.stem)


ROOMS = (
    "urls",
    "views",
    "forms",
    "receivers",
    "clock",
    "jobs",
    "operations",
    "effects",
    "rules",
    "signals",
    "models",
)


@cache
def tree(path: Path) -> ast.Module:
    """The file, parsed."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def functions(module: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a module."""
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def dotted(node: ast.expr) -> str:
    """`a.b.c` for a chain of names and attributes, calls between them left out; "" for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return dotted(node.func) if isinstance(node, ast.Call) else ""


def calls(node: ast.AST) -> list[ast.Call]:
    """Every call below a node, in the order of the text."""
    found = [each for each in ast.walk(node) if isinstance(each, ast.Call)]
    return sorted(found, key=lambda each: (each.lineno, each.col_offset))


@cache
def order_of_apps() -> dict[str, tuple[int, int, str]]:
    """`orgs` -> (height of its floor, height within it, its wing), from the contracts of pyproject.toml."""
    project = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    by_container = {tuple(each.get("containers", ())): each.get("layers", []) for each in contracts}
    order: dict[str, tuple[int, int, str]] = {}
    for height, layer in enumerate(reversed(by_container[("iisg",)])):
        for floor in _names(layer):
            for within, apps in enumerate(reversed(by_container.get((f"iisg.{floor}",), []))):
                order |= dict.fromkeys(_names(apps), (height, within, floor))
    return order


def _names(layer: str) -> list[str]:
    """`(governance) | knowledge` -> the two names."""
    return [name.strip().strip("()") for name in layer.replace(":", "|").split("|")]


def tracked() -> list[Path]:
    """Every file that git keeps; skips where the house stands outside of git."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=HOUSE, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("the house does not stand in a git checkout")
    return [HOUSE / name for name in listed.stdout.split("\0") if name and (HOUSE / name).is_file()]


def told(breaches: list[str], cure: str) -> str:
    """The message of a law: every breach on its line, then the cure."""
    return "\n".join(["", *breaches, f"Cure: {cure}"])


def at(path: Path, line: int) -> str:
    """`iisg/…/views.py:12` for messages."""
    return f"{path.relative_to(HOUSE) if path.is_relative_to(HOUSE) else path}:{line}"
