"""What any reader (sheet, IATI) makes of a file: plain records with findings, before anything is stored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from iisg.foundations.core.findings import Finding
from iisg.foundations.core.periods import NOTHING_PRINTED, PrintedDate
from iisg.knowledge.actions.partner_names import speaks_of_the_six
from iisg.knowledge.needs.records import NeedRecord

__all__ = ["ActionRecord", "FlowRecord", "NeedRecord", "PartyRecord", "Remark"]


@dataclass(frozen=True, slots=True)
class Remark:
    """One finding about a record; `place` as the readers say it ("sheet 'Actions', cell D7", "line 7, column …").

    `of_refused`: the record is not taken anyhow.
    """

    place: str
    record: str
    refuses: bool
    message: str
    cure: str
    of_refused: bool = False

    @property
    def text(self) -> str:
        """What stands in the comment."""
        return f"{self.message} {self.cure}".strip()


@dataclass(slots=True)
class PartyRecord:
    """A body named by an action. `role`: funding, accountable, extending, implementing, participating, beneficiary.

    `share` is its part of the money in per cent where the source states it, else None. `identifier` is an
    organisation identifier ("XM-DAC-47066") where given; `kind_hint` is the source's own word for its kind.
    """

    role: str
    name: str
    identifier: str = ""
    share: Decimal | None = None
    kind_hint: str = ""


@dataclass(slots=True)
class FlowRecord:
    """Money as the source reports it. `state`: pledge, committed, spent, in_kind, incoming.

    `amount` and `currency` stay None and "" where the source does not say; `source` and `destination` are names
    as printed; `happened` is the transaction or value date; `kind` is "budget", "transaction" or "total".
    `source_activity` and `destination_activity` are identifiers of the actions at either end where given;
    `valued` is the day of the exchange rate where it is another than `happened`. `sectors` and `recipients` are its
    own, where it states them beside those of its action: sectors as `sector_codes` has them, recipients a partner's
    code or a place as printed.
    """

    state: str
    amount: Decimal | None
    currency: str = ""
    kind: str = "total"
    source: str = ""
    destination: str = ""
    happened: PrintedDate = NOTHING_PRINTED
    period_from: PrintedDate = NOTHING_PRINTED
    period_to: PrintedDate = NOTHING_PRINTED
    printed: str = ""
    source_activity: str = ""
    destination_activity: str = ""
    valued: PrintedDate = NOTHING_PRINTED
    sectors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()


@dataclass(slots=True)
class ActionRecord:
    """One action as read from a file; unknown is "" or None, never a default (rules.md 5).

    `partners` are codes AL BA XK ME MK RS; `names_partners` is False where they are only covered as a region and
    None where the source names none of the six. `silent` are the facts of which its file says nothing (`silence`).
    `published` is False where the file itself says that the record is
    not for the public, None where it says nothing. `shares` of partners in per cent as printed in the source.
    `kind`: external_support, own_measure, coordination. `stage`: pipeline, implementation, completed, suspended,
    cancelled or "". `assistance` are canonical kinds; `assistance_printed` the source's words. `second_hand`: the
    reporter repeats what another body does and reports. `sectors` are written as `sector_codes` has it: DAC:15210=60.
    """

    ref: str
    place: str
    title: str = ""
    title_language: str = "en"
    title_original: str = ""
    original_language: str = ""
    form: str = ""
    kind: str = "external_support"
    summary: str = ""
    reporter: PartyRecord | None = None
    second_hand: bool = False
    parties: list[PartyRecord] = field(default_factory=list)
    partners: tuple[str, ...] = ()
    names_partners: bool | None = None
    partner_shares: dict[str, Decimal] = field(default_factory=dict)
    other_beneficiaries: str = ""
    scope: str = ""
    pillars: tuple[str, ...] = ()
    pillar_basis: str = ""
    assistance: tuple[str, ...] = ()
    assistance_printed: str = ""
    sectors: tuple[str, ...] = ()
    start: PrintedDate = NOTHING_PRINTED
    end: PrintedDate = NOTHING_PRINTED
    start_actual: bool | None = None
    end_actual: bool | None = None
    duration_months: int | None = None
    date_note: str = ""
    stage: str = ""
    stage_printed: str = ""
    flows: list[FlowRecord] = field(default_factory=list)
    money_note: str = ""
    parent_refs: tuple[str, ...] = ()
    child_refs: tuple[str, ...] = ()
    mechanism_link: str = ""
    source_url: str = ""
    second_source_url: str = ""
    published: bool | None = None
    findings: list[Finding] = field(default_factory=list)
    silent: tuple[str, ...] = field(default=(), compare=False)

    @property
    def elsewhere(self) -> bool:
        """Whether it says for whom it is, and speaks neither of the region nor of one of the six."""
        others = self.other_beneficiaries
        return not self.partners and bool(others) and not speaks_of_the_six(others)

    @property
    def names_reporter(self) -> bool:
        """Whether the record itself says who reports it."""
        return self.reporter is not None and bool(self.reporter.name or self.reporter.identifier)

    @property
    def reporter_named(self) -> tuple[str, str] | None:
        """(name, identifier) of the body that the record names as its reporter; None where it names none."""
        if self.reporter is None or not self.names_reporter:
            return None
        return self.reporter.name or self.reporter.identifier, self.reporter.identifier

    def names(self) -> Iterator[tuple[str, str]]:
        """Every body that the record prints, as (name, identifier), in its order."""
        if self.reporter_named:
            yield self.reporter_named
        yield from ((party.name, party.identifier) for party in self.parties if party.name)
        yield from ((name, "") for flow in self.flows for name in (flow.source, flow.destination) if name)

    @property
    def refused(self) -> bool:
        """Whether a finding forbids to take this record."""
        return any(finding.refuses for finding in self.findings)


def printed_wholes(stated: ActionRecord | NeedRecord, ref: str) -> list[tuple[str, str]]:
    """(part, whole) as a record prints them; `ref` is the reference under which the record itself was taken.

    A record may name its wholes (related-activity 1) or its parts (2).
    """
    if isinstance(stated, NeedRecord):
        return []
    return [*((ref, whole) for whole in stated.parent_refs), *((part, ref) for part in stated.child_refs)]
