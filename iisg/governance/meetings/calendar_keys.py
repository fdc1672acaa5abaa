"""Keys of calendar feeds: how they are looked up without being kept."""

from __future__ import annotations

from hashlib import sha256

from iisg.foundations.accounts.models import User
from iisg.governance.meetings.models import CalendarKey


def digest_of(key: str) -> str:
    """What is kept of a key; it is random and long, so that nothing slower is needed."""
    return sha256(key.encode()).hexdigest()


def holder_of(key: str) -> User | None:
    """Whose feed a key opens; None for a void key or an account that is closed."""
    found = CalendarKey.objects.select_related("user").filter(
        digest=digest_of(key), revoked_at__isnull=True, user__is_active=True
    )
    one = found.first()
    return one.user if one else None
