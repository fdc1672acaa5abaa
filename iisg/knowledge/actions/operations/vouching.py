"""People vouch for what is recorded: a record confirmed, a difference from a file decided."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Count

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can
from iisg.foundations.audit.trail import record
from iisg.knowledge.actions import provenance, rules
from iisg.knowledge.actions.models import Action, Import, Verdict
from iisg.knowledge.actions.operations.writing import Writing


@transaction.atomic
def confirm_action(action: Action, topics: Collection[str] | None, *, by: Actor, at: datetime) -> Action:
    """Say that these topics of a record (None: all) are still right; no later file changes them in silence."""
    action = Action.objects.select_related("reporter").select_for_update(of=("self",)).get(pk=action.pk)
    require(by, Can.WRITE_ACTIONS, rules.may_confirm(by, action, topics))
    provenance.note_confirmation(action, topics, provenance.of_person(by, str(action.reporter or ""), at))
    action.save(update_fields=["confirmed"])
    said = sorted(topics) if topics is not None else ["all"]
    record("actions.action_confirmed", by=by, on=action, at=at, topics=said)
    return action


@transaction.atomic
def choose_values(
    imported: Import, taken: Mapping[int, Collection[str]], *, by: Actor, at: datetime
) -> Import:
    """Decide, by rows of the file, which topics follow the file although a person confirmed what is recorded.

    Topics that are not named keep what is recorded. Nothing changes until the file is applied.
    """
    imported = Import.objects.select_for_update(of=("self",)).get(pk=imported.pk)
    rows = list(imported.rows.exclude(conflicts=[]).filter(pk__in=taken))
    require(by, Can.IMPORT_OWN_RECORDS, rules.may_choose_values(by, imported, rows, taken))
    for row in rows:
        row.taken = sorted(taken[row.pk])
        row.verdict = Verdict.CHANGED if row.taken or row.changes else Verdict.UNCHANGED
    Writing.again(rows, "taken", "verdict")
    imported.count(
        {v["verdict"]: v["n"] for v in imported.rows.values("verdict").order_by().annotate(n=Count("pk"))}
    )
    imported.save(update_fields=[verdict.value for verdict in Verdict])
    chosen = {row.key: row.taken for row in rows}
    record("imports.values_chosen", by=by, on=imported, at=at, taken=chosen)
    return imported
