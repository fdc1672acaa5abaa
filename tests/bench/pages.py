"""One register of one size on one database: grown, asked page after page, and what each answer cost as JSON.

Run by `python -m tests.bench` in a process of its own, for a process knows one database.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import chain, repeat
from urllib.parse import urlencode

import django

FIRST = 3
"""Requests before the measuring begins: warm means templates are compiled and pages of the database are at hand."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Milliseconds of `times` warm requests by the clock and, `busy`, of this process's processor time; queries."""

    page: str
    address: str
    size: int
    times: int
    median: float
    p95: float
    busy: float
    queries: int


SEARCHES = (
    "border",
    "firearms trafficking",
    "police cooperation Albania",
    "cyber*",
    '"return and readmission"',
    "обука полиције",
    "Ministrstvo za notranje zadeve",
    "anti-corruption training of prosecutors",
    "xyzzy",
)
"""What people look for: one word, several, a beginning, a phrase, Cyrillic, a body's own name, and nothing."""


PAGES = {
    "matrix, all pillars": "/coverage/",
    "matrix of one pillar by measure": "/coverage/?pillar=WBBSi",
    "matrix a year ago": "/coverage/?on=2025-11-23",
    "gaps": "/gaps/",
    "not known, one partner": "/gaps/?list=not_known&partner=ME",
    "gaps of one partner and pillar": "/gaps/?partner=ME&pillar=WBBSi",
    "overlaps": "/overlaps/",
    "overlaps whatever the day": "/overlaps/?any_day=on",
    "timeline": "/timeline/",
    "map": "/map/",
    "network": "/network/",
    "needs": "/needs/",
    "needs with gaps, most first": "/needs/?state=gap&sort=-gaps",
    "needs of one partner and pillar": "/needs/?partner=ME&pillar=WBBSi",
    "needs with a word": "/needs/?words=border",
    "actions": "/actions/",
    "actions for one partner": "/actions/?partner=ME",
    "actions of one pillar": "/actions/?pillar=WBBSi",
    "actions: partner, pillar, running": "/actions/?partner=ME&pillar=WBBSi&running=running",
    "actions of one kind": "/actions/?kind=external_support",
    "actions at one stage": "/actions/?stage=completed",
    "actions giving one assistance": "/actions/?assistance=training",
    "actions: kind, assistance, partner": "/actions/?kind=external_support&assistance=training&partner=ME",
    "actions that have finished": "/actions/?running=finished",
    "actions for one partner, the last page": "/actions/?partner=ME&page=99999",
    "actions by start": "/actions/?sort=start",
    "actions by title": "/actions/?sort=title",
    "actions with two words": "/actions/?words=border+police",
    "actions with a rare word": "/actions/?words=frontex+drone",
    "actions with two words, of one kind": "/actions/?words=border+police&kind=external_support",
    "organisations": "/organisations/",
    "organisations not confirmed": "/organisations/unconfirmed/",
    "relations": "/relations/",
    "relations of any state with a word": "/relations/?state=any&words=border",
    "relations of any state: partner, pillar": "/relations/?state=any&partner=ME&pillar=WBBSi",
    "public front page": "/",
    "public projects": "/projects/",
    "public projects for one partner": "/projects/?partner=ME",
    "public projects under way": "/projects/?running=running",
    "imports": "/imports/",
    "money, the six together": "/money/",
    "money of one partner, pillar and year": "/money/?partner=ME&pillar=WBBSi&year=2024",
    "flows of the net figure": "/money/figure/?measure=committed&line=net",
    "desk of the Secretariat": "/desk/",
}
"""The pages whose address is the same in every grown register."""


def addresses() -> dict[str, tuple[str, ...]]:
    """What is asked, in words, with its addresses: a search is measured over different words."""
    searches = tuple(f"/search/?{urlencode({'q': words})}" for words in SEARCHES)
    return {page: (address,) for page, address in (PAGES | pages_of_records()).items()} | {"search": searches}


def pages_of_records() -> dict[str, str]:
    """The pages of one record, of one body and of one page in the middle: their addresses depend on the register."""
    from django.db.models import Count

    from iisg.foundations.orgs.models import Organisation
    from iisg.knowledge.actions.models import Action
    from iisg.knowledge.needs.models import Need

    need = Need.objects.order_by("ref")[60].ref
    action = Action.objects.order_by("ref")[500].ref
    last = Action.objects.count() // 50
    body = Organisation.objects.annotate(number=Count("parts")).order_by("-number", "pk")[0].ref
    return {
        "actions of one body": f"/actions/?organisation={body}",
        "actions, a page in the middle": f"/actions/?page={last}",
        "one organisation": f"/organisations/{body}/",
        "one need": f"/needs/{need}/",
        "one action": f"/actions/{action}/",
    }


def measured(size: int, times: int) -> Iterator[Measured]:
    """Each page as the Secretariat sees it, through all of the middleware, in this process."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from iisg.foundations.accounts.models import Appointment

    client = Client(headers={"host": "localhost"})
    client.force_login(Appointment.objects.filter(role="secretariat")[0].user)
    for page, asked_for in addresses().items():
        for address in chain(asked_for[1:], repeat(asked_for[0], FIRST)):
            answer = client.get(address)
            if answer.status_code != 200:
                raise SystemExit(f"{address} answered {answer.status_code} instead of a page.")
        clock, busy = [], []
        for address in chain.from_iterable(repeat(asked_for, times)):
            began, worked = time.perf_counter(), time.process_time()
            client.get(address)
            clock.append((time.perf_counter() - began) * 1000)
            busy.append((time.process_time() - worked) * 1000)
        with CaptureQueriesContext(connection) as asked:
            client.get(asked_for[0])
        yield Measured(
            page,
            asked_for[0],
            size,
            len(clock),
            statistics.median(clock),
            statistics.quantiles(clock, n=20, method="inclusive")[-1],
            statistics.median(busy),
            len(asked),
        )


def main(size: int, times: int) -> None:
    """Grow, measure, and say it in one JSON line for each page, then one for the group-by and one for a file."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    django.setup()
    from django.core.management import call_command

    from tests.bench import grouping, growth, taking_in

    call_command("migrate", verbosity=0, interactive=False)
    growth.grow(size, lambda words: print(words, file=sys.stderr, flush=True))
    for one in measured(size, times):
        print(json.dumps(asdict(one)), flush=True)
    print(json.dumps(asdict(grouping.compare(size))), flush=True)
    print(json.dumps(asdict(taking_in.measure(size))), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
