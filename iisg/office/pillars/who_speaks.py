"""Who speaks for whom on a day, and for whom nobody does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from iisg.foundations.access.roles import Can
from iisg.foundations.access.seeing import sees
from iisg.foundations.core.folding import fold
from iisg.foundations.core.tables import Table, Value
from iisg.foundations.orgs.models import Organisation
from iisg.office.pillars.models import (
    CORRESPONDENCE,
    FocalPoint,
    FocalPointRequest,
    Participation,
    Purpose,
)

SOON = timedelta(days=60)
"""Terms that end within this time are shown to the Secretariat."""
MISSING, ENDING, DEPUTIES = "missing", "ending", "deputies"
SHOWN = (
    (MISSING, _("Nobody is named")),
    (ENDING, _("Terms that end within 60 days")),
    (DEPUTIES, _("Deputies only")),
)


@dataclass(frozen=True, slots=True)
class Sought:
    """What a reader looks for; blank means: any."""

    words: str = ""
    purpose: str = ""
    member: str = ""
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A place at a member: who holds it, None where nobody does; `asked` is the open request, if any."""

    member: Organisation
    purpose: str
    point: FocalPoint | None = None
    asked: FocalPointRequest | None = None
    late: bool = False

    @property
    def purpose_words(self) -> str:
        """What it is for."""
        return str(Purpose(self.purpose).label)


def places(sought: Sought, reader: object, day: date) -> list[Place]:
    """Places that the reader may see and looks for, by member and purpose, in a constant number of queries.

    Deputies, ends of terms and empty places are the Secretariat's business.
    """
    office = sees(reader, Can.NOMINATE)
    if sought.shown == MISSING and office:
        found = list(missing(day))
    else:
        points = FocalPoint.objects.visible_to(reader).on(day).select_related("organisation")
        if not office or sought.shown == ENDING:
            points = points.filter(is_deputy=False)
        if office and sought.shown == DEPUTIES:
            points = points.filter(is_deputy=True)
        if office and sought.shown == ENDING:
            points = points.filter(valid_to__lte=day + SOON)
        found = [Place(point.organisation, point.purpose, point) for point in points]
    if sought.purpose:
        found = [place for place in found if place.purpose == sought.purpose]
    if sought.member:
        found = [place for place in found if place.member.ref == sought.member]
    if sought.words:
        wanted = fold(sought.words).split()
        found = [place for place in found if all(word in _folded(place) for word in wanted)]
    order = list(Purpose.values)
    return sorted(
        found, key=lambda p: (p.member.folded, order.index(p.purpose), bool(p.point and p.point.is_deputy))
    )


def missing(day: date) -> Iterator[Place]:
    """Members' places that nobody holds: for correspondence, and for each pillar that it takes part in."""
    held = set(
        FocalPoint.objects.on(day)
        .filter(is_deputy=False)
        .values_list("organisation_id", "purpose")
        .order_by()
    )
    seats: dict[int, list[str]] = {}
    for key, pillar in Participation.objects.on(day).values_list("organisation_id", "pillar_id"):
        seats.setdefault(key, []).append(str(pillar))
    asked = {request.organisation_id: request for request in FocalPointRequest.objects.open()}
    for member in Organisation.objects.members_on(day).order_by("folded", "pk"):
        for purpose in (CORRESPONDENCE, *seats.get(member.pk, ())):
            if (member.pk, purpose) not in held:
                request = asked.get(member.pk)
                if request is not None and purpose not in request.purposes:
                    request = None
                late = request is not None and request.due_on < day
                yield Place(member, purpose, asked=request, late=late)


def members_with_focal_points(reader: object, day: date) -> list[tuple[str, str]]:
    """Members to choose from: reference and name."""
    bodies = (
        Organisation.objects.members_on(day) if sees(reader, Can.READ_NEEDS) else Organisation.objects.none()
    )
    return list(bodies.order_by("folded", "pk").values_list("ref", "name"))


def as_table(found: Iterable[Place], title: str, reader: object) -> Table:
    """The same as lines of a file; deputies and ends of terms for the Secretariat only."""
    columns = ["member", "member_reference", "for", "name", "office", "e_mail", "telephone"]
    if sees(reader, Can.NOMINATE):
        columns += ["deputy", "from", "to", "nominated_by"]
    return Table(title, columns, [_line(place) for place in found], frozenset({"member", "office"}))


def _line(place: Place) -> Mapping[str, Value]:
    line: dict[str, Value] = {
        "member": place.member.name,
        "member_reference": place.member.ref,
        "for": place.purpose_words,
    }
    if (point := place.point) is not None:
        line |= {
            "name": point.name,
            "office": point.office,
            "e_mail": point.email,
            "telephone": point.phone,
            "deputy": "yes" if point.is_deputy else "no",
            "from": point.valid_from,
            "to": point.valid_to,
            "nominated_by": point.basis,
        }
    return line


def _folded(place: Place) -> str:
    point = place.point
    said = [place.member.name, place.member.short_name, place.member.original_name, place.purpose_words]
    if point is not None:
        said += [point.name, point.office, point.email]
    return fold(" ".join(said))
