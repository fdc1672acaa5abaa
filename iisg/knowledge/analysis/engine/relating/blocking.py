"""Which pairs are worth comparing: those that share rare words, bodies, sums or days, never all with all."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any, Final

from iisg.knowledge.analysis.engine.relating.profiles import Profile
from iisg.knowledge.analysis.engine.relating.words import LITTLE

NEAREST: Final = 30
"""How many others each record is compared with at most, the nearest first; one may also be near to more."""

MOST_SHARED: Final = 500
"""A key that more records share than this (or than one in a hundred) tells nobody apart and brings nobody together."""

_AT_ONCE: Final = 2_000


def near(
    profiles: Sequence[Profile], nearest: int = NEAREST, asking: Collection[int] | None = None
) -> Iterator[tuple[int, int]]:
    """Positions of pairs to compare, lower first, each once: printed links, then the nearest by shared keys.

    `asking` keeps to pairs of the records at these positions with any other, and to keys that these have.
    """
    asked = range(len(profiles)) if asking is None else sorted(asking)
    pairs: Iterable[tuple[int, int]]
    if len(profiles) <= nearest:
        pairs = combinations(range(len(profiles)), 2)
    else:
        pairs = sorted(
            {*_linked(profiles), *_nearest(_columns(profiles, asked), len(profiles), asked, nearest)}
        )
    wanted = set(asked)
    return ((one, other) for one, other in pairs if one in wanted or other in wanted)


def _columns(profiles: Sequence[Profile], asked: Sequence[int]) -> Mapping[str, Sequence[int]]:
    """Rows by key, for keys that someone asks about and that neither one record nor a crowd has."""
    columns: dict[str, list[int]] = {}
    for row in asked:
        for key in _keys(profiles[row]):
            columns.setdefault(key, [])
    for row, profile in enumerate(profiles):
        for key in set(_keys(profile)):
            if key in columns:
                columns[key].append(row)
    most = max(MOST_SHARED, len(profiles) // 100)
    return {key: rows for key, rows in columns.items() if 1 < len(rows) <= most}


def _linked(profiles: Sequence[Profile]) -> Iterator[tuple[int, int]]:
    owners: dict[str, list[int]] = defaultdict(list)
    for row, profile in enumerate(profiles):
        for link in profile.links:
            owners[link].append(row)
    for row, profile in enumerate(profiles):
        for link in profile.report.parents | profile.report.funder_actions:
            yield from ((min(row, other), max(row, other)) for other in owners.get(link, ()) if other != row)


def _keys(profile: Profile) -> Iterator[str]:
    """Everything by which a record can be found again, in itself or together with where it is."""
    telling = sorted(term for term, weight in profile.terms.items() if weight > LITTLE)
    places = sorted(profile.places) if 0 < len(profile.places) < 6 else ["*"]
    bodies = sorted(profile.implementers | profile.reporter | profile.funders)
    yield from profile.names
    for term in telling:
        yield term
        yield from (f"{term} {place}" for place in places)
        yield from (f"{term} {body}" for body in bodies)
    yield from (f"{one} {other}" for one, other in combinations(sorted(profile.line), 2))
    yield from (f"{body} {place}" for body in bodies for place in places)
    yield from (
        f"{goal} {place}" for goal in profile.report.needs | profile.report.measures for place in places
    )
    if profile.euros:
        size = round(math.log(profile.euros) * 8)
        yield from (f"sum {size + step} {place}" for step in (0, 1) for place in places)
    if start := profile.report.start:
        months = start.year * 12 + start.month
        yield from (f"start {months + step} {body}" for step in (0, 1) for body in bodies)


def _nearest(
    columns: Mapping[str, Sequence[int]], records: int, asked: Sequence[int], nearest: int
) -> Iterator[tuple[int, int]]:
    """The nearest others of each record that is asked about, under weights by rarity."""
    import numpy
    from scipy.sparse import csr_matrix

    rows = [row for found in columns.values() for row in found]
    keys = [number for number, found in enumerate(columns.values()) for _row in found]
    rarity = [math.log(records / len(found)) + 0.1 for found in columns.values() for _row in found]
    matrix = csr_matrix(
        (numpy.sqrt(rarity, dtype=numpy.float32), (rows, keys)), shape=(records, len(columns))
    )
    across = matrix.T.tocsr()
    for first in range(0, len(asked), _AT_ONCE):
        some = asked[first : first + _AT_ONCE]
        product = (matrix[list(some)] @ across).tocsr()
        for row, record in enumerate(some):
            yield from _best_of(product, row, record, nearest)


def _best_of(product: Any, row: int, record: int, nearest: int) -> Iterator[tuple[int, int]]:
    import numpy

    start, end = product.indptr[row], product.indptr[row + 1]
    others, weights = product.indices[start:end], product.data[start:end]
    order = numpy.lexsort((others, -numpy.round(weights, 3)))[: nearest + 1]
    for other in others[order].tolist():
        if other != record:
            yield min(record, other), max(record, other)
