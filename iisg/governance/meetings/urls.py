"""Addresses of meetings."""

from django.urls import path

from iisg.governance.meetings.views import agenda, attendance, calendar, minutes, outcomes, planning, record

_ONE = "meetings/<slug:ref>/"

urlpatterns = [
    path("meetings/", calendar.meetings, name="meetings"),
    path("meetings/new/", planning.meeting_new, name="meeting_new"),
    path("meetings/my-calendar/", calendar.my_calendar, name="my_calendar"),
    path("calendar-feed/<slug:key>/meetings.ics", calendar.calendar_feed, name="calendar_feed"),
    path(_ONE, record.meeting, name="meeting"),
    path(f"{_ONE}do/<slug:deed>/", planning.meeting_deed, name="meeting_deed"),
    path(f"{_ONE}change/", planning.meeting_change, name="meeting_change"),
    path(f"{_ONE}move/", planning.meeting_move, name="meeting_move"),
    path(f"{_ONE}cancel/", planning.meeting_cancel, name="meeting_cancel"),
    path(f"{_ONE}convene/", planning.meeting_convene, name="meeting_convene"),
    path(f"{_ONE}calendar-file/", record.calendar_file, name="meeting_calendar_file"),
    path(f"{_ONE}pack/", record.meeting_pack, name="meeting_pack"),
    path(f"{_ONE}papers/<int:pk>/", record.item_paper, name="item_paper"),
    path(f"{_ONE}agenda/", agenda.meeting_agenda, name="meeting_agenda"),
    path(f"{_ONE}agenda/<int:pk>/", agenda.item_change, name="item_change"),
    path(f"{_ONE}agenda/<int:pk>/do/<slug:deed>/", agenda.item_deed, name="item_deed"),
    path(f"{_ONE}agenda/<int:pk>/outcome/", outcomes.item_outcome, name="item_outcome"),
    path(f"{_ONE}attendance/", attendance.meeting_attendance, name="meeting_attendance"),
    path(f"{_ONE}attendance/presence/", attendance.meeting_presence, name="meeting_presence"),
    path(f"{_ONE}attendance/<int:pk>/remove/", attendance.attendance_remove, name="attendance_remove"),
    path(f"{_ONE}signature-sheet/", attendance.signature_sheet, name="signature_sheet"),
    path(f"{_ONE}minutes/", minutes.meeting_minutes, name="meeting_minutes"),
    path(f"{_ONE}minutes/<slug:step>/", minutes.minutes_step, name="minutes_step"),
    path(f"{_ONE}minutes/paper/<int:number>/", minutes.minutes_paper, name="minutes_paper"),
    path(f"{_ONE}points/", minutes.point_new, name="point_new"),
    path(f"{_ONE}points/<int:pk>/done/", minutes.point_done, name="point_done"),
]
