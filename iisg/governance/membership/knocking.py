"""Fingerprints of whoever asks for a link: salted with the house's key and the day, and never the thing itself."""

from __future__ import annotations

from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

from django.utils.crypto import salted_hmac

_PREFIX = {4: 24, 6: 48}
"""What counts as one network: 256 addresses of the old sort, one site of the new."""


def marks(what: str, value: str, at: datetime) -> list[str]:
    """Today's and yesterday's fingerprint of an address or a network; none where it is not known."""
    if not value:
        return []
    days = (at.date(), at.date() - timedelta(days=1))
    plain = value.strip().lower()
    return [
        salted_hmac(f"iisg.membership.knock.{what}.{day}", plain, algorithm="sha256").hexdigest()
        for day in days
    ]


def network_of(address: str, forwarded: str, proxies: int) -> str:
    """The reader's network: by its own address, or by what the last of our `proxies` says; "" where it is none."""
    if proxies:
        chain = [each.strip() for each in forwarded.split(",")]
        address = chain[-proxies] if len(chain) >= proxies else ""
    try:
        known = ip_address(address)
    except ValueError:
        return ""
    return str(ip_network((known, _PREFIX[known.version]), strict=False))
