"""The four gates tried from outside: every address as every reader, against a table that people agreed on.

After a change that is wanted, write the table anew and read its difference against rules.md 7:
`IISG_WRITE_ACCESS=1 pytest tests/journeys/test_gates_from_outside.py`.
"""

from __future__ import annotations

import logging
import os
import re
from dataclasses import dataclass

import pytest
from django.db import transaction
from django.test.utils import override_settings
from pytest_django import DjangoDbBlocker

from iisg.foundations.access.carrying import SANDBOX
from iisg.foundations.audit.models import Event
from iisg.foundations.orgs.factories import make_partner
from tests.gates import walking
from tests.gates.walking import Answer, Visitor
from tests.gates.world import (
    MAY_SEE,
    ON_NO_PAGE_YET,
    PUBLIC,
    READERS,
    add_file,
    fill_world,
    make_public_part,
    make_readers,
    words_in,
)

pytestmark = pytest.mark.django_db
CURE = "Cure: write the table anew with IISG_WRITE_ACCESS=1, then read its difference against rules.md 7."
OUTSIDE = (PUBLIC, "applicant")
"""Readers to whom what belongs to members must make no difference at all."""
ALIKE = ("member_reader", "national_coordinator", "board_member", "alternate", "observer")
"""Readers who read no more than a focal point does: their pages without filters are enough."""
PASSWORD_JUST_SAID = {"ACCOUNT_REAUTHENTICATION_TIMEOUT": 24 * 3600}
"""However slow the machine is, readers said their password a moment ago; else the libraries ask for it again."""
BY_KEY = ("another person's confirmation", "a member's feed")
"""Who holds the key that was mailed sees the address that it confirms; a key of a feed, what its owner may see."""
Pages = dict[str, Answer]


ODD: list[tuple[walking.Place, dict[str, str]]] = [
    (("", "unknown address", "/nothing-here/"), {}),
    (("", "without its last stroke", "/needs"), {}),
    (("", "host that is not ours", "/"), {"host": "elsewhere.example"}),
    (("", "file of the front end", "/static/iisg/page.js"), {}),
]
NO_PAGE_OF_THE_HOUSE = ("without its last stroke", "host that is not ours", "file of the front end")
"""Answered before anybody's name is known: a redirect to the same address, a refusal in one line, a script."""


@dataclass(frozen=True, slots=True)
class Outing:
    """All that was asked and answered, once for the whole module; the database is as before.

    `differing` holds, for a reader and a reason, the pages without and with what must make no difference.
    """

    walked: list[Answer]
    rare: list[Answer]
    odd: list[Answer]
    forged: list[Answer]
    crawled: dict[str, Pages]
    differing: dict[str, tuple[Pages, Pages]]
    written: list[str]
    events: tuple[int, int]

    @property
    def everything(self) -> list[Answer]:
        """Every answer of the full house."""
        pages = [page for pages in self.crawled.values() for page in pages.values()]
        return [*self.walked, *self.rare, *self.odd, *self.forged, *pages]


@pytest.fixture(scope="module")
def outing(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Outing:
    """The house from outside; refusals are what is asked for, so their log lines are not printed."""
    logging.disable(logging.CRITICAL)
    try:
        with django_db_blocker.unblock(), transaction.atomic(), override_settings(**PASSWORD_JUST_SAID):
            found = go_out()
            transaction.set_rollback(True)
    finally:
        logging.disable(logging.NOTSET)
    return found


def go_out() -> Outing:
    """Fill the house part by part; ask in between, and everything at the end."""
    published, people = make_public_part(), make_readers()
    visitors = {reader: Visitor(reader, people[reader]) for reader in READERS}
    reporter = visitors["focal_point"]
    files = ("/desk/", "/imports/")
    outside = {reader: walking.crawl(visitors[reader], starts(reader)) for reader in OUTSIDE}
    own_file = add_file(make_partner("AL"), "own")
    alone = walking.crawl(reporter, files, most=20)
    other_file = add_file(make_partner("RS"), "other")
    beside = walking.crawl(reporter, files, most=20)
    world = fill_world(published, people, other_file, own_file)
    events, writes = Event.objects.count(), walking.Writes()
    tried, everybody = walking.places(world), list(visitors.values())
    pair = [visitors[PUBLIC], visitors["secretariat"]]
    ours = [place for place in tried if not place[0].startswith("/accounts/")]
    with writes.watched():
        crawled = {r: walking.crawl(visitors[r], starts(r), 40 if r in ALIKE else 500) for r in READERS}
        asked = walking.walk(everybody, tried, ["GET"])
        rare = walking.walk(pair, ours, walking.RARE)
    return Outing(
        walked=[*asked, *walking.walk(everybody, tried, ["POST"])],
        rare=rare,
        odd=[visitor.knock(place, **headers) for visitor in pair for place, headers in ODD],
        forged=[visitors["secretariat"].forge(place) for place in tried],
        crawled=crawled,
        differing={
            f"{reader}, what is members' own": (outside[reader], crawled[reader]) for reader in OUTSIDE
        }
        | {"focal_point, another body's file": (alone, beside)},
        written=writes.found,
        events=(events, Event.objects.count()),
    )


def starts(reader: str) -> list[str]:
    """Where a reader begins; those outside also search for what must not be found."""
    found = ["/", "/desk/"]
    if reader in OUTSIDE:
        found += [f"/projects/?words={word}" for word in ("canarysummary", "canaryhidden", "canarylearnt")]
        sought = (
            "canarysummary",
            "canaryhidden",
            "canarylearnt",
            "canaryneedtitle",
            "canarydonor",
            "cameras",
            "donor",
        )
        found += [f"/search/?q={word}" for word in sought]
        found += ["/projects/?donor=body-canarydonor", "/projects/?donor=second-donor"]
        found += [
            f"/organisations/?words={word}" for word in ("canarydonor", "canarylearnt", "canaryreporter")
        ]
    return found


def test_every_address_answers_each_reader_as_agreed(outing: Outing) -> None:
    rows = walking.rows_of(outing.walked)
    if os.environ.get("IISG_WRITE_ACCESS"):
        walking.write_table(rows)
    agreed = {(row["address"], row["record"], row["method"]): row for row in walking.read_table()}
    found = {(row["address"], row["record"], row["method"]): row for row in rows}
    breaches = [f"{' '.join(key)}: not in the table" for key in found.keys() - agreed.keys()]
    breaches += [f"{' '.join(key)}: in the table, not in the house" for key in agreed.keys() - found.keys()]
    breaches += [
        f"{' '.join(key)} as {reader}: {found[key][reader]}, agreed: {agreed[key][reader]}"
        for key in found.keys() & agreed.keys()
        for reader in READERS
        if found[key][reader] != agreed[key][reader]
    ]
    assert not breaches, "\n".join(["", *sorted(breaches), CURE])


def test_nothing_breaks_and_rare_methods_bring_no_other_page(outing: Outing) -> None:
    broken = [str(one) for one in outing.everything if one.status >= 500]
    assert not broken
    asked = {(one.path, one.reader): one.outcome for one in outing.walked if one.method == "GET"}
    unlike = [
        f"{one}, but {asked[one.path, one.reader]} when asked by GET"
        for one in outing.rare
        if one.outcome == "page"
        and one.body
        and asked[one.path, one.reader] in ("sign-in", "refused", "not found")
    ]
    assert not unlike


def test_no_word_reaches_a_reader_for_whom_it_is_not(outing: Outing) -> None:
    leaks = [
        f"{word} in {place} of {one}"
        for one in outing.everything
        for place, text in (("the page", one.body), ("a header", " ".join(one.headers.values())))
        for word in words_in(text)
        if one.reader not in MAY_SEE[word] and word not in one.path.lower() and one.record not in BY_KEY
    ]
    assert not leaks


def test_each_word_reaches_somebody_so_that_its_absence_elsewhere_proves_something(outing: Outing) -> None:
    met = [words_in(one.body) for pages in outing.crawled.values() for one in pages.values()]
    assert set().union(*met) == set(MAY_SEE) - ON_NO_PAGE_YET


def test_what_is_hidden_changes_no_page_no_list_and_no_count(outing: Outing) -> None:
    for told, (without, beside) in outing.differing.items():
        assert list(without) == list(beside), told
        changed = [
            str(beside[address])
            for address, one in without.items()
            if as_read(one) != as_read(beside[address])
        ]
        assert not changed, told


def as_read(one: Answer) -> tuple[int, str, str]:
    """What a reader notices of an answer, the token and moment of a form and the second of its making left out."""
    body = re.sub(
        r'(name="(?:csrfmiddlewaretoken|shown)" value=")[^"]*|\d{4}-\d\d-\d\dT[\d:]{8}', r"\1", one.body
    )
    return one.status, one.headers.get("Location", ""), body


def test_every_answer_tells_the_browser_to_be_strict(outing: Outing) -> None:
    wanted = {
        "X-Frame-Options": "DENY",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    missing = [
        f"{name} of {one}: {one.headers.get(name)}"
        for one in outing.everything
        for name, value in wanted.items()
        if one.headers.get(name) != value
    ]
    policies = {
        one.headers.get("Content-Security-Policy", "") for one in outing.everything if not is_file(one)
    }
    assert not missing
    assert len(policies) == 1
    policy = policies.pop()
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "*" not in policy


def is_file(one: Answer) -> bool:
    """Whether the answer is a file to be saved."""
    return one.headers.get("Content-Disposition", "").startswith("attachment")


def test_whatever_is_carried_out_is_marked_and_never_shown_by_a_browser(outing: Outing) -> None:
    files = [one for one in outing.everything if is_file(one)]
    assert {one.address for one in files if one.address.startswith("/open-data/")}
    assert {"/export/needs/", "/export/actions/", "/export/coverage/", "/export/relations/"} <= {
        one.address for one in files
    }
    for one in files:
        for_all = one.path.startswith("/open-data/") or one.path == "/become-a-member/form.pdf"
        marking = "TLP:CLEAR" if for_all else "TLP:GREEN"
        assert one.headers["X-IISG-Marking"] == marking, str(one)
        assert one.headers["Content-Security-Policy"] == SANDBOX, str(one)
        assert one.headers["Cache-Control"] == "no-store", str(one)
        assert marking in one.body or one.method == "HEAD", str(one)
    shown = ("text/html", "text/javascript", "text/plain")
    others = [one for one in outing.everything if not is_file(one) and one.status == 200 and one.body]
    strange = [
        f"{one}: {one.headers.get('Content-Type')}"
        for one in others
        if not one.headers.get("Content-Type", "").startswith(shown) and not one.path.startswith("/accounts/")
    ]
    assert not strange


def test_nothing_behind_a_door_or_with_a_name_on_it_is_kept(outing: Outing) -> None:
    open_to_all = (
        "/projects", "/open-data", "/organisations", "/members/", "/search/", "/about", "/demonstration/",
    )  # fmt: skip
    alone = ("/", "/become-a-member/", "/become-a-member/your-data/", "/become-a-member/form.pdf")
    kept = [one for one in outing.everything if "no-store" not in one.headers.get("Cache-Control", "")]
    named = [
        str(one)
        for one in kept
        if one.record not in NO_PAGE_OF_THE_HOUSE
        and not (one.reader == PUBLIC and (one.path in alone or one.path.startswith(open_to_all)))
    ]
    assert not named


def test_reading_changes_nothing(outing: Outing) -> None:
    before, after = outing.events
    assert outing.written == []
    assert before == after > 0


def test_a_form_sent_in_somebodys_name_is_refused_everywhere(outing: Outing) -> None:
    assert {one.outcome for one in outing.forged} == {"refused"}
