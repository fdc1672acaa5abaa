"""Moments and seats in words, one wording for page, letter and paper."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _


def moment_in_words(moment: datetime) -> str:
    """A moment with weekday, hour and zone: "Friday 11 December 2026, 17:00 (Brussels time, UTC+01:00)"."""
    local = moment.astimezone(ZoneInfo(settings.TIME_ZONE))
    offset = local.strftime("%z")
    place = settings.TIME_ZONE.rpartition("/")[2].replace("_", " ")
    return _("%(day)s, %(hour)s (%(place)s time, UTC%(offset)s)") % {
        "day": date_format(local, "l j F Y"),
        "hour": local.strftime("%H:%M"),
        "place": place,
        "offset": f"{offset[:3]}:{offset[3:]}",
    }


def named(seats: list[str]) -> str:
    """Several names in a sentence."""
    if len(seats) < 2:
        return "".join(seats)
    return _("%(first)s and %(last)s") % {"first": ", ".join(seats[:-1]), "last": seats[-1]}
