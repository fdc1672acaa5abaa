"""Text that a spreadsheet program would take for a formula, made harmless in CSV and made whole again."""

from __future__ import annotations

import re
from typing import Final

_FORMULA: Final = re.compile(r"^[\s'\"]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^['\"]*[\t\r\n]")
_NUMBER: Final = re.compile(r"^[+-]?\d+(\.\d+)?$", re.ASCII)


def dangerous(text: str) -> bool:
    """Whether a program could calculate it: "=", "+", "-", "@" (full width too) after blanks and quotes, or a tab."""
    return bool(_FORMULA.match(text)) and not _NUMBER.match(text)


def harmless(text: str) -> str:
    """The text with an apostrophe before it where it is dangerous; plain numbers stay numbers."""
    return f"'{text}" if dangerous(text) else text


def undo(text: str) -> str:
    """The text without the apostrophe that `harmless` has put before it."""
    return text[1:] if text[:1] == "'" and dangerous(text[1:]) else text
