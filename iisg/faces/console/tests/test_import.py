"""`iisg import`: in whose name a file is taken in, and that looking leaves nothing behind."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client

from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.factories import make_person
from iisg.foundations.audit.models import Event
from iisg.foundations.orgs.factories import make_organisation, make_partners
from iisg.foundations.orgs.models import Alias, Organisation
from iisg.knowledge.actions.factories import add_party, make_action
from iisg.knowledge.actions.models import Action, Import, PartyRole
from iisg.knowledge.actions.tests.uploads import apply, row, send, workbook
from iisg.knowledge.responses.models import Relation, RelationState

pytestmark = pytest.mark.django_db
Printed = pytest.CaptureFixture[str]
ROWS = [row("B-1", "Training of border guards"), row("B-2", "Joint patrols", place="ME; RS")]


@pytest.fixture
def agency() -> Organisation:
    """A member that also goes by a short name."""
    make_partners()
    agency = make_organisation("Agency for Borders", ref="agency-for-borders")
    Alias.objects.create(organisation=agency, name="AfB", folded="afb")
    return agency


@pytest.fixture
def applied(client: Client, agency: Organisation) -> Organisation:
    """The member, once it has applied a workbook on the page."""
    client.force_login(make_person(Role.FOCAL_POINT, agency))
    apply(client, send(client, workbook(ROWS)))
    return agency


def saved(folder: Path, file: SimpleUploadedFile) -> str:
    """The path of a file as the console gets it."""
    path = folder / str(file.name)
    path.write_bytes(file.read())
    return str(path)


def imported(capsys: Printed, path: str, **options: Any) -> tuple[object, dict[str, Any], str]:
    """(exit code, the line of the file, all that was printed)."""
    with pytest.raises(SystemExit) as ended:
        call_command("import", path, format="json", **options)
    out = capsys.readouterr().out
    (line,) = next(iter(json.loads(out).values()))
    return ended.value.code, line, out


@pytest.mark.parametrize("name", ["agency-for-borders", "AfB", "afb"])
def test_what_a_member_applied_is_recognised_when_its_reporter_is_named(
    name: str, applied: Organisation, tmp_path: Path, capsys: Printed
) -> None:
    code, line, _out = imported(capsys, saved(tmp_path, workbook(ROWS)), reported_by=name)
    assert (code, line["unchanged"], line["created"], line["refused"]) == (0, 2, 0, 0)
    assert set(Action.objects.values_list("ref", "reporter")) == {("B-1", applied.pk), ("B-2", applied.pk)}


@pytest.mark.parametrize("dry_run", [True, False])
def test_nothing_is_doubled_in_silence_where_nobody_is_named(
    dry_run: bool, applied: Organisation, tmp_path: Path, capsys: Printed
) -> None:
    path = saved(tmp_path, workbook([*ROWS, row("B-9", "Study visits")]))
    code, line, out = imported(capsys, path, dry_run=dry_run)
    assert (code, line["created"], line["refused"]) == (1, 1, 2)
    assert "Agency for Borders (agency-for-borders) already reports a record under the reference B-1" in out
    assert "--reported-by agency-for-borders" in out
    assert Action.objects.count() == (2 if dry_run else 3)


def test_the_page_of_the_secretariat_says_the_same(client: Client, applied: Organisation) -> None:
    client.force_login(make_person(Role.SECRETARIAT))
    found = send(client, workbook(ROWS))
    assert (found.created, found.refused) == (0, 2)
    assert {f["code"] for r in found.rows.all() for f in r.findings} == {"imports.someone-elses-reference"}
    named = send(client, workbook(ROWS), reporter=applied.ref)
    assert (named.unchanged, named.refused) == (2, 0)


def test_a_reporter_who_applies_between_examining_and_applying_is_not_doubled(
    client: Client, agency: Organisation
) -> None:
    secretariat, member = make_person(Role.SECRETARIAT), make_person(Role.FOCAL_POINT, agency)
    client.force_login(secretariat)
    waiting = send(client, workbook(ROWS))
    assert waiting.created == 2
    client.force_login(member)
    apply(client, send(client, workbook(ROWS)))
    client.force_login(secretariat)
    assert apply(client, waiting).refused == 2
    assert Action.objects.count() == 2


@pytest.mark.parametrize(("elsewhere", "code", "created"), [(False, 1, 0), (True, 0, 2)])
def test_a_file_about_elsewhere_needs_a_word(
    elsewhere: bool, code: int, created: int, agency: Organisation, tmp_path: Path, capsys: Printed
) -> None:
    rows = [[f"P-{n}", "Water", "Peru"] for n in (1, 2)]
    path = saved(tmp_path, workbook(rows, ("ref", "title", "other_beneficiaries", "kind")))
    ended, line, out = imported(capsys, path, elsewhere=elsewhere)
    assert (ended, line["created"], Action.objects.count()) == (code, created, created)
    assert ("--elsewhere takes them in" in out) is not elsewhere


def test_what_the_house_itself_entered_is_still_its_own(
    agency: Organisation, tmp_path: Path, capsys: Printed
) -> None:
    path = saved(tmp_path, workbook(ROWS))
    imported(capsys, path)
    code, line, _out = imported(capsys, path, reported_by="AfB")
    assert (code, line["created"]) == (0, 2)
    code, line, _out = imported(capsys, path)
    assert (code, line["unchanged"]) == (0, 2)


def test_an_unknown_reporter_ends_with_2_and_a_sentence(
    agency: Organisation, tmp_path: Path, capsys: Printed
) -> None:
    with pytest.raises(SystemExit) as ended:
        call_command("import", saved(tmp_path, workbook(ROWS)), reported_by="Nobody at all")
    assert ended.value.code == 2
    assert "'Nobody at all' is no organisation that this house knows." in capsys.readouterr().err
    assert not Import.objects.exists()


@pytest.mark.parametrize(
    ("file", "code", "said"),
    [
        (lambda: workbook([["B-1", "Grenzschutz", "AL"]], ("Kennziffer", "Titel", "Land")), 2, "not known"),
        (lambda: SimpleUploadedFile("empty.csv", b""), 2, "critical"),
        (lambda: workbook(ROWS), 0, "examined"),
    ],
)
def test_looking_leaves_nothing_on_anybodys_desk(
    file: Any, code: int, said: str, agency: Organisation, tmp_path: Path, capsys: Printed
) -> None:
    events = Event.objects.count()
    found, _line, out = imported(capsys, saved(tmp_path, file()), dry_run=True)
    assert found == code
    assert said in out
    assert not Import.objects.exists()
    assert not Action.objects.exists()
    assert Event.objects.count() == events


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


def file_with_a_twin(folder: Path) -> str:
    rows = [row("X-1", TITLE, "Agency for cameras"), row("X-2", "Witness protection units in other towns")]
    return saved(folder, workbook(rows))


def test_likely_twins_are_shown_and_become_proposals_where_nothing_is_said(
    recorded: Action, tmp_path: Path, capsys: Printed
) -> None:
    path = file_with_a_twin(tmp_path)
    for dry_run in (True, False):
        code, line, out = imported(capsys, path, dry_run=dry_run)
        assert (code, line["created"]) == (0, 2)
        (twin,) = json.loads(out)["Likely twins"]
        assert (twin["record"], twin["recorded"], twin["said"]) == ("X-1", "ACT-1", "nothing yet")
        assert Relation.objects.exists() is not dry_run
    assert Relation.objects.get().state == RelationState.PROPOSED


def test_what_to_say_of_a_likely_twin_stands_below_it(
    recorded: Action, tmp_path: Path, capsys: Printed
) -> None:
    with pytest.raises(SystemExit):
        call_command("import", file_with_a_twin(tmp_path), dry_run=True, format="csv")
    assert "--same X-1=ACT-1 or --not-same X-1" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("said", "state"),
    [({"same": ["X-1=ACT-1"]}, RelationState.CONFIRMED), ({"not_same": ["X-1"]}, RelationState.REJECTED)],
)
def test_what_the_operator_says_of_a_twin_is_carried_out(
    said: dict[str, list[str]],
    state: RelationState,
    recorded: Action,
    tmp_path: Path,
    capsys: Printed,
) -> None:
    code, _line, out = imported(capsys, file_with_a_twin(tmp_path), **said)
    assert code == 0
    assert Relation.objects.get().state == state
    assert "nothing yet" not in out


@pytest.mark.parametrize(
    "said", [{"same": ["X-1=ACT-7"]}, {"not_same": ["X-2"]}], ids=["another action", "no twin"]
)
def test_a_word_about_what_was_not_shown_applies_nothing(
    said: dict[str, list[str]], recorded: Action, tmp_path: Path, capsys: Printed
) -> None:
    code, line, out = imported(capsys, file_with_a_twin(tmp_path), **said)
    assert (code, line["state"]) == (2, "not applied")
    assert "another action was named than was shown" in out
    assert Action.objects.count() == 1
    assert Import.objects.get().state == "discarded"


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"same": ["X-1"]}, "as in X-1=ACT-001"),
        ({"same": ["X-1=ACT-1"], "no_twins": True}, "leave --no-twins out."),
        ({"same": ["X-1=ACT-1"], "not_same": ["X-1"]}, "Two things are said of the record X-1."),
    ],
)
def test_a_word_that_cannot_be_read_ends_with_2(
    options: dict[str, list[str]], sentence: str, recorded: Action, tmp_path: Path, capsys: Printed
) -> None:
    with pytest.raises(SystemExit) as ended:
        call_command("import", file_with_a_twin(tmp_path), **options)
    assert ended.value.code == 2
    assert sentence in capsys.readouterr().err
    assert not Import.objects.exists()
