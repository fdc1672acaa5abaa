"""An action is changed by hand: by whom, what is written, what stays, and what a later file may do."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from iisg.foundations.access.actors import CONSOLE
from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.factories import make_person
from iisg.foundations.audit.models import Event
from iisg.foundations.orgs.factories import make_organisation, make_partners
from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.actions.factories import add_flow, add_party, make_action
from iisg.knowledge.actions.models import Action, PartyRole
from iisg.knowledge.actions.operations import examine_import, receive_import
from iisg.knowledge.actions.provenance import standing

pytestmark = pytest.mark.django_db


def browser(role: Role, body: Organisation | None = None) -> Client:
    client = Client()
    client.force_login(make_person(role, body))
    return client


@pytest.fixture
def marri() -> Organisation:
    make_partners()
    return make_organisation("Regional Centre", ref="marri")


@pytest.fixture
def action(marri: Organisation) -> Action:
    found = make_action(
        "Joint patrols", ("AL", "ME"), ref="ACT-097", reporter=marri, reporter_ref="R-1",
        start_on=None, start_printed="", end_on=None, end_printed="", summary="Two\nlines",
        recorded_at=datetime(2026, 3, 1, tzinfo=UTC), changed_at=datetime(2026, 3, 1, 9, 8, 7, 123456, tzinfo=UTC),
    )  # fmt: skip
    add_party(found, make_organisation("Generous Donor"), PartyRole.FUNDING)
    add_party(found, marri, PartyRole.IMPLEMENTING)
    return found


def filled(client: Client, path: str) -> dict[str, object]:
    """What a browser would send back from the page untouched."""
    form = client.get(path).context["form"]
    sent: dict[str, object] = {}
    for name in form.fields:
        value: Any = form[name].value()
        if value not in (None, ""):
            sent[name] = (
                [str(v) for v in value] if isinstance(value, list) else str(value).replace("\n", "\r\n")
            )
    return sent


def test_only_what_is_touched_is_written_and_it_is_stated_by_hand(
    action: Action, marri: Organisation
) -> None:
    focal = browser(Role.FOCAL_POINT, marri)
    assert "/actions/ACT-097/change/" in focal.get("/actions/ACT-097/").content.decode()
    [duty] = [
        d for d, _due in focal.get("/desk/").context["desk"].duties if d.what.startswith("Say when ACT-097")
    ]
    assert duty.href == "/actions/ACT-097/change/#id_start"
    sent = filled(focal, "/actions/ACT-097/change/")
    answer = focal.post("/actions/ACT-097/change/", sent | {"start": "2026-03", "end": "2027"}, follow=True)
    page = " ".join(answer.content.decode().split())
    assert "Changed by hand: Dates." in page
    assert "stated by hand by the member (Regional Centre)" in page
    now = Action.objects.get(pk=action.pk)
    assert (now.start_on, now.end_on, now.summary) == (date(2026, 3, 1), date(2027, 12, 31), "Two\nlines")
    assert {topic for topic in ("dates", "title", "parties") if standing(now, topic).protected} == {"dates"}
    event = Event.objects.get(name="actions.action_changed")
    changed: Any = event.facts["changed"]
    assert all(name.startswith(("start", "end")) for name in changed)
    assert event.on == "actions.action:ACT-097"


def test_saving_untouched_changes_nothing(action: Action, marri: Organisation) -> None:
    add_flow(action, Decimal("1000.00"), "EUR")
    office = browser(Role.SECRETARIAT)
    answer = office.post("/actions/ACT-097/change/", filled(office, "/actions/ACT-097/change/"), follow=True)
    assert "nothing was changed" in answer.content.decode()
    assert Action.objects.get(pk=action.pk).changed_at == action.changed_at
    assert not Event.objects.filter(name="actions.action_changed").exists()


def test_bodies_partners_and_money_change_one_by_one(action: Action) -> None:
    add_flow(action, Decimal("1000.00"), "EUR")
    office = browser(Role.SECRETARIAT)
    sent = filled(office, "/actions/ACT-097/change/")
    sent |= {"funders": "Generous Donor\r\nSecond Donor", "partners": ["AL", "XK"], "amount": "2500.50"}
    office.post("/actions/ACT-097/change/", sent)
    now = Action.objects.get(pk=action.pk)
    parties = list(now.parties.order_by("order").values_list("role", "organisation__name"))
    assert sorted(parties) == [
        ("funding", "Generous Donor"), ("funding", "Second Donor"), ("implementing", "Regional Centre"),
    ]  # fmt: skip
    assert not Organisation.objects.get(name="Second Donor").confirmed
    assert sorted(now.places.values_list("partner__code", "named")) == [("AL", True), ("XK", True)]
    assert [(f.amount, f.currency, f.state) for f in now.flows.all()] == [
        (Decimal("2500.50"), "EUR", "committed")
    ]


def test_a_change_meanwhile_is_never_overwritten_and_the_words_are_kept(
    action: Action, marri: Organisation
) -> None:
    focal, office = browser(Role.FOCAL_POINT, marri), browser(Role.SECRETARIAT)
    mine, theirs = filled(focal, "/actions/ACT-097/change/"), filled(office, "/actions/ACT-097/change/")
    office.post("/actions/ACT-097/change/", theirs | {"stage": "suspended"})
    answer = focal.post("/actions/ACT-097/change/", mine | {"summary": "My own words"})
    page = answer.content.decode()
    assert "changed this action while you were writing" in page
    assert "My own words" in page
    now = Action.objects.get(pk=action.pk)
    assert (now.summary, now.stage) == ("Two\nlines", "suspended")
    again = {name: answer.context["form"].data.getlist(name) for name in answer.context["form"].data}
    assert focal.post("/actions/ACT-097/change/", again).status_code == 302
    now = Action.objects.get(pk=action.pk)
    assert (now.summary, now.stage) == ("My own words", "suspended")


def test_who_does_not_speak_for_it_cannot_change_it(action: Action, marri: Organisation) -> None:
    other = browser(Role.FOCAL_POINT, make_organisation("Other Centre"))
    assert "/change/" not in other.get("/actions/ACT-097/").content.decode()
    for client in (other, browser(Role.MEMBER_READER, marri)):
        assert client.get("/actions/ACT-097/change/").status_code == 403
        assert client.post("/actions/ACT-097/change/", {"title": "Mine now"}).status_code == 403


def test_what_nobody_reports_is_changed_by_who_does_it(action: Action, marri: Organisation) -> None:
    Action.objects.filter(pk=action.pk).update(reporter=None)
    focal = browser(Role.FOCAL_POINT, marri)
    focal.post("/actions/ACT-097/change/", filled(focal, "/actions/ACT-097/change/") | {"stage": "completed"})
    assert Action.objects.get(pk=action.pk).stage == "completed"


def test_a_later_file_of_its_reporter_does_not_overwrite_it_in_silence(
    action: Action, marri: Organisation
) -> None:
    focal = browser(Role.FOCAL_POINT, marri)
    focal.post(
        "/actions/ACT-097/change/", filled(focal, "/actions/ACT-097/change/") | {"start": "2026-03-15"}
    )
    content = b"ref,title,implementer,beneficiaries,start_date\nR-1,Joint patrols,Regional Centre,AL; ME,2024-01-01\n"
    file = receive_import(content, "later.csv", marri, by=CONSOLE, at=timezone.now(), examine_later=False)
    file = examine_import(file, by=CONSOLE, at=timezone.now())
    assert file.conflicts == 1
    assert Action.objects.get(pk=action.pk).start_on == date(2026, 3, 15)


def test_what_was_printed_and_cannot_be_read_does_not_stand_in_the_way(action: Action) -> None:
    Action.objects.filter(pk=action.pk).update(start_printed="soon", summary="x" * 6000)
    office = browser(Role.SECRETARIAT)
    sent = filled(office, "/actions/ACT-097/change/") | {"title": "Joint patrols at sea"}
    assert office.post("/actions/ACT-097/change/", sent).status_code == 302
    now = Action.objects.get(pk=action.pk)
    assert (now.title, now.start_printed, len(now.summary)) == ("Joint patrols at sea", "soon", 6000)


def test_an_action_added_by_hand_is_as_protected(marri: Organisation) -> None:
    focal = browser(Role.FOCAL_POINT, marri)
    page = focal.get("/actions/add/").content.decode()
    assert "Only the title is needed" not in page
    said = {
        "reporter": "marri",
        "title": "Training",
        "kind": "own_measure",
        "reach": "named",
        "start": "2026",
    }
    answer = focal.post("/actions/add/", said, follow=True)
    assert re.search("stated by hand by the member", answer.content.decode())
    made = Action.objects.get(title="Training")
    assert {t for t in ("title", "dates", "money") if standing(made, t).protected} == {"title", "dates"}
