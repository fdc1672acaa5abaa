"""The whole log examined: every leaf and link, every checkpoint, and a checkpoint that somebody kept elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from iisg.foundations.audit.keys import known_keys
from iisg.foundations.audit.models import Checkpoint, Event
from iisg.foundations.audit.notes import NoteRefused, PublicKey, Signed, read_checkpoint
from iisg.foundations.audit.walking import Walk, walked
from iisg.foundations.core.findings import Finding, Grade


@dataclass(slots=True)
class Examination:
    """How much was looked at, and what does not hold."""

    events: int = 0
    checkpoints: int = 0
    forgotten: int = 0
    since: int | None = None
    findings: list[Finding] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether nothing was found that speaks against the log."""
        return not any(finding.refuses for finding in self.findings)


def examined(since: str | None = None) -> Examination:
    """Examine the log as it stands; `since` is the note of a checkpoint that a member kept."""
    keys, stored = known_keys(), list(Checkpoint.objects.order_by("size"))
    found = Examination(checkpoints=len(stored))
    kept = None
    if since is not None:
        try:
            kept = read_checkpoint(since, keys)
            found.since = kept.size
        except NoteRefused as refusal:
            found.findings.append(
                _wrong("audit.kept-unknown", _("The checkpoint given is not this log's: %s") % refusal)
            )
    walk = walked([*(each.size for each in stored), *([kept.size] if kept else [])])
    found.events, found.forgotten = walk.size, len(walk.forgotten)
    if walk.broken is not None:
        text = _("Event %s is not as it was sealed, or is missing.") % walk.broken
        found.findings.append(_wrong("audit.broken", text))
    found.findings += [*_of_checkpoints(stored, keys, walk), *_of_keys(stored, keys), *_of_forgotten(walk)]
    if kept is not None:
        found.findings += _of_kept(kept, walk)
    return found


def _wrong(code: str, message: str, grade: Grade = Grade.ERROR) -> Finding:
    return Finding(grade, code, message)


def _of_checkpoints(stored: list[Checkpoint], keys: list[PublicKey], walk: Walk) -> Iterator[Finding]:
    """Each is signed, says what its row says, and is a beginning of the present tree."""
    for each in stored:
        try:
            signed = read_checkpoint(each.note, keys)
        except NoteRefused as refusal:
            yield _wrong("audit.checkpoint-unsigned", f"{_('Checkpoint %s:') % each.size} {refusal}")
            continue
        if (signed.size, signed.root.hex()) != (each.size, each.root):
            yield _wrong(
                "audit.checkpoint-changed", _("Checkpoint %s is not the one that was signed.") % each.size
            )
        elif walk.roots.get(signed.size) != signed.root:
            text = _("Checkpoint %s is no beginning of the present log.") % each.size
            yield _wrong("audit.checkpoint-astray", text)


def _of_keys(stored: list[Checkpoint], keys: list[PublicKey]) -> Iterator[Finding]:
    """A key that no older one vouched for is worth a question: was the old one lost, or was somebody else at work?"""
    vouched: set[str] = set()
    for each in stored:
        try:
            signers = {str(key) for key in read_checkpoint(each.note, keys).keys}
        except NoteRefused:
            continue
        if vouched & signers or not vouched:
            vouched |= signers
    for key in keys[1:]:
        if str(key) not in vouched:
            text = _("No older key vouches for %s. Ask who put it there and why.") % key
            yield _wrong("audit.key-unvouched", text, Grade.WARNING)


def _of_forgotten(walk: Walk) -> Iterator[Finding]:
    """Whatever was forgotten has an event that says so."""
    subjects = {f"audit.event:{number}" for number, _name in walk.forgotten}
    told = set(Event.objects.filter(name="audit.values_forgotten").values_list("on", flat=True))
    for subject in sorted(subjects - told):
        text = _("A value of event %s was erased past this house.") % subject.rpartition(":")[2]
        yield _wrong("audit.erased-untold", text)


def _of_kept(kept: Signed, walk: Walk) -> Iterator[Finding]:
    if kept.size > walk.size and walk.broken is None:
        text = _("The log has %(now)s events, but had %(then)s when your checkpoint was made.")
        yield _wrong("audit.shorter", text % {"now": walk.size, "then": kept.size})
    elif walk.roots.get(kept.size) != kept.root:
        text = _("This is not the log that you saw: its first %s events are others.") % kept.size
        yield _wrong("audit.forked", text)
