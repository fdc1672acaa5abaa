"""Search: what is found, in which order, by whom, and that the index follows the records."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from iisg.foundations.access.actors import CONSOLE, PUBLIC
from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.factories import make_person
from iisg.foundations.orgs.factories import make_organisation, make_partner
from iisg.foundations.orgs.models import Alias, AliasKind
from iisg.knowledge.actions.factories import add_party, make_action
from iisg.knowledge.actions.models import PartyRole
from iisg.knowledge.finding.keeping import index_everything, out_of_step
from iisg.knowledge.finding.models import Entry
from iisg.knowledge.needs.factories import make_need

pytestmark = pytest.mark.django_db


def refs(words: str, reader: object = CONSOLE, **how: bool) -> list[str]:
    return list(Entry.objects.visible_to(reader).found(words, **how).values_list("ref", flat=True))


@pytest.mark.parametrize(
    "asked",
    [
        "granična policija",
        "ГРАНИЧНА ПОЛИЦИЈА",
        "granicna policija",
        "Policija granicn",
        '"granicna policija"',
    ],
)
def test_scripts_accents_and_endings_do_not_matter(asked: str) -> None:
    make_action("Support", title_original="Гранична полиција", ref="A-1")
    make_action("Policijska akademija", ref="A-2")
    index_everything()
    assert refs(asked) == ["A-1"]


def test_english_endings_do_not_matter() -> None:
    make_action("Trainings on firearms", ref="A-1")
    index_everything()
    assert refs("training firearm") == refs("trained firearms") == ["A-1"]


def test_a_word_weighs_most_in_the_title_then_in_names_then_in_the_text() -> None:
    body = make_organisation("Frontex", ref="frontex")
    make_action("Patrols at sea", ref="A-TEXT", summary="Planned together with Frontex.")
    add_party(make_action("Joint patrols", ref="A-NAME"), body, PartyRole.IMPLEMENTING)
    make_action("Frontex patrols", ref="A-TITLE")
    index_everything()
    found = [ref for ref in refs("frontex") if ref.startswith("A-")]
    assert found == ["A-TITLE", "A-NAME", "A-TEXT"]


def test_a_reference_as_typed_leads() -> None:
    make_action("Report on ACT-7, ACT-7 and again ACT-7", ref="A-1")
    make_action("Something else", ref="ACT-7")
    index_everything()
    assert refs("act-7") == ["ACT-7", "A-1"]


def test_an_action_is_found_by_the_short_name_of_its_funder() -> None:
    osce = make_organisation(
        "Organization for Security and Co-operation in Europe", ref="osce", short_name="OSCE"
    )
    add_party(make_action("Community policing", ref="A-1"), osce, PartyRole.FUNDING)
    index_everything()
    assert refs("osce policing") == ["A-1"]


def test_any_word_where_none_has_all() -> None:
    make_action("Cameras", ref="A-1")
    make_action("Drones", ref="A-2")
    index_everything()
    assert refs("cameras drones") == []
    assert set(refs("cameras drones", any_word=True)) == {"A-1", "A-2"}


@pytest.mark.parametrize(
    "asked", ["", "   ", "*", '"', "' OR 1=1 --", "NEAR(a b)", "title:x", "a & | ! (b", "\x00"]
)
def test_nothing_that_is_typed_breaks_it(asked: str) -> None:
    make_action("Cameras", ref="A-X")
    index_everything()
    assert refs(asked) == []


def test_the_public_finds_public_facts_only() -> None:
    donor, hidden = (
        make_organisation("Generous Donor", ref="donor"),
        make_organisation("Secret Body", ref="hidden"),
    )
    hidden.confirmed = False
    hidden.save()
    Alias.objects.create(organisation=donor, name="learntword", folded="learntword", kind=AliasKind.LEARNT)
    add_party(make_action("Cameras", ref="A-1", summary="summaryword"), donor, PartyRole.FUNDING)
    add_party(make_action("Unpublished", ref="A-2", is_public=False), hidden, PartyRole.FUNDING)
    make_need("needword")
    index_everything()
    for word in ("summaryword", "unpublished", "secret", "needword", "learntword"):
        assert refs(word), word
        assert refs(word, PUBLIC) == [], word
    assert set(refs("generous", PUBLIC)) == {"A-1", "donor"}


def test_an_entry_left_behind_tells_the_public_nothing() -> None:
    action = make_action("Cameras", ref="A-1")
    index_everything()
    assert refs("cameras", PUBLIC) == ["A-1"]
    type(action).objects.filter(pk=action.pk).update(is_public=False)
    assert refs("cameras", PUBLIC) == []


def test_facets_count_what_was_found() -> None:
    make_action("Border cameras", named=("AL",), regional=("ME",), ref="A-1", pillars=("WBBSi",))
    make_action("Border training", named=("RS",), ref="A-2", pillars=("WBCTi", "WBBSi"))
    make_need("Border drones", partners=("AL", "RS"))
    index_everything()
    counts = Entry.objects.visible_to(CONSOLE).found("border").tally().facets()
    assert counts == {
        "need": 1, "action": 2, "organisation": 0, "AL": 2, "BA": 0, "XK": 0, "ME": 1, "MK": 0, "RS": 2,
        "WBCTi": 1, "WBCSCi": 0, "WBBSi": 3,
    }  # fmt: skip
    found = Entry.objects.visible_to(CONSOLE).found("border")
    assert set(found.reaching("RS").under("WBCTi").values_list("ref", flat=True)) == {"A-2"}


def test_the_index_tells_where_it_is_out_of_step() -> None:
    action = make_action("Cameras", ref="A-1")
    assert out_of_step()
    index_everything()
    assert out_of_step() == []
    type(action).objects.filter(pk=action.pk).update(title="Drones")
    assert out_of_step() == [f"action {action.pk} for members", f"action {action.pk} for public"]


def test_the_page_marks_the_words_and_offers_what_narrows(client: Client) -> None:
    make_action("Camera towers <b>", named=("AL",), ref="A-1", summary="They watch; every camera counts.")
    make_need("Cameras for patrols", partners=("AL",))
    index_everything()
    client.force_login(make_person(Role.MEMBER_READER, make_partner("AL")))
    page = client.get("/search/", {"q": "cameras"}).content.decode()
    assert "<mark>Camera</mark> towers &lt;b&gt;" in page
    assert "every <mark>camera</mark> counts" in page
    assert "<strong>2 records</strong>" in page
    narrowed = client.get("/search/", {"q": "cameras", "kind": "need"}).content.decode()
    assert "<strong>1 record</strong>" in narrowed
    assert "towers" not in narrowed


def test_the_page_says_when_no_record_has_all_words(client: Client) -> None:
    make_action("Camera towers", ref="A-1")
    index_everything()
    page = client.get("/search/", {"q": "towers submarines"}).content.decode()
    assert "no record has all the words" in page
    assert "Nothing that you may see" in client.get("/search/", {"q": "submarines"}).content.decode()


def test_as_many_queries_for_fifty_records_as_for_one(client: Client) -> None:
    body = make_organisation("Frontex", ref="frontex")
    client.force_login(make_person(Role.MEMBER_READER, make_partner("AL")))
    asked = []
    for number in (1, 49):
        for _each in range(number):
            add_party(make_action("Camera", ("AL", "ME")), body, PartyRole.FUNDING)
        index_everything()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get("/search/", {"q": "camera"})
        asked.append(len(queries))
    assert asked[0] == asked[1]
