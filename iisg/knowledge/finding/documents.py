"""Entries of the index as the records say them now: members' words and the public's, never mixed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from iisg.foundations.core.folding import fold
from iisg.foundations.orgs.models import AliasKind, Organisation
from iisg.knowledge.actions.models import Action, PartyRole
from iisg.knowledge.finding.models import PARTNER_BITS, PILLAR_BITS, Audience, Entry, EntryKind
from iisg.knowledge.needs.models import Need

PUBLIC_ROLES = (PartyRole.FUNDING, PartyRole.IMPLEMENTING)
CHUNK = 1000
Keys = Collection[int] | None
"""Primary keys of the records concerned; None means all."""


def need_entries(keys: Keys = None) -> Iterator[Entry]:
    """One entry for each need; needs stay with members (rules.md 7)."""
    found = _of(Need.objects.with_facts(), keys)
    for need in found.iterator(chunk_size=CHUNK):
        placements = list(need.placements.all())
        partners = list(need.partners.all())
        framework = [p.measure.title if p.measure else p.objective.title for p in placements]
        yield Entry(
            kind=EntryKind.NEED,
            audience=Audience.MEMBERS,
            need=need,
            ref=need.ref,
            partners=_bits(PARTNER_BITS, (p.code for p in partners)),
            pillars=_bits(PILLAR_BITS, (p.objective.pillar_id for p in placements)),
            title=_words(need.ref, need.title, need.title_original),
            names=_words(
                *_names(partners), *_names([need.body] if need.body else []), need.source_body, *framework
            ),
            text=_words(need.capability, need.met_when, need.references, need.notes),
        )


def action_entries(keys: Keys = None) -> Iterator[Entry]:
    """One entry with all words for members, and for a published action one with what everybody may know."""
    found = _of(
        Action.objects.select_related("reporter").prefetch_related(
            "parties__organisation", "places__partner", "pillars", "assistance"
        ),
        keys,
    )
    for action in found.iterator(chunk_size=CHUNK):
        places = [place.partner for place in action.places.all()]
        parties = list(action.parties.all())
        shared = {
            "kind": EntryKind.ACTION,
            "action": action,
            "ref": action.ref,
            "partners": _bits(PARTNER_BITS, (partner.code for partner in places)),
            "pillars": _bits(PILLAR_BITS, (pillar.pk for pillar in action.pillars.all())),
            "title": _words(action.ref, action.title, action.title_original),
        }
        bodies = [party.organisation for party in parties]
        reporter = [action.reporter] if action.reporter else []
        yield Entry(
            **shared,
            audience=Audience.MEMBERS,
            names=_words(
                action.reporter_ref,
                *_names([*bodies, *reporter, *places]),
                *(party.printed for party in parties),
            ),
            text=_words(
                action.summary,
                action.other_beneficiaries,
                action.assistance_printed,
                *(kind.get_kind_display() for kind in action.assistance.all()),
            ),
        )
        if action.is_public:
            told = [party.organisation for party in parties if party.role in PUBLIC_ROLES]
            yield Entry(**shared, audience=Audience.PUBLIC, names=_words(*_names([*told, *places])))


def organisation_entries(keys: Keys = None) -> Iterator[Entry]:
    """Two entries for each body: a name learnt from an import is found by members only."""
    found = _of(
        Organisation.objects.select_related("parent").prefetch_related("aliases", "participations"), keys
    )
    for body in found.iterator(chunk_size=CHUNK):
        partner = body.code or (body.parent.code if body.parent else None)
        aliases = list(body.aliases.all())
        told = [alias.name for alias in aliases if alias.kind != AliasKind.LEARNT]
        for audience, names in (
            (Audience.MEMBERS, [alias.name for alias in aliases]),
            (Audience.PUBLIC, told),
        ):
            yield Entry(
                kind=EntryKind.ORGANISATION,
                audience=audience,
                organisation=body,
                ref=body.ref,
                partners=_bits(PARTNER_BITS, [partner]),
                pillars=_bits(PILLAR_BITS, (seat.pillar_id for seat in body.participations.all())),
                title=_words(body.name, body.short_name, body.original_name),
                names=_words(*names),
                text=_words(body.parent.name if body.parent else ""),
            )


def _of(found: Any, keys: Keys) -> Any:
    return found.order_by("pk") if keys is None else found.filter(pk__in=keys).order_by("pk")


def _names(bodies: Iterable[Organisation]) -> list[str]:
    return [name for body in bodies for name in (body.name, body.short_name)]


def _words(*texts: str) -> str:
    """Folded words in their order, a text that was said before left out."""
    folded = (fold(text) for text in texts if text)
    return " ".join(dict.fromkeys(text for text in folded if text))


def _bits(bits: dict[str, int], codes: Iterable[str | None]) -> int:
    total = 0
    for code in codes:
        total |= bits.get(code or "", 0)
    return total
