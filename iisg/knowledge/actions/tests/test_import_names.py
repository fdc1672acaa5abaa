"""New names: those that resemble a known body are decided by a person, and the decision is learnt."""

from __future__ import annotations

import pytest
from django.test import Client

from iisg.foundations.access.permits import RuleRefused
from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.factories import make_person
from iisg.foundations.orgs.factories import make_organisation, make_partners
from iisg.foundations.orgs.models import Alias, Organisation
from iisg.knowledge.actions import operations, previews
from iisg.knowledge.actions.factories import AT
from iisg.knowledge.actions.models import Action, Import, ImportState
from iisg.knowledge.actions.tests.uploads import apply, row, send, work_off_the_queue, workbook

pytestmark = pytest.mark.django_db

TYPING_ERROR = "Regional Centre for Bordrs"


@pytest.fixture
def centre() -> Organisation:
    """A body whose name is easily misspelt."""
    make_partners()
    centre = make_organisation("Regional Centre for Borders")
    Alias.objects.create(organisation=centre, name=centre.name, folded="regional centre for borders")
    return centre


@pytest.fixture
def reporter(client: Client, centre: Organisation) -> Client:
    """A focal point, signed in."""
    client.force_login(make_person(Role.FOCAL_POINT, make_organisation("Agency for Borders")))
    return client


def key_of(imported: Import, name: str) -> str:
    """By what the fields of a name are known on its page."""
    return next(each.key for each in previews.new_names(imported) if each.name == name)


def decide(client: Client, imported: Import, **answers: str) -> str:
    """Answer the page of names and let the queue look again."""
    page = client.post(f"/imports/{imported.pk}/names/", answers, follow=True).content.decode()
    work_off_the_queue()
    imported.refresh_from_db()
    return page


def test_a_name_that_resembles_a_body_stops_the_applying(reporter: Client) -> None:
    imported = send(reporter, workbook([row("A-1", implementer=TYPING_ERROR)]))
    page = reporter.get(f"/imports/{imported.pk}/").content.decode()
    assert "1 name resembles a known organisation" in page
    assert f"/imports/{imported.pk}/apply/" not in page
    apply(reporter, imported)
    assert not Action.objects.exists()
    with pytest.raises(RuleRefused, match="bodies of their own"):
        operations.apply_import(imported, by=make_person(Role.SECRETARIAT), at=AT)


def test_a_decision_is_learnt_for_ever(reporter: Client, centre: Organisation) -> None:
    imported = send(reporter, workbook([row("A-1", implementer=TYPING_ERROR)]))
    decide(reporter, imported, **{f"means_{key_of(imported, TYPING_ERROR)}": centre.ref})
    assert (imported.state, imported.new_organisations) == (ImportState.EXAMINED, [])
    apply(reporter, imported)
    assert Action.objects.get().implementers == [centre]
    again = send(reporter, workbook([row("A-2", implementer=TYPING_ERROR)]))
    assert again.new_organisations == []


def test_a_body_of_its_own_is_entered_unconfirmed(reporter: Client) -> None:
    imported = send(reporter, workbook([row("A-1", implementer=TYPING_ERROR)]))
    decide(reporter, imported, **{f"means_{key_of(imported, TYPING_ERROR)}": "own"})
    assert imported.decisions == {TYPING_ERROR: ""}
    apply(reporter, imported)
    body = Action.objects.get().implementers[0]
    assert (body.name, body.confirmed) == (TYPING_ERROR, False)


def test_a_name_that_resembles_nobody_may_be_told_to_mean_somebody(
    reporter: Client, centre: Organisation
) -> None:
    imported = send(reporter, workbook([row("A-1", implementer="RCB")]))
    key = key_of(imported, "RCB")
    page = reporter.get(f"/imports/{imported.pk}/names/").content.decode()
    assert "entered as new, unconfirmed" in page
    told = decide(reporter, imported, **{f"known_{key}": "Nobody at all"})
    assert "No organisation is known by the name" in told
    decide(reporter, imported, **{f"known_{key}": centre.name})
    assert imported.new_organisations == []
