"""A name from a file becomes a confirmed body once, with a kind, and never a partner."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied

from iisg.foundations.access.actors import CONSOLE, HouseActor
from iisg.foundations.access.permits import RuleRefused
from iisg.foundations.access.roles import GRANTS, Role
from iisg.foundations.audit.models import Event
from iisg.foundations.orgs import operations
from iisg.foundations.orgs.factories import make_organisation, make_partner
from iisg.foundations.orgs.matching import Directory
from iisg.foundations.orgs.models import Alias, Organisation, OrganisationKind

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
INSTITUTION = OrganisationKind.INSTITUTION

pytestmark = pytest.mark.django_db


def named(name: str = "Border Directorate") -> Organisation:
    """A body that a file named."""
    return operations.note_new_organisation(name, by=CONSOLE, at=AT)


def test_a_body_is_confirmed_with_kind_whole_and_short_name() -> None:
    officer, albania = HouseActor("an officer", GRANTS[Role.SECRETARIAT]), make_partner("AL")
    body = operations.confirm_organisation(
        named(), INSTITUTION, by=officer, at=AT, parent=albania, short_name=" BD "
    )
    body.refresh_from_db()
    assert (body.confirmed, body.kind, body.parent, body.short_name) == (True, INSTITUTION, albania, "BD")
    assert Directory().find("BD") == body.pk
    assert Directory(Alias.objects.filter(organisation__confirmed=True)).near("Border Directorates") == [
        body.pk
    ]
    event = Event.objects.get(name="orgs.organisation_confirmed")
    assert event.on == f"orgs.organisation:{body.ref}"
    assert event.facts == {
        "name": "Border Directorate",
        "kind": "institution",
        "parent": "albania",
        "short_name": "BD",
    }


def test_only_who_writes_organisations_confirms() -> None:
    body = named()
    for role in (Role.FOCAL_POINT, Role.NATIONAL_COORDINATOR, Role.BOARD_MEMBER, Role.ADMINISTRATOR):
        person = HouseActor(str(role), GRANTS[role], frozenset({body.pk}))
        with pytest.raises(PermissionDenied):
            operations.confirm_organisation(body, INSTITUTION, by=person, at=AT)
    assert not Organisation.objects.get(pk=body.pk).confirmed


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("", "has a kind"),
        ("nonsense", "has a kind"),
        (OrganisationKind.NOT_KNOWN, "has a kind"),
        (OrganisationKind.WB_PARTNER, "cannot become one"),
    ],
)
def test_a_kind_is_needed_and_no_name_becomes_a_partner(kind: str, said: str) -> None:
    with pytest.raises(RuleRefused, match=said):
        operations.confirm_organisation(named(), kind, by=CONSOLE, at=AT)


def test_what_does_not_fit_is_refused_with_its_reason() -> None:
    body, other = named(), named("Another name")
    known = make_organisation("Known", parent=body)
    operations.enter_organisation("osce", by=CONSOLE, at=AT, name="OSCE", kind=OrganisationKind.OTHER)
    for more, said in (
        ({"parent": other}, "not confirmed itself"),
        ({"parent": known}, "already stands below"),
        ({"short_name": "osce"}, "already leads to OSCE"),
    ):
        with pytest.raises(RuleRefused, match=said):
            operations.confirm_organisation(body, INSTITUTION, by=CONSOLE, at=AT, **more)
    operations.confirm_organisation(body, INSTITUTION, by=CONSOLE, at=AT)
    with pytest.raises(RuleRefused, match="confirmed already"):
        operations.confirm_organisation(body, INSTITUTION, by=CONSOLE, at=AT)
    assert Event.objects.filter(name="orgs.organisation_confirmed").count() == 1


def test_no_body_takes_the_address_of_the_list() -> None:
    assert named("Unconfirmed").ref == "unconfirmed-2"
