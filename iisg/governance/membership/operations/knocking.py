"""A request for a link is counted before anything is mailed; nothing of the address itself is stored."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can
from iisg.foundations.audit.trail import record
from iisg.governance.membership.knocking import marks
from iisg.governance.membership.models import Knock
from iisg.governance.membership.rules.knocking import may_knock

_KEPT = timedelta(days=1)


@transaction.atomic
def note_knock(email: str, network: str, *, by: Actor, at: datetime) -> None:
    """Count a request by fingerprints of the address and of the network; refused where there were too many."""
    address, place = marks("address", email, at), marks("network", network, at)
    require(by, Can.APPLY, may_knock(address, place, at))
    Knock.objects.filter(at__lt=at - _KEPT).delete()
    Knock.objects.bulk_create(Knock(mark=each[0], at=at) for each in (address, place) if each)
    record("membership.link_asked", by=by, on="membership.knock", at=at)
