"""A real mail server on loopback: takes mails by SMTP, refuses or puts off by address, and reports bounces by SMTP."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from typing import Any

from aiosmtpd.controller import Controller


@dataclass
class Server:
    """What arrived, and how addresses behave: `refusing` 550, `busy` 451, `bouncing` taken and reported as failed."""

    arrived: list[tuple[str, str, EmailMessage]] = field(default_factory=list)
    reports: list[bytes] = field(default_factory=list)
    refusing: set[str] = field(default_factory=set)
    busy: set[str] = field(default_factory=set)
    bouncing: set[str] = field(default_factory=set)
    port: int = 0

    async def handle_RCPT(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        """Answer by address, as a server does that knows its own people."""
        if address in self.refusing:
            return "550 5.1.1 No such user here"
        if address in self.busy:
            return "451 4.7.1 Greylisted, try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """Take the mail; where the mailbox behind the address is gone, a report goes back to the envelope's sender."""
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        for address in envelope.rcpt_tos:
            if address in self.bouncing:
                self.reports.append(_report(envelope.mail_from, address, mail))
            else:
                self.arrived.append((envelope.mail_from, address, mail))
        return "250 2.0.0 Taken"

    def to(self, address: str) -> list[EmailMessage]:
        """Mails that arrived for an address, in their order."""
        return [mail for _sender, at, mail in self.arrived if at == address]


def _report(sender: str, address: str, mail: Message) -> bytes:
    """A delivery status report as RFC 3464 has it."""
    report = MIMEMultipart("report", report_type="delivery-status")
    report["From"], report["To"] = "MAILER-DAEMON@mx.example.org", sender
    report["Subject"] = "Undelivered Mail Returned to Sender"
    report.attach(MIMEText("The mailbox does not exist any more.\n"))
    status = Message()
    status["Content-Type"] = "message/delivery-status"
    per_mail, per_address = Message(), Message()
    per_mail["Reporting-MTA"] = "dns; mx.example.org"
    per_address["Final-Recipient"] = f"rfc822; {address}"
    per_address["Action"], per_address["Status"] = "failed", "5.1.1"
    per_address["Diagnostic-Code"] = "smtp; 550 5.1.1 mailbox unavailable"
    status.set_payload([per_mail, per_address])
    report.attach(status)
    report.attach(MIMEMessage(mail))
    return report.as_bytes()


def made_report(token: str) -> bytes:
    """A report about a mail of ours that nobody has sent, for tests that need no server."""
    mail = EmailMessage()
    mail["Message-ID"] = f"<{token}@iisg.example.org>"
    mail.set_content("text")
    return _report(f"bounces+{token}@iisg.example.org", "a@b.example", mail)


@contextmanager
def mail_server() -> Iterator[Server]:
    """Run a server on a free port of loopback until the block ends."""
    server = Server(port=_free_port())
    controller = Controller(server, hostname="127.0.0.1", port=server.port, server_hostname="mx.example.org")
    controller.start()
    try:
        yield server
    finally:
        controller.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
