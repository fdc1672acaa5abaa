"""The queue of relations and the page of two records side by side: who may, what is said, what a decision does."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from iisg.faces.desk.marking import marked_differences
from iisg.foundations.access.actors import CONSOLE, HOUSE
from iisg.foundations.access.roles import Role
from iisg.foundations.audit.trail import first_broken
from iisg.foundations.orgs.factories import make_organisation, make_partners
from iisg.knowledge.actions.factories import AT, add_flow, add_party, make_action
from iisg.knowledge.actions.models import Action, PartyRole
from iisg.knowledge.actions.tests.uploads import work_off_the_queue
from iisg.knowledge.needs.factories import make_measure, make_need
from iisg.knowledge.responses import operations
from iisg.knowledge.responses.factories import make_relation, make_response
from iisg.knowledge.responses.models import (
    Origin,
    Relation,
    RelationKind,
    RelationSearch,
    RelationState,
    SpeakingReport,
)


def propose(source: Action, target: Action, kind: str = RelationKind.SAME_AS, score: str = "0.9") -> Relation:
    relation = operations.propose_relation(
        source, target, kind, "Both say so.", by=HOUSE, at=AT, origin=Origin.ENGINE
    )
    Relation.objects.filter(pk=relation.pk).update(score=Decimal(score))
    return relation


def decide(browser: Client, relation: Relation, choice: str, query: str = "", **said: str) -> str:
    answer = browser.post(f"/relations/{relation.pk}/decide/{query}", {"choice": choice, **said})
    assert answer.status_code == 302
    return str(answer["Location"])


def test_the_queue_shows_what_waits_and_what_changes_figures_first(secretariat: Client) -> None:
    make_partners()
    actions = [
        make_action(f"Title {'abcde'[n] * 4}", ref=f"A-{n}", named=["ME"] if n == 4 else ["AL"])
        for n in range(5)
    ]
    overlap = propose(actions[0], actions[1], RelationKind.OVERLAPS, "0.95")
    weak = propose(actions[0], actions[2], score="0.2")
    sure = propose(actions[3], actions[4])
    page = secretariat.get("/relations/")
    assert [line.relation.pk for line in page.context["lines"]] == [sure.pk, weak.pk, overlap.pk]
    assert page.context["counts"] == [(2, "another report of the same action"), (1, "overlaps")]
    assert [line.relation.pk for line in secretariat.get("/relations/?partner=ME").context["lines"]] == [
        sure.pk
    ]
    assert [line.relation.pk for line in secretariat.get("/relations/?words=cccc").context["lines"]] == [
        weak.pk
    ]
    listed = secretariat.get("/relations/?kind=overlaps&origin=engine&pillar=WBBSi").context["lines"]
    assert [line.relation.pk for line in listed] == [overlap.pk]
    duties = secretariat.get("/desk/").context["desk"].duties
    (duty,) = [duty for duty, _due in duties if "2 pairs" in duty.what]
    listed = secretariat.get(duty.href).context["lines"]
    assert [line.relation.pk for line in listed] == [sure.pk, weak.pk]
    operations.reject_relation(weak, "No.", by=CONSOLE, at=AT)
    assert secretariat.get("/relations/").context["page"].paginator.count == 2
    assert [line.relation for line in secretariat.get("/relations/?state=rejected").context["lines"]] == [
        weak
    ]
    assert secretariat.get("/relations/?state=any&sort=-ref").context["page"].paginator.count == 3


def test_an_empty_queue_says_what_to_do(secretariat: Client, reader: Client) -> None:
    page = secretariat.get("/relations/").content.decode()
    assert "Nothing is proposed yet" in page
    assert "Nobody has looked for related records yet" in page
    assert "Look for related records" in page
    assert "/relations/look/" not in reader.get("/relations/").content.decode()


def test_the_secretariat_asks_for_a_look_and_the_worker_does_it(secretariat: Client) -> None:
    one, other = (
        make_action("Cameras for the border police of Albania"),
        make_action("Unlike it in every word"),
    )
    twin = make_action("Cameras for the border police of Albania")
    secretariat.post("/relations/look/")
    assert RelationSearch.objects.get().asked_by
    work_off_the_queue()
    search = RelationSearch.objects.get()
    assert (search.done_at is not None, search.records, search.fault) == (True, 3, "")
    found = Relation.objects.get(source__in=[one, twin], target__in=[one, twin])
    assert (found.state, found.origin, found.proposed_by) == ("proposed", "engine", "the house")
    assert not Relation.objects.of(other).confirmed().exists()


def test_members_read_the_pages_but_only_the_secretariat_decides(secretariat: Client, reader: Client) -> None:
    relation = propose(make_action("Cameras one"), make_action("Cameras two"))
    page = reader.get(f"/relations/{relation.pk}/")
    assert page.status_code == 200
    assert "What each decision would do" in page.content.decode()
    assert "/decide/" not in page.content.decode()
    for verb in ("decide", "reverse"):
        assert reader.post(f"/relations/{relation.pk}/{verb}/", {"choice": "same_as"}).status_code == 403
        assert Client().post(f"/relations/{relation.pk}/{verb}/").status_code == 302
    assert Client().get("/relations/").status_code == 302
    assert reader.post("/relations/look/").status_code == 403
    relation.refresh_from_db()
    assert relation.state == RelationState.PROPOSED
    assert secretariat.get("/relations/999/").status_code == 404


def test_two_records_stand_side_by_side_with_what_differs_marked(secretariat: Client) -> None:
    ministry, agency = make_organisation("The ministry"), make_organisation("The agency")
    one = make_action("Border cameras phase I", summary="For the green border", end_on=None, end_printed="")
    other = make_action("Border cameras phase II", summary="For the green border", reporter=agency)
    add_party(one, ministry, PartyRole.FUNDING)
    add_party(one, agency, PartyRole.IMPLEMENTING)
    add_flow(other, None)
    page = secretariat.get(f"/relations/{propose(one, other).pk}/")
    text = page.content.decode()
    assert (
        'phase <mark class="iisg-differs">II<span class="govuk-visually-hidden"> (only here)</span></mark>'
        in text
    )
    assert "carries out" in text
    assert "itself reports" in text
    facts = {str(fact.label): fact for fact in page.context["pair"].facts}
    assert facts["Ends"].same is None
    assert "Summary" not in facts
    assert "not known" in text
    assert len(page.context["pair"].strip.bars) == 2


def test_a_decision_brings_the_next_one_and_can_be_undone_there(secretariat: Client) -> None:
    titles = iter(("Radios", "Cameras", "Boats", "Dogs", "Cars", "Gates"))
    relations = [
        propose(make_action(next(titles)), make_action(next(titles)), score=f"0.{9 - n}") for n in range(3)
    ]
    first, second, third = relations
    where = decide(
        secretariat, first, "next_phase_of", "?kind=same_as", source=first.target.ref, reason="Phase 2."
    )
    assert where == f"/relations/{second.pk}/?kind=same_as&last={first.pk}"
    stands = Relation.objects.confirmed().get()
    assert (stands.kind, stands.source, stands.reason) == ("next_phase_of", first.target, "Phase 2.")
    page = secretariat.get(where)
    assert (page.context["place"].number, page.context["place"].count, page.context["place"].after) == (
        1,
        2,
        third.pk,
    )
    assert f"/relations/{first.pk}/reverse/" in page.content.decode()
    back = secretariat.post(f"/relations/{first.pk}/reverse/?kind=same_as")
    assert back["Location"] == f"/relations/{first.pk}/?kind=same_as"
    assert not Relation.objects.confirmed().exists()
    assert decide(secretariat, third, "not_related") == f"/relations/{second.pk}/?last={third.pk}"
    third.refresh_from_db()
    assert (third.state, "Both say so." in third.reason) == (RelationState.REJECTED, True)
    decide(secretariat, first, "same_as")
    first.refresh_from_db()
    assert first.reason == "On the evidence shown: Both say so."
    assert decide(secretariat, second, "part_of") == "/relations/"
    assert first_broken() is None


def test_what_a_rule_forbids_is_told_before_and_after(secretariat: Client) -> None:
    part, whole = make_action(ref="A-1"), make_action(ref="A-2")
    make_relation(part, whole, RelationKind.PART_OF)
    relation = propose(part, whole, RelationKind.OVERLAPS)
    page = secretariat.get(f"/relations/{relation.pk}/")
    against = {choice.kind: [f.code for f in choice.against] for choice in page.context["pair"].choices}
    assert against["same_as"] == ["relations.contradicts"]
    assert against["overlaps"] == []
    assert 'value="same_as"' not in page.content.decode()
    told = secretariat.post(f"/relations/{relation.pk}/decide/", {"choice": "same_as"}, follow=True)
    assert "cannot also be" in told.content.decode()
    assert "Choose how the two are related" in secretariat.post(
        f"/relations/{relation.pk}/decide/", {"choice": "cousin_of"}, follow=True
    ).content.decode().replace("Select a valid choice", "Choose how the two are related")
    decided = secretariat.post(f"/relations/{relation.pk}/reverse/", follow=True)
    assert "there is no decision to take back" in decided.content.decode()


def test_marks_of_phases_veto_one_action_unless_a_person_says_why(secretariat: Client) -> None:
    relation = propose(make_action("Border police phase I"), make_action("Border police phase II"))
    page = secretariat.get(f"/relations/{relation.pk}/")
    assert "marks of different phases" in page.content.decode()
    told = secretariat.post(f"/relations/{relation.pk}/decide/", {"choice": "same_as"}, follow=True)
    assert "a reason of your own" in told.content.decode()
    assert not Relation.objects.confirmed().exists()
    decide(secretariat, relation, "same_as", reason="The mark in the second title is a slip of the pen.")
    assert Relation.objects.confirmed().exists()


def test_the_page_says_what_confirming_changes_in_the_figures(secretariat: Client) -> None:
    measure = make_measure()
    need = make_need("Cameras", ["AL"], [measure], quantity=100, unit="cameras")
    one = make_action(measures=[measure], assistance=["equipment"])
    other = make_action(measures=[measure], assistance=["equipment"])
    for action in (one, other):
        add_party(action, make_organisation(), PartyRole.FUNDING)
        make_response(need, action, "full", quantity=50)
    page = secretariat.get(f"/relations/{propose(one, other).pk}/")
    moved = {choice.kind: choice.effect.moved for choice in page.context["pair"].choices}
    assert f"{need.ref}: Albania: covered → partly covered" in moved["same_as"]
    assert any("no longer would" in sentence for sentence in moved["same_as"])
    assert any("no longer would" in sentence for sentence in moved["next_phase_of"])
    assert moved["overlaps"] == []


def test_confirmed_reports_count_once_everywhere(secretariat: Client) -> None:
    measure = make_measure()
    need = make_need("Cameras", ["AL"], [measure])
    one = make_action(
        "Told by the funder", measures=[measure], end_on=date(2020, 12, 31), start_on=date(2019, 1, 1)
    )
    other = make_action("Told by the agency", measures=[measure])
    for action in (one, other):
        add_party(action, make_organisation(), PartyRole.FUNDING)
        add_flow(action, Decimal(10))
    make_response(need, one)
    assert secretariat.get("/coverage/").status_code == 200
    assert str(secretariat.get(f"/needs/{need.ref}/").context["facts"].answers[0].coverage.state) == "gap"
    relation = propose(one, other)
    decide(secretariat, relation, "same_as")
    answer = secretariat.get(f"/needs/{need.ref}/").context["facts"].answers[0].coverage
    assert (str(answer.state), answer.running) == ("covered", (min(one.ref, other.ref),))
    register = secretariat.get("/actions/")
    assert register.context["page"].paginator.count == 1
    assert [(s.amount) for s in register.context["found"].sums] == [Decimal(10)]
    assert "2 reports of one action" in register.content.decode()
    assert secretariat.get("/overlaps/?any_day=on").context["page"].paginator.count == 0
    for action in (one, other):
        page = secretariat.get(f"/actions/{action.ref}/")
        assert "One action, 2 reports" in page.content.decode()
        assert [r.need for r in page.context["facts"].answers] == [need]
    secretariat.post(f"/relations/{relation.pk}/reverse/")
    assert secretariat.get("/actions/").context["page"].paginator.count == 2


def test_an_officer_chooses_field_by_field_and_takes_it_back(secretariat: Client, reader: Client) -> None:
    one = make_action(
        "Old", ref="A-1", end_on=date(2020, 12, 31), end_printed="2020", start_on=date(2019, 1, 1)
    )
    other = make_action("New", ref="A-2")
    make_relation(one, other, RelationKind.SAME_AS)
    address = f"/actions/{other.ref}/reports/"
    page = secretariat.get(address)
    assert "by rule: it runs while any report says so" in page.content.decode()
    assert set(page.context["form"].fields) == {"title", "time", "reason"}
    secretariat.post(address, {"title": "", "time": one.ref, "reason": "They signed it."})
    chosen = SpeakingReport.objects.standing().get()
    assert (chosen.field, chosen.action, chosen.reason) == ("time", one, "They signed it.")
    shown = secretariat.get(f"/actions/{other.ref}/")
    assert shown.context["facts"].time.running.value == "finished"
    assert "They signed it." in shown.content.decode()
    secretariat.post(address, {"title": "", "time": ""})
    assert not SpeakingReport.objects.standing().exists()
    assert "Earlier choices" in secretariat.get(address).content.decode()
    assert reader.get(address).status_code == 403
    assert secretariat.get(f"/actions/{make_action().ref}/reports/").status_code == 302


def test_phases_stand_in_a_chain_and_funders_beside(secretariat: Client) -> None:
    phases = [make_action(ref=f"P-{n}", start_on=date(2020 + n, 1, 1)) for n in range(3)]
    make_relation(phases[2], phases[1], RelationKind.NEXT_PHASE_OF)
    make_relation(phases[1], phases[0], RelationKind.NEXT_PHASE_OF)
    fund = make_action(ref="F-1")
    make_relation(phases[0], fund, RelationKind.FUNDED_BY)
    waiting = propose(phases[0], make_action())
    family = secretariat.get("/actions/P-0/").context["facts"].family
    assert [(step.action, step.is_this) for step in family.phases] == list(
        zip(phases, (True, False, False), strict=True)
    )
    assert [(str(one.word), one.action) for one in family.beside] == [("Funded by", fund)]
    assert family.waiting == [waiting]
    assert [str(o.word) for o in secretariat.get("/actions/F-1/").context["facts"].family.beside] == ["Funds"]


def test_two_actions_are_related_by_hand(secretariat: Client, reader: Client) -> None:
    one, other = make_action("Cameras", ref="A-1"), make_action("Cameras again", ref="A-2")
    found = secretariat.get("/actions/A-1/relate/?q=cameras")
    assert [action.ref for action in found.context["page"]] == ["A-2"]
    address = "/relations/state/?left=A-1&right=A-2"
    assert secretariat.get(address).status_code == 200
    refused = secretariat.post(address, {"choice": "part_of", "reason": ""})
    assert refused.context["form"].errors["reason"]
    assert (
        secretariat.post(address, {"choice": "part_of", "reason": "The contract says so."}).status_code == 302
    )
    assert Relation.objects.confirmed().get().source == one
    refused = secretariat.post(address, {"choice": "same_as", "reason": "Same."})
    assert "cannot also be" in str(refused.context["form"].non_field_errors())
    assert reader.get(address).status_code == 403
    assert secretariat.get("/relations/state/?left=A-1&right=A-1").status_code == 404
    waiting = propose(other, make_action(ref="A-3"))
    assert secretariat.get("/relations/state/?left=A-3&right=A-2")["Location"] == f"/relations/{waiting.pk}/"


@pytest.mark.parametrize(
    ("text", "others", "marked"),
    [
        ("Border phase II", "Border phase I", ["II"]),
        ("Граница", "granica", []),
        ("entirely other words", "nothing shared here", []),
        ("<b>bold</b> move here", "bold move there", ["b", "b", "here"]),
    ],
)
def test_words_that_only_one_has_are_marked_and_nothing_is_markup(
    text: str, others: str, marked: list[str]
) -> None:
    shown = marked_differences(text, others)
    assert shown.count("<mark") == len(marked)
    assert "<b>" not in shown


def test_roles_that_read_needs_read_relations_too(sign_in: object) -> None:
    for role in (Role.FOCAL_POINT, Role.OBSERVER):
        browser = sign_in(role)  # type: ignore[operator]
        assert browser.get("/relations/").status_code == 200
        assert browser.post("/relations/look/").status_code == 403
