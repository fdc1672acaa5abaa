"""The values of one plain object, taken by name and checked; what is wrong refuses the record and names the place."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from iisg.foundations.core.findings import Finding, Grade
from iisg.foundations.core.periods import NOTHING_PRINTED, PrintedDate
from iisg.knowledge.actions.sheets.figures import read_written_date
from iisg.knowledge.actions.sheets.marks import tidy

_NO_LETTER: Final = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_MOST: Final = Decimal(10) ** 15


class Values:
    """One object of a file; `place` says where it stands, `findings` is shared with the objects inside it."""

    def __init__(self, facts: dict[str, Any], place: str, findings: list[Finding]) -> None:
        self._facts = facts
        self.place = place
        self.findings = findings

    def refuse(self, name: str, message: str, cure: str) -> None:
        """Refuse the record for one of its facts."""
        place = f"{self.place}, {name}"
        self.findings.append(Finding(Grade.ERROR, f"json.{name.replace('_', '-')}", message, place, cure))

    def given(self, name: str) -> Any:
        """The value, None where it is absent or null."""
        return self._facts.get(name)

    def text(self, name: str) -> str:
        """A text without blanks around it, "" for null."""
        value = self.given(name)
        if value is None:
            return ""
        if not isinstance(value, str) or _NO_LETTER.search(value):
            self.refuse(name, "This is no readable text.", "Write it as text, without control characters.")
            return ""
        return tidy(value)

    def required(self, name: str) -> str:
        """A text that must be there."""
        text = self.text(name)
        if not text:
            self.refuse(name, f"The {name.replace('_', ' ')} is missing.", "Fill it in.")
        return text

    def one(self, name: str, allowed: Collection[str]) -> str:
        """One value of a closed list, "" for null."""
        return self._of_list(name, self.text(name), allowed)

    def several(self, name: str, allowed: Collection[str] | None = None) -> tuple[str, ...]:
        """Texts of a list; of a closed list where one is given."""
        value = self.given(name)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
            self.refuse(name, "This is no list of texts.", "Write a list, such as ['AL', 'ME'].")
            return ()
        texts = [Values({name: entry}, self.place, self.findings).text(name) for entry in value]
        if allowed is not None:
            texts = [self._of_list(name, text, allowed) for text in texts]
        return tuple(text for text in texts if text)

    def objects(self, name: str) -> Iterator[Values]:
        """The objects of a list, each with its number in its place."""
        value = self.given(name)
        if value is None:
            return
        if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            self.refuse(name, "This is no list of objects.", "Write a list of objects.")
            return
        for number, entry in enumerate(value, start=1):
            yield Values(entry, f"{self.place}, {name} {number}", self.findings)

    def number(self, name: str, *, least: Decimal = -_MOST, most: Decimal = _MOST) -> Decimal | None:
        """A number (or its digits in text) below `most`, None for null."""
        value = self.given(name)
        if value is None:
            return None
        try:
            usable = not isinstance(value, bool) and isinstance(value, int | Decimal | str)
            number = Decimal(value) if usable else None
        except InvalidOperation:
            number = None
        if number is None or not number.is_finite() or not least < number < most:
            self.refuse(name, "This is no number that can be kept.", "Write a number, or null for not known.")
            return None
        return number

    def whole(self, name: str, most: int) -> int | None:
        """A whole number from 1 to `most`, None for null."""
        number = self.number(name, least=Decimal(0), most=Decimal(most) + 1)
        if number is None or number == number.to_integral_value():
            return None if number is None else int(number)
        self.refuse(name, "This is no whole number.", "Write a whole number, or null for not known.")
        return None

    def switch(self, name: str) -> bool | None:
        """True, false, or None for null."""
        value = self.given(name)
        if value is None or isinstance(value, bool):
            return value
        self.refuse(name, "This is neither true nor false.", "Write true, false, or null for not known.")
        return None

    def date(self, name: str) -> PrintedDate:
        """A date in text, or an object of the date that was understood and the words that are printed."""
        value = self.given(name)
        if isinstance(value, dict):
            inner = Values(value, f"{self.place}, {name}", self.findings)
            return self._printed(name, inner.text("date"), inner.text("printed"))
        return self._printed(name, self.text(name), "")

    def _printed(self, name: str, understood: str, printed: str) -> PrintedDate:
        read = read_written_date(understood)
        if read.unreadable:
            self.refuse(
                name, f"'{understood[:60]}' is no date.", "Write it like 2024-05-31, 2024-05 or 2024."
            )
            return NOTHING_PRINTED
        return PrintedDate(printed or understood, read.first, read.last, read.precision)

    def _of_list(self, name: str, text: str, allowed: Collection[str]) -> str:
        if not text or text in allowed:
            return text
        self.refuse(name, f"'{text[:60]}' is not in the list.", f"Use one of: {', '.join(allowed)}.")
        return ""
