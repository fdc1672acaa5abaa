"""Addresses of letters and of applicants, with the records that they need."""

from __future__ import annotations

from iisg.office.letters.models import Letter


def letter_places(sent: Letter, draft_one: Letter) -> dict[str, list[tuple[str, str]]]:
    """Addresses of a letter that was sent, of a draft, and of the wording of a kind."""
    wording = "/letters/wordings/<slug:kind>/<slug:language>/"
    found: dict[str, list[tuple[str, str]]] = {wording: [("free letter", "/letters/wordings/free/sq/")]}
    for words, letter in (("sent letter", sent), ("draft", draft_one)):
        file, person = letter.attachments.get().pk, letter.recipients.get().pk
        deeds = {
            "paper/<slug:form>/": "paper/pdf/",
            "files/<int:file>/": f"files/{file}/",
            "files/<int:file>/detach/": f"files/{file}/detach/",
            "do/<slug:deed>/": "do/approve/",
            "to/<int:person>/<slug:deed>/": f"to/{person}/posted/",
        }
        for pattern, path in {"": "", "change/": "change/", "preview/": "preview/", **deeds}.items():
            found.setdefault(f"/letters/<int:pk>/{pattern}", []).append(
                (words, f"/letters/{letter.pk}/{path}")
            )
    return found


def applicant_places() -> dict[str, list[tuple[str, str]]]:
    """Addresses that only an applicant's own link opens, tried without one."""
    tried = {
        "confirm/<str:token>/": "confirm/made-up/",
        "confirm/<str:token>/<int:pk>/": "confirm/made-up/1/",
        "form/<str:token>/": "form/made-up/",
        "answers/<slug:place>/": "answers/organisation/",
        "paper/<slug:which>/": "paper/handed-over/",
        "letters/<int:pk>/": "letters/1/",
    }
    return {
        f"/become-a-member/{address}": [("no link", f"/become-a-member/{path}")]
        for address, path in tried.items()
    }
