"""A sector as records carry it: vocabulary, code and share in one word, "DAC:15210=60"."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple, Self

_SHARE = re.compile(r"(.+)=(\d{1,3}(?:\.\d{1,6})?)", re.ASCII | re.DOTALL)


class Sector(NamedTuple):
    """One sector; `share` in per cent of the action's money within its vocabulary, None where it is not stated."""

    vocabulary: str
    code: str
    share: Decimal | None = None

    @classmethod
    def of(cls, printed: str) -> Self:
        """From its word; what has no vocabulary before a colon is a code of none."""
        match = _SHARE.fullmatch(printed)
        name, share = (match[1], Decimal(match[2])) if match else (printed, None)
        vocabulary, divided, code = name.partition(":")
        return cls(vocabulary, code, share) if divided else cls("", name, share)

    @property
    def printed(self) -> str:
        """As a word; shares to six decimals."""
        name = f"{self.vocabulary}:{self.code}" if self.vocabulary else self.code
        if self.share is None:
            return name
        share = f"{round(self.share, 6):f}"
        return f"{name}={share.rstrip('0').rstrip('.') if '.' in share else share}"
