"""Fingerprints of whoever asks for a link, and which network a request comes from."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from iisg.governance.membership.knocking import marks, network_of

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


def test_a_fingerprint_holds_nothing_of_the_address_and_changes_every_day() -> None:
    today, yesterday = marks("address", " Ana@Institute.example ", NOW)
    assert today != yesterday
    assert "ana" not in today
    assert [today, yesterday] == marks("address", "ana@institute.example", NOW)
    assert marks("address", "ana@institute.example", NOW + timedelta(days=1))[1] == today
    assert marks("network", "ana@institute.example", NOW)[0] != today
    assert marks("network", "", NOW) == []


@pytest.mark.parametrize(
    ("address", "forwarded", "proxies", "network"),
    [
        ("192.0.2.77", "", 0, "192.0.2.0/24"),
        ("2001:db8:1:2::3", "", 0, "2001:db8:1::/48"),
        ("192.0.2.77", "203.0.113.9", 0, "192.0.2.0/24"),  # nobody of ours added it: it counts for nothing
        ("10.0.0.1", "203.0.113.9", 1, "203.0.113.0/24"),
        ("10.0.0.1", "198.51.100.1, 203.0.113.9", 1, "203.0.113.0/24"),  # the first is what the reader claims
        ("10.0.0.1", "1.1.1.1, 203.0.113.9, 10.0.0.2", 2, "203.0.113.0/24"),
        ("10.0.0.1", "", 1, ""),
        ("unix:", "", 0, ""),
    ],
)
def test_the_network_is_what_our_own_proxies_say(
    address: str, forwarded: str, proxies: int, network: str
) -> None:
    assert network_of(address, forwarded, proxies) == network
