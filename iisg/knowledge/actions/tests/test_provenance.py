"""Where each fact comes from is kept, and what a person vouches for is never changed in silence by a later file."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from iisg.foundations.access.actors import CONSOLE
from iisg.foundations.access.permits import RuleRefused
from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.factories import make_person
from iisg.foundations.audit.models import Event
from iisg.foundations.orgs.factories import make_organisation, make_partners
from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.actions import comparing, operations, provenance
from iisg.knowledge.actions.fact_words import TOPIC_WORDS
from iisg.knowledge.actions.factories import AT, make_action
from iisg.knowledge.actions.models import Action, Import
from iisg.knowledge.actions.provenance import How, standing
from iisg.knowledge.actions.tests.uploads import row, workbook

pytestmark = pytest.mark.django_db
MAY = AT + timedelta(days=120)


@pytest.fixture
def agency() -> Organisation:
    """A member that reports."""
    make_partners()
    return make_organisation("Agency for Borders")


def examined(agency: Organisation, *rows: list[str], at: datetime = AT, name: str = "first.xlsx") -> Import:
    """A workbook of the member, examined."""
    content = workbook(rows).read()
    imported = operations.receive_import(content, name, agency, by=CONSOLE, at=at, examine_later=False)
    return operations.examine_import(imported, by=CONSOLE, at=at)


def applied(imported: Import) -> Action:
    """The file applied; the one action of it."""
    imported = operations.apply_import(imported, by=CONSOLE, at=imported.received_at)
    return Action.objects.get(ref=imported.rows.all()[0].record_ref)


def test_every_fact_belongs_to_one_topic_and_every_topic_has_words() -> None:
    facts = set(comparing.COLUMNS) | {"pillars", "assistance", "parties", "places", "flows"}
    assert set(provenance.TOPIC_OF) == facts
    assert sum(len(names) for names in provenance.TOPICS.values()) == len(facts)
    assert set(TOPIC_WORDS) == set(provenance.TOPICS)


def test_each_topic_names_the_file_that_stated_its_value(agency: Organisation) -> None:
    applied(examined(agency, row("A-1")))
    action = applied(examined(agency, row("A-1", "Other words"), at=MAY, name="second.xlsx"))
    title, stage = standing(action, "title").origin, standing(action, "stage").origin
    assert (title.how, title.name, title.on) == (How.FILE, "second.xlsx", MAY.date())
    assert (stage.name, stage.on) == ("first.xlsx", AT.date())
    assert title.file == Import.objects.get(file_name="second.xlsx").pk


def test_a_record_from_before_origins_were_kept_comes_from_the_file_it_names() -> None:
    action = make_action(source_name="old.csv")
    assert standing(action, "title").origin == provenance.Origin(How.FILE, "old.csv", date(2026, 1, 5))
    assert provenance.protected(action) == frozenset()


def test_what_a_member_confirmed_is_kept_and_the_difference_shown(agency: Organisation) -> None:
    action = applied(examined(agency, row("A-1")))
    focal = make_person(Role.FOCAL_POINT, agency)
    action = operations.confirm_action(action, ["title"], by=focal, at=AT)
    confirmed = standing(action, "title").confirmed
    assert confirmed is not None
    assert (confirmed.how, confirmed.name) == (How.MEMBER, "Agency for Borders")
    assert standing(action, "places").confirmed is None

    imported = examined(agency, row("A-1", "Other words", place="RS"), at=MAY)
    [line] = imported.rows.all()
    assert [name for name, *_words in line.changes] == ["places"]
    assert line.conflicts == [["title", "Training of border guards", "Other words"]]
    assert (imported.conflicts, imported.changed) == (1, 1)
    action = applied(imported)
    assert (action.title, action.places.get().partner.code) == ("Training of border guards", "RS")


def test_the_files_value_is_taken_where_a_person_says_so(agency: Organisation) -> None:
    action = applied(examined(agency, row("A-1")))
    operations.confirm_action(action, None, by=CONSOLE, at=AT)
    imported = examined(agency, row("A-1", "Other words", place="RS"), at=MAY, name="second.xlsx")
    assert (imported.changed, imported.unchanged) == (0, 1)
    line = imported.rows.get()
    imported = operations.choose_values(imported, {line.pk: ["title"]}, by=CONSOLE, at=MAY)
    assert (imported.changed, imported.unchanged) == (1, 0)
    action = applied(imported)
    assert (action.title, action.places.get().partner.code) == ("Other words", "AL")
    assert standing(action, "title") == provenance.Standing(
        provenance.of_file("second.xlsx", MAY, imported.pk), None
    )
    assert standing(action, "places").confirmed is not None
    assert Event.objects.get(name="imports.values_chosen").facts == {"taken": {"A-1": ["title"]}}


def test_a_choice_can_be_taken_back_until_the_file_is_applied(agency: Organisation) -> None:
    operations.confirm_action(applied(examined(agency, row("A-1"))), None, by=CONSOLE, at=AT)
    imported = examined(agency, row("A-1", "Other words"), at=MAY)
    line = imported.rows.get()
    operations.choose_values(imported, {line.pk: ["title"]}, by=CONSOLE, at=MAY)
    assert operations.choose_values(imported, {line.pk: []}, by=CONSOLE, at=MAY).unchanged == 1
    with pytest.raises(RuleRefused, match="has no such part: money"):
        operations.choose_values(imported, {line.pk: ["money"]}, by=CONSOLE, at=MAY)
    imported = operations.apply_import(imported, by=CONSOLE, at=MAY)
    with pytest.raises(RuleRefused, match="cannot be chosen"):
        operations.choose_values(imported, {line.pk: ["title"]}, by=CONSOLE, at=MAY)


def test_the_same_file_again_changes_nothing_in_a_confirmed_record(agency: Organisation) -> None:
    action = applied(examined(agency, row("A-1")))
    operations.confirm_action(action, None, by=CONSOLE, at=AT)
    again = examined(agency, row("A-1"), at=MAY)
    assert (again.unchanged, again.conflicts) == (1, 0)


def test_only_who_speaks_for_a_record_confirms_it(agency: Organisation) -> None:
    action = applied(examined(agency, row("A-1")))
    other = make_person(Role.FOCAL_POINT, make_organisation("Another member"))
    with pytest.raises(RuleRefused, match="for which you do not speak"):
        operations.confirm_action(action, None, by=other, at=AT)
    with pytest.raises(RuleRefused, match="no such part: colour"):
        operations.confirm_action(action, ["colour"], by=CONSOLE, at=AT)
    action = operations.confirm_action(action, None, by=make_person(Role.SECRETARIAT), at=AT)
    confirmed = standing(action, "money").confirmed
    assert confirmed is not None
    assert confirmed.how is How.SECRETARIAT
