"""An invitation as it arrives: the letter's PDF and an entry that a calendar program takes."""

from __future__ import annotations

import pytest
from icalendar import Calendar

from iisg.governance.meetings.factories import convened
from iisg.office.letters.tests.conftest import mails
from tests.mailserver import Server
from tests.worker import work_off_the_queue

__all__ = ["mails"]
pytestmark = pytest.mark.django_db


def test_an_invitation_arrives_with_its_entry_for_calendars(mails: Server) -> None:
    meeting = convened()
    work_off_the_queue()
    (message,) = mails.to("ana@example.org")
    files = {part.get_filename(): part for part in message.iter_attachments()}
    assert len(files) == 2
    part = files[f"{meeting.ref}.ics"]
    assert part.get_content_type() == "text/calendar"
    content = part.get_content()
    text = content if isinstance(content, str) else content.decode()
    (event,) = Calendar.from_ical(text).walk("VEVENT")
    assert str(event["SUMMARY"]) == meeting.title
    assert str(event["UID"]).startswith(meeting.ref.lower())
