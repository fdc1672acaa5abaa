"""What a page of search shows of each entry: its record's own facts, with the words that were asked for marked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from iisg.foundations.access.roles import Can
from iisg.foundations.access.seeing import sees
from iisg.foundations.core.marking import WORD, marked
from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.actions.models import Action, PartyRole
from iisg.knowledge.finding.asked import Asked
from iisg.knowledge.finding.models import Entry, EntryKind
from iisg.knowledge.needs.models import Need

AROUND = 14
"""How many words of a text are shown around the first one that was asked for."""
_Record = TypeVar("_Record", bound=Model)


@dataclass(frozen=True, slots=True)
class Hit:
    """One record that was found; `who` are its bodies, `where` its partners, in words."""

    kind: str
    ref: str
    href: str
    title: SafeString
    language: str
    who: SafeString
    where: str
    pillars: str
    excerpt: SafeString


def hits(entries: Sequence[Entry], reader: object, words: str) -> list[Hit]:
    """The entries of one page with their records, in a constant number of queries; keeps their order."""
    asked = Asked.read(words)
    keys = {kind: [_record_key(e) for e in entries if e.kind == kind] for kind in EntryKind.values}
    needs = _by_key(Need.objects.visible_to(reader).with_facts().filter(pk__in=keys[EntryKind.NEED]))
    actions = _by_key(
        Action.objects.filter(pk__in=keys[EntryKind.ACTION]).prefetch_related(
            "parties__organisation", "places__partner", "pillars"
        )
    )
    bodies = _by_key(
        Organisation.objects.select_related("parent").filter(pk__in=keys[EntryKind.ORGANISATION])
    )
    found: list[Hit] = []
    for entry in entries:
        key = _record_key(entry)
        if entry.kind == EntryKind.NEED and key in needs:
            found.append(_need(needs[key], asked))
        elif entry.kind == EntryKind.ACTION and key in actions:
            found.append(_action(actions[key], reader, asked))
        elif entry.kind == EntryKind.ORGANISATION and key in bodies:
            found.append(_body(bodies[key], asked))
    return found


def _need(need: Need, asked: Asked) -> Hit:
    placements = list(need.placements.all())
    measures = [p.measure.title if p.measure else p.objective.title for p in placements]
    return Hit(
        kind=_("Need"),
        ref=need.ref,
        href=reverse("need", args=[need.ref]),
        title=_marked(need.title, asked),
        language="",
        who=_marked("; ".join(dict.fromkeys(measures)), asked),
        where=_partners(need.partners.all()),
        pillars=", ".join(dict.fromkeys(str(p.objective.pillar_id) for p in placements)),
        excerpt=excerpt((need.capability, need.met_when, need.notes, need.title_original), asked),
    )


def _action(action: Action, reader: object, asked: Asked) -> Hit:
    """Members get a line out of the summary; the public only what everybody may know (rules.md 7)."""
    member = sees(reader, Can.READ_ACTIONS)
    payers = [party.organisation for party in action.parties.all() if party.role == PartyRole.FUNDING]
    doers = [party.organisation for party in action.parties.all() if party.role == PartyRole.IMPLEMENTING]
    sides = [", ".join(dict.fromkeys(body.shown for body in side)) for side in (payers, doers)]
    return Hit(
        kind=_("Action"),
        ref=action.ref,
        href=reverse("action" if member else "public_project", args=[action.ref]),
        title=_marked(action.title, asked),
        language=action.title_language,
        who=_marked(" → ".join(side for side in sides if side), asked),
        where=_partners(place.partner for place in action.places.all()),
        pillars=", ".join(str(pillar.pk) for pillar in action.pillars.all()),
        excerpt=excerpt(
            (action.summary, action.title_original, action.other_beneficiaries) if member else (), asked
        ),
    )


def _body(body: Organisation, asked: Asked) -> Hit:
    name = f"{body.name} ({body.short_name})" if body.short_name else body.name
    return Hit(
        kind=_("Organisation"),
        ref="",
        href=reverse("organisation", args=[body.ref]),
        title=_marked(name, asked),
        language="",
        who=format_html("{}", _("part of %(body)s") % {"body": body.parent} if body.parent else ""),
        where="",
        pillars="",
        excerpt=_marked(body.original_name, asked),
    )


def excerpt(texts: Iterable[str], asked: Asked) -> SafeString:
    """The words around the first one that was asked for; "" where none of the texts holds one."""
    for text in texts:
        words = list(WORD.finditer(text))
        first = next((n for n, word in enumerate(words) if asked.marks(word[0])), None)
        if first is None:
            continue
        low, high = max(0, first - AROUND), min(len(words) - 1, first + AROUND)
        piece = " ".join(text[words[low].start() : words[high].end()].split())
        before, after = (
            "… " if low else "",
            " …" if high < len(words) - 1 else text[words[high].end() :].strip(),
        )
        return format_html("{}{}{}", before, _marked(piece, asked), after)
    return SafeString("")


def _marked(text: str, asked: Asked) -> SafeString:
    return marked(text, asked.marks)


def _partners(bodies: Iterable[Organisation]) -> str:
    names = sorted({body.shown for body in bodies})
    return str(_("all six partners")) if len(names) == 6 else ", ".join(names)


def _by_key(records: QuerySet[_Record]) -> dict[int, _Record]:
    return {record.pk: record for record in records}


def _record_key(entry: Entry) -> int:
    return entry.need_id or entry.action_id or entry.organisation_id or 0
