"""What tests read out of a picture's specification."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import altair as alt

from iisg.knowledge.analysis.pictures.picture import Picture


def rows(picture: Picture, narrow: bool = False) -> list[dict[str, Any]]:
    """Every row of data in the specification, features of shapes included."""
    return [row for block in _blocks(picture.narrow if narrow else picture.spec) for row in block]


def is_valid(picture: Picture) -> bool:
    """Whether Altair's copy of the Vega-Lite schema accepts it; raises with the place where it does not."""
    for spec in (picture.spec, picture.narrow):
        if spec is not None:
            alt.Chart.from_dict(spec).to_dict()
    return True


def _blocks(part: Any) -> Iterator[list[dict[str, Any]]]:
    if isinstance(part, dict):
        if "datasets" in part:
            yield from part["datasets"].values()
        held = part.get("values")
        if isinstance(held, list) and all(isinstance(row, dict) for row in held):
            yield held
            return
        for inner in part.values():
            yield from _blocks(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _blocks(inner)
