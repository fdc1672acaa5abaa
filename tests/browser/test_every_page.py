"""Every page as each role sees it: accessible, narrow enough for a phone, without scripts' or policy's complaints."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.terminal import ROOT, iisg, served_demonstration

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
PICTURES = os.environ.get("IISG_PICTURES", "")
"""A folder for screenshots of every page at 1280 and 480 pixels; empty: none are kept."""

YEAR = datetime.now(UTC).year
"""The demonstration's cases and lists are numbered in the year in which it is loaded."""
_TODAY = datetime.now(UTC)
_HELD, _COMING = (_TODAY - timedelta(days=20)).year, (_TODAY + timedelta(days=75)).year
HELD = f"/meetings/MEET-{_HELD}-01/"
COMING = f"/meetings/MEET-{_COMING}-{'02' if _HELD == _COMING else '01'}/"
"""The Board's meetings of the demonstration: the one that was held and the one that comes."""
PUBLIC = [
    "/", "/about/", "/projects/", "/projects/?pillar=WBBSi&page=1", "/projects/ACT-037/", "/organisations/",
    "/organisations/kosovo/", "/organisations/osce/", "/accounts/login/", "/projects/?words=nothing-like-this",
    "/search/?q=border", "/become-a-member/", "/become-a-member/your-data/", "/become-a-member/start/",
    "/members/", "/members/?on=2021-01-01", "/members/over-time/",
]  # fmt: skip
MEMBERS = [
    "/desk/", "/needs/", "/needs/?partner=ME&state=gap", "/needs/NEED-041/", "/needs/NEED-013/", "/actions/",
    "/actions/?words=nothing-like-this", "/actions/ACT-037/", "/actions/ACT-013/", "/money/",
    "/money/?partner=AL&pillar=WBBSi",
    "/money/figure/?measure=committed&line=net", "/coverage/",
    "/coverage/?pillar=WBBSi", "/coverage/?pillar=WBCSCi&by=objective&on=2024-06-01", "/gaps/", "/gaps/?partner=XK",
    "/overlaps/", "/overlaps/?kind=possible", "/search/", "/search/?q=border+police", "/search/?q=nothinglikethis",
    "/search/?q=training&kind=need&partner=XK", "/relations/", "/relations/?words=nothing-like-this", "/relations/20/",
    "/timeline/", "/timeline/?partner=XK&show=running", "/map/",
    "/rounds/", "/rounds/annual-responses-2026-demonstration/", "/rounds/annual-responses-2026-demonstration/marri/",
    "/network/", "/network/?body=european-union&with=iom&any_day=on", "/network/?partner=AL&role=fund",
    "/focal-points/", "/focal-points/?words=nothing-like-this", "/members/?group=partners",
    "/meetings/", "/meetings/?body=cross_pillar", "/meetings/my-calendar/",
]  # fmt: skip
SECRETARIAT = [
    "/desk/",
    "/judge/?need=NEED-041&action=ACT-039",
    "/needs/?specific=mine&judged=no",
    "/needs/NEED-041/change/",
    "/needs/NEED-041/find/?q=camera",
    "/money/rates/",
    "/imports/",
    "/imports/templates/",
    "/imports/1/",
    "/imports/4/",
    "/imports/4/missing/",
    "/imports/5/",
    "/imports/5/conflicts/",
    "/actions/X-1/",
    "/organisations/unconfirmed/",
    "/organisations/unconfirmed/?words=nothing-like-this",
    "/organisations/border-police-of-albania-directorate/confirm/?q=interior",
    "/relations/?kind=next_phase_of",
    "/relations/20/",
    "/relations/1/",
    "/relations/state/?left=ACT-006&right=ACT-003",
    "/actions/ACT-006/relate/?q=crime",
    "/actions/add/",
    "/actions/ACT-097/change/",
    "/rounds/annual-responses-2026-demonstration/north-macedonia/",
    "/imports/1/twins/",
    "/judge/follow-up/1/",
    "/judge/follow-up/2/",
    "/export/1/",
    "/letters/",
    "/letters/?arrival=not_arrived",
    "/letters/?words=nothing-like-this",
    "/letters/1/",
    "/letters/2/",
    "/letters/4/",
    "/letters/5/",
    "/letters/new/",
    "/letters/new/?answers=5",
    "/letters/1/change/",
    "/letters/register/",
    "/letters/told/",
    "/letters/wordings/",
    "/letters/wordings/free/sq/",
    "/prospects/",
    "/prospects/?words=nothing-like-this",
    "/prospects/?view=board",
    "/prospects/new/",
    "/prospects/import/",
    "/prospects/invite/?chosen=1&chosen=2",
    "/prospects/2/",
    "/prospects/2/edit/",
    "/cases/",
    "/cases/?waits=check",
    "/cases/new/",
    f"/cases/M-{YEAR}-001/",
    f"/cases/M-{YEAR}-002/form/",
    f"/cases/M-{YEAR}-003/assessment/",
    f"/cases/M-{YEAR}-003/assessment/compare/1/1/",
    f"/cases/M-{YEAR}-003/letters/",
    f"/cases/M-{YEAR}-003/record/",
    "/lists/",
    f"/lists/LIST-{YEAR}-01/",
    f"/lists/LIST-{YEAR}-01/decision/",
    "/organisations/france/membership/",
    "/focal-points/?show=missing",
    "/focal-points/requests/",
    "/focal-points/requests/new/",
    "/focal-points/enter/kosovo/?for=letters",
    "/members/addresses/",
    "/board/",
    "/board/seats/",
    "/board/rules/",
    "/board/proposals/",
    f"/board/proposals/PROP-{YEAR}-01/",
    "/board/silence/2/",
    "/board/decisions/?words=template",
    "/meetings/",
    "/meetings/new/",
    HELD,
    f"{HELD}attendance/",
    f"{HELD}minutes/",
    f"{HELD}minutes/approve/",
    f"{HELD}minutes/amend/",
    COMING,
    f"{COMING}change/",
    f"{COMING}move/",
    f"{COMING}cancel/",
    f"{COMING}convene/",
    f"{COMING}agenda/",
    f"{COMING}agenda/6/",
    f"{COMING}attendance/",
    f"{COMING}agenda/6/outcome/",
]
BOARD = [
    "/board/",
    "/board/seats/?on=2026-06-01",
    "/board/rules/",
    "/board/proposals/",
    f"/board/proposals/PROP-{YEAR}-01/",
    "/board/silence/2/",
    "/board/silence/2/position/",
    "/board/decisions/",
    "/lists/",
    "/lists/?state=decided",
    f"/lists/LIST-{YEAR}-01/",
    HELD,
    f"{HELD}minutes/",
    COMING,
]
UNCONFIRMED = (
    "ref,title,donor,implementer,beneficiaries,start_date,assistance_type\n"
    "X-1,Training,,Border Police of Albania Directorate,AL,2025-01-01,training\n"
    "X-2,Patrols,,,AL,2025-01-01,training\n"
    "X-3,Cameras,,,AL,2025-01-01,equipment\n"
)
NEWER = "\n".join(UNCONFIRMED.splitlines()[:2])
VOUCHED = f"""
from django.utils import timezone
from iisg.foundations.access.actors import CONSOLE
from iisg.knowledge.actions import operations
from iisg.knowledge.actions.models import Action
at, content = timezone.now(), {NEWER.replace("Training", "Other words")!r}.encode()
operations.confirm_action(Action.objects.get(ref="X-1"), None, by=CONSOLE, at=at)
file = operations.receive_import(content, "newest.csv", None, by=CONSOLE, at=at, examine_later=False)
operations.examine_import(file, by=CONSOLE, at=at)
"""
A_YEAR_LATER = (
    "from iisg.knowledge.responses.models import Response\n"
    "Response.objects.filter(pk=1).update(follow_up_on='2026-01-01')\n"
)
LARGE = """
from django.utils import timezone
from iisg.foundations.accounts.models import User
from iisg.knowledge.actions.models import Action
from iisg.knowledge.analysis import operations
from iisg.knowledge.analysis.exporting.records import actions_extract
user = User.objects.get(email="secretariat@demonstration.invalid")
refs, at = list(Action.objects.values_list("ref", flat=True)), timezone.now()
operations.ask_for_file(actions_extract(refs, user), "csv", at.date(), "", by=user, at=at)
"""
LETTERS = """
from datetime import timedelta
from django.utils import timezone
from iisg.foundations.access.actors import CONSOLE, HOUSE
from iisg.office.letters import operations as o
from iisg.office.letters.addressing import Addressee
from iisg.office.letters.effects import Fate, Posted
from iisg.office.letters.models import Delivery
at, today = timezone.now(), timezone.localdate()
body = "{salutation},\\n\\nwe ask what runs in Kosovo* this year:\\n\\n- cameras\\n- patrols\\n\\nYours sincerely,"
ministry, embassy = Addressee("Ministry of Security", "gone@ministry.example"), Addressee("Embassy in Skopje")
scan = ("a-very-long-name-of-a-scanned-annex-without-any-blank-in-it-2026.pdf", b"%PDF-1.7 a scan")
o.draft_letter("Request for the list of running actions", body, [ministry], by=CONSOLE, at=at, files=[scan])
def sent(*people, **more):
    draft = o.draft_letter("Request for the list of running actions", body, people, by=CONSOLE, at=at, **more)
    return o.send_letter(o.approve_letter(draft, by=CONSOLE, at=at), by=CONSOLE, at=at)
paper = sent(embassy, Addressee("Office", "office@agency.example"))
lost = sent(ministry, answer_due_on=today - timedelta(days=3))
for delivery in Delivery.objects.filter(recipient__letter=lost):
    o.take_up_delivery(delivery, by=HOUSE, at=at)
    o.note_outcome(delivery, Posted(Fate.NEVER, "550 5.1.1 <gone@ministry.example>: no"), by=HOUSE, at=at)
again = sent(ministry)
for delivery in Delivery.objects.filter(recipient__letter=again):
    o.take_up_delivery(delivery, by=HOUSE, at=at)
    o.note_outcome(delivery, Posted(Fate.NEVER, "550 5.1.1 mailbox unavailable"), by=HOUSE, at=at)
o.send_again(again.recipients.get(), "office@ministry.example", by=CONSOLE, at=at)
o.register_letter("List of running actions", "Embassy in Skopje", today, by=CONSOLE, at=at, in_reply_to=paper,
    files=(scan,), sender_reference="12/4", answer_due_on=today + timedelta(days=9), summary="Two actions in Kosovo*.")
"""
"""What the demonstration lacks: a name that nobody knows, records that vanish from a newer file, one that a person
vouches for while the newest file says otherwise, an answer to be looked at again, a file that the worker writes, and
letters in every state.
"""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A house with the demonstration loaded, a name that nobody knows, newer files and an answer that is due."""
    var = tmp_path_factory.mktemp("browsed")
    (var / "unknown.csv").write_text(UNCONFIRMED)
    (var / "newer.csv").write_text(NEWER)
    for words in (
        ["demo", "--data-only"],
        ["import", str(var / "unknown.csv")],
        ["import", str(var / "newer.csv")],
        ["shell", "--command", VOUCHED],
        ["shell", "--command", A_YEAR_LATER],
        ["shell", "--command", LARGE],
        ["shell", "--command", LETTERS],
    ):
        done = iisg(var, *words)
        assert done.returncode == 0, f"{words[0]}: {done.stdout}{done.stderr}"
    return var


@pytest.fixture(scope="module")
def address(house: Path) -> Iterator[str]:
    """Where it answers."""
    with served_demonstration(house) as where:
        yield where


def sign_in(page: Page, address: str, role: str) -> None:
    """One click, as the demonstration offers it."""
    page.goto(f"{address}/accounts/login/")
    page.locator(f"form:has(input[name=role][value={role}]) button").first.click()
    page.wait_for_url("**/desk/")


def look(page: Page, address: str, where: str, role: str) -> list[str]:
    """Open a page wide and narrow; returns what is wrong with it."""
    wrong: list[str] = []
    for width in (1280, 480, 320):
        page.set_viewport_size({"width": width, "height": 900})
        answer = page.goto(address + where)
        if answer is None or answer.status != 200:
            return [f"{where} as {role}: status {answer and answer.status}"]
        if PICTURES and width > 320:
            name = (
                where.strip("/").replace("/", "_").replace("?", "_").replace("&", "_").replace("=", "-")
                or "home"
            )
            page.screenshot(path=f"{PICTURES}/{role}__{name}__{width}.png", full_page=True)
        overflow = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        if overflow > 0:
            wrong.append(f"{where} as {role}: {overflow} px wider than {width}")
        if width != 320:
            page.evaluate(AXE.read_text())
            for found in page.evaluate("axe.run().then(r => r.violations)"):
                nodes = "; ".join(node["target"][0] for node in found["nodes"][:3])
                wrong.append(f"{where} as {role} at {width}: {found['id']} ({nodes})")
    if "Kosovo*" in page.content() and page.locator("#kosovo-note").count() != 1:
        wrong.append(f"{where} as {role}: the footnote on Kosovo* is missing")
    if not page.title().strip() or page.locator("h1").count() != 1:
        wrong.append(f"{where} as {role}: no title, or not one heading")
    return wrong


@pytest.mark.parametrize(
    ("role", "pages"),
    [("", PUBLIC), ("member_reader", MEMBERS), ("secretariat", SECRETARIAT), ("board_member", BOARD)],
)
def test_every_page_is_sound(chromium: Browser, address: str, role: str, pages: list[str]) -> None:
    context = chromium.new_context(locale="en-GB", bypass_csp=False)
    page = context.new_page()
    complaints: list[str] = []
    page.on(
        "console",
        lambda m: complaints.append(f"{page.url}: {m.text}") if m.type in ("error", "warning") else None,
    )
    page.on("pageerror", lambda e: complaints.append(f"{page.url}: {e}"))
    if role:
        sign_in(page, address, role)
    wrong = [fault for where in pages for fault in look(page, address, where, role or "public")]
    context.close()
    assert not wrong + complaints, "\n".join(wrong + complaints)


@pytest.mark.parametrize(
    "role",
    [
        "applicant",
        "focal_point",
        "national_coordinator",
        "board_member",
        "alternate",
        "observer",
        "administrator",
    ],
)
def test_every_role_finds_its_desk(chromium: Browser, address: str, role: str) -> None:
    context = chromium.new_context(locale="en-GB")
    page = context.new_page()
    sign_in(page, address, role)
    wrong = look(page, address, "/desk/", role)
    context.close()
    assert not wrong, "\n".join(wrong)


def test_the_picture_of_the_product_is_taken(chromium: Browser, address: str) -> None:
    """The README's picture: the matrix of border security, as a member sees it."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    page = context.new_page()
    sign_in(page, address, "member_reader")
    page.goto(f"{address}/coverage/?pillar=WBCSCi&by=objective&on=2026-11-23")
    picture = page.screenshot(full_page=True, clip={"x": 0, "y": 0, "width": 1280, "height": 1400})
    context.close()
    assert picture.startswith(b"\x89PNG")
    if os.environ.get("IISG_TAKE_PICTURE"):
        (ROOT / "docs" / "picture.png").write_bytes(picture)
