"""A need that its partner's newer file no longer has: noticed, decided by a person, counted nowhere once withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.test import Client

from iisg.foundations.access.actors import CONSOLE, Actor
from iisg.foundations.access.permits import RuleRefused
from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.factories import make_person
from iisg.foundations.audit.models import Event
from iisg.foundations.orgs.factories import make_partners
from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.actions import operations
from iisg.knowledge.actions.factories import AT
from iisg.knowledge.actions.models import Absence, Fate, Import
from iisg.knowledge.actions.tests.uploads import workbook
from iisg.knowledge.needs.factories import make_need
from iisg.knowledge.needs.models import Need, NeedState

pytestmark = pytest.mark.django_db
MAY, JUNE, JULY = (AT + timedelta(days=days) for days in (120, 150, 180))
HEADERS = ("ref", "need", "partner", "priority", "quantity", "unit")
ALL = ("N-1", "N-2", "N-3", "N-4")


@pytest.fixture(autouse=True)
def albania() -> Organisation:
    """A partner that states its needs."""
    make_partners()
    return Organisation.objects.get(code="AL")


def examined(
    sender: Organisation | None, refs: Sequence[str], at: datetime, name: str = "needs.xlsx", **other: str
) -> Import:
    """A file with these needs, of Albania or of the partner named in `other`, looked at."""
    rows = [
        (ref, f"Cameras for {ref}", other.get(ref.replace("-", "_"), "AL"), "high", 5, "cameras")
        for ref in refs
    ]
    content = workbook(rows, HEADERS, name).read()
    imported = operations.receive_import(content, name, sender, by=CONSOLE, at=at, examine_later=False)
    return operations.examine_import(imported, by=CONSOLE, at=at)


def applied(
    sender: Organisation | None, refs: Sequence[str], at: datetime, name: str = "needs.xlsx", **other: str
) -> Import:
    """The same, applied."""
    return operations.apply_import(examined(sender, refs, at, name, **other), by=CONSOLE, at=at)


def decide(ref: str, fate: str, by: Actor = CONSOLE, reason: str = "They wrote to us") -> Need:
    """A decision on the standing absence of a need."""
    [absence] = Absence.objects.standing().filter(need__ref=ref)
    operations.decide_absences([absence], fate, reason, by=by, at=JULY)
    return Need.objects.get(ref=ref)


def missing() -> list[str]:
    """References of the needs that are noted as missing."""
    return list(Absence.objects.standing().order_by("need__ref").values_list("need__ref", flat=True))


def test_a_newer_file_of_the_partner_tells_which_needs_are_gone_and_deletes_none(
    albania: Organisation,
) -> None:
    applied(albania, ALL, AT, "may.xlsx")
    imported = examined(albania, ["N-1", "N-5"], MAY, "other-name.xlsx")
    assert (str(imported.earlier), imported.publisher, imported.vanished) == ("may.xlsx", albania, 3)
    assert not Absence.objects.exists()
    imported = operations.apply_import(imported, by=CONSOLE, at=MAY)
    assert (imported.vanished, missing()) == (3, ["N-2", "N-3", "N-4"])
    assert Need.objects.counted().count() == 5
    assert Event.objects.filter(name="needs.need_vanished").count() == 3
    assert applied(albania, ["N-1", "N-5"], JUNE).vanished == 0


def test_less_than_a_quarter_is_an_extract(albania: Organisation) -> None:
    applied(albania, [*ALL, "N-5"], AT)
    assert examined(albania, ["N-1"], MAY).earlier is None


def test_needs_of_another_partner_and_of_no_file_never_vanish(albania: Organisation) -> None:
    """Two coordinators send files of the same columns; a compiled one of all holds both partners' needs."""
    make_need("HAND-1", partners=("AL",))
    applied(albania, ALL, AT)
    assert (
        examined(Organisation.objects.get(code="RS"), ["N-1", "S-1"], MAY, N_1="RS", S_1="RS").earlier is None
    )
    both = [*ALL, "K-1"]
    applied(None, both, MAY, K_1="XK")
    imported = applied(None, ["N-1", "N-2"], JUNE)
    assert (imported.vanished, missing()) == (2, ["N-3", "N-4"])


def test_where_nobody_sends_it_a_file_of_other_columns_is_no_version(albania: Organisation) -> None:
    applied(None, ALL, AT, "one.xlsx")
    content = workbook([("N-1", "Cameras for N-1", "AL")], HEADERS[:3], "two.xlsx").read()
    imported = operations.receive_import(content, "two.xlsx", None, by=CONSOLE, at=MAY, examine_later=False)
    assert operations.examine_import(imported, by=CONSOLE, at=MAY).earlier is None


def test_each_decision_can_be_taken_back(albania: Organisation) -> None:
    applied(albania, ALL, AT)
    applied(albania, ["N-1"], MAY)
    Need.objects.filter(ref="N-4").update(state=NeedState.ADOPTED)
    assert decide("N-3", Fate.KEPT).state == NeedState.COMPILED
    withdrawn = decide("N-4", Fate.WITHDRAWN)
    assert (withdrawn.state, withdrawn.changed_at) == (NeedState.WITHDRAWN, JULY)
    assert withdrawn not in Need.objects.counted()
    assert decide("N-4", "", reason="").state == NeedState.ADOPTED
    decide("N-4", Fate.WITHDRAWN)
    assert decide("N-4", Fate.KEPT, reason="A mistake").state == NeedState.ADOPTED
    told = Event.objects.filter(on="needs.need:N-4", name="actions.absence_decided").order_by("number")
    assert [event.facts["fate"] for event in told] == ["withdrawn", "", "withdrawn", "kept"]


def test_what_comes_back_counts_again_as_it_did(albania: Organisation) -> None:
    applied(albania, ALL, AT)
    applied(albania, ["N-1", "N-2"], MAY)
    decide("N-3", Fate.WITHDRAWN)
    imported = applied(albania, ALL, JUNE)
    assert (imported.returned, imported.vanished, missing()) == (2, 0, [])
    assert Need.objects.get(ref="N-3").state == NeedState.COMPILED
    assert Event.objects.filter(name="needs.need_returned").count() == 2


def test_only_those_decide_who_speak_for_the_partner_and_no_need_ends(albania: Organisation) -> None:
    applied(albania, ALL, AT)
    applied(albania, ["N-1"], MAY)
    for role, code in ((Role.NATIONAL_COORDINATOR, "RS"), (Role.FOCAL_POINT, "AL")):
        other = make_person(role, Organisation.objects.get(code=code))
        with pytest.raises(RuleRefused):
            decide("N-2", Fate.WITHDRAWN, other)
    own = make_person(Role.NATIONAL_COORDINATOR, albania)
    with pytest.raises(RuleRefused, match="no stage that ends"):
        decide("N-2", Fate.ENDED, own)
    assert decide("N-2", Fate.WITHDRAWN, own).state == NeedState.WITHDRAWN


def test_the_database_keeps_an_absence_to_one_record(albania: Organisation) -> None:
    applied(albania, ALL, AT)
    applied(albania, ["N-1"], MAY)
    absence = Absence.objects.get(need__ref="N-2")
    for facts in ({"need": absence.need}, {}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Absence.objects.create(file_name="x", noticed_at=AT, **facts)
    absence.fate, absence.decided_at = Fate.ENDED, AT
    with pytest.raises(IntegrityError), transaction.atomic():
        absence.save()


def test_the_pages_tell_it_and_a_withdrawn_need_is_in_none_of_the_lists(
    albania: Organisation, client: Client
) -> None:
    applied(albania, ALL, AT)
    client.force_login(make_person(Role.NATIONAL_COORDINATOR, albania))

    def page(address: str) -> str:
        response = client.get(address)
        assert response.status_code == 200, address
        return " ".join(response.content.decode().split())

    imported = examined(albania, ["N-1", "N-3"], MAY)
    assert "<strong>2 records</strong> of the last file are not in this one" in page(
        f"/imports/{imported.pk}/"
    )
    before = page(f"/imports/{imported.pk}/missing/")
    assert 'href="/needs/N-2/"' in before
    assert "Save these decisions" not in before
    operations.apply_import(imported, by=CONSOLE, at=MAY)
    assert "Say what that means: 2 wait" in page(f"/imports/{imported.pk}/")
    assert f'href="/imports/{imported.pk}/missing/"' in page("/desk/")
    missing_page = page(f"/imports/{imported.pk}/missing/")
    assert "its source has withdrawn it" in missing_page
    assert 'value="ended"' not in missing_page
    every = {"everyone": "1", "all-fate": "kept", "all-reason": "Both are still needed"}
    client.post(f"/imports/{imported.pk}/missing/", every)
    assert set(Absence.objects.values_list("fate", flat=True)) == {Fate.KEPT}
    assert "No longer in its source's file." in page("/needs/N-2/").replace("&#x27;", "'")
    client.post("/needs/N-2/absence/", {"fate": "withdrawn", "reason": "Bought by ourselves"})
    assert Need.objects.get(ref="N-2").state == NeedState.WITHDRAWN
    assert "Bought by ourselves" in page("/needs/N-2/")
    for address in ("/needs/", "/gaps/?list=gap", "/gaps/?list=not_known", "/coverage/"):
        assert "N-2" not in page(address), address


def test_files_taken_in_before_are_versions_too(albania: Organisation) -> None:
    """Before the house said so no file of needs had a publisher; the migration names its sender."""
    first = applied(albania, ALL, AT)
    Import.objects.filter(pk=first.pk).update(publisher=None)
    name_senders = import_module("iisg.knowledge.actions.migrations.0011_senders_of_needs").name_senders
    name_senders(apps, None)
    assert examined(albania, ["N-1"], MAY).earlier == first
