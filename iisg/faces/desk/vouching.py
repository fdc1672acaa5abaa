"""What the page of a record says of its sources: where each fact comes from, who confirmed it, whether it vanished."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.roles import Can
from iisg.knowledge.actions.fact_words import topic_words
from iisg.knowledge.actions.models import Absence, Action, Import
from iisg.knowledge.actions.provenance import REST, How, Origin, topics_of
from iisg.knowledge.actions.rules import may_change, may_speak_for
from iisg.knowledge.needs import rules as needs_rules
from iisg.knowledge.needs.models import Need


@dataclass(frozen=True, slots=True)
class StandingInWords:
    """One topic: where it comes from and who has confirmed it ("" where nobody has)."""

    topic: str
    word: str
    origin: str
    confirmed: str


def standings(record: Action | Need) -> list[StandingInWords]:
    """Every topic of the record."""
    subject = "needs" if isinstance(record, Need) else "actions"
    found = []
    for topic, word in topic_words(subject).items():
        one = topics_of(subject).standing(record, topic)
        confirmed = in_words(one.confirmed) if one.confirmed else ""
        found.append(StandingInWords(topic, str(word), _origin_in_words(one.origin), confirmed))
    return found


def _origin_in_words(origin: Origin) -> str:
    """Where a fact comes from; what no file stated, somebody stated by hand."""
    said = in_words(origin)
    return said if origin.how in (How.FILE, How.HAND) else _("stated by hand %(by)s") % {"by": said}


def in_words(origin: Origin) -> str:
    """A source as a page tells it."""
    day = date_format(origin.on, "j F Y") if origin.on else _("a day that is not known")
    said = {"name": origin.name, "day": day}
    if origin.how is How.FILE:
        return (
            _("from the file %(name)s of %(day)s") % said if origin.name else _("recorded on %(day)s") % said
        )
    if origin.how is How.MEMBER:
        return _("by the member (%(name)s) on %(day)s") % said
    if origin.how is How.SECRETARIAT:
        return _("by the Secretariat on %(day)s") % said
    return _("entered by hand on %(day)s") % said


def may_change_by_hand(action: Action, reader: Actor) -> bool:
    """Whether the reader may change the record by hand."""
    return Can.WRITE_ACTIONS in reader.powers and not list(may_change(reader, action, (), action.changed_at))


def may_vouch(record: Action | Need, reader: Actor) -> bool:
    """Whether the reader speaks for the record: whose it is, or the Secretariat."""
    if isinstance(record, Need):
        return Can.WRITE_NEEDS in reader.powers and not list(needs_rules.may_speak_for(reader, record))
    return Can.WRITE_ACTIONS in reader.powers and not list(may_speak_for(reader, record))


def absence_of(record: Action | Need) -> Absence | None:
    """The standing absence of the record from its source's newest file, if any."""
    return record.absences.standing().first()


def file_of(action: Action, reader: Actor) -> int | None:
    """The import that the record came in with; None where it was entered by hand or the reader may not see it."""
    kept = action.origins.get(REST, {}).get("file")
    seen = kept is not None and Import.objects.visible_to(reader).filter(pk=kept).exists()
    return kept if seen else None
