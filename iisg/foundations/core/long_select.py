"""A drop-down that is quick to print however long it is: Django's own renders a template for each line."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

from django.forms.renderers import BaseRenderer
from django.forms.utils import flatatt
from django.forms.widgets import Select
from django.utils.safestring import SafeString


class LongSelect(Select):
    """As Django's `Select`, with groups of one level where the choices have them."""

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        """The same HTML as from the template."""
        chosen = set(self.format_value(value))
        lines: list[str] = []
        for key, words in self.choices:
            if isinstance(words, list | tuple):
                lines.append(f'<optgroup label="{escape(str(key))}">')
                lines += _options(words, chosen)
                lines.append("</optgroup>")
            else:
                lines += _options([(key, words)], chosen)
        given = flatatt(self.build_attrs({**self.attrs, "name": name}, attrs))
        return SafeString("<select{}>\n{}\n</select>".format(given, "\n".join(lines)))


def _options(choices: Iterable[tuple[Any, Any]], chosen: set[str]) -> list[str]:
    """Choices as HTML, everything in them escaped."""
    return [
        f'<option value="{escape("" if key is None else str(key))}"'
        f"{' selected' if str(key) in chosen else ''}>{escape(str(words))}</option>"
        for key, words in choices
    ]
