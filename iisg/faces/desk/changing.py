"""An action changed by hand: the form as it stands now, and what of it a person states differently."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.dateparse import parse_datetime

from iisg.faces.desk.adding import NAMED, REGIONAL, ActionForm, lines_of
from iisg.foundations.access.actors import Actor
from iisg.foundations.core.periods import read_printed_date
from iisg.foundations.orgs.matching import Directory
from iisg.knowledge.actions import comparing
from iisg.knowledge.actions.comparing import FLOW_FIELDS, Facts
from iisg.knowledge.actions.models import Action, FlowState, PartyRole
from iisg.knowledge.actions.records import ActionRecord

SAME = ("title", "summary", "kind", "source_url")
"""Fields that are facts of the same name."""
BODIES = {"funders": PartyRole.FUNDING, "implementers": PartyRole.IMPLEMENTING}
Shown = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Recorded:
    """An action as recorded: its facts, the fields that show them, and its parties by (role, name as shown)."""

    facts: Facts
    fields: dict[str, Any]
    parties: dict[Shown, list[comparing.Part]]
    seen: datetime

    @property
    def has_one_sum(self) -> bool:
        """Whether its money is at most one committed sum, which a form can hold."""
        flows = self.facts["flows"]
        return not flows or (len(flows) == 1 and flows[0][0] == FlowState.COMMITTED)


def recorded(action: Action) -> Recorded:
    """What stands in the house now, field by field."""
    facts = comparing.recorded([action])[action.pk]
    parties: dict[Shown, list[comparing.Part]] = {}
    for party, part in zip(_in_order(action), facts["parties"], strict=True):
        parties.setdefault((party.role, party.printed or party.organisation.name), []).append(part)
    fields: dict[str, Any] = {name: facts[name] for name in SAME}
    fields |= {
        field: "\n".join(name for party_role, name in parties if party_role == role)
        for field, role in BODIES.items()
    }
    places = facts["places"]
    fields |= {
        "partners": [code for code, _named, _share in places],
        "reach": REGIONAL if places and not any(named for _code, named, _share in places) else NAMED,
        "pillars": list(facts["pillars"]),
        "assistance": list(facts["assistance"]),
        "stage": facts["stage"],
        "start": facts["start_printed"] or _day(facts["start_on"]),
        "end": facts["end_printed"] or ("" if facts["end_derived"] else _day(facts["end_on"])),
    }
    found = Recorded(facts, fields, parties, action.changed_at)
    if found.has_one_sum:
        money = dict(zip(FLOW_FIELDS, facts["flows"][0], strict=True)) if facts["flows"] else {}
        amount = money.get("amount")
        fields |= {"amount": "" if amount is None else str(amount), "currency": money.get("currency", "")}
    return found


def _in_order(action: Action) -> list[Any]:
    roles = list(PartyRole.values)
    listed = list(action.parties.select_related("organisation").order_by("order"))
    return sorted(listed, key=lambda party: roles.index(party.role))


def _day(day: Any) -> str:
    return day.isoformat() if day else ""


class ChangeForm(ActionForm):
    """The form of an action as it is recorded; what nobody touches is neither judged nor written."""

    seen = forms.CharField(widget=forms.HiddenInput)
    was = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, reader: Actor, now: Recorded, **kwargs: Any) -> None:
        """`now` is what is recorded; the page carries along what the person saw, so that each change is known."""
        first = now.fields | {"seen": now.seen.isoformat(), "was": json.dumps(now.fields)}
        super().__init__(*args, reader=reader, initial=first, **kwargs)
        for name in ("reporter", "ref", *(() if now.has_one_sum else ("amount", "currency"))):
            del self.fields[name]
        self.touched = touched_in(self) if self.is_bound else frozenset()
        if self.is_bound:
            for name in set(self.fields) - self.touched - {"kind"}:
                self.fields[name].validators = []

    def clean_seen(self) -> datetime:
        """The moment of the record that the person saw."""
        return moment_seen(self.cleaned_data["seen"])

    def _readable(self, name: str) -> str:
        return super()._readable(name) if name in self.touched else str(self.cleaned_data[name])

    def _look_at_days(self, data: dict[str, Any]) -> None:
        if self.touched & {"start", "end"}:
            super()._look_at_days(data)

    def anew(self, reader: Actor, now: Recorded) -> ChangeForm:
        """The form over what is recorded now, with the person's own words kept where there are any."""
        return ChangeForm(data_over(self, self.touched, now.fields, now.seen), reader=reader, now=now)

    def facts(self, now: Recorded, directory: Directory) -> Facts:
        """What the person states differently from what is recorded, as facts."""
        said, touched = self.cleaned_data, self.touched
        facts: Facts = {name: _newlines(said[name]) for name in SAME if name in touched}
        if "stage" in touched:
            facts |= {"stage": said["stage"], "stage_printed": ""}
        if "pillars" in touched:
            facts |= {"pillars": tuple(sorted(said["pillars"])), "pillar_basis": ""}
        if "assistance" in touched:
            facts["assistance"] = tuple(sorted(said["assistance"]))
        if touched & {"start", "end"}:
            facts |= _days(said, touched, now.facts)
        if touched & {"partners", "reach"}:
            facts["places"] = _places(said, "reach" in touched, now.facts)
        if touched & BODIES.keys():
            facts["parties"] = _parties(said, touched, now, directory)
        if touched & {"amount", "currency"}:
            facts["flows"] = _flows(said, now.facts)
        return facts


def touched_in(form: forms.Form) -> frozenset[str]:
    """Fields of a bound form that differ from what the person was shown, which the page carries along as `was`."""
    try:
        was = json.loads(form.data.get("was", ""))
    except ValueError:
        was = {}
    was = was if isinstance(was, dict) else {}
    shown = set(form.fields) - {"seen", "was"}
    return frozenset(name for name in shown if _plain(form[name].value()) != _plain(was.get(name)))


def moment_seen(text: str) -> datetime:
    """The moment of the record that the person saw."""
    seen = parse_datetime(text)
    if seen is None or seen.tzinfo is None:
        raise forms.ValidationError("seen")
    return seen


def data_over(
    form: forms.Form, touched: Collection[str], fields: Mapping[str, Any], seen: datetime
) -> QueryDict:
    """What the person wrote where it was touched, and what is recorded now in all other fields."""
    data = QueryDict(mutable=True)
    for name in form.fields:
        value = form[name].value()
        if name in fields and name not in touched:
            value = fields[name]
        data.setlist(name, value if isinstance(value, list) else [value or ""])
    data["seen"], data["was"] = seen.isoformat(), json.dumps(dict(fields))
    return data


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return sorted(str(one) for one in value)
    return _newlines(str(value if value is not None else "")) or []


def _newlines(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _days(said: Mapping[str, Any], touched: frozenset[str], before: Facts) -> Facts:
    """Days as a file would state them; the side that nobody touched stays, unless it was computed from the other."""
    record = ActionRecord(
        "",
        "",
        start=read_printed_date(said["start"]),
        end=read_printed_date(said["end"]),
        duration_months=before["duration_months"],
    )
    found = comparing.days(record)
    for side in ("start", "end"):
        if side not in touched and not (side == "end" and before["end_derived"]):
            found |= {name: before[name] for name in found if name.startswith(side)}
    return found


def _places(said: Mapping[str, Any], reach_touched: bool, before: Facts) -> tuple[Any, ...]:
    """The chosen partners; those that stood there keep their share, and how they are reached unless that changed."""
    held = {code: (named, share) for code, named, share in before["places"]}
    chosen = said["reach"] == NAMED
    places = []
    for code in said["partners"]:
        named, share = held.get(code, (chosen, None))
        places.append((code, chosen if reach_touched else named, share))
    return tuple(sorted(places, key=lambda place: place[0]))


def _parties(
    said: Mapping[str, Any], touched: frozenset[str], now: Recorded, directory: Directory
) -> tuple[comparing.Part, ...]:
    """All parties: other roles as they are, of the touched ones the named bodies, known lines as recorded."""
    changed = {role: lines_of(said[field]) for field, role in BODIES.items() if field in touched}
    parties: list[comparing.Part] = [part for part in now.facts["parties"] if part[0] not in changed]
    for role, names in changed.items():
        for name in names:
            parties += now.parties.get((role, name)) or [
                (str(role), directory.find(name) or name, None, name[:300])
            ]
    roles = list(PartyRole.values)
    return tuple(sorted(parties, key=lambda part: roles.index(part[0])))


def _flows(said: Mapping[str, Any], before: Facts) -> tuple[Any, ...]:
    """The one sum; blank where it is not known any more."""
    if said["amount"] is None:
        return ()
    blank = dict.fromkeys(FLOW_FIELDS, "") | dict.fromkeys(
        ("source_id", "destination_id", "happened_on", "period_from", "period_to", "valued_on")
    )
    flow = dict(zip(FLOW_FIELDS, before["flows"][0], strict=True)) if before["flows"] else blank
    flow |= {
        "state": str(FlowState.COMMITTED),
        "kind": flow["kind"] or "total",
        "amount": said["amount"],
        "currency": said["currency"],
        "printed": f"{said['amount']} {said['currency']}",
    }
    return (tuple(flow[name] for name in FLOW_FIELDS),)
