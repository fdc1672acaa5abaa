"""Numbers as the standard writes them: a decimal point, no thousands; anything else is not known."""

from __future__ import annotations

import re
from decimal import Decimal

_NUMBER = re.compile(r"^[+-]?(\d{1,15}(\.\d{0,20})?|\.\d{1,20})$", re.ASCII)


def read_number(printed: str | None) -> Decimal | None:
    """The number, None where nothing or no number is printed; never zero by default."""
    text = (printed or "").strip()
    return Decimal(text) if _NUMBER.match(text) else None
