"""`iisg mail`: what comes back is noted, anything else is harmless, and the mail server hears when to try later."""

from __future__ import annotations

import io
import os
import subprocess
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.db import OperationalError

from iisg.foundations.access.actors import HOUSE
from iisg.office.letters import operations
from iisg.office.letters.effects import Fate, Posted
from iisg.office.letters.models import Delivery, DeliveryState
from iisg.office.letters.tests.made_up import ANA, NOW, sent
from tests.mailserver import made_report, mail_server
from tests.terminal import IISG, ROOT, surroundings

Printed = pytest.CaptureFixture[str]


def run(*words: str) -> int:
    """The exit code of the command."""
    with pytest.raises(SystemExit) as ended:
        call_command("mail", *words)
    return int(ended.value.code or 0)


def handed_over() -> Delivery:
    """A delivery that a mail server has taken."""
    sent(ANA)
    delivery = Delivery.objects.latest("pk")
    operations.take_up_delivery(delivery, by=HOUSE, at=NOW)
    return operations.note_outcome(delivery, Posted(Fate.TAKEN), by=HOUSE, at=NOW)


def stdin(content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a mail server pipes in."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))


@pytest.mark.django_db
def test_a_report_is_noted_once_and_again_changes_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: Printed
) -> None:
    delivery = handed_over()
    for _turn in range(2):
        stdin(made_report(delivery.token), monkeypatch)
        assert run("take") == 0
    assert capsys.readouterr().out.split() == ["noted", "noted"]
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.BOUNCED
    assert "550 5.1.1" in delivery.answer


@pytest.mark.django_db
@pytest.mark.parametrize(
    "content", [b"", b"From: a@b.example\n\nI am away.", made_report("0" * 24), b"\xff" * 100]
)
def test_what_is_not_about_ours_is_taken_and_harmless(
    content: bytes, monkeypatch: pytest.MonkeyPatch, capsys: Printed
) -> None:
    delivery = handed_over()
    stdin(content, monkeypatch)
    assert run("take") == 0
    assert "no report about a letter of ours" in capsys.readouterr().out
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.HANDED_OVER


@pytest.mark.django_db
def test_a_delay_is_no_failure(monkeypatch: pytest.MonkeyPatch, capsys: Printed) -> None:
    delivery = handed_over()
    stdin(made_report(delivery.token).replace(b"Action: failed", b"Action: delayed"), monkeypatch)
    assert run("take") == 0
    assert "still tried" in capsys.readouterr().out
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.HANDED_OVER


def test_a_database_that_cannot_be_asked_is_a_reason_to_try_later(tmp_path: Path) -> None:
    done = subprocess.run(
        [*IISG, "mail", "take"],
        cwd=ROOT,
        env=surroundings(tmp_path),
        input=made_report("0" * 24),
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 75
    assert b"cannot be asked now" in done.stderr


@pytest.mark.django_db
def test_a_folder_is_worked_off_and_only_plain_files_of_it(tmp_path: Path, capsys: Printed) -> None:
    delivery = handed_over()
    for part in ("new", "cur", "tmp", "new/folder"):
        (tmp_path / part).mkdir()
    (tmp_path / "new" / "1.report").write_bytes(made_report(delivery.token))
    (tmp_path / "new" / "2.note").write_bytes(b"Subject: Out of office\n\nAway.")
    secret = tmp_path / "secret"
    secret.write_text("stays")
    (tmp_path / "new" / "3.link").symlink_to(secret)
    os.mkfifo(tmp_path / "new" / "4.pipe")
    assert run("folder", str(tmp_path)) == 1
    assert sorted(path.name for path in (tmp_path / "cur").iterdir()) == ["1.report:2,S", "2.note:2,S"]
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == ["3.link", "4.pipe", "folder"]
    assert secret.read_text() == "stays"
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.BOUNCED
    assert run("folder", str(tmp_path / "cur")) == 2
    assert "is no Maildir" in capsys.readouterr().err


@pytest.mark.django_db
def test_a_mail_stays_in_the_folder_while_the_database_cannot_be_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*args: object, **kwargs: object) -> None:
        raise OperationalError("gone")

    delivery = handed_over()
    for part in ("new", "cur"):
        (tmp_path / part).mkdir()
    (tmp_path / "new" / "1").write_bytes(made_report(delivery.token))
    monkeypatch.setattr("iisg.faces.console.post.note_bounce", failing)
    assert run("folder", str(tmp_path)) == 75
    assert (tmp_path / "new" / "1").exists()


def test_a_test_mail_tells_what_the_server_answered(settings: LazySettings, capsys: Printed) -> None:
    with mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        server.refusing.add("gone@x.example")
        assert run("try", "here@x.example") == 0
        assert len(server.to("here@x.example")) == 1
        assert run("try", "gone@x.example") == 1
        said = capsys.readouterr()
        assert "has taken the mail" in said.out
        assert "refuses it: 550 5.1.1 No such user here" in said.err
    assert run("try", "here@x.example") == 1
    assert "does not take it now" in capsys.readouterr().err
    assert run("try", "nobody") == 2
    assert "is no e-mail address" in capsys.readouterr().err
