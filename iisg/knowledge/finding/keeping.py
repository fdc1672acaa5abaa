"""Keeps the index in step with the records; whatever the records' own verbs do, this follows in their transaction."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import islice

from django.db import transaction
from django.db.models import Q

from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.actions.models import Action
from iisg.knowledge.finding.documents import CHUNK, action_entries, need_entries, organisation_entries
from iisg.knowledge.finding.models import Entry, EntryKind
from iisg.knowledge.needs.models import Need

WORDS = ("partners", "pillars", "ref", "title", "names", "text")
_WRITERS: dict[str, Callable[[Collection[int] | None], Iterator[Entry]]] = {
    EntryKind.NEED: need_entries,
    EntryKind.ACTION: action_entries,
    EntryKind.ORGANISATION: organisation_entries,
}


@transaction.atomic
def index(kind: str, keys: Iterable[int]) -> None:
    """Write the entries of these records anew; a record that has gone takes its entries with it."""
    for some in _portions(sorted(set(keys))):
        Entry.objects.filter(kind=kind, **{f"{kind}__in": some}).delete()
        Entry.objects.bulk_create(_WRITERS[kind](some), batch_size=CHUNK)


@transaction.atomic
def index_named(bodies: Collection[int]) -> None:
    """Write anew the records that name these bodies: their names are words of those records."""
    actions = Q(parties__organisation__in=bodies) | Q(reporter__in=bodies) | Q(places__partner__in=bodies)
    index(EntryKind.ACTION, Action.objects.filter(actions).values_list("pk", flat=True))
    needs = Q(partners__in=bodies) | Q(body__in=bodies)
    index(EntryKind.NEED, Need.objects.filter(needs).values_list("pk", flat=True))
    index(EntryKind.ORGANISATION, Organisation.objects.filter(parent__in=bodies).values_list("pk", flat=True))


@transaction.atomic
def index_everything() -> int:
    """Write the whole index anew and say how many entries it has."""
    Entry.objects.all().delete()
    for kind in EntryKind.values:
        for some in _batches(_WRITERS[kind](None)):
            Entry.objects.bulk_create(some)
    return Entry.objects.count()


def out_of_step() -> list[str]:
    """Records whose entries do not say what the records say; empty where the index is right."""
    kept = {_key(entry): _said(entry) for entry in Entry.objects.iterator(chunk_size=CHUNK)}
    told = {_key(entry): _said(entry) for kind in EntryKind.values for entry in _WRITERS[kind](None)}
    wrong = {key for key in kept.keys() | told.keys() if kept.get(key) != told.get(key)}
    return sorted(f"{kind} {key} for {audience}" for kind, key, audience in wrong)


def _key(entry: Entry) -> tuple[str, int, str]:
    return entry.kind, entry.need_id or entry.action_id or entry.organisation_id or 0, entry.audience


def _said(entry: Entry) -> tuple[object, ...]:
    return tuple(getattr(entry, name) for name in WORDS)


def _portions(keys: list[int]) -> Iterator[list[int]]:
    return (keys[start : start + CHUNK] for start in range(0, len(keys), CHUNK))


def _batches(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    waiting = iter(entries)
    while some := list(islice(waiting, CHUNK)):
        yield some
