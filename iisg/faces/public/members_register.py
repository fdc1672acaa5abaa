"""The register of members on a day, as far as the reader may see it: filters, lines, counts (methodology 2.1; S15)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from iisg.faces.public.members import NARROW, Group
from iisg.foundations.access.roles import Can
from iisg.foundations.access.seeing import sees
from iisg.foundations.core.folding import fold
from iisg.foundations.orgs.models import AliasKind
from iisg.foundations.orgs.register import Entry, register_on
from iisg.governance.membership.models import Case, ListLine
from iisg.knowledge.analysis.links import address
from iisg.office.pillars.models import CORRESPONDENCE, FocalPoint, Participation

RESTING, HOLDING = "suspended", "not_suspended"


@dataclass(frozen=True, slots=True)
class Sought:
    """What a reader looks for; blank means: any. `decision` is part of a basis, a number or a day."""

    words: str = ""
    group: str = ""
    kind: str = ""
    ground: str = ""
    pillar: str = ""
    decision: str = ""
    standing: str = ""


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """For the Secretariat: the case that led here, the decision's number, the files that prove it."""

    ref: str
    href: str
    decision: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the register; `points` None where the reader does not see focal points."""

    entry: Entry
    group: Group
    pillars: tuple[str, ...]
    points: tuple[FocalPoint, ...] | None
    case: CaseFacts | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many members, of how many the first day is not known, how many rest, how many in each group."""

    members: int
    not_dated: int
    suspended: int
    groups: tuple[tuple[Group, int], ...]


def group_of(entry: Entry) -> Group:
    """The group to which its kind of that day belongs."""
    return NARROW.get(entry.kind, Group.INTERNATIONAL)


def found_on(day: date, sought: Sought) -> list[Entry]:
    """Members of the day that fit, alphabetical."""
    seated = set[int]()
    if sought.pillar:
        seats = Participation.objects.on(day).filter(pillar=sought.pillar)
        seated = set(seats.values_list("organisation_id", flat=True))
    return [
        entry
        for entry in register_on(day)
        if _fits(entry, sought) and (not sought.pillar or entry.body.pk in seated)
    ]


def lines(entries: Iterable[Entry], reader: object, day: date) -> list[Line]:
    """Lines with what the reader may see, in a constant number of queries."""
    entries = list(entries)
    bodies = [entry.body.pk for entry in entries]
    seats: dict[int, list[str]] = {}
    for seat in Participation.objects.on(day).filter(organisation__in=bodies).order_by("pillar__order"):
        seats.setdefault(seat.organisation_id, []).append(str(seat.pillar_id))
    points: dict[int, list[FocalPoint]] | None = None
    if sees(reader, Can.READ_NEEDS):
        points = {}
        held = FocalPoint.objects.visible_to(reader).on(day).for_purpose(CORRESPONDENCE)
        for point in held.filter(is_deputy=False, organisation__in=bodies):
            points.setdefault(point.organisation_id, []).append(point)
    cases = _cases(entries) if sees(reader, Can.READ_CASES) else {}
    return [
        Line(
            entry,
            group_of(entry),
            tuple(seats.get(entry.body.pk, ())),
            None if points is None else tuple(points.get(entry.body.pk, ())),
            cases.get(entry.membership.pk),
        )
        for entry in entries
    ]


def counts(entries: Iterable[Entry]) -> Counts:
    """Counts of what is found; groups in the methodology's order, never ranked."""
    entries = list(entries)
    of_group = Counter(group_of(entry) for entry in entries)
    return Counts(
        len(entries),
        sum(1 for entry in entries if entry.membership.valid_from is None),
        sum(1 for entry in entries if entry.suspension is not None),
        tuple((group, of_group[group]) for group in Group),
    )


def _fits(entry: Entry, sought: Sought) -> bool:
    plain = (
        (not sought.group or group_of(entry) == sought.group)
        and (not sought.kind or entry.kind == sought.kind)
        and (not sought.ground or entry.membership.ground == sought.ground)
        and (not sought.standing or (entry.suspension is not None) is (sought.standing == RESTING))
    )
    return plain and _names(entry, sought.words) and _decided(entry, sought.decision)


def _names(entry: Entry, words: str) -> bool:
    """By any name of the day, of today, or that everybody knows; one learnt from an import would tell of it."""
    if not words:
        return True
    body = entry.body
    known = [alias.name for alias in body.aliases.all() if alias.kind != AliasKind.LEARNT]
    said = fold(" ".join((entry.name, entry.short_name, body.name, body.original_name, *known)))
    return all(word in said for word in fold(words).split())


def _decided(entry: Entry, decision: str) -> bool:
    if not decision:
        return True
    membership = entry.membership
    said = fold(f"{membership.basis} {membership.decided_on or ''}")
    return all(word in said for word in fold(decision).split())


def _cases(entries: list[Entry]) -> dict[int, CaseFacts]:
    """By membership: its case with decision and evidence."""
    memberships = [entry.membership.pk for entry in entries]
    admitted = {
        key: (number, name or "")
        for key, number, name in ListLine.objects.filter(
            case__membership__in=memberships, outcome="admitted", on_list__state="decided"
        ).values_list("case_id", "on_list__decision_number", "on_list__evidence__file_name")
    }
    found = Case.objects.filter(membership__in=memberships)
    facts = {}
    for key, membership, ref, evidence in found.values_list(
        "pk", "membership_id", "ref", "evidence__file_name"
    ):
        number, paper = admitted.get(key, ("", ""))
        proof = tuple(name for name in (evidence, paper) if name)
        facts[membership] = CaseFacts(ref, address("case", ref), number, proof)
    return facts
