"""Made-up needs and their framework for tests of the house."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from iisg.foundations.orgs.factories import make_partner
from iisg.knowledge.needs.models import FrameworkVersion, Measure, Need, NeedState, Objective, Placement
from iisg.knowledge.needs.signals import needs_changed

AT = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
_numbers = count(1)


def make_objective(
    pillar: str = "WBBSi", four_p: str = "Protect", title: str = "Controls at the border"
) -> Objective:
    """The objective of that title, made once, in a draft framework."""
    version, _new = FrameworkVersion.objects.get_or_create(
        ref="made-up", defaults={"title": "Made-up framework", "valid_from": date(2026, 1, 1)}
    )
    found = Objective.objects.filter(version=version, pillar_id=pillar, four_p=four_p, title=title).first()
    return found or Objective.objects.create(version=version, pillar_id=pillar, four_p=four_p, title=title)


def make_measure(code: str = "BS-PRO-1", objective: Objective | None = None, title: str = "") -> Measure:
    """The measure of that code, made once."""
    measure, _new = Measure.objects.get_or_create(
        objective=objective or make_objective(), code=code, defaults={"title": title or f"Measure {code}"}
    )
    return measure


def make_need(
    title: str = "",
    partners: Iterable[str] = ("AL",),
    measures: Iterable[Measure] | None = None,
    **facts: Any,
) -> Need:
    """A counted need of the partners under the measures (one of border security unless given)."""
    number = next(_numbers)
    wanted: dict[str, Any] = {
        "ref": f"N-{number:04}",
        "title": title or f"Need number {number}",
        "state": NeedState.COMPILED,
        "is_operational": True,
        "recorded_at": AT,
        "changed_at": AT,
    }
    need = Need.objects.create(**(wanted | facts))
    need.partners.set([make_partner(code) for code in partners])
    for measure in [make_measure()] if measures is None else measures:
        Placement.objects.create(need=need, objective=measure.objective, measure=measure)
    needs_changed.send(Need, keys=[need.pk])
    return need
