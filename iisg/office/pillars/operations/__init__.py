"""Verbs on pillars: seats, focal points, core lead partners."""

from iisg.office.pillars.operations.asking import close_request, remind_of_request, request_focal_points
from iisg.office.pillars.operations.leading import begin_lead, end_lead, end_leads_of
from iisg.office.pillars.operations.nominating import (
    BY_LINK,
    answer_request,
    end_focal_point,
    end_focal_points_of,
    nominate_by_letter,
    nominate_focal_points,
)
from iisg.office.pillars.operations.seating import seat_participant, unseat_from_all, unseat_participant
from iisg.office.pillars.operations.taking import take_list

__all__ = [
    "BY_LINK",
    "answer_request",
    "begin_lead",
    "close_request",
    "end_focal_point",
    "end_focal_points_of",
    "end_lead",
    "end_leads_of",
    "nominate_by_letter",
    "nominate_focal_points",
    "remind_of_request",
    "request_focal_points",
    "seat_participant",
    "take_list",
    "unseat_from_all",
    "unseat_participant",
]
