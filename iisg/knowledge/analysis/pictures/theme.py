"""The look that all pictures share: the colours of the style sheet, its font, and a pattern beside every colour."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

COLOURS = MappingProxyType(
    {
        "deep": "#12355b",
        "deep-light": "#e9f0f7",
        "link": "#14508c",
        "accent": "#e0a030",
        "ink": "#16202a",
        "quiet": "#48535e",
        "line": "#c5ced6",
        "surface": "#f3f6f9",
        "covered": "#2c7a4b",
        "covered-ground": "#dcefe3",
        "partly": "#b97a0a",
        "partly-ground": "#fdf0d2",
        "gap": "#59646f",
        "gap-ground": "#e4e8ec",
        "not-known": "#7450a8",
        "not-known-ground": "#ede6f7",
    }
)
"""The tokens of _tokens.scss that pictures use; a test holds the two together."""

FONT = "Noto Sans, Liberation Sans, Arial, sans-serif"
SIZE, SMALL = 13, 12
WIDTH = 840
"""Pixels across: what a page has beside its filters, and a sheet of A4 at four fifths."""
NARROW = 360
"""Pixels across of the second drawing, for a page with less than 700 of them."""


def _tile(size: int, ground: str, marks: str) -> str:
    return (
        f'<pattern xmlns="http://www.w3.org/2000/svg" id="{{id}}" patternUnits="userSpaceOnUse" '
        f'width="{size}" height="{size}">'
        f'<rect width="{size}" height="{size}" fill="{ground}"/>{marks}</pattern>'
    )


def _hatch(ground: str, line: str) -> str:
    return _tile(8, ground, f'<path d="M-2 2l4-4M0 8l8-8M6 10l4-4" stroke="{line}" stroke-width="2.4"/>')


PATTERNS: Mapping[str, str] = MappingProxyType(
    {
        "covered": _tile(8, COLOURS["covered"], ""),
        "partly": _hatch(COLOURS["partly-ground"], COLOURS["partly"]),
        "gap": _tile(8, COLOURS["gap-ground"], ""),
        "not-known": _tile(
            7,
            COLOURS["not-known-ground"],
            f'<circle cx="2" cy="2" r="1.3" fill="{COLOURS["not-known"]}"/>'
            f'<circle cx="5.5" cy="5.5" r="1.3" fill="{COLOURS["not-known"]}"/>',
        ),
        "plain": _tile(8, "#b9cbde", ""),
        "strong": _tile(8, COLOURS["deep"], ""),
        "striped": _hatch("#ffffff", COLOURS["link"]),
        "others": _tile(6, "#ffffff", f'<path d="M0 3h6" stroke="{COLOURS["gap"]}" stroke-width="1.4"/>'),
    }
)
"""Fills by name, as SVG: told apart in print, without colour and by a colour-blind eye."""


def fill(pattern: str) -> str:
    """A pattern as the colour of a mark; whoever shows the picture brings the definition along."""
    if pattern not in PATTERNS:
        raise KeyError(f"no pattern is called {pattern}; there are {', '.join(PATTERNS)}")
    return f"url(#iisg-{pattern})"


def outline(pattern: str) -> str:
    """The colour of the line around a fill."""
    return COLOURS.get(pattern, COLOURS["deep"])
