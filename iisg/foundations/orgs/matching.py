"""Finding the organisation that a printed name means, by alias; near misses are shown, never taken."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from django.db.models import QuerySet
from rapidfuzz import fuzz, process

from iisg.foundations.core.folding import fold
from iisg.foundations.orgs.models import Alias

NEAR = 0.78
"""Likeness from which a name is shown as a near miss (difflib's ratio; rapidfuzz's is never smaller, so it sifts)."""
_NOTE = re.compile(r"\s*\([^()]*\)\s*")


def folded_name(printed: str) -> str:
    """The form in which a name is kept; of a script that does not fold to Latin letters, the letters themselves."""
    return (fold(printed) or " ".join(printed.casefold().split()))[:250]


def readings(printed: str) -> list[str]:
    """Folded readings of a printed name, most literal first: whole, then without notes in parentheses."""
    whole = folded_name(printed)
    short = fold(_NOTE.sub(" ", printed))[:250] if "(" in printed else whole
    return [reading for reading in dict.fromkeys((whole, short)) if reading]


class Directory:
    """All names of the house, read once; answers for a file's many names without a query each."""

    def __init__(self, aliases: QuerySet[Alias] | None = None) -> None:
        """All names, or only those of `aliases`."""
        found = Alias.objects.all() if aliases is None else aliases
        self._leads = dict(found.values_list("folded", "organisation_id"))
        self._found: dict[tuple[str, str], int | None] = {}

    def find(self, printed: str, identifier: str = "") -> int | None:
        """Primary key of the one organisation meant, by its name first, then by its identifier, or None.

        The name comes first because publishers use one identifier for several bodies, and because a name that was
        once understood must never mean another body the next time the same file comes in.
        """
        if (printed, identifier) not in self._found:
            by_name = next((self._leads[r] for r in readings(printed) if r in self._leads), None)
            by_identifier = self._leads.get(folded_name(identifier)) if identifier else None
            self._found[printed, identifier] = by_identifier if by_name is None else by_name
        return self._found[printed, identifier]

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
        alike = process.extract_iter(wanted, self._leads.keys(), scorer=fuzz.ratio, score_cutoff=NEAR * 100)
        for folded, _score, _index in alike:
            if words & set(folded.split()) or folded[:4] == wanted[:4]:
                likeness = SequenceMatcher(None, wanted, folded).ratio()
                if likeness >= NEAR:
                    scored.append((-likeness, self._leads[folded]))
        return list(dict.fromkeys(key for _, key in sorted(scored)))[:most]

    def learn(self, names: Iterable[str], key: int) -> None:
        """Names entered since the directory was read."""
        self._leads.update({folded: key for name in names if (folded := folded_name(name))})
        self._found.clear()
