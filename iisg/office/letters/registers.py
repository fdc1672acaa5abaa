"""The two registers as lists: which letters the filters let through, and what each line says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from iisg.office.letters.forms.filters import NOT_ARRIVED, TO_POST, LetterFilters
from iisg.office.letters.kinds import known
from iisg.office.letters.models import Letter, LetterState, Recipient
from iisg.office.letters.models.letter import LetterQuerySet

ORDERS = {
    "number": ("direction", F("number").asc(nulls_last=True), "pk"),
    "-number": ("-direction", F("number").desc(nulls_last=True), "-pk"),
    "subject": ("subject", "pk"),
    "-subject": ("-subject", "-pk"),
    "due": (F("answer_due_on").asc(nulls_last=True), "-pk"),
    "-due": (F("answer_due_on").desc(nulls_last=True), "-pk"),
}
COLOURS = {
    LetterState.DRAFT: "grey",
    LetterState.APPROVED: "amber",
    LetterState.SENT: "blue",
    LetterState.ACKNOWLEDGED: "blue",
    LetterState.REGISTERED: "amber",
    LetterState.ASSIGNED: "blue",
    LetterState.ANSWERED: "green",
    LetterState.CLOSED: "grey",
    LetterState.DISCARDED: "grey",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is known of a letter's way, in words and colour."""

    words: str
    colour: str


@dataclass(frozen=True, slots=True)
class Line:
    """One letter of a list; `on` is its day: of approval, of receipt, or on which it was begun."""

    letter: Letter
    on: date
    late: bool

    @property
    def colour(self) -> str:
        """The colour of its state."""
        return COLOURS[LetterState(self.letter.state)]

    @property
    def kind(self) -> str:
        """What kind of letter it is, in words."""
        return kind_words().get(self.letter.kind, self.letter.kind)

    @property
    def direct(self) -> list[Recipient]:
        """Whom it goes to, those in copy left out."""
        return [person for person in self.letter.recipients.all() if not person.is_copy]

    @property
    def copied(self) -> list[Recipient]:
        """Who has a copy."""
        return [person for person in self.letter.recipients.all() if person.is_copy]

    @property
    def outcome(self) -> Outcome | None:
        """What became of it on its way; None for a letter in and for one that was not sent."""
        return outcome_of(self.letter) if self.letter.outward else None


def kind_words() -> dict[str, str]:
    """Kinds of letter in words, by slug."""
    return {kind.slug: str(kind.label) for kind in known()}


def letters_for(filters: LetterFilters, reader: object, day: date) -> LetterQuerySet:
    """All letters that the filters let through, without order."""
    found = Letter.objects.visible_to(reader)
    chosen = filters.chosen
    for name in ("direction", "state", "kind"):
        if chosen(name):
            found = found.filter(**{name: chosen(name)})
    if chosen("overdue"):
        found = found.overdue(day)
    if chosen("arrival") == NOT_ARRIVED:
        found = found.not_arrived()
    if chosen("arrival") == TO_POST:
        found = found.to_be_posted()
    if chosen("year"):
        found = found.of_year(int(chosen("year")))
    if chosen("words"):
        found = found.matching(chosen("words"))
    return found


def in_order(letters: LetterQuerySet, sort: str) -> LetterQuerySet:
    """Sorted by a key of ORDERS; without one the newest first."""
    return letters.order_by(*ORDERS.get(sort, ("-pk",)))


def line_of(letter: Letter, day: date) -> Line:
    """A letter as a line, seen from a day."""
    moment = letter.approved_at or letter.drafted_at
    return Line(letter, letter.received_on or timezone.localtime(moment).date(), letter.is_overdue(day))


def lines_of(letters: Iterable[Letter], day: date) -> list[Line]:
    """Letters as lines."""
    return [line_of(letter, day) for letter in letters]


def outcome_of(letter: Letter) -> Outcome | None:
    """The newest attempt for each addressee, summed up: what went wrong before what waits before what went well."""
    newest = [delivery for person in letter.recipients.all() if (delivery := person.newest_delivery)]
    if not newest:
        return None
    if failed := sum(each.has_failed for each in newest):
        return Outcome(_("did not arrive: %(some)d of %(all)d") % _of(failed, newest), "red")
    if waiting := sum(each.waits_to_be_posted for each in newest):
        return Outcome(_("to be posted: %(some)d of %(all)d") % _of(waiting, newest), "amber")
    if moving := sum(not each.is_settled for each in newest):
        return Outcome(_("being sent: %(some)d of %(all)d") % _of(moving, newest), "grey")
    if all(each.state == "received" for each in newest):
        return Outcome(_("received, with proof"), "green")
    return Outcome(_("handed over: %(some)d of %(all)d") % _of(len(newest), newest), "blue")


def _of(some: int, newest: Sequence[object]) -> dict[str, int]:
    return {"some": some, "all": len(newest)}
