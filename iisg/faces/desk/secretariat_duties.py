"""What the Secretariat should do: files, names, silent members, gaps, follow-ups, likely answers."""

from __future__ import annotations

from datetime import date
from itertools import chain
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from iisg.faces.desk.duties import MOST, Duty, import_duties, in_order, needs_address, open_returns
from iisg.faces.desk.needs_register import NeedLine, lines_of
from iisg.faces.desk.suggesting import STRONG
from iisg.foundations.access.actors import Actor
from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.analysis.engine.rows import ActionRow, NeedRow, Running, State
from iisg.knowledge.analysis.engine.running import running_at
from iisg.knowledge.analysis.engine.suggest import Suggestion, suggest
from iisg.knowledge.analysis.reading import Picture
from iisg.knowledge.analysis.wording import several
from iisg.knowledge.cycles.models import Return
from iisg.knowledge.responses.models import IDENTITY, Relation, Response

PAIRS = 20_000
"""Pairs of need and action that the desk compares at most; the needs with gaps come first."""


def secretariat_duties(reader: Actor, found: Picture) -> list[Duty]:
    """The Secretariat's own: imports, names, silent members, gaps, follow-ups, likely answers."""
    lines = lines_of(found, {row.ref for row in found.needs})
    return in_order(
        chain(
            import_duties(reader),
            _name_duties(),
            _relation_duties(reader),
            _silent_members(reader, found.day),
            _gap_duties(lines, found),
            _follow_up_duties(reader, found.day),
            _likely_answers(lines, found),
        )
    )


def _name_duties() -> list[Duty]:
    names = list(Organisation.objects.unconfirmed().order_by("name").values_list("name", flat=True))
    if not names:
        return []
    what = ngettext(
        "Confirm %(count)d organisation that an import named",
        "Confirm %(count)d organisations that imports named",
        len(names),
    )
    return [
        Duty(
            what=what % {"count": len(names)},
            why=several(names, most=4),
            href=reverse("unconfirmed_organisations"),
            weight=3,
        )
    ]


def _relation_duties(reader: Actor) -> list[Duty]:
    """Pairs of records of which one may be something to the other, which changes figures once it is decided."""
    count = Relation.objects.visible_to(reader).proposed().filter(kind__in=IDENTITY).count()
    if not count:
        return []
    what = ngettext(
        "Decide how %(count)d pair of records belongs together",
        "Decide how %(count)d pairs of records belong together",
        count,
    )
    return [
        Duty(
            what=what % {"count": count},
            why=_("Until it is decided, two reports of one action count twice."),
            href=reverse("relations"),
            weight=4,
        )
    ]


def _silent_members(reader: Actor, day: date) -> list[Duty]:
    """Members whose answers are overdue: one duty for each, naming its pillars."""
    late: dict[Organisation, list[Return]] = {}
    for one in open_returns(reader, day):
        if one.cycle.due_on < day:
            late.setdefault(one.organisation, []).append(one)
    return [
        Duty(
            what=_("Remind %(member)s: no answer on %(pillars)s")
            % {"member": member, "pillars": several(r.pillar_id for r in returns)},
            why=_("Until it answers, needs under these pillars stay not known."),
            href=needs_address(pillar=returns[0].pillar_id, state="not_known"),
            due_on=returns[0].cycle.due_on,
            weight=2,
        )
        for member, returns in late.items()
    ]


def _gap_duties(lines: list[NeedLine], found: Picture) -> list[Duty]:
    """Gaps of high priority one by one, then all for which nobody has judged anything."""
    gaps = [line for line in lines if any(c.state is State.GAP for c in line.coverages)]
    urgent = [line for line in gaps if line.need.priority == "high"]
    judged = {r.need for r in found.responses}
    unjudged = [line for line in gaps if line.need.ref not in judged]
    duties = [
        Duty(
            what=_("Find an answer to %(ref)s: %(title)s") % {"ref": line.need.ref, "title": line.need.title},
            why=_("High priority, and a gap for %(partners)s.") % {"partners": line.partners},
            href=reverse("need", args=[line.need.ref]),
            weight=2,
        )
        for line in urgent[:MOST]
    ]
    if unjudged:
        what = ngettext(
            "Look for answers to %(count)d need: a gap, and nothing judged yet",
            "Look for answers to %(count)d needs: gaps, and nothing judged yet",
            len(unjudged),
        )
        duties.append(
            Duty(
                what=what % {"count": len(unjudged)},
                why=several([line.need.ref for line in unjudged], most=4),
                href=needs_address(state="gap"),
                weight=6,
            )
        )
    return duties


def _follow_up_duties(reader: Actor, day: date) -> list[Duty]:
    """Judgements to look at again one year on (rules.md 5)."""
    due = Response.objects.visible_to(reader).due_on(day)
    return [
        Duty(
            what=_("One year on: did %(action)s meet %(need)s?")
            % {"action": one.action.ref, "need": one.need.ref},
            why=one.need.title,
            href=reverse("follow_up", args=[one.pk]),
            due_on=one.follow_up_on,
            weight=4,
        )
        for one in due.select_related("need", "action").order_by("follow_up_on", "pk")[:MOST]
    ]


def _likely_answers(lines: list[NeedLine], found: Picture) -> list[Duty]:
    """Suggestions with a high score for needs with a gap, which nobody has judged."""
    open_refs = {line.need.ref for line in lines if any(c.state is State.GAP for c in line.coverages)}
    judged = {(r.need, r.action) for r in found.responses}
    needs = [row for row in found.needs if row.ref in open_refs]
    likely = [s for s in _suggested(needs, found.actions, found.day) if (s.need, s.action) not in judged]
    likely.sort(key=lambda s: (-s.score, s.need, s.action))
    return [
        Duty(
            what=_("Judge whether %(action)s answers %(need)s") % {"action": s.action, "need": s.need},
            why=f"{found.actions_by_ref[s.action].title} → {found.needs_by_ref[s.need].title}",
            href=reverse("judge") + "?" + urlencode({"need": s.need, "action": s.action}),
            weight=5,
        )
        for s in likely[:MOST]
    ]


def _suggested(needs: list[NeedRow], actions: list[ActionRow], day: date) -> list[Suggestion]:
    """Strong suggestions of what runs or is to come, within the bound of PAIRS."""
    current = [a for a in actions if running_at(a, day) in (Running.RUNNING, Running.PLANNED)]
    most = PAIRS // max(1, len(current))
    found = suggest(needs[:most], current, day, top=3) if current and needs else []
    return [s for s in found if s.score >= STRONG]
