"""One member in a round: what it owes and has answered, who may say what of it, and the reminder."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from iisg.faces.desk.duties import Due, due
from iisg.faces.desk.round_page import Left, Sent, left_open, member_address, sent_since, together
from iisg.foundations.access.actors import Actor
from iisg.foundations.access.roles import Can
from iisg.foundations.accounts.models import AppointmentQuerySet, User
from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.analysis.summary import summary_on
from iisg.knowledge.analysis.wording import several
from iisg.knowledge.cycles.models import Cycle, CycleState, Return
from iisg.knowledge.cycles.rules import speaks_for


@dataclass(frozen=True, slots=True)
class AskedPillar:
    """One pillar that the member was asked about, with what it has reported since and what its silence leaves open."""

    returned: Return
    is_owed: bool
    sent: Sent | None
    left: Left | None


@dataclass(frozen=True, slots=True)
class Reminder:
    """A mail to the member: to whom ("" where no focal point is known), what it is called and what it says."""

    to: str
    subject: str
    text: str

    @property
    def href(self) -> str:
        """For the reader's own mail program."""
        return f"mailto:{quote(self.to, safe='@,')}?subject={quote(self.subject)}&body={quote(self.text)}"


@dataclass(frozen=True, slots=True)
class MemberPage:
    """What the page of a member in a round shows; the lists of returns are what this reader may act on."""

    cycle: Cycle
    organisation: Organisation
    pillars: list[AskedPillar]
    due: Due | None
    left: Left | None
    may_note: list[Return]
    may_state: list[Return]
    may_take_back: list[Return]
    shows_basis: bool

    @property
    def owed(self) -> list[Return]:
        """What has not been answered."""
        return [one.returned for one in self.pillars if one.is_owed]


def member_page(reader: Actor, cycle: Cycle, organisation: Organisation, day: date) -> MemberPage:
    """The member's part of a round in a constant number of queries."""
    asked = Return.objects.visible_to(reader).filter(cycle=cycle, organisation=organisation)
    returns = list(asked.select_related("cycle", "organisation", "pillar"))
    owed = [one for one in returns if one.answered_on is None]
    found = summary_on(reader, day)
    left = left_open(found, owed) if found.cycle == cycle else {}
    sent = sent_since(owed)
    own = [one for one in returns if speaks_for(reader, one)]
    is_open, runs = cycle.state == CycleState.OPEN, Can.RUN_ROUNDS in reader.powers
    answered = [one for one in returns if one.answered_on is not None and is_open]
    return MemberPage(
        cycle=cycle,
        organisation=organisation,
        pillars=[
            AskedPillar(one, one.answered_on is None, sent.get(one.pk), left.get(one.pk)) for one in returns
        ],
        due=due(cycle.due_on, day),
        left=together(left.values()) if left else None,
        may_note=owed if runs and is_open else [],
        may_state=[one for one in owed if one in own and is_open],
        may_take_back=[one for one in answered if runs or (one.stated_by_member and one in own)],
        shows_basis=runs or bool(own),
    )


def reminder(page: MemberPage, site: str, day: date) -> Reminder:
    """A mail that asks for the answer; `site` is where the house is found ("https://…")."""
    people = User.objects.filter(
        is_demonstration=False, is_active=True, appointments__in=_offices(page.organisation, day)
    )
    pillars = several(str(one.pillar) for one in page.owed)
    said = {
        "round": page.cycle.title,
        "member": page.organisation.name,
        "pillars": pillars,
        "day": date_format(page.cycle.due_on, "j F Y"),
        "page": site + member_address(page.cycle, page.organisation),
    }
    parts = [
        _("Dear colleagues,"),
        _(
            "for the %(round)s we asked %(member)s what it does under %(pillars)s. The answer was to come by %(day)s"
            " and has not reached us."
        )
        % said,
        _(
            "Please send in what you do, or say that you have told all or have nothing to report. It takes two clicks"
            " here:\n%(page)s"
        )
        % said,
        _open_needs(page.left),
        _("With kind regards\nThe Secretariat"),
    ]
    return Reminder(
        to=",".join(people.order_by("email").values_list("email", flat=True).distinct()),
        subject=_("%(round)s: the answer of %(member)s") % said,
        text="\n\n".join(part for part in parts if part),
    )


def _offices(organisation: Organisation, day: date) -> AppointmentQuerySet:
    return organisation.appointments.on(day).filter(role__in=("focal_point", "national_coordinator"))


def _open_needs(left: Left | None) -> str:
    if not left or not left.open:
        return ""
    return ngettext(
        "Until then nobody can know whether %(count)d need of the partners is answered.",
        "Until then nobody can know whether %(count)d needs of the partners are answered.",
        len(left.open),
    ) % {"count": len(left.open)}
