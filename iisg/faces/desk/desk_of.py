"""What stands on the desk of a person who may read the register."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from iisg.faces.desk.board_duties import positions_due
from iisg.faces.desk.duties import Due, Duty, due, in_order, open_returns
from iisg.faces.desk.meeting_duties import own_action_points
from iisg.faces.desk.needs_register import answered, totals
from iisg.faces.desk.news import News, news
from iisg.faces.desk.reporter_duties import reporter_duties
from iisg.faces.desk.round_page import member_address
from iisg.faces.desk.secretariat_duties import secretariat_duties
from iisg.foundations.access.actors import Actor
from iisg.foundations.access.roles import Can
from iisg.knowledge.analysis.summary import Summary, summary_on
from iisg.knowledge.analysis.wording import several
from iisg.knowledge.cycles.models import Cycle, Return


@dataclass(frozen=True, slots=True)
class Wait:
    """Something that another member is asked for: who, about which pillars, by when."""

    who: str
    href: str
    pillars: str
    due: Due


@dataclass(frozen=True, slots=True)
class Desk:
    """Duties with their due days, what waits for others, what is new, how far the needs are covered."""

    duties: list[tuple[Duty, Due | None]]
    waits: list[Wait]
    news: list[News]
    totals: dict[str, int]
    needs: int
    cycle: Cycle | None


def desk_of(reader: Actor, day: date) -> Desk:
    """The desk of an office, in a constant number of queries."""
    found = summary_on(reader, day)
    duties = _duties(reader, found)
    returns = open_returns(reader, day)
    return Desk(
        duties=[(duty, due(duty.due_on, day)) for duty in duties],
        waits=_waits([one for one in returns if one.organisation_id not in reader.organisation_keys], day),
        news=news(reader),
        totals=totals(answered(found)),
        needs=len(found.needs),
        cycle=found.cycle,
    )


def _duties(reader: Actor, found: Summary) -> list[Duty]:
    if Can.JUDGE_RESPONSES in reader.powers:
        return secretariat_duties(reader, found)
    if Can.IMPORT_OWN_RECORDS in reader.powers:
        return in_order([*reporter_duties(reader, found.day), *own_action_points(reader)])
    return in_order([*positions_due(reader), *own_action_points(reader)])


def _waits(returns: Iterable[Return], day: date) -> list[Wait]:
    """Returns that others owe, one line for each member and round."""
    by_member: dict[tuple[int, int], list[Return]] = {}
    for one in returns:
        by_member.setdefault((one.organisation_id, one.cycle_id), []).append(one)
    return [
        Wait(
            who=owed[0].organisation.name,
            href=member_address(owed[0].cycle, owed[0].organisation),
            pillars=several(one.pillar_id for one in owed),
            due=Due(owed[0].cycle.due_on, (owed[0].cycle.due_on - day).days),
        )
        for owed in by_member.values()
    ]
