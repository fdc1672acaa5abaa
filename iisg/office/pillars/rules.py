"""What must hold before focal points are asked for or named, and before a term begins or ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q
from django.utils.translation import gettext as _

from iisg.foundations.access.actors import Actor
from iisg.foundations.core.findings import Finding, Grade
from iisg.foundations.orgs.models import Organisation
from iisg.office.pillars.models import FocalPoint, FocalPointRequest, LeadPartner, Pillar, Purpose
from iisg.office.pillars.nominees import Nominee


def _error(code: str, message: str, cure: str = "") -> Finding:
    return Finding(Grade.ERROR, f"pillars.{code}", message, cure=cure)


def is_member(organisation: Organisation, day: date) -> Iterator[Finding]:
    """Only members have focal points and lead pillars (methodology 2.1, 2.2)."""
    if not organisation.memberships.on(day).exists():
        yield _error("no-member", _("%(body)s is not a member on that day.") % {"body": organisation})


def may_ask(
    organisation: Organisation, purposes: Sequence[str], due_on: date, today: date
) -> Iterator[Finding]:
    """For at least one purpose, by a day to come, and not twice at once."""
    if not purposes or any(purpose not in Purpose.values for purpose in purposes):
        yield _error(
            "no-purpose", _("Say for what focal points are asked."), _("Choose at least one purpose.")
        )
    if due_on <= today:
        yield _error("past", _("The day is not to come."), _("Give the member some days."))
    if FocalPointRequest.objects.open().filter(organisation=organisation).exists():
        yield _error(
            "asked", _("%(body)s is already asked.") % {"body": organisation}, _("Remind it instead.")
        )


def is_open(asked: FocalPointRequest) -> Iterator[Finding]:
    """The request still waits for its answer."""
    if asked.answered_at is not None or asked.closed_at is not None:
        yield _error("not-open", _("The request is answered or closed."))


def may_remind(asked: FocalPointRequest, today: date) -> Iterator[Finding]:
    """An open request, once a day."""
    yield from is_open(asked)
    if today.isoformat() in asked.reminded_on:
        yield _error("reminded", _("The member was reminded today."), _("Wait until tomorrow."))


def may_nominate(
    organisation: Organisation,
    named: Sequence[Nominee],
    basis: str,
    request: FocalPointRequest | None,
    valid_from: date,
    today: date,
) -> Iterator[Finding]:
    """Somebody is named, each with a name and an address, for a purpose, once; how it was named is said."""
    yield from is_member(organisation, valid_from)
    if request is not None:
        yield from is_open(request)
        if request.organisation_id != organisation.pk:
            yield _error("other-member", _("The request is another member's."))
    if not named:
        yield _error("nobody", _("Nobody is named."), _("Name a person for at least one purpose."))
    if not basis.strip():
        yield _error(
            "no-basis", _("Nothing says how the member named them."), _("Give the number of its letter.")
        )
    first: set[str] = set()
    people: set[tuple[str, str]] = set()
    for nominee in named:
        yield from _may_be_named(nominee)
        if not nominee.is_deputy:
            if nominee.purpose in first:
                yield _error(
                    "two",
                    _("Two are named for %(what)s.") % {"what": nominee.purpose},
                    _("Make one a deputy."),
                )
            first.add(nominee.purpose)
        person = (nominee.purpose, nominee.email.strip().lower())
        if person in people:
            yield _error(
                "twice",
                _("“%(address)s” stands twice for one purpose.") % {"address": nominee.email.strip()},
                _("Name another person as deputy, or none."),
            )
        people.add(person)
    yield from _may_replace(organisation, first, valid_from, today)


def _may_replace(
    organisation: Organisation, purposes: set[str], valid_from: date, today: date
) -> Iterator[Finding]:
    """Nobody who has been in office is replaced from a day before the own term began."""
    served = FocalPoint.objects.filter(
        organisation=organisation,
        purpose__in=purposes,
        is_deputy=False,
        valid_from__gt=valid_from,
        valid_from__lt=today,
    )
    for point in served:
        yield _error(
            "served",
            _("%(name)s holds the place since %(day)s, which is later.")
            % {"name": point.name, "day": point.valid_from.isoformat()},
            _("Give a day after that one."),
        )


def may_answer(
    request: FocalPointRequest, named: Sequence[Nominee], by: Actor, today: date
) -> Iterator[Finding]:
    """By its link a member answers its own request: what is still asked, and a deputy beside each person named."""
    yield from is_open(request)
    if request.organisation_id not in by.organisation_keys:
        yield _error("other-member", _("The request is another member's."))
    if first_day(request.organisation, today) is None:
        yield _error("no-member", _("%(body)s is not a member.") % {"body": request.organisation})
    asked = set(still_asked(request, today))
    whole = {nominee.purpose for nominee in named if not nominee.is_deputy}
    deputies = [nominee.purpose for nominee in named if nominee.is_deputy]
    if (whole | set(deputies)) - asked:
        yield _error(
            "not-asked",
            _("Somebody is named for what is not asked, or is answered already."),
            _("Write to the Secretariat to change whom you have named."),
        )
    if set(deputies) - whole or len(deputies) != len(set(deputies)):
        yield _error(
            "deputy-alone",
            _("A deputy stands beside a focal point, one for each."),
            _("Name the focal point as well."),
        )


def first_day(organisation: Organisation, today: date) -> date | None:
    """The first day from today on on which it is a member, so that a term can begin; None where there is none."""
    coming = organisation.memberships.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=today))
    days = [max(today, each.valid_from or today) for each in coming]
    return min(days, default=None)


def _may_be_named(nominee: Nominee) -> Iterator[Finding]:
    if nominee.purpose not in Purpose.values:
        yield _error("no-purpose", _("Say for what the person is named."))
    if not nominee.name.strip():
        yield _error("no-name", _("A person has no name."), _("Give first and last name."))
    try:
        validate_email(nominee.email.strip())
    except ValidationError:
        yield _error(
            "bad-address",
            _("“%(address)s” is no e-mail address.") % {"address": nominee.email},
            _("The person signs in with it; write it as name@example.org."),
        )


def still_asked(request: FocalPointRequest, today: date) -> list[str]:
    """Purposes of a request for which nobody who is in office or to come was named since it was made."""
    named = FocalPoint.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=today),
        Q(request=request.pk) | Q(valid_from__gte=request.asked_on),
        organisation=request.organisation_id,
        is_deputy=False,
    )
    held = set(named.values_list("purpose", flat=True))
    return [purpose for purpose in request.purposes if purpose not in held]


REMINDED_BEFORE, REMINDED_EVERY = timedelta(days=3), timedelta(days=7)
"""A member is reminded three days before the day, on the day after it, then every seven days."""


def reminder_due(request: FocalPointRequest, today: date) -> bool:
    """Whether a reminder should have gone out by today and none has since; one catches up with all that were missed."""
    after = request.due_on + timedelta(days=1)
    if today >= after:
        planned = after + (today - after) // REMINDED_EVERY * REMINDED_EVERY
    else:
        planned = request.due_on - REMINDED_BEFORE
    told = [date.fromisoformat(day) for day in request.reminded_on]
    return request.asked_on < planned <= today and not any(day >= planned for day in told)


def may_end(point: FocalPoint, ended_on: date) -> Iterator[Finding]:
    """A term ends on its first day at the earliest (then it never was), and a day once given only comes nearer."""
    if point.valid_to is not None and ended_on >= point.valid_to:
        yield _error("ended", _("The term ends on %(day)s already.") % {"day": point.valid_to.isoformat()})
    elif ended_on < point.valid_from:
        yield _error("too-early", _("The term begins later."), _("Give its first day or a later one."))


def may_end_term(term: LeadPartner, ended_on: date) -> Iterator[Finding]:
    """A term ends once, after it has begun."""
    if term.valid_to is not None:
        yield _error("ended", _("The term has ended already."))
    elif ended_on <= term.valid_from:
        yield _error("too-early", _("A term ends after it has begun."), _("Give a later day."))


def may_lead(organisation: Organisation, pillar: Pillar, valid_from: date, basis: str) -> Iterator[Finding]:
    """A member that does not lead the pillar already, on a basis."""
    yield from is_member(organisation, valid_from)
    if LeadPartner.objects.filter(organisation=organisation, pillar=pillar, valid_to__isnull=True).exists():
        yield _error("leads", _("%(body)s leads the pillar already.") % {"body": organisation})
    if not basis.strip():
        yield _error("no-basis", _("Nothing says on what it rests."), _("Give the letter or the meeting."))
