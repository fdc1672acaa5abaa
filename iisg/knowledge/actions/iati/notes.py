"""Remarks about one activity while it is read, each with its line, kept few where they repeat."""

from __future__ import annotations

from collections import Counter
from typing import cast

from lxml import etree

from iisg.foundations.core.findings import Finding, Grade, brief

_SHOWN_OF_A_KIND = 3


def line_of(element: etree._Element) -> int:
    """The line of the file on which an element opens, from 1."""
    return cast("int | None", element.sourceline) or 1


class Notes:
    """Collects the findings of one activity; of many alike the first three are shown and the rest counted."""

    def __init__(
        self, activity: etree._Element, number: int, identifier: str, habits: Counter[str] | None = None
    ) -> None:
        self.label = f"iati-activity {number} ({brief(identifier, 120) or 'no identifier'})"
        self.line = line_of(activity)
        self.findings: list[Finding] = []
        self._seen: Counter[str] = Counter()
        self._habits = Counter() if habits is None else habits

    def place(self, element: etree._Element | None, what: str = "") -> str:
        """ "line 120, iati-activity 3 (ID), title"."""
        line = line_of(element) if element is not None else self.line
        name = what or (brief(str(element.tag), 80) if element is not None else "")
        return ", ".join(part for part in (f"line {line}", self.label, name) if part)

    def error(
        self, code: str, message: str, cure: str, element: etree._Element | None = None, what: str = ""
    ) -> None:
        """Refuse the activity."""
        self.findings.append(Finding(Grade.ERROR, code, brief(message), self.place(element, what), cure))

    def warn(
        self, code: str, message: str, cure: str, element: etree._Element | None = None, what: str = ""
    ) -> None:
        """Take the activity, but say what to look at."""
        self._seen[code] += 1
        if self._seen[code] <= _SHOWN_OF_A_KIND:
            self.findings.append(
                Finding(Grade.WARNING, code, brief(message), self.place(element, what), cure)
            )

    def warn_at(self, line: int, code: str, message: str, cure: str, what: str) -> None:
        """The same for a place that is known by its line."""
        self._seen[code] += 1
        if self._seen[code] <= _SHOWN_OF_A_KIND:
            place = f"line {line}, {self.label}, {what}"
            self.findings.append(Finding(Grade.WARNING, code, brief(message), brief(place), cure))

    def warn_seldom(self, code: str, message: str, cure: str, element: etree._Element | None = None) -> None:
        """A habit of the publisher: told of the first activities of the file that have it, not of hundreds."""
        self._habits[code] += 1
        if self._habits[code] < _SHOWN_OF_A_KIND:
            self.warn(code, message, cure, element)
        elif self._habits[code] == _SHOWN_OF_A_KIND:
            self.warn(
                code, f"{message} Where later activities have the same it is not said again.", cure, element
            )

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
