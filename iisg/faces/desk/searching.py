"""Finding the other side of a judgement by words: what fits, and what was judged already."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from iisg.faces.desk.need_record import TimeTag, time_tag
from iisg.foundations.access.actors import Actor
from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.actions.models import Action
from iisg.knowledge.analysis.engine.rows import ActionRow
from iisg.knowledge.needs.models import Need
from iisg.knowledge.responses.models import Response


@dataclass(frozen=True, slots=True)
class Hit:
    """One record that was found; `judged` the standing judgement of the pair, `time` only for actions."""

    ref: str
    title: str
    href: str
    judge_href: str
    partners: str
    judged: Response | None
    time: TimeTag | None = None


def judge_address(need: str, action: str) -> str:
    """The judge page of a pair."""
    return reverse("judge") + "?" + urlencode({"need": need, "action": action})


def action_hits(need: Need, actions: Iterable[Action], reader: Actor, day: date) -> list[Hit]:
    """Actions of one page (fetched with places) as hits for the need."""
    standing = Response.objects.visible_to(reader).standing().filter(need=need)
    judged = {response.action_id: response for response in standing}
    return [
        Hit(
            ref=one.ref,
            title=one.title,
            href=reverse("action", args=[one.ref]),
            judge_href=judge_address(need.ref, one.ref),
            partners=_names(place.partner for place in one.places.all()),
            judged=judged.get(one.pk),
            time=time_tag(ActionRow(one.ref, start=one.start_on, end=one.end_on, stage=one.stage), day),
        )
        for one in actions
    ]


def need_hits(action: Action, needs: Iterable[Need], reader: Actor) -> list[Hit]:
    """Needs of one page (fetched with partners) as hits for the action."""
    standing = Response.objects.visible_to(reader).standing().filter(action=action)
    judged = {response.need_id: response for response in standing}
    return [
        Hit(
            ref=one.ref,
            title=one.title,
            href=reverse("need", args=[one.ref]),
            judge_href=judge_address(one.ref, action.ref),
            partners=_names(one.partners.all()),
            judged=judged.get(one.pk),
        )
        for one in needs
    ]


def _names(partners: Iterable[Organisation]) -> str:
    return ", ".join(sorted(partner.shown for partner in partners))
