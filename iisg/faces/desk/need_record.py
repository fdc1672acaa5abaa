"""Everything the page of one need tells: its answer for each partner, what was judged, what is suggested."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from iisg.faces.desk.suggesting import Offer, offers_for_need
from iisg.foundations.access.actors import Actor
from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.analysis.candidates import actions_for
from iisg.knowledge.analysis.engine.coverage import coverage
from iisg.knowledge.analysis.engine.one_action import Groups
from iisg.knowledge.analysis.engine.rows import ActionRow, NeedCoverage, Running
from iisg.knowledge.analysis.engine.running import running_at
from iisg.knowledge.analysis.reading import Picture, need_row, picture_about, rows_for_counting
from iisg.knowledge.analysis.wording import RUNNING_COLOURS, RUNNING_WORDS, coverage_sentences, why_running
from iisg.knowledge.needs.models import Need
from iisg.knowledge.responses.models import Degree, Response


@dataclass(frozen=True, slots=True)
class PartnerAnswer:
    """How far the need is covered for one partner, with the sentences that say why."""

    partner: Organisation
    coverage: NeedCoverage
    sentences: list[str]


@dataclass(frozen=True, slots=True)
class TimeTag:
    """Whether an action runs on the day: word, colour and the reason in a sentence."""

    running: Running
    why: str

    @property
    def word(self) -> str:
        """For the tag."""
        return str(RUNNING_WORDS[self.running])

    @property
    def colour(self) -> str:
        """For the tag."""
        return RUNNING_COLOURS[self.running]


@dataclass(frozen=True, slots=True)
class Judged:
    """A standing judgement with what the day makes of its action; `due`: to be looked at again one year on."""

    response: Response
    time: TimeTag
    due: bool


@dataclass(frozen=True, slots=True)
class NeedFacts:
    """What the page shows beside the stored record; `counted` False for a draft or a withdrawn need."""

    counted: bool
    answers: list[PartnerAnswer]
    judged: list[Judged]
    earlier: list[Response]
    offers: list[tuple[Offer, TimeTag]]


def need_facts(need: Need, reader: Actor, day: date, today: date) -> NeedFacts:
    """Read all of it in a constant number of queries: coverage on `day`, what is due `today`."""
    found = picture_about(reader, day, [need.ref])
    responses = list(Response.objects.visible_to(reader).filter(need=need).select_related("action"))
    standing = [r for r in responses if r.replaced_at is None]
    rows, head = {row.ref: row for row in found.actions}, found.groups.head
    offers = _offers(need, {head(r.action.ref) for r in standing}, found.groups, reader, day)
    return NeedFacts(
        counted=need.ref in found.needs_by_ref,
        answers=partner_answers(need, found),
        judged=sorted(
            (Judged(r, time_tag(rows[head(r.action.ref)], day), r.is_due(today)) for r in standing),
            key=_what_counts_first,
        ),
        earlier=[r for r in responses if r.replaced_at is not None],
        offers=offers,
    )


def _offers(
    need: Need, judged: set[str], groups: Groups, reader: Actor, day: date
) -> list[tuple[Offer, TimeTag]]:
    """Actions that may answer it and that nobody has judged for it yet, with what the day makes of them."""
    row = need_row(need)
    actions = [a for a in actions_for(row, reader, day) if groups.head(a.ref) not in judged]
    rows = {row.ref: row for row in rows_for_counting(actions)}
    by_ref = {action.ref: action for action in actions}
    offers = offers_for_need(need, row, rows.values(), by_ref, day, names_of(need.partners.all()))
    return [(offer, time_tag(rows[offer.action.ref], day)) for offer in offers]


def _what_counts_first(judged: Judged) -> tuple[bool, bool, str]:
    """Answers before judgements of "none", what runs before what does not."""
    response = judged.response
    return response.degree == Degree.NONE, judged.time.running is not Running.RUNNING, response.action.ref


def names_of(partners: Iterable[Organisation]) -> dict[str, str]:
    """Partners' names by their codes."""
    return {partner.code or "": partner.name for partner in partners}


def time_tag(row: ActionRow, day: date) -> TimeTag:
    """Whether the action runs on the day, with its reason; of several reports the one that speaks gives it."""
    running = running_at(row, day)
    speaking = next((one for one in row.reports if running_at(one, day) is running), row)
    return TimeTag(running, why_running(speaking, running))


def partner_answers(need: Need, found: Picture) -> list[PartnerAnswer]:
    """One answer for each partner of a counted need, in the partners' order."""
    rows = [row for row in found.needs if row.ref == need.ref]
    partners: Mapping[str, Organisation] = {p.code or "": p for p in need.partners.all()}
    return [
        PartnerAnswer(partners[one.partner], one, coverage_sentences(one))
        for one in coverage(rows, found.actions, found.responses, found.outstanding, found.day)
    ]
