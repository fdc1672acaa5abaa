"""What an administrator can do who has the database, its guards and the log's key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from iisg.foundations.audit.guards import opened
from iisg.foundations.audit.keys import signing_key
from iisg.foundations.audit.models import FIRST, Checkpoint, Event, Head
from iisg.foundations.audit.notes import checkpoint_text, sign
from iisg.foundations.audit.sealing import new_seed
from iisg.foundations.audit.tree import Frontier

OPENED, OBJECTED, AGREED, TAKEN = 3, 4, 5, 6
"""Numbers of the decision's events in the log that the scenarios start from."""


def other_value() -> None:
    """An objection becomes an agreement."""
    _change(OBJECTED, facts={"value": "agree", "reason": None})


def other_person() -> None:
    _change(AGREED, by="somebody else")


def other_moment() -> None:
    """An objection that came in time becomes a late one."""
    event = Event.objects.get(number=OBJECTED)
    Event.objects.filter(pk=event.pk).update(at=event.at + timedelta(days=9))


def other_name() -> None:
    Event.objects.filter(number=OBJECTED).update(name="board.comment_made")


def other_subject() -> None:
    Event.objects.filter(number=OBJECTED).update(on="board.proposal:99")


def other_result() -> None:
    event = Event.objects.get(number=TAKEN)
    package = event.facts["package"]
    assert isinstance(package, dict)
    package["decision"]["result"] = "adopted"
    _change(TAKEN, facts={"package": package})


def objection_removed() -> None:
    """And taken out of the list of what belongs to the decision."""
    Event.objects.filter(number=OBJECTED).delete()
    event = Event.objects.get(number=TAKEN)
    package = event.facts["package"]
    assert isinstance(package, dict)
    package["entries"] = [number for number in package["entries"] if number != OBJECTED]
    _change(TAKEN, facts={"package": package})


def stranger_removed() -> None:
    """An event that has nothing to do with the decision."""
    Event.objects.filter(number=1).delete()


def event_put_in() -> None:
    """One more position, dated back, in the place of a later event."""
    for event in Event.objects.filter(number__gte=AGREED).order_by("-number"):
        Event.objects.filter(pk=event.pk).update(number=event.number + 1)
    event = Event.objects.get(number=OBJECTED)
    event.pk, event.number, event.digest = None, AGREED, "0" * 64
    event.save(force_insert=True)


def two_swapped() -> None:
    Event.objects.filter(number=OBJECTED).update(number=900)
    Event.objects.filter(number=AGREED).update(number=OBJECTED)
    Event.objects.filter(number=900).update(number=AGREED)


def cut_and_regrown() -> None:
    """Everything from the objection on is thrown away, and as many other events are put there."""
    for event in Event.objects.filter(number__gte=OBJECTED):
        event.name, event.by, event.facts = "test.thing_done", "the house", {"what": "nothing happened"}
        event.seed = new_seed()
        event.save()


EDITS: list[Callable[[], None]] = [
    other_value, other_person, other_moment, other_name, other_subject, other_result, objection_removed,
    stranger_removed, event_put_in, two_swapped, cut_and_regrown,
]  # fmt: skip


def leave() -> None:
    """Nothing is covered up."""


def recompute() -> None:
    """Every seal, link and the tree made to fit what now stands there; numbers closed up."""
    previous, frontier = FIRST, Frontier()
    for event in Event.objects.order_by("number"):
        event.number = frontier.size + 1
        event.seal(previous)
        event.save(update_fields=["number", "leaf", "digest"])
        previous = event.digest
        frontier.append(bytes.fromhex(event.leaf))
    peaks = [peak.hex() for peak in frontier.peaks]
    Head.objects.update(number=frontier.size, digest=previous, peaks=peaks)


def recompute_and_sign() -> None:
    """And every checkpoint signed anew, with the log's own key."""
    recompute()
    stored, frontier, key = list(Checkpoint.objects.all()), Frontier(), signing_key()
    Checkpoint.objects.all().delete()
    leaves = Event.objects.order_by("number").values_list("leaf", flat=True)
    moments = {each.size: each.at for each in stored} | {len(leaves): stored[-1].at}
    for leaf in leaves:
        frontier.append(bytes.fromhex(leaf))
        if frontier.size in moments:
            root = frontier.root()
            note = sign(checkpoint_text(key.name, frontier.size, root), key)
            Checkpoint.objects.create(
                size=frontier.size, root=root.hex(), note=note, at=moments[frontier.size]
            )


COVERS: list[Callable[[], None]] = [leave, recompute, recompute_and_sign]


def tamper(edit: Callable[[], None], cover: Callable[[], None]) -> None:
    """The guards taken away, the deed done and covered up, the guards put back."""
    with opened():
        edit()
        cover()


def _change(number: int, **changed: object) -> None:
    """Other values, with a fresh seed as if they had always been there."""
    event = Event.objects.get(number=number)
    for name, value in changed.items():
        setattr(event, name, value)
    event.seed = new_seed()
    event.save()
