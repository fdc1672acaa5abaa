"""Recorded actions as reports that the relation engine compares, and what it finds as proposals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from iisg.knowledge.actions.models import Action, Flow, FlowState, PartyRole
from iisg.knowledge.analysis.engine.relate import Candidate, Report, candidates
from iisg.knowledge.analysis.relation_words import reasons_in_words
from iisg.knowledge.responses.models import Response
from iisg.knowledge.responses.proposals import Proposal

Answers = Mapping[str, frozenset[str]]


def needs_answered() -> Answers:
    """Action -> needs that a standing judgement says it answers, in one query."""
    found: dict[str, set[str]] = defaultdict(set)
    for action, need in Response.objects.answering().values_list("action__ref", "need__ref"):
        found[action].add(need)
    return {ref: frozenset(needs) for ref, needs in found.items()}


def report_of(action: Action, answers: Answers) -> Report:
    """An action that was fetched `with_facts` as the engine reads it; unknown stays unknown."""
    amount, currency = _committed(action.flows.all())
    return Report(
        ref=action.ref,
        title=action.title,
        summary=action.summary,
        original_title=action.title_original,
        funders=_names(action, PartyRole.FUNDING),
        implementers=_names(action, PartyRole.IMPLEMENTING),
        reporter=action.reporter.name if action.reporter else "",
        partners=frozenset(place.partner.code or "" for place in action.places.all()),
        named=action.names_partners,
        pillars=frozenset(pillar.pk for pillar in action.pillars.all()),
        assistance=frozenset(one.kind for one in action.assistance.all()),
        measures=frozenset(one.measure.code for one in action.placements.all()),
        needs=answers.get(action.ref, frozenset()),
        amount=amount,
        currency=currency,
        start=action.start_on,
        end=action.end_on,
        kind=action.form,
        stage=action.stage,
        identifiers=frozenset({action.reporter_ref} - {"", action.ref}),
    )


def proposals_of(actions: Iterable[Action]) -> list[Proposal]:
    """Every relation that the engine finds among actions fetched `with_facts`, with its reasons in words.

    The actions may come in a stream: of each only what the engine compares is held.
    """
    answers, keys = needs_answered(), dict[str, int]()
    reports = []
    for action in actions:
        keys[action.ref] = action.pk
        reports.append(report_of(action, answers))
    return [proposal_of(one, keys) for one in candidates(reports)]


def proposal_of(found: Candidate, keys: Mapping[str, int]) -> Proposal:
    """A candidate as it is stored; `keys` are those of the actions by reference."""
    return Proposal(
        keys[found.from_ref],
        keys[found.to_ref],
        found.relation,
        ". ".join(reasons_in_words(found.reasons)),
        Decimal(str(found.score)).quantize(Decimal("0.0001")),
        [[code, list(values)] for code, values in found.reasons],
    )


def _names(action: Action, role: str) -> frozenset[str]:
    """Bodies in a role by their full and their short names, and as the source printed them."""
    parties = [party for party in action.parties.all() if party.role == role]
    names = {n for p in parties for n in (p.organisation.name, p.organisation.short_name, p.printed)}
    return frozenset(names - {""})


def _committed(flows: Iterable[Flow]) -> tuple[Decimal | None, str]:
    """What is committed where all of it is known and in one currency; else not known."""
    sums = [(flow.amount, flow.currency) for flow in flows if flow.state == FlowState.COMMITTED]
    amounts = [amount for amount, _currency in sums if amount is not None]
    currencies = {currency for _amount, currency in sums}
    if not amounts or len(amounts) < len(sums) or len(currencies) != 1:
        return None, ""
    return sum(amounts, Decimal(0)), currencies.pop()
