"""A need is recorded as stated, brought in step when it changes, and says what it still lacks."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from iisg.foundations.access.actors import CONSOLE
from iisg.foundations.access.permits import RuleRefused
from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.factories import make_person
from iisg.foundations.audit.models import Event
from iisg.foundations.core.findings import Finding, Grade
from iisg.foundations.orgs.factories import make_organisation, make_partner, make_partners
from iisg.knowledge.needs import operations, rules
from iisg.knowledge.needs.factories import make_need, make_objective
from iisg.knowledge.needs.models import FrameworkVersion, Need, NeedState, Objective, Placement
from iisg.knowledge.needs.operations import FrameworkLine
from iisg.knowledge.needs.records import NeedRecord

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
STATED = NeedRecord(
    "NEED-1",
    "line 2",
    title="Thermal imaging devices",
    pillars=("WBBSi", "WBCTi"),
    partners=("BA",),
    four_p="Protect",
    objective="Border surveillance",
    kinds=("operational",),
    perspective="prevention",
    quantity=Decimal(66),
    unit="pieces",
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def partners() -> None:
    make_partners()


def test_a_need_is_recorded_once_with_its_places_in_the_framework() -> None:
    need, changes = operations.record_need(STATED, by=CONSOLE, at=AT)
    assert [name for name, *_ in changes]
    assert (need.kinds, str(need.quantity), str(need.state)) == (("operational",), "66", "compiled")
    assert {p.objective.pillar_id for p in need.placements.all()} == {"WBBSi", "WBCTi"}
    again, unchanged = operations.record_need(STATED, by=CONSOLE, at=AT + timedelta(days=1))
    assert (again.pk, unchanged) == (need.pk, [])
    assert Event.objects.filter(name="needs.need_recorded").count() == 1
    assert not Event.objects.filter(name="needs.need_changed").exists()


def test_a_change_is_recorded_field_by_field_and_silent_fields_keep_what_is_there() -> None:
    operations.record_need(replace(STATED, priority="high"), by=CONSOLE, at=AT)
    later = replace(STATED, title="Thermal cameras", pillars=("WBBSi",), priority="", silent=("priority",))
    need, changes = operations.record_need(later, by=CONSOLE, at=AT)
    assert [name for name, *_ in changes] == ["title", "placements"]
    need.refresh_from_db()
    assert (need.title, need.priority, need.placements.count()) == ("Thermal cameras", "high", 1)
    facts: Any = Event.objects.get(name="needs.need_changed").facts
    assert facts["changed"]["title"] == ["Thermal imaging devices", "Thermal cameras"]


def test_a_measure_stays_where_the_file_does_not_speak_of_measures() -> None:
    line = FrameworkLine("WBBSi", "Protect", "Border surveillance", "BS-1", "Sensors and cameras")
    operations.enter_framework("f", "Framework", [line], by=CONSOLE, at=AT, valid_from=date(2026, 1, 1))
    stated = replace(STATED, pillars=("WBBSi",))
    need, _ = operations.record_need(stated, by=CONSOLE, at=AT)
    objective = Objective.objects.get(folded="border surveillance")
    operations.place_need(need, objective, objective.measures.get(), by=CONSOLE, at=AT)
    unmeasured = replace(stated, silent=("placements.measure",))
    again, changes = operations.record_need(unmeasured, by=CONSOLE, at=AT)
    assert not changes
    assert again.placements.get().measure is not None
    assert Placement.objects.count() == 1


def test_an_objective_that_nobody_knows_is_added_to_the_draft_framework() -> None:
    operations.record_need(STATED, by=CONSOLE, at=AT)
    assert FrameworkVersion.objects.get().adopted is False
    assert Objective.objects.filter(title="Border surveillance").count() == 2


def test_a_refused_record_never_slips_in() -> None:
    bad = replace(STATED, findings=[Finding(Grade.ERROR, "x", "The quantity is no number.")])
    with pytest.raises(RuleRefused):
        operations.record_need(bad, by=CONSOLE, at=AT)
    assert not Need.objects.exists()


def test_a_coordinator_states_only_the_own_partners_needs() -> None:
    coordinator = make_person(Role.NATIONAL_COORDINATOR, make_partner("BA"))
    need, _ = operations.record_need(STATED, by=coordinator, at=AT)
    assert need.pk
    with pytest.raises(RuleRefused, match="do not speak for: RS"):
        operations.record_need(replace(STATED, ref="NEED-2", partners=("RS",)), by=coordinator, at=AT)


def test_a_need_says_what_it_lacks_before_it_can_be_submitted() -> None:
    vague = make_need(is_operational=False, quantity=Decimal(3))
    assert {f.code for f in rules.what_is_missing(vague)} == {
        "needs.no-body", "needs.no-capability", "needs.no-day", "needs.no-test", "needs.no-kind", "needs.no-unit"
    }  # fmt: skip
    clear = make_need(
        body=make_organisation("Border Police"),
        capability="See at night",
        needed_by=date(2027, 6, 30),
        met_when="All posts report by night",
    )
    assert not list(rules.what_is_missing(clear))
    assert clear.needed_in_past(date(2028, 1, 1))


def test_questions_about_needs() -> None:
    border = make_need("Thermal cameras", partners=("AL", "RS"))
    draft = make_need(state=NeedState.DRAFT)
    crime = make_need("Отварање канцеларије", partners=("MK",), measures=[])
    Placement.objects.create(need=crime, objective=make_objective("WBCSCi", "Respond", "Asset recovery"))
    assert set(Need.objects.counted()) == {border, crime}
    assert list(Need.objects.of_partner("RS")) == [border]
    assert list(Need.objects.under_pillar("WBCSCi")) == [crime]
    assert list(Need.objects.matching("kancelarije")) == [crime]
    assert not Need.objects.visible_to(make_person(Role.APPLICANT)).exists()
    assert draft in Need.objects.visible_to(make_person(Role.OBSERVER, make_organisation()))
