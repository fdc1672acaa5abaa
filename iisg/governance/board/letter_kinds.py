"""Letters of the Board's procedures, each with the house's own wording (rules.md 3)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from iisg.governance.board.wordings import translations_of
from iisg.office.letters.kinds import Fact, FactType, Kind, Wording, Words, make_known

_REFERENCE = Fact("reference", _("Provisional reference of the proposal"))
_TITLE = Fact("title", _("Title of the proposal"))
_ASKS = Fact("asks", _("What the Board is asked"), FactType.PARAGRAPHS)
_ENDS = Fact("ends_at", _("End of the period, with its zone"))
_LINK = Fact("link", _("The procedure's page"), FactType.LINK)
_SEATS = Fact("seats", _("The seats that it is about"))
_REASON = Fact("reason", _("The reason"), FactType.PARAGRAPHS)
_DIGEST = Fact("digest", _("Digest of the frozen text"))
_NUMBER = Fact("number", _("Number of the decision"))
_DAY = Fact("effective_on", _("Day from which it holds"), FactType.DAY)
_ALL = (_REFERENCE, _TITLE, _ASKS, _ENDS, _LINK, _SEATS, _REASON, _DIGEST, _NUMBER, _DAY)
_SAID = (
    _REFERENCE,
    _TITLE,
    Fact("seat", _("The seat")),
    Fact("said", _("Its position")),
    Fact("speaker", _("Who spoke")),
    Fact("capacity", _("In which capacity")),
    _REASON,
    Fact("at", _("When")),
    _LINK,
)
_END = "\n\nYours sincerely,"


def _kind(
    slug: str,
    label: Words,
    purpose: str,
    subject: str,
    body: str,
    numbered: bool = True,
    facts: tuple[Fact, ...] = _ALL,
) -> Kind:
    text = "{salutation},\n\n" + body[0].upper() + body[1:] + _END
    return Kind(
        f"board-{slug}", label, purpose, facts, Wording(subject, text), numbered, translations_of(slug)
    )


make_known(
    _kind(
        "silence-notice",
        _("Notice that opens a silent written procedure"),
        "action",
        "Silent written procedure until {ends_at}: {title} ({reference})",
        "the Board is asked by silent written procedure ({reference}):\n\n{asks}\n\nThe text is attached and frozen; "
        "its digest (SHA-256) is {digest}.\n\nIf no seat of the Board objects in writing before {ends_at}, the text is "
        "adopted. A position given at that moment or after it comes too late. Each seat can agree, let the text pass "
        "with a comment, object, ask for an amendment or for a meeting, or take no part; an objection or an amendment "
        "needs its reason. Silence counts as agreement only for a seat that this notice has reached.\n\nYour position "
        "takes less than a minute here, after a fresh sign-in:\n{link}",
    ),
    _kind(
        "silence-extended",
        _("Notice that a period is extended"),
        "action",
        "New end of the silent written procedure {reference}: {ends_at}",
        "the period of the silent written procedure on {title} ({reference}) is extended, once, for all seats alike. "
        "It now ends on {ends_at}. Nothing else has changed.\n\nThe reason: {reason}\n\n{link}",
    ),
    _kind(
        "silence-suspended",
        _("Notice that a procedure is suspended"),
        "information",
        "The silent written procedure {reference} is suspended",
        "the notice of the silent written procedure on {title} ({reference}) did not reach {seats}, or it is not "
        "proven that it did. The clock stands still. Once everybody has the notice, a new full period begins for all "
        "seats, and we shall tell you its end.\n\n{link}",
    ),
    _kind(
        "silence-resumed",
        _("Notice of a new period after a suspension"),
        "action",
        "Silent written procedure until {ends_at}: {title} ({reference})",
        "the silent written procedure on {title} ({reference}) goes on with a new full period for all seats. The text "
        "is the same; its digest (SHA-256) is {digest}. If no seat objects in writing before {ends_at}, it is "
        "adopted.\n\nHow the notice reaches everybody now: {reason}\n\n{link}",
    ),
    _kind(
        "silence-reminder",
        _("Reminder to a seat that has said nothing"),
        "information",
        "Reminder: silent written procedure until {ends_at} ({reference})",
        "we have no position of yours on {title} ({reference}). The period ends on {ends_at}; silence then counts as "
        "agreement.\n\n{link}",
        False,
    ),
    _kind(
        "silence-broken",
        _("Notice that silence is broken"),
        "information",
        "Silence is broken: {title} ({reference})",
        "{seats} did not agree to {title} ({reference}). The text is not adopted.\n\nThe reason given: {reason}\n\nA "
        "new text would be a new procedure with a period of its own.\n\n{link}",
    ),
    _kind(
        "silence-moved",
        _("Notice that a question goes to a meeting"),
        "information",
        "To be decided at a meeting: {title} ({reference})",
        "the question of {title} ({reference}) goes to a meeting of the Board; the silent written procedure has ended "
        "without a decision. {seats}\n\nThe reason given: {reason}\n\n{link}",
    ),
    _kind(
        "silence-withdrawn",
        _("Notice that a procedure is withdrawn"),
        "information",
        "Withdrawn: {title} ({reference})",
        "the silent written procedure on {title} ({reference}) is withdrawn. Nothing is adopted.\n\nThe reason: "
        "{reason}\n\n{link}",
    ),
    _kind(
        "silence-adopted",
        _("Result of a silent written procedure"),
        "information",
        "Adopted: {title} ({number})",
        "the period of the silent written procedure on {title} ({reference}) has ended without an objection, and the "
        "notice is proven for every seat. The text is adopted as decision {number}, in force from {effective_on}. The "
        "certified extract from the register is attached.\n\n{link}",
    ),
    _kind(
        "position",
        _("Receipt of a position"),
        "information",
        "Position of {seat} on {title} ({reference})",
        "in the silent written procedure on {title} ({reference}) this was entered for {seat}:\n\n- position: {said}\n"
        "- by: {speaker}, {capacity}\n- at: {at}\n- reason or comment: {reason}\n\nIf this is not your position, enter "
        "another one before the end; the newest counts.\n\n{link}",
        False,
        _SAID,
    ),
)
