"""Finding the organisation that a printed name means, by alias; near misses are shown, never taken."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from django.db.models import QuerySet

from iisg.foundations.core.folding import fold
from iisg.foundations.orgs.models import Alias

_NOTE = re.compile(r"\s*\([^()]*\)\s*")


def readings(printed: str) -> list[str]:
    """Folded readings of a printed name, most literal first: whole, then without notes in parentheses."""
    whole = fold(printed)[:250]
    short = fold(_NOTE.sub(" ", printed))[:250]
    return [reading for reading in dict.fromkeys((whole, short)) if reading]


class Directory:
    """All names of the house, read once; answers for a file's many names without a query each."""

    def __init__(self, aliases: QuerySet[Alias] | None = None) -> None:
        """All names, or only those of `aliases`."""
        found = Alias.objects.all() if aliases is None else aliases
        self._leads = dict(found.values_list("folded", "organisation_id"))

    def find(self, printed: str, identifier: str = "") -> int | None:
        """Primary key of the one organisation meant, by its name first, then by its identifier, or None.

        The name comes first because publishers use one identifier for several bodies, and because a name that was
        once understood must never mean another body the next time the same file comes in.
        """
        by_name = next((self._leads[r] for r in readings(printed) if r in self._leads), None)
        return by_name if by_name is not None else self._leads.get(fold(identifier)[:250])

    def knows(self, printed: str) -> bool:
        """Whether the name itself leads somewhere."""
        return any(reading in self._leads for reading in readings(printed))

    def near(self, printed: str, most: int = 3) -> list[int]:
        """Primary keys of bodies with a similar name, the likeliest first; for a person to choose from."""
        wanted = next(iter(readings(printed)), "")
        if len(wanted) < 4:
            return []
        words = set(wanted.split())
        scored: list[tuple[float, int]] = []
        for folded, key in self._leads.items():
            if words & set(folded.split()) or folded[:4] == wanted[:4]:
                likeness = SequenceMatcher(None, wanted, folded).ratio()
                if likeness >= 0.78:
                    scored.append((-likeness, key))
        return list(dict.fromkeys(key for _, key in sorted(scored)))[:most]

    def learn(self, names: Iterable[str], key: int) -> None:
        """Names entered since the directory was read."""
        self._leads.update({fold(name)[:250]: key for name in names if fold(name)})
