"""The page of coverage: who may read it, what its cells say, days, rounds, and its number of queries."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.factories import make_person
from iisg.foundations.orgs.factories import make_organisation, make_partner, make_partners
from iisg.knowledge.actions.factories import make_action
from iisg.knowledge.analysis.coverage_table import CoverageTable, ShownCell
from iisg.knowledge.analysis.engine.rows import State
from iisg.knowledge.cycles.factories import make_cycle, make_return
from iisg.knowledge.needs.factories import make_measure, make_need, make_objective
from iisg.knowledge.responses.factories import make_response
from tests.growing import growing

pytestmark = pytest.mark.django_db
ON = "2026-11-23"


@pytest.fixture
def reader(client: Client) -> Client:
    """A member's reader, with the six partners entered."""
    make_partners()
    client.force_login(make_person())
    return client


def table(reader: Client, **query: str) -> CoverageTable:
    """The matrix of the page."""
    found = reader.get("/coverage/", {"on": ON, **query}).context["table"]
    assert isinstance(found, CoverageTable)
    return found


def words(reader: Client, **query: str) -> dict[str, str]:
    """What each partner's total says, where it says anything."""
    return {
        t.partner: f"{t.single or ''} {t.words}".strip() for t in table(reader, **query).totals if t.number
    }


@pytest.mark.parametrize("address", ["/coverage/", "/gaps/", "/overlaps/"])
def test_analysis_stays_with_members(client: Client, address: str) -> None:
    assert client.get(address).status_code == 302
    member = make_organisation()
    for role, body, answer in (
        (Role.APPLICANT, None, 403),
        (Role.ADMINISTRATOR, None, 403),
        (Role.OBSERVER, member, 200),
    ):
        client.force_login(make_person(role, body))
        assert client.get(address).status_code == answer


def test_each_state_stands_in_its_cell(reader: Client) -> None:
    make_response(make_need(partners=["AL"]), make_action(named=["AL"]))
    make_response(make_need(partners=["BA"]), make_action(named=["BA"]), "partial")
    make_need(partners=["XK"])
    make_response(make_need(partners=["ME"]), make_action(named=["ME"], stage="", start_on=None, end_on=None))
    make_response(make_need(partners=["MK"]), make_action(named=[], regional=["MK", "RS"]))
    assert words(reader) == {
        "Albania": "1 covered",
        "Bosnia and Herzegovina": "1 partly",
        "Kosovo*": "1 gap",
        "Montenegro": "1 not known",
        "North Macedonia": "1 covered, regional action only",
    }
    page = reader.get("/coverage/", {"on": ON}).content.decode()
    assert "Of the 3 covered or partly covered, 1 is so by regional action only" in page
    assert "5 needs, each counted once for every partner that states it: 5." in page
    assert "5 of 5 needs were compiled from public sources" in page
    assert page.count('id="kosovo-note"') == 1


def test_a_cell_with_several_states_holds_their_counts_in_words(reader: Client) -> None:
    measure = make_measure()
    make_need(partners=["AL"], measures=[measure])
    make_need(partners=["AL"], measures=[measure])
    make_response(make_need(partners=["AL"], measures=[measure]), make_action(named=[], regional=["AL"]))
    cell = table(reader).lines[0].cells[0]
    assert cell.state is State.GAP
    assert cell.number == 3
    assert cell.single is None
    assert cell.words == "2 gaps, 1 covered (regional action only)"


def test_words_tell_apart_what_names_the_partner() -> None:
    none = dict.fromkeys(State, 0)
    both = ShownCell("Albania", {**none, State.COVERED: 3}, regional_only=2)
    assert both.words == "covered (2 by regional action only)"
    assert ShownCell("Albania", none, 0).words == ""


def test_lines_stand_by_the_four_fields_and_lead_to_their_needs(reader: Client) -> None:
    late = make_measure("BS-RES-1", make_objective(four_p="Respond", title="Returns"), "Return flights")
    early = make_measure("BS-ANT-1", make_objective(four_p="Anticipate", title="Risk"), "Risk analysis")
    make_need(partners=["AL"], measures=[late])
    make_need(partners=["AL", "RS"], measures=[early])
    found = table(reader, pillar="WBBSi", on="2026-05-01")
    assert [(group.title, [line.title for line in group.lines]) for group in found.groups] == [
        ("Anticipate", ["Risk analysis"]),
        ("Respond", ["Return flights"]),
    ]
    assert found.lines[0].under == "Risk"
    serbia = found.lines[0].cells[-1]
    assert serbia.href == "/needs/?partner=RS&on=2026-05-01&measure=BS-ANT-1"
    assert found.lines[1].cells[-1].href == ""
    by_objective = table(reader, on="2026-05-01")
    assert by_objective.by == "objective"
    assert [group.title for group in by_objective.groups] == [
        "Border security: Anticipate",
        "Border security: Respond",
    ]
    key = early.objective_id
    assert by_objective.lines[0].cells[0].href == f"/needs/?partner=AL&on=2026-05-01&objective={key}"


def test_a_pillar_shows_its_own_needs_only(reader: Client) -> None:
    make_need(partners=["AL"])
    crime = make_measure("CS-PRO-1", make_objective(pillar="WBCSCi", title="Weapons"))
    make_need(partners=["RS"], measures=[crime])
    assert words(reader, pillar="WBCSCi") == {"Serbia": "1 gap"}
    assert words(reader) == {"Albania": "1 gap", "Serbia": "1 gap"}
    empty = reader.get("/coverage/", {"pillar": "WBCTi"}).content.decode()
    assert "No needs are stated here" in empty


def test_a_need_that_stands_nowhere_is_told_and_not_counted(reader: Client) -> None:
    make_need(partners=["AL"])
    make_need(partners=["RS"], measures=[])
    assert words(reader) == {"Albania": "1 gap"}
    page = reader.get("/coverage/", {"on": ON}).content.decode()
    assert "1 further need stands nowhere in the framework yet" in page
    assert table(reader, pillar="WBBSi").unplaced == 0


def test_the_day_decides_what_runs_and_who_was_asked(reader: Client) -> None:
    make_response(make_need(partners=["AL"]), make_action(end_on=date(2026, 6, 30), end_printed="2026-06-30"))
    make_return(make_cycle(opened_on=date(2026, 9, 1)), make_organisation("Silent body"))
    assert words(reader, on="2026-05-01") == {"Albania": "1 covered"}
    assert words(reader, on="2026-07-01") == {"Albania": "1 gap"}
    assert words(reader, on="2026-09-02") == {"Albania": "1 not known"}
    before = reader.get("/coverage/", {"on": "2026-07-01"}).content.decode()
    assert "No round of the response mapping had begun by this day" in before
    after = reader.get("/coverage/", {"on": "2026-09-02"})
    assert "1 of 1 answers are missing" in after.content.decode()
    assert ("?on=2026-09-01", "the start of the round") in after.context["days"]


def test_a_round_tells_who_has_not_answered_in_the_pillar(reader: Client) -> None:
    make_need(partners=["AL"])
    cycle, body = make_cycle(), make_organisation("Silent body")
    make_return(cycle, body)
    make_return(cycle, body, "WBCTi")
    make_return(cycle, make_partner("RS"), answered_on=date(2026, 10, 1))
    answers = reader.get("/coverage/", {"on": ON}).context["answers"]
    assert (answers.asked, answers.missing, answers.answered) == (3, 2, 1)
    answers = reader.get("/coverage/", {"on": ON, "pillar": "WBCTi"}).context["answers"]
    assert (answers.asked, answers.missing) == (1, 1)
    page = reader.get("/coverage/", {"on": ON}).content.decode()
    assert "Silent body</a>: Counter-terrorism, Border security" in page


def test_choices_that_cannot_be_read_are_told_and_choose_nothing(reader: Client) -> None:
    make_need(partners=["AL"])
    response = reader.get("/coverage/", {"on": "31 September", "pillar": "WBXX", "by": "rank"})
    assert response.status_code == 200
    page = response.content.decode()
    assert "Write the day as year-month-day" in page
    assert response.context["table"].by == "objective"


def test_an_empty_house_says_what_to_do_first(reader: Client) -> None:
    assert "No needs are recorded yet" in reader.get("/coverage/").content.decode()


def fill(rounds: int) -> None:
    """Needs under many objectives, answered and not, and members that are silent."""
    for _ in range(rounds):
        objective = make_objective(title=f"Objective {make_organisation().pk}")
        need = make_need(partners=["AL", "RS"], measures=[make_measure(f"M-{objective.pk}", objective)])
        make_response(need, make_action(named=["AL"]))
        make_return(make_cycle(), make_organisation())


@pytest.mark.parametrize("query", [{}, {"pillar": "WBBSi", "by": "measure"}])
def test_the_page_asks_as_many_questions_at_1_as_at_50(reader: Client, query: dict[str, str]) -> None:
    fill(1)
    with CaptureQueriesContext(connection) as few:
        reader.get("/coverage/", query)
    with growing():
        fill(49)
    with CaptureQueriesContext(connection) as many:
        assert len(reader.get("/coverage/", query).context["table"].lines) == 50
    assert len(many) == len(few)
