"""What a template offers to one reporter: columns in words, lists, and the records that it has reported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.roles import PillarCode
from iisg.foundations.core.naming import footnote_for
from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.actions.column_words import column_word
from iisg.knowledge.actions.models import (
    Action,
    ActionKind,
    ActionQuerySet,
    AssistanceKind,
    FlowState,
    Stage,
)
from iisg.knowledge.actions.recorded import record_of
from iisg.knowledge.actions.records import ActionRecord, NeedRecord
from iisg.knowledge.actions.sheets.columns import ACTIONS, LONG_TEXTS, MONEY, NEEDS, Column
from iisg.knowledge.actions.sheets.fields import REQUIRED
from iisg.knowledge.actions.sheets.templates import Instructions, Offered, Sheet, write_template
from iisg.knowledge.actions.sheets.writing import Cells, action_row, fitting, money_row, need_rows
from iisg.knowledge.needs import recorded as needs_recorded
from iisg.knowledge.needs.models import FourP, FrameworkVersion, Need, NeedQuerySet, Perspective, Priority

CURRENCIES = ("EUR", "USD", "ALL", "BAM", "CHF", "GBP", "MKD", "NOK", "RSD", "SEK")
LANGUAGES = ("sq", "bs", "hr", "cnr", "mk", "sr", "en", "de", "fr")
LEFT_OUT = frozenset({"reporter", "public", "second_hand", "pillar_basis", "four_p_basis", "sectors",
                      "iisg_link_in_source", "assistance_type", "stage_in_source", "kind", "basis",
                      "second_source_url"})  # fmt: skip
"""Columns that a template has no use for; facts of which a file has no column keep what is recorded."""
HIDDEN = frozenset({"title_language", "partners", "extending", "accountable", "partners_named", "scope", "parent_ref",
                    "start_printed", "end_printed", "duration_months", "money_figure", "money_date_printed",
                    "money_printed", "money_valued", "money_from_action", "money_to_action",
                    "money_sectors", "money_recipients"})  # fmt: skip
"""Columns that only bring back what is recorded beside what is shown, so that nothing changes by being sent back."""
HINTS: Mapping[str, Any] = {
    "ref": gettext_lazy("Your own reference of the record. It stays the same for ever; a grey one cannot be changed."),
    "title": gettext_lazy("The title in English, as you would say it in a meeting."),
    "title_original": gettext_lazy("The title as the document has it, where that is not English."),
    "action_kind": gettext_lazy("Support from outside, a partner's own measure, or coordination."),
    "donor": gettext_lazy("Who pays. Choose one or type several, divided by semicolons; a share in braces: {60%}."),
    "implementer": gettext_lazy("Who carries it out. Choose one or type several, divided by semicolons."),
    "beneficiary_bodies": gettext_lazy("Bodies of the partners that it is for, divided by semicolons."),
    "beneficiaries": gettext_lazy("Codes of the partners that it reaches, divided by semicolons: AL; ME."),
    "partner": gettext_lazy("Codes of the partners that have the need, divided by semicolons: AL; ME."),
    "pillar": gettext_lazy("One or several, divided by semicolons."),
    "assistance_kinds": gettext_lazy("One or several of the list, divided by semicolons."),
    "need_kind": gettext_lazy("One or several of the list, divided by semicolons."),
    "start_date": gettext_lazy("2025-03-31, or 2025-03, or 2025. Leave it blank where you do not know."),
    "end_date": gettext_lazy("2027-03-31, or 2027-03, or 2027. To end an action, put the day here."),
    "action_stage": gettext_lazy("Where it stands today. Leave it blank where you do not know."),
    "summary": gettext_lazy("Two or three sentences. No operational or personal information."),
    "notes": gettext_lazy("What else one should know. No operational or personal information."),
    "need": gettext_lazy("What is missing, for whom, so that one could see it met. No operational information."),
    "body": gettext_lazy("Which body has the need. Choose from the list, or write its name."),
    "capability": gettext_lazy("What that body cannot do today."),
    "needed_by": gettext_lazy("2027-12-31, or 2027-12, or 2027: the last day counts."),
    "met_when": gettext_lazy("What one would see once the need is met."),
    "references": gettext_lazy("Laws, strategies or plans that state it."),
    "objective": gettext_lazy("As the framework has it; choose from the list."),
    "measure": gettext_lazy("As the framework has it; choose from the list."),
    "money_amount": gettext_lazy("A number such as 1500000. Leave it blank where it is not known; 0 means none."),
    "money_currency": gettext_lazy("Three letters; choose or type."),
    "money_state": gettext_lazy("How firm the money is."),
    "money_date": gettext_lazy("The day of the commitment or payment, 2025-03-31."),
}  # fmt: skip


def write_action_template(file: IO[bytes], reporter: Organisation | None, reader: Actor) -> int:
    """The template for actions with those that the organisation has reported; says how many stand in it.

    Without an organisation it holds what the house itself has compiled.
    """
    records = [record_of(action) for action in _own_actions(reporter, reader).with_facts()]
    bodies = tuple(Organisation.objects.confirmed().values_list("name", flat=True))
    chosen = {
        "donor": bodies, "implementer": bodies, "beneficiary_bodies": bodies, "money_from": bodies, "money_to": bodies,
        "money_currency": CURRENCIES, "original_language": LANGUAGES,
    }  # fmt: skip
    sheets = [
        Sheet(_("Actions"), _offered(ACTIONS, "actions", chosen), _action_rows(records)),
        Sheet(_("Money"), _offered((ACTIONS[0], *MONEY), "money", chosen), _money_rows(records)),
    ]
    write_template(file, _instructions(reporter, len(records)), sheets, _marking())
    return len(records)


def write_need_template(file: IO[bytes], partner: Organisation | None, reader: Actor) -> int:
    """The template for needs with those that only the partner has; says how many stand in it."""
    records = [needs_recorded.record_of(need) for need in _own_needs(partner, reader).with_facts()]
    version = FrameworkVersion.objects.filter(valid_to=None).first()
    objectives = list(version.objectives.prefetch_related("measures")) if version else []
    chosen = {
        "objective": _each(objective.title for objective in objectives),
        "measure": _each(measure.title for objective in objectives for measure in objective.measures.all()),
        "original_language": LANGUAGES,
        "body": _bodies_of(partner),
    }
    sheet = Sheet(_("Needs"), _offered(NEEDS, "needs", chosen), _need_rows(records))
    write_template(file, _instructions(partner, len(records)), [sheet], _marking())
    return len(records)


def records_of(body: Organisation | None, reader: Actor) -> tuple[int, int]:
    """How many actions and how many needs would stand in its templates."""
    return _own_actions(body, reader).count(), _own_needs(body, reader).count()


def _own_actions(reporter: Organisation | None, reader: Actor) -> ActionQuerySet:
    return Action.objects.visible_to(reader).filter(reporter=reporter)


def _own_needs(partner: Organisation | None, reader: Actor) -> NeedQuerySet:
    """Needs that the partner alone has; without a partner all of them."""
    found = Need.objects.visible_to(reader).standing()
    if partner is None:
        return found
    shared = Need.partners.through.objects.exclude(organisation=partner)
    return found.filter(partners=partner).exclude(pk__in=shared.values("need"))


def _bodies_of(partner: Organisation | None) -> tuple[str, ...]:
    """The partner's institutions, or those of all six."""
    below = Organisation.objects.confirmed().filter(
        parent__in=[partner] if partner else Organisation.objects.partners()
    )
    return tuple(below.order_by("name").values_list("name", flat=True))


def _offered(columns: Iterable[Column], kind: str, chosen: Mapping[str, tuple[str, ...]]) -> list[Offered]:
    required = REQUIRED.get(kind, frozenset())
    return [
        Offered(
            column,
            column_word(column.name),
            str(HINTS.get(column.name) or _("For example: %(example)s") % {"example": column.example}),
            required=column.name in required,
            long=column.name in (*LONG_TEXTS, "title", "title_original", "need"),
            hidden=column.name in HIDDEN,
            choices=chosen.get(column.name, ()),
        )
        for column in columns
        if column.name not in LEFT_OUT
    ]


def _action_rows(records: Iterable[ActionRecord]) -> Iterator[Cells]:
    for record in records:
        yield from fitting([action_row(record)])


def _money_rows(records: Iterable[ActionRecord]) -> Iterator[Cells]:
    return (money_row(record, flow) for record in records for flow in record.flows)


def _need_rows(records: Iterable[NeedRecord]) -> Iterator[Cells]:
    for record in records:
        yield from fitting(need_rows(record))


def _instructions(body: Organisation | None, records: int) -> Instructions:
    whose = body.name if body else _("the Secretariat")
    sentences = [
        _("For %(whose)s. %(number)d records stand in it as they are recorded today.")
        % {"whose": whose, "number": records},
        _("1. Correct what has changed, end what has ended, add new records below. One record is one row."),
        _("2. Leave blank what you do not know: blank means not known, 0 means none."),
        _(
            "3. Grey references stay as they are, so that a record is recognised. A new record gets a new reference."
        ),
        _("4. Save the file as .xlsx and send it under Import. You see every change before it is recorded."),
        _("Never enter classified, operational or personal information. Columns with * must be filled in."),
        footnote_for("Kosovo*"),
    ]
    heads = (_("column"), _("What to write"), _("Example"), _("List to choose from"))
    return Instructions(_("How to fill in this file"), sentences, heads, _code_words())


def _code_words() -> dict[str, str]:
    """The codes of all lists in words."""
    choices = (AssistanceKind, ActionKind, FlowState, Stage, PillarCode, FourP, Perspective, Priority)
    words = {str(value): str(label) for each in choices for value, label in each.choices}
    partners = Organisation.objects.partners().values_list("code", "name")
    return words | {code or "": name for code, name in partners}


def _marking() -> str:
    return _("For members of the mechanism (TLP:GREEN)")


def _each(titles: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(titles))
