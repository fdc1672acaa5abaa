"""Templates are layout and facts: no inline script or style (our content policy), no word outside gettext."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.law.house import HOUSE, at, files, told

BRANDS = {"IISG", "IATI", "CSV", "XLSX", "XML", "EUR"}
"""Words that are the same in every language."""

INLINE = {
    r"<script(?![^>]*\b(?:src=|type=[\"']application/json))": "put the script into iisg/static",
    r"<style\b": "move the rules to iisg/static/scss",
    r"\sstyle\s*=": "use a class of iisg/static/scss",
    r"\son[a-z]+\s*=\s*[\"']": "listen in a module of iisg/static",
    r"\b(?:javascript):": "listen in a module of iisg/static",
    r"\|\s*safe\b|{%\s*autoescape off": "build markup with format_html, where what is put in is escaped",
}
_LEFT_OUT = re.compile(
    r"{#.*?#}"
    r"|{%\s*comment\b.*?{%\s*endcomment\s*%}"
    r"|{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}"
    r"|<script\b.*?</script>|<!--.*?-->|<!doctype[^>]*>",
    re.DOTALL | re.IGNORECASE,
)
_TAG = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
_ELEMENT = re.compile(r"<[^>]*>|&\w+;|&#\w+;", re.DOTALL)
_SPOKEN = re.compile(r"\b(?:alt|title|aria-label|placeholder|aria-description|label)\s*=\s*\"([^\"]*)\"")
_LITERAL = re.compile(r"(?<!_\()\"([^\"]*)\"|(?<!_\()'([^']*)'")
_WORD = re.compile(r"[^\W\d_]{2,}")


def _blank(match: re.Match[str]) -> str:
    """As many lines as were taken out, so that the numbers stay right."""
    return " " + "\n" * match[0].count("\n")


def inline_breaches(path: Path, text: str) -> list[str]:
    """Script and style inside a page."""
    return [
        f"{at(path, number)} {line.strip()[:80]} · {cure}"
        for number, line in enumerate(text.splitlines(), start=1)
        for mark, cure in INLINE.items()
        if re.search(mark, line, re.IGNORECASE)
    ]


def bare_words(path: Path, text: str) -> list[str]:
    """Words that no translator would be shown: in the text, in spoken attributes, in tags' arguments."""
    found = []
    text = _LEFT_OUT.sub(_blank, text)
    for match in _TAG.finditer(text):
        found += [(text.count("\n", 0, match.start()) + 1, words) for words in _literals(match[0])]
    plain = _TAG.sub(_blank, text)
    for match in _SPOKEN.finditer(plain):
        found.append((plain.count("\n", 0, match.start()) + 1, match[1]))
    for number, line in enumerate(_ELEMENT.sub(_blank, plain).splitlines(), start=1):
        found.append((number, line))
    return [
        f"{at(path, number)} {words.strip()[:70]!r}"
        for number, words in found
        if any(word not in BRANDS for word in _WORD.findall(words))
    ]


def _literals(tag: str) -> list[str]:
    """Sentences handed to a tag as they are: more than one word, the first with a capital."""
    if re.match(r"{%\s*(?:translate|trans|load|url|static|extends)\b", tag):
        return []
    literals = [double or single for double, single in _LITERAL.findall(tag)]
    return [words for words in literals if re.match(r"[^\W\d_a-z]\w* \w", words)]


def test_no_inline_script_or_style() -> None:
    breaches = [b for path in files(".html") for b in inline_breaches(path, path.read_text(encoding="utf-8"))]
    assert not breaches, told(breaches, "see the end of each line")


def test_every_word_can_be_translated() -> None:
    breaches = [b for path in files(".html") for b in bare_words(path, path.read_text(encoding="utf-8"))]
    assert not breaches, told(breaches, "put the words into {% translate %}, {% blocktranslate %} or _('…')")


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert()</script>",
        '<p style="color: red">',
        "<a onclick='go()'>",
        "<style>p {}</style>",
        "{{ text|safe }}",
        '<a href="javascript:go()">',
    ],
)
def test_the_law_sees_what_is_inline(text: str) -> None:
    assert inline_breaches(HOUSE / "x.html", text)


@pytest.mark.parametrize(
    "text",
    [
        "<p>Nobody has answered</p>",
        "{% if x %}yes{% endif %}",
        '<img alt="A map" src="x">',
        '{% empty_state title="No needs yet" %}',
        '{% include "a.html" with title="Our members" %}',
    ],
)
def test_the_law_sees_bare_words(text: str) -> None:
    assert bare_words(HOUSE / "x.html", text)


@pytest.mark.parametrize(
    "text",
    [
        "<p>{% translate 'Nobody has answered' %} · 12 %</p>",
        '<script type="module" src="{% static \'iisg/app.js\' %}"></script>',
        "{% blocktranslate count n=x %}{{ n }} need{% plural %}{{ n }} needs{% endblocktranslate %}",
        '{% empty_state title=_("No needs yet") %}{# a remark #}',
        '{% include "components/x.html" with kind="wide" %}&nbsp;IISG',
    ],
)
def test_the_law_lets_the_rest_pass(text: str) -> None:
    assert bare_words(HOUSE / "x.html", text) == inline_breaches(HOUSE / "x.html", text) == []
