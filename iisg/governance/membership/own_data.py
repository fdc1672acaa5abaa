"""Everything the house keeps of an applicant's form, as plain values for the applicant's own use."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings

from iisg.foundations.core.handling import Marking
from iisg.governance.membership.consent import TEXTS
from iisg.governance.membership.models import Application
from iisg.governance.membership.steps import steps
from iisg.office.documents.models import Version
from iisg.office.letters.models import Letter, LetterState

_PLAIN = (
    "state", "email", "begun_at", "touched_at", "submitted_at", "name", "kind", "country", "postal", "website", "work",
    "contact_name", "contact_phone", "focal_points", "signature", "signatory", "signatory_office", "signed_on",
    "signature_check", "consented_at", "consent_version", "hand_back_note",
)  # fmt: skip


def own_data(form: Application, at: datetime) -> dict[str, Any]:
    """The form, its statements word by word, its files by name and digest, its case and letters."""
    files = {"to_sign": form.paper, "signed": form.signed_file, "handed_over": form.pdf}
    return {
        "marking": Marking.MEMBERS.label,
        "kept_by": settings.OFFICE_NAME,
        "as_of": at,
        "form": {name: getattr(form, name) for name in _PLAIN},
        "consent": str(TEXTS.get(form.consent_version or 0, "")),
        "statements": [
            {
                "statement": each.text.slug,
                "version": each.text.version,
                "text": each.text.text,
                "made_at": each.at,
            }
            for each in form.undertaken.select_related("text")
        ],
        "files": {name: _file(version) for name, version in files.items() if version is not None},
        "case": form.case
        and {"reference": form.case.ref, "state": form.case.state, "route": form.case.route},
        "steps": [
            {"step": step.title, "at": step.at, "said": step.said}
            for step in (steps(form.case) if form.case else ())
        ],
        "letters": [
            {
                "number": letter.number,
                "subject": letter.subject,
                "sent_at": letter.sent_at,
                "text": letter.body,
            }
            for letter in letters_to(form)
        ],
    }


def letters_to(form: Application) -> list[Letter]:
    """Letters about the case that went to the form's own address, oldest first; none to others."""
    if form.case is None:
        return []
    sent = Letter.objects.about(form.case).exclude(state__in=(LetterState.DRAFT, LetterState.DISCARDED))
    own = sent.filter(recipients__email__iexact=form.email, sent_at__isnull=False).distinct()
    return list(own.select_related("pdf").defer("pdf__content"))


def _file(version: Version) -> dict[str, Any]:
    return {
        "name": version.file_name,
        "bytes": version.size,
        "sha256": version.digest,
        "kept_at": version.made_at,
    }
