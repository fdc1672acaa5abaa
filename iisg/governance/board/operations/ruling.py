"""The settings of the silent written procedure: a change is a new version."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time

from django.db import transaction
from django.utils.translation import gettext as _

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can
from iisg.foundations.audit.trail import record
from iisg.governance.board import rules
from iisg.governance.board.models import RuleSet, Subject

LEAST_HOURS = 72


@transaction.atomic
def set_rules(
    working_days: int,
    urgent_days: int,
    ends_at: time,
    subjects: Sequence[str],
    breaks_at_once: bool,
    note: str,
    *,
    by: Actor,
    at: datetime,
) -> RuleSet:
    """Set the next version; procedures that run keep the version under which they were opened."""
    findings = [*rules.needs_reason(note)]
    if working_days < 1 or urgent_days < 1 or urgent_days > working_days:
        findings.append(
            rules.error(
                "days", _("A period has at least one working day, an urgent one not more than others.")
            )
        )
    if not set(subjects) <= set(Subject.values):
        findings.append(rules.error("subjects", _("Choose subjects of the list.")))
    require(by, Can.KEEP_SEATS, findings)
    last = RuleSet.objects.select_for_update().order_by("-version").first()
    made = RuleSet.objects.create(
        version=last.version + 1 if last else 1,
        working_days=working_days,
        urgent_days=urgent_days,
        least_hours=LEAST_HOURS,
        ends_at=ends_at,
        subjects=sorted(subjects),
        breaks_at_once=breaks_at_once,
        note=note.strip(),
        set_at=at,
        set_by_label=by.label[:200],
    )
    record("board.rules_set", by=by, on=f"board.ruleset:{made.version}", at=at, days=working_days)
    return made
