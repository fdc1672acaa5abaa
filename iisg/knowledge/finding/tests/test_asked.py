"""What was typed, in the words of either database."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iisg.knowledge.finding.asked import MOST_TERMS, Asked


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("", ()),
        ("  ?! ", ()),
        ("Border  police", (("border",), ("police",))),
        ("границе", (("granice",),)),
        ("Šćepan-Grad", (("scepan",), ("grad",))),
        ('"border police" of Kosovo*', (("border", "police"), ("kosovo",))),
        ("the of", (("the",), ("of",))),
        ("training for the police", (("training",), ("police",))),
        ('police "', (("police",),)),
    ],
)
def test_what_is_read(typed: str, terms: tuple[tuple[str, ...], ...]) -> None:
    assert Asked.read(typed).terms == terms


def test_words_of_three_letters_find_what_begins_so() -> None:
    asked = Asked.read('eu border "state police"')
    assert asked.for_fts5() == '"eu" AND ("border" OR "border"*) AND "state police"'
    assert asked.for_tsquery() == "eu & (border | border:*) & (state <-> police)"
    assert asked.for_fts5(any_word=True) == '"eu" OR ("border" OR "border"*) OR "state police"'


@given(st.text(max_size=300))
def test_nothing_that_is_typed_reaches_the_database_unfolded(typed: str) -> None:
    asked = Asked.read(typed)
    assert len(asked.terms) <= MOST_TERMS
    assert all(
        word.isalnum() and word.isascii() and word == word.lower() for term in asked.terms for word in term
    )
