"""Records that vanished from their source: noticed when the newer file is applied, decided by a person, reversible."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can
from iisg.foundations.audit.trail import record_each
from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.actions import provenance, rules, versions
from iisg.knowledge.actions.models import Absence, Action, Fate, Import, Stage
from iisg.knowledge.actions.operations.writing import Writing
from iisg.knowledge.actions.signals import actions_changed


@transaction.atomic
def note_versions(imported: Import, *, by: Actor, at: datetime) -> None:
    """Give an applied file its place among the versions of its publisher.

    Actions of the version before it that it no longer holds are noted as missing; nothing is deleted and nothing
    changes until a person decides. Those that stand in it again have come back; one that its source had withdrawn
    counts again.
    """
    require(by, Can.IMPORT_OWN_RECORDS)
    imported.publisher = _publisher(imported)
    imported.earlier = versions.earlier_version(imported)
    back = list(versions.returned(imported).select_related("action").select_for_update(of=("self",)))
    for absence in back:
        absence.returned_at, absence.returned_in = at, imported
        absence.action.withdrawn_at = None
    Writing.again(back, "returned_at", "returned_in")
    Writing.again([absence.action for absence in back], "withdrawn_at")
    gone = list(versions.vanished(imported))
    Absence.objects.bulk_create(
        Absence(action=action, missing_from=imported, file_name=imported.file_name, noticed_at=at)
        for action in gone
    )
    imported.vanished, imported.returned = len(gone), len(back)
    facts = {"file": imported.file_name}
    record_each("actions.action_returned", [(each.action, facts) for each in back], by=by, at=at)
    record_each("actions.action_vanished", [(action, facts) for action in gone], by=by, at=at)
    _announce(back)


@transaction.atomic
def decide_absences(
    absences: Sequence[Absence], fate: Fate | str, reason: str, *, by: Actor, at: datetime
) -> list[Absence]:
    """Say of records that vanished from their source what that means; a later decision replaces an earlier one.

    `Fate.ENDED` sets their stage to completed, `Fate.WITHDRAWN` lets them count nowhere, `Fate.KEPT` leaves them as
    they are, and "" leaves the question open again. Each takes back what the decision before it did.
    """
    wanted = Absence.objects.filter(pk__in=[absence.pk for absence in absences])
    found = list(wanted.select_related("action__reporter").select_for_update(of=("self",)).order_by("pk"))
    require(by, Can.IMPORT_OWN_RECORDS, rules.may_decide_absences(by, found, fate))
    changed = [absence for absence in found if (absence.fate, absence.reason) != (fate, reason)]
    for absence in changed:
        _take_back(absence)
        absence.fate, absence.reason = fate, reason[:500]
        absence.decided_by_label, absence.decided_at = by.label[:200], at
        _carry_out(absence, by, at)
        absence.action.changed_at = at
    Writing.again(changed, "fate", "reason", "decided_by_label", "decided_at", "before")
    fields = ("stage", "withdrawn_at", "origins", "confirmed", "changed_at")
    Writing.again([absence.action for absence in changed], *fields)
    told = [(absence.action, {"fate": str(fate), "reason": reason}) for absence in changed]
    record_each("actions.absence_decided", told, by=by, at=at)
    _announce(changed)
    return changed


def _announce(absences: Sequence[Absence]) -> None:
    """Tell the floors above which actions count anew, in the same transaction."""
    if absences:
        actions_changed.send(Action, keys=[absence.action_id for absence in absences])


def _publisher(imported: Import) -> Organisation | None:
    """The one body that reports every action of the file; None where several or nobody do."""
    stated = versions.known_actions(imported)
    found = Action.objects.filter(ref__in=stated.values("record_ref")).order_by()
    reporters = list(Organisation.objects.filter(pk__in=found.values("reporter"))[:2])
    nobodys = found.filter(reporter=None).exists()
    return reporters[0] if len(reporters) == 1 and not nobodys else None


def _take_back(absence: Absence) -> None:
    """Undo what the decision so far did to the record."""
    action = absence.action
    if absence.fate == Fate.WITHDRAWN:
        action.withdrawn_at = None
    elif absence.fate == Fate.ENDED and action.stage == Stage.COMPLETED:
        action.stage = absence.before["stage"]
        for name in ("origins", "confirmed"):
            others = {topic: kept for topic, kept in getattr(action, name).items() if topic != "stage"}
            setattr(action, name, others | absence.before[name])


def _carry_out(absence: Absence, by: Actor, at: datetime) -> None:
    """Do to the record what the decision means, and keep what taking it back needs."""
    action = absence.action
    if absence.fate == Fate.WITHDRAWN:
        action.withdrawn_at = at
    elif absence.fate == Fate.ENDED:
        absence.before = {"stage": action.stage}
        for name in ("origins", "confirmed"):
            kept = getattr(action, name)
            absence.before[name] = {topic: kept[topic] for topic in kept if topic == "stage"}
        action.stage = Stage.COMPLETED
        body = str(action.reporter or "")
        provenance.note_origin(action, ["stage"], provenance.of_person(by, body, at))
