"""A focal point sends in a workbook with a bad row, applies the rest, and sends the same file again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.factories import make_person
from iisg.foundations.audit import trail
from iisg.foundations.audit.models import Event
from iisg.foundations.orgs.factories import make_organisation, make_partners
from iisg.knowledge.actions.models import Action, ImportState
from iisg.knowledge.actions.tests.uploads import apply, row, send, workbook

pytestmark = pytest.mark.django_db

ROWS = [
    row("B-1", "Training of border guards"),
    row("B-2", "Cameras for the green border", place="Atlantis"),
    row("B-3", "Joint patrols", place="ME; RS"),
]


def test_a_bad_row_stays_out_the_rest_is_applied_and_the_second_time_nothing_changes(client: Client) -> None:
    make_partners()
    agency = make_organisation("Agency for Borders")
    client.force_login(make_person(Role.FOCAL_POINT, agency))

    imported = send(client, workbook(ROWS))
    page = client.get(f"/imports/{imported.pk}/").content.decode()
    assert "sheet &#x27;Actions&#x27;, cell E3" in page
    assert "is none of the Western Balkans partners" in page
    assert "Applying it enters 2 new records. 1 record is refused and stays out." in page
    assert not Action.objects.exists()

    imported = apply(client, imported)
    assert (imported.state, imported.created, imported.refused) == (ImportState.APPLIED, 2, 1)
    assert set(Action.objects.values_list("ref", "reporter")) == {("B-1", agency.pk), ("B-3", agency.pk)}
    assert "What did this file change?" in client.get(f"/imports/{imported.pk}/").content.decode()
    assert [r.record_ref for r in imported.rows.all()] == ["B-1", "", "B-3"]

    again = send(client, workbook(ROWS))
    assert (again.created, again.changed, again.unchanged, again.refused) == (0, 0, 2, 1)
    page = client.get(f"/imports/{again.pk}/").content.decode()
    assert "applying it would change nothing" in page
    assert f"/imports/{again.pk}/apply/" not in page
    assert trail.first_broken() is None
    assert Event.objects.filter(name="imports.file_applied").count() == 1


def test_page_and_console_count_alike(
    client: Client, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_partners()
    client.force_login(make_person(Role.SECRETARIAT))
    file = workbook([*ROWS, row("B-4", "Study visits", "A body that nobody knows")])
    path = tmp_path / "actions.xlsx"
    path.write_bytes(file.read())
    file.seek(0)
    imported = send(client, file)
    with pytest.raises(SystemExit) as ended:
        call_command("import", str(path), dry_run=True, format="json")
    printed = json.loads(capsys.readouterr().out)
    summary = next(part for part in printed.values() if part and "created" in part[0])[0]
    assert ended.value.code == 1
    page = {
        name: getattr(imported, name) for name in ("created", "changed", "unchanged", "refused", "warnings")
    }
    assert {name: summary[name] for name in page} == page
    assert summary["new_names"] == len(imported.new_organisations) == 1
