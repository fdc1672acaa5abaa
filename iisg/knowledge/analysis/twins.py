"""Which new records look like another report of a recorded action, shown before they are saved (anchors 5.4)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from iisg.foundations.access.actors import HOUSE
from iisg.foundations.orgs.matching import Directory
from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.actions import comparing, reading
from iisg.knowledge.actions.fact_words import FactWords, fact_name
from iisg.knowledge.actions.models import Action, Import, PartyRole, Place, Verdict
from iisg.knowledge.actions.records import ActionRecord
from iisg.knowledge.analysis.engine.relate import Candidate, Report, likely_twins_of_each
from iisg.knowledge.analysis.engine.suggest import telling_words
from iisg.knowledge.analysis.reading import batches
from iisg.knowledge.analysis.relation_words import reasons_in_words
from iisg.knowledge.analysis.reporting import report_of
from iisg.knowledge.finding.models import Entry, EntryKind
from iisg.knowledge.responses.models import RelationKind

NEW = "new:"
"""Before the place of a new record among the reports; no reference of the house begins so."""
MOST = 3
"""Recorded actions that are shown for one new record."""
ALL, NEAREST = 3_000, 300
"""Up to so many recorded actions are all compared; of more, this many for each new record: the nearest by words."""
SHOWN = (
    "title", "summary", "parties", "places", "start_printed", "end_printed", "stage", "assistance", "pillars", "flows",
)  # fmt: skip


def twins_of(imported: Import) -> list[dict[str, Any]]:
    """New records of an examined file that look like recorded actions, as the import keeps them."""
    rows = imported.rows.filter(verdict=Verdict.CREATED, subject="actions")
    wanted = dict(rows.values_list("order", "key"))
    file = reading.read(bytes(imported.content), imported.file_name, imported.mapping)
    new = {
        order: record
        for order, record in enumerate(file.records)
        if order in wanted and isinstance(record, ActionRecord)
    }
    found = likely_twins_of(list(new.values()), imported.reporter)
    return [
        {"key": record.ref[:250], "title": record.title, "near": near}
        for record, near in zip(new.values(), found, strict=True)
        if near
    ]


def likely_twins_of(
    records: Sequence[ActionRecord], reporter: Organisation | None
) -> list[list[dict[str, Any]]]:
    """For each new record the recorded actions it looks like, likeliest first, with what both say of each fact."""
    reports = [report_of(one, {}) for one in _worth_comparing(records).iterator(chunk_size=1_000)]
    if not records or not reports:
        return [[] for _record in records]
    new = [report_of_record(record, f"{NEW}{n:06}", reporter) for n, record in enumerate(records)]
    near: dict[int, list[tuple[float, str, Candidate]]] = {}
    for one in _candidates(new, reports):
        sides = sorted((one.from_ref, one.to_ref), key=lambda ref: ref.startswith(NEW))
        if one.relation == RelationKind.SAME_AS and sides[1].startswith(NEW) and not sides[0].startswith(NEW):
            near.setdefault(int(sides[1].removeprefix(NEW)), []).append((-one.score, sides[0], one))
    actions = _with_facts({ref for found in near.values() for _score, ref, _one in found})
    words, directory = FactWords({body.pk: body for body in Organisation.objects.all()}), Directory()
    return [
        [
            _near(actions[ref], record, one, words, directory)
            for _score, ref, one in sorted(near.get(n, []), key=lambda found: found[:2])[:MOST]
        ]
        for n, record in enumerate(records)
    ]


def _candidates(new: list[Report], reports: list[Report]) -> list[Candidate]:
    """What the engine finds around new records, in one pass over the recorded ones."""
    return [one for found in likely_twins_of_each(new, reports, MOST).values() for one in found]


def _with_facts(refs: Collection[str]) -> dict[str, Action]:
    """Recorded actions with all that is shown of them, by reference."""
    asked = Action.objects.visible_to(HOUSE).with_facts()
    return {one.ref: one for batch in batches(sorted(refs)) for one in asked.filter(ref__in=batch)}


def _worth_comparing(records: Sequence[ActionRecord]) -> QuerySet[Action]:
    """Recorded actions, with their facts, that may be one of the new ones: a partner in common, or not known which.

    Where there are very many and few new ones, only those nearest to each by words are compared.
    """
    actions: QuerySet[Action] = Action.objects.visible_to(HOUSE).counted().with_facts().order_by("ref")
    partners = {code for record in records for code in record.partners}
    if partners and all(record.partners for record in records):
        reached = Place.objects.filter(partner__code__in=partners).values("action")
        actions = actions.filter(Q(pk__in=reached) | ~Q(pk__in=Place.objects.values("action")))
    recorded = actions.count()
    if recorded > ALL and len(records) * NEAREST < recorded:
        actions = actions.filter(pk__in={key for record in records for key in _nearest(record)})
    return actions


def _nearest(record: ActionRecord) -> set[int]:
    """Keys of the recorded actions with its identifier, and of those that share the most telling words of its title."""
    titles = f"{record.title} {record.title_original}"
    words = sorted(telling_words(titles), key=lambda word: (-len(word), word))
    asked = " ".join(words) or titles
    entries = Entry.objects.visible_to(HOUSE).filter(kind=EntryKind.ACTION)
    if record.partners:
        entries = entries.perhaps_reaching(record.partners)
    entries = entries.found(asked, any_word=True)
    identified = Action.objects.filter(Q(ref=record.ref) | Q(reporter_ref=record.ref))
    return {*entries.values_list("action", flat=True)[:NEAREST], *identified.values_list("pk", flat=True)}


def report_of_record(record: ActionRecord, ref: str, reporter: Organisation | None) -> Report:
    """A record as a file or a form states it, as the engine reads it."""
    days = comparing.days(record)
    told_by = record.reporter.name if record.reporter else reporter.name if reporter else ""
    amounts = [flow for flow in record.flows if flow.state == "committed"]
    known = [flow.amount for flow in amounts if flow.amount is not None]
    currencies = {flow.currency for flow in amounts}
    whole = len(known) == len(amounts) > 0 and len(currencies) == 1
    return Report(
        ref=ref,
        title=record.title,
        summary=record.summary,
        original_title=record.title_original,
        funders=_names(record, PartyRole.FUNDING),
        implementers=_names(record, PartyRole.IMPLEMENTING),
        reporter=told_by,
        partners=frozenset(record.partners),
        named=record.names_partners,
        pillars=frozenset(record.pillars),
        assistance=frozenset(record.assistance),
        amount=sum(known, Decimal(0)) if whole else None,
        currency=currencies.pop() if whole else "",
        start=days["start_on"],
        end=days["end_on"],
        kind=record.form,
        stage=record.stage,
        identifiers=frozenset({record.ref}),
        parents=frozenset(record.parent_refs),
    )


def _names(record: ActionRecord, role: str) -> frozenset[str]:
    return frozenset(party.name for party in record.parties if party.role == role and party.name)


def _near(
    action: Action, record: ActionRecord, found: Candidate, words: FactWords, directory: Directory
) -> dict[str, Any]:
    """One recorded action that a new record looks like, fact by fact: what is recorded, and what is new."""

    def resolve(name: str, identifier: str) -> object:
        return directory.find(name, identifier) or name

    before, after = comparing.recorded([action])[action.pk], comparing.stated(record, resolve)
    return {
        "ref": action.ref,
        "title": action.title,
        "score": round(found.score, 3),
        "evidence": ". ".join(reasons_in_words(found.reasons)),
        "facts": list(_side_by_side(before, after, words)),
    }


def _side_by_side(
    before: Mapping[str, Any], after: Mapping[str, Any], words: FactWords
) -> Iterable[tuple[str, list[str], list[str]]]:
    """(fact, as recorded, as new), line by line, of what either states; what is equal is told too: it is evidence."""
    for name in SHOWN:
        recorded, new = _lines(name, before[name], words), _lines(name, after[name], words)
        if recorded or new:
            yield fact_name(name, "actions"), recorded, new


def _lines(name: str, value: Any, words: FactWords) -> list[str]:
    nothing = () if isinstance(value, tuple) else None
    _before, text = words.change(name, nothing, value)
    return text.split("\n") if text else []
