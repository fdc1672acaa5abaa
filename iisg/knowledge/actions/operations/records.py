"""Recording actions as stated, with their parties, places and money: one or many at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.permits import RuleRefused, require
from iisg.foundations.access.roles import Can
from iisg.foundations.audit.trail import record, record_each
from iisg.foundations.core.findings import Finding
from iisg.foundations.orgs.matching import Directory
from iisg.foundations.orgs.models import Organisation
from iisg.foundations.orgs.operations import note_names
from iisg.knowledge.actions import comparing, provenance
from iisg.knowledge.actions.completing import completed
from iisg.knowledge.actions.models import Action, ActionPlacement
from iisg.knowledge.actions.operations.writing import Writing
from iisg.knowledge.actions.recognising import Recognised, recognise, runs
from iisg.knowledge.actions.records import ActionRecord
from iisg.knowledge.actions.signals import actions_changed
from iisg.knowledge.needs.models import Measure

Changes = list[tuple[str, Any, Any]]


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of one stated action: the differences that were made, or why it was refused (`action` None).

    `sources` are its origins and confirmations before the differences were made.
    """

    action: Action | None
    new: bool
    changes: Changes
    findings: tuple[Finding, ...] = ()
    sources: tuple[dict[str, Any], dict[str, Any]] = ({}, {})


@transaction.atomic
def record_action(
    stated: ActionRecord,
    sent_by: Organisation | None,
    directory: Directory,
    *,
    by: Actor,
    at: datetime,
    source_name: str = "",
) -> tuple[Action, Changes]:
    """Enter one action as stated, or bring the recorded one in step: `record_actions` for one, which see.

    Raises RuleRefused where it cannot be taken.
    """
    origin = provenance.of_file(source_name, at)
    [became] = record_actions([stated], sent_by, directory, by=by, at=at, origin=origin)
    if became.action is None:
        raise RuleRefused(became.findings)
    return became.action, became.changes


@transaction.atomic
def enter_action(
    stated: ActionRecord,
    reporter: Organisation | None,
    directory: Directory,
    *,
    by: Actor,
    at: datetime,
    source_name: str,
) -> Action:
    """Enter one action that a person states by hand: no later file changes in silence what is said of it here."""
    action, changes = record_action(stated, reporter, directory, by=by, at=at, source_name=source_name)
    if changes:
        body = str(reporter or "")
        provenance.note_origin(action, [name for name, *_v in changes], provenance.of_person(by, body, at))
        action.save(update_fields=["origins", "confirmed"])
    return action


@transaction.atomic
def record_actions(
    stated: Sequence[ActionRecord],
    sent_by: Organisation | None,
    directory: Directory,
    *,
    by: Actor,
    at: datetime,
    origin: provenance.Origin,
    taken: Mapping[str, Collection[str]] | None = None,
) -> list[Recorded]:
    """Enter actions as stated, or bring the recorded ones in step, in few queries however many they are.

    The reporter is the one a record names, else `sent_by`. Names that nobody knows are entered as unconfirmed
    organisations. A record that its reporter has published, or that names its public source, is public in part
    (rules.md 7); a member's own report is not until somebody publishes it, nor is one of which the file itself says
    that it is not. Facts of which the file does not speak (`ActionRecord.silent`) keep what is recorded. A topic that a
    person has vouched for keeps its value unless `taken` names it for the record's reference. Recording the same facts
    twice changes nothing and leaves no event; a refused record leaves no trace.
    Where the database refuses one of them, all of them fail together and `directory` must be read anew.
    """
    require(by, Can.WRITE_ACTIONS)
    became: list[Recorded] = []
    for run in runs(stated):
        found = recognise(run, sent_by, directory, by, to_change=True)
        printed = (named for each in found if not each.refused for named in each.record.names())
        note_names(printed, directory, by=by, at=at)
        _enter_reporters(found, directory)
        became += _write(found, directory, origin, taken or {}, by=by, at=at)
    if changed := {each.action.pk for each in became if each.action is not None and each.changes}:
        actions_changed.send(sender=Action, keys=changed)
    return became


@transaction.atomic
def place_action(
    action: Action, measure: Measure, reason: str, *, by: Actor, at: datetime
) -> ActionPlacement:
    """Say, with a reason, that an action works on a measure of the framework."""
    require(by, Can.WRITE_ACTIONS)
    placement, new = ActionPlacement.objects.get_or_create(
        action=action, measure=measure, defaults={"reason": reason[:300]}
    )
    if new:
        actions_changed.send(sender=Action, keys={action.pk})
        record("actions.action_placed", by=by, on=action, at=at, measure=measure.code, reason=reason)
    return placement


def _enter_reporters(found: Iterable[Recognised], directory: Directory) -> None:
    """Those who report for the first time have been entered by now: take them from the register."""
    new = [each for each in found if each.reports_first and not each.refused]
    keys = {each.record.ref: directory.find(*each.record.reporter_named or ("", "")) for each in new}
    bodies = Organisation.objects.in_bulk([key for key in keys.values() if key]) if keys else {}
    for each in new:
        each.reporter = bodies[keys[each.record.ref] or 0]


def _write(
    found: list[Recognised],
    directory: Directory,
    origin: provenance.Origin,
    taken: Mapping[str, Collection[str]],
    *,
    by: Actor,
    at: datetime,
) -> list[Recorded]:
    """Store what was recognised; every name leads to a body by now."""
    refs = _house_refs([each for each in found if each.action is None and not each.refused])
    writing, became = Writing(), []
    for each in found:
        if each.refused:
            became.append(Recorded(None, False, [], tuple(f for f in each.findings if f.refuses)))
            continue
        facts = comparing.stated(each.record, directory.find)
        if each.action is None:
            action = _new(each, refs[each.record.ref], origin, at)
            writing.add(action, facts)
            became.append(Recorded(action, True, comparing.first_facts(facts)))
            continue
        facts = completed(each.record, facts, each.facts)
        kept = provenance.kept_from(each.action, taken.get(each.record.ref[:250], ()))
        changes = comparing.differences(each.facts, facts, kept)
        sources = (dict(each.action.origins), dict(each.action.confirmed))
        if changes:
            names = [name for name, *_values in changes]
            each.action.changed_at = at
            provenance.note_origin(each.action, names, origin)
            writing.change(each.action, facts, names)
        became.append(Recorded(each.action, False, changes, sources=sources))
    writing.store()
    _record_all(became, origin.name, by=by, at=at)
    return became


def _new(each: Recognised, ref: str, origin: provenance.Origin, at: datetime) -> Action:
    """An action that is not recorded yet, without its facts."""
    action = Action(
        ref=ref,
        reporter=each.reporter,
        reporter_ref=each.record.ref[:250] if each.reporter else "",
        source_name=origin.name[:250],
        is_public=each.record.published is not False
        and (bool(each.record.source_url) or each.record.reporter is not None),
        recorded_at=at,
        changed_at=at,
    )
    provenance.note_origin(action, None, origin)
    return action


def _record_all(became: list[Recorded], source: str, *, by: Actor, at: datetime) -> None:
    """One sealed event for each action that was entered or changed, readable in its history."""
    new = [(b.action, {"title": b.action.title, "source": source}) for b in became if b.action and b.new]
    changed = [
        (b.action, {"changed": {name: [before, after] for name, before, after in b.changes}})
        for b in became
        if b.action and b.changes and not b.new
    ]
    if new:
        record_each("actions.action_recorded", new, by=by, at=at)
    if changed:
        record_each("actions.action_changed", changed, by=by, at=at)


def _house_refs(new: Sequence[Recognised]) -> dict[str, str]:
    """For each new record's reference the one of this house: its own where it is free and fits, else with the
    reporter's name before it.
    """
    wished = {each.record.ref: [*_wishes(each)] for each in new}
    first = [wish for wishes in wished.values() for wish in wishes]
    taken = set(Action.objects.filter(ref__in=first).values_list("ref", flat=True))
    given: dict[str, str] = {}
    for ref, wishes in wished.items():
        free = next((wish for wish in wishes if wish not in taken), None)
        if free is None:
            like = Action.objects.filter(ref__startswith=f"{wishes[-1]}~").values_list("ref", flat=True)
            taken.update(like)
            free = next(w for n in range(2, 10_000) if (w := f"{wishes[-1]}~{n}") not in taken)
        taken.add(free)
        given[ref] = free
    return given


def _wishes(each: Recognised) -> Iterator[str]:
    ref = each.record.ref
    if len(ref) <= 120:
        yield ref
    yield (f"{each.reporter.ref if each.reporter else 'record'}:" + ref)[:110]
