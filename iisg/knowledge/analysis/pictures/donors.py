"""How far the money hangs on few donors: the share of each of the largest, and the largest taken together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from iisg.knowledge.analysis.pictures.canvas import Canvas, Row, wrapped
from iisg.knowledge.analysis.pictures.picture import Cell, Picture, Sign, Spec, Table
from iisg.knowledge.analysis.pictures.theme import NARROW, SIZE, SMALL, WIDTH, fill

NAMES, SUMS, ROW, BAR, LETTERS, GAP = 220.0, 290.0, 30.0, 16.0, 16.0, 12.0
"""Pixels for the names at the left, the words at the right, a line, its bar, a line of letters, between two."""
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
        spec=_spec(lines, words, WIDTH),
        narrow=_spec(lines, words, NARROW),
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
    return Table(words.caption, words.heads, rows, numeric=frozenset({1, 2, 3, 4})).without_zeros_at_the_end()


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


def _spec(lines: Sequence[Ranked], words: DonorWords, width: float) -> Spec:
    """Name, bar and words in one line; on a narrow sheet the name above the bar and the words below it."""
    stacked = width < WIDTH
    left, bar = (0.0, width) if stacked else (NAMES, width - NAMES - SUMS)
    own, so_far, names, says = [], [], [], []
    top = 0.0
    for line in lines:
        donor = line.donor
        named = wrapped(donor.label, width if stacked else NAMES - 16, SIZE, most=2)
        told = wrapped(_says(line, words), width if stacked else SUMS - 10, SMALL, most=2)
        above, below = (len(named) * LETTERS + 4, len(told) * LETTERS) if stacked else (0.0, 0.0)
        tall = above + BAR + below + GAP if stacked else max(ROW, LETTERS * max(len(named), len(told)) + 4)
        middle = top + (above + BAR / 2 if stacked else tall / 2)
        box = {"x": left, "y": middle - BAR / 2, "y2": middle + BAR / 2}
        share, together = (float(part or 0) / 100 for part in (line.share, line.together))
        own.append({**box, **_about(line), "x2": left + bar * share})
        so_far.append({**box, "x2": left + bar * max(together, share), "fill": fill("plain")})
        first = top + LETTERS / 2 if stacked else middle - (len(named) - 1) * LETTERS / 2
        names += [
            {
                "x": left if stacked else NAMES - 10,
                "y": first + at * LETTERS,
                "text": text,
                "href": donor.href or None,
            }
            for at, text in enumerate(named)
        ]
        first = middle + (BAR + LETTERS) / 2 + 2 if stacked else middle - (len(told) - 1) * LETTERS / 2
        says += [
            {"x": left if stacked else NAMES + bar + 10, "y": first + at * LETTERS, "text": text}
            for at, text in enumerate(told)
        ]
        top += tall
    canvas = Canvas(max(top, ROW), width)
    return canvas.finished(
        canvas.boxes(so_far, line="line"),
        canvas.boxes(own),
        *canvas.words(names, "left" if stacked else "right"),
        *canvas.words(says, size=SMALL),
    )


def _about(line: Ranked) -> Row:
    return {
        "fill": fill("strong" if line.donor.known else "not-known"),
        "donor": line.donor.label,
        "amount": None if line.donor.amount is None else float(line.donor.amount),
        "share": None if line.share is None else float(line.share),
    }


def _says(line: Ranked, words: DonorWords) -> str:
    parts = [] if line.donor.amount is None else [words.short(line.donor.amount)]
    if line.share is not None:
        parts.append(words.share(line.share))
    if line.together is not None and line.together != line.share:
        parts.append(words.together(line.together))
    if line.donor.sums_not_known:
        parts.append(words.not_known_sums(line.donor.sums_not_known))
    return ", ".join(parts)
