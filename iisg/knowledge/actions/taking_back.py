"""What becomes of each record of an applied file when the file is taken back; decides, and stores nothing.

A record that the file entered and nobody touched goes; a fact that it changed and that is still as the file left it
returns to what it was, topic by topic; what somebody has said since is never lost.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from django.db.models import Model, Q
from django.utils.translation import gettext as _

from iisg.foundations.audit.models import Event
from iisg.foundations.orgs.matching import Directory
from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.actions import comparing, provenance, undoing
from iisg.knowledge.actions.fact_words import topic_words
from iisg.knowledge.actions.models import Action, Back, Flow, Import, ImportRow, ImportState, Verdict
from iisg.knowledge.needs import undoing as needs_undoing
from iisg.knowledge.needs.models import Need

CHUNK: Final = 500
_WRITTEN: Final = (Verdict.CREATED, Verdict.CHANGED)
_STATED: Final = (*_WRITTEN, Verdict.UNCHANGED)
_TELL_NOTHING: Final = frozenset(
    {
        "actions.action_changed", "actions.action_restored", "actions.action_returned", "actions.action_vanished",
        "needs.need_changed", "needs.need_restored",
    }
)  # fmt: skip
"""Events after which a record may still be as the file left it: its facts themselves say whether it is."""


class Hold(NamedTuple):
    """Why a record cannot go; `of_import`: that was said when the file was applied, so that it goes with it."""

    reason: str
    of_import: bool = False


Holds = Callable[
    [Import, Collection[int], Collection[int]], tuple[Mapping[int, list[Hold]], Mapping[int, list[Hold]]]
]
"""What the floors above know of actions and of needs, by their keys."""


@dataclass(slots=True)
class Undone:
    """One record: what becomes of it, why not more, and which of its facts return."""

    row: ImportRow
    record: Action | Need
    outcome: Back
    reasons: list[str] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def action(self) -> Action:
        """The record, where it is an action."""
        if isinstance(self.record, Need):
            raise TypeError(f"{self.record.ref} is a need")
        return self.record

    @property
    def need(self) -> Need:
        """The record, where it is a need."""
        if isinstance(self.record, Action):
            raise TypeError(f"{self.record.ref} is an action")
        return self.record


def undone(imported: Import, holds: Holds, *, to_change: bool = False) -> Iterator[Undone]:
    """Every record that the file entered or changed and that is still there; `to_change` locks them."""
    rows = imported.rows.filter(verdict__in=_WRITTEN).exclude(record_ref="").order_by("order")
    look = _Look(imported, holds, to_change=to_change)
    last = -1
    while chunk := list(rows.filter(order__gt=last)[:CHUNK]):
        last = chunk[-1].order
        yield from look.at([row for row in chunk if row.subject == "needs"], Need)
        yield from look.at([row for row in chunk if row.subject != "needs"], Action)


class _Look:
    """What is the same for all chunks of a file."""

    def __init__(self, imported: Import, holds: Holds, *, to_change: bool) -> None:
        self.imported, self.holds, self.to_change = imported, holds, to_change
        self.directory = Directory()
        self.bodies = set(Organisation.objects.values_list("pk", flat=True))

    def at(self, rows: list[ImportRow], model: type[Action] | type[Need]) -> Iterator[Undone]:
        """The records of one kind in a chunk."""
        refs = [row.record_ref for row in rows]
        if not refs:
            return
        found: Any = model._default_manager.filter(ref__in=refs)
        if self.to_change:
            found = found.select_for_update(of=("self",))
        if model is Need:
            found = found.prefetch_related("partners", "placements__objective", "placements__measure")
        records = {record.ref: record for record in found}
        keys = [record.pk for record in records.values()]
        of_actions, of_needs = self.holds(self.imported, *((keys, ()) if model is Action else ((), keys)))
        held = {**of_actions, **of_needs}
        facts = comparing.recorded(list(records.values())) if model is Action else {}
        tied = _tied(keys) if model is Action else {}
        since, later = self._since(records.values()), self._later(refs, rows[0].subject)
        for row in rows:
            record = records.get(row.record_ref)
            if record is None:
                continue
            said = later.get(row.record_ref, [])
            if row.verdict == Verdict.CREATED:
                left = self._is_as_left(row, record, facts.get(record.pk, {}))
                why = [*said, *left, *since.get(record.ref, ()), *tied.get(record.pk, {}).values()]
                yield _entered(row, record, why, held.get(record.pk, []))
            elif said or not row.before.get("facts"):
                unkept = _("It was applied before the platform kept what stood there before.")
                yield Undone(row, record, Back.KEPT, said or [unkept])
            else:
                yield self._changed(row, record, facts.get(record.pk, {}), tied.get(record.pk, {}))

    def _is_as_left(self, row: ImportRow, record: Action | Need, facts: comparing.Facts) -> list[str]:
        if record.recorded_at != self.imported.applied_at:
            return [_("It was there before.")]
        now = undoing.digest_of(facts) if isinstance(record, Action) else needs_undoing.digest_of(record)
        if not row.before:
            return [_("It was applied before the platform kept what stood there before.")]
        return [] if row.before.get("digest") == now else [_("It was changed since.")]

    def _changed(
        self,
        row: ImportRow,
        record: Action | Need,
        facts: comparing.Facts,
        tied: Mapping[tuple[Any, ...], str],
    ) -> Undone:
        """Topic by topic: half of what goes together would say something new."""
        topics, words = provenance.topics_of(row.subject), topic_words(row.subject)
        by_topic: dict[str, list[str]] = defaultdict(list)
        for name in row.before["facts"]:
            by_topic[topics.of[name]].append(name)
        found = Undone(row, record, Back.RESTORED)
        for topic, names in by_topic.items():
            try:
                if not self._stands(record, topic, names, row, facts):
                    found.reasons.append(_("%(what)s: changed or confirmed since.") % {"what": words[topic]})
                    continue
                returning = {name: self._before(row, name) for name in names}
            except LookupError as gone:
                found.reasons.append(
                    _("%(what)s: %(body)s is no longer in the register.")
                    % {"what": words[topic], "body": gone}
                )
                continue
            if "flows" in returning and any(flow not in returning["flows"] for flow in tied):
                found.reasons.append(
                    _("%(what)s: a sum was tied to another report.") % {"what": words[topic]}
                )
                continue
            found.facts |= returning
        if found.reasons:
            found.outcome = Back.PARTLY if found.facts else Back.KEPT
        return found

    def _stands(
        self, record: Action | Need, topic: str, names: Sequence[str], row: ImportRow, facts: comparing.Facts
    ) -> bool:
        """Whether a topic still comes from this file, unconfirmed, with the values that the file gave it."""
        standing = provenance.topics_of(row.subject).standing(record, topic)
        if standing.confirmed is not None or standing.origin.file != self.imported.pk:
            return False
        after = {name: row.before["facts"][name][1] for name in names}
        if isinstance(record, Need):
            return all(needs_undoing.is_as_left(record, name, after[name]) for name in names)
        return all(undoing.is_as_left(name, facts[name], after[name]) for name in names)

    def _before(self, row: ImportRow, name: str) -> Any:
        kept = row.before["facts"][name][0]
        return kept if row.subject == "needs" else undoing.back(name, kept, self._body)

    def _body(self, printed: str, key: int | None) -> int | None:
        return key if key in self.bodies else self.directory.find(printed)

    def _since(self, records: Iterable[Model]) -> dict[str, list[str]]:
        """What was done to records after the file was applied, in words."""
        subjects = {f"{record._meta.label_lower}:{getattr(record, 'ref', '')}": record for record in records}
        found: dict[str, list[str]] = defaultdict(list)
        events = Event.objects.filter(on__in=subjects, at__gt=self.imported.applied_at)
        for on, name in events.order_by("number").values_list("on", "name"):
            if name.startswith(("actions.", "needs.")) and name not in _TELL_NOTHING:
                words = _event_words(name)
                if words not in found[ref := getattr(subjects[on], "ref", "")]:
                    found[ref].append(words)
        return found

    def _later(self, refs: Collection[str], subject: str) -> dict[str, list[str]]:
        """Later files that state these records too: taking this one back would contradict them."""
        rows = ImportRow.objects.filter(record_ref__in=refs, subject=subject, verdict__in=_STATED)
        others = rows.filter(
            of_import__state=ImportState.APPLIED, of_import__applied_at__gt=self.imported.applied_at
        )
        found: dict[str, list[str]] = defaultdict(list)
        for ref, name in others.values_list("record_ref", "of_import__file_name").distinct():
            found[ref].append(_("A later file states it too: %(file)s.") % {"file": name})
        return found


def _entered(row: ImportRow, record: Action | Need, why: list[str], holds: list[Hold]) -> Undone:
    """A record that the file entered."""
    later = [hold.reason for hold in holds if not hold.of_import]
    if why or later:
        return Undone(row, record, Back.KEPT, [*why, *later])
    with_it = [hold.reason for hold in holds]
    return Undone(row, record, Back.WITHDRAWN if with_it else Back.REMOVED, with_it)


def _tied(keys: Collection[int]) -> dict[int, dict[tuple[Any, ...], str]]:
    """Sums of these actions of which it was said that another report tells of them, or that they tell of another."""
    words = _("A sum of it was tied to another report.")
    found: dict[int, dict[tuple[Any, ...], str]] = defaultdict(dict)
    flows = Flow.objects.filter(action__in=keys).filter(Q(report_of__isnull=False) | Q(reports__isnull=False))
    for flow in flows.distinct():
        found[flow.action_id][comparing.flow_recorded(flow)] = words
    return found


def _event_words(name: str) -> str:
    words = {
        "actions.action_confirmed": _("Somebody has confirmed it since."),
        "actions.action_placed": _("It was placed under a measure of the framework since."),
        "actions.absence_decided": _(
            "Somebody has decided since what it means that a file no longer holds it."
        ),
        "needs.need_confirmed": _("Somebody has confirmed it since."),
        "needs.need_placed": _("It was placed in the framework since."),
        "needs.body_named": _("Its body was named since."),
    }
    return words.get(name) or _("Something was decided about it since.")
