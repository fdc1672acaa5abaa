"""Many actions recorded at once leave what one after the other leaves; refused ones leave nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from iisg.foundations.access.actors import CONSOLE
from iisg.foundations.access.permits import RuleRefused
from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.factories import make_person
from iisg.foundations.audit import trail
from iisg.foundations.audit.models import Event
from iisg.foundations.core.findings import Finding, Grade
from iisg.foundations.core.periods import read_printed_date
from iisg.foundations.orgs.factories import make_organisation, make_partners
from iisg.foundations.orgs.matching import Directory
from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.actions import comparing, provenance
from iisg.knowledge.actions.factories import AT
from iisg.knowledge.actions.models import Action
from iisg.knowledge.actions.operations import record_action, record_actions
from iisg.knowledge.actions.operations.records import Recorded
from iisg.knowledge.actions.records import ActionRecord, FlowRecord, PartyRecord

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=30)
FILE = provenance.of_file("actions.xml", AT)


def stated(ref: str, title: str = "Border posts", donor: str = "Donor", **facts: Any) -> ActionRecord:
    """A record with everything that an action can have."""
    wanted: dict[str, Any] = {
        "reporter": PartyRecord("", "Publisher", "XX-1"),
        "parties": [PartyRecord("funding", donor), PartyRecord("implementing", "Agency", share=Decimal(40))],
        "partners": ("AL", "RS"),
        "names_partners": True,
        "pillars": ("WBBSi",),
        "assistance": ("training",),
        "start": read_printed_date("2025-01-01"),
        "flows": [FlowRecord("committed", Decimal("10.5"), "EUR", source=donor, destination="Agency")],
        "source_url": "https://example.org/",
    }
    return ActionRecord(ref, f"line {ref}", title=title, **(wanted | facts))


def take(records: list[ActionRecord], **facts: Any) -> list[Recorded]:
    """The records taken in by the console."""
    wanted: dict[str, Any] = {"by": CONSOLE, "at": AT, "origin": FILE}
    return record_actions(records, None, Directory(), **(wanted | facts))


def everything() -> dict[str, Any]:
    """All facts of all actions by their references; bodies by their names, so that keys do not matter."""
    names = dict(Organisation.objects.values_list("pk", "name"))
    actions = list(Action.objects.all())
    facts = comparing.recorded(actions)
    for each in facts.values():
        each["parties"] = [
            (role, names[key], share, printed) for role, key, share, printed in each["parties"]
        ]
        each["flows"] = [(*f[:4], names[f[4]], f[5], names[f[6]], *f[7:]) for f in each["flows"]]
    columns = ("reporter_ref", "source_name", "is_public", "folded", "recorded_at", "changed_at")
    return {a.ref: (facts[a.pk], str(a.reporter), [getattr(a, name) for name in columns]) for a in actions}


def test_at_once_or_one_after_the_other_is_the_same() -> None:
    make_partners()
    first = [stated("A-1"), stated("A-2", donor="Donor (the second)"), stated("A-3", donor="Another")]
    second = [stated("A-1", "Other words"), stated("A-2", donor="Third"), replace(first[2], partners=("AL",))]

    def one_by_one(records: list[ActionRecord], at: Any) -> None:
        directory = Directory()
        for record in records:
            record_action(record, None, directory, by=CONSOLE, at=at, source_name="actions.xml")

    def told() -> list[tuple[str, str]]:
        return sorted(Event.objects.values_list("name", "on"))

    savepoint = transaction.savepoint()
    one_by_one(first, AT)
    one_by_one(second, LATER)
    singly, events = everything(), told()
    transaction.savepoint_rollback(savepoint)
    assert not Action.objects.exists()
    new, changed = take(first), take(second, at=LATER)
    assert (everything(), told()) == (singly, events)
    assert [each.new for each in new] == [True] * 3
    assert [[name for name, *_values in each.changes] for each in changed] == [
        ["title"], ["parties", "flows"], ["places"]
    ]  # fmt: skip
    assert [each.changes for each in take(second, at=LATER + timedelta(days=1))] == [[], [], []]
    assert trail.first_broken() is None


def test_each_record_keeps_its_own_evidence() -> None:
    make_partners()
    take([stated("A-1"), stated("A-2")])
    take([stated("A-1"), stated("A-2", "Other words")], at=LATER)
    about = Event.objects.filter(on="actions.action:A-2")
    assert [event.name for event in about] == ["actions.action_recorded", "actions.action_changed"]
    assert about[1].facts == {"changed": {"title": ["Border posts", "Other words"]}}
    assert Event.objects.filter(on="actions.action:A-1").count() == 1


@pytest.mark.parametrize("again", [False, True])
def test_queries_do_not_grow_with_the_records(again: bool) -> None:
    """Rows are inserted in batches of the size that SQLite allows, so the inserts themselves are left out."""
    make_partners()
    take([stated("A-0")])
    counts = []
    for number in (2, 40):
        records = [stated(f"{number}-{n}", donor=f"Donor {number} {n}") for n in range(number)]
        if again:
            take(records)
            records = [replace(r, title="Other", parties=[], flows=[]) for r in records]
        directory = Directory()
        with CaptureQueriesContext(connection) as queries:
            record_actions(records, None, directory, by=CONSOLE, at=LATER, origin=FILE)
        counts.append(sum("INSERT" not in query["sql"] for query in queries))
    assert counts[0] == counts[1]


def test_a_refused_record_leaves_no_trace_and_stops_no_other() -> None:
    make_partners()
    bad = stated("A-2", donor="Known to nobody")
    bad.findings.append(Finding(Grade.ERROR, "test.bad", "It is bad."))
    first, refused, third = take([stated("A-1"), bad, stated("A-3", partners=("ZZ",))])
    assert first.action is not None
    assert (refused.action, [f.code for f in refused.findings]) == (None, ["test.bad"])
    assert [f.code for f in third.findings] == ["imports.partner-not-entered"]
    assert not Organisation.objects.filter(name="Known to nobody").exists()
    assert set(Action.objects.values_list("ref", flat=True)) == {"A-1"}
    assert not Event.objects.filter(on__in=["actions.action:A-2", "actions.action:A-3"]).exists()


def test_a_member_records_only_its_own() -> None:
    make_partners()
    agency = make_organisation("Own Agency")
    by = make_person(Role.FOCAL_POINT, agency)
    own = stated("A-1", reporter=None)
    became = record_actions([own, stated("A-2")], agency, Directory(), by=by, at=AT, origin=FILE)
    assert [each.action and each.action.reporter for each in became] == [agency, None]
    assert "reported by Publisher, for which you do not speak" in became[1].findings[0].message
    assert not Organisation.objects.filter(name="Publisher").exists()


def test_a_reference_that_comes_twice_changes_what_came_first() -> None:
    make_partners()
    one, other, again = take([stated("A-1"), stated("A-2"), stated("A-1", "Other words")])
    assert (one.new, other.new, again.new) == (True, True, False)
    assert [name for name, *_values in again.changes] == ["title"]
    assert Action.objects.get(ref="A-1").title == "Other words"


def test_every_action_has_a_reference_of_its_own() -> None:
    make_partners()
    for name in ("First", "Second", "Third"):
        take([stated("A-1", reporter=PartyRecord("", name)), stated("B" * 130 + name)])
    refs = set(Action.objects.values_list("ref", flat=True))
    assert {"A-1", "second:A-1", "third:A-1"} < refs
    assert len(refs) == 6
    take([stated("A-1", reporter=None)])
    assert Action.objects.filter(reporter=None).count() == 0
    Organisation.objects.filter(ref="third").update(ref="second-bis")
    Action.objects.filter(ref="third:A-1").update(ref="fourth:A-1")
    [became] = take([stated("A-1", reporter=PartyRecord("", "Fourth"))])
    assert became.action is not None
    assert became.action.ref == "fourth:A-1~2"


def test_one_record_that_a_rule_forbids_raises() -> None:
    make_partners()
    take([stated("A-1")])
    with pytest.raises(RuleRefused, match="already reports a record"):
        record_action(stated("A-1", reporter=None), None, Directory(), by=CONSOLE, at=AT)


def test_names_that_no_letter_of_ours_can_fold_lead_to_one_body() -> None:
    make_partners()
    take([stated("A-1", donor="الاتحاد الأوروبي"), stated("A-2", donor="الاتحاد الأوروبي")])
    assert Organisation.objects.filter(name="الاتحاد الأوروبي").count() == 1
    assert [each.changes for each in take([stated("A-1", donor="الاتحاد الأوروبي")])] == [[]]
