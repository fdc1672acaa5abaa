"""Pictures on a page, `{% load pictures %}`: the question, the picture, its legend and its table."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString, mark_safe

from iisg.knowledge.analysis import rendering
from iisg.knowledge.analysis.pictures.picture import Picture

register = template.Library()


@register.inclusion_tag("analysis/picture.html", takes_context=True)
def picture(context: Context, drawn: Picture, opened: bool = False) -> dict[str, Any]:
    """`{% picture shown %}`: a picture with everything that belongs to it; `opened` unfolds its table at once."""
    request = context.get("request")
    live = ""
    if drawn.live and request is not None:
        query = request.GET.copy()
        query[rendering.LIVE] = drawn.name
        live = f"?{query.urlencode()}"
    numeric = drawn.table.numeric
    return {
        "picture": drawn,
        "svg": _markup(rendering.svg(drawn)),
        "narrow": _markup(rendering.narrow_svg(drawn)),
        "live": live,
        "signs": [
            {"svg": _markup(rendering.sign(drawn, sign.pattern)), "words": sign.words}
            for sign in drawn.legend
        ],
        "heads": [{"text": head, "numeric": at in numeric} for at, head in enumerate(drawn.table.heads)],
        "rows": [
            [{"cell": cell, "numeric": at in numeric} for at, cell in enumerate(row)]
            for row in drawn.table.rows
        ],
        "opened": opened,
    }


def _markup(svg: str) -> SafeString:
    """SVG that `rendering` wrote with an XML library, where every text is escaped."""
    return mark_safe(svg)  # noqa: S308
