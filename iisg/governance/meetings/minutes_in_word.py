"""The draft minutes as a Word file, in which those who took part can write their comments."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from docx import Document as WordFile
from docx.document import Document as Word

from iisg.foundations.core.naming import footnote_for
from iisg.governance.meetings.models import Meeting
from iisg.governance.meetings.papers import minutes_facts

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def minutes_as_docx(meeting: Meeting, edition: int, at: datetime) -> bytes:
    """The same words as the PDF, in the same order."""
    facts, word = _plain(minutes_facts(meeting, edition, at)), WordFile()
    word.core_properties.title, word.core_properties.author = facts["title"], facts["house"]
    word.add_paragraph(f"{facts['kicker']} · {facts['marking']}")
    word.add_heading(facts["title"], level=1)
    word.add_paragraph(f"{facts['when']}\n{facts['where']}")
    word.add_paragraph().add_run(facts["status"]).bold = True
    _prose(word, facts["opening"])
    word.add_heading(facts["attendance_label"], level=2)
    _table(word, facts["heads"], facts["rows"])
    _prose(word, facts["quorum"])
    for item in facts["items"]:
        word.add_heading(item["title"], level=2)
        word.add_paragraph(item["kind"])
        _prose(word, item["discussion"])
        for said in item["statements"]:
            word.add_paragraph(f"{said['head']}: {said['text']}")
        if item["outcome"]:
            word.add_paragraph().add_run(item["outcome"]).bold = True
        if item["conclusion"]:
            word.add_paragraph(_("Conclusion: %(text)s") % {"text": item["conclusion"]})
    if facts["points"]:
        word.add_heading(facts["points_label"], level=2)
        _table(word, facts["point_heads"], facts["points"])
    _prose(word, facts["closing"])
    _prose(word, footnote_for(str(facts)))
    made = BytesIO()
    word.save(made)
    return made.getvalue()


def _plain(value: Any) -> Any:
    """The values without control signs, which no Word file can hold."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return _CONTROL.sub("", value) if isinstance(value, str) else value


def _prose(word: Word, text: str) -> None:
    for part in text.split("\n\n"):
        if part.strip():
            word.add_paragraph(part.strip())


def _table(word: Word, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    table = word.add_table(rows=1, cols=len(heads), style="Table Grid")
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        cell.paragraphs[0].add_run(head).bold = True
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
