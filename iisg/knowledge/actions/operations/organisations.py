"""An organisation that an import named turns out to be one that the house knows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can
from iisg.foundations.audit.trail import record
from iisg.foundations.core.folding import fold
from iisg.foundations.orgs.models import Alias, AliasKind, Organisation
from iisg.foundations.orgs.signals import organisations_changed
from iisg.knowledge.actions import rules
from iisg.knowledge.actions.models import Import
from iisg.knowledge.actions.referring import REFERENCES, Reference


@transaction.atomic
def same_organisation(
    doubtful: Organisation, known: Organisation, *, by: Actor, at: datetime
) -> Organisation:
    """Say that an unconfirmed entry is a body that the house knows: all that refers to it moves there, the entry goes.

    Its names lead to the known body from now on, so the same file changes nothing when it comes again. Raises
    RuleRefused where a fact that a body has once (an action under one reference, a seat) would stand twice. The event
    keeps what the entry said and the keys of the rows that moved.
    """
    both = Organisation.objects.select_for_update(of=("self",)).order_by("pk")
    found = both.in_bulk([doubtful.pk, known.pk])
    doubtful, known = found[doubtful.pk], found[known.pk]
    day = timezone.localtime(at).date()
    require(by, Can.WRITE_ORGANISATIONS, rules.may_give_way(doubtful, known, day))
    moved = {reference.name: _move(reference, doubtful, known) for reference in REFERENCES}
    _lead(known, doubtful)
    _mean_in_imports(doubtful.ref, known.ref)
    said = _said(doubtful)
    doubtful.delete()
    record(
        "orgs.organisation_recognised",
        by=by,
        on=known,
        at=at,
        was=said["ref"],
        said=said,
        moved={name: keys for name, keys in moved.items() if keys},
    )
    organisations_changed.send(sender=Organisation, keys={known.pk}, renamed=True)
    return known


def _move(reference: Reference, doubtful: Organisation, known: Organisation) -> list[Any]:
    """Let the rows refer to the known body; returns their keys."""
    keys = list(reference.rows_of(doubtful).order_by("pk").values_list("pk", flat=True))
    reference.rows_of(doubtful).update(**{reference.field: known})
    return keys


def _lead(known: Organisation, doubtful: Organisation) -> None:
    """Names of the entry that led nowhere yet."""
    for name in (doubtful.name, doubtful.short_name, doubtful.original_name):
        if fold(name):
            Alias.objects.get_or_create(
                folded=fold(name)[:250],
                defaults={"organisation": known, "name": name, "kind": AliasKind.LEARNT},
            )


def _mean_in_imports(was: str, ref: str) -> None:
    """Decisions on names of files refer to bodies by reference; they follow."""
    for imported in Import.objects.select_for_update(of=("self",)).only("decisions", "new_organisations"):
        decisions = {name: ref if meant == was else meant for name, meant in imported.decisions.items()}
        names = [_near_in_step(name, was, ref) for name in imported.new_organisations]
        if (decisions, names) != (imported.decisions, imported.new_organisations):
            imported.decisions, imported.new_organisations = decisions, names
            imported.save(update_fields=["decisions", "new_organisations"])


def _near_in_step(name: Any, was: str, ref: str) -> Any:
    if not isinstance(name, dict) or was not in name.get("near", ()):
        return name
    return {**name, "near": list(dict.fromkeys(ref if near == was else near for near in name["near"]))}


def _said(organisation: Organisation) -> dict[str, Any]:
    """All that the entry itself stated, blanks left out."""
    facts = {field.attname: getattr(organisation, field.attname) for field in organisation._meta.fields}
    return {name: value for name, value in facts.items() if value not in ("", None)}
