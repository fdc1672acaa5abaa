"""The interface kit, `{% load iisg_ui %}`: each tag fills one thin template of components/."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.http import QueryDict
from django.template import Context, Engine
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iisg.foundations.core.templatetags import addresses, field_look, wording

register = template.Library()

for _name in ("known", "number", "money_short", "money_exact", "day_long", "moment_long", "printed_date"):
    register.filter(_name, getattr(wording, _name))

STATES = {
    "covered": gettext_lazy("covered"),
    "partly": gettext_lazy("partly"),
    "gap": gettext_lazy("gap"),
    "not_known": gettext_lazy("not known"),
}
"""The four states of coverage with their words (rules.md 5)."""

Values = dict[str, Any]


def block(name: str) -> Callable[[Callable[..., Values]], Callable[..., SafeString]]:
    """Register `{% name … %}…{% endname %}`; the function gives the values of components/name.html."""

    def register_block(values: Callable[..., Values]) -> Callable[..., SafeString]:
        def render(context: Context, content: str, *args: Any, **kwargs: Any) -> SafeString:
            inner = context.new({**values(*args, **kwargs), "content": content})
            inner["request"] = context.get("request")
            return Engine.get_default().get_template(f"components/{name}.html").render(inner)

        register.simple_block_tag(render, takes_context=True, name=name)
        return render

    return register_block


def _query(context: Context) -> QueryDict:
    request = context.get("request")
    return request.GET if request is not None else QueryDict()


def _state(value: Any) -> Values:
    key = str(value).replace("-", "_")
    if key not in STATES:
        raise ValueError(f"'{value}' is none of the states {', '.join(STATES)}")
    return {"state": key.replace("_", "-"), "word": STATES[key]}


# ---- addresses


@register.simple_tag(takes_context=True)
def query_with(context: Context, **changes: Any) -> str:
    """`href="{% query_with view='cards' %}"`: this address with parameters set."""
    return addresses.query_with(_query(context), **changes)


@register.simple_tag(takes_context=True)
def query_without(context: Context, name: str, value: Any = None) -> str:
    """`href="{% query_without 'pillar' 'WBBSi' %}"`: this address without a parameter or one value of it."""
    return addresses.query_without(_query(context), name, value=value)


@register.inclusion_tag("components/nav_link.html", takes_context=True)
def nav_link(context: Context, route: str, text: str, beside: str = "") -> Values:
    """An entry of the service navigation by the name of its route; nothing without such a route.

    `beside` names further routes, with spaces between them, whose pages belong to the entry.
    """
    href = _address(route)
    if not href:
        return {"href": ""}
    path = getattr(context.get("request"), "path", "")
    places = [href, *map(_address, beside.split())]
    inside = any(place not in ("", "/") and path.startswith(place) for place in places)
    return {"href": href, "text": text, "current": "page" if path == href else "true" if inside else ""}


def _address(route: str) -> str:
    """Where a route leads; "" where there is none of that name."""
    try:
        return reverse(route)
    except NoReverseMatch:
        return ""


# ---- words, tags, buttons


@register.inclusion_tag("components/state_tag.html")
def state_tag(state: str, word: str = "") -> Values:
    """Coverage in word, mark and colour; `word` says more ("covered, regional action only")."""
    values = _state(state)
    return {**values, "word": word or values["word"]}


@register.inclusion_tag("components/state_mark.html")
def state_mark(state: str) -> Values:
    """Only the mark, where the word stands beside it anyway."""
    return _state(state)


@register.inclusion_tag("components/tag.html")
def tag(text: Any, colour: str = "blue") -> Values:
    """A short word on colour: blue, green, amber, grey, violet or red."""
    return {"text": text, "colour": colour}


@register.inclusion_tag("components/button.html")
def button(text: str, href: str = "", kind: str = "primary", name: str = "", value: str = "") -> Values:
    """A link that looks like a button (`href`) or a form's own button; kind primary, secondary or warning."""
    return {"text": text, "href": href, "kind": kind, "name": name, "value": value}


@register.inclusion_tag("components/button_form.html", takes_context=True)
def button_form(context: Context, action: str, text: str, kind: str = "primary", **hidden: Any) -> Values:
    """One button that posts to `action`; further named arguments travel as hidden fields."""
    return {"action": action, "text": text, "kind": kind, "hidden": hidden}


@register.inclusion_tag("components/back_link.html")
def back_link(href: str, text: str = "") -> Values:
    """A way back to one place, where breadcrumbs would say too much."""
    return {"href": href, "text": text or _("Back")}


@register.simple_tag
def deadline(moment: datetime | None, at: datetime) -> str:
    """A deadline with hour and zone and how far it is from `at`."""
    return wording.deadline(moment, at)


# ---- forms


@register.inclusion_tag("components/error_summary.html")
def error_summary(*bound: forms.Form | None) -> Values:
    """All errors of some forms, each a link to its field (to the first choice of radios and check boxes)."""
    return {"errors": [error for form in bound if form is not None for error in field_look.errors_of(form)]}


@register.simple_tag
def field_widget(field: forms.BoundField) -> SafeString:
    """The widget of a field in the kit's classes, with the class for an error where it has one."""
    classes = field_look.widget_classes(field)
    return field.as_widget(attrs={"class": classes} if classes else None)


@register.filter
def is_checkbox(field: forms.BoundField) -> bool:
    """Whether the field is a single check box, whose label stands after it."""
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.inclusion_tag("components/fields.html")
def fields(form: forms.Form) -> Values:
    """All fields of a form, hidden ones included, in order."""
    return {"form": form}


@register.inclusion_tag("components/filter_panel.html", takes_context=True)
def filter_panel(context: Context, form: forms.Form, title: str = "", submit: str = "") -> Values:
    """The filters of a register: a GET form; above it what is chosen, each a link that drops just that."""
    query = _query(context)
    return {
        "form": form,
        "title": title or _("Filters"),
        "submit": submit or _("Apply filters"),
        "chosen": addresses.chosen(form, query),
        "carried": addresses.carried(form, query),
        "clear": addresses.query_without(query, *(field.html_name for field in form)),
    }


# ---- registers


@register.inclusion_tag("components/sort_heading.html", takes_context=True)
def sort_heading(context: Context, key: str, text: str, default: str = "", numeric: bool = False) -> Values:
    """A column head that sorts on the server, `?sort=key` then `-key`; `default` is the order without it."""
    query = _query(context)
    present = query.get("sort") or default
    order = {key: "ascending", f"-{key}": "descending"}.get(present, "none")
    href = addresses.sort_address(query, key, present)
    return {"text": text, "order": order, "href": href, "numeric": numeric}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any], label: str = "") -> Values:
    """Links to the other pages, keeping filters and order; nothing where there is one page."""
    query = _query(context)

    def address(number: int) -> str:
        return addresses.query_with(query, page=number)

    entries = [
        {"number": number, "href": address(number) if isinstance(number, int) else ""}
        for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]
    return {
        "page": page,
        "label": label or _("Pages"),
        "entries": entries,
        "previous": address(page.previous_page_number()) if page.has_previous() else "",
        "next": address(page.next_page_number()) if page.has_next() else "",
    }


@block("result_line")
def result_line(count: int, one: str, many: str) -> Values:
    """How many records the list holds; the body tells totals and how many of them are not known."""
    return {"count": count, "noun": one if count == 1 else many}


@block("scroll")
def scroll(label: str, kind: str = "") -> Values:
    """A named region that scrolls sideways, by keyboard too; kind "matrix" scrolls both ways."""
    return {"label": label, "kind": kind}


# ---- records


@block("summary_list")
def summary_list(kind: str = "") -> Values:
    """Rows of facts, made of `row` and `rich_row`; kind "figures" for columns of numbers."""
    return {"kind": kind}


@register.inclusion_tag("components/rich_row.html")
def row(key: str, value: Any, href: str = "", action: str = "") -> Values:
    """One fact; None or blank is written "not known"; `href` adds a link, "Change" or `action`."""
    return {"key": key, "content": wording.known(value), "href": href, "action": action or _("Change")}


@block("rich_row")
def rich_row(key: str, href: str = "", action: str = "") -> Values:
    """One fact whose value is written as markup between the tags."""
    return {"key": key, "href": href, "action": action or _("Change")}


@block("card")
def card(title: str, href: str = "", action: str = "", level: int = 2) -> Values:
    """A summary card with a title, perhaps with one link, around a summary list, a table or text."""
    return {"title": title, "href": href, "action": action or _("Change"), "level": level}


@block("panel")
def panel(title: str, href: str = "", level: int = 2) -> Values:
    """A framed part of a page; with `href` its title is a link."""
    return {"title": title, "href": href, "level": level}


@block("identity_bar")
def identity_bar(reference: str, label: str = "") -> Values:
    """Reference of the record, then in the body its state, whose turn it is, its deadline."""
    return {"reference": reference, "label": label or _("This record")}


@block("subnav")
def subnav(label: str) -> Values:
    """The pages of one record, made of `subnav_item`."""
    return {"label": label}


@register.inclusion_tag("components/subnav_item.html", takes_context=True)
def subnav_item(context: Context, href: str, text: str) -> Values:
    """One page of the record; the one being read is marked by itself."""
    return {"href": href, "text": text, "current": getattr(context.get("request"), "path", "") == href}


@block("breadcrumbs")
def breadcrumbs() -> Values:
    """The way to this page, made of `crumb`."""
    return {}


@register.inclusion_tag("components/crumb.html")
def crumb(text: str, href: str = "") -> Values:
    """One step of the way; the last has no address."""
    return {"text": text, "href": href}


@block("timeline")
def timeline() -> Values:
    """What happened, newest first, made of `moment`."""
    return {}


@block("moment")
def moment(title: str, by: Any = "", at: datetime | None = None, level: int = 3) -> Values:
    """One thing that happened: what, who did it, when; the body says more."""
    return {"title": title, "by": by, "at": at, "level": level}


# ---- telling the reader something


@block("banner")
def banner(title: str, kind: str = "info") -> Values:
    """A message of the page: kind info, success or warning."""
    return {"title": title, "kind": kind}


@block("inset")
def inset() -> Values:
    """A remark set apart from the text."""
    return {}


@block("details")
def details(summary: str, opened: bool = False) -> Values:
    """More for who wants it, folded."""
    return {"summary": summary, "opened": opened}


@block("empty_state")
def empty_state(title: str) -> Values:
    """Nothing here yet: the body says what this place is for and what to do first."""
    return {"title": title}


@register.inclusion_tag("components/progress_panel.html")
def progress_panel(title: str, done: int, total: int | None, text: str = "") -> Values:
    """Long work under way: done of total, total None where nobody can know it yet; the page may be left."""
    return {"title": title, "done": done, "total": total, "text": text}


# ---- figures


@block("figures")
def figures() -> Values:
    """A row of key figures, made of `key_figure`."""
    return {}


@register.inclusion_tag("components/key_figure.html")
def key_figure(value: Any, label: str, note: str = "", href: str = "") -> Values:
    """A number that matters, what it counts, and a note (how many are not known); text stays as it is."""
    shown = wording.number(value) if isinstance(value, int) else wording.known(value)
    return {"value": shown, "label": label, "note": note, "href": href}


@register.inclusion_tag("components/matrix_cell.html")
def matrix_cell(
    state: Any, number: int | None = None, href: str = "", word: str = "", label: str = "", head: str = ""
) -> Values:
    """One cell of a matrix: number and word on the colour of its state; None where no need is stated.

    `label` names partner and measure for those who hear the link out of its table, `head` stands in the cell where
    a narrow page has no room for the heads of columns.
    """
    values = _state(state) if state else {"state": "none", "word": _("no need stated")}
    told = {"number": number, "href": href, "label": label, "head": head}
    return {**values, "word": word or values["word"], **told}


@register.inclusion_tag("components/matrix_legend.html")
def matrix_legend() -> Values:
    """What the four states mean, in the words of the procedure."""
    return {}


@register.inclusion_tag("components/share_bar.html")
def share_bar(part: float, whole: float | None, text: str = "") -> Values:
    """A share as a bar with its words beside it ("12 of 40"); without a whole it is not known."""
    width = round(100 * float(part) / float(whole), 1) if whole else None
    return {"width": width, "text": text or (_("%(part)s of %(whole)s") % {"part": part, "whole": whole})}


@register.inclusion_tag("components/state_bar.html")
def state_bar(covered: int, partly: int, gap: int, not_known: int, label: str = "") -> Values:
    """One bar of the four states with its counts in words below."""
    counts = {"covered": covered, "partly": partly, "gap": gap, "not_known": not_known}
    total, start, parts = sum(counts.values()), 0.0, []
    for state, count in counts.items():
        width = 100 * count / total if total else 0.0
        parts.append({**_state(state), "count": count, "start": f"{start:.2f}", "width": f"{width:.2f}"})
        start += width
    return {"parts": parts, "total": total, "label": label or _("Needs by state of coverage")}
