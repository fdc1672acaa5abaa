"""Rules of the standard's ruleset that matter to a mapping, in our own words; all of them only warn.

Shares are checked with the places and sectors, periods with the money, the order of dates with the times; here
is what concerns the activity as a whole. The numbers are those of the published ruleset.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from lxml import etree

from .children import every, first
from .notes import Notes
from .words import LANGUAGE, language_of, one_line, whole_text

_STRANGE = re.compile(r"[/&|?]")
_OWN_VOCABULARIES = ("98", "99")


def check_rules(activity: etree._Element, identifier: str, notes: Notes, today: date | None) -> None:
    """Everything below; without `today` nothing is said about the future."""
    _check_identifier(activity, identifier, notes)
    _check_language(activity, notes)
    _check_levels(activity, notes)
    _check_vocabularies(activity, notes)
    if today:
        _check_future(activity, notes, today)


def _check_identifier(activity: etree._Element, identifier: str, notes: Notes) -> None:
    """1.1.3, 1.1.21, 1.3.13: it begins with the reporter's identifier and a hyphen and goes on after it."""
    element, reporter = first(activity, "iati-identifier"), first(activity, "reporting-org")
    own = one_line(reporter.get("ref")) if reporter is not None else ""
    if not identifier or not own:
        return
    former = [one_line(e.get("ref")) for e in every(activity, "other-identifier") if e.get("type") == "B1"]
    if identifier == own:
        notes.warn(
            "standard.identifier-of-the-reporter",
            f"The activity has the identifier of its reporter, '{own}', and none of its own.",
            "Ask the publisher to give it one.",
            element,
        )
    elif not identifier.startswith(tuple(f"{ref}-" for ref in (own, *former) if ref)):
        notes.warn_seldom(
            "standard.identifier-prefix",
            f"The identifier '{identifier[:80]}' does not begin with that of the reporter, '{own[:80]}'.",
            "It was taken as it is; ask the publisher if two publishers might use the same.",
            element,
        )
    if _STRANGE.search(identifier):
        notes.warn_seldom(
            "standard.identifier-signs",
            f"The identifier '{identifier[:80]}' holds one of the signs / & | ?, which the standard advises against.",
            "It was taken as it is.",
            element,
        )


def _check_language(activity: etree._Element, notes: Notes) -> None:
    """4.1.1: a language for the activity, or for each of its texts."""
    if language_of(activity):
        return
    if any(LANGUAGE not in text.attrib for text in activity.iter("narrative")):
        notes.warn_seldom(
            "standard.no-language",
            "Neither the activity nor each of its texts says in which language it is written.",
            "The language counts as unknown; ask the publisher.",
        )


def _check_levels(activity: etree._Element, notes: Notes) -> None:
    """6.7.2 and its like: recipients and sectors stand with the activity or with all of its transactions, not both."""
    transactions = every(activity, "transaction")
    _check_level(activity, transactions, ("recipient-country", "recipient-region"), "recipients", notes)
    _check_level(activity, transactions, ("sector",), "sectors", notes)


def _check_level(
    activity: etree._Element,
    transactions: list[etree._Element],
    tags: tuple[str, ...],
    words: str,
    notes: Notes,
) -> None:
    own = _has(activity, tags)
    below = [transaction for transaction in transactions if _has(transaction, tags)]
    if own and below:
        notes.warn_seldom(
            f"standard.{words}-at-two-levels",
            f"The {words} stand with the activity and again with {len(below)} of its transactions.",
            "Those of the activity were taken; ask the publisher which are meant.",
            below[0],
        )
    elif not own and transactions and len(below) < len(transactions):
        without = next(transaction for transaction in transactions if not _has(transaction, tags))
        notes.warn_seldom(
            f"standard.{words}-incomplete",
            f"The activity has no {words}, and {len(transactions) - len(below)} of its {len(transactions)}"
            " transactions have none either.",
            "What is not said is unknown; ask the publisher.",
            without,
        )


def _has(element: etree._Element, tags: Iterable[str]) -> bool:
    return next(element.iterchildren(*tags), None) is not None


def _check_vocabularies(activity: etree._Element, notes: Notes) -> None:
    """A code of the publisher's own vocabulary says nothing without its name."""
    for element in activity.iterchildren("sector", "recipient-region"):
        if one_line(element.get("vocabulary")) in _OWN_VOCABULARIES and not whole_text(element):
            notes.warn(
                "standard.own-code-unnamed",
                f"The code '{one_line(element.get('code'))}' is of the publisher's own vocabulary and has no name.",
                "Nobody else can read it; ask the publisher for its name.",
                element,
            )


def _check_future(activity: etree._Element, notes: Notes, today: date) -> None:
    """11.1.1, 11.1.4, 11.1.5, 11.2.1, 11.2.2: what has happened does not lie ahead."""
    said = [
        (e, e.get("iso-date"), "actual date")
        for e in every(activity, "activity-date")
        if e.get("type") in ("2", "4")
    ]
    for transaction in activity.iterchildren("transaction"):
        said += [
            (e, e.get("iso-date"), "transaction date") for e in transaction.iterchildren("transaction-date")
        ]
        said += [(e, e.get("value-date"), "date of the value") for e in transaction.iterchildren("value")]
    said.append((activity, activity.get("last-updated-datetime"), "day of the last change"))
    latest = today.isoformat()
    for element, printed, words in said:
        if printed and printed.strip()[:10] > latest and printed[:2].isdigit():
            notes.warn(
                "standard.in-the-future",
                f"The {words} {printed.strip()[:40]} lies in the future.",
                "It is kept as printed; ask the publisher.",
                element,
            )
