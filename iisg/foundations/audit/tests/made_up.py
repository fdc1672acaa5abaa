"""A made-up log and the package of a decision in it, without a database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from iisg.foundations.audit.notes import SigningKey, checkpoint_text, sign
from iisg.foundations.audit.package import Entry, contents, zipped
from iisg.foundations.audit.sealing import canonical, commitments, leaf_text, new_seed, salt_of, values_of
from iisg.foundations.audit.tree import Tree, leaf_hash

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
KEY = SigningKey("log.example/iisg", bytes(range(32)))
OTHER = SigningKey("log.example/iisg", bytes(range(1, 33)))
TEXT = "The Board admits the Agency of Border Matters. 1 € = 61,5 ден".encode()


@dataclass(slots=True)
class MadeUpLog:
    """Events as texts and salts; as many as are wanted."""

    key: SigningKey = KEY
    entries: list[Entry] = field(default_factory=list)

    def add(self, name: str, by: str = "somebody", **facts: object) -> int:
        """One more event; its number."""
        number = len(self.entries) + 1
        seed, values, at = new_seed(), values_of(by, facts), AT + timedelta(hours=number)
        text = leaf_text(number, name, f"board.decision:{number % 3}", at, commitments(seed, values))
        self.entries.append(Entry(number, text, {key: (salt_of(seed, key), values[key]) for key in values}))
        return number

    def tree(self) -> Tree:
        """The whole tree."""
        return Tree([leaf_hash(entry.text.encode()) for entry in self.entries])

    def checkpoint(self, size: int | None = None, *keys: SigningKey) -> str:
        """The signed note over the first `size` events."""
        size = len(self.entries) if size is None else size
        text = checkpoint_text(self.key.name, size, self.tree().root(size))
        return sign(text, *(keys or (self.key,)))

    def keys(self) -> str:
        """The list of keys that a member keeps."""
        return f"{self.key.public}\n"


def a_log(before: int = 7, after: int = 4) -> tuple[MadeUpLog, list[int]]:
    """A log with one decision in it: opened, three positions among other deeds, taken; the numbers of its events."""
    log = MadeUpLog()
    for number in range(before):
        log.add("actions.action_recorded", title=f"action {number}")
    numbers = [log.add("board.proposal_opened", text="sha256 of the text", days=10)]
    for member in ("Albania", "Kosovo*", "Serbia"):
        log.add("letters.letter_sent", to=member)
        numbers.append(log.add("board.position_taken", by=f"Member for {member}", value="agree", reason=None))
    package = contents({"number": "D-7", "result": "adopted"}, entries=numbers, files={"text.txt": TEXT})
    numbers.append(log.add("board.decision_taken", package=package))
    for number in range(after):
        log.add("actions.action_recorded", title=f"later {number}")
    return log, numbers


def a_package(log: MadeUpLog, numbers: Sequence[int], **other: Any) -> bytes:
    """The package of that decision, everything in it shown; `earlier` and `note` may be given."""
    chosen = [log.entries[number - 1] for number in numbers]
    earlier = other.pop("earlier", [log.checkpoint(3), log.checkpoint(9)])
    given = {"files": {"text.txt": TEXT}} | other
    note = given.pop("note", None) or log.checkpoint()
    keys = given.pop("keys", [log.key.public])
    return zipped(chosen, log.tree(), note, earlier, keys, **given)


def spelt(value: object) -> str:
    """Canonical JSON."""
    return canonical(value)
