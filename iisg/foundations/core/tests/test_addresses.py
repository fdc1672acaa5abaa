"""Addresses keep what the reader has chosen."""

from __future__ import annotations

from django import forms
from django.http import QueryDict

from iisg.foundations.core.templatetags import addresses

CHOSEN = QueryDict("q=border&pillar=WBBSi&pillar=WBCTi&sort=-title&page=4")


class Filters(forms.Form):
    """Every kind of filter."""

    q = forms.CharField(label="Words", required=False)
    pillar = forms.MultipleChoiceField(
        label="Pillar",
        required=False,
        choices=[("All", [("WBBSi", "Border security"), ("WBCTi", "Counter-terrorism")])],
    )
    open_only = forms.BooleanField(label="Only open gaps", required=False)


def test_another_page_keeps_filters_and_order() -> None:
    changed = QueryDict(addresses.query_with(CHOSEN, page=5)[1:])
    assert changed.getlist("pillar") == ["WBBSi", "WBCTi"]
    assert (changed["page"], changed["sort"]) == ("5", "-title")


def test_any_other_change_goes_back_to_the_first_page() -> None:
    changed = QueryDict(addresses.query_with(CHOSEN, view="cards", q=None)[1:])
    assert changed["view"] == "cards"
    assert "page" not in changed
    assert "q" not in changed


def test_one_value_can_be_dropped_and_the_others_stay() -> None:
    changed = QueryDict(addresses.query_without(CHOSEN, "pillar", value="WBBSi")[1:])
    assert changed.getlist("pillar") == ["WBCTi"]
    assert changed["q"] == "border"
    assert "pillar" not in QueryDict(addresses.query_without(CHOSEN, "pillar")[1:])


def test_sorting_by_the_present_column_turns_the_order_round() -> None:
    assert QueryDict(addresses.sort_address(CHOSEN, "title", "title")[1:])["sort"] == "-title"
    assert QueryDict(addresses.sort_address(CHOSEN, "title", "-title")[1:])["sort"] == "title"
    assert QueryDict(addresses.sort_address(CHOSEN, "partner", "title")[1:])["sort"] == "partner"


def test_chosen_filters_are_told_in_words_with_a_way_to_drop_each() -> None:
    query = QueryDict("q=border&pillar=WBCTi&pillar=unheard&open_only=on&sort=title")
    told = addresses.chosen(Filters(query), query)
    assert [(choice.label, choice.text) for choice in told] == [
        ("Words", "border"),
        ("Pillar", "Counter-terrorism"),
        ("Pillar", "unheard"),
        ("", "Only open gaps"),
    ]
    assert QueryDict(told[1].href[1:]).getlist("pillar") == ["unheard"]


def test_a_filter_form_carries_the_order_but_not_the_page() -> None:
    assert addresses.carried(Filters(CHOSEN), CHOSEN) == [("sort", "-title")]
