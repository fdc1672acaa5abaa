"""Writes the pages of docs/ that come from the code and checks what every page points to (`make docs`)."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable
from pathlib import Path

import django

HOUSE = Path(__file__).resolve().parent.parent
DOCS = HOUSE / "docs"
OPENING = "<!-- Written by `make docs` from the code; change the code, not this page. -->"
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
AWAITED: set[str] = set()
"""Pictures that the browser tests take."""


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table."""
    head = list(head)
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def access_page() -> str:
    """Roles across, powers down."""
    from iisg.foundations.access.roles import GRANTS, Can, Role

    rows = [
        [power.value.replace("_", " "), *("yes" if power in GRANTS[role] else "" for role in Role)]
        for power in Can
    ]
    return (
        f"{OPENING}\n# Who may do what\n\nRoles are code; who holds one, where and when, is data. "
        "Everybody may read what is public.\n\n"
        + table(["may", *(role.value.replace("_", " ") for role in Role)], rows)
    )


def records_page() -> str:
    """Every kind of record with its handling."""
    from django.apps import apps

    rows = [
        [
            model._meta.app_label,
            model.__name__,
            model.handling.marking.value,
            model.handling.retention,
            ", ".join(model.handling.personal),
        ]
        for model in apps.get_models()
        if hasattr(model, "handling")
    ]
    head = ["app", "record", "who may see it", "how long it stays", "personal data"]
    return f"{OPENING}\n# Records and their handling\n\n{table(head, rows)}"


def written() -> dict[Path, str]:
    """Each page that comes from the code, as it should be now."""
    return {DOCS / "access.md": access_page(), DOCS / "records.md": records_page()}


def pages() -> list[Path]:
    """Every page that people read."""
    return sorted([*HOUSE.glob("*.md"), *DOCS.rglob("*.md"), *(HOUSE / "demo").glob("*.md")])


def dead_ends(page: Path) -> list[str]:
    """Links of a page to files that do not exist."""
    found = []
    for target in _LINK.findall(page.read_text(encoding="utf-8")):
        if "://" in target or target.startswith(("#", "mailto:")):
            continue
        place = (page.parent / target.split("#")[0]).resolve()
        if not place.exists() and place.relative_to(HOUSE).as_posix() not in AWAITED:
            found.append(f"{page.relative_to(HOUSE)} points to {target}, which does not exist")
    return found


def main() -> int:
    """Write the pages, then say which links lead nowhere; 1 if any does."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    for path, text in written().items():
        changed = not path.exists() or path.read_text(encoding="utf-8") != text
        path.write_text(text, encoding="utf-8")
        print(f"docs: {path.relative_to(HOUSE)} {'written' if changed else 'is up to date'}")
    broken = [line for page in pages() for line in dead_ends(page)]
    print(
        "\n".join(broken)
        or f"docs: every link of {len(pages())} pages leads somewhere. Begin with docs/map.md."
    )
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
