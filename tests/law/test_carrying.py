"""Gate four: whatever leaves the house as a file goes out in a MarkedResponse (design.md 5)."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.law.house import at, calls, dotted, product_files, told, tree

GATE = "carrying.py"
CURE = "answer with iisg.foundations.access.carrying.MarkedResponse: marked, named, never shown or kept by a browser."
PLAIN = ("FileResponse", "StreamingHttpResponse")
SHOWN = ("text/html", "text/plain")


def carries_out(path: Path) -> list[str]:
    """Places of a file that send one without the gate."""
    found = []
    for call in calls(tree(path)):
        name = dotted(call.func).split(".")[-1]
        kind = next((k.value for k in call.keywords if k.arg == "content_type"), None)
        stated = kind.value if isinstance(kind, ast.Constant) else ""
        if name in PLAIN or (
            name == "HttpResponse" and kind is not None and not str(stated).startswith(SHOWN)
        ):
            found.append(f"{at(path, call.lineno)} calls {name}(…)")
    text = path.read_text(encoding="utf-8")
    if "Content-Disposition" in text or "as_attachment" in text:
        found.append(f"{path.name} names an attachment by itself")
    return found


def test_every_file_leaves_through_the_fourth_gate() -> None:
    found = [place for path in product_files() if path.name != GATE for place in carries_out(path)]
    assert not found, told(found, CURE)


@pytest.mark.parametrize(
    "line",
    [
        "return FileResponse(open('x', 'rb'))",
        "return HttpResponse(rows, content_type='text/csv')",
        "response.headers['Content-Disposition'] = 'attachment'",
    ],
)
def test_the_law_sees_a_file_that_slips_out(line: str, tmp_path: Path) -> None:
    view = tmp_path / "views.py"
    view.write_text(f"def export(request):\n    {line}\n")
    assert carries_out(view)
