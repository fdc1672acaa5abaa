"""Stories: deeds of a stateful machine that bring a fault to light, kept as data and told again, the same every time.

What a random search meets hangs on the library's version and on the modules that happen to be loaded, so a search is
no proof that a test can repeat. A machine's search finds a story once (`IISG_WRITE_STORIES=1`), shortens it and keeps
it; afterwards it is told to the honest house, which must bear it, and to the house with the fault, which must not.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from itertools import count
from pathlib import Path
from typing import Any

from hypothesis.stateful import INVARIANT_MARKER, RULE_MARKER, RuleBasedStateMachine

Story = list[tuple[str, dict[str, Any]]]
"""Deeds in their order: the name of the rule and what it was given."""
Machine = type[RuleBasedStateMachine]
WRITING = os.environ.get("IISG_WRITE_STORIES") == "1"


def number_from_one() -> None:
    """Let every factory of the house count anew, so that names are the same in each example of a machine."""
    for name, module in list(sys.modules.items()):
        if name.startswith("iisg.") and name.endswith(".factories") and hasattr(module, "_numbers"):
            vars(module)["_numbers"] = count(1)


def marked(machine: Machine, marker: str) -> dict[str, Any]:
    """The methods of a machine that bear a marker of Hypothesis, by name."""
    found = {name: getattr(machine, name, None) for name in dir(machine)}
    return {name: method for name, method in found.items() if hasattr(method, marker)}


def tell(machine: Machine, story: Story) -> None:
    """Do the deeds of a story; every law is checked before the first and after each."""
    laws = marked(machine, INVARIANT_MARKER)
    stage = machine()
    try:
        for name, given in [("", {}), *story]:
            if name:
                getattr(stage, name)(**given)
            for law in laws:
                getattr(stage, law)()
    finally:
        stage.teardown()


def is_borne(machine: Machine, story: Story) -> bool:
    """Whether a story passes without an error of any kind."""
    try:
        tell(machine, story)
    except Exception:
        return False
    return True


def listening(machine: Machine) -> tuple[Machine, Story]:
    """The same machine, and the deeds of its newest example so far."""
    heard: Story = []
    depth = [0]

    def heard_by(name: str, deed: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(deed)
        def done(self: Any, *inner: Any, **given: Any) -> Any:
            if not depth[0]:
                heard.append((name, given))
            depth[0] += 1
            try:
                return deed(self, *inner, **given)
            finally:
                depth[0] -= 1

        setattr(done, RULE_MARKER, replace(getattr(deed, RULE_MARKER), function=done))
        return done

    def begin(self: Any) -> None:
        machine.__init__(self)
        heard.clear()

    deeds = {name: heard_by(name, deed) for name, deed in marked(machine, RULE_MARKER).items()}
    return type(f"Heard{machine.__name__}", (machine,), {"__init__": begin, **deeds}), heard


def shortened(story: Story, still: Callable[[Story], bool]) -> Story:
    """A story without the deeds that are not needed, as long as `still` holds for what is left."""
    width = len(story) // 2
    while width:
        at = 0
        while at < len(story):
            without = story[:at] + story[at + width :]
            if still(without):
                story = without
            else:
                at += width
        width //= 2
    return story


def keep_story(machine: Machine, search: Callable[[Machine], None], place: Path, fault: str) -> None:
    """Search with the fault put in, shorten the story that met it, keep it under the fault's name in a file."""
    listener, heard = listening(machine)
    try:
        search(listener)
    except Exception:
        story = json.loads(json.dumps(heard))
    else:
        raise AssertionError(f"{fault}: the search met no story")
    story = shortened(story, lambda deeds: not is_borne(machine, deeds))
    kept = stories(place) | {fault: story}
    lines = [
        f" {json.dumps(name)}: [\n  " + ",\n  ".join(json.dumps(deed) for deed in kept[name]) + "\n ]"
        for name in sorted(kept)
    ]
    place.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def stories(place: Path) -> dict[str, Story]:
    """What a file keeps, by fault."""
    return json.loads(place.read_text(encoding="utf-8")) if place.exists() else {}
