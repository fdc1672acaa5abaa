"""Sets a paper of the house as PDF: PDF/UA-1 for screen readers and PDF/A-2a for the archive at once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst
from django.core.serializers.json import DjangoJSONEncoder

_SHARED = Path(__file__).resolve().parent / "typst"


def set_as_pdf(template: Path, data: Mapping[str, Any], at: datetime) -> bytes:
    """The PDF of a typst `template` with `data` (what JSON can hold); the same input gives the same bytes.

    The compiler refuses what breaks one of the standards (a picture without its words, a heading left out), as
    typst.TypstError. It sees the shared papers and the template's own folder, no other file and no network.
    """
    with TemporaryDirectory() as folder:
        root = Path(folder)
        for source in (*_SHARED.glob("*.typ"), *template.parent.glob("*.typ")):
            (root / source.name).write_bytes(source.read_bytes())
        made: bytes = typst.compile(
            str(root / template.name),
            root=folder,
            format="pdf",
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False)},
            pdf_standards=["ua-1", "a-2a"],
            timestamp=int(at.timestamp()),
        )
    return made
