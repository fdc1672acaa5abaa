"""A body is entered once under all its names; membership has a ground that fits and holds from day to day."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from iisg.foundations.access.actors import CONSOLE
from iisg.foundations.access.permits import RuleRefused
from iisg.foundations.audit.models import Event
from iisg.foundations.orgs import operations
from iisg.foundations.orgs.factories import make_organisation, make_partner
from iisg.foundations.orgs.matching import Directory
from iisg.foundations.orgs.models import (
    Alias,
    AliasKind,
    Ground,
    Membership,
    Organisation,
    OrganisationKind,
)

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def enter(ref: str = "osce", **facts: object) -> Organisation:
    wanted = {"name": "Organization for Security and Co-operation in Europe", "short_name": "OSCE"}
    kind = OrganisationKind.INTERNATIONAL_ORGANISATION
    return operations.enter_organisation(
        ref, by=CONSOLE, at=AT, aliases=["ОБСЕ"], kind=kind, **(wanted | facts)
    )


def test_every_name_and_script_leads_to_the_one_body() -> None:
    osce = enter()
    directory = Directory()
    for name in ("OSCE", "osce", "ОБСЕ", "Organization for Security & Co-operation in Europe (Vienna)"):
        found = directory.find(name)
        assert found == osce.pk or "&" in name, name
    assert directory.find("OSCE (Mission)") == osce.pk
    assert directory.find("Nobody of this name") is None
    assert directory.near("Organisation for Security and Cooperation in Europe") == [osce.pk]


def test_entering_again_changes_nothing_and_a_new_fact_is_recorded() -> None:
    enter()
    before = Event.objects.count()
    enter()
    assert Event.objects.count() == before
    enter(website="https://example.org/")
    assert Event.objects.filter(name="orgs.organisation_changed").count() == 1


def test_a_name_that_leads_elsewhere_is_refused() -> None:
    enter()
    with pytest.raises(RuleRefused, match="already leads to Organization for Security"):
        operations.enter_organisation(
            "other", by=CONSOLE, at=AT, name="Other", short_name="OSCE", kind=OrganisationKind.OTHER
        )
    assert not Organisation.objects.filter(ref="other").exists()


def test_a_name_from_a_file_is_entered_unconfirmed_under_a_reference_of_its_own() -> None:
    first = operations.note_new_organisation("Ministarstvo odbrane", by=CONSOLE, at=AT)
    assert (first.confirmed, first.kind) == (False, OrganisationKind.NOT_KNOWN)
    second = operations.note_new_organisation("Ministarstvo-odbrane II", by=CONSOLE, at=AT)
    assert first.ref != second.ref


def test_a_ground_must_fit_the_kind_of_body() -> None:
    with pytest.raises(RuleRefused, match="no ground of membership"):
        operations.enter_membership(enter(), Ground.PARTNER, by=CONSOLE, at=AT)
    member = operations.enter_membership(enter(), Ground.BOARD_APPROVAL, by=CONSOLE, at=AT)
    assert operations.enter_membership(enter(), Ground.BOARD_APPROVAL, by=CONSOLE, at=AT) == member


def test_the_register_reads_as_of_any_day_and_an_unknown_first_day_counts() -> None:
    old, dated, other = make_organisation("Old"), make_organisation("Dated"), make_organisation("Other")
    Membership.objects.create(organisation=old, ground=Ground.BOARD_APPROVAL, valid_to=date(2025, 1, 1))
    Membership.objects.create(organisation=dated, ground=Ground.HOST, valid_from=date(2020, 4, 1))
    assert set(Organisation.objects.members_on(date(2019, 1, 1))) == {old}
    assert set(Organisation.objects.members_on(date(2020, 4, 1))) == {old, dated}
    assert set(Organisation.objects.members_on(date(2025, 1, 1))) == {dated}
    assert other.membership_on(date(2025, 1, 1)) is None
    assert dated.membership_on(date(2025, 1, 1)) is not None


def test_partners_stand_alphabetically_and_nothing_stands_below_itself() -> None:
    for code in ("RS", "XK", "AL", "ME"):
        make_partner(code)
    assert [p.name for p in Organisation.objects.partners()] == ["Albania", "Kosovo*", "Montenegro", "Serbia"]
    partner, body = make_partner("AL"), make_organisation("Ministry")
    operations.put_below(body, partner, by=CONSOLE, at=AT)
    with pytest.raises(RuleRefused, match="already stands below"):
        operations.put_below(partner, body, by=CONSOLE, at=AT)


def test_names_are_found_with_letters_folded() -> None:
    body = enter(ref="mup", name="Ministarstvo unutrašnjih poslova", short_name="МУП")
    assert list(Organisation.objects.matching("unutrasnjih")) == [body]
    assert list(Organisation.objects.matching("mup")) == [body]


def test_many_printed_names_lead_somewhere_at_once() -> None:
    osce = enter(ref="osce-too", name="Monitoring Mission", short_name="")
    Alias.objects.create(organisation=osce, name="XX-7", folded="xx 7", kind=AliasKind.IDENTIFIER)
    directory = Directory()
    printed = [("Monitoring", "XX-7"), ("New Body", "YY-1"), ("Its other name", "YY-1"), ("New Body", "")]
    operations.note_names(printed, directory, by=CONSOLE, at=AT)
    body = Organisation.objects.get(name="New Body")
    for found in (directory, Directory()):
        assert found.find("Monitoring") == osce.pk
        assert found.find("New Body") == found.find("?", "YY-1") == found.find("Its other name") == body.pk
    names = [event.name for event in Event.objects.order_by("-number")[:3]]
    assert sorted(names) == ["orgs.alias_learnt", "orgs.alias_learnt", "orgs.organisation_named_by_import"]
    before = Event.objects.count()
    operations.note_names(printed, Directory(), by=CONSOLE, at=AT)
    assert Event.objects.count() == before
