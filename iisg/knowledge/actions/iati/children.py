"""The children of an element by name; lxml's own iteration takes half the time of its paths."""

from __future__ import annotations

from lxml import etree


def first(parent: etree._Element, tag: str) -> etree._Element | None:
    """The first child of this name."""
    return next(parent.iterchildren(tag), None)


def every(parent: etree._Element, tag: str) -> list[etree._Element]:
    """All children of this name."""
    return list(parent.iterchildren(tag))


def inside(parent: etree._Element, tag: str, inner: str) -> list[etree._Element]:
    """All children of one name inside the children of another."""
    return [element for child in parent.iterchildren(tag) for element in child.iterchildren(inner)]
