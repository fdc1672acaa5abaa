"""A need is completed and changed on a page: who may, what is missing at its field, the next one, nothing lost."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.test import Client
from django.utils import timezone

from iisg.faces.desk.tests.conftest import SignIn
from iisg.foundations.access.actors import CONSOLE
from iisg.foundations.access.roles import Role
from iisg.foundations.audit.models import Event
from iisg.foundations.orgs.factories import make_organisation, make_partner
from iisg.foundations.orgs.models import Organisation
from iisg.foundations.orgs.operations import learn_alias
from iisg.knowledge.actions.factories import make_action
from iisg.knowledge.needs.factories import make_measure, make_need
from iisg.knowledge.needs.models import Need
from iisg.knowledge.needs.provenance import NEEDS, How
from iisg.knowledge.needs.rules import what_is_missing
from iisg.knowledge.responses.factories import make_response

COMPLETE = {
    "body": "Border Police",
    "capability": "Second-line checks",
    "needed_by": "2027-12-31",
    "met_when": "All four crossings check",
}


def page_of(client: Client, ref: str) -> Any:
    """The form as a person sees it."""
    response = client.get(f"/needs/{ref}/change/")
    assert response.status_code == 200
    return response


def given(client: Client, ref: str, **said: object) -> dict[str, Any]:
    """What the page sends when only these fields are written in."""
    form = page_of(client, ref).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    return {name: value if value is not None else "" for name, value in (shown | said).items()}


def complete(ref: str) -> Need:
    """A need that says everything."""
    facts: dict[str, Any] = {"capability": "x", "needed_by": date(2027, 1, 1), "met_when": "y"}
    return make_need(ref=ref, partners=("MK",), body=make_organisation(), **facts)


def refs(client: Client, address: str) -> set[str]:
    """The needs that a list shows, all on one page."""
    return {line.need.ref for line in client.get(address).context["lines"]}


def test_the_coordinator_completes_a_need_and_it_says_who_did(sign_in: SignIn) -> None:
    make_need(ref="MK-1", partners=("MK",))
    police = make_organisation("Border Police", parent=make_partner("MK"))
    learn_alias(police, police.name, by=CONSOLE, at=timezone.now())
    client = sign_in(Role.NATIONAL_COORDINATOR, make_partner("MK"))
    page = page_of(client, "MK-1").content.decode()
    for field in ("body", "capability", "needed_by", "met_when"):
        assert f'href="#id_{field}"' in page
    assert '<option value="Border Police">' in page
    response = client.post("/needs/MK-1/change/", given(client, "MK-1", **COMPLETE))
    assert response.headers["Location"] == "/needs/MK-1/"
    need = Need.objects.get()
    assert (need.body, need.needed_by, list(what_is_missing(need))) == (police, date(2027, 12, 31), [])
    for topic in ("body", "capability", "needed_by", "met_when"):
        assert NEEDS.standing(need, topic).origin.how is How.MEMBER
    assert NEEDS.standing(need, "title").origin.how is How.FILE
    [event] = Event.objects.filter(name="needs.need_changed")
    changed: Any = event.facts["changed"]
    assert set(changed) == {"body", "capability", "needed_by", "met_when"}
    assert "stated by hand by the member (North Macedonia)" in client.get("/needs/MK-1/").content.decode()


def test_only_who_speaks_for_all_its_partners_or_the_secretariat(sign_in: SignIn) -> None:
    make_need(ref="MK-1", partners=("MK",))
    make_need(ref="BOTH", partners=("AL", "MK"))
    own = sign_in(Role.NATIONAL_COORDINATOR, make_partner("MK"))
    assert own.get("/needs/BOTH/change/").status_code == 403
    assert "/needs/MK-1/change/" in own.get("/needs/MK-1/").content.decode()
    for role, code in (
        (Role.NATIONAL_COORDINATOR, "AL"),
        (Role.FOCAL_POINT, "MK"),
        (Role.MEMBER_READER, "MK"),
    ):
        other = sign_in(role, make_partner(code))
        assert other.get("/needs/MK-1/change/").status_code == 403
        assert "/needs/MK-1/change/" not in other.get("/needs/MK-1/").content.decode()
    assert sign_in(Role.SECRETARIAT).get("/needs/BOTH/change/").status_code == 200


def test_every_field_can_be_changed_and_a_new_body_is_entered(secretariat: Client) -> None:
    make_need(ref="N-1", partners=("AL",))
    measure = make_measure("BS-PRO-9")
    said: dict[str, Any] = {
        "title": "Readers", "body": "Police of Nowhere", "capability": "c", "needed_by": "2028-01-02", "met_when": "m",
        "kinds": ["legislative"], "priority": "high", "perspective": "response", "quantity": "8", "unit": "readers",
        "partners": ["AL", "RS"], "references": "r", "title_original": "Lexues", "original_language": "sq",
        "basis": "stated", "source_body": "Ministry", "source_year": "2025", "source_url": "https://example.org/",
        "pillar_basis": "p", "four_p_basis": "f", "notes": "n", "place_1": f"{measure.objective.pk}:{measure.pk}",
    }  # fmt: skip
    make_partner("RS")
    form = page_of(secretariat, "N-1").context["form"]
    assert set(form.fields) - {"seen", "was", "place_2"} == set(said)
    assert secretariat.post("/needs/N-1/change/", given(secretariat, "N-1", **said)).status_code == 302
    need = Need.objects.get()
    assert (need.title, need.quantity, need.unit, need.kinds) == (
        "Readers",
        Decimal(8),
        "readers",
        ("legislative",),
    )
    assert {partner.code for partner in need.partners.all()} == {"AL", "RS"}
    assert [placement.measure for placement in need.placements.all()] == [measure]
    assert Organisation.objects.get(name="Police of Nowhere").confirmed is False
    assert (need.body and need.body.name, need.source_year, need.notes) == ("Police of Nowhere", 2025, "n")
    assert NEEDS.standing(need, "notes").origin.how is How.SECRETARIAT
    secretariat.post("/needs/N-1/change/", given(secretariat, "N-1", place_1=str(measure.objective.pk)))
    assert [placement.measure for placement in Need.objects.get().placements.all()] == [None]


def test_saving_untouched_changes_nothing(secretariat: Client) -> None:
    need = make_need(ref="N-1", quantity=Decimal("5.50"), unit="boats", needed_by=date(2027, 1, 1))
    secretariat.post("/needs/N-1/change/", given(secretariat, "N-1"))
    assert not Event.objects.filter(name="needs.need_changed").exists()
    assert Need.objects.get().changed_at == need.changed_at


def test_a_refusal_loses_nothing_that_was_typed(secretariat: Client) -> None:
    make_need(ref="N-1")
    said = given(secretariat, "N-1", capability="Long words", needed_by="31.2.2027", quantity="0", title="")
    page = secretariat.post("/needs/N-1/change/", said).content.decode()
    for told in ("Long words", "31.2.2027", "Say what is needed.", "Write a number above 0"):
        assert told in page
    assert Need.objects.get().capability == ""


def test_a_change_meanwhile_is_shown_and_never_overwritten(secretariat: Client) -> None:
    make_need(ref="N-1")
    early = given(secretariat, "N-1", capability="Mine")
    secretariat.post("/needs/N-1/change/", given(secretariat, "N-1", notes="Theirs"))
    response = secretariat.post("/needs/N-1/change/", early)
    assert "Somebody has changed this need while you were writing." in response.content.decode()
    form = response.context["form"]
    assert (form["capability"].value(), form["notes"].value()) == ("Mine", "Theirs")
    again = {name: form[name].value() or "" for name in form.fields}
    assert secretariat.post("/needs/N-1/change/", again).status_code == 302
    need = Need.objects.get()
    assert (need.capability, need.notes) == ("Mine", "Theirs")


def test_one_works_through_the_incomplete_ones(sign_in: SignIn) -> None:
    for number in (1, 3, 5):
        make_need(ref=f"MK-{number}", partners=("MK",))
    complete("MK-2")
    make_need(ref="BOTH", partners=("AL", "MK"))
    client = sign_in(Role.NATIONAL_COORDINATOR, make_partner("MK"))
    reached = []
    ref = "MK-3"
    for _number in range(3):
        reply = client.post(f"/needs/{ref}/change/", given(client, ref, **COMPLETE, next="1"))
        ref = reply.headers["Location"].split("/")[2]
        reached.append(ref)
    assert reached == ["MK-5", "MK-1", "MK-1"]
    assert not {duty for duty, _due in client.get("/desk/").context["desk"].duties if "Complete" in duty.what}


def test_the_numbers_on_the_desk_are_those_of_the_lists(sign_in: SignIn, secretariat: Client) -> None:
    answered, *_rest = [make_need(ref=f"MK-{number}", partners=("MK",)) for number in range(3)]
    complete("MK-7")
    make_need(ref="BOTH", partners=("AL", "MK"))
    make_response(answered, make_action("Old", start_on=date(2019, 1, 1), end_on=date(2020, 1, 1)))
    client = sign_in(Role.NATIONAL_COORDINATOR, make_partner("MK"))
    assert client.get("/needs/?specific=mine").content.decode().count(">Complete MK-") == 3
    assert led(client, "Complete 3 needs") == {"MK-0", "MK-1", "MK-2"}
    assert led(secretariat, "Look for answers to 4 needs") == {"MK-1", "MK-2", "MK-7", "BOTH"}
    assert refs(secretariat, "/needs/?specific=no") == {"MK-0", "MK-1", "MK-2", "BOTH"}
    assert refs(secretariat, "/needs/?specific=yes") == {"MK-7"}
    assert refs(secretariat, "/needs/?judged=yes") == {"MK-0"}


def led(client: Client, words: str) -> Iterable[str]:
    """Where the duty of these words leads."""
    [duty] = [
        duty for duty, _due in client.get("/desk/").context["desk"].duties if duty.what.startswith(words)
    ]
    return refs(client, duty.href)


def test_the_question_of_the_database_is_the_rule(db: None) -> None:
    body = make_organisation()
    for number in range(32):
        said = [bool(number >> bit & 1) for bit in range(5)]
        make_need(
            body=body if said[0] else None,
            capability="c" * said[1],
            needed_by=date(2027, 1, 1) if said[2] else None,
            met_when="m" * said[3],
            is_operational=said[4],
        )
    make_need(quantity=1)
    make_need(quantity=1, unit="boats", body=body, capability="c", needed_by=date(2027, 1, 1), met_when="m")
    found = {need.pk for need in Need.objects.all() if any(what_is_missing(need))}
    assert set(Need.objects.vague().values_list("pk", flat=True)) == found
    assert len(found) == 32
