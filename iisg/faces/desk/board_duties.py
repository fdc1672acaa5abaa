"""What is to be done about the Board: a position while silence runs, a clock that stands still, a list that waits."""

from __future__ import annotations

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from iisg.faces.desk.duties import MOST, Duty
from iisg.foundations.access.actors import Actor
from iisg.governance.board.models import Proposal, ProposalState, Silence, SilenceState, Subject
from iisg.governance.board.wording import moment_in_words


def positions_due(reader: Actor) -> list[Duty]:
    """Procedures in which the reader's seat has said nothing; silence then counts as agreement."""
    running = Silence.objects.visible_to(reader).filter(
        state=SilenceState.OPEN, roster__seat__organisation__in=reader.organisation_keys
    )
    spoken = running.filter(positions__seat__organisation__in=reader.organisation_keys)
    open_ones = running.exclude(pk__in=spoken).select_related("proposal").prefetch_related("periods")
    return [
        Duty(
            what=_("Take a position: %(title)s") % {"title": one.proposal.title},
            why=_("Silence counts as agreement from %(end)s.") % {"end": moment_in_words(one.ends_at)},
            href=reverse("position", args=[one.pk]),
            due_on=localtime(one.ends_at).date(),
            weight=1,
        )
        for one in open_ones[:MOST]
    ]


def board_duties(reader: Actor) -> list[Duty]:
    """The Secretariat's own."""
    stopped = (
        Silence.objects.visible_to(reader).filter(state=SilenceState.SUSPENDED).select_related("proposal")
    )
    waiting = Proposal.objects.visible_to(reader).filter(
        state=ProposalState.DRAFT, subject=Subject.MEMBERSHIP
    )
    return [
        *(
            Duty(
                what=_("Let everybody have the notice: %(title)s") % {"title": one.proposal.title},
                why=_("Its clock stands still because a seat was not reached."),
                href=reverse("silence", args=[one.pk]),
                weight=1,
            )
            for one in stopped[:MOST]
        ),
        *(
            Duty(
                what=_("Open the procedure on %(title)s") % {"title": one.title},
                why=_("The list was put to the Board; its silent written procedure is not open yet."),
                href=reverse("proposal", args=[one.ref]),
                weight=2,
            )
            for one in waiting[:MOST]
        ),
    ]
