"""Members by year: one bar for each year, parted by group; who cannot be dated stands apart and is never guessed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from iisg.knowledge.analysis.pictures.canvas import Canvas, Row, width_of
from iisg.knowledge.analysis.pictures.picture import Cell, Picture, Sign, Spec, Table
from iisg.knowledge.analysis.pictures.theme import NARROW, SIZE, SMALL, WIDTH, fill

NOT_DATED = "not_dated"
PATTERNS = ("strong", "striped", "plain", "others")
"""Of the groups, in their order."""


@dataclass(frozen=True, slots=True)
class YearOfMembers:
    """Members at the end of a year (`label` says on which day): by group, and those without a known first day."""

    label: str
    groups: Mapping[str, int]
    not_dated: int

    @property
    def dated(self) -> int:
        """All whose first day is known."""
        return sum(self.groups.values())


@dataclass(frozen=True, slots=True)
class MemberWords:
    """What the picture says; `groups` words each group in the order in which they stand."""

    question: str
    says: str
    caption: str
    day: str
    groups: Mapping[str, str]
    not_dated: str
    short: Mapping[str, str]
    """The groups and NOT_DATED in a word or two, for the words beside a bar."""


def members_by_year(rows: Sequence[YearOfMembers], words: MemberWords, name: str = "members") -> Picture:
    """Draw the years in their order."""
    signs = [
        Sign(pattern, words.groups[group]) for group, pattern in zip(words.groups, PATTERNS, strict=True)
    ]
    return Picture(
        name=name,
        question=words.question,
        says=words.says,
        spec=_spec(rows, words, WIDTH, 110.0),
        narrow=_spec(rows, words, NARROW, 0.0),
        table=member_table(rows, words),
        legend=(*signs, Sign("not-known", words.not_dated)),
    )


def member_table(rows: Sequence[YearOfMembers], words: MemberWords) -> Table:
    """Day, each group, and who cannot be dated."""
    lines = tuple(
        (
            Cell(row.label),
            *(Cell(str(row.groups.get(group, 0))) for group in words.groups),
            Cell(str(row.not_dated)),
        )
        for row in rows
    )
    heads = (words.day, *words.groups.values(), words.not_dated)
    return Table(words.caption, heads, lines, numeric=frozenset(range(1, len(heads))))


BAR, STEP, LINE = 22.0, 34.0, 18.0


def _spec(rows: Sequence[YearOfMembers], words: MemberWords, width: float, names: float) -> Spec:
    """With room for `names` they stand before the bar, else above it."""
    above = not names
    step = STEP + LINE if above else STEP
    most = max((row.dated + row.not_dated for row in rows), default=0) or 1
    canvas = Canvas(max(step * len(rows), step), width)
    boxes: list[Row] = []
    numbers: list[Row] = []
    labels: list[Row] = []
    for at, row in enumerate(rows):
        top = at * step + (LINE if above else 4)
        place = {"x": 0.0, "y": top - 9} if above else {"x": names - 12, "y": top + BAR / 2}
        labels.append({**place, "text": row.label})
        left = names
        for key, pattern in (*zip(words.groups, PATTERNS, strict=True), (NOT_DATED, "not-known")):
            count = row.not_dated if key == NOT_DATED else row.groups.get(key, 0)
            if not count:
                continue
            right = left + (width - names) * count / most
            said = f"{row.label}: {words.short[key]}, {count}"
            boxes.append(
                {"year": row.label, "group": key, "count": count, "x": left, "x2": right, "y": top,
                 "y2": top + BAR, "fill": fill(pattern), "says": said}
            )  # fmt: skip
            if width_of(str(count), SMALL, True) + 6 < right - left:
                numbers.append({"x": (left + right) / 2, "y": top + BAR / 2, "text": str(count)})
            left = right
    return canvas.finished(
        canvas.boxes(boxes),
        *canvas.words(numbers, "center", size=SMALL, bold=True, boxed=True),
        *canvas.words(labels, "left" if above else "right", size=SMALL if above else SIZE, bold=True),
    )
