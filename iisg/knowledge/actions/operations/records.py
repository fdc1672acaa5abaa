"""Recording one action as stated, with its parties, places and money."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from itertools import chain
from typing import Any

from django.db import transaction
from django.db.models import F

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can
from iisg.foundations.audit.trail import record
from iisg.foundations.orgs.matching import Directory
from iisg.foundations.orgs.models import Organisation
from iisg.foundations.orgs.operations import learn_alias, note_new_organisation
from iisg.knowledge.actions import comparing, rules
from iisg.knowledge.actions.models import Action, ActionPlacement, Assistance, Flow, Party, Place
from iisg.knowledge.actions.records import ActionRecord
from iisg.knowledge.needs.models import Measure
from iisg.office.pillars.models import Pillar

Changes = list[tuple[str, Any, Any]]
OUT_OF_THE_WAY = 1_000_000
"""Added to the places of flows while they change places, as each place is taken once."""


@transaction.atomic
def record_action(
    stated: ActionRecord,
    sent_by: Organisation | None,
    directory: Directory,
    *,
    by: Actor,
    at: datetime,
    silent: frozenset[str] = frozenset(),
    source_name: str = "",
) -> tuple[Action, Changes]:
    """Enter an action as stated, or bring the recorded one in step; returns it with the differences that were made.

    Its reporter is the one it names, else `sent_by`. Names that nobody knows are entered as unconfirmed
    organisations. A record that its reporter has published, or that names its public source, is public in part
    (rules.md 7); a member's own report is not until somebody publishes it. `silent` names fields of which the source
    does not speak. Recording the same facts twice changes nothing and leaves no event.
    """
    reporter = _reporter(stated, sent_by, directory, by=by, at=at)
    known = Action.objects.reported_as(reporter, stated.ref)
    others = [] if reporter else _reporters_under(stated.ref)
    refused = chain(
        rules.may_record(by, stated, reporter, known), rules.may_be_unreported(stated, known, others)
    )
    require(by, Can.WRITE_ACTIONS, refused)
    facts = comparing.stated(
        stated, lambda name, identifier: _resolve(directory, name, identifier, by=by, at=at)
    )
    if known is None:
        action = Action(
            ref=_house_ref(reporter, stated.ref),
            reporter=reporter,
            reporter_ref=stated.ref[:250] if reporter else "",
            source_name=source_name[:250],
            is_public=bool(stated.source_url) or stated.reporter is not None,
            recorded_at=at,
            changed_at=at,
        )
        changes = [(name, None, value) for name, value in facts.items() if value not in ("", None, (), False)]
        _write(action, facts, {name for name, *_ in changes})
        record("actions.action_recorded", by=by, on=action, at=at, title=action.title, source=source_name)
        return action, changes
    action = Action.objects.with_facts().select_for_update(of=("self",)).get(pk=known.pk)
    changes = comparing.differences(comparing.recorded(action), facts, silent)
    if changes:
        action.changed_at = at
        _write(action, facts, {name for name, *_ in changes})
        record("actions.action_changed", by=by, on=action, at=at, changed={k: [b, a] for k, b, a in changes})
    return action, changes


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
        record("actions.action_placed", by=by, on=action, at=at, measure=measure.code, reason=reason)
    return placement


def _resolve(directory: Directory, name: str, identifier: str, *, by: Actor, at: datetime) -> int:
    """The body that a printed name means; an unknown one is entered, unconfirmed, under that name."""
    key = directory.find(name, identifier)
    if key is None:
        key = note_new_organisation(name, by=by, at=at, identifier=identifier).pk
        directory.learn([name, identifier], key)
    elif not directory.knows(name):
        learn_alias(Organisation.objects.get(pk=key), name, by=by, at=at)
        directory.learn([name], key)
    return key


def _reporter(
    stated: ActionRecord, sent_by: Organisation | None, directory: Directory, *, by: Actor, at: datetime
) -> Organisation | None:
    """Who reports the record: the body it names, else the one that sent the file in."""
    if stated.reporter is None or not (stated.reporter.name or stated.reporter.identifier):
        return sent_by
    name = stated.reporter.name or stated.reporter.identifier
    return Organisation.objects.get(pk=_resolve(directory, name, stated.reporter.identifier, by=by, at=at))


def _reporters_under(ref: str) -> list[Organisation]:
    """All who report an action under that reference."""
    reported = Action.objects.filter(reporter_ref=ref[:250], reporter__isnull=False)
    return list(Organisation.objects.filter(pk__in=reported.values("reporter")))


def _house_ref(reporter: Organisation | None, ref: str) -> str:
    """The reporter's reference where it is free and fits, else one with the reporter's name before it."""
    plain = ref[:120]
    if len(ref) <= 120 and not Action.objects.filter(ref=plain).exists():
        return plain
    prefix = f"{reporter.ref if reporter else 'record'}:"
    candidate = (prefix + ref)[:110]
    numbered = (candidate if n == 1 else f"{candidate}~{n}" for n in range(1, 10_000))
    return next(r for r in numbered if not Action.objects.filter(ref=r).exists())


def _write(action: Action, facts: comparing.Facts, names: set[str]) -> None:
    """Store the fields that differ; lists are replaced whole."""
    plain = (*comparing.PLAIN, *(n for n in facts if n.startswith(("start_", "end_"))), "sectors")
    for name in plain:
        if name in names:
            setattr(action, name, facts[name])
    action.save()
    if "pillars" in names:
        action.pillars.set(Pillar.objects.filter(pk__in=facts["pillars"]))
    if "assistance" in names:
        action.assistance.all().delete()
        Assistance.objects.bulk_create(Assistance(action=action, kind=kind) for kind in facts["assistance"])
    if "parties" in names:
        action.parties.all().delete()
        Party.objects.bulk_create(
            Party(action=action, order=order, role=role, organisation_id=key, share=share, printed=printed)
            for order, (role, key, share, printed) in enumerate(facts["parties"])
        )
    if "places" in names:
        partners = {p.code: p for p in Organisation.objects.partners()}
        action.places.all().delete()
        Place.objects.bulk_create(
            Place(action=action, partner=partners[code], named=named, share=share)
            for code, named, share in facts["places"]
        )
    if "flows" in names:
        _write_flows(action, facts)


def _write_flows(action: Action, facts: comparing.Facts) -> None:
    """The money as stated, in the source's order; unchanged flows stay, with the reports tied to them."""
    before: dict[tuple[Any, ...], list[Flow]] = defaultdict(list)
    for flow in action.flows.order_by("-order"):
        before[comparing.flow_recorded(flow)].append(flow)
    kept: list[Flow] = []
    new: list[Flow] = []
    for order, stated in enumerate(facts["flows"]):
        if before[stated]:
            flow = before[stated].pop()
            flow.order = order
            kept.append(flow)
        else:
            values = dict(zip(comparing.FLOW_FIELDS, stated, strict=True))
            new.append(Flow(action=action, order=order, reporter=action.reporter, **values))
    action.flows.exclude(pk__in=[flow.pk for flow in kept]).delete()
    action.flows.update(order=F("order") + OUT_OF_THE_WAY)
    Flow.objects.bulk_update(kept, ["order"], batch_size=500)
    Flow.objects.bulk_create(new)
