"""From a picture's specification to what page and report show: SVG with its patterns, or Vega for a live view."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import Any

import vl_convert
from django.http import HttpRequest, JsonResponse
from lxml import etree

from iisg.knowledge.analysis.pictures.picture import Picture, Spec
from iisg.knowledge.analysis.pictures.theme import PATTERNS, outline

LIVE = "live"
"""The parameter of an address that asks for a picture's live specification instead of the page."""
KEPT = 128
"""Drawings that a process remembers; drawing one takes some hundredth of a second."""
SVG, XLINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}href"
_FILL = re.compile(r"url\(#iisg-([a-z-]+)\)")
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""No XML may hold these; the converter does not refuse them, it ends the whole process."""
_DROPPED = ("role", "aria-roledescription", "aria-hidden", "style", "pointer-events", "target")
_BASE = re.compile(r"^https?://[^/]+/vega-datasets/(?=/|\?|#)")
"""The converter takes addresses of this house for addresses of its own examples."""


def svg(picture: Picture) -> str:
    """The picture as one SVG element, for a page or a report: no script, no style, no address outside of it.

    What can be pointed at carries its words as a title; links are links. Text from records is escaped.
    """
    return _drawn(picture, picture.spec, picture.name)


def narrow_svg(picture: Picture) -> str:
    """The same for a narrow page, "" where it has no drawing of its own."""
    return _drawn(picture, picture.narrow, f"{picture.name}-narrow") if picture.narrow else ""


def _drawn(picture: Picture, spec: Spec, name: str) -> str:
    return _svg(_text(spec, name), name, _speakable(picture.question), _speakable(picture.says))


def vega(picture: Picture) -> dict[str, Any]:
    """The specification compiled to Vega, for the live view in a browser; fills name the patterns of its SVG."""
    compiled: dict[str, Any] = json.loads(_vega(_text(picture.spec, picture.name)))
    return compiled


def sign(picture: Picture, pattern: str) -> str:
    """A small field of the legend with its pattern, as one SVG element."""
    own = f"{picture.name}-sign-{pattern}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="iisg-picture__sign" viewBox="0 0 28 16" width="28" '
        f'height="16" aria-hidden="true" focusable="false"><defs>{PATTERNS[pattern].format(id=own)}</defs>'
        f'<rect x=".5" y=".5" width="27" height="15" fill="url(#{own})" stroke="{outline(pattern)}"/></svg>'
    )


def live_answer(request: HttpRequest, *shown: Picture) -> JsonResponse | None:
    """What a page answers when one of its pictures comes alive (`?live=its name`), else None."""
    asked = request.GET.get(LIVE)
    return next(
        (JsonResponse(vega(picture)) for picture in shown if picture.live and picture.name == asked), None
    )


def pattern_id(name: str, pattern: str) -> str:
    """The id of a pattern in a picture's SVG."""
    return f"{name}-{pattern}"


def _text(spec: Spec, name: str) -> str:
    """The specification as the converter may have it, its patterns named as those of this drawing."""
    text = json.dumps(_speakable(spec), ensure_ascii=False, sort_keys=True)
    return _FILL.sub(lambda match: f"url(#{pattern_id(name, match[1])})", text)


def _speakable(part: Any) -> Any:
    """The same without characters that no XML may hold."""
    if isinstance(part, str):
        return _NO_XML.sub("\ufffd", part)
    if isinstance(part, dict):
        return {key: _speakable(inner) for key, inner in part.items()}
    return [_speakable(inner) for inner in part] if isinstance(part, list) else part


@lru_cache(maxsize=KEPT)
def _vega(spec: str) -> str:
    return json.dumps(vl_convert.vegalite_to_vega(spec))


@lru_cache(maxsize=KEPT)
def _svg(spec: str, name: str, question: str, says: str) -> str:
    drawn = vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
    root = etree.fromstring(drawn.encode(), etree.XMLParser(huge_tree=True, resolve_entities=False))
    for element in list(root.iter()):
        _clean(element, name)
    _open(root, name, question, says)
    text: str = etree.tostring(root, encoding="unicode")
    return text


def _clean(element: etree._Element, name: str) -> None:
    """Links of this house again, a title where something is said, nothing that a strict page forbids.

    The white edge below words is no second word for those who listen, and no second link.
    The converter numbers its clips and gradients; two pictures of a page must not share those numbers.
    """
    for attribute in map(str, element.attrib):
        value = element.get(attribute, "")
        if attribute == "id":
            element.set(attribute, f"{name}-{value}")
        elif value.startswith(("url(#clip", "url(#gradient")):
            element.set(attribute, value.replace("url(#", f"url(#{name}-"))
    for attribute in _DROPPED:
        _take(element, attribute)
    if element.tag == f"{SVG}text" and element.get("stroke") == "#ffffff":
        element.set("aria-hidden", "true")
        above = element.getparent()
        if above is not None and above.tag == f"{SVG}a":
            above.tag = f"{SVG}g"
            _take(above, "href")
    if address := _take(element, XLINK):
        element.set("href", _BASE.sub("", address))
    if said := _take(element, "aria-label"):
        title = etree.Element(f"{SVG}title")
        title.text = said
        element.insert(0, title)


def _take(element: etree._Element, attribute: str) -> str:
    """An attribute's value, "" where there is none; it is gone afterwards."""
    value = element.get(attribute)
    if value is None:
        return ""
    del element.attrib[attribute]
    return value


def _open(root: etree._Element, name: str, question: str, says: str) -> None:
    """Size from its frame, name, description and the patterns that it uses."""
    for attribute in ("width", "height"):
        _take(root, attribute)
    root.set("class", "iisg-picture__svg")
    root.set("role", "img" if root.find(f".//{SVG}a") is None else "group")
    root.set("aria-label", question)
    root.set("aria-describedby", f"{name}-says")
    used = set(re.findall(rf"url\(#{name}-([a-z-]+)\)", etree.tostring(root, encoding="unicode")))
    defs = etree.SubElement(root, f"{SVG}defs")
    for pattern in sorted(used & set(PATTERNS)):
        defs.append(etree.fromstring(PATTERNS[pattern].format(id=pattern_id(name, pattern))))
    described = etree.Element(f"{SVG}desc", id=f"{name}-says")
    described.text = says
    root.insert(0, defs)
    root.insert(0, described)
