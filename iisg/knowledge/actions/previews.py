"""What the pages of an import show: figures, records with changes in words, columns, new names."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from iisg.foundations.core.templatetags.wording import number
from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.actions import versions
from iisg.knowledge.actions.changes_shown import Change, changes_of
from iisg.knowledge.actions.column_words import column_word
from iisg.knowledge.actions.fact_words import topic_words
from iisg.knowledge.actions.models import (
    FATES_OF_NEEDS,
    Action,
    Back,
    Fate,
    Import,
    ImportRow,
    ImportState,
    Verdict,
)
from iisg.knowledge.actions.provenance import topics_of
from iisg.knowledge.actions.sources.refusals import size_in_words
from iisg.knowledge.cycles.models import CycleState, Return
from iisg.knowledge.needs.models import Need

STATE_COLOURS = {
    ImportState.RECEIVED: "blue",
    ImportState.NEEDS_MAPPING: "amber",
    ImportState.EXAMINED: "violet",
    ImportState.APPLYING: "blue",
    ImportState.APPLIED: "green",
    ImportState.REFUSED: "red",
    ImportState.DISCARDED: "grey",
    ImportState.TAKEN_BACK: "grey",
}
VERDICT_COLOURS = {
    Verdict.CREATED: "green",
    Verdict.CHANGED: "blue",
    Verdict.UNCHANGED: "grey",
    Verdict.REFUSED: "red",
    Verdict.LEFT_OUT: "amber",
}
LOOKED_AT, SHOWN = 5_000, 5
"""Refused records that are looked at for their reasons, and reasons that are shown."""
GRADE_COLOURS = {"critical": "red", "error": "red", "warning": "amber"}


@dataclass(frozen=True, slots=True)
class Remark:
    """One finding in the words of the page."""

    grade: str
    colour: str
    place: str
    message: str
    cure: str


@dataclass(frozen=True, slots=True)
class Line:
    """One record of the file; `route` and `record_ref` lead to the record where there is one."""

    place: str
    ref: str
    title: str
    verdict: str
    colour: str
    remarks: list[Remark]
    changes: list[Change]
    route: str
    record_ref: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """One record that says otherwise than a person confirmed: by topic (key, words, differences)."""

    row: ImportRow
    topics: list[tuple[str, str, list[Change]]]


@dataclass(frozen=True, slots=True)
class Version:
    """Where a file stands among the versions of its publisher; `linked`: the reader may open the earlier one."""

    earlier: Import | None
    linked: bool
    records: int
    older: bool
    undecided: int


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet; `meaning` is our field in words, "" where nothing was read from it.

    By its `key` it is mapped; `header` is "" where it has none.
    """

    letter: str
    header: str
    samples: list[str]
    meaning: str
    key: str

    @property
    def shown(self) -> str:
        """Its header, or by which letter it is found."""
        return self.header or _("column %(letter)s (no header)") % {"letter": self.letter}


@dataclass(frozen=True, slots=True)
class SheetOfColumns:
    """One sheet with its header row (0: it has none); headers of an earlier sheet are not repeated but `shared`.

    `first` are the numbers of its first rows, each with the beginning of what stands in it.
    """

    name: str
    row: int
    columns: list[Column]
    shared: list[str] = field(default_factory=list)
    first: list[tuple[int, str]] = field(default_factory=list)

    @property
    def above(self) -> list[tuple[int, str]]:
        """Rows above the headers in which something stands."""
        return [(number, text) for number, text in self.first if number < self.row and text]


@dataclass(frozen=True, slots=True)
class NewName:
    """A name that leads to nobody; `key` names its fields on the page, `decided` says what was decided."""

    key: str
    name: str
    identifier: str
    near: list[Organisation] = field(default_factory=list)
    decided: str = ""

    @property
    def waits(self) -> bool:
        """Whether a person has to decide before the file can be applied."""
        return bool(self.near) and not self.decided


def state_colour(imported: Import) -> str:
    """Colour of the tag that shows its state."""
    return STATE_COLOURS[ImportState(imported.state)]


def is_compared(imported: Import) -> bool:
    """Whether its records were compared with the house, so that its figures say something."""
    uncompared = (ImportState.RECEIVED, ImportState.NEEDS_MAPPING, ImportState.REFUSED)
    return imported.examined_at is not None and imported.state not in uncompared


def size_of(imported: Import) -> str:
    """Its size as a person would say it."""
    return size_in_words(imported.size)


def format_of(imported: Import) -> str:
    """The format in words, "" while nobody has looked."""
    if imported.form == "iati":
        version = imported.version or _("version not stated")
        return _("IATI, %(version)s") % {"version": version}
    words = {"workbook": _("workbook (XLSX)"), "table": _("delimited text (CSV)"), "json": _("JSON")}
    return words.get(imported.form, imported.form)


def subject_of(imported: Import) -> str:
    """What kind of records it holds."""
    words = {
        "needs": _("needs"),
        "actions": _("actions"),
        "both": _("needs and actions"),
        "publisher": _("a publisher's description of itself, no actions"),
    }
    return words.get(imported.subject, "")


def will_do(imported: Import) -> str:
    """One sentence on what applying the file would do, and one on what stays out or is entered beside it."""
    created, changed, same, refused = imported.created, imported.changed, imported.unchanged, imported.refused
    new = sum(1 for name in imported.new_organisations if _entered_as_new(imported, name))
    parts = [
        (created, ngettext("enters %(count)s new record", "enters %(count)s new records", created)),
        (changed, ngettext("changes %(count)s record", "changes %(count)s records", changed)),
        (same, ngettext("leaves %(count)s record as it is", "leaves %(count)s records as they are", same)),
        (
            imported.vanished,
            ngettext(
                "notes %(count)s record as no longer in its source's file",
                "notes %(count)s records as no longer in their source's file",
                imported.vanished,
            ),
        ),
    ]
    told = [words % {"count": number(count)} for count, words in parts if count]
    sentence = _("Applying it %(deeds)s.") % {"deeds": ", ".join(told) or _("changes nothing")}
    others = [
        (
            refused,
            ngettext(
                "%(count)s record is refused and stays out.",
                "%(count)s records are refused and stay out.",
                refused,
            ),
        ),
        (
            imported.left_out,
            ngettext(
                "%(count)s record for none of the six is left out.",
                "%(count)s records for none of the six are left out.",
                imported.left_out,
            ),
        ),
        (
            new,
            ngettext(
                "%(count)s organisation is entered as new, unconfirmed.",
                "%(count)s organisations are entered as new, unconfirmed.",
                new,
            ),
        ),
    ]
    return " ".join([sentence, *(words % {"count": number(count)} for count, words in others if count)])


def _entered_as_new(imported: Import, name: Any) -> bool:
    return isinstance(name, dict) and not imported.decisions.get(str(name.get("name")))


def remarks(findings: Iterable[Any]) -> list[Remark]:
    """Stored findings, the gravest first."""
    words = {"critical": _("critical"), "error": _("error"), "warning": _("warning")}
    order = list(words)
    told = [
        Remark(words[f["grade"]], GRADE_COLOURS[f["grade"]], f["place"], f["message"], f["cure"])
        for f in sorted(findings, key=lambda f: order.index(f["grade"]))
    ]
    return list(dict.fromkeys(told))


@dataclass(frozen=True, slots=True)
class Reason:
    """One kind of error with how many records it refuses, and the first of them as an example."""

    count: int
    example: Remark


def reasons(imported: Import) -> list[Reason]:
    """Why records are refused, the most frequent first: one mended column may free a thousand of them.

    Told where a kind refuses several; of very many refused records the first ones stand for all.
    """
    found: Counter[str] = Counter()
    first: dict[str, Any] = {}
    refused = imported.rows.filter(verdict=Verdict.REFUSED).values_list("findings", flat=True)
    for findings in refused[:LOOKED_AT]:
        errors = {f["code"]: f for f in findings if f["grade"] == "error"}
        found.update(errors.keys())
        first = errors | first
    return [Reason(n, remarks([first[code]])[0]) for code, n in found.most_common(SHOWN) if n > 1]


def chosen_rows(imported: Import, verdict: str, grade: str) -> QuerySet[ImportRow]:
    """Records of the file with that verdict and with findings of that grade ("" for any)."""
    rows = imported.rows.all()
    if verdict:
        rows = rows.filter(verdict=verdict)
    if grade == "error":
        rows = rows.filter(verdict=Verdict.REFUSED)
    elif grade == "warning":
        rows = rows.filter(warnings__gt=0)
    return rows


def lines(rows: Iterable[ImportRow]) -> list[Line]:
    """Records as the page lists them; asks the database nothing."""
    return [
        Line(
            row.place,
            row.key,
            row.title,
            row.get_verdict_display(),
            VERDICT_COLOURS[Verdict(row.verdict)],
            remarks(row.findings),
            changes_of(row.changes, row.subject),
            "need" if row.subject == "needs" else "action",
            "" if row.back == Back.REMOVED else row.record_ref,
        )
        for row in rows
    ]


def version_of(imported: Import, reader: object) -> Version:
    """The file among the versions of its publisher."""
    earlier = imported.earlier
    linked = earlier is not None and Import.objects.visible_to(reader).filter(pk=earlier.pk).exists()
    records = versions.known_rows(earlier).count() if earlier else 0
    undecided = imported.absences.undecided().count() if imported.vanished else 0
    return Version(earlier, linked, records, versions.is_older(imported, earlier), undecided)


def fates_for_all(imported: Import) -> tuple[Fate, ...]:
    """What can be said of all records at once that the file no longer holds."""
    return FATES_OF_NEEDS if imported.subject in ("needs", "both") else tuple(Fate)


def route_of(record: Action | Need) -> str:
    """The page that shows the record."""
    return "need" if isinstance(record, Need) else "action"


def conflicts(rows: Iterable[ImportRow]) -> list[Conflict]:
    """Records that say otherwise than a person confirmed, their differences by topic."""
    found = []
    for row in rows:
        by_topic: dict[str, list[Any]] = {}
        for change in row.conflicts:
            by_topic.setdefault(topics_of(row.subject).of[change[0]], []).append(change)
        words = topic_words(row.subject)
        topics = [(t, str(words[t]), changes_of(told, row.subject)) for t, told in by_topic.items()]
        found.append(Conflict(row, topics))
    return found


def sheets_of_columns(imported: Import) -> list[SheetOfColumns]:
    """The columns of a workbook or of delimited text with what was read from each; none for IATI."""
    mapping: Mapping[str, Any] = imported.mapping
    seen: set[str] = set()
    found = []
    for sheet in mapping.get("sheets", []):
        meant = mapping.get("columns") or (sheet["guess"] or {}).get("columns", {})
        columns, shared = [], []
        for column in sheet["columns"]:
            key = column.get("key") or column["header"]
            if not key or key in seen:
                shared += [column["header"]] if column["header"] else []
                continue
            seen.add(key)
            field_name = meant.get(key, "")
            meaning = column_word(field_name) if field_name else ""
            told = column["letter"], column["header"], list(column["samples"]), meaning, key
            columns.append(Column(*told))
        first = [(number, text) for number, text in sheet.get("first", [])]
        found.append(SheetOfColumns(sheet["sheet"], sheet["row"], columns, shared, first))
    return found


def new_names(imported: Import) -> list[NewName]:
    """Names that lead to nobody: those that wait for a decision first, then those that resemble somebody."""
    stored = [name for name in imported.new_organisations if isinstance(name, dict)]
    refs = {ref for name in stored for ref in name.get("near", [])} | set(imported.decisions.values())
    bodies = {body.ref: body for body in Organisation.objects.filter(ref__in=refs)}
    found = [
        NewName(
            hashlib.sha256(name["name"].encode()).hexdigest()[:12],
            name["name"],
            name.get("identifier", ""),
            [bodies[ref] for ref in name.get("near", []) if ref in bodies],
            _decided(imported, name["name"], bodies),
        )
        for name in stored
    ]
    return sorted(found, key=lambda name: (not name.waits, not name.near))


def _decided(imported: Import, name: str, bodies: Mapping[str, Organisation]) -> str:
    if name not in imported.decisions:
        return ""
    body = bodies.get(str(imported.decisions[name]))
    return _("means %(body)s") % {"body": body} if body else _("a body of its own")


def owed_by_its_reporter(imported: Import, reader: object, day: date) -> list[Return]:
    """Answers that the file's reporter owes in open rounds once it is applied: a file alone is no answer."""
    if imported.state != ImportState.APPLIED or imported.reporter_id is None:
        return []
    owed = Return.objects.visible_to(reader).outstanding_on(day).filter(cycle__state=CycleState.OPEN)
    return list(owed.filter(organisation=imported.reporter_id).select_related("cycle", "organisation"))
