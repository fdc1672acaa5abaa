"""Verbs on organisations: the only writer of their names and addresses."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from itertools import chain, count
from typing import Any

from django.db import models, transaction
from django.utils.text import slugify

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can
from iisg.foundations.audit.trail import record, record_each
from iisg.foundations.core.folding import fold
from iisg.foundations.orgs import rules
from iisg.foundations.orgs.matching import Directory, folded_name
from iisg.foundations.orgs.models import (
    Alias,
    AliasKind,
    Contact,
    FormerFacts,
    Organisation,
    OrganisationKind,
)
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
    _announce({organisation.pk}, renamed=True)
    return organisation


@transaction.atomic
def put_below(organisation: Organisation, parent: Organisation, *, by: Actor, at: datetime) -> Organisation:
    """Say that a body is an institution of another (a partner is one voice, several bodies)."""
    require(by, Can.WRITE_ORGANISATIONS, rules.may_stand_below(organisation, parent))
    if organisation.parent_id != parent.pk:
        organisation.parent = parent
        organisation.save(update_fields=["parent"])
        record("orgs.organisation_put_below", by=by, on=organisation, at=at, parent=parent.ref)
        _announce({organisation.pk})
    return organisation


@transaction.atomic
def note_new_organisation(name: str, *, by: Actor, at: datetime, identifier: str = "") -> Organisation:
    """Enter a body that a file names and nobody knows yet; it waits for the Secretariat's confirmation."""
    require(by, Can.IMPORT_OWN_RECORDS, rules.may_bear_names("", [name, identifier]))
    return _enter_unconfirmed([(name, identifier)], by=by, at=at)[0]


@transaction.atomic
def note_names(printed: Iterable[tuple[str, str]], directory: Directory, *, by: Actor, at: datetime) -> None:
    """Let each printed name (with its identifier, "" where there is none) lead to a body, many in a few queries.

    A name that nobody knows is entered as an unconfirmed body; a name of a body that was known by its identifier only
    is learnt. `directory` learns both; after a refusal it must be read anew.
    """
    new: list[tuple[str, str]] = []
    learnt: list[tuple[int, str]] = []
    for name, identifier in dict.fromkeys(printed):
        key = directory.find(name, identifier)
        if key is None:
            new.append((name, identifier))
            directory.learn([name, identifier], -len(new))  # until the body has its own key
        elif not directory.knows(name):
            learnt.append((key, name))
            directory.learn([name], key)
    names = [part for pair in new for part in pair] + [name for _key, name in learnt]
    require(by, Can.IMPORT_OWN_RECORDS, rules.may_bear_names("", names) if names else ())
    bodies = _enter_unconfirmed(new, by=by, at=at)
    learnt = [(bodies[-key - 1].pk if key < 0 else key, name) for key, name in learnt]
    for (name, identifier), body in zip(new, bodies, strict=True):
        directory.learn([name, identifier], body.pk)
    for key, name in learnt:
        directory.learn([name], key)
    _learn(learnt, by=by, at=at)


@transaction.atomic
def forget_unused(refs: Iterable[str], *, by: Actor, at: datetime) -> int:
    """Let unconfirmed bodies go that no record names any more, for the file that named them was taken back."""
    require(by, Can.IMPORT_OWN_RECORDS)
    unused = Organisation.objects.filter(ref__in=list(refs), confirmed=False)
    for use in Organisation._meta.related_objects:
        if use.field.remote_field.on_delete is not models.CASCADE:
            named = use.related_model._base_manager.filter(**{f"{use.field.name}__isnull": False})
            unused = unused.exclude(pk__in=named.values(use.field.name))
    bodies = list(unused)
    told = [(body, {"name": body.name}) for body in bodies]
    record_each("orgs.organisation_removed", told, by=by, at=at)
    keys = {body.pk for body in bodies}
    for some in (list(keys)[start : start + 500] for start in range(0, len(keys), 500)):
        Organisation.objects.filter(pk__in=some).delete()
    if keys:
        _announce(keys)
    return len(keys)


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
    _announce({organisation.pk}, renamed=True)
    return organisation


@transaction.atomic
def learn_alias(organisation: Organisation, name: str, *, by: Actor, at: datetime) -> Alias:
    """From now on this name leads to this body; raises RuleRefused where it leads to another one."""
    require(by, Can.IMPORT_OWN_RECORDS, rules.may_bear_names(organisation.ref, [name]))
    alias, new = Alias.objects.get_or_create(
        folded=folded_name(name),
        defaults={"organisation": organisation, "name": name[:250], "kind": AliasKind.LEARNT},
    )
    if new:
        record("orgs.alias_learnt", by=by, on=organisation, at=at, name=name)
        _announce({organisation.pk})
    return alias


@transaction.atomic
def change_facts(
    organisation: Organisation,
    changed_on: date,
    basis: str,
    *,
    by: Actor,
    at: datetime,
    name: str = "",
    short_name: str = "",
    kind: str = "",
) -> Organisation:
    """From a day on a body has another name or is of another kind; the register of earlier days keeps the former."""
    organisation = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    facts = {"name": name.strip(), "short_name": short_name.strip(), "kind": kind}
    wanted = {key: value for key, value in facts.items() if value and value != getattr(organisation, key)}
    require(by, Can.WRITE_ORGANISATIONS, rules.may_change_facts(organisation, changed_on, wanted))
    FormerFacts.objects.create(
        organisation=organisation,
        name=organisation.name,
        short_name=organisation.short_name,
        kind=organisation.kind,
        valid_to=changed_on,
        basis=basis.strip()[:300],
    )
    before = {key: getattr(organisation, key) for key in wanted}
    for key, value in wanted.items():
        setattr(organisation, key, value)
    organisation.save()
    _lead(organisation, [organisation.name])
    _lead(organisation, [organisation.short_name], kind=AliasKind.ACRONYM)
    record(
        "orgs.facts_changed",
        by=by,
        on=organisation,
        at=at,
        before=before,
        changed=wanted,
        changed_on=changed_on,
    )
    _announce({organisation.pk}, renamed=True)
    return organisation


@transaction.atomic
def set_contact(
    organisation: Organisation, valid_from: date, *, by: Actor, at: datetime, **facts: str
) -> Contact:
    """From a day on official correspondence goes here; the address before it ends on that day."""
    require(by, Can.WRITE_ORGANISATIONS, rules.may_be_contact(facts))
    for former in Contact.objects.select_for_update().filter(
        organisation=organisation, valid_to__isnull=True
    ):
        if former.valid_from < valid_from:
            former.valid_to = valid_from
            former.save(update_fields=["valid_to"])
        else:
            former.delete()
    contact = Contact.objects.create(organisation=organisation, valid_from=valid_from, **facts)
    record("orgs.contact_set", by=by, on=organisation, at=at, valid_from=valid_from, contact=contact.pk)
    return contact


def _announce(keys: set[int], *, renamed: bool = False) -> None:
    """Tell the floors above of these bodies, in the same transaction."""
    organisations_changed.send(sender=Organisation, keys=keys, renamed=renamed)


def _lead(organisation: Organisation, names: Iterable[str], kind: str = AliasKind.NAME) -> None:
    """Aliases that are missing; those present stay."""
    wanted = {folded: name for name in names if (folded := folded_name(name))}
    known = set(Alias.objects.filter(folded__in=wanted).values_list("folded", flat=True))
    Alias.objects.bulk_create(
        Alias(organisation=organisation, name=name[:250], folded=folded, kind=kind)
        for folded, name in wanted.items()
        if folded not in known
    )


def _enter_unconfirmed(named: list[tuple[str, str]], *, by: Actor, at: datetime) -> list[Organisation]:
    """Bodies under (name, identifier) pairs that lead to nobody yet, each under a reference of its own."""
    if not named:
        return []
    taken = {*Organisation.objects.values_list("ref", flat=True), *NOT_A_BODY}
    bodies = []
    for name, _identifier in named:
        base = slugify(fold(name))[:60] or "organisation"
        ref = next(r for r in chain([base], (f"{base}-{n}" for n in count(2))) if r not in taken)
        taken.add(ref)
        bodies.append(
            Organisation(ref=ref, name=name[:250], folded=fold(name)[:250], kind=OrganisationKind.NOT_KNOWN)
        )
    bodies = Organisation.objects.bulk_create(bodies)
    aliases: dict[str, Alias] = {}
    for body, (name, identifier) in zip(bodies, named, strict=True):
        for printed, kind in ((name, AliasKind.LEARNT), (identifier, AliasKind.IDENTIFIER)):
            if folded := folded_name(printed):
                alias = Alias(organisation=body, name=printed[:250], folded=folded, kind=kind)
                aliases.setdefault(folded, alias)
    Alias.objects.bulk_create(aliases.values())
    told = [(body, {"name": name}) for body, (name, _) in zip(bodies, named, strict=True)]
    record_each("orgs.organisation_named_by_import", told, by=by, at=at)
    _announce({body.pk for body in bodies})
    return bodies


def _learn(learnt: list[tuple[int, str]], *, by: Actor, at: datetime) -> None:
    """Names that lead to known bodies from now on, as (key of the body, name)."""
    if not learnt:
        return
    Alias.objects.bulk_create(
        Alias(organisation_id=key, name=name[:250], folded=folded_name(name), kind=AliasKind.LEARNT)
        for key, name in learnt
    )
    bodies = Organisation.objects.in_bulk([key for key, _name in learnt])
    record_each("orgs.alias_learnt", [(bodies[key], {"name": name}) for key, name in learnt], by=by, at=at)
    _announce(set(bodies))
