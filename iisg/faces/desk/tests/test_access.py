"""Who may open which page of the desk."""

from __future__ import annotations

import pytest
from django.test import Client

from iisg.faces.desk.tests.conftest import SignIn
from iisg.foundations.access.roles import Role
from iisg.knowledge.actions.factories import make_action
from iisg.knowledge.needs.factories import make_need
from iisg.knowledge.needs.models import NeedState
from iisg.knowledge.responses.factories import make_response
from iisg.knowledge.responses.models import Response

MEMBERS = (
    Role.MEMBER_READER,
    Role.FOCAL_POINT,
    Role.NATIONAL_COORDINATOR,
    Role.BOARD_MEMBER,
    Role.ALTERNATE,
    Role.OBSERVER,
)


def pages(need: str, action: str) -> list[str]:
    """Every page that members read."""
    return ["/needs/", f"/needs/{need}/", "/actions/", f"/actions/{action}/"]


@pytest.mark.django_db
def test_a_public_visitor_is_asked_to_sign_in() -> None:
    need, action = make_need(), make_action()
    for address in ["/desk/", *pages(need.ref, action.ref), f"/judge/?need={need.ref}&action={action.ref}"]:
        response = Client().get(address)
        assert response.status_code == 302
        assert response.headers["Location"].startswith("/accounts/login/?next=")


@pytest.mark.parametrize("role", [None, Role.APPLICANT, Role.ADMINISTRATOR])
def test_needs_and_actions_are_closed_to_those_without_an_office_of_a_member(
    role: Role | None, sign_in: SignIn
) -> None:
    client = sign_in(role)
    need, action = make_need("Canary need"), make_action("Canary action")
    for address in pages(need.ref, action.ref):
        assert client.get(address).status_code == 403
    desk = client.get("/desk/").content.decode()
    assert "Canary" not in desk
    assert need.ref not in desk


@pytest.mark.parametrize("role", MEMBERS)
def test_members_read_but_do_not_judge(role: Role, sign_in: SignIn) -> None:
    client = sign_in(role)
    need, action = make_need("Border cameras"), make_action("Border cameras for all")
    standing = make_response(need, make_action())
    for address in ["/desk/", *pages(need.ref, action.ref)]:
        assert client.get(address).status_code == 200
    record = client.get(f"/needs/{need.ref}/").content.decode()
    assert "Border cameras for all" in record, "suggestions are for all who read analysis"
    assert "/judge/" not in record
    assert client.get(f"/judge/?need={need.ref}&action={action.ref}").status_code == 403
    said = {"degree": "full", "reason": "Because."}
    assert client.post(f"/judge/?need={need.ref}&action={action.ref}", said).status_code == 403
    assert client.post(f"/judge/take-back/{standing.pk}/").status_code == 403
    assert client.get(f"/needs/{need.ref}/find/").status_code == 403
    assert client.get(f"/find-need/?action={action.ref}").status_code == 403
    assert list(Response.objects.standing()) == [standing]


def test_what_is_not_there_is_not_found(secretariat: Client) -> None:
    need, action = make_need(), make_action()
    missing = [
        "/needs/N-none/",
        "/actions/A-none/",
        "/judge/",
        f"/judge/?need={need.ref}&action=none",
        f"/judge/?need=none&action={action.ref}",
        "/find-need/?action=none",
        "/needs/none/find/",
    ]
    assert {secretariat.get(address).status_code for address in missing} == {404}
    assert secretariat.post("/judge/take-back/999999/").status_code == 404
    assert secretariat.get("/judge/take-back/1/").status_code == 405


def test_references_with_slashes_and_spaces_have_a_page(secretariat: Client) -> None:
    make_need(ref="MK/2026/7 a")
    make_action(ref="XM-DAC/5-1/12 b")
    assert secretariat.get("/needs/MK/2026/7 a/").status_code == 200
    assert secretariat.get("/needs/").status_code == 200
    assert secretariat.get("/actions/XM-DAC/5-1/12 b/").status_code == 200
    assert secretariat.get("/actions/").status_code == 200


def test_a_draft_is_no_gap(secretariat: Client) -> None:
    draft = make_need(state=NeedState.DRAFT)
    assert draft.ref not in secretariat.get("/needs/").content.decode()
    page = secretariat.get(f"/needs/{draft.ref}/").content.decode()
    assert "coverage does not speak of it" in page
