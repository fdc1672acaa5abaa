"""Verbs on the framework and on needs: the only writer."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can
from iisg.foundations.audit.trail import record, record_each
from iisg.foundations.core.folding import fold
from iisg.foundations.orgs.matching import Directory
from iisg.foundations.orgs.models import Organisation
from iisg.foundations.orgs.operations import note_names
from iisg.knowledge.needs import comparing, provenance, rules
from iisg.knowledge.needs.models import FrameworkVersion, Measure, Need, NeedState, Objective, Placement
from iisg.knowledge.needs.provenance import NEEDS
from iisg.knowledge.needs.records import NeedRecord
from iisg.knowledge.needs.signals import needs_changed

Changes = list[tuple[str, Any, Any]]


@dataclass(frozen=True, slots=True)
class FrameworkLine:
    """One line of a framework: a measure under an objective of a pillar, in one of the four fields."""

    pillar: str
    four_p: str
    objective: str
    measure_code: str
    measure: str


@transaction.atomic
def enter_framework(
    ref: str,
    title: str,
    lines: Iterable[FrameworkLine],
    *,
    by: Actor,
    at: datetime,
    valid_from: date,
    source: str = "",
) -> FrameworkVersion:
    """Enter a version of the framework, or complete it; what stands in it already is kept as it is."""
    require(by, Can.WRITE_NEEDS)
    version, new = FrameworkVersion.objects.get_or_create(
        ref=ref, defaults={"title": title, "valid_from": valid_from, "source": source}
    )
    order = 0
    for order, line in enumerate(lines):
        objective = _objective(version, line.pillar, line.four_p, line.objective, order)
        if line.measure_code:
            Measure.objects.get_or_create(
                objective=objective, code=line.measure_code, defaults={"title": line.measure, "order": order}
            )
    if new:
        record("needs.framework_entered", by=by, on=version, at=at, lines=order + 1)
    return version


@transaction.atomic
def record_need(
    stated: NeedRecord,
    *,
    by: Actor,
    at: datetime,
    state: NeedState = NeedState.COMPILED,
    reported_by: Organisation | None = None,
) -> tuple[Need, Changes]:
    """Enter a need as stated, or bring the recorded one in step, and announce it; returns it with the differences.

    As `enter_need`, which a file of many needs calls for each and announces them once.
    """
    need, changes = enter_need(stated, by=by, at=at, state=state, reported_by=reported_by)
    if changes:
        needs_changed.send(Need, keys=[need.pk])
    return need, changes


@transaction.atomic
def enter_need(
    stated: NeedRecord,
    *,
    by: Actor,
    at: datetime,
    state: NeedState = NeedState.COMPILED,
    reported_by: Organisation | None = None,
    origin: provenance.Origin | None = None,
    taken: Collection[str] = (),
    directory: Directory | None = None,
) -> tuple[Need, Changes]:
    """Enter a need as stated, or bring the recorded one in step; whoever calls announces it with `needs_changed`.

    Facts of which the source does not speak (`NeedRecord.silent`) keep what is recorded, as do those that a person has
    confirmed, but for the topics `taken` from this source. `origin` is where the facts come from (a file without a
    name where nothing is said); a body that nobody knows is entered as unconfirmed, and `directory` learns it.
    Recording the same facts twice changes nothing and leaves no event.
    """
    require(by, Can.WRITE_NEEDS, rules.may_record(by, stated))
    need = Need.objects.select_for_update(of=("self",)).filter(ref=stated.ref).first()
    if need is not None:
        stated = comparing.completed(stated, need)
    kept = NEEDS.kept_from(need, taken) if need is not None else frozenset()
    body = _body(need, stated.body, directory, by=by, at=at) if "body" not in kept else None
    facts, origin = comparing.stated(stated, body), origin or provenance.of_file("", at)
    if need is None:
        need = Need(ref=stated.ref, state=state, recorded_at=at, changed_at=at, reported_by=reported_by)
        changes: Changes = [
            (name, None, value) for name, value in facts.items() if value not in ("", None, ())
        ]
        NEEDS.note_origin(need, None, origin)
        _write(need, stated, facts, changes)
        record("needs.need_recorded", by=by, on=need, at=at, title=need.title)
        return need, changes
    found = comparing.differences(comparing.recorded(need), facts)
    changes = [each for each in found if each[0] not in kept]
    if changes:
        need.changed_at = at
        NEEDS.note_origin(need, [name for name, *_values in changes], origin)
        _write(need, stated, facts, changes)
        record("needs.need_changed", by=by, on=need, at=at, changed={k: [b, a] for k, b, a in changes})
    return need, changes


@transaction.atomic
def change_need(
    need: Need, stated: NeedRecord, facts: Collection[str], seen: datetime, *, by: Actor, at: datetime
) -> Changes:
    """Write of what a person states by hand the named facts, and return the differences that this made.

    `seen` is `changed_at` of the need that the person looked at: what changed since is never overwritten. A body that
    nobody knows is entered as unconfirmed. From now on no later file changes these topics in silence (ADR 11).
    """
    need = Need.objects.with_facts().select_for_update(of=("self",)).get(pk=need.pk)
    require(by, Can.WRITE_NEEDS, rules.may_change(by, need, stated, facts, seen))
    body = _body(need, stated.body, None, by=by, at=at) if "body" in facts else None
    said = comparing.stated(stated, body)
    found = comparing.differences(comparing.recorded(need), {name: said[name] for name in facts})
    if found:
        partners = ", ".join(str(partner) for partner in need.partners.all())
        need.changed_at = at
        NEEDS.note_origin(need, [name for name, *_values in found], provenance.of_person(by, partners, at))
        _write(need, stated, said, found)
        record("needs.need_changed", by=by, on=need, at=at, changed={k: [b, a] for k, b, a in found})
        needs_changed.send(Need, keys=[need.pk])
    return found


@transaction.atomic
def restore_need(
    need: Need,
    facts: comparing.Facts,
    kept: Mapping[str, Any],
    why: Mapping[str, str],
    *,
    by: Actor,
    at: datetime,
) -> Need:
    """Let these facts of a need be what they were before a file changed them; `kept` as `undoing.kept_of` has it."""
    require(by, Can.WRITE_NEEDS)
    need = Need.objects.select_for_update(of=("self",)).get(pk=need.pk)
    topics = {NEEDS.of[name] for name in facts}
    for name in ("origins", "confirmed"):
        now = {topic: said for topic, said in getattr(need, name).items() if topic not in topics}
        setattr(need, name, now | {topic: said for topic, said in kept[name].items() if topic in topics})
    need.changed_at = at
    plain = {name: _column(name).to_python(facts[name]) for name in comparing.PLAIN if name in facts}
    values = facts | plain
    _store(need, values, set(facts))
    if "placements" in facts:
        need.placements.all().delete()
        for objective, measure in kept["places"]:
            Placement.objects.create(need=need, objective_id=objective, measure_id=measure)
    changed = {name: kept["facts"][name][::-1] for name in facts}
    record("needs.need_restored", by=by, on=need, at=at, changed=changed, **why)
    needs_changed.send(Need, keys=[need.pk])
    return need


@transaction.atomic
def remove_needs(keys: Collection[int], why: Mapping[str, str], *, by: Actor, at: datetime) -> int:
    """Let needs go that a file entered by mistake and nobody has touched; their events stay."""
    require(by, Can.WRITE_NEEDS)
    needs = list(Need.objects.filter(pk__in=keys).select_for_update(of=("self",)))
    record_each("needs.need_removed", [(need, {"title": need.title, **why}) for need in needs], by=by, at=at)
    Need.objects.filter(pk__in=[need.pk for need in needs]).delete()
    if needs:
        needs_changed.send(Need, keys=list(keys))
    return len(needs)


@transaction.atomic
def confirm_need(need: Need, topics: Collection[str] | None, *, by: Actor, at: datetime) -> Need:
    """Say that these topics of a need (None: all) are still right; no later file changes them in silence."""
    need = Need.objects.select_for_update(of=("self",)).get(pk=need.pk)
    require(by, Can.WRITE_NEEDS, rules.may_confirm(by, need, topics))
    partners = ", ".join(str(partner) for partner in need.partners.all())
    provenance.note_confirmation(need, topics, provenance.of_person(by, partners, at))
    need.save(update_fields=["confirmed"])
    said = sorted(topics) if topics is not None else ["all"]
    record("needs.need_confirmed", by=by, on=need, at=at, topics=said)
    return need


@transaction.atomic
def place_need(
    need: Need, objective: Objective, measure: Measure | None, *, by: Actor, at: datetime
) -> Placement:
    """Put a need under an objective and, where stated, one of its measures."""
    require(by, Can.WRITE_NEEDS)
    placement, new = Placement.objects.get_or_create(
        need=need, objective=objective, defaults={"measure": measure}
    )
    if new or placement.measure_id != (measure.pk if measure else None):
        placement.measure = measure
        placement.save()
        record(
            "needs.need_placed",
            by=by,
            on=need,
            at=at,
            objective=objective.title,
            measure=measure and measure.code,
        )
        needs_changed.send(Need, keys=[need.pk])
    return placement


@transaction.atomic
def name_body(need: Need, body: Organisation, *, by: Actor, at: datetime) -> Need:
    """Say which body has the need."""
    require(by, Can.WRITE_NEEDS)
    need = Need.objects.select_for_update().get(pk=need.pk)
    if need.body_id != body.pk:
        need.body = body
        need.save(update_fields=["body"])
        record("needs.body_named", by=by, on=need, at=at, body=body.ref)
        needs_changed.send(Need, keys=[need.pk])
    return need


def _body(
    need: Need | None, name: str, directory: Directory | None, *, by: Actor, at: datetime
) -> int | None:
    """The body of that name; one that nobody knows is entered."""
    if not name or (known := comparing.body_it_has(need, name)):
        return known if name else None
    directory = directory or Directory()
    note_names([(name, "")], directory, by=by, at=at)
    return directory.find(name)


def _write(need: Need, stated: NeedRecord, facts: comparing.Facts, changes: Changes) -> None:
    """Store the fields that differ, and where it stands in the framework."""
    names = {name for name, *_ in changes}
    _store(need, facts, names)
    if "placements" in names:
        _place(need, stated)


def _column(name: str) -> Any:
    return Need._meta.get_field(name)


def _store(need: Need, facts: comparing.Facts, names: Collection[str]) -> None:
    """Store these facts of a need but its places."""
    for name in comparing.PLAIN:
        if name in names:
            setattr(need, name, facts[name])
    if "body" in names:
        need.body_id = facts["body"]
    if "kinds" in names:
        for kind in ("legislative", "institutional", "operational"):
            setattr(need, f"is_{kind}", kind in facts["kinds"])
    need.save()
    if "partners" in names:
        need.partners.set(Organisation.objects.filter(code__in=facts["partners"]))


def _place(need: Need, stated: NeedRecord) -> None:
    """Placements as stated; an objective that the draft framework lacks is added to it, an adopted one stays closed."""
    framework = comparing.Framework.in_force()
    version = (
        framework.version
        or FrameworkVersion.objects.get_or_create(
            ref="draft", defaults={"title": "Draft framework", "valid_from": need.recorded_at.date()}
        )[0]
    )
    kept = {p.objective_id: p for p in need.placements.all()}
    wanted: set[int] = set()
    for pillar, place in ((code, where) for where in stated.places for code in where.pillars):
        objective = framework.objectives.get((pillar, place.four_p, fold(place.objective)))
        if objective is None:
            objective = _objective(version, pillar, place.four_p, place.objective, 999)
        measure = next(
            (m for m in Measure.objects.filter(objective=objective) if fold(m.title) == fold(place.measure)),
            None,
        )
        wanted.add(objective.pk)
        if objective.pk not in kept:
            Placement.objects.create(need=need, objective=objective, measure=measure)
        elif (measure is not None or not place.measure) and kept[objective.pk].measure != measure:
            kept[objective.pk].measure = measure
            kept[objective.pk].save()
    need.placements.exclude(objective__in=wanted).delete()


def _objective(version: FrameworkVersion, pillar: str, four_p: str, title: str, order: int) -> Objective:
    """The objective of that name in the version, made if missing."""
    objective, _new = Objective.objects.get_or_create(
        version=version,
        pillar_id=pillar,
        four_p=four_p,
        folded=fold(title)[:250],
        defaults={"title": title, "order": order},
    )
    return objective
