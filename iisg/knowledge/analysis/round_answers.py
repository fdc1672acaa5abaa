"""Who was asked in the round that a day belongs to, and who had not answered by then."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.analysis.links import address
from iisg.knowledge.cycles.models import Cycle, Return
from iisg.office.pillars.models import Pillar


@dataclass(frozen=True, slots=True)
class Silent:
    """A member that has not answered, with the pillars it was asked about and its page in the round."""

    organisation: Organisation
    pillars: tuple[Pillar, ...]
    href: str = ""


@dataclass(frozen=True, slots=True)
class RoundAnswers:
    """A round on a day: how many answers were asked for, one per member and pillar, and whose are missing."""

    cycle: Cycle
    asked: int
    silent: tuple[Silent, ...]

    @property
    def missing(self) -> int:
        """How many answers are missing."""
        return sum(len(member.pillars) for member in self.silent)

    @property
    def answered(self) -> int:
        """How many have come."""
        return self.asked - self.missing

    @property
    def href(self) -> str:
        """The round's own page."""
        return address("round", self.cycle.ref)

    def named(self, shown: Collection[str]) -> list[Silent]:
        """Those of the silent members that are called so."""
        return [member for member in self.silent if member.organisation.shown in shown]


def round_answers(reader: object, cycle: Cycle | None, day: date, pillar: str = "") -> RoundAnswers | None:
    """The round's answers by a day, for one pillar or all; None where no round had begun."""
    if cycle is None:
        return None
    asked = Return.objects.visible_to(reader).filter(cycle=cycle, asked_on__lte=day)
    if pillar:
        asked = asked.filter(pillar=pillar)
    silent: dict[Organisation, list[Pillar]] = {}
    for missing in asked.outstanding_on(day).select_related("organisation", "pillar"):
        silent.setdefault(missing.organisation, []).append(missing.pillar)
    members = tuple(
        Silent(body, tuple(pillars), address("round_member", cycle.ref, body.ref))
        for body, pillars in silent.items()
    )
    return RoundAnswers(cycle, asked.count(), members)
