"""What vanished from its source is noticed, never deleted; a person decides what it means and can take it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from iisg.foundations.access.actors import CONSOLE, Actor
from iisg.foundations.access.permits import RuleRefused
from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.factories import make_person
from iisg.foundations.audit.models import Event
from iisg.foundations.orgs.factories import make_organisation, make_partners
from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.actions import operations, provenance, versions
from iisg.knowledge.actions.factories import AT
from iisg.knowledge.actions.models import Absence, Action, Fate, Import, Stage
from iisg.knowledge.actions.tests.uploads import row, workbook

pytestmark = pytest.mark.django_db
MAY, JUNE, JULY = (AT + timedelta(days=days) for days in (120, 150, 180))
ALL = ("A-1", "A-2", "A-3", "A-4")


@pytest.fixture
def agency() -> Organisation:
    """A member that reports."""
    make_partners()
    return make_organisation("Agency for Borders")


def examined(agency: Organisation, refs: Sequence[str], at: datetime, name: str = "a.xlsx") -> Import:
    """A workbook with these records, examined."""
    content = workbook([row(ref) for ref in refs]).read()
    imported = operations.receive_import(content, name, agency, by=CONSOLE, at=at, examine_later=False)
    return operations.examine_import(imported, by=CONSOLE, at=at)


def applied(agency: Organisation, refs: Sequence[str], at: datetime, name: str = "a.xlsx") -> Import:
    """The same, applied."""
    return operations.apply_import(examined(agency, refs, at, name), by=CONSOLE, at=at)


def decide(ref: str, fate: str, by: Actor = CONSOLE, reason: str = "They wrote to us") -> Action:
    """A decision on the standing absence of an action."""
    [absence] = Absence.objects.standing().filter(action__ref=ref)
    operations.decide_absences([absence], fate, reason, by=by, at=JULY)
    return Action.objects.get(ref=ref)


def test_what_vanished_is_announced_then_noted_and_nothing_is_deleted(agency: Organisation) -> None:
    applied(agency, ALL, AT, "may.xlsx")
    imported = examined(agency, ["A-1", "A-5"], MAY)
    assert (str(imported.earlier), imported.vanished) == ("may.xlsx", 3)
    assert not Absence.objects.exists()
    imported = operations.apply_import(imported, by=CONSOLE, at=MAY)
    missing = Absence.objects.undecided().values_list("action__ref", flat=True)
    assert (list(missing), imported.vanished) == (["A-2", "A-3", "A-4"], 3)
    assert Action.objects.counted().count() == 5
    assert Event.objects.filter(name="actions.action_vanished").count() == 3
    assert applied(agency, ["A-1", "A-5"], JUNE).vanished == 0
    assert Absence.objects.count() == 3


def test_files_that_share_nothing_are_no_versions_of_each_other(agency: Organisation) -> None:
    applied(agency, ALL, AT)
    assert examined(agency, ["B-1", "B-2"], MAY).earlier is None
    other = make_organisation("Another member")
    assert examined(other, ALL, MAY).earlier is None


def test_the_file_that_came_first_is_the_older_one(agency: Organisation) -> None:
    """The files say nothing of their own day, so the order of receipt decides."""
    first = examined(agency, ALL, AT)
    applied(agency, ["A-1", "A-2"], MAY)
    Import.objects.filter(pk=first.pk).update(earlier=Import.objects.get(received_at=MAY))
    first.refresh_from_db()
    assert versions.is_older(first, first.earlier)
    assert operations.apply_import(first, by=CONSOLE, at=JUNE).vanished == 0


def test_a_refused_record_has_not_vanished(agency: Organisation) -> None:
    applied(agency, ALL, AT)
    content = workbook([row("A-1"), row("A-2", place="Atlantis"), row("A-3"), row("A-4")]).read()
    imported = operations.receive_import(content, "b.xlsx", agency, by=CONSOLE, at=MAY, examine_later=False)
    imported = operations.examine_import(imported, by=CONSOLE, at=MAY)
    assert (imported.refused, imported.vanished) == (1, 0)


def test_each_decision_does_what_it_says_and_can_be_taken_back(agency: Organisation) -> None:
    applied(agency, ALL, AT)
    Action.objects.filter(ref="A-2").update(stage=Stage.IMPLEMENTATION)
    applied(agency, ["A-1"], MAY)
    ended = decide("A-2", Fate.ENDED)
    assert ended.stage == Stage.COMPLETED
    assert provenance.standing(ended, "stage").origin.how is provenance.How.SECRETARIAT
    kept = decide("A-3", Fate.KEPT)
    assert (kept.stage, kept.withdrawn_at) == ("", None)
    withdrawn = decide("A-4", Fate.WITHDRAWN)
    assert withdrawn.withdrawn_at == JULY
    assert withdrawn not in Action.objects.counted()
    assert not Absence.objects.undecided().exists()

    assert decide("A-2", Fate.WITHDRAWN).stage == Stage.IMPLEMENTATION
    back = decide("A-2", "", reason="")
    assert (back.stage, back.withdrawn_at, provenance.standing(back, "stage").origin.how) == (
        Stage.IMPLEMENTATION, None, provenance.How.FILE
    )  # fmt: skip
    assert decide("A-4", Fate.KEPT) in Action.objects.counted()
    told = Event.objects.filter(on="actions.action:A-4", name="actions.absence_decided").order_by("number")
    assert [event.facts["fate"] for event in told] == ["withdrawn", "kept"]
    absence = Absence.objects.get(action__ref="A-4")
    assert (absence.decided_by_label, absence.reason) == (CONSOLE.label, "They wrote to us")


def test_what_became_of_other_facts_meanwhile_is_not_taken_back(agency: Organisation) -> None:
    applied(agency, ALL, AT)
    applied(agency, ["A-1"], MAY)
    action = decide("A-2", Fate.ENDED)
    operations.confirm_action(action, ["title"], by=CONSOLE, at=JUNE)
    action = decide("A-2", Fate.KEPT)
    assert action.stage == ""
    assert set(action.confirmed) == {"title"}
    assert set(action.origins) == {provenance.REST}


def test_deciding_the_same_again_leaves_no_event(agency: Organisation) -> None:
    applied(agency, ALL, AT)
    applied(agency, ["A-1"], MAY)
    decide("A-2", Fate.KEPT)
    before = Event.objects.count()
    decide("A-2", Fate.KEPT)
    assert Event.objects.count() == before


def test_what_comes_back_is_told_and_counts_again(agency: Organisation) -> None:
    applied(agency, ALL, AT)
    applied(agency, ["A-1", "A-2"], MAY)
    decide("A-3", Fate.WITHDRAWN)
    assert examined(agency, ALL, JUNE).returned == 2
    imported = applied(agency, ALL, JUNE)
    assert (imported.returned, imported.vanished) == (2, 0)
    absence = Absence.objects.get(action__ref="A-3")
    assert (absence.returned_in, absence.fate) == (imported, Fate.WITHDRAWN)
    assert absence.action in Action.objects.counted()
    assert Event.objects.filter(name="actions.action_returned").count() == 2
    with pytest.raises(RuleRefused, match="stands in its source's file again"):
        operations.decide_absences([absence], Fate.KEPT, "late", by=CONSOLE, at=JULY)
    assert applied(agency, ["A-1", "A-2", "A-4"], JULY).vanished == 1


def test_a_member_decides_of_its_own_records_only(agency: Organisation) -> None:
    applied(agency, ALL, AT)
    applied(agency, ["A-1"], MAY)
    own = make_person(Role.FOCAL_POINT, agency)
    other = make_person(Role.FOCAL_POINT, make_organisation("Another member"))
    with pytest.raises(RuleRefused, match="for which you do not speak"):
        decide("A-2", Fate.ENDED, other)
    ended = decide("A-2", Fate.ENDED, own)
    stage = provenance.standing(ended, "stage").origin
    assert (stage.how, stage.name) == (provenance.How.MEMBER, "Agency for Borders")
    with pytest.raises(RuleRefused, match="no such decision"):
        decide("A-3", "burnt", own)


def test_the_database_keeps_one_standing_absence_and_the_evidence_of_a_decision(agency: Organisation) -> None:
    applied(agency, ALL, AT)
    applied(agency, ["A-1"], MAY)
    absence = Absence.objects.get(action__ref="A-2")
    with pytest.raises(IntegrityError), transaction.atomic():
        Absence.objects.create(action=absence.action, file_name="x", noticed_at=AT)
    absence.fate = Fate.KEPT
    with pytest.raises(IntegrityError), transaction.atomic():
        absence.save()
