"""Reports of mail servers: those about ours are understood, anything else is harmless."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iisg.office.letters.bounces import MOST_BYTES, read_report
from tests.mailserver import made_report

TOKEN = "0123456789abcdef01234567"


RAW = made_report(TOKEN)


def test_a_report_is_known_by_the_address_that_it_was_sent_to() -> None:
    report = read_report(RAW)
    assert report is not None
    assert (report.token, report.failed) == (TOKEN, True)
    assert report.said == "5.1.1 smtp; 550 5.1.1 mailbox unavailable"


@pytest.mark.parametrize("header", [b"Delivered-To", b"X-Original-To", b"Envelope-To"])
def test_servers_that_rewrite_the_address_name_it_elsewhere(header: bytes) -> None:
    changed = RAW.replace(b"\nTo: bounces+", b"\nTo: other@x.example\n" + header + b": bounces+", 1)
    changed = changed.replace(f"<{TOKEN}@".encode(), b"<other@")
    report = read_report(changed)
    assert report is not None
    assert report.token == TOKEN


def test_without_our_address_the_enclosed_mail_tells() -> None:
    report = read_report(RAW.replace(b"bounces+" + TOKEN.encode(), b"postmaster"))
    assert report is not None
    assert report.token == TOKEN
    headers = RAW.replace(b"bounces+" + TOKEN.encode(), b"postmaster").replace(
        b"Content-Type: message/rfc822\nMIME-Version: 1.0\n\n", b"Content-Type: text/rfc822-headers\n\n"
    )
    report = read_report(headers)
    assert report is not None
    assert report.token == TOKEN


def test_one_of_several_addressees_that_failed_counts() -> None:
    group = b"Final-Recipient: rfc822; c@d.example\nAction: relayed\nStatus: 2.0.0\n"
    both = RAW.replace(
        b"Final-Recipient: rfc822; a@b.example", b"%s\n%s" % (group, b"Final-Recipient: rfc822; a")
    )
    report = read_report(both)
    assert report is not None
    assert report.failed
    first = RAW.replace(b"Diagnostic-Code: smtp; 550 5.1.1 mailbox unavailable\n", b"\n" + group)
    report = read_report(first)
    assert report is not None
    assert report.failed


def test_a_delay_is_no_failure() -> None:
    report = read_report(RAW.replace(b"Action: failed", b"Action: delayed"))
    assert report is not None
    assert not report.failed
    assert read_report(RAW.replace(b"Action: failed", b"Action: delivered")) is None


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff\xfe",
        b"From: a@b.example\nSubject: Out of office\n\nI am away.",
        b'Content-Type: multipart/report; report-type=disposition-notification; boundary="x"\n\n--x--',
        RAW.replace(TOKEN.encode(), b"short"),
        b"x" * (MOST_BYTES + 1),
    ],
)
def test_what_is_no_report_about_ours_is_none(content: bytes) -> None:
    assert read_report(content) is None


@given(st.integers(0, len(RAW)), st.integers(0, 200), st.binary(max_size=60))
def test_mangled_reports_are_harmless(start: int, length: int, put: bytes) -> None:
    report = read_report(RAW[:start] + put + RAW[start + length :])
    assert report is None or len(report.said) <= 400


@given(st.binary(max_size=2000))
def test_anything_is_harmless(content: bytes) -> None:
    read_report(content)
    read_report(b'Content-Type: multipart/report; boundary="x"\nTo: ' + content)
