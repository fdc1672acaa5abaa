"""One action, several reports: what each says of every field, who told it when, and whose value speaks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from iisg.faces.desk.side_by_side import Fact, facts_of
from iisg.foundations.access.actors import Actor
from iisg.knowledge.actions.models import Action
from iisg.knowledge.responses.models import SpeakingReport, SpokenField
from iisg.knowledge.responses.rules import reports_of

BY_RULE: Mapping[str, str | Promise] = {
    SpokenField.TITLE: gettext_lazy("by rule: the report that was told last"),
    SpokenField.TIME: gettext_lazy("by rule: it runs while any report says so"),
    SpokenField.MONEY: gettext_lazy("by rule: the report that was told last and states a sum"),
}
ALL_COUNT = gettext_lazy("by rule: all that any report states counts")


@dataclass(frozen=True, slots=True)
class SpokenFact:
    """A fact with the choice that stands for it, if a person made one; `rule` says what holds without."""

    fact: Fact
    choice: SpeakingReport | None
    rule: str | Promise

    def speaks(self, action: Action) -> bool:
        """Whether a person chose this report to speak for it."""
        return self.choice is not None and self.choice.action_id == action.pk


@dataclass(frozen=True, slots=True)
class Reports:
    """All reports of one action, by reference."""

    actions: list[Action]
    facts: list[SpokenFact]
    earlier: list[SpeakingReport]

    @property
    def count(self) -> int:
        """How many tell of it."""
        return len(self.actions)


def reports(action: Action, reader: Actor) -> Reports | None:
    """All reports of the action that this record reports; None where it is the only one."""
    keys = reports_of(action)
    if len(keys) < 2:
        return None
    actions = list(Action.objects.visible_to(reader).filter(pk__in=keys).with_facts().order_by("ref"))
    choices = list(SpeakingReport.objects.visible_to(reader).filter(action__in=keys).select_related("action"))
    standing: dict[str, SpeakingReport] = {}
    for one in sorted((c for c in choices if c.replaced_at is None), key=lambda c: (c.chosen_at, c.pk)):
        standing[one.field] = one
    return Reports(actions, _spoken(actions, standing), [c for c in choices if c.replaced_at is not None])


def _spoken(actions: Sequence[Action], standing: Mapping[str, SpeakingReport]) -> list[SpokenFact]:
    return [
        SpokenFact(fact, standing.get(fact.field), BY_RULE.get(fact.field, ALL_COUNT) if fact.field else "")
        for fact in facts_of(actions)
    ]
