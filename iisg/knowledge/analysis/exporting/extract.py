"""What is to be taken out, by whom and chosen by what: the same for every format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from iisg.foundations.access.roles import Can
from iisg.foundations.core.handling import Marking
from iisg.foundations.core.tables import Table
from iisg.foundations.core.templatetags.export_ui import FORMS as WORDS
from iisg.knowledge.actions.records import ActionRecord


@dataclass(frozen=True, slots=True)
class Form:
    """One format: how it is called, and what a server says it is."""

    name: str
    words: str | Promise
    suffix: str
    content_type: str


FORMS = MappingProxyType(
    {
        form.name: form
        for form in (
            Form(
                "xlsx",
                WORDS["xlsx"],
                "xlsx",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            ),
            Form("csv", WORDS["csv"], "csv", "text/csv; charset=utf-8"),
            Form("json", WORDS["json"], "json", "application/json"),
            Form("iati", WORDS["iati"], "xml", "application/xml"),
        )
    }
)
"""By name; an extract says which of them it has."""

MEANINGS = MappingProxyType(
    {
        Marking.PUBLIC: _("TLP:CLEAR: it may be passed on to everybody."),
        Marking.MEMBERS: _(
            "TLP:GREEN: for members of the mechanism and the bodies that work with them; not for publication."
        ),
    }
)
"""What may be done with a file of each marking."""


@dataclass(frozen=True, slots=True)
class Extract:
    """What is taken out. The functions make it anew each time, record by record.

    `tables` are the sheets of a workbook, `flat` the one table of a CSV file, `lists` the lists of a JSON file;
    `records` are the actions of an IATI file, None where there is no such file. `power` is what a reader of
    members' records needs; `meanings` says what columns hold; `part` is
    "public" where each record is there in part only. `refs` are the references of its records where it can be made
    anew from them later, so that a large file need not be written while somebody waits.
    """

    what: str
    title: str
    count: int
    tables: Callable[[], Iterable[Table]]
    flat: Callable[[], Table]
    lists: Callable[[], Mapping[str, Iterable[Mapping[str, Any]]]]
    records: Callable[[], Iterable[ActionRecord]] | None = None
    power: Can = Can.READ_ANALYSIS
    marking: Marking = Marking.MEMBERS
    notes: Sequence[str] = ()
    meanings: Mapping[str, str] = field(default_factory=dict)
    schema: str = ""
    part: str = ""
    refs: Sequence[str] = ()

    @property
    def forms(self) -> tuple[Form, ...]:
        """The formats in which it can be taken."""
        return tuple(form for form in FORMS.values() if form.name != "iati" or self.records is not None)


@dataclass(frozen=True, slots=True)
class Taken:
    """One taking: who, when, for which day, and what the reader had chosen, in words ("" for everything)."""

    by: str
    at: datetime
    day: date
    chosen: str = ""
