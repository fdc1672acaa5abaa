"""A long drop-down says what Django's own says."""

from __future__ import annotations

import re

from django import forms
from django.test import SimpleTestCase

from iisg.foundations.core.long_select import LongSelect

CHOICES = [
    ("", "Any"),
    ("Bodies & <groups>", [("a&b", "A & B"), ("<c>", 'A "C"')]),
    (3, "Three"),
]


def said(widget: forms.Select, value: object) -> str:
    """The HTML without the space between tags."""
    html = widget.render("name", value, {"id": "id_name", "class": "wide", "required": True})
    return re.sub(r">\s+<", "><", html)


def test_it_is_the_same_html() -> None:
    for value in ("", None, "a&b", "<c>", "3", 3, "none of them"):
        ours = said(LongSelect(choices=CHOICES), value)
        SimpleTestCase().assertHTMLEqual(ours, said(forms.Select(choices=CHOICES), value))
