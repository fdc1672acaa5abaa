"""The register of actions and the page of one."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.test import Client

from iisg.faces.desk.actions_register import in_order
from iisg.foundations.orgs.factories import PARTNER_NAMES, make_organisation, make_partners
from iisg.knowledge.actions.factories import add_flow, add_party, make_action
from iisg.knowledge.actions.models import Action, ActionKind, FlowState, Import, PartyRole, Stage
from iisg.knowledge.actions.provenance import REST, of_file
from iisg.knowledge.finding.keeping import index_everything
from iisg.knowledge.needs.factories import make_measure, make_need
from iisg.knowledge.responses.factories import make_relation, make_response
from iisg.knowledge.responses.models import Relation, RelationKind
from iisg.knowledge.responses.signals import relation_changed

AT = datetime(2026, 5, 3, 10, 0, tzinfo=UTC)


def shown(client: Client, query: str = "") -> list[str]:
    """References in the list, in order."""
    return [line.action.ref for line in client.get(f"/actions/{query}").context["lines"]]


def test_each_filter_keeps_what_fits(reader: Client) -> None:
    donor = make_organisation("Ministry", parent=make_organisation("Donor state", ref="donor-state"))
    boats = make_action("Patrol boats", ref="A-1", measures=[make_measure("BS-9")])
    add_party(boats, donor, PartyRole.FUNDING)
    add_flow(boats, Decimal(5))
    law = make_action(
        "Law",
        ("RS",),
        pillars=("WBCSCi",),
        assistance=("advice",),
        ref="A-2",
        kind=ActionKind.OWN_MEASURE,
        stage="",
        end_on=date(2025, 1, 1),
    )
    add_flow(law, None)
    found = {
        "?words=boats": [boats],
        "?partner=RS": [law],
        "?pillar=WBCSCi": [law],
        "?kind=own_measure": [law],
        "?assistance=advice": [law],
        "?measure=BS-9": [boats],
        "?organisation=donor-state": [boats],
        f"?organisation={donor.ref}": [boats],
        "?running=running&on=2026-11-23": [boats],
        "?running=finished&on=2026-11-23": [law],
        "?stage=not_stated": [law],
        "?stage=implementation": [boats],
        "?amount=known": [boats],
        "?amount=not_known": [law],
    }
    for query, actions in found.items():
        assert shown(reader, query) == [action.ref for action in actions], query


def test_words_find_what_the_search_finds(reader: Client) -> None:
    """Beginnings of words, in any script, in any order; references, and the names of bodies."""
    make_partners()
    boats = make_action("Patrol boats for the border police", title_original="Гранична полиција", ref="A-01")
    add_party(boats, make_organisation("Frontex"), PartyRole.IMPLEMENTING)
    make_action("Law on weapons", ref="B-02")
    index_everything()
    asked = ("police boat", "polic patrols", "granicna", "ГРАНИЧНА", "frontex", "A-01", "the border")
    for words in asked:
        response = reader.get("/actions/", {"words": words})
        assert [line.action for line in response.context["lines"]] == [boats], words
        assert response.context["found"].running.total() == 1
    assert shown(reader, "?words=boats+weapons") == []
    assert shown(reader, "?words=%2F") == ["A-01", "B-02"]
    assert shown(reader, "?words=border&partner=RS") == []


def test_what_is_chosen_by_amount_sums_to_what_is_listed(reader: Client) -> None:
    add_flow(make_action(ref="A-1"), Decimal(7))
    add_flow(make_action(ref="A-2"), None)
    found = reader.get("/actions/?amount=not_known").context["found"]
    assert (found.sums, found.totals.known, found.totals.unknown) == ([], 0, 1)


def test_a_body_without_actions_gives_an_empty_list_not_an_error(reader: Client) -> None:
    make_organisation("Idle", ref="idle")
    make_action()
    response = reader.get("/actions/?organisation=idle")
    assert not response.context["form"].errors
    assert response.context["lines"] == []
    assert "No action fits" in response.content.decode()


def test_unknown_ends_stand_last_whichever_way_it_is_sorted(reader: Client) -> None:
    make_action(ref="A-1", end_on=None, end_printed="")
    make_action(ref="A-2", end_on=date(2027, 1, 1))
    make_action(ref="A-3", end_on=date(2025, 1, 1))
    assert shown(reader, "?sort=end") == ["A-3", "A-2", "A-1"]
    assert shown(reader, "?sort=-end") == ["A-2", "A-3", "A-1"]
    assert shown(reader, "?sort=-ref") == ["A-3", "A-2", "A-1"]


def test_pages_of_the_second_half_go_on_where_those_before_them_ended(reader: Client) -> None:
    for number in range(60):
        end = None if number % 7 == 0 else date(2025, 1, 1 + number % 11)
        make_action(f"Title {number % 4}", ref=f"A-{number:03}", start_on=None, end_on=end)
    for sort in ("ref", "-ref", "title", "-title", "end", "-end", "start", "-start"):
        pages = [shown(reader, f"?sort={sort}&page={number}") for number in (1, 2, 3)]
        assert [len(page) for page in pages] == [25, 25, 10]
        whole = list(in_order(Action.objects.all(), sort).values_list("ref", flat=True))
        assert [ref for page in pages for ref in page] == whole


def test_an_action_is_found_by_the_kind_stage_and_assistance_of_any_of_its_reports(reader: Client) -> None:
    first = make_action("One", ref="A-1", assistance=("training",), stage="completed")
    second = make_action("Two", ref="A-2", assistance=("advice",), kind=ActionKind.COORDINATION, stage="")
    make_action("Another", ref="A-3", assistance=("grants",), kind=ActionKind.OWN_MEASURE)
    relation = make_relation(second, first, RelationKind.SAME_AS)
    relation_changed.send(Relation, keys=[relation.source_id, relation.target_id])
    (head,) = set(shown(reader)) - {"A-3"}
    for query in ("assistance=training", "assistance=advice", "kind=coordination", "stage=not_stated"):
        assert shown(reader, f"?{query}") == [head]
    assert shown(reader, "?kind=own_measure") == ["A-3"]
    assert shown(reader, "?kind=own_measure&assistance=training") == []


def test_a_whole_and_its_part_are_not_both_counted(reader: Client) -> None:
    whole, part, other, silent = (make_action(ref=f"A-{n}") for n in range(4))
    add_flow(whole, Decimal(100))
    add_flow(part, Decimal(40))
    add_flow(other, Decimal(7), "USD")
    add_flow(silent, None)
    make_relation(part, whole, RelationKind.PART_OF)
    found = reader.get("/actions/").context["found"]
    assert [(s.amount, s.currency) for s in found.sums] == [(Decimal(100), "EUR"), (Decimal(7), "USD")]
    assert (found.totals.known, found.totals.unknown, found.totals.inside_parent) == (3, 1, 1)
    page = reader.get(f"/actions/{part.ref}/").content.decode()
    assert f"part of {whole.ref}" in page
    assert "never both" in page
    tree = reader.get(f"/actions/{whole.ref}/").context["facts"].family.tree
    assert [(step.action, step.depth, step.is_this) for step in tree] == [(whole, 0, True), (part, 1, False)]


def test_an_impossible_day_stays_as_printed_and_counts_as_not_known(reader: Client) -> None:
    action = make_action(end_on=None, end_printed="31 September 2025", end_precision="", stage="")
    response = reader.get(f"/actions/{action.ref}/")
    end = response.context["facts"].end
    assert (end.read, end.printed) == ("", "31 September 2025")
    assert "not a possible date" in end.remark
    page = response.content.decode()
    assert "“31 September 2025”" in page
    assert "neither its end nor its stage is known" in page


def test_an_end_computed_from_the_duration_says_so(reader: Client) -> None:
    action = make_action(end_derived=True, duration_months=24, end_printed="", end_on=date(2027, 12, 31))
    end = reader.get(f"/actions/{action.ref}/").context["facts"].end
    assert (end.read, end.printed) == ("31 December 2027", "")
    assert end.remark == "computed from the duration of 24 months"


def test_an_end_before_the_start_is_told(reader: Client) -> None:
    action = make_action(end_on=None, end_printed="2019-01-01", end_precision="")
    assert "cannot be right" in reader.get(f"/actions/{action.ref}/").context["facts"].end.remark


def test_money_is_exact_and_unknown_stays_unknown(reader: Client) -> None:
    action = make_action(money_note="per consortium")
    donor = make_organisation("Donor")
    add_flow(action, Decimal("17915000.00"), source=donor, printed="17.915.000 EUR")
    add_flow(action, None, "", state=FlowState.PLEDGE)
    page = reader.get(f"/actions/{action.ref}/").content.decode()
    for told in ("EUR 17,915,000.00", "17.915.000 EUR", "Donor", "pledge", "per consortium", "not known"):
        assert told in page


def test_partners_named_region_and_not_known_are_told_apart(reader: Client) -> None:
    make_partners()
    named = make_action(named=("AL",))
    region = make_action(named=(), regional=PARTNER_NAMES)
    nowhere = make_action(named=())
    assert "Covered as part of the region" not in reader.get(f"/actions/{named.ref}/").content.decode()
    assert "none by name" in reader.get(f"/actions/{region.ref}/").content.decode()
    facts = reader.get(f"/actions/{nowhere.ref}/").context["facts"]
    assert facts.named == facts.regional == []
    elsewhere = make_action(named=(), other_beneficiaries="Barh El Gazel")
    assert (
        "its source names others: “Barh El Gazel”"
        in reader.get(f"/actions/{elsewhere.ref}/").content.decode()
    )
    elsewhere.delete()
    assert [len(line.regional) for line in reader.get("/actions/").context["lines"]] == [0, 6, 0]


def test_the_record_leads_to_the_file_it_came_in_with(reader: Client, secretariat: Client) -> None:
    make_partners()
    file = Import.objects.create(file_name="plan.csv", digest="0", size=1, content=b"x", received_at=AT)
    action = make_action(named=("AL",), source_name=file.file_name)
    action.origins = {REST: of_file(file.file_name, AT, file.pk).kept()}
    action.save()
    link = f'<a class="govuk-link" href="/imports/{file.pk}/">plan.csv</a>'
    assert link in secretariat.get(f"/actions/{action.ref}/").content.decode()
    shown = reader.get(f"/actions/{action.ref}/").content.decode()
    assert "plan.csv" in shown
    assert link not in shown


def test_an_action_shows_judged_needs_and_offers_others(reader: Client) -> None:
    action = make_action("Thermal cameras for crossing points")
    judged = make_need("Thermal cameras")
    likely = make_need("Cameras for crossing points")
    make_need("Cameras for crossing points", ("RS",))
    make_response(judged, action)
    facts = reader.get(f"/actions/{action.ref}/").context["facts"]
    assert [one.need for one in facts.answers] == [judged]
    assert [offer.need for offer in facts.offers] == [likely]


def test_history_is_for_readers_of_the_record(reader: Client, secretariat: Client) -> None:
    need, action = make_need(), make_action()
    said = {"degree": "full", "reason": "Just what is needed."}
    secretariat.post(f"/judge/?need={need.ref}&action={action.ref}", said)
    assert "A response was judged" in secretariat.get(f"/needs/{need.ref}/").content.decode()
    assert "A response was judged" not in reader.get(f"/needs/{need.ref}/").content.decode()


def test_stopped_and_planned_actions_say_why(reader: Client) -> None:
    cases: list[tuple[dict[str, Any], str]] = [
        ({"stage": Stage.CANCELLED}, "No: it was cancelled."),
        ({"stage": Stage.SUSPENDED}, "No: it is suspended."),
        ({"stage": Stage.COMPLETED}, "No: its source says it is completed."),
        ({"stage": Stage.PIPELINE, "start_on": date(2027, 1, 1)}, "No: it begins on 1 January 2027."),
        (
            {"stage": Stage.PIPELINE},
            "Not known: its source only announces it; whether it has begun nobody has told.",
        ),
        ({"stage": "", "start_on": None, "end_on": None}, "Not known: neither its dates nor its stage tell."),
    ]
    for facts, why in cases:
        action = make_action(**facts)
        assert reader.get(f"/actions/{action.ref}/?on=2026-11-23").context["facts"].time.why == why
