"""News from below: summaries are counted anew in the same transaction (ADR 14), new records are looked at for twins."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.dispatch import receiver

from iisg.foundations.jobs.queue import later
from iisg.foundations.orgs.models import Organisation
from iisg.foundations.orgs.signals import organisations_changed
from iisg.knowledge.actions.models import Action, ExchangeRate, Flow, Import, ImportState
from iisg.knowledge.actions.signals import actions_changed, import_examined, rates_changed, reports_tied
from iisg.knowledge.analysis import keeping, money_keeping
from iisg.knowledge.needs.models import Need
from iisg.knowledge.needs.signals import needs_changed
from iisg.knowledge.responses.models import Relation, Response
from iisg.knowledge.responses.signals import relation_changed, response_changed

SEEK = "iisg.knowledge.analysis.jobs.seek_twins"


@receiver(import_examined)
def seek_twins_of_new_records(sender: type[Import], imported: Import, **kwargs: Any) -> None:
    """The worker looks whether new records look like recorded ones."""
    if imported.state == ImportState.EXAMINED and imported.created and imported.subject != "needs":
        later(SEEK, import_id=imported.pk)


@receiver(needs_changed)
def keep_changed_needs(sender: type[Need], keys: Collection[int], **kwargs: Any) -> None:
    """Other partners, another quantity, no longer counted: the need itself is concerned, no other."""
    keeping.keep_needs(keys)


@receiver(actions_changed)
def keep_changed_actions(sender: type[Action], keys: Collection[int], **kwargs: Any) -> None:
    """Other days, places or money: the actions, and the needs that they were judged to answer."""
    keeping.keep_actions_and_concerned(keys)


@receiver(reports_tied)
def keep_tied_money(sender: type[Flow], keys: Collection[int], **kwargs: Any) -> None:
    """Another report of a sum counts, or both do: only what becomes of money changes."""
    money_keeping.keep_money(keys)


@receiver(rates_changed)
def keep_money_at_new_rates(sender: type[ExchangeRate], currencies: Collection[str], **kwargs: Any) -> None:
    """Sums of these currencies may have another worth, or one at last."""
    money_keeping.keep_money_in(currencies)


@receiver(organisations_changed)
def keep_money_of_renamed(
    sender: type[Organisation], keys: Collection[int], renamed: bool, **kwargs: Any
) -> None:
    """Who pays, and whether a partner does, is told by the bodies that records name."""
    if renamed:
        money_keeping.keep_money_paid_by(keys)


@receiver(relation_changed)
def keep_related_actions(sender: type[Relation], keys: Collection[int], **kwargs: Any) -> None:
    """A whole has a part more or less, or other reports tell of one action: as before a change of both records."""
    keeping.keep_actions_and_concerned(keys)


@receiver(response_changed)
def keep_judged_need(sender: type[Response], need: int, **kwargs: Any) -> None:
    """A judgement concerns its need alone."""
    keeping.keep_needs([need])
