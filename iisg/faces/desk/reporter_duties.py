"""What a focal point or national coordinator should do for its own organisation."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import chain

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from iisg.faces.desk.duties import MOST, Duty, import_duties, in_order, needs_address, open_returns
from iisg.faces.desk.forms import MINE
from iisg.faces.desk.needs_register import to_complete
from iisg.faces.desk.round_page import member_address, sent_since
from iisg.foundations.access.actors import Actor
from iisg.knowledge.actions.models import Action, PartyRole, Stage
from iisg.knowledge.cycles.rules import speaks_for

_TAKES_PART = Q(parties__role__in=(PartyRole.FUNDING, PartyRole.IMPLEMENTING))


def reporter_duties(reader: Actor, day: date) -> list[Duty]:
    """Returns to send in, actions to confirm, files that wait, needs to complete."""
    return in_order(
        chain(_own_returns(reader, day), _own_actions(reader, day), import_duties(reader), _own_needs(reader))
    )


def _own_returns(reader: Actor, day: date) -> list[Duty]:
    """Answers that are owed; what was sent in is never taken for the whole answer, so it is asked."""
    returns = [r for r in open_returns(reader, day) if speaks_for(reader, r)]
    sent = sent_since(returns)
    return [
        Duty(
            what=_("Is this everything for %(pillar)s?") % {"pillar": one.pillar_id},
            why=f"{one.organisation}: {sent[one.pk].in_words} {_('Only you can say that this is all.')}",
            href=member_address(one.cycle, one.organisation),
            due_on=one.cycle.due_on,
            weight=1,
        )
        if one.pk in sent
        else Duty(
            what=_("Send in what %(member)s does under %(pillar)s")
            % {"member": one.organisation, "pillar": one.pillar_id},
            why=one.cycle.title,
            href=member_address(one.cycle, one.organisation),
            due_on=one.cycle.due_on,
            weight=1,
        )
        for one in returns
    ]


def _own_actions(reader: Actor, day: date) -> list[Duty]:
    """Actions that the member may change, whose end has passed though nobody says so, or whose days are not known."""
    keys = reader.organisation_keys
    own = Action.objects.visible_to(reader).filter(
        Q(reporter__in=keys)
        | Q(_TAKES_PART, reporter=None, parties__organisation__in=keys)
        | Q(_TAKES_PART, reporter=None, parties__organisation__parent__in=keys)
    )
    ended = own.filter(end_on__lt=day).exclude(stage__in=(Stage.COMPLETED, Stage.CANCELLED)).distinct()
    dateless = own.filter(Q(start_on=None) | Q(end_on=None)).exclude(
        stage__in=(Stage.COMPLETED, Stage.CANCELLED)
    )
    return [
        *_of_actions(
            ended, _("Confirm that %(ref)s has ended"), _("Its last possible day has passed."), "stage"
        ),
        *_of_actions(
            dateless.distinct(),
            _("Say when %(ref)s starts and ends"),
            _("Its dates are not all known."),
            "start",
        ),
    ]


def _of_actions(actions: Iterable[Action], what: str, why: str, field: str) -> list[Duty]:
    return [
        Duty(
            what=what % {"ref": one.ref},
            why=f"{one.title} · {why}",
            href=reverse("change_action", args=[one.ref]) + f"#id_{field}",
            weight=4,
        )
        for one in list(actions)[:MOST]
    ]


def _own_needs(reader: Actor) -> list[Duty]:
    """Needs of the own partner that are not specific enough to be submitted (rules.md 5)."""
    vague = to_complete(reader).count()
    if not vague:
        return []
    what = ngettext(
        "Complete %(count)d need before it can be submitted",
        "Complete %(count)d needs before they can be submitted",
        vague,
    )
    return [
        Duty(
            what=what % {"count": vague},
            why=_("They do not yet say which body, what capability, by when, or how one would see them met."),
            href=needs_address(specific=MINE),
            weight=6,
        )
    ]
