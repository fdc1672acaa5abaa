"""What must hold before a judgement or a relation is recorded (rules.md 5)."""

from iisg.knowledge.responses.rules.judgements import may_follow_up, may_judge
from iisg.knowledge.responses.rules.relations import (
    may_choose_report,
    may_decide,
    may_relate,
    may_reverse,
    refusals,
    reports_of,
)

__all__ = [
    "may_choose_report",
    "may_decide",
    "may_follow_up",
    "may_judge",
    "may_relate",
    "may_reverse",
    "refusals",
    "reports_of",
]
