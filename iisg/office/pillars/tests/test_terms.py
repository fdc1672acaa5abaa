"""Terms after any order of deeds: one focal point for a purpose, no account without nomination, power by the day."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from iisg.foundations.access.actors import CONSOLE
from iisg.foundations.access.permits import RuleRefused
from iisg.foundations.access.roles import Can, Role
from iisg.foundations.accounts.factories import make_person
from iisg.foundations.accounts.models import Appointment, User
from iisg.foundations.audit.trail import first_broken
from iisg.foundations.orgs.operations import end_membership
from iisg.office.pillars import operations
from iisg.office.pillars.factories import NOW, make_focal_point, make_member
from iisg.office.pillars.links import member_by_link
from iisg.office.pillars.models import FocalPoint, FocalPointRequest, Purpose
from iisg.office.pillars.nominees import Nominee
from tests.stories import WRITING, Machine, keep_story, number_from_one, stories, tell

pytestmark = pytest.mark.django_db
EXAMPLES = int(os.environ.get("IISG_STATEFUL", "25"))
PURPOSES = ["letters", "WBCTi"]
some = st.integers(0, 11)


class Terms(RuleBasedStateMachine):
    """Two members, five people of whom one also sits on the Board; refused deeds change nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        number_from_one()
        self.at: datetime = NOW
        self.members = [make_member(), make_member()]
        self.elsewhere = make_person(Role.BOARD_MEMBER, make_member())
        self.addresses = [self.elsewhere.email, *(f"p{number}@member.example" for number in range(4))]
        self.own = Appointment.objects.get(user=self.elsewhere)

    def teardown(self) -> None:
        """Nothing of an example stays."""
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    @property
    def today(self) -> date:
        """The day of the machine's clock."""
        return self.at.date()

    def nominee(self, who: int, purpose: str, deputy: bool) -> Nominee:
        return Nominee(purpose, f"P {who % 5}", self.addresses[who % 5], is_deputy=deputy)

    @rule(days=st.integers(1, 40))
    def time_passes(self, days: int) -> None:
        self.at += timedelta(days=days)

    @rule(
        body=st.integers(0, 1),
        who=some,
        purpose=st.sampled_from(PURPOSES),
        deputy=st.booleans(),
        days=st.integers(-30, 30),
    )
    def nominate(self, body: int, who: int, purpose: str, deputy: bool, days: int) -> None:
        named = [self.nominee(who, purpose, deputy)]
        day = self.today + timedelta(days=days)
        with suppress(RuleRefused):
            operations.nominate_focal_points(self.members[body], named, "IN-1", day, by=CONSOLE, at=self.at)

    @rule(body=st.integers(0, 1), days=st.integers(-1, 30))
    def request(self, body: int, days: int) -> None:
        with suppress(RuleRefused):
            operations.request_focal_points(
                self.members[body], PURPOSES, self.today + timedelta(days=days), [], by=CONSOLE, at=self.at
            )

    @rule(body=st.integers(0, 1), who=some, purpose=st.sampled_from(PURPOSES), with_deputy=st.booleans())
    def answer(self, body: int, who: int, purpose: str, with_deputy: bool) -> None:
        asked = FocalPointRequest.objects.filter(organisation=self.members[body]).last()
        if asked is not None:
            named = [self.nominee(who, purpose, False)]
            named += [self.nominee(who + 1, purpose, True)] if with_deputy else []
            with suppress(RuleRefused):
                operations.answer_request(asked, named, by=member_by_link(asked), at=self.at)

    @rule(body=st.integers(0, 1))
    def close(self, body: int) -> None:
        asked = FocalPointRequest.objects.filter(organisation=self.members[body]).last()
        if asked is not None:
            with suppress(RuleRefused):
                operations.close_request(asked, by=CONSOLE, at=self.at)

    @rule(which=some, days=st.integers(-10, 30))
    def end(self, which: int, days: int) -> None:
        keys = list(FocalPoint.objects.order_by("pk").values_list("pk", flat=True))
        if not keys:
            return
        point = FocalPoint.objects.select_related("organisation").get(pk=keys[which % len(keys)])
        day, person = self.today + timedelta(days=days), point.email
        with suppress(RuleRefused):
            operations.end_focal_point(point, day, by=CONSOLE, at=self.at)
            left = FocalPoint.objects.on(day).filter(
                email=person, organisation=point.organisation, purpose=point.purpose
            )
            held = Appointment.objects.on(day).filter(
                user__email=person,
                role=Role.FOCAL_POINT,
                organisation=point.organisation,
                pillar="" if point.purpose == "letters" else point.purpose,
            )
            assert not left.exists(), "still in office"
            assert not held.exists(), "the term is over and the power stays"

    @rule(days=st.integers(0, 30))
    def leave(self, days: int) -> None:
        membership = self.members[1].memberships.get()
        day = self.today + timedelta(days=days)
        with suppress(RuleRefused):
            end_membership(membership, day, "Its wish.", by=CONSOLE, at=self.at)
            operations.end_focal_points_of(self.members[1], day, by=CONSOLE, at=self.at)

    @invariant()
    def one_for_each_purpose_on_every_day(self) -> None:
        terms: dict[tuple[int, str], list[tuple[date, date]]] = {}
        places: dict[tuple[int, str, str], list[tuple[date, date]]] = {}
        for point in FocalPoint.objects.all():
            term = (point.valid_from, point.valid_to or date.max)
            if not point.is_deputy:
                terms.setdefault((point.organisation_id, point.purpose), []).append(term)
            places.setdefault((point.organisation_id, point.purpose, point.email), []).append(term)
        for found in (*terms.values(), *places.values()):
            found.sort()
            for (_from, to), (following, _to) in pairwise(found):
                assert to <= following, "two in one place"

    @invariant()
    def offices_are_those_of_nominations(self) -> None:
        """The office of an account and its terms are the same days; nobody else has an account."""
        for office in Appointment.objects.filter(role=Role.FOCAL_POINT):
            ends = [point.valid_to or date.max for point in office.focal_points.all()]
            if ends:
                assert (office.valid_to or date.max) == max(ends), "power beyond the term"
            else:
                assert office.valid_to is not None, "an office on no nomination"
        for point in FocalPoint.objects.all():
            assert point.appointment is not None, "in office without power"
            assert point.appointment.user.email == point.email
        named = set(FocalPoint.objects.values_list("email", flat=True))
        working = User.objects.filter(appointments__role=Role.FOCAL_POINT, appointments__valid_to=None)
        assert set(working.values_list("email", flat=True)) <= named, "an account without nomination"

    @invariant()
    def nobody_speaks_for_whom_has_left(self) -> None:
        for point in FocalPoint.objects.select_related("organisation"):
            membership = point.organisation.memberships.get()
            end = membership.valid_to or date.max
            assert (point.valid_to or date.max) <= end, "a focal point of no member"

    @invariant()
    def what_is_held_elsewhere_stays(self) -> None:
        self.own.refresh_from_db()
        assert self.own.valid_to is None


def run(examples: int, machine: Machine = Terms) -> None:
    chosen = settings(
        max_examples=examples,
        stateful_step_count=40,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
        phases=(Phase.generate,),
    )
    run_state_machine_as_test(machine, settings=chosen)


def test_no_order_of_deeds_breaks_a_law() -> None:
    run(EXAMPLES)
    assert first_broken() is None


NOMINATING = "iisg.office.pillars.operations.nominating."
FAULTS: dict[str, tuple[str, Callable[..., Any]]] = {
    "nobody makes room": (f"{NOMINATING}_make_room", lambda *args, **kwargs: None),
    "the power stays when the term ends": (f"{NOMINATING}end_appointment", lambda *args, **kwargs: None),
    "a term outlives the membership": ("iisg.office.pillars.rules.is_member", lambda *args: ()),
}


STORIES = Path(__file__).with_name("stories.json")


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_put_in_on_purpose_is_caught(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    place, instead = FAULTS[fault]
    monkeypatch.setattr(place, instead)
    if WRITING:
        keep_story(Terms, lambda machine: run(600, machine), STORIES, fault)
    with pytest.raises(Exception, match=r"."):  # an assertion or a constraint, both catch it
        tell(Terms, stories(STORIES)[fault])


@pytest.mark.parametrize("fault", stories(STORIES))
def test_the_honest_house_bears_the_story_of_every_fault(fault: str) -> None:
    tell(Terms, stories(STORIES)[fault])


def test_replaced_today_the_power_is_gone_today_and_what_is_held_elsewhere_stays() -> None:
    member, other = make_member(), make_member()
    first = make_focal_point(member)
    user = User.objects.get(email=first.email)
    elsewhere = Nominee("letters", "The same", first.email)
    operations.nominate_focal_points(other, [elsewhere], "IN-2", date(2026, 2, 1), by=CONSOLE, at=NOW)
    make_focal_point(member, valid_from=NOW.date())
    held = Appointment.objects.on(NOW.date()).filter(user=user)
    assert [office.organisation for office in held] == [other]
    first.refresh_from_db()
    assert first.valid_to == NOW.date()


def test_named_by_mistake_is_taken_out_the_same_day() -> None:
    point = make_focal_point(make_member(), valid_from=NOW.date())
    operations.end_focal_point(point, NOW.date(), by=CONSOLE, at=NOW)
    assert not FocalPoint.objects.exists()
    assert Can.READ_NEEDS not in User.objects.get(email=point.email).powers


def test_purposes_are_those_of_the_methodology() -> None:
    assert [str(Purpose(each).in_full) for each in Purpose.values] == [
        "official correspondence",
        "technical meetings of WBCTi (Counter-terrorism)",
        "technical meetings of WBCSCi (Serious and organised crime)",
        "technical meetings of WBBSi (Border security)",
    ]
