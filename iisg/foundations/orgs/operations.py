"""Verbs on organisations: the only writer of their names and memberships."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can
from iisg.foundations.audit.trail import record
from iisg.foundations.core.folding import fold
from iisg.foundations.orgs import rules
from iisg.foundations.orgs.models import Alias, AliasKind, Ground, Membership, Organisation, OrganisationKind
from iisg.foundations.orgs.signals import organisations_changed

NOT_A_BODY = ("unconfirmed",)
"""References that no body gets: addresses below that of the register have these names."""


@transaction.atomic
def enter_organisation(
    ref: str, *, by: Actor, at: datetime, aliases: Iterable[str] = (), **facts: Any
) -> Organisation:
    """Enter a body with all names that lead to it, or bring the entry in step; nothing changes, nothing is recorded.

    `facts` are fields of Organisation. An alias that already leads to another body raises RuleRefused.
    """
    names = [facts["name"], facts.get("short_name", ""), facts.get("original_name", ""), *aliases]
    require(by, Can.WRITE_ORGANISATIONS, rules.may_bear_names(ref, names))
    organisation = Organisation.objects.select_for_update().filter(ref=ref).first()
    if organisation is None:
        organisation = Organisation(ref=ref, **facts)
        organisation.save()
        record("orgs.organisation_entered", by=by, on=organisation, at=at, name=organisation.name)
    else:
        changed = {key: value for key, value in facts.items() if getattr(organisation, key) != value}
        if changed:
            for key, value in changed.items():
                setattr(organisation, key, value)
            organisation.save()
            record("orgs.organisation_changed", by=by, on=organisation, at=at, changed=changed)
    _lead(organisation, names)
    _announce(organisation, renamed=True)
    return organisation


@transaction.atomic
def put_below(organisation: Organisation, parent: Organisation, *, by: Actor, at: datetime) -> Organisation:
    """Say that a body is an institution of another (a partner is one voice, several bodies)."""
    require(by, Can.WRITE_ORGANISATIONS, rules.may_stand_below(organisation, parent))
    if organisation.parent_id != parent.pk:
        organisation.parent = parent
        organisation.save(update_fields=["parent"])
        record("orgs.organisation_put_below", by=by, on=organisation, at=at, parent=parent.ref)
        _announce(organisation)
    return organisation


@transaction.atomic
def note_new_organisation(name: str, *, by: Actor, at: datetime, identifier: str = "") -> Organisation:
    """Enter a body that a file names and nobody knows yet; it waits for the Secretariat's confirmation."""
    require(by, Can.IMPORT_OWN_RECORDS, rules.may_bear_names("", [name, identifier]))
    base = slugify(fold(name))[:60] or "organisation"
    taken = {*Organisation.objects.filter(ref__startswith=base).values_list("ref", flat=True), *NOT_A_BODY}
    ref = next(r for r in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if r not in taken)
    organisation = Organisation(ref=ref, name=name[:250], kind=OrganisationKind.NOT_KNOWN)
    organisation.save()
    _lead(organisation, [name], kind=AliasKind.LEARNT)
    _lead(organisation, [identifier], kind=AliasKind.IDENTIFIER)
    record("orgs.organisation_named_by_import", by=by, on=organisation, at=at, name=name)
    _announce(organisation)
    return organisation


@transaction.atomic
def confirm_organisation(
    organisation: Organisation,
    kind: OrganisationKind | str,
    *,
    by: Actor,
    at: datetime,
    parent: Organisation | None = None,
    short_name: str = "",
) -> Organisation:
    """The Secretariat says that a name from a file is a body of its own, and what sort of body it is."""
    organisation = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    short_name = short_name.strip()
    require(by, Can.WRITE_ORGANISATIONS, rules.may_confirm(organisation, kind, parent, short_name))
    organisation.kind, organisation.confirmed = kind, True
    organisation.parent = parent
    organisation.short_name = short_name
    organisation.save(update_fields=["kind", "confirmed", "parent", "short_name", "folded"])
    _lead(organisation, [organisation.name])
    _lead(organisation, [short_name], kind=AliasKind.ACRONYM)
    record(
        "orgs.organisation_confirmed",
        by=by,
        on=organisation,
        at=at,
        name=organisation.name,
        kind=str(kind),
        parent=parent.ref if parent else None,
        short_name=short_name,
    )
    _announce(organisation, renamed=True)
    return organisation


@transaction.atomic
def learn_alias(organisation: Organisation, name: str, *, by: Actor, at: datetime) -> Alias:
    """From now on this name leads to this body; raises RuleRefused where it leads to another one."""
    require(by, Can.IMPORT_OWN_RECORDS, rules.may_bear_names(organisation.ref, [name]))
    alias, new = Alias.objects.get_or_create(
        folded=fold(name)[:250],
        defaults={"organisation": organisation, "name": name[:250], "kind": AliasKind.LEARNT},
    )
    if new:
        record("orgs.alias_learnt", by=by, on=organisation, at=at, name=name)
        _announce(organisation)
    return alias


@transaction.atomic
def enter_membership(
    organisation: Organisation,
    ground: Ground | str,
    *,
    by: Actor,
    at: datetime,
    valid_from: date | None = None,
    **facts: Any,
) -> Membership:
    """State the dated fact of membership with its ground; the open one is kept, never doubled."""
    require(by, Can.WRITE_ORGANISATIONS, rules.may_be_member(organisation, ground))
    membership, new = Membership.objects.get_or_create(
        organisation=organisation,
        valid_to=None,
        defaults={"ground": ground, "valid_from": valid_from, **facts},
    )
    if new:
        record(
            "orgs.membership_entered",
            by=by,
            on=organisation,
            at=at,
            ground=str(ground),
            valid_from=valid_from,
        )
    return membership


def _announce(organisation: Organisation, *, renamed: bool = False) -> None:
    """Tell the floors above, in the same transaction."""
    organisations_changed.send(sender=Organisation, keys={organisation.pk}, renamed=renamed)


def _lead(organisation: Organisation, names: Iterable[str], kind: str = AliasKind.NAME) -> None:
    """Aliases that are missing; those present stay."""
    wanted = {fold(name)[:250]: name for name in names if fold(name)}
    known = set(Alias.objects.filter(folded__in=wanted).values_list("folded", flat=True))
    Alias.objects.bulk_create(
        Alias(organisation=organisation, name=name[:250], folded=folded, kind=kind)
        for folded, name in wanted.items()
        if folded not in known
    )
