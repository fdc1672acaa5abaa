"""A doubtful entry gives way to a known body: everything that referred to it moves, nothing is lost."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import models

from iisg.foundations.access.actors import CONSOLE
from iisg.foundations.access.permits import RuleRefused
from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.factories import make_person
from iisg.foundations.accounts.models import Appointment
from iisg.foundations.audit.models import Event
from iisg.foundations.audit.trail import first_broken
from iisg.foundations.orgs.factories import make_organisation, make_partner
from iisg.foundations.orgs.matching import Directory
from iisg.foundations.orgs.models import FormerFacts, Ground, Membership, Organisation, OrganisationKind
from iisg.foundations.orgs.operations import enter_organisation, note_new_organisation
from iisg.knowledge.actions.factories import add_flow, add_party, make_action
from iisg.knowledge.actions.models import Import, ImportState, PartyRole, Place
from iisg.knowledge.actions.operations import record_action, same_organisation
from iisg.knowledge.actions.records import ActionRecord, PartyRecord
from iisg.knowledge.actions.referring import FOLLOW, REFERENCES
from iisg.knowledge.actions.rules import may_give_way
from iisg.knowledge.cycles.factories import make_cycle, make_return
from iisg.knowledge.needs.factories import make_need
from iisg.office.pillars.models import Participation, Pillar

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def known() -> Organisation:
    """A body that the house knows."""
    return enter_organisation(
        "osce", by=CONSOLE, at=AT, name="OSCE", kind=OrganisationKind.OTHER, confirmed=True
    )


@pytest.fixture
def doubtful() -> Organisation:
    """A body that a file named."""
    return note_new_organisation("O.S.C.E. Mission", by=CONSOLE, at=AT, identifier="XM-DAC-47131")


def refer_by_every_key(body: Organisation) -> None:
    """One row for each key of REFERENCES."""
    action = make_action(named=(), reporter=body, reporter_ref="R-1")
    Place.objects.create(action=action, partner=body, named=True)
    add_party(action, body, PartyRole.IMPLEMENTING)
    add_flow(action, Decimal(5), source=body, destination=body, reporter=body)
    need = make_need(body=body, reported_by=body)
    need.partners.add(body)
    make_return(make_cycle(), body)
    make_organisation("Below it", parent=body)
    Membership.objects.create(organisation=body, ground=Ground.BOARD_APPROVAL)
    Participation.objects.create(organisation=body, pillar=Pillar.objects.all()[0])
    Appointment.objects.create(
        user=make_person(None),
        role=Role.FOCAL_POINT,
        organisation=body,
        valid_from=date(2025, 1, 1),
        valid_to=date(2025, 6, 1),
    )
    make_import(reporter=body, publisher=body)


def make_import(**facts: object) -> Import:
    """A file that was examined."""
    wanted: dict[str, object] = {
        "file_name": "actions.csv",
        "digest": "0" * 64,
        "size": 1,
        "content": b"x",
        "state": ImportState.EXAMINED,
        "received_at": AT,
    }
    return Import.objects.create(**(wanted | facts))


HOLD = ("letters.", "pillars.", "membership.", "orgs.", "board.", "meetings.")
"""Apps whose keys do not move but hold the merge: what was written to a body or decided of it stays its own."""


def test_every_key_to_an_organisation_moves_or_holds_the_merge() -> None:
    keys = {
        f"{model._meta.label_lower}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.fields
        if isinstance(field, models.ForeignKey) and field.related_model is Organisation
    }
    moved = {reference.name for reference in REFERENCES}
    assert moved <= keys
    unknown = {key for key in keys - moved - FOLLOW if not key.startswith(HOLD)}
    assert not unknown, (
        "Cure: add the key to REFERENCES in iisg/knowledge/actions/referring.py (a higher app: move the merge up)."
    )


def test_what_the_secretariat_holds_of_a_body_holds_the_merge(
    doubtful: Organisation, known: Organisation
) -> None:
    FormerFacts.objects.create(
        organisation=doubtful, name="Former", kind=doubtful.kind, valid_to=date(2026, 1, 1)
    )
    [finding] = may_give_way(doubtful, known, date(2026, 11, 25))
    assert "stands in what the Secretariat holds" in finding.message
    assert finding.cure


def test_each_rule_of_the_database_has_words_for_its_clash() -> None:
    silent = [r.name for r in REFERENCES if list(r.unique_rules()) and not r.both]
    assert not silent, f"Cure: say in `both` what two bodies cannot both have: {silent}"


def test_everything_moves_and_nothing_is_lost(doubtful: Organisation, known: Organisation) -> None:
    officer = make_person(Role.SECRETARIAT)
    refer_by_every_key(doubtful)
    empty = [r.name for r in REFERENCES if not r.rows_of(doubtful).exists()]
    assert not empty, f"this test refers by every key; missing: {empty}"
    before = {r.name: r.model._default_manager.count() for r in REFERENCES}
    keys = {r.name: set(r.rows_of(doubtful).values_list("pk", flat=True)) for r in REFERENCES}
    assert same_organisation(doubtful, known, by=officer, at=AT) == known
    before["orgs.organisation.parent"] -= 1
    assert {r.name: r.model._default_manager.count() for r in REFERENCES} == before
    for reference in REFERENCES:
        moved = set(reference.rows_of(known).values_list("pk", flat=True))
        assert keys[reference.name] <= moved, reference.name
    assert not Organisation.objects.filter(pk=doubtful.pk).exists()
    event = Event.objects.get(name="orgs.organisation_recognised")
    assert (event.on, event.by, event.facts["was"]) == (
        "orgs.organisation:osce",
        officer.label,
        doubtful.ref,
    )
    said, moved_keys = event.facts["said"], event.facts["moved"]
    assert isinstance(said, dict)
    assert said["name"] == "O.S.C.E. Mission"
    assert isinstance(moved_keys, dict)
    assert {name: set(found) for name, found in moved_keys.items()} == keys
    assert first_broken() is None


def test_the_names_lead_to_the_known_body_and_the_same_record_changes_nothing(known: Organisation) -> None:
    stated = ActionRecord(
        "A-1", "Cameras", parties=[PartyRecord(PartyRole.FUNDING, "O.S.C.E. Mission", "XM-DAC-47131")]
    )
    action, _changes = record_action(stated, None, Directory(), by=CONSOLE, at=AT)
    doubtful = action.parties.get().organisation
    assert not doubtful.confirmed
    same_organisation(doubtful, known, by=CONSOLE, at=AT)
    directory = Directory()
    assert directory.find("O.S.C.E. Mission") == directory.find("?", "XM-DAC-47131") == known.pk
    again, changes = record_action(stated, None, directory, by=CONSOLE, at=AT)
    assert (again, changes) == (action, [])
    assert action.parties.get().printed == "O.S.C.E. Mission"


def test_a_name_that_no_alias_holds_is_remembered(known: Organisation) -> None:
    bare = make_organisation("Without an alias", confirmed=False, short_name="WAA")
    same_organisation(bare, known, by=CONSOLE, at=AT)
    assert Directory().find("Without an alias") == Directory().find("waa") == known.pk


def test_two_actions_under_one_reference_are_refused_by_name(
    doubtful: Organisation, known: Organisation
) -> None:
    one = make_action(reporter=known, reporter_ref="R-1")
    two = make_action(reporter=doubtful, reporter_ref="R-1")
    make_action(reporter=doubtful, reporter_ref="R-2")
    with pytest.raises(RuleRefused) as refused:
        same_organisation(doubtful, known, by=CONSOLE, at=AT)
    (finding,) = refused.value.findings
    assert (
        finding.message == f"Both report an action under one and the same reference: {one.ref} / {two.ref}."
    )
    assert Organisation.objects.filter(pk=doubtful.pk).exists()
    assert doubtful.actions_reported.count() == 2


def test_what_a_body_has_only_once_is_refused_where_both_have_it(
    doubtful: Organisation, known: Organisation
) -> None:
    pillar, action, need, cycle = Pillar.objects.all()[0], make_action(), make_need(), make_cycle()
    for body in (doubtful, known):
        Membership.objects.create(organisation=body, ground=Ground.BOARD_APPROVAL)
        Participation.objects.create(organisation=body, pillar=pillar)
        make_return(cycle, body)
        need.partners.add(body)
        Place.objects.create(action=action, partner=body, named=True)
    with pytest.raises(RuleRefused) as refused:
        same_organisation(doubtful, known, by=CONSOLE, at=AT)
    assert [finding.message for finding in refused.value.findings] == [
        f"Both are members: OSCE / {doubtful.name}.",
        f"Both take part in a pillar: {pillar.pk}.",
        f"Both were asked in a round: {cycle.title}.",
        f"Both are partners of a need: {need.ref}.",
        f"Both are partners of an action: {action.ref}.",
    ]


def test_an_ended_membership_does_not_stand_in_the_way(doubtful: Organisation, known: Organisation) -> None:
    Membership.objects.create(organisation=doubtful, ground=Ground.HOST, valid_to=date(2020, 1, 1))
    Membership.objects.create(organisation=known, ground=Ground.HOST)
    same_organisation(doubtful, known, by=CONSOLE, at=AT)
    assert known.memberships.count() == 2


def test_no_office_changes_hands(doubtful: Organisation, known: Organisation) -> None:
    make_person(Role.FOCAL_POINT, doubtful)
    with pytest.raises(RuleRefused, match="holds an office"):
        same_organisation(doubtful, known, by=CONSOLE, at=AT)


def test_only_an_unconfirmed_entry_gives_way_and_only_to_a_confirmed_body(
    doubtful: Organisation, known: Organisation
) -> None:
    other = note_new_organisation("Another name", by=CONSOLE, at=AT)
    below = make_organisation("Below", parent=doubtful)
    for gives, stays, said in (
        (known, make_partner("AL"), "confirmed already"),
        (doubtful, other, "not confirmed itself"),
        (doubtful, doubtful, "itself"),
        (doubtful, below, "already stands below"),
    ):
        with pytest.raises(RuleRefused, match=said):
            same_organisation(gives, stays, by=CONSOLE, at=AT)
    assert not Event.objects.filter(name="orgs.organisation_recognised").exists()


def test_only_who_writes_organisations_may(doubtful: Organisation, known: Organisation) -> None:
    for role in (Role.FOCAL_POINT, Role.NATIONAL_COORDINATOR, Role.ADMINISTRATOR):
        with pytest.raises(PermissionDenied):
            same_organisation(doubtful, known, by=make_person(role, known), at=AT)


def test_decisions_of_files_follow(doubtful: Organisation, known: Organisation) -> None:
    imported = make_import(
        decisions={"Mission": doubtful.ref, "Own": "", "Other": "albania"},
        new_organisations=[{"name": "The mission", "near": [doubtful.ref, known.ref]}, {"name": "Own"}],
    )
    same_organisation(doubtful, known, by=CONSOLE, at=AT)
    imported.refresh_from_db()
    assert imported.decisions == {"Mission": "osce", "Own": "", "Other": "albania"}
    assert imported.new_organisations == [{"name": "The mission", "near": ["osce"]}, {"name": "Own"}]
