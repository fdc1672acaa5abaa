"""The member's own page: by the link of its letter, in full or in part, checked before it is sent."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from iisg.foundations.access.actors import CONSOLE
from iisg.foundations.access.permits import RuleRefused
from iisg.foundations.accounts.models import User
from iisg.foundations.audit.models import Event
from iisg.office.letters.models import Letter
from iisg.office.pillars import operations
from iisg.office.pillars.factories import make_focal_point, make_member, make_nominee, make_request
from iisg.office.pillars.links import member_by_link, nomination_token
from iisg.office.pillars.models import FocalPoint, FocalPointRequest

pytestmark = pytest.mark.django_db
JANE = {
    "letters_name": "Jane Dean",
    "letters_office": "Cabinet",
    "letters_email": "Jane@Member.example",
    "letters_phone": "+355 42 1",
}
JON = {"WBBSi_name": "Jon Dean", "WBBSi_email": "jon@member.example"}
DEPUTY = {"letters_deputy_name": "Dea Dean", "letters_deputy_email": "dea@member.example"}


@pytest.fixture
def asked() -> FocalPointRequest:
    return make_request(
        make_member("Academy"), due_on=timezone.localdate() + timedelta(days=9), at=timezone.now()
    )


def page(asked: FocalPointRequest, route: str = "name_focal_points") -> str:
    return reverse(route, args=[nomination_token(asked)])


def test_the_page_says_what_is_asked_by_when_and_keeps_no_copy(
    client: Client, asked: FocalPointRequest
) -> None:
    answer = client.get(page(asked))
    words = answer.content.decode()
    assert "official correspondence" in words
    assert "technical meetings of WBBSi (Border security)" in words
    assert "Counter-terrorism" not in words
    assert "no-store" in answer.headers["Cache-Control"]
    assert not FocalPoint.objects.exists()


def test_written_checked_sent_done(client: Client, asked: FocalPointRequest) -> None:
    checked = client.post(page(asked), JANE | JON | DEPUTY | {"step": "check"})
    assert "Check whom you name" in checked.content.decode()
    assert not FocalPoint.objects.exists()
    done = client.post(page(asked), JANE | JON | DEPUTY | {"step": "send"}, follow=True)
    assert "Your focal points are named" in done.content.decode()
    asked.refresh_from_db()
    assert asked.answered_at is not None
    points = {(p.purpose, p.email, p.is_deputy) for p in FocalPoint.objects.all()}
    assert points == {
        ("letters", "jane@member.example", False),
        ("letters", "dea@member.example", True),
        ("WBBSi", "jon@member.example", False),
    }
    event = Event.objects.get(name="pillars.focal_points_named")
    assert event.by == "Academy, by its own link"
    assert asked.letter is not None
    assert event.facts["basis"] == f"by its own link ({asked.letter.number})"
    assert User.objects.filter(email="jane@member.example", is_active=True).exists()


def test_persons_named_before_stand_there_already_and_are_forgotten_once_it_has_answered(
    client: Client,
) -> None:
    body = make_member("Academy")
    known = {
        "WBBSi": {"name": "Jon Dean", "office": "Border unit", "email": "jon@member.example"},
        "WBCTi": {},
    }
    asked = operations.request_focal_points(
        body, ["letters", "WBBSi"], timezone.localdate() + timedelta(days=9), [],
        by=CONSOLE, at=timezone.now(), suggested=known,
    )  # fmt: skip
    assert list(asked.suggested) == ["WBBSi"]
    words = client.get(page(asked)).content.decode()
    assert 'value="Jon Dean"' in words
    assert 'value="jon@member.example"' in words
    assert "stand here already" in words
    client.post(page(asked), JANE | {"WBBSi_name": "", "WBBSi_email": "", "step": "send"})
    assert not FocalPoint.objects.filter(purpose="WBBSi").exists(), (
        "what is sent counts, not what stood there"
    )
    client.post(page(asked), JON | {"step": "send"})
    asked.refresh_from_db()
    assert asked.answered_at is not None
    assert asked.suggested == {}


def test_half_an_answer_leaves_the_rest_open(client: Client, asked: FocalPointRequest) -> None:
    done = client.post(page(asked), JANE | {"step": "send"}, follow=True).content.decode()
    assert "Some focal points are named" in done
    asked.refresh_from_db()
    assert asked.answered_at is None
    again = client.get(page(asked)).content.decode()
    assert "Jane Dean" in again
    assert "letters_name" not in again
    client.post(page(asked), JON | {"step": "send"})
    asked.refresh_from_db()
    assert asked.answered_at is not None
    late = client.get(page(asked)).content.decode()
    assert "Thank you" in late
    assert '<form method="post" novalidate' not in late


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({}, "Nobody is named yet"),
        ({"letters_name": "Jane"}, "Give the address to sign in with"),
        ({"letters_email": "jane@member.example"}, "Give first and last name"),
        ({"letters_name": "Jane", "letters_email": "jane at member"}, "valid email"),
        (DEPUTY, "A deputy stands beside a focal point"),
        (JANE | {"letters_deputy_name": "J", "letters_deputy_email": "jane@member.example"}, "stands twice"),
    ],
)
def test_what_is_wrong_is_said(
    client: Client, asked: FocalPointRequest, said: dict[str, str], told: str
) -> None:
    assert told in client.post(page(asked), said | {"step": "send"}).content.decode()
    assert not FocalPoint.objects.exists()


def test_changing_brings_back_what_was_written(client: Client, asked: FocalPointRequest) -> None:
    words = client.post(page(asked), JANE | {"step": "change"}).content.decode()
    assert 'value="Jane Dean"' in words
    assert "There is a problem" not in words


def test_void_answered_and_closed_links_say_so(client: Client, asked: FocalPointRequest) -> None:
    void = client.get("/focal-points/named/nonsense/")
    assert (void.status_code, "leads nowhere" in void.content.decode()) == (404, True)
    assert client.get("/focal-points/named/nonsense/done/").status_code == 404
    operations.close_request(asked, by=CONSOLE, at=timezone.now())
    closed = client.post(page(asked), JANE | {"step": "send"}).content.decode()
    assert "This request is closed" in closed
    assert not FocalPoint.objects.exists()


def test_nobody_learns_who_is_in_office_by_a_link(client: Client) -> None:
    member = make_member()
    make_focal_point(member, "letters", "Hidden Holder")
    asked = make_request(member, at=timezone.now(), due_on=timezone.localdate() + timedelta(days=9))
    for route in ("name_focal_points", "focal_points_named"):
        assert "Hidden Holder" not in client.get(page(asked, route)).content.decode()
    client.post(page(asked), JANE | JON | {"step": "send"})
    assert "Hidden Holder" not in client.get(page(asked)).content.decode()
    assert not FocalPoint.objects.on(timezone.localdate()).filter(name="Hidden Holder").exists()


def test_a_link_names_for_its_own_member_and_what_is_asked_only(asked: FocalPointRequest) -> None:
    other = make_request(make_member(), at=timezone.now(), due_on=timezone.localdate() + timedelta(days=9))
    link, at = member_by_link(asked), timezone.now()
    assert [power.value for power in link.powers] == ["nominate"]
    with pytest.raises(RuleRefused, match="another member"):
        operations.answer_request(other, [make_nominee()], by=link, at=at)
    with pytest.raises(RuleRefused, match="not asked"):
        operations.answer_request(asked, [make_nominee("WBCTi")], by=link, at=at)
    operations.answer_request(asked, [make_nominee("letters")], by=link, at=at)
    with pytest.raises(RuleRefused, match="answered already"):
        operations.answer_request(asked, [make_nominee("letters")], by=link, at=at)


def test_before_the_membership_begins_terms_begin_with_it(client: Client) -> None:
    begins = timezone.localdate() + timedelta(days=7)
    member = make_member(valid_from=begins)
    asked = make_request(member, at=timezone.now(), due_on=begins + timedelta(days=7))
    client.post(page(asked), JANE | {"step": "send"})
    assert FocalPoint.objects.get().valid_from == begins
    user = User.objects.get(email="jane@member.example")
    assert user.powers == frozenset()
    assert "named by this link" in client.get(page(asked)).content.decode().lower()


def test_a_member_that_has_left_names_nobody(client: Client) -> None:
    member = make_member()
    asked = make_request(member, at=timezone.now(), due_on=timezone.localdate() + timedelta(days=9))
    member.memberships.update(valid_to=date(2026, 1, 1))
    assert "membership has ended" in client.post(page(asked), JANE | {"step": "send"}).content.decode()
    assert not FocalPoint.objects.exists()


def test_the_welcome_says_how_long_its_link_works(client: Client, asked: FocalPointRequest) -> None:
    client.post(page(asked), JANE | {"step": "send"})
    welcome = Letter.objects.get(kind="focal-point-welcome")
    assert "works once, for seven days" in welcome.body
