"""Packages of decisions from the log: which events, which proofs, which values are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from iisg.foundations.audit.keys import known_keys
from iisg.foundations.audit.models import Checkpoint, Event
from iisg.foundations.audit.package import PACKAGE, Entry, contents, zipped
from iisg.foundations.audit.sealing import FACT
from iisg.foundations.audit.tree import Tree

EARLIER = 50
"""How many older checkpoints a package leads from: any member who kept one of these can compare."""


def package_of(
    decision: Mapping[str, object], *, events: Iterable[Event] = (), files: Mapping[str, bytes] | None = None
) -> dict[str, object]:
    """The value for the fact `package` of the event that ends a decision (see `make_package`)."""
    return contents(decision, entries=[event.number for event in events], files=files)


def make_package(
    last: Event,
    *,
    files: Mapping[str, bytes] | None = None,
    shows: Callable[[Event], Iterable[str]] = lambda event: (),
    receipts: Sequence[Mapping[str, str]] = (),
    checkpoint: Checkpoint | None = None,
) -> bytes:
    """The package (ZIP) of the decision that the event `last` ends; it only reads.

    When the decision is taken, in its transaction:

        last = record("board.decision_taken", by=by, on=decision, at=at,
                      package=package_of({"number": "D-7", …}, events=[opened, *positions], files={"text.pdf": pdf}))
        checkpoint(by=by, at=at)

    Later, whenever a member asks: `make_package(last, files={"text.pdf": pdf}, shows=lambda event: ("by",))`. The files
    are the same bytes as then. `shows` names the sealed values of an event (`by`, `facts.value`) that the reader may
    see; all others stay closed, as do those that were forgotten. The package rests on the newest checkpoint unless one
    is named, and leads from the 50 before it. Raises ValueError where the event ends no decision, where a file is not
    the sealed one, or where no checkpoint covers the event yet.
    """
    package = last.facts.get(PACKAGE)
    if not isinstance(package, dict) or FACT + PACKAGE not in last.salts():
        raise ValueError(f"Event {last.number} seals no decision: it has no fact “{PACKAGE}”.")
    given = dict(files or {})
    if contents({}, files=given)["files"] != package["files"]:
        raise ValueError("These are not the files that were sealed with the decision.")
    base = checkpoint or Checkpoint.objects.order_by("size").last()
    if base is None or base.size < last.number:
        raise ValueError(f"No checkpoint covers event {last.number} yet: checkpoint(by=…, at=…) makes one.")
    events = [*Event.objects.filter(number__in=package["entries"]).order_by("number"), last]
    entries = [
        _entry(event, {*shows(event), *([FACT + PACKAGE] if event is last else [])}) for event in events
    ]
    leaves = Event.objects.filter(number__lte=base.size).order_by("number").values_list("leaf", flat=True)
    older = Checkpoint.objects.filter(size__lt=base.size).order_by("-size")[:EARLIER]
    return zipped(
        entries,
        Tree([bytes.fromhex(leaf) for leaf in leaves]),
        base.note,
        [each.note for each in older],
        known_keys(),
        files=given,
        receipts=receipts,
    )


def _entry(event: Event, names: set[str]) -> Entry:
    values, salts = event.values(), event.salts()
    return Entry(
        event.number,
        event.text(),
        {name: (salts[name], values[name]) for name in sorted(names) if name in salts},
    )
