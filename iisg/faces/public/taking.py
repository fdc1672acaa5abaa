"""Public projects as files: the facts of the public pages and nothing more (rules.md 7).

The files hold each record in part only, so they are not read back: their first column is not the `ref` of an import,
and their IATI says that it is the public part.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _

from iisg.faces.public.projects import PublicProject, public_projects
from iisg.foundations.core.handling import Marking
from iisg.foundations.core.tables import Table, Value
from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.actions.models import Action
from iisg.knowledge.actions.partner_names import in_order
from iisg.knowledge.actions.records import ActionRecord, PartyRecord
from iisg.knowledge.analysis.exporting import Extract

AT_ONCE = 500
_COLUMNS = (
    "info_reference", "project", "language", "title_in_original", "original_language", "donors", "implementers",
    "partners_named", "partners_as_part_of_the_region", "pillars", "under_way", "source",
)  # fmt: skip


def projects_extract(refs: Sequence[str], day: date) -> Extract:
    """The published actions of these references, in their order; whether they are under way on the day."""

    def rows() -> Iterator[Mapping[str, Value]]:
        return (_row(project) for project in _projects(refs, day))

    return Extract(
        what="projects",
        title=_("Public projects"),
        count=len(refs),
        tables=lambda: (Table(_("Projects"), _COLUMNS, rows(), frozenset({"project"})),),
        flat=lambda: Table(_("Projects"), _COLUMNS, rows()),
        lists=lambda: {"projects": rows()},
        records=lambda: (_record(project) for project in _projects(refs, day)),
        marking=Marking.PUBLIC,
        notes=(_("The public part of each record. Blank means not known, never nothing."),),
        part="public",
    )


def _projects(refs: Sequence[str], day: date) -> Iterator[PublicProject]:
    for start in range(0, len(refs), AT_ONCE):
        some = refs[start : start + AT_ONCE]
        fetched = public_projects(Action.objects.published().filter(ref__in=some), day)
        by_ref = {project.ref: project for project in fetched}
        yield from (by_ref[ref] for ref in some if ref in by_ref)


def _row(project: PublicProject) -> dict[str, Value]:
    return {
        "info_reference": project.ref,
        "project": project.title,
        "language": project.language,
        "title_in_original": project.title_original,
        "original_language": project.original_language,
        "donors": _names(project.donors),
        "implementers": _names(project.implementers),
        "partners_named": _names(project.named),
        "partners_as_part_of_the_region": _names(project.regional),
        "pillars": "; ".join(project.pillars),
        "under_way": project.standing,
        "source": project.source_url,
    }


def _record(project: PublicProject) -> ActionRecord:
    """The public facts in the form that the writer of IATI takes; all others stay unknown."""
    reached = {body.code or "" for body in (*project.named, *project.regional)}
    parties = [("funding", body.name) for body in project.donors]
    parties += [("implementing", body.name) for body in project.implementers]
    return ActionRecord(
        ref=project.ref,
        place=project.ref,
        title=project.title,
        title_language=project.language,
        title_original=project.title_original,
        original_language=project.original_language,
        parties=[PartyRecord(role, name) for role, name in parties],
        partners=in_order(reached),
        names_partners=bool(project.named) if reached else None,
        pillars=project.pillars,
        source_url=project.source_url,
    )


def _names(bodies: Iterable[Organisation]) -> str:
    return "; ".join(body.name for body in bodies)
