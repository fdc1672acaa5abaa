"""What must hold before an action is recorded or a file is applied."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.roles import Can
from iisg.foundations.core.findings import Finding, Grade
from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.actions.models import Action, Import
from iisg.knowledge.actions.records import ActionRecord


def may_record(
    by: Actor, record: ActionRecord, reporter: Organisation | None, existing: Action | None
) -> Iterator[Finding]:
    """A member reports its own actions; a refused record never slips in; nobody rewrites another's report."""
    yield from (finding for finding in record.findings if finding.refuses)
    if Can.IMPORT_ANY_RECORDS in by.powers:
        return
    own = by.organisation_keys
    if reporter is None or reporter.pk not in own:
        yield Finding(
            Grade.ERROR,
            "actions.other-reporter",
            _("The record is reported by %(other)s, for which you do not speak.")
            % {"other": reporter or _("nobody named")},
            record.place,
            _("Report your own organisation's actions, or ask the Secretariat to import this file."),
        )
    elif existing is not None and existing.reporter_id not in own:
        yield Finding(
            Grade.ERROR,
            "actions.other-record",
            _("The reference %(ref)s belongs to a record of another reporter.") % {"ref": existing.ref},
            record.place,
            _("Give your record a reference of its own."),
        )


def may_apply(imported: Import) -> Iterator[Finding]:
    """Only an examined file is applied, and only while its names are decided (never created twice in silence)."""
    if not Import.flow.allows(imported, "apply"):
        yield Finding(
            Grade.ERROR,
            "imports.not-examined",
            _("The file is “%(state)s”, so it cannot be applied.") % {"state": imported.get_state_display()},
            cure=_("Open it again and look at what was found."),
        )


def undecided_names(imported: Import) -> list[dict[str, object]]:
    """New names that resemble a known organisation and about which nobody has decided yet."""
    return [
        name
        for name in imported.new_organisations
        if isinstance(name, dict) and name.get("near") and name.get("name") not in imported.decisions
    ]
