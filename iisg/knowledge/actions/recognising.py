"""Which recorded action each record of a file means, and what forbids to take it: for many records at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from iisg.foundations.access.actors import Actor
from iisg.foundations.core.findings import Finding, Grade
from iisg.foundations.orgs.matching import Directory
from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.actions import comparing, rules
from iisg.knowledge.actions.comparing import Facts
from iisg.knowledge.actions.models import Action
from iisg.knowledge.actions.records import ActionRecord


@dataclass(slots=True)
class Recognised:
    """A record with its reporter (without a key where nobody knows it yet) and the action that it means, if any.

    `facts` are those of the action as recorded; `findings` say why the record cannot be taken.
    """

    record: ActionRecord
    reporter: Organisation | None
    action: Action | None
    facts: Facts = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    @property
    def reports_first(self) -> bool:
        """Whether its reporter is not in the register yet."""
        return self.reporter is not None and self.reporter._state.adding

    @property
    def refused(self) -> bool:
        """Whether it cannot be taken."""
        return any(finding.refuses for finding in self.findings)


def runs(records: Sequence[ActionRecord]) -> Iterator[list[ActionRecord]]:
    """The records in their order, in runs within which no reference comes twice: those can be taken at once."""
    run: list[ActionRecord] = []
    seen: set[str] = set()
    for record in records:
        if record.ref[:120] in seen:
            yield run
            run, seen = [], set()
        run.append(record)
        seen.add(record.ref[:120])
    if run:
        yield run


def recognise(
    records: Sequence[ActionRecord],
    sent_by: Organisation | None,
    directory: Directory,
    by: Actor,
    *,
    to_change: bool = False,
) -> list[Recognised]:
    """Each record beside what is recorded, in a constant number of queries; `to_change` locks the actions."""
    reporters = _reporters_of(records, sent_by, directory)
    known = Action.objects.under({r.ref for r in records})
    if to_change:
        known = known.select_for_update(of=("self",))
    actions = {(a.reporter_id, a.reporter_ref if a.reporter_id else a.ref): a for a in known}
    facts = comparing.recorded(actions.values()) if actions else {}
    others = _reporters(actions)
    partners = set(Organisation.objects.partners().values_list("code", flat=True))
    found = []
    for record, reporter in zip(records, reporters, strict=True):
        each = Recognised(record, reporter, None)
        if not each.reports_first:
            key = (None, record.ref[:120]) if reporter is None else (reporter.pk, record.ref[:250])
            each.action = actions.get(key)
            each.facts = facts[each.action.pk] if each.action else {}
        each.findings += rules.may_record(by, record, reporter, each.action)
        each.findings += _strange_partners(record, partners)
        if reporter is None:
            each.findings += rules.may_be_unreported(record, each.action, others.get(record.ref[:250], ()))
        found.append(each)
    return found


def _reporters_of(
    records: Sequence[ActionRecord], sent_by: Organisation | None, directory: Directory
) -> list[Organisation | None]:
    """Who reports each record: the body it names, else the one that sent the file in."""
    named = [record.reporter_named for record in records]
    keys = {each: directory.find(*each) for each in named if each is not None}
    bodies = Organisation.objects.in_bulk([key for key in keys.values() if key is not None])
    by_name = {each: bodies.get(key or 0) or Organisation(name=each[0][:250]) for each, key in keys.items()}
    return [sent_by if each is None else by_name[each] for each in named]


def _reporters(actions: Mapping[tuple[int | None, str], Action]) -> dict[str, list[Organisation]]:
    """By reference, all who report an action under it."""
    bodies = Organisation.objects.in_bulk({key for key, _ref in actions if key is not None})
    found: dict[str, list[Organisation]] = defaultdict(list)
    for key, ref in actions:
        if key is not None:
            found[ref].append(bodies[key])
    return found


def _strange_partners(record: ActionRecord, partners: set[str | None]) -> Iterator[Finding]:
    missing = [code for code in record.partners if code not in partners]
    if missing:
        yield partner_not_entered(missing, record.place)


def partner_not_entered(codes: Sequence[str], place: str) -> Finding:
    """A record names one of the six, and the house does not have it yet."""
    return Finding(
        Grade.ERROR,
        "imports.partner-not-entered",
        _("The partner %(codes)s is not entered in this house.") % {"codes": ", ".join(codes)},
        place,
        _("Enter the six partners first: run `iisg prepare`."),
    )
