"""Values as every program reads them: numbers without a lost digit, days, JSON; needs nothing but Python."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any, Final

LONGEST_CELL: Final = 32_000
"""Characters of a text that a cell of a workbook is trusted with; programs cut what is longer than 32,767."""
_DIGITS: Final = 15
"""Of a number in a workbook; a longer one is written as text, so that no digit is lost."""


def json_text(value: Any) -> str:
    """Compact JSON with letters as they are; numbers stay numbers where no digit is lost."""
    return json.dumps(value, ensure_ascii=False, default=_json_value)


def plain_number(number: Decimal) -> int | float | str:
    """The number as JSON and workbooks hold it, as digits in text where they could not hold all of them."""
    if len(number.as_tuple().digits) > _DIGITS:
        return f"{number:f}"
    return int(number) if number == number.to_integral_value() else float(number)


def _json_value(value: Any) -> Any:
    if isinstance(value, Decimal):
        return plain_number(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form in JSON")
