"""Reads what a mail server sends back about a mail that it could not deliver (RFC 3464)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message

MOST_BYTES = 20 * 1024 * 1024
"""A larger mail is no report: servers enclose the headers, or at most what we have sent."""

_TOKEN = re.compile(r"\+([A-Za-z0-9]{16,32})@")
_MESSAGE_ID = re.compile(r"<([A-Za-z0-9]{16,32})@")
_ADDRESSED = ("To", "Delivered-To", "X-Original-To", "Envelope-To")


@dataclass(frozen=True, slots=True)
class Report:
    """What a report says of one mail: our token, whether it has failed for good, and the words of the server."""

    token: str
    failed: bool
    said: str


def read_report(content: bytes) -> Report | None:
    """The report in a raw mail; None where the mail is none (an answer, an out-of-office note) or not about ours.

    Read leniently, by the older rules of the library: those that parse headers raise at what other people send.
    """
    if len(content) > MOST_BYTES:
        return None
    mail = message_from_bytes(content)
    if mail.get_content_type() != "multipart/report":
        return None
    parts = list(mail.walk())
    status = next((part for part in parts if part.get_content_type() == "message/delivery-status"), None)
    token = _token_of(mail, parts)
    if status is None or not token:
        return None
    told = [fields for fields in _groups(status) if fields.get("action") in ("failed", "delayed")]
    if not told:
        return None
    fields = next((each for each in told if each["action"] == "failed"), told[0])
    said = " ".join(filter(None, (fields.get("status", ""), fields.get("diagnostic-code", ""))))
    return Report(token, fields["action"] == "failed", " ".join(said.split())[:400])


def _token_of(mail: Message, parts: list[Message]) -> str:
    """Our token: in the address that the report was sent to, else in the Message-ID of the mail it encloses."""
    for name in _ADDRESSED:
        for value in mail.get_all(name, []):
            if found := _TOKEN.search(str(value)):
                return found[1]
    for part in parts:
        if part is not mail and (found := _MESSAGE_ID.search(str(part.get("Message-ID", "")))):
            return found[1]
        if part.get_content_type() == "text/rfc822-headers":
            enclosed = part.get_payload(decode=True)
            text = enclosed.decode(errors="replace") if isinstance(enclosed, bytes) else ""
            if found := _MESSAGE_ID.search(text):
                return found[1]
    return ""


def _groups(status: Message) -> Iterator[dict[str, str]]:
    """The fields of each group of the report's machine-readable part: of the mail, then of each addressee."""
    payload = status.get_payload()
    for group in payload if isinstance(payload, list) else []:
        if isinstance(group, Message):
            fields = {name.lower(): str(value).strip() for name, value in group.items()}
            yield fields | {"action": fields.get("action", "").lower()}
