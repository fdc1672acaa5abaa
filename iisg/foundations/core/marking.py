"""Words of a text marked for the eye, the text itself never changed."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
"""A word with its apostrophes, in any script."""


def in_mark(word: str) -> SafeString:
    """A word marked by nothing but the element."""
    return format_html("<mark>{}</mark>", word)


def marked(
    text: str, wanted: Callable[[str], bool], mark: Callable[[str], SafeString] = in_mark
) -> SafeString:
    """The text, escaped, with each wanted word marked."""
    parts: list[tuple[SafeString | str]] = []
    end = 0
    for found in WORD.finditer(text):
        if wanted(found[0]):
            parts += [(text[end : found.start()],), (mark(found[0]),)]
            end = found.end()
    return format_html_join("", "{}", [*parts, (text[end:],)])
