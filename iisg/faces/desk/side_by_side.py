"""Records of actions side by side: the same facts of each, what only one of them says marked in words and colour."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iisg.faces.desk.marking import marked_differences, only_here
from iisg.foundations.core.templatetags.wording import money_exact, printed_date
from iisg.knowledge.actions.models import Action, FlowState
from iisg.knowledge.responses.models import SpokenField

Values = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of several records: a cell for each, and whether they say the same (None: not all say something)."""

    label: str | Promise
    cells: list[SafeString]
    same: bool | None
    field: str = ""

    @property
    def word(self) -> str:
        """What the comparison finds, in words."""
        if self.same is None:
            return _("not all say it")
        return _("the same") if self.same else _("they differ")


def _names(bodies: Iterable[object]) -> Values:
    return tuple(dict.fromkeys(str(getattr(body, "shown", body)) for body in bodies))


def _partners(action: Action) -> Values:
    places = list(action.places.all())
    regional = _("%(partner)s (as part of the region)")
    return tuple(
        place.partner.name if place.named else regional % {"partner": place.partner.name} for place in places
    )


def _money(action: Action) -> Values:
    words = dict(FlowState.choices)
    flows = list(action.flows.all())
    told = [
        f"{words.get(flow.state, flow.state)}: {money_exact(flow.amount, flow.currency)}"
        for flow in flows[:6]
    ]
    more = [_("and %(number)s more") % {"number": len(flows) - 6}] if len(flows) > 6 else []
    return (*told, *more)


def _reporter(action: Action) -> Values:
    reporter = action.reporter.shown if action.reporter else _("nobody; compiled from public sources")
    return (f"{reporter}, {date_format(action.changed_at, 'j F Y')}",)


FACTS: tuple[tuple[str, str | Promise, Callable[[Action], Values]], ...] = (
    (SpokenField.TITLE, gettext_lazy("Title"), lambda a: (a.title,)),
    ("", gettext_lazy("Title in the original language"), lambda a: (a.title_original,)),
    ("", gettext_lazy("Summary"), lambda a: (a.summary,)),
    ("", gettext_lazy("Reported by, last told"), _reporter),
    ("", gettext_lazy("Reporter's own reference"), lambda a: (a.reporter_ref,)),
    (SpokenField.FUNDERS, gettext_lazy("Funders"), lambda a: _names(a.funders)),
    (SpokenField.IMPLEMENTERS, gettext_lazy("Implementers"), lambda a: _names(a.implementers)),
    (SpokenField.PLACES, gettext_lazy("Partners"), _partners),
    (SpokenField.PILLARS, gettext_lazy("Pillars"), lambda a: _names(p.pk for p in a.pillars.all())),
    (
        SpokenField.ASSISTANCE,
        gettext_lazy("Kinds of assistance"),
        lambda a: _names(one.get_kind_display() for one in a.assistance.all()),
    ),
    ("", gettext_lazy("Measures"), lambda a: _names(one.measure.code for one in a.placements.all())),
    (SpokenField.TIME, gettext_lazy("Starts"), lambda a: (printed_date(a.start) if a.start_printed else "",)),
    ("", gettext_lazy("Ends"), lambda a: (_end(a),)),
    ("", gettext_lazy("Stage by its source"), lambda a: (str(a.get_stage_display()),)),
    (SpokenField.MONEY, gettext_lazy("Money"), _money),
    ("", gettext_lazy("Form"), lambda a: (a.form,)),
)
"""The facts in the order of reading; a field is where a report may be chosen to speak."""

_TEXTS = 3
"""The first facts are texts, in which single words are compared."""


def _end(action: Action) -> str:
    if action.end_derived and action.end_on:
        return _("%(day)s, computed from the duration") % {"day": date_format(action.end_on, "j F Y")}
    return printed_date(action.end) if action.end_printed else ""


def facts_of(actions: Sequence[Action]) -> list[Fact]:
    """The facts that any of the actions (fetched `with_facts`) states, a cell for each of them."""
    found = []
    for number, (field, label, read) in enumerate(FACTS):
        values = [tuple(value for value in read(action) if value) for action in actions]
        if any(values):
            found.append(_fact(field, label, values, is_text=number < _TEXTS))
    return found


def _fact(field: str, label: str | Promise, values: list[Values], *, is_text: bool) -> Fact:
    same = None if not all(values) else len({frozenset(one) for one in values}) == 1
    cells = []
    for index, own in enumerate(values):
        others = [value for n, one in enumerate(values) if n != index for value in one]
        if same or not any(others):
            cells.append(_lines(own))
        elif is_text:
            cells.append(marked_differences(" ".join(own), " ".join(others)))
        else:
            cells.append(_lines(only_here(one) if one not in others else one for one in own))
    return Fact(label, cells, same, field)


def _lines(values: Iterable[str]) -> SafeString:
    return format_html_join("", '<span class="iisg-line">{}</span>', ((one,) for one in values))
