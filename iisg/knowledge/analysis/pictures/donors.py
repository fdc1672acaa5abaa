"""How far the money hangs on few donors: the share of each of the largest, and the largest taken together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from iisg.knowledge.analysis.pictures.canvas import Canvas
from iisg.knowledge.analysis.pictures.picture import Cell, Picture, Sign, Spec, Table
from iisg.knowledge.analysis.pictures.theme import SMALL, WIDTH, fill

NAMES, SUMS, ROW, BAR = 220.0, 290.0, 30.0, 16.0
"""Pixels for the names at the left, the words at the right, a line, and the bar in it."""
ZERO, TENTH = Decimal(0), Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Donor:
    """What one donor gives; `amount` None: none of its sums is known. `known` False: nobody says who gives it."""

    label: str
    amount: Decimal | None
    sums_not_known: int = 0
    known: bool = True
    href: str = ""


@dataclass(frozen=True, slots=True)
class DonorWords:
    """What the picture says; `share` writes per cent, `together` per cent of the largest taken together."""

    question: str
    says: str
    caption: str
    heads: tuple[str, str, str, str, str]
    share_sign: str
    together_sign: str
    not_known_sign: str
    short: Callable[[Decimal], str]
    exact: Callable[[Decimal], str]
    share: Callable[[Decimal], str]
    together: Callable[[Decimal], str]
    others: Callable[[int], str]
    not_known_sums: Callable[[int], str]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A line of the picture: a donor with its share of all known money, and the share of all down to it.

    `share` is None where no sum is known; `together` is None beside, for what is not known and for others' rest it
    would say nothing of few donors.
    """

    donor: Donor
    share: Decimal | None
    together: Decimal | None


def concentration(
    donors: Sequence[Donor], words: DonorWords, name: str = "donors", most: int = 10
) -> Picture:
    """Draw the `most` largest donors, the rest as one, and the money of which nobody says who gives it."""
    lines = ranked(donors, words, most)
    legend = [Sign("strong", words.share_sign), Sign("plain", words.together_sign)]
    if any(not line.donor.known for line in lines):
        legend.append(Sign("not-known", words.not_known_sign))
    return Picture(
        name=name,
        question=words.question,
        says=words.says,
        spec=_spec(lines, words),
        table=donor_table(lines, words),
        legend=tuple(legend),
    )


def ranked(donors: Sequence[Donor], words: DonorWords, most: int) -> list[Ranked]:
    """The largest first, then the others as one, then what is not known; shares are of all known sums."""
    whole = sum((donor.amount for donor in donors if donor.amount is not None), ZERO)
    named = sorted((d for d in donors if d.known), key=lambda d: (-(d.amount or ZERO), d.label.casefold()))
    first, rest = (named, []) if len(named) <= most else (named[: most - 1], named[most - 1 :])
    lines, together = [], ZERO
    for donor in first:
        share = _percent(donor.amount, whole)
        together += donor.amount or ZERO
        lines.append(Ranked(donor, share, _percent(together, whole) if share is not None else None))
    last = [*([_as_one(rest, words)] if rest else []), *(donor for donor in donors if not donor.known)]
    return lines + [Ranked(donor, _percent(donor.amount, whole), None) for donor in last]


def donor_table(lines: Sequence[Ranked], words: DonorWords) -> Table:
    """Donor, sum, share, share of all down to it, and how many sums are not known."""
    rows = tuple(
        (
            Cell(line.donor.label, line.donor.href),
            Cell(None if line.donor.amount is None else words.exact(line.donor.amount)),
            Cell(None if line.share is None else words.share(line.share)),
            Cell("" if line.together is None else words.share(line.together)),
            Cell(str(line.donor.sums_not_known)),
        )
        for line in lines
    )
    return Table(words.caption, words.heads, rows, numeric=frozenset({1, 2, 3, 4}))


def _as_one(donors: Sequence[Donor], words: DonorWords) -> Donor:
    known = [donor.amount for donor in donors if donor.amount is not None]
    return Donor(
        words.others(len(donors)),
        sum(known, ZERO) if known else None,
        sum(donor.sums_not_known for donor in donors),
    )


def _percent(part: Decimal | None, whole: Decimal) -> Decimal | None:
    if part is None or not whole:
        return None
    return (100 * part / whole).quantize(TENTH, ROUND_HALF_UP)


def _spec(lines: Sequence[Ranked], words: DonorWords) -> Spec:
    canvas = Canvas(max(ROW * len(lines), ROW))
    bar = WIDTH - NAMES - SUMS
    own, so_far, names, says = [], [], [], []
    for number, line in enumerate(lines):
        donor, middle = line.donor, ROW * (number + 0.5)
        share, together = (float(part or 0) / 100 for part in (line.share, line.together))
        box = {"x": NAMES, "y": middle - BAR / 2, "y2": middle + BAR / 2}
        own.append(
            {
                **box,
                "x2": NAMES + bar * share,
                "fill": fill("strong" if donor.known else "not-known"),
                "donor": donor.label,
                "amount": None if donor.amount is None else float(donor.amount),
                "share": None if line.share is None else float(line.share),
            }
        )
        so_far.append({**box, "x2": NAMES + bar * max(together, share), "fill": fill("plain")})
        names.append({"x": NAMES - 10, "y": middle, "text": donor.label, "href": donor.href or None})
        says.append({"x": NAMES + bar + 10, "y": middle, "text": _says(line, words)})
    return canvas.finished(
        canvas.boxes(so_far, line="line"),
        canvas.boxes(own),
        *canvas.words(names, "right", limit=NAMES - 16),
        *canvas.words(says, size=SMALL, limit=SUMS - 10),
    )


def _says(line: Ranked, words: DonorWords) -> str:
    parts = [] if line.donor.amount is None else [words.short(line.donor.amount)]
    if line.share is not None:
        parts.append(words.share(line.share))
    if line.together is not None and line.together != line.share:
        parts.append(words.together(line.together))
    if line.donor.sums_not_known:
        parts.append(words.not_known_sums(line.donor.sums_not_known))
    return ", ".join(parts)
