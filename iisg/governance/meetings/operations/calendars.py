"""A person's own calendar feed, and what else is taken out of the house."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import models, transaction

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can
from iisg.foundations.accounts.models import User
from iisg.foundations.audit.trail import record
from iisg.governance.meetings.calendar_keys import digest_of
from iisg.governance.meetings.models import CalendarKey


@transaction.atomic
def make_calendar_key(user: User, *, by: Actor, at: datetime) -> str:
    """A new key for a person's feed; a former one is void from now on. The key itself is told only here."""
    require(by, Can.READ_MEETINGS)
    _revoke(user, at)
    key = secrets.token_urlsafe(32)
    CalendarKey.objects.create(user=user, digest=digest_of(key), made_at=at)
    record("meetings.calendar_key_made", by=by, on=f"accounts.user:{user.pk}", at=at)
    return key


@transaction.atomic
def revoke_calendar_key(user: User, *, by: Actor, at: datetime) -> int:
    """Make a person's key void; how many there were."""
    require(by, Can.READ_MEETINGS)
    number = _revoke(user, at)
    record("meetings.calendar_key_revoked", by=by, on=f"accounts.user:{user.pk}", at=at, keys=number)
    return number


@transaction.atomic
def take_paper(name: str, on: models.Model, *, by: Actor, at: datetime) -> None:
    """A file about a meeting is taken along by somebody who may read it."""
    require(by, Can.READ_MEETINGS)
    record("meetings.paper_taken", by=by, on=on, at=at, file=name)


def _revoke(user: User, at: datetime) -> int:
    return CalendarKey.objects.filter(user=user, revoked_at__isnull=True).update(revoked_at=at)
