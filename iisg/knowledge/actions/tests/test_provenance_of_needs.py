"""Where each fact of a need comes from, and that a later file does not change in silence what somebody vouched for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client

from iisg.foundations.access.actors import CONSOLE
from iisg.foundations.access.permits import RuleRefused
from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.factories import make_person
from iisg.foundations.audit.models import Event
from iisg.foundations.orgs.factories import make_partner, make_partners
from iisg.knowledge.actions import operations
from iisg.knowledge.actions.fact_words import TOPIC_WORDS_OF_NEEDS
from iisg.knowledge.actions.factories import make_action
from iisg.knowledge.actions.models import Import
from iisg.knowledge.actions.tests.uploads import workbook
from iisg.knowledge.needs import comparing
from iisg.knowledge.needs.factories import make_need
from iisg.knowledge.needs.models import Need
from iisg.knowledge.needs.operations import confirm_need
from iisg.knowledge.needs.provenance import NEEDS, How, Origin, Standing, of_file
from iisg.knowledge.needs.records import NeedRecord

pytestmark = pytest.mark.django_db
AT = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
MAY = datetime(2026, 5, 3, 9, 0, tzinfo=UTC)
HEADERS = ("ref", "need", "partner", "priority", "quantity", "unit", "source_body")


@pytest.fixture(autouse=True)
def _partners() -> None:
    make_partners()


def examined(*values: object, at: datetime = AT, name: str = "needs.xlsx") -> Import:
    """A file with one need, looked at."""
    file = workbook([values], HEADERS, name)
    imported = operations.receive_import(file.read(), name, None, by=CONSOLE, at=at, examine_later=False)
    return operations.examine_import(imported, by=CONSOLE, at=at)


def applied(imported: Import) -> Need:
    """The need of the file, once it is applied."""
    operations.apply_import(imported, by=CONSOLE, at=imported.received_at)
    return Need.objects.get()


def first() -> Need:
    """A need as the first file states it."""
    return applied(examined("N-1", "Cameras at the border", "AL", "high", 5, "cameras", "Ministry"))


def test_every_fact_of_a_need_belongs_to_one_topic_that_has_a_name() -> None:
    facts = set(comparing.stated(NeedRecord("N-1", "")))
    assert set(NEEDS.of) == facts
    assert sum(len(names) for names in NEEDS.facts.values()) == len(facts)
    assert set(TOPIC_WORDS_OF_NEEDS) == set(NEEDS.facts)


def test_each_fact_comes_from_the_file_that_stated_it_last() -> None:
    need = first()
    opened = Import.objects.get()
    assert NEEDS.standing(need, "title") == Standing(of_file("needs.xlsx", AT, opened.pk), None)
    second = examined(
        "N-1", "Cameras at the border", "AL", "low", 5, "cameras", "Ministry", at=MAY, name="may.xlsx"
    )
    need = applied(second)
    assert NEEDS.standing(need, "priority").origin == of_file("may.xlsx", MAY, second.pk)
    assert NEEDS.standing(need, "title").origin.name == "needs.xlsx"


def test_a_need_from_before_origins_were_kept_is_of_the_day_it_was_recorded() -> None:
    need = make_need("Cameras", ("AL",))
    need.origins = {}
    day = NEEDS.standing(need, "title").origin
    assert (day.how, day.name) == (How.FILE, "")
    assert NEEDS.protected(need) == frozenset()


def test_what_the_partner_confirmed_is_kept_and_the_difference_shown() -> None:
    coordinator = make_person(Role.NATIONAL_COORDINATOR, make_partner("AL"))
    need = confirm_need(first(), ["priority", "quantity"], by=coordinator, at=AT)
    assert NEEDS.standing(need, "priority").confirmed == Origin(How.MEMBER, "Albania", AT.date())
    imported = examined("N-1", "Other words", "AL", "low", 7, "cameras", "Ministry", at=MAY)
    line = imported.rows.get()
    assert [name for name, *_values in line.changes] == ["title"]
    assert [name for name, *_values in line.conflicts] == ["priority", "quantity"]
    need = applied(imported)
    assert (need.title, need.priority, need.quantity) == ("Other words", "high", Decimal(5))


def test_the_files_value_is_taken_where_a_person_says_so(client: Client) -> None:
    confirm_need(first(), None, by=CONSOLE, at=AT)
    imported = examined("N-1", "Other words", "AL", "low", 5, "cameras", "Ministry", at=MAY, name="may.xlsx")
    assert (imported.unchanged, imported.conflicts) == (1, 1)
    client.force_login(make_person(Role.SECRETARIAT))
    page = client.get(f"/imports/{imported.pk}/conflicts/").content.decode()
    assert "Take the file&#x27;s value: Priority of N-1" in page
    client.post(f"/imports/{imported.pk}/conflicts/", {f"take_{imported.rows.get().pk}_priority": "on"})
    need = applied(imported)
    assert (need.title, need.priority) == ("Cameras at the border", "low")
    assert NEEDS.standing(need, "priority") == Standing(of_file("may.xlsx", MAY, imported.pk), None)
    assert NEEDS.standing(need, "title").protected


def test_the_same_file_again_changes_nothing_in_a_confirmed_need() -> None:
    confirm_need(first(), None, by=CONSOLE, at=AT)
    again = examined("N-1", "Cameras at the border", "AL", "high", 5, "cameras", "Ministry", at=MAY)
    assert (again.unchanged, again.conflicts) == (1, 0)


def test_only_the_partner_alone_or_the_secretariat_confirms_a_need() -> None:
    own, shared, nobodys = (make_need("Cameras", codes) for codes in (("AL",), ("AL", "ME"), ()))
    coordinator = make_person(Role.NATIONAL_COORDINATOR, make_partner("AL"))
    confirm_need(own, None, by=coordinator, at=MAY)
    for other in (shared, nobodys):
        with pytest.raises(RuleRefused, match="not that of your partner alone"):
            confirm_need(other, None, by=coordinator, at=MAY)
        confirm_need(other, None, by=CONSOLE, at=MAY)
    with pytest.raises(RuleRefused, match="no such part: money"):
        confirm_need(own, ["money"], by=CONSOLE, at=MAY)
    assert Event.objects.filter(name="needs.need_confirmed").count() == 3


def test_the_page_of_a_need_says_where_it_comes_from_and_takes_the_confirmation(client: Client) -> None:
    need = first()
    client.force_login(make_person(Role.MEMBER_READER, make_partner("ME")))
    page = client.get(f"/needs/{need.ref}/").content.decode()
    assert "from the file needs.xlsx of 5 January 2026" in page
    assert "Still right" not in page
    client.force_login(make_person(Role.NATIONAL_COORDINATOR, make_partner("AL")))
    assert "Still right" in client.get(f"/needs/{need.ref}/").content.decode()
    page = client.post(f"/needs/{need.ref}/confirm/", {"topic": "priority"}, follow=True).content.decode()
    assert "It is noted that this is still right." in page
    assert "by the member (Albania)" in page
    assert NEEDS.standing(Need.objects.get(), "title").confirmed is None
    client.force_login(make_person(Role.SECRETARIAT))
    assert "The need was confirmed as still right" in client.get(f"/needs/{need.ref}/").content.decode()


def test_an_action_with_the_reference_of_a_need_does_not_vanish_with_it() -> None:
    make_action("Cameras", ("AL",), ref="N-2")
    rows = [["N-1", "Cameras", "AL", "", "", "", ""], ["N-2", "Boats", "AL", "", "", "", ""]]
    for number, part in enumerate((rows, rows[:1])):
        file = workbook(part, HEADERS, "needs.xlsx")
        imported = operations.receive_import(
            file.read(), "needs.xlsx", None, by=CONSOLE, at=MAY + timedelta(days=number), examine_later=False
        )
        imported = operations.examine_import(imported, by=CONSOLE, at=imported.received_at)
        imported = operations.apply_import(imported, by=CONSOLE, at=imported.received_at)
    assert imported.earlier is not None
    assert imported.vanished == 1
    assert [(absence.need_id, absence.action_id) for absence in imported.absences.all()] == [
        (Need.objects.get(ref="N-2").pk, None)
    ]
