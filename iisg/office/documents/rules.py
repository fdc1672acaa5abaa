"""What must hold before a file is kept."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from iisg.foundations.core.findings import Finding, Grade
from iisg.office.documents.kinds import OWN_TYPES, TYPES, ending, is_what_it_says
from iisg.office.documents.models import Origin

LIMIT_BYTES = 20 * 1024 * 1024


def may_keep(file_name: str, content: bytes, origin: str = Origin.RECEIVED) -> Iterator[Finding]:
    """A file of an accepted sort, not empty, not too large, and really of that sort."""
    if ending(file_name) not in (TYPES if origin == Origin.RECEIVED else TYPES | OWN_TYPES):
        yield Finding(
            Grade.ERROR,
            "documents.sort",
            _("“%(name)s” is of a sort that is not taken.") % {"name": file_name},
            cure=_("Send it as PDF, DOCX, XLSX, PNG or JPEG."),
        )
    elif not content:
        yield Finding(
            Grade.ERROR,
            "documents.empty",
            _("“%(name)s” is empty.") % {"name": file_name},
            cure=_("Save it again and send that file."),
        )
    elif len(content) > LIMIT_BYTES:
        yield Finding(
            Grade.ERROR,
            "documents.too-large",
            _("“%(name)s” is larger than %(limit)d MB.")
            % {"name": file_name, "limit": LIMIT_BYTES // (1024 * 1024)},
            cure=_("Make it smaller, for instance by scanning in grey."),
        )
    elif not is_what_it_says(file_name, content):
        yield Finding(
            Grade.ERROR,
            "documents.not-what-it-says",
            _("“%(name)s” does not hold what its name says.") % {"name": file_name},
            cure=_("Open it, save it as that sort of file, and send it again."),
        )
