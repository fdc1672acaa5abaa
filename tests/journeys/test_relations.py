"""The shipped actions come in by a file, the house looks for relations, an officer decides, and the figures follow."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from iisg.faces.console.register import folder
from iisg.foundations.access.actors import CONSOLE
from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.factories import make_person
from iisg.foundations.audit.models import Event
from iisg.foundations.audit.trail import first_broken
from iisg.foundations.orgs.factories import make_partners
from iisg.knowledge.actions.factories import AT
from iisg.knowledge.actions.models import Action, Import
from iisg.knowledge.actions.operations import decide_names
from iisg.knowledge.actions.signals import actions_changed
from iisg.knowledge.actions.tests.uploads import apply, send, work_off_the_queue
from iisg.knowledge.needs.factories import make_measure, make_need
from iisg.knowledge.responses.models import Relation
from iisg.knowledge.responses.operations import judge_response

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> Client:
    """The Secretariat's browser in a house that holds the six partners only."""
    make_partners()
    browser = Client()
    browser.force_login(make_person(Role.SECRETARIAT))
    return browser


def taken_in(officer: Client) -> Import:
    """The shipped file, examined, its doubtful names said to be bodies of their own, applied."""
    content = (folder() / "actions.csv").read_bytes()
    imported = send(officer, SimpleUploadedFile("actions.csv", content, content_type="text/csv"))
    own = {str(name["name"]): None for name in imported.new_organisations}
    decide_names(imported, own, by=CONSOLE, at=AT)
    return apply(officer, imported)


def state_of(officer: Client, need: str) -> dict[str, str]:
    """How far the need is covered, by partner."""
    answers = officer.get(f"/needs/{need}/").context["facts"].answers
    return {one.partner.code: str(one.coverage.state) for one in answers}


def pairs(officer: Client) -> int:
    """How many overlaps there are, whatever the day."""
    return int(officer.get("/overlaps/?any_day=on").context["page"].paginator.count)


def test_from_a_file_to_decided_relations_and_back(officer: Client) -> None:
    assert taken_in(officer).state == "applied"
    count = Action.objects.count()

    officer.post("/relations/look/")
    work_off_the_queue()
    queue = officer.get("/relations/")
    waiting = queue.context["page"].paginator.count
    assert waiting > 20
    assert f"{count} records" in queue.content.decode()
    officer.post("/relations/look/")
    work_off_the_queue()
    assert officer.get("/relations/").context["page"].paginator.count == waiting, (
        "a second look brings nothing new"
    )

    follows = Relation.objects.get(source__ref="ACT-023", target__ref="ACT-021")
    assert (follows.kind, follows.state) == ("next_phase_of", "proposed")
    one, other = follows.source, follows.target
    measure = make_measure()
    for action in (one, other):
        action.placements.create(measure=measure, reason="made up")
        action.parties.filter(role="funding").delete()
    need = make_need("Action against economic crime", ("ME",), [measure])
    Action.objects.filter(pk=other.pk).update(end_on=None, start_on="2019-01-01", stage="implementation")
    actions_changed.send(Action, keys=[one.pk, other.pk])
    judge_response(need, other, "full", "Does what is needed.", by=CONSOLE, at=AT)
    assert state_of(officer, need.ref) == {"ME": "covered"}
    before = pairs(officer)
    assert before >= 1

    page = officer.get(f"/relations/{follows.pk}/")
    effects = {choice.kind: choice.effect.moved for choice in page.context["pair"].choices}
    assert any("no longer would" in sentence for sentence in effects["next_phase_of"])
    officer.post(f"/relations/{follows.pk}/decide/", {"choice": "next_phase_of"})
    assert pairs(officer) == before - 1, "phases of one action never overlap"
    chain = officer.get("/actions/ACT-021/").context["facts"].family.phases
    assert [step.action.ref for step in chain] == ["ACT-021", "ACT-023"]

    officer.post(f"/relations/{follows.pk}/reverse/", {"reason": "They are one action after all."})
    assert pairs(officer) == before
    officer.post(f"/relations/{follows.pk}/decide/", {"choice": "same_as", "reason": "One contract."})
    assert state_of(officer, need.ref) == {"ME": "covered"}
    assert pairs(officer) == before - 1
    register = officer.get("/actions/")
    assert register.context["page"].paginator.count == count - 1
    assert "One action, 2 reports" in officer.get("/actions/ACT-023/").content.decode()

    officer.post("/actions/ACT-023/reports/", {"time": "ACT-023", "reason": "It signed the contract."})
    assert state_of(officer, need.ref) == {"ME": "gap"}, "the report that speaks says that it has finished"
    same = Relation.objects.confirmed().get()
    officer.post(f"/relations/{same.pk}/reverse/", {"reason": "Two contracts."})
    assert state_of(officer, need.ref) == {"ME": "covered"}
    assert officer.get("/actions/").context["page"].paginator.count == count

    names = list(Event.objects.filter(name__startswith="responses.re").values_list("name", flat=True))
    for told in ("relations_looked_for", "relation_confirmed", "relation_decision_reversed", "report_chosen"):
        assert f"responses.{told}" in names
    assert first_broken() is None


def test_an_officer_gets_through_twenty(officer: Client) -> None:
    taken_in(officer)
    officer.post("/relations/look/")
    work_off_the_queue()
    where = officer.get("/relations/").context["lines"][0].relation.pk
    for number in range(20):
        answer = officer.post(
            f"/relations/{where}/decide/", {"choice": ["overlaps", "not_related"][number % 2]}
        )
        page = officer.get(answer["Location"])
        assert page.status_code == 200
        where = page.context["relation"].pk
    decided = ("responses.relation_confirmed", "responses.relation_rejected")
    assert Event.objects.filter(name__in=decided).count() == 20
    assert not Relation.objects.filter(pk=where).exclude(state="proposed").exists()
