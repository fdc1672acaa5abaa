"""Taking an applied file back: what it entered goes, what it changed returns, what others said since stays."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can
from iisg.foundations.audit.models import Event
from iisg.foundations.audit.trail import record, record_each
from iisg.foundations.jobs.queue import later
from iisg.foundations.orgs.operations import forget_unused
from iisg.knowledge.actions import rules
from iisg.knowledge.actions.models import Absence, Action, Back, Fate, Import
from iisg.knowledge.actions.operations.absences import _missing_again
from iisg.knowledge.actions.operations.imports import EXAMINE
from iisg.knowledge.actions.operations.writing import Writing
from iisg.knowledge.actions.provenance import TOPIC_OF
from iisg.knowledge.actions.signals import actions_changed
from iisg.knowledge.actions.taking_back import CHUNK, Undone
from iisg.knowledge.needs.models import Need
from iisg.knowledge.needs.operations import remove_needs, restore_need


@transaction.atomic
def take_back_records(
    imported: Import, found: Sequence[Undone], reason: str, *, by: Actor, at: datetime
) -> Import:
    """Do to each record what was `found`, as one deed; called by the floor that knows what was decided of them.

    A record that goes leaves its events, and one that says why it went. The file itself stays and can be applied again.
    """
    imported = Import.objects.select_for_update(of=("self",)).get(pk=imported.pk)
    require(by, Can.IMPORT_OWN_RECORDS, rules.may_take_back(by, imported, reason))
    Import.flow.make(imported, "take_back")
    imported.taken_back_at, imported.taken_back_by_label = at, by.label[:200]
    imported.taken_back_reason, imported.publisher = reason.strip()[:500], None
    sorted_out: dict[tuple[type, Back], list[Undone]] = defaultdict(list)
    for each in found:
        sorted_out[type(each.record), each.outcome].append(each)
    changed = [*sorted_out[Action, Back.RESTORED], *sorted_out[Action, Back.PARTLY]]
    keys = [
        each.record.pk
        for each in (*changed, *sorted_out[Action, Back.WITHDRAWN], *sorted_out[Action, Back.REMOVED])
    ]
    _restore(changed, imported, by=by, at=at)
    _withdraw(sorted_out[Action, Back.WITHDRAWN], imported, by=by, at=at)
    _missing_again(imported)
    _remove(sorted_out[Action, Back.REMOVED], imported, by=by, at=at)
    facts = {"file": imported.file_name, "reason": imported.taken_back_reason}
    for each in (*sorted_out[Need, Back.RESTORED], *sorted_out[Need, Back.PARTLY]):
        restore_need(each.need, each.facts, each.row.before, facts, by=by, at=at)
    remove_needs([each.record.pk for each in sorted_out[Need, Back.REMOVED]], facts, by=by, at=at)
    for each in found:
        each.row.back, each.row.back_reasons = each.outcome, each.reasons
    for start in range(0, len(found), CHUNK):
        Writing.again([each.row for each in found[start : start + CHUNK]], "back", "back_reasons")
    if keys:
        actions_changed.send(sender=Action, keys=set(keys))
    imported.save()
    forget_unused(_named_by(imported), by=by, at=at)
    counts = {outcome.value: number for outcome, number in Counter(each.outcome for each in found).items()}
    record("imports.file_taken_back", by=by, on=imported, at=at, **facts, **counts)
    return imported


@transaction.atomic
def bring_again(imported: Import, *, by: Actor, at: datetime) -> Import:
    """Look again at a file that was taken back: it is examined as if it had just come in."""
    imported = Import.objects.select_for_update(of=("self",)).get(pk=imported.pk)
    require(by, Can.IMPORT_OWN_RECORDS, rules.may_bring_again(by, imported))
    Import.flow.make(imported, "bring_again")
    imported.progress = 0
    imported.save(update_fields=["state", "progress"])
    record("imports.file_brought_again", by=by, on=imported, at=at, file=imported.file_name)
    later(EXAMINE, import_id=imported.pk)
    return imported


def _restore(changed: Sequence[Undone], imported: Import, *, by: Actor, at: datetime) -> None:
    """Facts, where they came from and who had confirmed them, as before."""
    for start in range(0, len(changed), CHUNK):
        writing, told = Writing(), []
        for each in changed[start : start + CHUNK]:
            action = each.action
            for name in ("origins", "confirmed"):
                setattr(action, name, _topics_as_before(getattr(action, name), each, each.row.before[name]))
            action.changed_at = at
            writing.change(action, each.facts, each.facts)
            values = {name: each.row.before["facts"][name][::-1] for name in each.facts}
            told.append(
                (
                    action,
                    {"changed": values, "file": imported.file_name, "reason": imported.taken_back_reason},
                )
            )
        writing.store()
        record_each("actions.action_restored", told, by=by, at=at)


def _topics_as_before(now: dict[str, object], each: Undone, before: dict[str, object]) -> dict[str, object]:
    topics = {TOPIC_OF[name] for name in each.facts}
    return {
        **{topic: kept for topic, kept in now.items() if topic not in topics},
        **{topic: kept for topic, kept in before.items() if topic in topics},
    }


def _withdraw(found: Sequence[Undone], imported: Import, *, by: Actor, at: datetime) -> None:
    """They stay on record with what was decided when the file was applied, and count nowhere until they come again."""
    for each in found:
        action = each.action
        action.withdrawn_at = action.changed_at = at
    Writing.again([each.action for each in found], "withdrawn_at", "changed_at")
    facts = {"file": imported.file_name, "reason": imported.taken_back_reason}
    standing = set(
        Absence.objects.standing()
        .filter(action__in=[e.record.pk for e in found])
        .values_list("action", flat=True)
    )
    Absence.objects.bulk_create(
        Absence(
            action_id=each.record.pk, missing_from=imported, file_name=imported.file_name, noticed_at=at,
            fate=Fate.WITHDRAWN, reason=imported.taken_back_reason, decided_by_label=by.label[:200], decided_at=at,
        )
        for each in found
        if each.record.pk not in standing
    )  # fmt: skip
    record_each("actions.action_withdrawn", [(each.record, facts) for each in found], by=by, at=at)


def _remove(found: Sequence[Undone], imported: Import, *, by: Actor, at: datetime) -> None:
    """Their events stay, and the one that says why they went."""
    told = [
        (
            each.record,
            {"title": str(each.record), "file": imported.file_name, "reason": imported.taken_back_reason},
        )
        for each in found
    ]
    record_each("actions.action_removed", told, by=by, at=at)
    keys = [each.record.pk for each in found]
    for start in range(0, len(keys), CHUNK):
        Action.objects.filter(pk__in=keys[start : start + CHUNK]).delete()


def _named_by(imported: Import) -> Iterable[str]:
    """References of bodies that were entered when the file was applied."""
    events = Event.objects.filter(
        name="orgs.organisation_named_by_import", at=imported.applied_at or imported.received_at
    )
    return [on.partition(":")[2] for on in events.values_list("on", flat=True)]
