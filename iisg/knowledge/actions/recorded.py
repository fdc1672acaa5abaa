"""A recorded action as the record from which it could be entered again: what every export writes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from iisg.foundations.core.periods import PrintedDate
from iisg.foundations.orgs.models import Organisation, OrganisationKind
from iisg.knowledge.actions.models import Action, Flow
from iisg.knowledge.actions.partner_names import in_order
from iisg.knowledge.actions.records import ActionRecord, FlowRecord, PartyRecord

_KINDS: Mapping[str, str] = {
    OrganisationKind.WB_PARTNER: "government",
    OrganisationKind.EU_MEMBER_STATE: "government",
    OrganisationKind.OTHER_STATE: "government",
    OrganisationKind.EU_INSTITUTION: "multilateral",
    OrganisationKind.EU_JHA_AGENCY: "multilateral",
    OrganisationKind.INTERNATIONAL_ORGANISATION: "multilateral",
}
"""Kinds of bodies for which IATI has a word of the same meaning; all others stay unsaid."""


def record_of(
    action: Action, identifiers: Mapping[int, str] | None = None, parents: Iterable[str] = ()
) -> ActionRecord:
    """All facts of an action fetched `with_facts`; its reference is its reporter's own.

    `identifiers` are those of organisations by key; `parents` are references of actions that it is part of. A name
    stands as it was printed, so that it finds the same body again.
    """
    known = identifiers or {}
    reporter = action.reporter
    places = list(action.places.all())
    shares = {p.partner.code or "": p.share for p in places}
    return ActionRecord(
        ref=action.reporter_ref if reporter else action.ref,
        place=action.ref,
        title=action.title,
        title_language=action.title_language,
        title_original=action.title_original,
        original_language=action.original_language,
        form=action.form,
        kind=action.kind,
        summary=action.summary,
        reporter=_party("reporting", reporter, known) if reporter else None,
        second_hand=action.second_hand,
        parties=[_party(p.role, p.organisation, known, p.share, p.printed) for p in action.parties.all()],
        partners=in_order(set(shares)),
        names_partners=action.names_partners,
        partner_shares={code: share for code, share in shares.items() if share is not None},
        other_beneficiaries=action.other_beneficiaries,
        scope=action.scope,
        pillars=tuple(p.pk for p in action.pillars.all()),
        pillar_basis=action.pillar_basis,
        assistance=tuple(a.kind for a in action.assistance.all()),
        assistance_printed=action.assistance_printed,
        sectors=tuple(action.sectors.split(" ")) if action.sectors else (),
        start=action.start,
        end=PrintedDate("") if action.end_derived else action.end,
        duration_months=action.duration_months,
        date_note=action.date_note,
        stage=action.stage,
        stage_printed=action.stage_printed,
        flows=[_flow(f) for f in action.flows.all()],
        money_note=action.money_note,
        parent_refs=tuple(parents),
        mechanism_link=action.mechanism_link,
        source_url=action.source_url,
        second_source_url=action.second_source_url,
        published=action.is_public,
    )


def _party(
    role: str,
    body: Organisation,
    identifiers: Mapping[int, str],
    share: Decimal | None = None,
    printed: str = "",
) -> PartyRecord:
    kind = _KINDS.get(body.kind, "")
    return PartyRecord(role, printed or body.name, identifiers.get(body.pk, ""), share, kind)


def _flow(flow: Flow) -> FlowRecord:
    return FlowRecord(
        state=flow.state,
        amount=flow.amount,
        currency=flow.currency,
        kind=flow.kind,
        source=flow.source_printed,
        destination=flow.destination_printed,
        happened=_day(flow.happened_on, flow.happened_printed),
        valued=_day(flow.valued_on),
        source_activity=flow.source_activity,
        destination_activity=flow.destination_activity,
        sectors=tuple(flow.sectors.split()),
        recipients=tuple(flow.recipients.split("; ")) if flow.recipients else (),
        period_from=_day(flow.period_from),
        period_to=_day(flow.period_to),
        printed=flow.printed,
    )


def _day(day: date | None, printed: str = "") -> PrintedDate:
    if day is None:
        return PrintedDate(printed)
    return PrintedDate(printed or day.isoformat(), day, day, "day")
