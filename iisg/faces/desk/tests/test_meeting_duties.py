"""What stands on desks about meetings."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from iisg.faces.desk.meeting_duties import meeting_duties, own_action_points
from iisg.foundations.access.actors import CONSOLE, HOUSE
from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.factories import make_person
from iisg.foundations.orgs.factories import make_organisation, make_partner
from iisg.governance.meetings import operations
from iisg.governance.meetings.factories import held, make_meeting

pytestmark = pytest.mark.django_db


def test_the_secretariat_is_told_what_waits_each_where_it_is_done() -> None:
    officer, at = make_person(Role.SECRETARIAT), timezone.now()
    day = timezone.localdate(at)
    assert meeting_duties(officer, day) == []
    before: dict[str, Any] = {"at": at - timedelta(days=60), "starts_at": at - timedelta(days=9)}
    past = held(title="Past one", **before)
    passed = make_meeting(title="Nobody said", **before)
    formation = make_meeting(
        "support_group", pillar="WBBSi", title="Formation", starts_at=at + timedelta(days=9)
    )
    operations.put_on_agenda("cross_pillar", "Waits", "discussion", "", by=HOUSE, at=at)
    late, albania = day - timedelta(days=2), make_partner("AL")
    operations.agree_action_point(past, "Send it", late, organisation=albania, by=CONSOLE, at=at)
    duties = {duty.what: duty for duty in meeting_duties(officer, day)}
    assert set(duties) == {
        "Record whether it was held: Nobody said",
        "Draft the minutes of: Past one",
        "Plan a meeting: 1 item waits for one",
        "Plan meetings of the Support Group: WBCTi, WBCSCi, WBBSi",
        "1 action point is late",
    }
    assert duties["Record whether it was held: Nobody said"].href == f"/meetings/{passed.ref}/"
    operations.draft_minutes(past, by=CONSOLE, at=at)
    make_meeting("support_group", pillar="WBBSi", title="Another", starts_at=at + timedelta(days=60))
    told = {duty.what for duty in meeting_duties(officer, day)}
    assert {"Circulate the minutes of: Past one", "Plan meetings of the Support Group: WBCTi, WBCSCi"} <= told
    assert formation.pillar == "WBBSi"


def test_an_action_point_stands_on_the_desk_of_whoever_owes_and_may_see_it() -> None:
    at = timezone.now()
    past = held(at=at - timedelta(days=60), starts_at=at - timedelta(days=9))
    albania, osce = make_partner("AL"), make_organisation("OSCE")
    for body in (albania, osce):
        operations.agree_action_point(
            past, f"For {body}", timezone.localdate(at), organisation=body, by=CONSOLE, at=at
        )
    (duty,) = own_action_points(make_person(Role.BOARD_MEMBER, albania))
    assert (duty.what, duty.due_on) == ("For Albania", timezone.localdate(at))
    assert own_action_points(make_person(Role.FOCAL_POINT, osce)) == [], "the Board's meeting is closed to it"
    assert [duty.what for duty in own_action_points(make_person(Role.OBSERVER, osce))] == ["For OSCE"]
