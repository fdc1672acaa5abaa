"""Setting up the house: the environment, the front end, Chromium, PostgreSQL, and the verdict at the end."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured

from config import environment, frontend, installation
from tests import chromium, lanes, postgres


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty place for a virtual environment, with its own log."""
    monkeypatch.setattr(installation, "PLACE", tmp_path / "venv")
    monkeypatch.setattr(installation, "HOUSE", tmp_path)
    monkeypatch.setattr(installation, "LOG", tmp_path / "log" / "installation.log")
    for name in ("requirements.txt", "requirements-dev.txt", "pyproject.toml"):
        (tmp_path / name).write_bytes((environment.ROOT / name).read_bytes())
    return tmp_path / "venv"


def _pretend_built(place: Path, kind: str) -> None:
    installation.python_in(place).parent.mkdir(parents=True)
    installation.python_in(place).symlink_to(sys.executable)
    installation.stamp(kind).write_text(installation.wanted(kind))


def test_nothing_is_built_in_an_empty_place(place: Path) -> None:
    assert not installation.is_built("runtime")


def test_a_development_environment_serves_as_a_runtime_one(place: Path) -> None:
    _pretend_built(place, "development")
    assert installation.is_built("runtime")
    assert installation.is_built("development")
    assert installation.main("runtime") == 0


def test_a_runtime_environment_is_not_enough_for_development(place: Path) -> None:
    _pretend_built(place, "runtime")
    assert installation.is_built("runtime")
    assert not installation.is_built("development")


def test_another_lock_asks_for_another_environment(place: Path) -> None:
    _pretend_built(place, "runtime")
    (place.parent / "requirements.txt").write_text("another==1\n")
    assert not installation.is_built("runtime")


def test_settings_of_the_tools_do_not(place: Path) -> None:
    _pretend_built(place, "runtime")
    with (place.parent / "pyproject.toml").open("a") as project:
        project.write("\n[tool.something]\nnew = true\n")
    assert installation.is_built("runtime")


def test_a_failing_step_shows_the_end_of_its_log_and_the_cure(place: Path) -> None:
    speaking = [sys.executable, "-c", "print('no space left'); raise SystemExit(3)"]
    with pytest.raises(installation.SetUpFailed, match=r"no space left(.|\n)*Cure: make room"):
        installation.run(speaking, "make room")


def test_a_package_that_cannot_be_had_ends_with_a_cure(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (place.parent / "requirements.txt").write_text(f"nothing @ file://{place.parent}/nothing.whl\n")
    assert installation.main("runtime") == 1
    said = capsys.readouterr()
    assert "environment: installing 1 locked packages" in said.out
    assert "Cure: check the network" in said.err
    assert not installation.is_built("runtime")


def test_the_front_end_is_built_once() -> None:
    frontend.build()
    assert frontend.build() is False


def test_the_map_of_the_region_names_the_six_partners() -> None:
    frontend.build()
    drawn = json.loads((frontend.OUTPUT / "iisg" / "region.json").read_text(encoding="utf-8"))
    assert {"AL", "BA", "XK", "ME", "MK", "RS"} <= {str(each.get("code")) for each in _shapes(drawn)}


def _shapes(drawn: object) -> list[dict[str, object]]:
    """Every object of the drawing that carries a code, wherever it stands."""
    if isinstance(drawn, dict):
        return [drawn] if "code" in drawn else [shape for value in drawn.values() for shape in _shapes(value)]
    return [shape for value in drawn for shape in _shapes(value)] if isinstance(drawn, list) else []


def test_a_named_chromium_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    named = tmp_path / "browser"
    named.touch()
    monkeypatch.setenv("IISG_CHROMIUM", str(named))
    assert chromium.find_chromium() == named
    monkeypatch.setenv("IISG_CHROMIUM", str(tmp_path / "nothing"))
    assert chromium.ensure_chromium() is None


def test_a_named_server_that_is_silent_is_no_reason_to_take_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IISG_TEST_POSTGRES", "postgresql://nobody@127.0.0.1:1/nothing")
    with pytest.raises(postgres.NoPostgres, match="IISG_TEST_POSTGRES does not answer"), postgres.postgres():
        pass


def test_each_run_has_a_database_of_its_own() -> None:
    address = postgres.own_database("postgresql://me:word@example.org:5433/theirs?sslmode=require")
    assert address == f"postgresql://me:word@example.org:5433/iisg_{os.getpid()}?sslmode=require"


def test_the_server_of_the_wheel_takes_records_and_goes_again() -> None:
    try:
        with postgres.from_wheel() as server:
            admin = server.address.replace(f"/iisg_{os.getpid()}", "/postgres")
            with psycopg.connect(admin) as connection:
                assert connection.execute("SELECT 1").fetchone() == (1,)
    except postgres.NoPostgres as reason:
        pytest.skip(str(reason))
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(admin, connect_timeout=2)


@pytest.mark.parametrize(
    ("holds", "code", "verdict"), [(True, 0, "everything holds"), (False, 1, "FAILED: types")]
)
def test_the_verdict_names_what_failed(
    holds: bool, code: int, verdict: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(lanes.LANES, "check", lambda: [lanes.Outcome("types", holds, "13 errors")])
    assert lanes.main("check") == code
    assert verdict in capsys.readouterr().out.splitlines()[-1]


def test_a_lane_of_tests_ends_with_its_counts(tmp_path: Path) -> None:
    (tmp_path / "test_two.py").write_text("def test_a(): pass\n\ndef test_b(): assert False\n")
    outcome = lanes.run_tests(
        "two", str(tmp_path), "-c", "/dev/null", "-p", "no:cacheprovider", "-p", "no:django"
    )
    assert not outcome.holds
    assert outcome.words.startswith("1 failed, 1 passed")


def test_an_empty_selection_does_not_hold(tmp_path: Path) -> None:
    outcome = lanes.run_tests(
        "none", str(tmp_path), "-c", "/dev/null", "-p", "no:cacheprovider", "-p", "no:django"
    )
    assert not outcome.holds


def test_sizes_come_from_the_environment_or_stop_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("IISG_UPLOAD_LIMIT_MB", raising=False)
    assert environment.megabytes("IISG_UPLOAD_LIMIT_MB", 50) == 50 * 1024 * 1024
    monkeypatch.setenv("IISG_UPLOAD_LIMIT_MB", "2")
    assert environment.megabytes("IISG_UPLOAD_LIMIT_MB", 50) == 2 * 1024 * 1024
    for wrong in ("0", "-1", "1.5", "many", "٣"):
        monkeypatch.setenv("IISG_UPLOAD_LIMIT_MB", wrong)
        with pytest.raises(ImproperlyConfigured, match="give whole megabytes"):
            environment.megabytes("IISG_UPLOAD_LIMIT_MB", 50)


MAIL_NAMES = ("IISG_MAIL", "IISG_MAIL_FROM", "IISG_MAIL_BOUNCES", "IISG_ADDRESS", "IISG_HOSTS", "PORT")


@pytest.fixture
def no_mail(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Nothing said about mail."""
    for name in MAIL_NAMES:
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


def test_without_a_mail_server_mails_are_printed_and_in_production_go_to_this_machine(
    no_mail: pytest.MonkeyPatch,
) -> None:
    mail = environment.mail("development")
    assert mail.backend.endswith("console.EmailBackend")
    assert (mail.sender, mail.bounces) == ("secretariat@localhost", "secretariat@localhost")
    assert environment.mail("test").backend.endswith("locmem.EmailBackend")
    no_mail.setenv("IISG_HOSTS", "mapping.example.org")
    mail = environment.mail("production")
    assert (mail.backend.rpartition(".")[2], mail.host, mail.port) == ("EmailBackend", "localhost", 25)
    assert mail.backend.endswith("smtp.EmailBackend")
    assert mail.sender == "secretariat@mapping.example.org"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("smtp://mail.example.org", ("mail.example.org", 25, "", "", False, False)),
        ("smtp://mail.example.org:2525", ("mail.example.org", 2525, "", "", False, False)),
        ("smtps://a:b@mail.example.org", ("mail.example.org", 465, "a", "b", False, True)),
        ("smtp+starttls://a%40b:p%2Fw@m.example.org", ("m.example.org", 587, "a@b", "p/w", True, False)),
    ],
)
def test_the_mail_server_is_read_from_one_address(
    given: str, expected: tuple[object, ...], no_mail: pytest.MonkeyPatch
) -> None:
    no_mail.setenv("IISG_MAIL", given)
    no_mail.setenv("IISG_MAIL_FROM", "IISG Secretariat <letters@example.org>")
    mail = environment.mail("development")
    assert (mail.host, mail.port, mail.user, mail.password, mail.starttls, mail.tls) == expected
    assert (mail.sender, mail.bounces) == ("IISG Secretariat <letters@example.org>", "letters@example.org")
    no_mail.setenv("IISG_MAIL_BOUNCES", "bounces@example.org")
    assert environment.mail("development").bounces == "bounces@example.org"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("IISG_MAIL", "mail.example.org"),
        ("IISG_MAIL", "https://secret@mail.example.org"),
        ("IISG_MAIL", "smtp://:25"),
        ("IISG_MAIL", "smtp://mail.example.org:secret"),
        ("IISG_MAIL_FROM", "nobody"),
        ("IISG_MAIL_FROM", "a@example.org\nBcc: b@example.org"),
        ("IISG_MAIL_BOUNCES", "Bounces <b@example.org>"),
        ("IISG_MAIL_BOUNCES", "b@"),
    ],
)
def test_what_cannot_be_mail_stops_the_start_and_repeats_no_password(
    name: str, value: str, no_mail: pytest.MonkeyPatch
) -> None:
    no_mail.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match=name) as stopped:
        environment.mail("development")
    assert "secret" not in str(stopped.value)


def test_links_in_letters_begin_with_the_address_of_the_house(no_mail: pytest.MonkeyPatch) -> None:
    assert environment.address("development") == "http://127.0.0.1:8000"
    no_mail.setenv("PORT", "8001")
    assert environment.address("demo") == "http://127.0.0.1:8001"
    no_mail.setenv("IISG_HOSTS", "mapping.example.org, other.example.org")
    assert environment.address("production") == "https://mapping.example.org"
    no_mail.setenv("IISG_ADDRESS", "https://iisg.example.org/")
    assert environment.address("production") == "https://iisg.example.org"
    no_mail.setenv("IISG_ADDRESS", "iisg.example.org")
    with pytest.raises(ImproperlyConfigured, match="must begin with https"):
        environment.address("production")


def test_proxies_and_the_trust_list_come_from_the_environment_or_stop_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("IISG_PROXIES", "IISG_TRUST_LIST"):
        monkeypatch.delenv(name, raising=False)
    assert (environment.proxies(), environment.trust_list()) == (0, None)
    monkeypatch.setenv("IISG_PROXIES", "2")
    monkeypatch.setenv("IISG_TRUST_LIST", str(tmp_path))
    assert (environment.proxies(), environment.trust_list()) == (2, tmp_path)
    monkeypatch.setenv("IISG_PROXIES", "many")
    monkeypatch.setenv("IISG_TRUST_LIST", str(tmp_path / "nowhere"))
    with pytest.raises(ImproperlyConfigured, match="number of your proxies"):
        environment.proxies()
    with pytest.raises(ImproperlyConfigured, match="no folder"):
        environment.trust_list()
