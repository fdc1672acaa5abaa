"""The list of all rounds, and closing one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from iisg.faces.desk.tests.conftest import SignIn
from iisg.foundations.access.actors import CONSOLE
from iisg.foundations.access.permits import RuleRefused
from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.factories import make_person
from iisg.foundations.audit.models import Event
from iisg.foundations.orgs.factories import make_organisation
from iisg.knowledge.analysis.summary import summary_on
from iisg.knowledge.cycles.factories import make_cycle, make_return
from iisg.knowledge.cycles.models import Cycle, CycleState
from iisg.knowledge.cycles.operations import close_cycle
from iisg.knowledge.needs.factories import make_need


def text(client: Client, path: str) -> str:
    """A page in one line."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    return " ".join(answer.content.decode().split())


def test_the_list_says_who_was_asked_and_how_many_have_answered(reader: Client) -> None:
    assert "No round has been opened yet" in text(reader, "/rounds/")
    cycle = make_cycle(due_on=timezone.localdate() + timedelta(days=3))
    member = make_organisation("Border Centre")
    make_return(cycle, member, "WBBSi", answered_on=cycle.opened_on)
    make_return(cycle, member, "WBCTi")
    make_return(cycle, make_organisation("Another"), "WBCTi")
    make_cycle(date(2025, 9, 1), date(2025, 10, 15))
    page = text(reader, "/rounds/")
    assert page.index(f"/rounds/{cycle.ref}/") < page.index("15 October 2025")
    for said in ("1 of 3", ">2</td>", "0 of 0", "in 3 days", "2 rounds"):
        assert said in page, said
    assert 'href="/rounds/"' in text(reader, f"/rounds/{cycle.ref}/")
    assert 'href="/rounds/"' in text(reader, f"/rounds/{cycle.ref}/{member.ref}/")
    assert 'href="/rounds/"' in text(reader, "/desk/")


def test_who_sees_no_rounds_is_not_let_in(sign_in: SignIn) -> None:
    for role in (Role.APPLICANT, Role.ADMINISTRATOR):
        assert sign_in(role).get("/rounds/").status_code == 403
    assert Client().get("/rounds/").status_code == 302


def test_the_list_asks_as_much_for_one_round_as_for_many(
    reader: Client, django_assert_max_num_queries: object
) -> None:
    for number in range(30):
        make_return(make_cycle(date(2020, 1, 1) + timedelta(days=number)), make_organisation())
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        assert "Pages of rounds" in text(reader, "/rounds/")


def test_the_secretariat_closes_a_round_and_silence_stays_silence(secretariat: Client) -> None:
    need, cycle = make_need(), make_cycle()
    make_return(cycle, make_organisation())
    page = text(secretariat, f"/rounds/{cycle.ref}/")
    assert "One answer is still missing." in page
    before = [(one.need, one.state) for one in summary_on(CONSOLE, timezone.localdate()).answers]
    assert secretariat.post(f"/close-round/{cycle.ref}/").status_code == 302
    cycle.refresh_from_db()
    assert (cycle.state, cycle.closed_on) == (CycleState.CLOSED, timezone.localdate())
    [event] = Event.objects.filter(name="cycles.cycle_closed")
    assert (event.on, event.facts["silent"]) == (f"cycles.cycle:{cycle.ref}", 1)
    page = text(secretariat, f"/rounds/{cycle.ref}/")
    assert "The round was closed on" in page
    assert "Close this round" not in page
    assert "closed" in text(secretariat, "/rounds/")
    assert not [
        duty for duty, _due in secretariat.get("/desk/").context["desk"].duties if "Remind" in duty.what
    ]
    after = [(one.need, one.state) for one in summary_on(CONSOLE, timezone.localdate()).answers]
    assert before == after == [(need.ref, "not_known")]


def test_a_round_is_closed_once_not_before_it_begins_and_by_the_secretariat(sign_in: SignIn) -> None:
    cycle = make_cycle()
    with pytest.raises(PermissionDenied):
        close_cycle(cycle, by=make_person(Role.NATIONAL_COORDINATOR, make_organisation()), at=timezone.now())
    assert sign_in(Role.NATIONAL_COORDINATOR).post(f"/close-round/{cycle.ref}/").status_code == 403
    assert "Close this round" not in text(sign_in(Role.MEMBER_READER), f"/rounds/{cycle.ref}/")
    close_cycle(cycle, by=CONSOLE, at=timezone.now())
    with pytest.raises(RuleRefused, match="closed already"):
        close_cycle(cycle, by=CONSOLE, at=timezone.now())
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(RuleRefused, match="not begun"):
        close_cycle(make_cycle(tomorrow, tomorrow), by=CONSOLE, at=timezone.now())
    assert Cycle.objects.filter(state=CycleState.OPEN).count() == 1
