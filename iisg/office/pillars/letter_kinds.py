"""Letters about focal points (methodology 2.1, last indent; S15, S18)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from iisg.office.letters.kinds import Fact, FactType, Kind, Wording, make_known
from iisg.office.pillars.wordings import translations_of

_ORGANISATION = Fact("organisation", _("Name of the member"))
_PURPOSES = Fact("purposes", _("What focal points are asked for"), FactType.LIST)
_DUE = Fact("due_on", _("Day by which they are to be named"), FactType.DAY)
_LINK = Fact("link", _("The member's own link"), FactType.LINK)
_PURPOSE = Fact("purpose", _("What the focal point is for"))

make_known(
    Kind(
        "focal-points-requested",
        _("Request for focal points"),
        "action",
        (_ORGANISATION, _PURPOSES, _DUE, _LINK),
        Wording(
            "Focal points of {organisation} in the IISG",
            "{salutation},\n\nThe methodology for membership asks each member to nominate focal points. We kindly ask "
            "{organisation} to name, by {due_on}, focal points for:\n{purposes}\n\nThis page, which is your own, takes "
            "a few minutes:\n{link}\n\nYou may also write to us; we then enter the names. Each person whom you name "
            "receives an account for the Secure Database.\n\nYours sincerely,",
        ),
        translations=translations_of("focal-points-requested"),
    ),
    Kind(
        "focal-points-reminder",
        _("Reminder about focal points"),
        "action",
        (_ORGANISATION, _PURPOSES, _DUE, _LINK),
        Wording(
            "Reminder: focal points of {organisation} in the IISG",
            "{salutation},\n\nWe asked {organisation} to name focal points by {due_on}, for:\n{purposes}\n\nThe page "
            "for it is still open:\n{link}\n\nYours sincerely,",
        ),
        numbered=False,
        translations=translations_of("focal-points-reminder"),
    ),
    Kind(
        "focal-point-welcome",
        _("Welcome to a new focal point"),
        "information",
        (_ORGANISATION, _PURPOSE, _LINK),
        Wording(
            "You are focal point of {organisation} in the IISG",
            "Dear {recipient},\n\n{organisation} has named you focal point for: {purpose}.\n\nYour account is ready. "
            "Choose a password on this page; the link works once, for seven days:\n{link}\n\nLater, the same "
            "page can send you another link.\n\nYou can then read the needs and actions "
            "that members share, and report those of {organisation}. Please enter no operational information and no "
            "intelligence.\n\nYours sincerely,",
        ),
        numbered=False,
        translations=translations_of("focal-point-welcome"),
    ),
    Kind(
        "focal-point-named",
        _("A further office for a focal point"),
        "information",
        (_ORGANISATION, _PURPOSE, _LINK),
        Wording(
            "You are focal point of {organisation} for: {purpose}",
            "Dear {recipient},\n\n{organisation} has named you focal point for: {purpose}. Your account stays as it "
            "is:\n{link}\n\nYours sincerely,",
        ),
        numbered=False,
        translations=translations_of("focal-point-named"),
    ),
)
