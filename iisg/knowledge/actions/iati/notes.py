"""Remarks about one activity while it is read, each with its line, kept few where they repeat."""

from __future__ import annotations

from collections import Counter
from typing import cast

from lxml import etree

from iisg.foundations.core.findings import Finding, Grade

_SHOWN_OF_A_KIND = 3


def line_of(element: etree._Element) -> int:
    """The line of the file on which an element opens, from 1."""
    return cast("int | None", element.sourceline) or 1


class Notes:
    """Collects the findings of one activity; of many alike the first three are shown and the rest counted."""

    def __init__(self, activity: etree._Element, number: int, identifier: str) -> None:
        self.label = f"iati-activity {number} ({identifier or 'no identifier'})"
        self.line = line_of(activity)
        self.findings: list[Finding] = []
        self._seen: Counter[str] = Counter()

    def place(self, element: etree._Element | None, what: str = "") -> str:
        """ "line 120, iati-activity 3 (ID), title"."""
        line = line_of(element) if element is not None else self.line
        name = what or (str(element.tag) if element is not None else "")
        return ", ".join(part for part in (f"line {line}", self.label, name) if part)

    def error(
        self, code: str, message: str, cure: str, element: etree._Element | None = None, what: str = ""
    ) -> None:
        """Refuse the activity."""
        self.findings.append(Finding(Grade.ERROR, code, message, self.place(element, what), cure))

    def warn(
        self, code: str, message: str, cure: str, element: etree._Element | None = None, what: str = ""
    ) -> None:
        """Take the activity, but say what to look at."""
        self._seen[code] += 1
        if self._seen[code] <= _SHOWN_OF_A_KIND:
            self.findings.append(Finding(Grade.WARNING, code, message, self.place(element, what), cure))

    def all(self) -> list[Finding]:
        """Everything noted, the silent rest counted."""
        rest = [
            Finding(
                Grade.WARNING,
                code,
                f"{seen - _SHOWN_OF_A_KIND} more remarks of this kind.",
                self.place(None),
                "See the first ones above.",
            )
            for code, seen in self._seen.items()
            if seen > _SHOWN_OF_A_KIND
        ]
        return self.findings + rest
