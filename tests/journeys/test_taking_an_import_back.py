"""A wrong file is taken back: what it entered goes, what it changed returns, what others said since stays."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iisg.faces.console.register import enter_register
from iisg.foundations.access.actors import CONSOLE
from iisg.foundations.access.permits import RuleRefused
from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.factories import make_person
from iisg.foundations.audit.models import Event
from iisg.foundations.audit.trail import first_broken
from iisg.foundations.orgs.models import Organisation, OrganisationKind
from iisg.foundations.orgs.operations import confirm_organisation
from iisg.knowledge.actions import comparing, rules
from iisg.knowledge.actions import operations as actions_operations
from iisg.knowledge.actions.models import Absence, Action, Fate, Import, ImportState
from iisg.knowledge.analysis import checking
from iisg.knowledge.finding.keeping import out_of_step
from iisg.knowledge.needs import comparing as needs_comparing
from iisg.knowledge.needs.models import Need
from iisg.knowledge.needs.operations import confirm_need
from iisg.knowledge.responses.models import Degree, Relation, RelationKind
from iisg.knowledge.responses.operations import judge_response, relate_actions, take_back_import

pytestmark = pytest.mark.django_db
DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
WHY = "It was last year's file."
REAL = (
    "kosovo_amp_import_test_1.04.xml",
    "ocha_foodsecurity_dportal_2.03.xml",
    "reconstructed/XM-DAC-41122_28.xml",
)


def at(hours: int) -> datetime:
    return AT + timedelta(hours=hours)


def take_in(content: bytes, name: str, hours: int = 0, sender: Organisation | None = None) -> Import:
    imported = actions_operations.receive_import(
        content, name, sender, by=CONSOLE, at=at(hours), examine_later=False, takes_elsewhere=True
    )
    return apply(imported, hours)


def apply(imported: Import, hours: int) -> Import:
    imported = actions_operations.examine_import(imported, by=CONSOLE, at=at(hours))
    own: dict[str, Organisation | None] = {str(n["name"]): None for n in rules.undecided_names(imported)}
    imported = actions_operations.decide_names(imported, own, by=CONSOLE, at=at(hours)) if own else imported
    return actions_operations.apply_import(imported, by=CONSOLE, at=at(hours))


def take_back(imported: Import, hours: int = 50) -> Import:
    return take_back_import(imported, WHY, by=CONSOLE, at=at(hours))


def registers() -> dict[str, Any]:
    """All facts of all records, where they come from, and the bodies."""
    actions = list(Action.objects.order_by("ref"))
    facts = comparing.recorded(actions)
    needs = Need.objects.order_by("ref").prefetch_related(
        "partners", "placements__objective", "placements__measure"
    )
    return {
        "actions": {
            a.ref: (facts[a.pk], a.origins, a.confirmed, a.withdrawn_at, a.is_public) for a in actions
        },
        "needs": {n.ref: (needs_comparing.recorded(n), n.origins, n.confirmed) for n in needs},
        "bodies": set(Organisation.objects.values_list("ref", "name", "confirmed")),
        "absences": set(
            Absence.objects.values_list("action__ref", "need__ref", "file_name", "fate", "returned_at")
        ),
        "relations": set(Relation.objects.values_list("source__ref", "target__ref", "kind", "state")),
    }


def assert_sound() -> None:
    assert first_broken() is None
    assert list(checking.differences()) == []
    assert out_of_step() == []


def actions_file(*rows: dict[str, str]) -> bytes:
    names = ["ref", "title", "action_kind", "donor", "beneficiaries", "pillar", "start_date", "end_date", "summary",
             "money_state", "money_amount", "money_currency", "money_from", "parent_ref"]  # fmt: skip
    return _sheet(names, rows)


def needs_file(*rows: dict[str, str]) -> bytes:
    names = ["ref", "need", "partner", "pillar", "four_p", "objective", "priority", "quantity", "body", "capability",
             "needed_by", "met_when"]  # fmt: skip
    return _sheet(names, rows)


def _sheet(names: list[str], rows: Iterable[dict[str, str]]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, names, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def row(ref: str, **more: str) -> dict[str, str]:
    return {
        "ref": ref, "title": f"Action {ref}", "donor": "A donor nobody knows", "beneficiaries": "AL",
        "pillar": "WBBSi", "start_date": "2025-01", "money_state": "committed", "money_amount": "1000.50",
        "money_currency": "EUR", "money_from": "Another donor",
    } | more  # fmt: skip


def need(ref: str, **more: str) -> dict[str, str]:
    return {"ref": ref, "need": f"Need {ref}", "partner": "AL", "pillar": "WBBSi", "four_p": "Protect",
            "objective": "Border management", "priority": "high", "quantity": "8"} | more  # fmt: skip


@pytest.fixture(autouse=True)
def _register() -> None:
    enter_register(AT)


@pytest.mark.skipif(not DATA.is_dir(), reason="the data at hand (../shared/data) is absent")
@pytest.mark.parametrize("name", REAL)
def test_a_real_file_applied_and_taken_back_leaves_the_registers_as_before(name: str) -> None:
    before = registers()
    imported = take_in((DATA / "iati" / name).read_bytes(), name)
    assert imported.created > 0
    after = registers()
    imported = take_back(imported)
    assert registers() == before
    assert (imported.state, imported.taken_back_reason) == (ImportState.TAKEN_BACK, WHY)
    assert set(imported.rows.exclude(back="").values_list("back", flat=True)) == {"removed"}
    assert Event.objects.filter(name="actions.action_removed").count() == imported.created
    assert_sound()
    again = apply(actions_operations.bring_again(imported, by=CONSOLE, at=at(60)), 61)
    assert again.state == ImportState.APPLIED
    assert {ref: facts[0] | {"parties": 0, "flows": 0} for ref, facts in registers()["actions"].items()} == {
        ref: facts[0] | {"parties": 0, "flows": 0} for ref, facts in after["actions"].items()
    }


@pytest.mark.skipif(not DATA.is_dir(), reason="the data at hand (../shared/data) is absent")
def test_a_newer_version_taken_back_returns_what_the_earlier_one_said() -> None:
    older, newer = sorted((DATA / "iati" / "versions").glob("*.xml"))[:2]
    take_in(older.read_bytes(), older.name)
    before = registers()
    imported = take_in(newer.read_bytes(), newer.name, 1)
    assert imported.changed > 0
    assert imported.created > 0
    assert imported.vanished + imported.returned > 0
    take_back(imported)
    assert registers() == before
    assert_sound()


changes = st.fixed_dictionaries(
    {},
    optional={
        "title": st.sampled_from(["Another title", "Action A-0"]),
        "beneficiaries": st.sampled_from(["", "AL; ME", "RS"]),
        "start_date": st.sampled_from(["", "2024", "2026-03-01"]),
        "end_date": st.sampled_from(["2027-06", "2026-01-01"]),
        "donor": st.sampled_from(["European Union {60%}; A donor nobody knows {40%}", "A third donor", ""]),
        "money_amount": st.sampled_from(["", "7", "1000.50"]),
        "pillar": st.sampled_from(["WBCTi", "WBBSi; WBCTi"]),
        "parent_ref": st.sampled_from(["A-0", "A-1"]),
    },
)
needs_changes = st.fixed_dictionaries(
    {},
    optional={
        "need": st.sampled_from(["Another need"]),
        "partner": st.sampled_from(["AL; ME", "RS"]),
        "priority": st.sampled_from(["", "low"]),
        "quantity": st.sampled_from(["", "9.5"]),
        "objective": st.sampled_from(["Another objective"]),
    },
)


@given(
    st.dictionaries(st.sampled_from(["A-0", "A-1", "A-2", "A-3"]), changes, min_size=1),
    st.dictionaries(st.sampled_from(["N-0", "N-1", "N-2"]), needs_changes, min_size=1),
)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_apply_and_take_back_is_as_if_nothing_was(
    actions: dict[str, dict[str, str]], needs: dict[str, dict[str, str]]
) -> None:
    with transaction.atomic():
        take_in(actions_file(row("A-0"), row("A-1", end_date="2026-12-31")), "first.csv")
        take_in(needs_file(need("N-0"), need("N-1", priority="")), "needs.csv")
        before = registers()
        one = take_in(actions_file(*(row(ref, **said) for ref, said in actions.items())), "second.csv", 1)
        other = take_in(needs_file(*(need(ref, **said) for ref, said in needs.items())), "more-needs.csv", 2)
        take_back(other, 3)
        take_back(one, 4)
        assert registers() == before
        assert_sound()
        transaction.set_rollback(True)


def test_a_record_that_somebody_has_spoken_about_stays_with_the_reason() -> None:
    take_in(needs_file(need("N-0", quantity="")), "needs.csv")
    take_in(actions_file(row("A-0")), "first.csv")
    refs = ["B-0", "B-1", "B-2", "B-3", "B-4"]
    imported = take_in(actions_file(*map(row, refs)), "second.csv", 1)
    needed = Need.objects.get(ref="N-0")
    of = {action.ref: action for action in Action.objects.all()}
    judge_response(needed, of["B-0"], Degree.FULL, "It does.", by=CONSOLE, at=at(2))
    relate_actions(of["B-1"], of["A-0"], RelationKind.PART_OF, "Both say so.", by=CONSOLE, at=at(2))
    actions_operations.confirm_action(of["B-2"], None, by=CONSOLE, at=at(2))
    take_in(actions_file(row("B-3")), "third.csv", 3)
    take_back(imported)
    left = {r.record_ref: (r.back, len(r.back_reasons)) for r in imported.rows.all()}
    assert left == {**dict.fromkeys(refs[:4], ("kept", 1)), "B-4": ("removed", 0)}
    assert not Action.objects.filter(ref="B-4").exists()
    assert Action.objects.filter(ref__in=refs, withdrawn_at=None).count() == 4
    assert_sound()


def test_a_fact_that_was_changed_or_confirmed_since_stays_and_the_others_return() -> None:
    take_in(actions_file(row("A-0")), "first.csv")
    changed = row("A-0", title="Wrong", summary="Wrong.", end_date="2027-01-01")
    imported = take_in(actions_file(changed), "second.csv", 1)
    action = Action.objects.get(ref="A-0")
    actions_operations.confirm_action(action, ["dates"], by=CONSOLE, at=at(2))
    take_back(imported)
    action.refresh_from_db()
    assert (action.title, action.summary, str(action.end_on)) == ("Action A-0", "", "2027-01-01")
    line = imported.rows.get()
    assert (line.back, line.back_reasons) == ("partly", ["Dates: changed or confirmed since."])
    assert action.origins["title"]["name"] == "first.csv" if "title" in action.origins else True
    assert_sound()


def test_a_need_that_was_confirmed_since_stays() -> None:
    imported = take_in(needs_file(need("N-0"), need("N-1")), "needs.csv")
    confirm_need(Need.objects.get(ref="N-0"), None, by=CONSOLE, at=at(2))
    take_back(imported)
    assert [n.ref for n in Need.objects.all()] == ["N-0"]


def test_a_body_that_was_confirmed_since_stays_in_the_register_and_its_record_goes() -> None:
    imported = take_in(actions_file(row("A-0")), "first.csv")
    body = Organisation.objects.get(name="Another donor")
    confirm_organisation(body, OrganisationKind.OTHER, by=CONSOLE, at=at(2))
    take_back(imported)
    assert not Action.objects.exists()
    assert Organisation.objects.filter(name="Another donor").exists()
    assert not Organisation.objects.filter(name="A donor nobody knows").exists()


def test_an_absence_that_somebody_decided_stays() -> None:
    take_in(actions_file(*map(row, ("A-0", "A-1", "A-2"))), "list.csv")
    newer = take_in(actions_file(row("A-0", title="Newer"), row("A-9")), "list.csv", 1)
    gone = Absence.objects.get(action__ref="A-1")
    actions_operations.decide_absences([gone], Fate.ENDED, "It has.", by=CONSOLE, at=at(2))
    take_back(newer)
    assert list(Absence.objects.values_list("action__ref", "fate")) == [("A-1", "ended")]
    assert Action.objects.get(ref="A-0").title == "Action A-0"


def test_a_need_that_was_completed_by_a_file_is_as_before() -> None:
    take_in(needs_file(need("N-0")), "needs.csv")
    before = registers()
    specific = {
        "body": "Border Police",
        "capability": "Checks",
        "needed_by": "2027-12",
        "met_when": "All check",
    }
    newer = take_in(needs_file(need("N-0", **specific)), "needs.csv", 1)
    assert Need.objects.get().met_when == "All check"
    take_back(newer)
    assert registers() == before
    assert_sound()


def test_what_a_file_of_needs_made_vanish_or_brought_back_is_missing_or_there_as_before() -> None:
    albania = Organisation.objects.get(code="AL")
    take_in(needs_file(need("N-0"), need("N-1"), need("N-2")), "needs.csv", 0, albania)
    second = take_in(needs_file(need("N-0"), need("N-1")), "needs.csv", 1, albania)
    gone = Absence.objects.get(need__ref="N-2")
    actions_operations.decide_absences([gone], Fate.WITHDRAWN, "No more.", by=CONSOLE, at=at(2))
    before = registers()
    third = take_in(needs_file(need("N-0"), need("N-2")), "needs.csv", 3, albania)
    assert set(Absence.objects.standing().values_list("need__ref", flat=True)) == {"N-1"}
    assert Need.objects.get(ref="N-2").state != "withdrawn"
    take_back(third)
    assert registers() == before
    assert Need.objects.get(ref="N-2").state == "withdrawn"
    assert second.pk != third.pk
    assert_sound()


def test_it_needs_a_reason_and_an_applied_file() -> None:
    imported = take_in(actions_file(row("A-0")), "first.csv")
    with pytest.raises(RuleRefused):
        take_back_import(imported, "  ", by=CONSOLE, at=at(2))
    take_back(imported)
    with pytest.raises(RuleRefused):
        take_back(imported)


def test_a_record_whose_twin_was_decided_with_the_file_is_withdrawn_and_counts_again_when_it_comes_again() -> (
    None
):
    take_in(actions_file(row("A-0")), "first.csv")
    received = actions_operations.receive_import(
        actions_file(row("B-0")), "second.csv", None, by=CONSOLE, at=at(1), examine_later=False
    )
    imported = actions_operations.examine_import(received, by=CONSOLE, at=at(1))
    near = [{"ref": "A-0", "evidence": "The two look alike."}]
    Import.objects.filter(pk=imported.pk).update(
        twins=[{"key": "B-0", "title": "B-0", "near": near}], twin_decisions={"B-0": "A-0"}
    )
    imported = actions_operations.apply_import(imported, by=CONSOLE, at=at(2))
    assert Relation.objects.get().state == "confirmed"
    take_back(imported)
    action = Action.objects.get(ref="B-0")
    assert action.withdrawn_at == at(50)
    assert imported.rows.get().back == "withdrawn"
    assert_sound()
    apply(actions_operations.bring_again(imported, by=CONSOLE, at=at(60)), 61)
    action.refresh_from_db()
    assert action.withdrawn_at is None
    assert_sound()


def test_the_page_says_beforehand_what_will_happen_and_afterwards_what_did(client: Client) -> None:
    take_in(actions_file(row("A-0")), "first.csv")
    changed = [row("A-0", title="Wrong"), row("B-0"), row("B-1")]
    imported = take_in(actions_file(*changed), "second.csv", 1)
    actions_operations.confirm_action(Action.objects.get(ref="B-1"), None, by=CONSOLE, at=at(2))
    client.force_login(make_person(Role.SECRETARIAT))
    address = reverse("take_import_back", args=[imported.pk])
    assert address in client.get(reverse("import_one", args=[imported.pk])).content.decode()
    page = client.get(address).content.decode()
    for words in (
        "Returns: Title",
        "Somebody has confirmed it since.",
        "What happens if this file is taken back?",
    ):
        assert words in page
    assert Action.objects.get(ref="A-0").title == "Wrong"
    assert "Say why in a sentence." in client.post(address, {"reason": " "}).content.decode()
    done = client.post(address, {"reason": WHY}, follow=True).content.decode()
    for words in (
        "The file is taken back.",
        "took it back on",
        "last year",
        "Somebody has confirmed it since.",
    ):
        assert words in done
    kept = client.get(address, {"outcome": "kept"}).content.decode()
    assert "B-1" in kept
    assert "B-0" not in kept
    again = client.get(reverse("import_one", args=[imported.pk])).content.decode()
    assert "Look at it again" in again
    assert reverse("action", args=["B-0"]) not in again
    assert "What became of its records" in again
    assert set(Action.objects.values_list("ref", "title")) == {("A-0", "Action A-0"), ("B-1", "Action B-1")}
    response = client.post(reverse("import_again", args=[imported.pk]))
    assert response.status_code == 302
    assert Import.objects.get(pk=imported.pk).state == ImportState.RECEIVED


def test_a_reporter_takes_back_its_own_files_only(client: Client) -> None:
    imported = take_in(actions_file(row("A-0")), "first.csv")
    client.force_login(make_person(Role.FOCAL_POINT, Organisation.objects.partners().get(code="AL")))
    assert client.get(reverse("take_import_back", args=[imported.pk])).status_code == 404
