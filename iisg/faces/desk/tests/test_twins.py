"""What looks like a recorded action is shown before it is saved: in an import, and when it is entered by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from iisg.foundations.access.actors import CONSOLE
from iisg.foundations.access.permits import RuleRefused
from iisg.foundations.access.roles import Role
from iisg.foundations.audit.models import Event
from iisg.foundations.orgs.factories import make_organisation, make_partners
from iisg.knowledge.actions.factories import add_party, make_action
from iisg.knowledge.actions.models import Action, Import, PartyRole
from iisg.knowledge.actions.operations import decide_twins
from iisg.knowledge.actions.records import ActionRecord
from iisg.knowledge.actions.tests.uploads import apply, row, send, workbook
from iisg.knowledge.analysis import twins
from iisg.knowledge.finding.keeping import index_everything
from iisg.knowledge.responses.models import Origin, Relation, RelationState

OTHER = "Witness protection units in other towns"
TITLE = "Thermal imaging cameras for the border police of Albania"


@pytest.fixture
def recorded(db: None) -> Action:
    """An action that somebody else has told already."""
    make_partners()
    known = make_action(
        TITLE, ref="ACT-1", start_on=date(2025, 1, 1), start_printed="2025-01-01", assistance=["training"]
    )
    add_party(known, make_organisation("Agency for cameras"), PartyRole.IMPLEMENTING)
    return known


def file_with_a_twin() -> SimpleUploadedFile:
    return workbook([row("X-1", TITLE, "Agency for cameras"), row("X-2", OTHER)])


def test_an_import_shows_likely_twins_before_it_is_applied(secretariat: Client, recorded: Action) -> None:
    imported = send(secretariat, file_with_a_twin())
    assert [(twin["key"], [near["ref"] for near in twin["near"]]) for twin in imported.twins] == [
        ("X-1", ["ACT-1"])
    ]
    page = secretariat.get(f"/imports/{imported.pk}/").content.decode()
    assert "1 new record looks like an action that is recorded already." in page
    assert "stand in the queue of relations as proposals" in page
    shown = secretariat.get(f"/imports/{imported.pk}/twins/").content.decode()
    assert "Recorded as ACT-1" in shown
    assert "Another report of ACT-1" in shown
    secretariat.post(f"/imports/{imported.pk}/twins/", {"twin_0": "ACT-1"})
    assert (
        "You have said of every likely twin" in secretariat.get(f"/imports/{imported.pk}/").content.decode()
    )
    applied = apply(secretariat, imported)
    assert applied.state == "applied"
    relation = Relation.objects.get()
    assert (relation.kind, relation.state, relation.source) == ("same_as", "confirmed", recorded)
    assert relation.decided_by == Event.objects.get(name="imports.twins_decided").by
    assert "1 reports" not in secretariat.get("/actions/ACT-1/").content.decode()
    assert "One action, 2 reports" in secretariat.get("/actions/ACT-1/").content.decode()


def test_what_nobody_decided_becomes_a_proposal(secretariat: Client, recorded: Action) -> None:
    apply(secretariat, send(secretariat, file_with_a_twin()))
    relation = Relation.objects.get()
    assert (relation.state, relation.origin, relation.proposed_by) == ("proposed", Origin.ENGINE, "the house")
    assert relation.target.ref == "X-1"


def test_what_was_said_not_to_be_the_same_does_not_come_back(secretariat: Client, recorded: Action) -> None:
    imported = send(secretariat, file_with_a_twin())
    secretariat.post(f"/imports/{imported.pk}/twins/", {"twin_0": "-"})
    apply(secretariat, imported)
    assert Relation.objects.get().state == RelationState.REJECTED
    assert secretariat.get(f"/imports/{imported.pk}/twins/").status_code == 200
    refused = secretariat.post(f"/imports/{imported.pk}/twins/", {"twin_0": "ACT-1"}, follow=True)
    assert "cannot be decided" in refused.content.decode()


def test_a_reporters_word_is_a_proposal_for_the_secretariat(
    sign_in: object, secretariat: Client, recorded: Action
) -> None:
    body = make_organisation("Member")
    focal: Client = sign_in(Role.FOCAL_POINT, body)  # type: ignore[operator]
    imported = send(focal, file_with_a_twin())
    page = focal.get(f"/imports/{imported.pk}/twins/").content.decode()
    assert "a proposal that the Secretariat confirms" in page
    focal.post(f"/imports/{imported.pk}/twins/", {"twin_0": "ACT-1"})
    apply(focal, imported)
    relation = Relation.objects.get()
    assert (relation.state, relation.origin) == (RelationState.PROPOSED, Origin.PERSON)
    other: Client = sign_in(Role.FOCAL_POINT, make_organisation("Other"))  # type: ignore[operator]
    assert other.get(f"/imports/{imported.pk}/twins/").status_code == 404


def test_only_what_was_shown_can_be_named(secretariat: Client, recorded: Action) -> None:
    imported = send(secretariat, file_with_a_twin())
    for strange in ({"X-1": "ACT-9"}, {"X-2": ""}):
        with pytest.raises(RuleRefused, match="was shown"):
            decide_twins(imported, strange, by=CONSOLE, at=imported.received_at)


def test_among_very_many_only_the_nearest_by_words_are_compared(
    recorded: Action, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_action("Nothing alike in other towns", named=["AL"])
    make_action(TITLE, named=["RS"])
    index_everything()
    monkeypatch.setattr(twins, "ALL", 1)
    monkeypatch.setattr(twins, "NEAREST", 1)
    record = ActionRecord("X", "here", title=TITLE, partners=("AL",), names_partners=True)
    assert [action.ref for action in twins._worth_comparing([record])] == ["ACT-1"]
    wordless = ActionRecord("X", "here", title="Xyzzy", partners=("AL",), names_partners=True)
    assert not twins._worth_comparing([wordless]).exists()
    identified = ActionRecord("ACT-1", "here", title="Xyzzy", partners=("AL",), names_partners=True)
    assert [action.ref for action in twins._worth_comparing([identified])] == ["ACT-1"]


def test_many_new_records_are_compared_at_once(secretariat: Client, recorded: Action) -> None:
    others = [row(f"X-{n}", f"{OTHER} {'abcdefgh'[n] * 5}") for n in range(2, 8)]
    imported = send(secretariat, workbook([row("X-1", TITLE, "Agency for cameras"), *others]))
    assert [twin["key"] for twin in imported.twins] == ["X-1"]


def test_a_file_without_twins_asks_nothing(secretariat: Client, recorded: Action) -> None:
    imported = send(secretariat, workbook([row("X-2", OTHER)]))
    assert (imported.twins, imported.twins_sought_at is not None) == ([], True)
    assert "looks like" not in secretariat.get(f"/imports/{imported.pk}/").content.decode()
    assert "No new record looks like" in secretariat.get(f"/imports/{imported.pk}/twins/").content.decode()


def test_a_file_names_the_whole_of_a_part(secretariat: Client, recorded: Action) -> None:
    headers = "ref,title,donor,implementer,beneficiaries,start_date,assistance_type,parent_ref"
    lines = [headers, "X-1,A delivery of spare parts,,,AL,2025-01-01,equipment,ACT-1"]
    imported = send(secretariat, SimpleUploadedFile("parts.csv", "\n".join(lines).encode()))
    apply(secretariat, imported)
    relation = Relation.objects.get(kind="part_of")
    assert (relation.source.ref, relation.target, relation.origin) == ("X-1", recorded, Origin.FILE)
    assert relation.state == RelationState.PROPOSED
    assert "parts.csv" in relation.evidence


SAID = {
    "title": TITLE, "kind": "external_support", "reach": "named", "partners": ["AL"],
    "implementers": "Agency for cameras", "start": "2025", "assistance": ["training"],
}  # fmt: skip


def test_an_action_is_added_by_hand_after_its_twins_were_shown(secretariat: Client, recorded: Action) -> None:
    shown = secretariat.post("/actions/add/", SAID)
    page = shown.content.decode()
    assert "Is this action recorded already?" in page
    assert "Recorded as ACT-1" in page
    assert Action.objects.count() == 1
    back = secretariat.post("/actions/add/", SAID | {"step": "back"})
    assert back.context["form"]["title"].value() == TITLE
    saved = secretariat.post("/actions/add/", SAID | {"step": "save", "twin_0": "ACT-1"})
    added = Action.objects.exclude(pk=recorded.pk).get()
    assert saved["Location"] == f"/actions/{added.ref}/"
    assert (added.start_on, added.start_precision, added.end_on, added.stage) == (
        date(2025, 1, 1),
        "year",
        None,
        "",
    )
    assert not added.flows.exists()
    assert Relation.objects.confirmed().get().kind == "same_as"


def test_a_new_action_is_recorded_at_once(sign_in: object, db: None) -> None:
    make_partners()
    body = make_organisation("Member")
    focal: Client = sign_in(Role.FOCAL_POINT, body)  # type: ignore[operator]
    said = SAID | {
        "reporter": body.ref,
        "amount": "1200.50",
        "currency": "eur",
        "ref": "M-1",
        "funders": "A fund\nThe other",
    }
    assert focal.post("/actions/add/", said).status_code == 302
    action = Action.objects.get()
    assert (action.reporter, action.reporter_ref, action.is_public) == (body, "M-1", False)
    assert [(flow.amount, flow.currency) for flow in action.flows.all()] == [(Decimal("1200.50"), "EUR")]
    assert len(action.funders) == 2
    again = focal.post("/actions/add/", said)
    assert "recorded under this reference already" in str(again.context["form"].errors["ref"])


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"title": " "}, "title", "Write the title"),
        ({"start": "31 September"}, "start", "no possible day"),
        ({"start": "2026", "end": "2025-01"}, "end", "before the start"),
        ({"amount": "5"}, "currency", "in which currency"),
        ({"amount": "0"}, "amount", "greater than"),
        ({"currency": "euro"}, "currency", "3 characters"),
    ],
)
def test_mistakes_are_told_at_the_field_and_at_the_top(
    secretariat: Client, recorded: Action, wrong: dict[str, str], field: str, words: str
) -> None:
    told = secretariat.post("/actions/add/", SAID | wrong)
    assert words in str(told.context["form"].errors[field])
    assert "There is a problem" in told.content.decode()
    assert Action.objects.count() == 1


def test_nobody_reports_for_another(sign_in: object, reader: Client, db: None) -> None:
    make_partners()
    focal: Client = sign_in(Role.FOCAL_POINT, make_organisation("Member"))  # type: ignore[operator]
    other = make_organisation("Another member")
    told = focal.post("/actions/add/", SAID | {"reporter": other.ref})
    assert told.context["form"].errors["reporter"]
    assert reader.get("/actions/add/").status_code == 403
    assert Client().get("/actions/add/").status_code == 302
    assert not Import.objects.exists()
