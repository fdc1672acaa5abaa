"""A round as its pages show it: who was asked, who has answered, and what each silence leaves open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Count, Max
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from iisg.faces.desk.duties import Due, due
from iisg.foundations.access.actors import Actor
from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.actions.models import Action, Import
from iisg.knowledge.analysis.engine.coverage import not_answered
from iisg.knowledge.analysis.engine.rows import Outstanding, State
from iisg.knowledge.analysis.summary import Summary, summary_on
from iisg.knowledge.cycles.models import Cycle, Return


@dataclass(slots=True)
class Left:
    """Needs that stay not known while a member is silent; `alone` are those that wait for nobody else."""

    open: set[str] = field(default_factory=set)
    alone: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Asked:
    """One member of a round: what it still owes, what it has answered, and what its silence leaves open."""

    organisation: Organisation
    href: str
    owed: list[Return]
    answered: list[Return]
    left: Left | None


@dataclass(frozen=True, slots=True)
class RoundPage:
    """A round on a day; `lines` are its members, those whose silence leaves most open first."""

    cycle: Cycle
    due: Due | None
    lines: list[Asked]
    asked: int
    answered: int
    nothing: int
    speaks: bool

    @property
    def silent(self) -> list[Asked]:
        """Members that owe an answer."""
        return [line for line in self.lines if line.owed]

    @property
    def heard(self) -> list[Asked]:
        """Members that have answered on at least one pillar, by name."""
        found = [line for line in self.lines if line.answered]
        return sorted(found, key=lambda line: line.organisation.name)

    @property
    def missing(self) -> int:
        """Answers that have not come."""
        return self.asked - self.answered


@dataclass(frozen=True, slots=True)
class Sent:
    """What a member has reported under a pillar since it was asked: how many actions, and the newest moment."""

    actions: int
    last: datetime

    @property
    def in_words(self) -> str:
        """As a sentence."""
        day = date_format(timezone.localtime(self.last), "j F Y")
        if not self.actions:
            return _("A file was applied on %(day)s; it changed no action under this pillar.") % {"day": day}
        said = ngettext(
            "%(count)d action was recorded or changed since the round began, the last on %(day)s.",
            "%(count)d actions were recorded or changed since the round began, the last on %(day)s.",
            self.actions,
        )
        return said % {"count": self.actions, "day": day}


def member_address(cycle: Cycle, organisation: Organisation) -> str:
    """The page of one member in a round."""
    return reverse("round_member", args=[cycle.ref, organisation.ref])


def round_page(reader: Actor, cycle: Cycle, day: date) -> RoundPage:
    """The round in a constant number of queries; what silence leaves open is told of the newest round only."""
    asked = Return.objects.visible_to(reader).filter(cycle=cycle, asked_on__lte=day)
    returns = list(asked.select_related("cycle", "organisation", "pillar"))
    owed = [one for one in returns if _silent_on(one, day)]
    found = summary_on(reader, day)
    speaks = found.cycle == cycle
    left = left_open(found, owed) if speaks else {}
    members: dict[Organisation, list[Return]] = defaultdict(list)
    for one in returns:
        members[one.organisation].append(one)
    lines = [
        Asked(
            body,
            member_address(cycle, body),
            [one for one in theirs if _silent_on(one, day)],
            [one for one in theirs if not _silent_on(one, day)],
            together(left[one.pk] for one in theirs if one.pk in left) if speaks else None,
        )
        for body, theirs in members.items()
    ]
    lines.sort(key=lambda line: (-len(line.left.open) if line.left else 0, line.organisation.name))
    heard = [one for one in returns if not _silent_on(one, day)]
    nothing = sum(one.nothing_to_report for one in heard)
    return RoundPage(cycle, due(cycle.due_on, day), lines, len(returns), len(heard), nothing, speaks)


def _silent_on(one: Return, day: date) -> bool:
    return one.answered_on is None or one.answered_on > day


def left_open(found: Summary, owed: Iterable[Return]) -> dict[int, Left]:
    """By return, the needs that nobody can know of while it is owed."""
    silent = [(one.pk, Outstanding(str(one.pk), one.pillar_id, one.organisation.code or "")) for one in owed]
    left = {key: Left() for key, _one in silent}
    needs = {need.ref: need for need in found.needs}
    known: dict[tuple[frozenset[str], str], list[int]] = {}
    for answer in found.answers:
        if answer.state is not State.NOT_KNOWN or not answer.outstanding:
            continue
        need = needs[answer.need]
        key = (need.pillars, answer.partner)
        if key not in known:
            known[key] = [pk for pk, one in silent if not_answered(need, answer.partner, [one])]
        for pk in known[key]:
            left[pk].open.add(answer.need)
            if len(answer.outstanding) == 1:
                left[pk].alone.add(answer.need)
    return left


def together(several: Iterable[Left]) -> Left:
    """What several silences leave open, each need once."""
    found = Left()
    for one in several:
        found.open |= one.open
        found.alone |= one.alone
    return found


def sent_since(returns: Iterable[Return]) -> dict[int, Sent]:
    """By return, what its member has reported since it was asked; none for one that has reported nothing."""
    returns = list(returns)
    if not returns:
        return {}
    bodies = {one.organisation_id for one in returns}
    first = timezone.make_aware(datetime.combine(min(one.asked_on for one in returns), datetime.min.time()))
    reported = Action.objects.filter(reporter__in=bodies, changed_at__gte=first).order_by()
    by_pillar: dict[tuple[int, str], tuple[int, datetime]] = {
        (body, pillar or ""): (number, last)
        for body, pillar, number, last in reported.values_list("reporter", "pillars").annotate(
            Count("pk", distinct=True), Max("changed_at")
        )
    }
    files = dict(
        Import.objects.filter(reporter__in=bodies, applied_at__gte=first)
        .order_by()
        .values_list("reporter")
        .annotate(Max("applied_at"))
    )
    found: dict[int, Sent] = {}
    for one in returns:
        told = [by_pillar.get((one.organisation_id, code)) for code in (one.pillar_id, "")]
        known = [each for each in told if each]
        moments = [last for _number, last in known]
        if one.organisation_id in files:
            moments.append(files[one.organisation_id])
        if moments:
            found[one.pk] = Sent(sum(number for number, _last in known), max(moments))
    return found
