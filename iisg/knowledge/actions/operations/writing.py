"""Storing many actions at once: the same rows as one after the other would leave, in a constant number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import F, Model

from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.actions import comparing
from iisg.knowledge.actions.comparing import COLUMNS, FLOW_FIELDS, Facts
from iisg.knowledge.actions.models import Action, Assistance, Flow, Party, Place
from iisg.office.pillars.models import Pillar

PILLARS: Any = Action.pillars.through
MODELS: dict[str, Any] = {
    "pillars": PILLARS,
    "assistance": Assistance,
    "parties": Party,
    "places": Place,
}
"""Facts that are rows beside the action; where one differs, all its rows are replaced."""
OUT_OF_THE_WAY = 1_000_000
"""Added to the places of flows while they change places, as each place is taken once."""
ALWAYS = ("folded", "origins", "confirmed", "changed_at")


class Writing:
    """Gathers new and changed actions, then stores them all."""

    def __init__(self) -> None:
        self.new: list[tuple[Action, Facts]] = []
        self.changed: list[tuple[Action, Facts, set[str]]] = []
        self._pillars = set(Pillar.objects.values_list("pk", flat=True))
        self._partners = dict(Organisation.objects.partners().values_list("code", "pk"))

    def add(self, action: Action, facts: Facts) -> None:
        """An action that is not recorded yet, with everything that is known of it."""
        _fill(action, facts, COLUMNS)
        self.new.append((action, facts))

    def change(self, action: Action, facts: Facts, names: Iterable[str]) -> None:
        """A recorded action, of which the named facts are different now."""
        names = set(names)
        _fill(action, facts, [name for name in COLUMNS if name in names])
        self.changed.append((action, facts, names))

    def store(self) -> None:
        """Write all of it; a new action has its key afterwards."""
        Action.objects.bulk_create([action for action, _facts in self.new])
        columns = {name for _action, _facts, names in self.changed for name in names if name in COLUMNS}
        self.again([action for action, *_rest in self.changed], *sorted(columns), *ALWAYS)
        for name in MODELS:
            self._replace(name)
        self._replace_flows()

    @staticmethod
    def again(rows: Sequence[Model], *fields: str) -> None:
        """Bring these fields of rows that are in the database in step: an upsert by key, not a CASE for each field."""
        if rows:
            type(rows[0])._default_manager.bulk_create(
                rows, update_conflicts=True, unique_fields=["id"], update_fields=fields
            )

    def _replace(self, name: str) -> None:
        """The rows of one list fact, for every action of which it is new or different."""
        changed = [(action, facts) for action, facts, names in self.changed if name in names]
        model = MODELS[name]
        if changed:
            model._default_manager.filter(action__in=[action.pk for action, _facts in changed]).delete()
        rows = [row for action, facts in (*self.new, *changed) for row in self._rows(name, action, facts)]
        if rows:
            model._default_manager.bulk_create(rows)

    def _rows(self, name: str, action: Action, facts: Facts) -> list[Model]:
        """The rows that a list fact of one action becomes."""
        if name == "pillars":
            known = self._pillars
            return [PILLARS(action_id=action.pk, pillar_id=key) for key in facts["pillars"] if key in known]
        if name == "assistance":
            return [Assistance(action=action, kind=kind) for kind in facts["assistance"]]
        if name == "parties":
            return [
                Party(
                    action=action, order=order, role=role, organisation_id=key, share=share, printed=printed
                )
                for order, (role, key, share, printed) in enumerate(facts["parties"])
            ]
        return [
            Place(action=action, partner_id=self._partners[code], named=named, share=share)
            for code, named, share in facts["places"]
        ]

    def _replace_flows(self) -> None:
        """The money as stated, in the source's order; unchanged flows stay, with the reports tied to them."""
        changed = [(action, facts) for action, facts, names in self.changed if "flows" in names]
        before: dict[tuple[Any, ...], list[Flow]] = defaultdict(list)
        held = Flow.objects.filter(action__in=[action.pk for action, _facts in changed]).order_by("-order")
        for flow in held if changed else ():
            before[flow.action_id, *comparing.flow_recorded(flow)].append(flow)
        kept, new = list[Flow](), list[Flow]()
        for action, facts in (*self.new, *changed):
            for order, stated in enumerate(facts["flows"]):
                if same := before.get((action.pk, *stated)):
                    kept.append(same.pop())
                    kept[-1].order = order
                else:
                    values = dict(zip(FLOW_FIELDS, stated, strict=True))
                    new.append(Flow(action=action, order=order, reporter_id=action.reporter_id, **values))
        if changed:
            gone = [flow.pk for left in before.values() for flow in left]
            Flow.objects.filter(pk__in=gone).delete()
            staying = Flow.objects.filter(pk__in=[flow.pk for flow in kept])
            staying.update(order=F("order") + OUT_OF_THE_WAY)
            self.again(kept, "order")
        Flow.objects.bulk_create(new)


def _fill(action: Action, facts: Facts, columns: Iterable[str]) -> None:
    for name in columns:
        setattr(action, name, facts[name])
    action.keep_in_step()
