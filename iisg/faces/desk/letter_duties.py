"""What the Secretariat should do about letters, each duty leading to the list of exactly those."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from iisg.faces.desk.duties import Duty
from iisg.foundations.access.actors import Actor
from iisg.office.letters.models import Letter, LetterState


def letter_duties(reader: Actor, day: date) -> list[Duty]:
    """Letters that did not arrive, wait to be posted, are overdue, wait for approval; nothing where there are none."""
    seen = Letter.objects.visible_to(reader).order_by()
    lost, paper = seen.not_arrived().count(), seen.to_be_posted().count()
    late, drafts = seen.overdue(day).count(), seen.filter(state=LetterState.DRAFT).count()
    duties = [
        (
            lost,
            ngettext("%(count)d letter did not arrive", "%(count)d letters did not arrive", lost),
            _("Correct the address and send it again, or reach the addressee by post."),
            {"arrival": "not_arrived"},
            1,
        ),
        (
            paper,
            ngettext("%(count)d letter waits to be posted", "%(count)d letters wait to be posted", paper),
            _("Print it, post it or have it carried, and note how."),
            {"arrival": "to_post"},
            2,
        ),
        (
            late,
            ngettext("%(count)d answer overdue", "%(count)d answers overdue", late),
            _("Remind the addressee, or answer what waits with us."),
            {"overdue": "on"},
            2,
        ),
        (
            drafts,
            ngettext("%(count)d draft waits for approval", "%(count)d drafts wait for approval", drafts),
            _("Until it is approved it has no number and goes to nobody."),
            {"state": "draft"},
            3,
        ),
    ]
    return [
        Duty(
            what=what % {"count": count},
            why=why,
            href=f"{reverse('letters')}?{urlencode(chosen)}",
            weight=weight,
        )
        for count, what, why, chosen, weight in duties
        if count
    ]
