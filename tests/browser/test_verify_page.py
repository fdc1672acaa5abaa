"""verify.html out of a package, opened as a file in a browser without any network."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from iisg.foundations.audit.tests.made_up import a_log, a_package
from iisg.foundations.audit.tests.mangling import Mangler


@pytest.fixture
def opened(chromium: Browser, tmp_path: Path) -> Iterator[tuple[Page, Path]]:
    log, numbers = a_log()
    package = a_package(log, numbers)
    (tmp_path / "package.zip").write_bytes(package)
    (tmp_path / "keys.txt").write_text(log.keys())
    (tmp_path / "kept.txt").write_text(log.checkpoint(9))
    (tmp_path / "other.txt").write_text(log.checkpoint(8))
    (tmp_path / "verify.html").write_bytes(zipfile.ZipFile(BytesIO(package)).read("verify.html"))
    context = chromium.new_context(offline=True)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda fault: said.append(str(fault)))
    page.goto((tmp_path / "verify.html").as_uri())
    yield page, tmp_path
    assert said == []
    context.close()


def test_a_member_verifies_with_the_network_cut_off(opened: tuple[Page, Path]) -> None:
    page, folder = opened
    page.get_by_label("The package").set_input_files(folder / "package.zip")
    expect(page.get_by_role("status")).to_have_text("Everything below holds.")
    expect(page.locator("#lines")).to_contain_text("NOT established: whose key")
    page.get_by_label("list of the log's keys").set_input_files(folder / "keys.txt")
    expect(page.locator("#lines")).not_to_contain_text("NOT established")
    expect(page.locator("#lines")).to_contain_text("Entry 15 is in the log: board.decision_taken")
    page.get_by_label("checkpoint.txt").set_input_files(folder / "kept.txt")
    expect(page.locator("#lines")).to_contain_text("The log is the one that you saw with 9 entries")
    page.get_by_label("checkpoint.txt").set_input_files(folder / "other.txt")
    expect(page.get_by_role("status")).to_have_text("REFUSED.")


def test_false_packages_are_refused_in_the_browser_too(opened: tuple[Page, Path]) -> None:
    page, _folder = opened
    mangler = Mangler(seed=7)
    given = {"keys": mangler.keys, "since": mangler.since}
    verify = "async ([bytes, given]) => (await verifyPackage(Uint8Array.from(bytes), given)).holds"
    assert page.evaluate(verify, [list(mangler.whole), given]) is True
    assert [way for way, blob in mangler.falsified(60) if page.evaluate(verify, [list(blob), given])] == []
