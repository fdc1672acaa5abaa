"""The outlines of the region as the front-end build draws them (Natural Earth), for every map of the house."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders


def outlines() -> dict[str, Any] | None:
    """{"viewBox": …, "shapes": [{"code", "name", "path", "label"}, …]}; None where the front end is not built."""
    found = finders.find("iisg/region.json")
    return _read(Path(found)) if isinstance(found, str) else None


@cache
def _read(path: Path) -> dict[str, Any]:
    """Read once; the outlines change only when the front end is built anew."""
    read: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return read
