"""The facts of needs and actions in plain words: what a field is called, and how its value reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db.models import TextChoices
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.actions.models import ActionKind, AssistanceKind, FlowState, PartyRole, Scope, Stage
from iisg.knowledge.needs.models import Perspective, Priority

FACT_NAMES: Final[Mapping[str, Any]] = {
    "title": gettext_lazy("Title"),
    "title_language": gettext_lazy("Language of the title"),
    "title_original": gettext_lazy("Title in the original language"),
    "original_language": gettext_lazy("Original language"),
    "summary": gettext_lazy("Summary"),
    "kind": gettext_lazy("Kind of action"),
    "form": gettext_lazy("Form"),
    "scope": gettext_lazy("Scope"),
    "other_beneficiaries": gettext_lazy("Beneficiaries as the source words them"),
    "pillar_basis": gettext_lazy("How the pillar is known"),
    "stage": gettext_lazy("Stage"),
    "stage_printed": gettext_lazy("Stage as printed"),
    "duration_months": gettext_lazy("Duration in months"),
    "date_note": gettext_lazy("Note on dates"),
    "assistance_printed": gettext_lazy("Assistance as printed"),
    "money_note": gettext_lazy("Note on money"),
    "mechanism_link": gettext_lazy("Link to the mechanism in the source"),
    "source_url": gettext_lazy("Source"),
    "second_source_url": gettext_lazy("Second source"),
    "second_hand": gettext_lazy("Reported at second hand"),
    "start": gettext_lazy("Starts"),
    "end": gettext_lazy("Ends"),
    "start_on": gettext_lazy("First possible start"),
    "start_precision": gettext_lazy("How exactly the start is known"),
    "start_printed": gettext_lazy("Start as printed"),
    "end_on": gettext_lazy("Last possible end"),
    "end_precision": gettext_lazy("How exactly the end is known"),
    "end_printed": gettext_lazy("End as printed"),
    "end_derived": gettext_lazy("End computed from the duration"),
    "sectors": gettext_lazy("Sector codes"),
    "pillars": gettext_lazy("Pillars"),
    "assistance": gettext_lazy("Kinds of assistance"),
    "parties": gettext_lazy("Bodies and what they do"),
    "places": gettext_lazy("Partners it reaches"),
    "flows": gettext_lazy("Money"),
    "perspective": gettext_lazy("Perspective"),
    "priority": gettext_lazy("Priority"),
    "quantity": gettext_lazy("Quantity"),
    "unit": gettext_lazy("Unit"),
    "basis": gettext_lazy("Kind of statement"),
    "source_body": gettext_lazy("Stated by"),
    "source_year": gettext_lazy("Year of the source"),
    "four_p_basis": gettext_lazy("How the field is known"),
    "notes": gettext_lazy("Notes"),
    "body": gettext_lazy("Body that has the need"),
    "capability": gettext_lazy("Capability that is missing"),
    "needed_by": gettext_lazy("Needed by"),
    "met_when": gettext_lazy("How one would see it met"),
    "references": gettext_lazy("Reference documents"),
    "kinds": gettext_lazy("Kinds of need"),
    "partners": gettext_lazy("Partners"),
    "placements": gettext_lazy("Place in the framework"),
}
"""What each fact that comparing names is called; a need's title is its wording."""

TOPIC_WORDS: Final[Mapping[str, Any]] = {
    "title": gettext_lazy("Title"),
    "summary": gettext_lazy("Summary"),
    "kind": gettext_lazy("Kind and form"),
    "parties": gettext_lazy("Bodies and what they do"),
    "places": gettext_lazy("Partners it reaches"),
    "dates": gettext_lazy("Dates"),
    "stage": gettext_lazy("Stage"),
    "assistance": gettext_lazy("Kinds of assistance"),
    "pillars": gettext_lazy("Pillars"),
    "money": gettext_lazy("Money"),
    "sectors": gettext_lazy("Sector codes"),
    "sources": gettext_lazy("Sources"),
}
"""What each topic, whose facts are confirmed and taken together, is called."""

TOPIC_WORDS_OF_NEEDS: Final[Mapping[str, Any]] = {
    "title": gettext_lazy("Need"),
    "partners": gettext_lazy("Partners"),
    "framework": gettext_lazy("Place in the framework"),
    "kinds": gettext_lazy("Kinds of need"),
    "body": gettext_lazy("Body that has the need"),
    "capability": gettext_lazy("Capability that is missing"),
    "needed_by": gettext_lazy("Needed by"),
    "met_when": gettext_lazy("How one would see it met"),
    "priority": gettext_lazy("Priority"),
    "quantity": gettext_lazy("Quantity"),
    "statement": gettext_lazy("Source"),
    "references": gettext_lazy("Reference documents"),
    "notes": gettext_lazy("Notes"),
}
"""The same for needs."""

_CLOSED: Final[Mapping[str, type[TextChoices]]] = {
    "kind": ActionKind,
    "scope": Scope,
    "stage": Stage,
    "perspective": Perspective,
    "priority": Priority,
    "assistance": AssistanceKind,
}
_OWN_OF_A_SUM: Final = slice(3, 5)
"""Where in the last columns of a flow its own sectors and places stand; a file read before they were kept has none."""
_PRECISION: Final[Mapping[str, Any]] = {
    "day": gettext_lazy("to the day"),
    "month": gettext_lazy("to the month"),
    "quarter": gettext_lazy("to the quarter"),
    "year": gettext_lazy("to the year"),
}
_KINDS_OF_NEED: Final[Mapping[str, Any]] = {
    "legislative": gettext_lazy("legislative"),
    "institutional": gettext_lazy("institutional"),
    "operational": gettext_lazy("operational"),
}


def topic_words(subject: str) -> Mapping[str, Any]:
    """What the topics of needs or of actions are called."""
    return TOPIC_WORDS_OF_NEEDS if subject == "needs" else TOPIC_WORDS


def fact_name(name: str, subject: str) -> str:
    """The field in plain words; a name that has none is shown as it is."""
    if name == "title" and subject == "needs":
        return _("Need")
    return str(FACT_NAMES.get(name, name.replace("_", " ")))


class FactWords:
    """Writes values of facts as text; bodies by their names, lists line by line, the unknown as ""."""

    def __init__(self, organisations: Mapping[int, Organisation] | None = None) -> None:
        self._bodies = {key: str(body) for key, body in (organisations or {}).items()}
        self._partners = {body.code: body.name for body in (organisations or {}).values() if body.code}

    def change(self, name: str, before: Any, after: Any) -> tuple[str, str]:
        """A changed fact before and after; of lists only the lines that differ, partners by their names."""
        if not (isinstance(before, tuple) and isinstance(after, tuple)):
            return self._value(name, before), self._value(name, after)
        old, new = [self._value(name, v) for v in before], [self._value(name, v) for v in after]
        if name in ("places", "partners"):
            old, new = sorted(old), sorted(new)
        gone, come = _without(old, new), _without(new, old)
        if not gone and not come:
            return "\n".join(old), "\n".join(new)
        return "\n".join(gone), "\n".join(come)

    def _value(self, name: str, value: Any) -> str:
        if value is None or value == "":
            return ""
        if isinstance(value, tuple):
            lines = {"parties": self._party, "places": self._place, "flows": self._flow}
            return lines.get(name, _placement)(value)
        if name in _CLOSED:
            labels = dict(_CLOSED[name].choices)
            return str(labels.get(value, value))
        if name.endswith("_precision"):
            return str(_PRECISION.get(value, value))
        if name == "body":
            return self._body(value)
        if name == "kinds":
            return str(_KINDS_OF_NEED.get(value, value))
        if name == "partners":
            return self._partners.get(str(value), str(value))
        return _plain(value)

    def _body(self, key: object) -> str:
        """A known body by its name; what is no key is the printed name of somebody new."""
        return self._bodies.get(key, str(key)) if isinstance(key, int) else str(key)

    def _party(self, party: tuple[Any, ...]) -> str:
        role, key, share, printed = party
        body = self._body(key)
        parts = [f"{dict(PartyRole.choices).get(role, role)}: {body}"]
        if share is not None:
            parts.append(f"{_plain(share)} %")
        if printed and printed not in body:
            parts.append(_("printed as “%(name)s”") % {"name": printed})
        return ", ".join(parts)

    def _place(self, place: tuple[Any, ...]) -> str:
        code, named, share = place
        how = _("named") if named else _("as part of the region")
        parts = [self._partners.get(code, code), how, *([f"{_plain(share)} %"] if share is not None else [])]
        return ", ".join(parts)

    def _flow(self, flow: tuple[Any, ...]) -> str:
        state, _kind, amount, currency, source, source_printed, destination, destination_printed, *rest = flow
        happened, happened_printed, start, end, _printed, *others = rest
        sum_ = (
            f"{currency or _('currency not known')} {amount:,f}"
            if amount is not None
            else _("amount not known")
        )
        parts = [f"{dict(FlowState.choices).get(state, state)}: {sum_}"]
        if source is not None or source_printed:
            parts.append(
                _("from %(body)s") % {"body": self._body(source_printed if source is None else source)}
            )
        if destination is not None or destination_printed:
            body = self._body(destination_printed if destination is None else destination)
            parts.append(_("to %(body)s") % {"body": body})
        if happened is not None or happened_printed:
            parts.append(_("on %(day)s") % {"day": _plain(happened) if happened else happened_printed})
        if start or end:
            period = {"start": _plain(start) or _("not known"), "end": _plain(end) or _("not known")}
            parts.append(_("for %(start)s to %(end)s") % period)
        parts += [part for part in others[_OWN_OF_A_SUM] if part]
        return ", ".join(parts)


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return date_format(value, "j F Y")
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value)


def _placement(line: tuple[Any, ...]) -> str:
    return " · ".join(_plain(part) for part in line if part not in (None, ""))


def _without(lines: list[str], others: list[str]) -> list[str]:
    """Lines that the other list does not hold, as often as they are more, in their order."""
    surplus = Counter(lines) - Counter(others)
    found = []
    for line in lines:
        if surplus[line] > 0:
            surplus[line] -= 1
            found.append(line)
    return found
