"""What the Secretariat should do: letters, files, names, silent members, gaps, follow-ups, likely answers."""

from __future__ import annotations

from datetime import date
from itertools import chain
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from iisg.faces.desk.board_duties import board_duties
from iisg.faces.desk.duties import MOST, Duty, import_duties, in_order, needs_address, open_returns
from iisg.faces.desk.focal_point_duties import focal_point_duties
from iisg.faces.desk.letter_duties import letter_duties
from iisg.faces.desk.meeting_duties import meeting_duties
from iisg.faces.desk.membership_duties import membership_duties
from iisg.faces.desk.needs_register import Answered, answered, lines_of
from iisg.faces.desk.relation_forms import BELONG
from iisg.faces.desk.round_page import member_address
from iisg.faces.desk.suggesting import STRONG
from iisg.faces.desk.unconfirmed import waiting
from iisg.foundations.access.actors import Actor
from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.analysis.candidates import FEW, actions_under_way, suggested
from iisg.knowledge.analysis.reading import need_row, rows_for_counting
from iisg.knowledge.analysis.summary import Summary
from iisg.knowledge.analysis.wording import several
from iisg.knowledge.cycles.models import Return
from iisg.knowledge.needs.models import Need
from iisg.knowledge.responses.models import IDENTITY, Relation, Response


def secretariat_duties(reader: Actor, found: Summary) -> list[Duty]:
    """The Secretariat's own: letters, imports, names, silent members, gaps, follow-ups, likely answers."""
    gaps = [one for one in answered(found) if one.gaps]
    standing = Response.objects.visible_to(reader).standing().order_by()
    judged = set(standing.values_list("need__ref", flat=True).distinct())
    return in_order(
        chain(
            letter_duties(reader, found.day),
            membership_duties(reader, found.day),
            meeting_duties(reader, found.day),
            board_duties(reader),
            import_duties(reader),
            _name_duties(),
            focal_point_duties(found.day),
            _relation_duties(reader),
            _silent_members(reader, found.day),
            _gap_duties(gaps, judged, reader),
            _follow_up_duties(reader, found.day),
            _likely_answers([one.row.ref for one in gaps], reader, found.day),
        )
    )


def _name_duties() -> list[Duty]:
    names = list(waiting().order_by("name").values_list("name", flat=True))
    if not names:
        return []
    what = ngettext(
        "Confirm %(count)d organisation that an import or a form named",
        "Confirm %(count)d organisations that imports or forms named",
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
            href=f"{reverse('relations')}?{urlencode({'kind': BELONG})}",
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
            href=member_address(returns[0].cycle, member),
            due_on=returns[0].cycle.due_on,
            weight=2,
        )
        for member, returns in late.items()
    ]


def _gap_duties(gaps: list[Answered], judged: set[str], reader: Actor) -> list[Duty]:
    """Gaps of high priority one by one, then all for which nobody has judged anything."""
    urgent = [one for one in gaps if one.row.priority == "high"]
    unjudged = [one.row.ref for one in gaps if one.row.ref not in judged]
    duties = [
        Duty(
            what=_("Find an answer to %(ref)s: %(title)s") % {"ref": line.need.ref, "title": line.need.title},
            why=_("High priority, and a gap for %(partners)s.") % {"partners": line.partners},
            href=reverse("need", args=[line.need.ref]),
            weight=2,
        )
        for line in lines_of(urgent[:MOST], reader)
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
                why=several(unjudged, most=4),
                href=needs_address(state="gap", judged="no"),
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


def _likely_answers(gaps: list[str], reader: Actor, day: date) -> list[Duty]:
    """Suggestions with a high score for needs with a gap, which nobody has judged."""
    needs = {n.ref: n for n in Need.objects.visible_to(reader).filter(ref__in=gaps[:FEW]).with_facts()}
    actions = {action.ref: action for action in actions_under_way(needs.values(), reader, day)}
    rows = tuple(rows_for_counting(list(actions.values())))
    found = suggested(tuple(need_row(need) for need in needs.values()), rows, day, 3)
    strong = [s for s in found if s.score >= STRONG]
    standing = Response.objects.visible_to(reader).standing().filter(need__ref__in={s.need for s in strong})
    judged = set(standing.order_by().values_list("need__ref", "action__ref"))
    likely = [s for s in strong if (s.need, s.action) not in judged]
    likely.sort(key=lambda s: (-s.score, s.need, s.action))
    return [
        Duty(
            what=_("Judge whether %(action)s answers %(need)s") % {"action": s.action, "need": s.need},
            why=f"{actions[s.action].title} → {needs[s.need].title}",
            href=reverse("judge") + "?" + urlencode({"need": s.need, "action": s.action}),
            weight=5,
        )
        for s in likely[:MOST]
    ]
