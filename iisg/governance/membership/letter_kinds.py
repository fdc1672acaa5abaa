"""Letters on the way to membership, each with the house's own wordings (methodology 2.1)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from iisg.governance.membership.wordings import translations_of
from iisg.office.letters.kinds import Fact, FactType, Kind, Wording, Words, make_known

_BODY = Fact("organisation", _("Name of the organisation"))
_CASE = Fact("case", _("Reference of the case"))
_LINK = Fact("link", _("The applicant's own link"), FactType.LINK)
_DUE = Fact("due_on", _("Day by which an answer is expected"), FactType.DAY)
_DAY = Fact("day", _("Day from which it holds"), FactType.DAY)
_REASON = Fact("reason", _("The reason, or what is asked"), FactType.PARAGRAPHS)
_BASIS = Fact("basis", _("The decision or the ground"))
_DECISION = Fact("decision", _("Number of the decision"))
_GROUND = Fact("ground", _("Ground of membership"))
_MISSING = Fact("missing", _("What is missing"), FactType.PARAGRAPHS)
_END = "\n\nYours sincerely,"


def _kind(
    slug: str,
    label: Words,
    purpose: str,
    facts: tuple[Fact, ...],
    subject: str,
    body: str,
    numbered: bool = True,
) -> Kind:
    text = "{salutation},\n\n" + body[0].upper() + body[1:] + _END
    english, others = Wording(subject, text), translations_of(slug)
    return Kind(f"membership-{slug}", label, purpose, facts, english, numbered, others)


make_known(
    _kind(
        "invitation",
        _("Official invitation"),
        "response",
        (_BODY, _LINK, _DUE),
        "Invitation to become a member of the IISG",
        "the Integrative Internal Security Governance (IISG) maps the security needs of the six Western Balkans "
        "partners and coordinates what its members do about them. The more partners take part, the more complete the "
        "picture.\n\nThe Secretariat has the honour to invite {organisation} to become a member. If you are "
        "interested, please express it with the form of the Annex to the methodology for membership, by {due_on}. "
        "This page is your own; you can stop and go on at any time:\n{link}\n\nYou may also return the form on paper, "
        "signed. The Board decides on membership; we shall tell you each step.",
    ),
    _kind(
        "reminder",
        _("Reminder of an invitation"),
        "response",
        (_BODY, _LINK, _DUE),
        "Reminder: invitation to become a member of the IISG",
        "we invited {organisation} to become a member of the IISG and would be glad to hear from you by {due_on}. "
        "Your page is still open:\n{link}",
        False,
    ),
    _kind(
        "received",
        _("Receipt of an expression of interest"),
        "information",
        (_BODY, _CASE, _LINK),
        "We have received the expression of interest of {organisation}",
        "thank you. The expression of interest of {organisation} has arrived; its reference is {case}.\n\nThe "
        "Secretariat now checks that it is complete and prepares a brief assessment on the three criteria of the "
        "methodology. The Board then decides at a meeting or by silent written procedure. You can follow each step "
        "here:\n{link}",
    ),
    _kind(
        "interest",
        _("Notice of an expression of interest"),
        "information",
        (_BODY, _CASE, _LINK),
        "{organisation} expresses interest in membership ({case})",
        "{organisation} has expressed its interest in becoming a member of the IISG. The reference of the case is "
        "{case}.",
        False,
    ),
    _kind(
        "incomplete",
        _("Request to complete a form"),
        "action",
        (_BODY, _CASE, _MISSING, _LINK),
        "Please complete the expression of interest of {organisation}",
        "we have read the expression of interest of {organisation} ({case}). Before we can go on, this is "
        "missing:\n\n{missing}\n\nYour page is open again; what you wrote is kept:\n{link}",
    ),
    _kind(
        "admitted",
        _("Welcome to a new member"),
        "information",
        (_BODY, _DAY, _BASIS),
        "{organisation} is a member of the IISG",
        "we have the pleasure to tell you that {organisation} is a member of the IISG from {day} ({basis}).\n\nMembers "
        "take part in the meetings of the three pillars, may attend meetings of the Board as observers, and share "
        "general information on their actions in the region. No operational information and no intelligence is "
        "expected.\n\nAnother letter asks you to name your focal points; with them comes access to the Secure "
        "Database.",
    ),
    _kind(
        "refused",
        _("Letter to an applicant that was not admitted"),
        "information",
        (_BODY, _REASON, _DECISION),
        "Decision of the Board on the membership of {organisation}",
        "the Board has considered the expression of interest of {organisation} and has not confirmed its membership "
        "({decision}). The reason given is:\n\n{reason}\n\nA new expression of interest is possible at any time.",
    ),
    _kind(
        "deferred",
        _("Letter to an applicant whose case was deferred"),
        "response",
        (_BODY, _REASON, _DECISION, _LINK),
        "The Board asks for more on the membership of {organisation}",
        "the Board has considered the expression of interest of {organisation} and has put its decision off "
        "({decision}). It asks for:\n\n{reason}\n\nWe shall be glad to receive it and will put the case to the Board "
        "again. You can send it from your page, or by letter:\n{link}",
    ),
    _kind(
        "notice-to-board",
        _("Notice to the Board of a member that needs no approval"),
        "information",
        (_BODY, _GROUND, _DAY),
        "Notice to the Board: {organisation} is a member",
        "the Secretariat informs the Board that {organisation} is a member of the IISG from {day}. The ground is: "
        "{ground}. By the methodology for membership this takes effect with this notice.",
    ),
    _kind(
        "new-member",
        _("Notice of a new member"),
        "information",
        (_BODY, _GROUND, _DAY),
        "{organisation} has joined the IISG",
        "{organisation} is a member of the IISG from {day}. The ground is: {ground}. We are glad to have it among us.",
    ),
    _kind(
        "suspended",
        _("Suspension of a membership"),
        "information",
        (_BODY, _DAY, _REASON),
        "The membership of {organisation} is suspended",
        "the membership of {organisation} in the IISG is suspended from {day}. The reason is:\n\n{reason}",
    ),
    _kind(
        "resumed",
        _("End of a suspension"),
        "information",
        (_BODY, _DAY, _REASON),
        "The membership of {organisation} holds again",
        "the membership of {organisation} in the IISG holds again from {day}.",
    ),
    _kind(
        "ended",
        _("End of a membership"),
        "information",
        (_BODY, _DAY, _REASON),
        "The membership of {organisation} has ended",
        "the membership of {organisation} in the IISG ends on {day}. The reason is:\n\n{reason}\n\nWe thank you for "
        "what you have shared.",
    ),
)
