"""Verbs on documents: keep a file; a version that is kept never changes."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from django.db import transaction

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can
from iisg.foundations.audit.trail import record
from iisg.office.documents import rules
from iisg.office.documents.kinds import OWN_TYPES, TYPES, ending
from iisg.office.documents.models import Document, Origin, Version


@transaction.atomic
def keep_file(
    title: str,
    file_name: str,
    content: bytes,
    origin: Origin,
    *,
    by: Actor,
    at: datetime,
    document: Document | None = None,
) -> Version:
    """Keep a file as a new document, or as the next version of `document`; the record seals its digest."""
    require(by, Can.KEEP_DOCUMENTS, rules.may_keep(file_name, content, origin))
    if document is None:
        document, number = Document.objects.create(title=title[:250]), 1
    else:
        document = Document.objects.select_for_update().get(pk=document.pk)
        number = document.versions.count() + 1
    version = Version.objects.create(
        document=document,
        number=number,
        file_name=_short(file_name),
        content_type=(TYPES | OWN_TYPES)[ending(file_name)],
        content=content,
        size=len(content),
        digest=sha256(content).hexdigest(),
        origin=origin,
        made_at=at,
        made_by_label=by.label[:200],
    )
    record(
        "documents.version_kept",
        by=by,
        on=document,
        at=at,
        version=number,
        file=version.file_name,
        digest=version.digest,
    )
    return version


def _short(file_name: str) -> str:
    """The name without folders, at most 200 characters with its ending kept."""
    plain = file_name.replace("\\", "/").rpartition("/")[2]
    return plain if len(plain) <= 200 else f"{plain[: 199 - len(ending(plain))]}.{ending(plain)}"
