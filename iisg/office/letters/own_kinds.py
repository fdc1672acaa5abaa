"""Kinds of letter that the office writes by itself."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from iisg.office.letters.kinds import Kind, Wording, make_known
from iisg.office.letters.labels import framed
from iisg.office.letters.languages import LANGUAGES

FREE = Kind(
    "free",
    _("Letter in free words"),
    "information",
    (),
    Wording(subject="", body=framed("en", "")),
    translations={
        code: Wording(subject="", body=framed(code, "")) for code, _name in LANGUAGES if code != "en"
    },
)

make_known(FREE)
