"""Looking at an answer again one year on."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from iisg.faces.desk.tests.conftest import SignIn
from iisg.foundations.access.roles import Role
from iisg.knowledge.actions.factories import make_action
from iisg.knowledge.needs.factories import make_need
from iisg.knowledge.responses.factories import make_response
from iisg.knowledge.responses.models import Degree, Response

PAST = date(2026, 1, 1)


def due(**facts: Any) -> Response:
    """A judgement to be looked at again."""
    wanted: dict[str, Any] = {"follow_up_on": PAST}
    return make_response(make_need("Cameras"), make_action("Delivery"), **(wanted | facts))


def address(response: Response) -> str:
    """The page that asks what became of it."""
    return f"/judge/follow-up/{response.pk}/"


@pytest.mark.parametrize("role", [None, *(role for role in Role if role != Role.SECRETARIAT)])
def test_only_the_secretariat_follows_up(role: Role | None, sign_in: SignIn) -> None:
    response = due()
    client = sign_in(role)
    assert client.get(address(response)).status_code == 403
    assert client.post(address(response), {"outcome": "met"}).status_code == 403
    assert Client().get(address(response)).status_code == 302
    assert Response.objects.get().follow_up == ""


def test_what_is_due_is_linked_from_the_desk_and_from_the_need(secretariat: Client, reader: Client) -> None:
    response = due()
    duties = [duty.href for duty, _due in secretariat.get("/desk/").context["desk"].duties]
    assert address(response) in duties
    need = f"/needs/{response.need.ref}/"
    assert address(response) in secretariat.get(need).content.decode()
    assert address(response) not in reader.get(need).content.decode()
    Response.objects.update(follow_up_on=timezone.localdate() + timedelta(days=2))
    assert address(response) not in secretariat.get(need + "?on=2090-01-01").content.decode()


def test_the_outcome_is_noted_and_shown_on_the_need(secretariat: Client, reader: Client) -> None:
    response = due()
    page = secretariat.get(address(response)).content.decode()
    assert "Does exactly what the need asks for." in page
    said = {"outcome": "partly", "note": "Half of <b>them</b> came."}
    told = secretariat.post(address(response), said, follow=True)
    assert told.redirect_chain == [(f"/needs/{response.need.ref}/", 302)]
    shown = " ".join(told.content.decode().split())
    assert "<strong>partly met</strong>: Half of &lt;b&gt;them&lt;/b&gt; came." in shown
    assert "to be looked at again" not in shown
    assert "What became of an answer was noted" in shown
    assert "Correct one year on" in shown
    assert "partly met" in reader.get(f"/needs/{response.need.ref}/").content.decode()
    again = secretariat.get(address(response))
    assert again.context["form"]["outcome"].value() == "partly"
    assert not any(
        "One year on" in duty.what for duty, _due in secretariat.get("/desk/").context["desk"].duties
    )


def test_a_choice_is_needed(secretariat: Client) -> None:
    refused = secretariat.post(address(due()), {"note": "Something."})
    assert "Choose whether the need was met." in refused.content.decode()
    assert refused.context["form"]["note"].value() == "Something."


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"follow_up_on": date(2090, 1, 1)}, "again on 1 January 2090, not before"),
        ({"degree": Degree.NONE, "follow_up_on": None}, "nothing to follow up"),
        ({"replaced_at": timezone.now()}, "no longer stands"),
    ],
)
def test_what_is_not_due_says_so_and_takes_nothing(
    facts: dict[str, Any], said: str, secretariat: Client
) -> None:
    response = due(**facts)
    assert said in secretariat.get(address(response)).content.decode()
    refused = secretariat.post(address(response), {"outcome": "met"})
    assert said in str(refused.context["form"].non_field_errors())
    assert Response.objects.get().follow_up == ""


def test_a_judgement_that_does_not_exist_is_not_found(secretariat: Client) -> None:
    assert secretariat.get("/judge/follow-up/999/").status_code == 404
