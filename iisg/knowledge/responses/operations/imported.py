"""What an applied file and the person who applied it say of how its actions relate to recorded ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from iisg.foundations.access.actors import HOUSE, Actor
from iisg.foundations.access.permits import RuleRefused, can, require
from iisg.foundations.access.roles import Can
from iisg.foundations.audit.trail import record
from iisg.knowledge.actions.models import Action, Import
from iisg.knowledge.responses.models import Origin, RelationKind
from iisg.knowledge.responses.operations.relations import propose_relation, reject_relation, relate_actions

SAME = RelationKind.SAME_AS


@transaction.atomic
def relate_imported(
    imported: Import, wholes: Iterable[tuple[str, str]], *, by: Actor, at: datetime
) -> dict[str, int]:
    """Carry out what was said of likely twins, in the person's name; says how many were confirmed and proposed.

    Who may not relate actions proposes; what nobody decided becomes a proposal of the house. `wholes` are pairs
    (part, whole) of references as the file prints them: proposals too.
    """
    require(by, Can.IMPORT_OWN_RECORDS)
    done = {"confirmed": 0, "rejected": 0, "proposed": 0}
    for mine, near, said in _twins(imported):
        done[_relate(mine, near, said, imported.file_name, by=by, at=at)] += 1
    for part, whole in _recorded(wholes):
        evidence = _("%(file)s prints %(whole)s as the whole of %(part)s.") % {
            "file": imported.file_name,
            "whole": whole.ref,
            "part": part.ref,
        }
        propose_relation(part, whole, RelationKind.PART_OF, evidence, by=by, at=at, origin=Origin.FILE)
        done["proposed"] += 1
    if any(done.values()):
        record("responses.imported_related", by=by, on=imported, at=at, **done)
    return done


@transaction.atomic
def relate_new_action(
    action: Action,
    near: Sequence[Mapping[str, Any]],
    said: str | None,
    source: str,
    *,
    by: Actor,
    at: datetime,
) -> dict[str, int]:
    """Carry out what a person said of an action entered by hand: the reference of its twin, "" for none, or nothing."""
    require(by, Can.WRITE_ACTIONS)
    done = {"confirmed": 0, "rejected": 0, "proposed": 0}
    others = {other.ref: other for other in Action.objects.filter(ref__in=[one["ref"] for one in near])}
    for shown in near:
        other = others.get(shown["ref"])
        if other is not None and other != action and said in (None, "", other.ref):
            done[_relate(action, (other, shown), said, source, by=by, at=at)] += 1
    if any(done.values()):
        record("responses.new_action_related", by=by, on=action, at=at, said=said, **done)
    return done


def _twins(imported: Import) -> Iterable[tuple[Action, tuple[Action, Mapping[str, Any]], str | None]]:
    """Each applied record with one that it looks like, and what was said: its reference, "" for none, or nothing."""
    if not imported.twins:
        return
    rows = imported.rows.filter(key__in=[twin["key"] for twin in imported.twins], subject="actions")
    taken = dict(rows.exclude(record_ref="").values_list("key", "record_ref"))
    refs = {near["ref"] for twin in imported.twins for near in twin["near"]} | set(taken.values())
    actions = {action.ref: action for action in Action.objects.filter(ref__in=refs)}
    for twin in imported.twins:
        mine = actions.get(taken.get(twin["key"], ""))
        said = imported.twin_decisions.get(twin["key"])
        for near in twin["near"]:
            other = actions.get(near["ref"])
            if mine and other and mine != other and said in (None, "", other.ref):
                yield mine, (other, near), said


def _relate(
    mine: Action,
    near: tuple[Action, Mapping[str, Any]],
    said: str | None,
    file_name: str,
    *,
    by: Actor,
    at: datetime,
) -> str:
    """Do what was said of one pair; returns what came of it."""
    other, shown = near
    evidence = str(shown["evidence"]) or _("The two look alike.")
    if said is None:
        propose_relation(mine, other, SAME, evidence, by=HOUSE, at=at, origin=Origin.ENGINE)
        return "proposed"
    words = {"person": by.label, "file": file_name, "evidence": evidence}
    if said == other.ref:
        reason = _("Said by %(person)s before it was recorded (%(file)s). %(evidence)s") % words
        if can(by, Can.RELATE_ACTIONS):
            try:
                relate_actions(mine, other, SAME, reason, by=by, at=at)
            except RuleRefused:
                pass
            else:
                return "confirmed"
        propose_relation(mine, other, SAME, reason, by=by, at=at)
        return "proposed"
    proposal = propose_relation(mine, other, SAME, evidence, by=HOUSE, at=at, origin=Origin.ENGINE)
    if not can(by, Can.RELATE_ACTIONS):
        return "proposed"
    reason = _("%(person)s said before it was recorded (%(file)s): not the same.") % words
    reject_relation(proposal, reason, by=by, at=at)
    return "rejected"


def _recorded(wholes: Iterable[tuple[str, str]]) -> Iterable[tuple[Action, Action]]:
    """The pairs of which both are recorded, under a reference of the house or of their reporter."""
    pairs = list(dict.fromkeys(wholes))
    printed = {ref for pair in pairs for ref in pair}
    if not printed:
        return
    known: dict[str, Action] = {}
    for action in Action.objects.filter(Q(ref__in=printed) | Q(reporter_ref__in=printed)).order_by("-ref"):
        known[action.reporter_ref or action.ref] = known[action.ref] = action
    for part, whole in pairs:
        if part in known and whole in known and known[part] != known[whole]:
            yield known[part], known[whole]
