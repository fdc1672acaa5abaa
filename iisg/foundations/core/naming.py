"""Names as the rules have them: Kosovo* carries its footnote once on every page that names it (rules.md 8)."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.html import escape

PLACEHOLDER = "<!-- kosovo-footnote -->"

WORDINGS = MappingProxyType(
    {
        "EU": (
            "This designation is without prejudice to positions on status, and is in line with the UNSCR 1244/1999 "
            "and the ICJ Opinion on the Kosovo declaration of independence."
        ),
        "UN": (
            "References to Kosovo shall be understood to be in the context of Security Council resolution 1244 (1999)."
        ),
    }
)


def footnote() -> str:
    """The fixed formula in the wording that the settings choose; never translated."""
    return WORDINGS[settings.KOSOVO_WORDING]


def footnote_for(text: str) -> str:
    """The footnote with its asterisk where the text names Kosovo, else ""."""
    return f"* {footnote()}" if "Kosovo" in text else ""


class FootnoteMiddleware:
    """Fills the footnote's place on pages that name Kosovo, so that no page can forget it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Replace the placeholder of base.html."""
        response = self.get_response(request)
        if isinstance(response, HttpResponse) and response.headers.get("Content-Type", "").startswith(
            "text/html"
        ):
            page = response.content
            if PLACEHOLDER.encode() in page:
                note = b""
                if b"Kosovo" in page:
                    note = f'<p id="kosovo-note" class="iisg-footnote">* {escape(footnote())}</p>'.encode()
                response.content = page.replace(PLACEHOLDER.encode(), note)
                if response.has_header("Content-Length"):
                    response.headers["Content-Length"] = str(len(response.content))
        return response
