"""Records that vanished from their source: noticed when the newer file is applied, decided by a person, reversible."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from iisg.foundations.access.actors import HOUSE, Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can
from iisg.foundations.audit.trail import record_each
from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.actions import provenance, rules, versions
from iisg.knowledge.actions.models import Absence, Action, Fate, Import, Stage
from iisg.knowledge.actions.operations.writing import Writing
from iisg.knowledge.actions.signals import actions_changed
from iisg.knowledge.needs.models import Need, NeedState
from iisg.knowledge.needs.signals import needs_changed


@transaction.atomic
def note_versions(imported: Import, *, by: Actor, at: datetime) -> None:
    """Give an applied file its place among the versions of its publisher.

    Records of the version before it that it no longer holds are noted as missing; nothing is deleted and nothing
    changes until a person decides. Those that stand in it again have come back; one that its source had withdrawn
    counts again.
    """
    require(by, Can.IMPORT_OWN_RECORDS)
    imported.publisher = _publisher(imported)
    imported.earlier = versions.earlier_version(imported)
    back = list(versions.returned(imported).select_related("action", "need").select_for_update(of=("self",)))
    for absence in back:
        absence.returned_at, absence.returned_in = at, imported
        if absence.fate == Fate.WITHDRAWN:
            _take_back(absence)
    Writing.again(back, "returned_at", "returned_in")
    _store(back)
    gone: list[Action | Need] = [*versions.vanished_needs(imported), *versions.vanished(imported)]
    Absence.objects.bulk_create(
        Absence(missing_from=imported, file_name=imported.file_name, noticed_at=at, **_field_of(record))
        for record in gone
    )
    imported.vanished, imported.returned = len(gone), len(back)
    facts = {"file": imported.file_name}
    for name, found in (("returned", [each.record for each in back]), ("vanished", gone)):
        for kind in (Need, Action):
            told = [(record, facts) for record in found if isinstance(record, kind)]
            record_each(_EVENTS[kind, name], told, by=by, at=at)


@transaction.atomic
def decide_absences(
    absences: Sequence[Absence], fate: Fate | str, reason: str, *, by: Actor, at: datetime
) -> list[Absence]:
    """Say of records that vanished from their source what that means; a later decision replaces an earlier one.

    `Fate.ENDED` sets their stage to completed, `Fate.WITHDRAWN` lets them count nowhere, `Fate.KEPT` leaves them as
    they are, and "" leaves the question open again. Each takes back what the decision before it did.
    """
    wanted = Absence.objects.filter(pk__in=[absence.pk for absence in absences])
    wanted = wanted.select_related("action__reporter", "need").prefetch_related("need__partners")
    found = list(wanted.select_for_update(of=("self",)).order_by("pk"))
    require(by, Can.IMPORT_OWN_RECORDS, rules.may_decide_absences(by, found, fate))
    changed = [absence for absence in found if (absence.fate, absence.reason) != (fate, reason)]
    for absence in changed:
        _take_back(absence)
        absence.fate, absence.reason = fate, reason[:500]
        absence.decided_by_label, absence.decided_at = by.label[:200], at
        _carry_out(absence, by, at)
        absence.record.changed_at = at
    Writing.again(changed, "fate", "reason", "decided_by_label", "decided_at", "before")
    told = [(absence.record, {"fate": str(fate), "reason": reason}) for absence in changed]
    record_each("actions.absence_decided", told, by=by, at=at)
    _store(changed)
    return changed


_EVENTS = {
    (Action, "returned"): "actions.action_returned",
    (Action, "vanished"): "actions.action_vanished",
    (Need, "returned"): "needs.need_returned",
    (Need, "vanished"): "needs.need_vanished",
}


def _field_of(record: Action | Need) -> dict[str, Any]:
    return {"need": record} if isinstance(record, Need) else {"action": record}


def _store(absences: Sequence[Absence]) -> None:
    """Write what became of the records, and tell the floors above which count anew, in the same transaction."""
    actions = [absence.action for absence in absences if absence.action is not None]
    needs = [absence.need for absence in absences if absence.need is not None]
    Writing.again(actions, "stage", "withdrawn_at", "origins", "confirmed", "changed_at")
    Writing.again(needs, "state", "changed_at")
    if actions:
        actions_changed.send(Action, keys=[action.pk for action in actions])
    if needs:
        needs_changed.send(Need, keys=[need.pk for need in needs])


def _missing_again(imported: Import) -> None:
    """Of a file that is taken back: what it made vanish stands again, what it brought back is missing as before."""
    imported.absences.undecided().delete()
    back = list(imported.returns.select_related("action", "need").select_for_update(of=("self",)))
    standing = Absence.objects.standing()
    actions = set(standing.filter(action__in=[a.action_id for a in back]).values_list("action", flat=True))
    needs = set(standing.filter(need__in=[a.need_id for a in back]).values_list("need", flat=True))
    again = [a for a in back if a.action_id not in actions and a.need_id not in needs]
    for absence in again:
        absence.returned_at = absence.returned_in = None
        if absence.fate == Fate.WITHDRAWN:
            _carry_out(absence, HOUSE, absence.decided_at or absence.noticed_at)
    Writing.again(again, "returned_at", "returned_in", "before")
    _store(again)


def _publisher(imported: Import) -> Organisation | None:
    """The one body that reports every action of the file, None where several or nobody do.

    Of a file of needs alone it is the body that sent it in.
    """
    stated = versions.known_actions(imported)
    if imported.subject == "needs":
        return imported.reporter
    found = Action.objects.filter(ref__in=stated.values("record_ref")).order_by()
    reporters = list(Organisation.objects.filter(pk__in=found.values("reporter"))[:2])
    nobodys = found.filter(reporter=None).exists()
    return reporters[0] if len(reporters) == 1 and not nobodys else None


def _take_back(absence: Absence) -> None:
    """Undo what the decision so far did to the record."""
    action = absence.action
    if action is None:
        if absence.fate == Fate.WITHDRAWN and absence.need is not None:
            absence.need.state = absence.before["state"]
    elif absence.fate == Fate.WITHDRAWN:
        action.withdrawn_at = None
    elif absence.fate == Fate.ENDED and action.stage == Stage.COMPLETED:
        action.stage = absence.before["stage"]
        for name in ("origins", "confirmed"):
            others = {topic: kept for topic, kept in getattr(action, name).items() if topic != "stage"}
            setattr(action, name, others | absence.before[name])


def _carry_out(absence: Absence, by: Actor, at: datetime) -> None:
    """Do to the record what the decision means, and keep what taking it back needs."""
    action = absence.action
    if action is None:
        if absence.fate == Fate.WITHDRAWN and absence.need is not None:
            absence.before, absence.need.state = {"state": absence.need.state}, NeedState.WITHDRAWN
    elif absence.fate == Fate.WITHDRAWN:
        action.withdrawn_at = at
    elif absence.fate == Fate.ENDED:
        absence.before = {"stage": action.stage}
        for name in ("origins", "confirmed"):
            kept = getattr(action, name)
            absence.before[name] = {topic: kept[topic] for topic in kept if topic == "stage"}
        action.stage = Stage.COMPLETED
        body = str(action.reporter or "")
        provenance.note_origin(action, ["stage"], provenance.of_person(by, body, at))
