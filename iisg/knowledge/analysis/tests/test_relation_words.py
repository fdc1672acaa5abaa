"""Every reason of the relation engine has its words, and a strange one is told all the same."""

from __future__ import annotations

import pytest

from iisg.knowledge.analysis import relation_words
from iisg.knowledge.analysis.plain_words import WORDS
from iisg.knowledge.analysis.relation_words import reasons_in_words

OF_SUGGESTIONS = {
    "names_partner", "covers_region", "partner_not_stated", "same_pillar", "fitting_kind", "runs_until", "finished",
    "planned", "stopped", "time_unknown",
}  # fmt: skip


@pytest.mark.parametrize("code", sorted(WORDS.keys() - OF_SUGGESTIONS))
def test_every_reason_of_the_engine_has_its_words(code: str) -> None:
    assert code in relation_words.PLAIN or code in relation_words._TOLD
    told = reasons_in_words([(code, ("2020-01-01", "2021-02-03"))])
    assert told[0]
    assert "%" not in told[0]


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (("phase_marks", ("2", "")), "Marks of phases in the titles: 2 and none; phases are never one action"),
        (("follows", ("2020-03-31", "")), "One ended on 31 March 2020, the other began on a day not known"),
        (("same_sum", ("1000000.5 EUR", "x")), "Sums of about the same size: EUR 1,000,000.5 and x"),
        (("same_start", ("2020-01-01", "2020-01-01")), "They begin within a month of each other: 1 January 2020"),
        (("other_assistance", ("advice, training", "grants")),
         "Different kinds of assistance: legal and policy advice and training; grants"),
        (("something_new", ("a", "b")), "Something new: a and b"),
        (("something_new", ()), "Something new"),
    ],
)  # fmt: skip
def test_reasons_are_told_in_words(reason: tuple[str, tuple[str, ...]], words: str) -> None:
    assert reasons_in_words([reason]) == [words]
