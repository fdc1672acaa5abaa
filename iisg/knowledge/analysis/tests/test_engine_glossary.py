"""The glossary is sound, and the languages of the field meet in it."""

from __future__ import annotations

from collections import Counter

import pytest

from iisg.foundations.core.folding import fold
from iisg.knowledge.analysis.engine.relating.bodies import bodies_of, shared
from iisg.knowledge.analysis.engine.relating.glossary import (
    CAPITALS,
    COMMON,
    FIELDS,
    MEANS,
    PARTNERS,
    SUBJECTS,
)
from iisg.knowledge.analysis.engine.relating.words import likeness, terms_of, told_places
from iisg.knowledge.analysis.engine.rows import PARTNERS as CODES

KINDS = (SUBJECTS, MEANS, COMMON, PARTNERS, CAPITALS)


def test_no_word_stands_for_two_concepts() -> None:
    words = Counter(word for kind in KINDS for found in kind.values() for word in set(found.split()))
    assert not [word for word, times in words.items() if times > 1]


def test_words_stand_folded_and_are_long_enough_to_begin_others() -> None:
    words = [word for kind in KINDS for found in kind.values() for word in found.split()]
    assert not [word for word in words if fold(word) != word.removesuffix(".")]
    assert not [word for word in words if not word.endswith(".") and len(word) < 3]


def test_fields_are_made_of_subjects_and_places_of_the_six() -> None:
    assert {subject for subjects in FIELDS.values() for subject in subjects.split(",")} <= SUBJECTS.keys()
    assert set(PARTNERS) == set(CAPITALS) == set(CODES)


@pytest.mark.parametrize(
    "text",
    [
        "Obuka granične policije o krijumčarenju migranata",
        "Обука граничне полиције о кријумчарењу миграната",
        "Обука на граничната полиција за криумчарење мигранти",
        "Trajnim i policisë kufitare për kontrabandën e migrantëve",
        "Formazione della polizia di frontiera sul contrabbando di migranti",
    ],
)
def test_one_sentence_says_the_same_in_the_languages_of_the_field(text: str) -> None:
    assert likeness(terms_of("Training of border police on migrant smuggling"), terms_of(text)) >= 0.7


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Подршка Црној Гори", {"ME"}), ("Mbështetje për Shqipërinë dhe Kosovën", {"AL", "XK"}),
        ("Support to the Western Balkans", set(CODES)), ("Potpora policiji Zapadnog Balkana", set(CODES)),
        ("Maritime safety", set()), ("OEBS u Skoplju", {"MK"}),
    ],
)  # fmt: skip
def test_titles_tell_partners(text: str, codes: set[str]) -> None:
    assert told_places(text) == codes


@pytest.mark.parametrize(
    ("printed", "keys"),
    [
        ("ОБСЕ", {"osce"}), ("OSCE Mission to Serbia", {"osce"}), ("Vijeće Europe", {"coe"}), ("VE", {"coe"}),
        ("EU/CoE", {"eu", "coe"}), ("European Commission (DG NEAR)", {"eu"}), ("Bashkimi Evropian", {"eu"}),
        ("Italian Ministry of Interior", {"IT"}), ("MPB e Italisë", {"IT"}), ("Savezna Republika Njemačka", {"DE"}),
        ("USAID", {"US"}), ("САД", {"US"}), ("United Kingdom", {"GB"}), ("МВР", {"MK"}),
        ("Danish Refugee Council", {"drc"}), ("consortium of Austria and Croatia", {"AT", "HR"}),
        ("civil society consortia", set()), ("", set()),
    ],
)  # fmt: skip
def test_bodies_are_known_by_any_of_their_names(printed: str, keys: set[str]) -> None:
    assert bodies_of(printed) == keys


def test_a_free_association_is_not_the_state_whose_name_it_bears() -> None:
    assert not bodies_of("Albanian Helsinki Committee") & {"AL"}
    assert shared(bodies_of("Albanian Helsinki Committee"), bodies_of("Helsinški komitet Albanije"))
    assert not shared(bodies_of("Albanian Helsinki Committee"), bodies_of("Committee for Civic Education"))
