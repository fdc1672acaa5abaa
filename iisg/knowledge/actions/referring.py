"""Everything in the house that refers to an organisation, so that one entry can give way to another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from iisg.foundations.accounts.models import Appointment
from iisg.foundations.orgs.models import Alias, Membership, Organisation
from iisg.knowledge.actions.models import Action, Flow, Import, Party, Place
from iisg.knowledge.cycles.models import Return
from iisg.knowledge.needs.models import Need
from iisg.office.pillars.models import Participation


@dataclass(frozen=True, slots=True)
class Reference:
    """One foreign key to an organisation.

    Where the database allows a fact once for each body, `both` says in words what both cannot have, and `shown` is
    the field that names the rows concerned.
    """

    model: type[models.Model]
    field: str
    both: str | Promise = ""
    shown: str = "pk"

    @property
    def name(self) -> str:
        """`actions.party.organisation`."""
        return f"{self.model._meta.label_lower}.{self.field}"

    def rows_of(self, organisation: Organisation) -> QuerySet[Any]:
        """The rows that refer to the body by this key."""
        return self.model._default_manager.filter(**{self.field: organisation})

    def unique_rules(self) -> Iterator[tuple[tuple[str, ...], Q]]:
        """(other fields, condition) of every rule of the database by which a body has something once."""
        meta = self.model._meta
        if getattr(meta.get_field(self.field), "unique", False):
            yield (), Q()
        for constraint in meta.constraints:
            if isinstance(constraint, models.UniqueConstraint) and self.field in constraint.fields:
                yield self._beside(constraint.fields), constraint.condition or Q()
        for fields in meta.unique_together:
            if self.field in fields:
                yield self._beside(fields), Q()

    def clashes(self, doubtful: Organisation, known: Organisation) -> list[str]:
        """What both bodies have and one body could have only once, by name; empty where all rows can move."""
        found: list[str] = []
        for beside, condition in self.unique_rules():
            kept = self._shown(known, beside, condition)
            for key, shown in self._shown(doubtful, beside, condition).items():
                if key in kept and None not in key:
                    found.append(" / ".join(dict.fromkeys((kept[key], shown))))
        return sorted(set(found))

    def _beside(self, fields: Any) -> tuple[str, ...]:
        return tuple(field for field in fields if field != self.field)

    def _shown(
        self, organisation: Organisation, beside: tuple[str, ...], condition: Q
    ) -> dict[tuple[Any, ...], str]:
        rows = self.rows_of(organisation).filter(condition).values_list(self.shown, *beside)
        return {tuple(row[1:]): str(row[0]) for row in rows}


REFERENCES = (
    Reference(Alias, "organisation"),
    Reference(Organisation, "parent"),
    Reference(Membership, "organisation", _("Both are members"), "organisation__name"),
    Reference(Appointment, "organisation"),
    Reference(Participation, "organisation", _("Both take part in a pillar"), "pillar"),
    Reference(Return, "organisation", _("Both were asked in a round"), "cycle__title"),
    Reference(Need.partners.through, "organisation", _("Both are partners of a need"), "need__ref"),
    Reference(Need, "body"),
    Reference(Need, "reported_by"),
    Reference(Action, "reporter", _("Both report an action under one and the same reference"), "ref"),
    Reference(Place, "partner", _("Both are partners of an action"), "action__ref"),
    Reference(Party, "organisation"),
    Reference(Flow, "source"),
    Reference(Flow, "destination"),
    Reference(Flow, "reporter"),
    Reference(Import, "reporter"),
    Reference(Import, "publisher"),
)
"""All of them, lower apps first; a law of the app's tests finds one that is missing."""

FOLLOW = frozenset({"finding.entry.organisation"})
"""Keys of what is derived from records: an entry of the index goes with its body and is written anew."""


def held_by(organisation: Organisation) -> list[str]:
    """What of the office and of membership refers to a body (its letters, cases, terms): that does not move."""
    moved = {reference.name for reference in REFERENCES} | FOLLOW
    return sorted(
        {
            str(key.related_model._meta.verbose_name_plural)
            for key in Organisation._meta.related_objects
            if not key.many_to_many
            and f"{key.related_model._meta.label_lower}.{key.field.name}" not in moved
            and key.related_model._default_manager.filter(**{key.field.name: organisation}).exists()
        }
    )
