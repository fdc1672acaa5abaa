"""Meetings of the demonstration: made up, marked so, loaded once."""

from __future__ import annotations

import pytest
from django.utils import timezone

from iisg.faces.console.demonstration_meetings import load_meetings
from iisg.foundations.orgs.factories import make_organisation, make_partners
from iisg.governance.meetings.models import Attendance, Meeting

pytestmark = pytest.mark.django_db


def test_they_are_made_up_marked_so_and_loaded_once() -> None:
    make_partners()
    for ref in ("osce", "france"):
        make_organisation(ref.title(), ref=ref)
    load_meetings(timezone.now())
    load_meetings(timezone.now())
    assert sorted(Meeting.objects.values_list("state", flat=True)) == [
        "circulated", "convened", "planned", "planned",
    ]  # fmt: skip
    assert all("(made up)" in one.title for one in Meeting.objects.all())
    assert all("(made up)" in name for name in Attendance.objects.values_list("name", flat=True))
    assert Meeting.objects.get(state="convened").announced.count() == 2
