"""What is carried out of the registers: noted before it leaves."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can
from iisg.foundations.audit.models import Event
from iisg.foundations.audit.trail import record
from iisg.office.documents.models import Version
from iisg.office.letters.models import Letter


@transaction.atomic
def take_paper(letter: Letter, version: Version, *, by: Actor, at: datetime) -> Event:
    """Note that a letter's paper or one of its files is taken out."""
    require(by, Can.READ_LETTERS)
    facts = {"file": version.file_name, "digest": version.digest}
    return record("letters.paper_taken", by=by, on=letter, at=at, **facts)


@transaction.atomic
def take_preview(what: Letter | str, digest: str, *, by: Actor, at: datetime) -> Event:
    """Note that a preview is taken out: of a draft, or of a wording ("letters.wording:kind.language")."""
    require(by, Can.READ_LETTERS)
    return record("letters.preview_taken", by=by, on=what, at=at, digest=digest)


@transaction.atomic
def take_register(form: str, chosen: str, records: int, digest: str, *, by: Actor, at: datetime) -> Event:
    """Note that the registers are taken out: in which format, by which filters, how many letters."""
    require(by, Can.READ_LETTERS)
    facts = {"form": form, "chosen": chosen, "records": records, "digest": digest}
    return record("letters.register_taken", by=by, on="letters.register", at=at, **facts)
