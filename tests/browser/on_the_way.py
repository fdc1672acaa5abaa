"""What the journeys to membership share: a clock set by hand, mails, people at their browsers, letters opened."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pypdfium2 as pdfium
import pytest
from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Download, Page, expect

from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.factories import make_person
from iisg.foundations.accounts.models import User
from iisg.foundations.orgs.factories import make_partner
from iisg.office.letters.kinds import printed
from iisg.office.letters.models import Direction, Letter
from tests.browser.test_every_page import AXE, PICTURES
from tests.mailserver import Server
from tests.worker import work_off_the_queue

PASSWORD = "rivers meet below the bridge"
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


class Clock:
    """The house's clock: it stands where the test has set it, for pages, letters and links to choose a password."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        """From here on nothing in the house asks the machine what time it is."""
        self.moment = datetime(2026, 1, 1, tzinfo=ZoneInfo(settings.TIME_ZONE))
        patch.setattr(timezone, "now", lambda: self.moment)
        patch.setattr(PasswordResetTokenGenerator, "_now", lambda _self: timezone.make_naive(self.moment))

    def set(self, local: str, *, second_time: bool = False) -> None:
        """A moment in the house's zone; `second_time`: the later of the two when an hour comes twice."""
        here = datetime.fromisoformat(local).replace(
            tzinfo=ZoneInfo(settings.TIME_ZONE), fold=int(second_time)
        )
        self.moment = here.astimezone(ZoneInfo("UTC"))

    def pass_seconds(self, seconds: int) -> None:
        """Some seconds later."""
        self.moment += timedelta(seconds=seconds)


def words(pdf: bytes) -> str:
    """What a PDF says, in one line."""
    pages = pdfium.PdfDocument(BytesIO(pdf))
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())


def text_of(mail: EmailMessage) -> str:
    """The text of a mail."""
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def paper_of(mail: EmailMessage) -> bytes:
    """The one PDF that came with a mail."""
    [content] = [part.get_payload(decode=True) for part in mail.iter_attachments()]
    assert isinstance(content, bytes)
    return content


def link_of(mail: EmailMessage, path: str) -> str:
    """The link in a mail whose path begins so."""
    found = re.search(rf"https?://[^/\s]+{re.escape(path)}\S+", text_of(mail))
    assert found is not None, text_of(mail)
    return found[0]


def saved(download: Download) -> bytes:
    """What the browser has saved."""
    return Path(download.path()).read_bytes()


@dataclass
class House:
    """The Secretariat's two officers and a Board Member at their browsers, the mail server, and the clock."""

    chromium: Browser
    address: str
    mails: Server
    clock: Clock
    name: str
    """What pictures of this journey begin with."""
    pictures: int = 0
    opened: set[str] = field(default_factory=set)
    """Numbers of letters that were opened."""
    contexts: list[BrowserContext] = field(default_factory=list)
    desks: dict[int, Page] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """People who hold their office since 2020."""
        self.officer, self.second = make_person(Role.SECRETARIAT), make_person(Role.SECRETARIAT)
        self.board_member = make_person(Role.BOARD_MEMBER, make_partner("AL"))

    def visitor(self) -> Page:
        """Somebody at a browser that knows nothing of this house."""
        context = self.chromium.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
        context.set_default_timeout(10_000)
        self.contexts.append(context)
        return context.new_page()

    def desk(self, person: User) -> Page:
        """Somebody of the house, signed in at the present moment at a browser of the own."""
        page = self.desks.get(person.pk) or self.desks.setdefault(person.pk, self.visitor())
        client = Client()
        client.force_login(person)
        cookie = {"name": "session", "value": client.cookies["session"].value, "url": self.address}
        page.context.add_cookies([cookie])  # type: ignore[list-item]
        return page

    def look(self, page: Page, name: str) -> None:
        """Look at a page wide and narrow: nothing hangs over, and axe finds nothing."""
        self.pictures += 1
        expect(page.locator("h1")).to_have_count(1)
        for width in (480, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate(WIDER) <= 0, f"{name}: wider than {width}"
            if PICTURES:
                file = f"{PICTURES}/{self.name}__{self.pictures:02d}-{name}__{width}.png"
                page.screenshot(path=file, full_page=True)
        page.evaluate(AXE.read_text())
        assert page.evaluate("axe.run().then(r => r.violations.map(v => v.id))") == [], name

    def post(self) -> None:
        """All that waits goes out."""
        work_off_the_queue()

    def mail(self, to: str, subject: str) -> EmailMessage:
        """The one mail to an address with such a subject."""
        found = [mail for mail in self.mails.to(to) if subject in str(mail["Subject"])]
        assert len(found) == 1, [str(mail["Subject"]) for mail in self.mails.to(to)]
        return found[0]

    def number_of(self, to: str, subject: str) -> str:
        """The number of the letter that came with such a mail, as its paper prints it."""
        found = re.search(r"Number: (OUT-\d{4}-\d{4})", words(paper_of(self.mail(to, subject))))
        assert found is not None
        return found[1]

    def letter(self, number: str, to: str, subject: str, name: str, *said: str) -> EmailMessage:
        """Open a letter: on its page, as the PDF saved there, and in the mail; all three say the same.

        `said` is what the paper says besides; blanks do not matter, since a line may end anywhere in a link.
        """
        mail = self.mail(to, subject)
        page = self.desk(self.officer)
        page.goto(f"{self.address}/letters/?words={number}")
        page.locator("tr", has_text=number).get_by_role("link", name=subject).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(subject)
        expect(page.locator("main")).to_contain_text(to)
        with page.expect_download() as download:
            page.get_by_role("button", name="Save as PDF").click()
        paper = saved(download.value)
        assert paper == paper_of(mail)
        if PICTURES:
            Path(PICTURES, f"{self.name}__{number}.pdf").write_bytes(paper)
        read = words(paper).replace(" ", "")
        for each in (number, subject, name, *said):
            assert "".join(each.split()) in read, f"{number} does not say “{each}”: {words(paper)}"
        self.opened.add(number)
        return mail

    def opens_what_is_left(self) -> None:
        """At the end every letter with a number has been opened, and whoever was written to has the mail."""
        for letter in Letter.objects.filter(direction=Direction.OUT).prefetch_related("recipients"):
            people = list(letter.recipients.all())
            assert [self.mail(person.email, letter.subject) for person in people]
            if letter.number and letter.number not in self.opened:
                first, day = people[0], printed(timezone.localtime(letter.approved_at).date())
                self.letter(letter.number, first.email, letter.subject, first.name, day)

    def signs_in_for_the_first_time(self, link: str, email: str, member: str) -> Page:
        """By the link of the welcome a focal point chooses a password, signs in with it and stands at its desk."""
        page = self.visitor()
        page.goto(link)
        expect(page.get_by_role("heading", level=1)).to_have_text("Choose your password")
        self.look(page, "password")
        page.get_by_label("Your password").fill(PASSWORD)
        page.get_by_label("The same once more").fill(PASSWORD)
        page.get_by_role("button", name="Choose this password").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Your password is chosen")
        page.locator("main").get_by_text("Sign in", exact=True).click()
        page.locator("input[name=login]").fill(email)
        page.locator("input[name=password]").fill(PASSWORD)
        page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_url("**/desk/")
        expect(page.locator("body")).to_contain_text(member)
        self.look(page, "first-desk")
        assert User.objects.get(email=email).last_login == self.clock.moment
        return page

    def close(self) -> None:
        """Everybody goes home."""
        for context in self.contexts:
            context.close()


@contextmanager
def opened(
    chromium: Browser, address: str, mails: Server, patch: pytest.MonkeyPatch, name: str
) -> Iterator[House]:
    """A house until the test ends."""
    house = House(chromium, address, mails, Clock(patch), name)
    try:
        yield house
    finally:
        house.close()
