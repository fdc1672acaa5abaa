"""An action changed by hand: only what a person states differently is written, and it stays stated by that person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can
from iisg.foundations.audit.trail import record
from iisg.foundations.orgs.matching import Directory
from iisg.foundations.orgs.operations import note_names
from iisg.knowledge.actions import comparing, provenance, rules
from iisg.knowledge.actions.models import Action
from iisg.knowledge.actions.operations.writing import Writing
from iisg.knowledge.actions.signals import actions_changed


@transaction.atomic
def change_action(
    action: Action, facts: Mapping[str, Any], seen: datetime, *, by: Actor, at: datetime
) -> list[tuple[str, Any, Any]]:
    """Write what a person states of an action by hand, and return the differences that this made.

    `facts` are named and shaped as in `comparing`; a body that nobody knows is its printed name and is entered as
    unconfirmed. `seen` is `changed_at` of the record that the person looked at: what changed since is never
    overwritten. From now on no later file changes these topics in silence (ADR 11).
    """
    action = Action.objects.select_related("reporter").select_for_update(of=("self",)).get(pk=action.pk)
    require(by, Can.WRITE_ACTIONS, rules.may_change(by, action, facts, seen))
    before = comparing.recorded([action])[action.pk]
    after = before | dict(facts)
    if "parties" in facts:
        after["parties"] = _with_bodies(after["parties"], by=by, at=at)
    changes = comparing.differences(before, after, frozenset())
    if changes:
        names = [name for name, *_values in changes]
        body = next(iter(_speakers(by, action)), "")
        action.changed_at = at
        provenance.note_origin(action, names, provenance.of_person(by, body, at))
        writing = Writing()
        writing.change(action, after, names)
        writing.store()
        told = {name: [was, now] for name, was, now in changes}
        record("actions.action_changed", by=by, on=action, at=at, changed=told)
        actions_changed.send(sender=Action, keys={action.pk})
    return changes


def _with_bodies(
    parties: tuple[comparing.Part, ...], *, by: Actor, at: datetime
) -> tuple[comparing.Part, ...]:
    """Parties with the keys of their bodies; names that nobody knows are entered."""
    new = [(str(body), "") for _role, body, _share, _printed in parties if isinstance(body, str)]
    directory = Directory()
    note_names(new, directory, by=by, at=at)
    return tuple(
        (role, directory.find(body) if isinstance(body, str) else body, share, printed)
        for role, body, share, printed in parties
    )


def _speakers(by: Actor, action: Action) -> list[str]:
    """For whom the actor speaks of this action: its reporter, else those of its parties that are the actor's."""
    if action.reporter is not None:
        return [action.reporter.name]
    return [party.organisation.name for party in rules.own_parts(by, action)]
