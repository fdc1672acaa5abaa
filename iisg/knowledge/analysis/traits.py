"""What lists of actions choose by beside day, partner and pillar: kind, stage and assistance, as bits of one number.

One number is one column of the index that every such list is counted from.
"""

from __future__ import annotations

from collections.abc import Iterable

from iisg.knowledge.actions.models import ActionKind, AssistanceKind, Stage

TRAITS = (
    *(("kind", kind) for kind in ActionKind.values),
    *(("stage", stage) for stage in (*Stage.values, "")),
    *(("assistance", kind) for kind in AssistanceKind.values),
)
"""Each has its bit, in this order; a stage that is not stated has one too. A recount follows when they change."""
_BITS = {trait: 1 << place for place, trait in enumerate(TRAITS)}


def traits(*, kind: str | None = None, stage: str | None = None, assistance: Iterable[str] = ()) -> int:
    """The bits of what is given; None gives nothing, and so does a value that is none of ours."""
    given = [("kind", kind), ("stage", stage), *(("assistance", one) for one in assistance)]
    found = 0
    for name, value in given:
        if value is not None:
            found |= _BITS.get((name, value), 0)
    return found
