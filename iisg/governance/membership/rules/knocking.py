"""How often a link may be asked for: by one address, from one network, by everybody together."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from iisg.foundations.core.findings import Finding
from iisg.governance.membership.models import Knock
from iisg.governance.membership.rules.routes import error

WITHIN = timedelta(hours=1)


def may_knock(address: list[str], network: list[str], at: datetime) -> Iterator[Finding]:
    """Each limit within an hour; what is said is the same for an address that the house knows and one it does not.

    A request leaves two fingerprints, of its address and of its network.
    """
    lately, most = Knock.objects.since(at - WITHIN), settings.MEMBERSHIP_KNOCKS
    if lately.of(address).count() >= most["address"]:
        yield error(
            "address-limit",
            _("Several links were asked for with this address within an hour."),
            _("Look into the mailbox, also among unwanted mail. In an hour you can ask again."),
        )
    elif lately.of(network).count() >= most["network"]:
        yield error(
            "network-limit",
            _("Many links were asked for from your network within an hour."),
            _("Try again in an hour, or write to the Secretariat, which sends you the form."),
        )
    elif lately.count() >= 2 * most["all"]:
        yield error(
            "house-limit",
            _("More links were asked for within an hour than we send."),
            _("Try again in an hour, or write to the Secretariat, which sends you the form."),
        )
