"""A member sends its file every month: one record it vouched for, one vanishes and comes back, and nothing is lost."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from iisg.foundations.access.actors import CONSOLE
from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.factories import make_person
from iisg.foundations.audit import trail
from iisg.foundations.orgs.factories import make_organisation, make_partners
from iisg.knowledge.actions.models import Absence, Action
from iisg.knowledge.actions.tests.uploads import apply, row, send, workbook
from iisg.knowledge.analysis.reading import picture
from iisg.knowledge.needs.factories import make_need
from iisg.knowledge.responses.factories import make_response

pytestmark = pytest.mark.django_db
DAY = date(2026, 1, 20)


def text_of(client: Client, address: str) -> str:
    """A page that answers."""
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_months_of_one_members_file(client: Client) -> None:
    make_partners()
    agency = make_organisation("Agency for Borders")
    client.force_login(make_person(Role.FOCAL_POINT, agency))
    secretariat = Client()
    secretariat.force_login(make_person(Role.SECRETARIAT))

    may = [row("A-1", "Training of guards"), row("A-2", "Patrols"), row("A-3", "Cameras")]
    apply(client, send(client, workbook(may, name="may.xlsx")))
    page = text_of(client, "/actions/A-1/")
    assert "from the file may.xlsx of" in page
    assert "by nobody yet" in page
    client.post("/actions/A-1/confirm/", {"topic": "title"})
    page = text_of(client, "/actions/A-1/")
    assert "by the member (Agency for Borders) on" in page
    Action.objects.filter(ref="A-2").update(end_on=date(2030, 1, 1))
    make_response(make_need("Patrols at the green border", ["AL"]), Action.objects.get(ref="A-2"))
    assert counted() == {"A-1", "A-2", "A-3"}

    june = [row("A-1", "Other words", place="RS"), row("A-3", "Cameras"), row("A-4", "Vehicles")]
    imported = send(client, workbook(june, name="june.xlsx"))
    assert (imported.created, imported.changed, imported.unchanged) == (1, 1, 1)
    assert (imported.vanished, imported.conflicts) == (1, 1)
    imported = apply(client, imported)
    action = Action.objects.get(ref="A-1")
    assert (action.title, action.places.get().partner.code) == ("Training of guards", "RS")
    assert "Nobody has said yet what that means." in text_of(client, "/actions/A-2/")
    assert "Say what it means that records are no longer in june.xlsx" in text_of(client, "/desk/")
    [absence] = Absence.objects.undecided()
    said = {f"fate_{absence.pk}": "kept", "reason": "Still going on"}
    client.post(f"/imports/{imported.pk}/missing/", said)
    assert "It is still true: Still going on" in text_of(secretariat, "/actions/A-2/")
    told = client.post("/actions/A-2/absence/", {"fate": "withdrawn"}, follow=True).content.decode()
    assert "Say why in a few words." in told
    client.post("/actions/A-2/absence/", {"fate": "withdrawn", "reason": "Entered by mistake"})
    page = text_of(secretariat, "/actions/A-2/")
    assert "It stays on record and counts nowhere." in page
    assert "Its source has withdrawn it: Entered by mistake" in page
    assert "It was decided what it means that the record vanished" in page
    assert counted() == {"A-1", "A-3", "A-4"}
    assert "A-2" not in {line.action.ref for line in client.get("/actions/").context["lines"]}

    july = [row("A-1", "Training of guards", place="RS"), row("A-2", "Patrols"), row("A-3", "Cameras")]
    imported = send(client, workbook(july, name="july.xlsx"))
    assert "1 record that was missing is in it again." in text_of(client, f"/imports/{imported.pk}/")
    assert (imported.unchanged, imported.vanished, imported.conflicts) == (3, 1, 0)
    apply(client, imported)
    assert counted() == {"A-1", "A-2", "A-3", "A-4"}
    assert "The record is in its source&#x27;s file again" in text_of(secretariat, "/actions/A-2/")
    assert trail.first_broken() is None


def counted() -> set[str]:
    """The actions that coverage counts."""
    return set(picture(CONSOLE, DAY).actions_by_ref)
