"""What must hold before an action is recorded or a file is applied."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.roles import Can
from iisg.foundations.accounts.models import Appointment
from iisg.foundations.core.findings import Finding, Grade
from iisg.foundations.orgs.models import Organisation
from iisg.foundations.orgs.rules import may_be_same
from iisg.knowledge.actions.models import (
    FATES_OF_NEEDS,
    Absence,
    Action,
    Fate,
    Flow,
    FlowState,
    Import,
    ImportRow,
    ImportState,
    Party,
    PartyRole,
)
from iisg.knowledge.actions.provenance import TOPIC_OF, TOPICS, topics_of
from iisg.knowledge.actions.records import ActionRecord
from iisg.knowledge.actions.referring import REFERENCES, held_by
from iisg.knowledge.actions.sheets.fields import REQUIRED
from iisg.knowledge.needs import rules as needs_rules
from iisg.knowledge.needs.models import Need

CHANGED_MEANWHILE = "actions.changed-meanwhile"


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


def may_be_unreported(
    record: ActionRecord, existing: Action | None, reporters: Iterable[Organisation]
) -> Iterator[Finding]:
    """Without a reporter nothing is entered again that `reporters` report under the same reference already."""
    others = sorted(reporters, key=lambda other: other.ref)
    if existing is not None or not others:
        return
    yield Finding(
        Grade.ERROR,
        "imports.someone-elses-reference",
        _("%(others)s already reports a record under the reference %(ref)s; this file names no reporter.")
        % {"ref": record.ref, "others": ", ".join(f"{other.shown} ({other.ref})" for other in others)},
        record.place,
        _(
            "If it is the same record, name that reporter for the file (at the terminal: --reported-by %(ref)s);"
            " if not, give it a reference of its own."
        )
        % {"ref": others[0].ref},
    )


def may_import_for(by: Actor, reporter: Organisation | None) -> Iterator[Finding]:
    """A member sends in and handles its own files; the Secretariat everybody's."""
    if Can.IMPORT_ANY_RECORDS in by.powers:
        return
    if reporter is None or reporter.pk not in by.organisation_keys:
        yield Finding(
            Grade.ERROR,
            "imports.other-organisation",
            _("The file is reported by %(other)s, for which you do not speak.")
            % {"other": reporter or _("nobody named")},
            cure=_("Choose your own organisation, or ask the Secretariat to import this file."),
        )


def may_apply(by: Actor, imported: Import) -> Iterator[Finding]:
    """Only an examined file, once its names are decided: nobody is entered twice in silence."""
    yield from may_import_for(by, imported.reporter)
    if not Import.flow.allows(imported, "apply"):
        yield _not_in_that_state(imported, _("it cannot be applied"))
    undecided = undecided_names(imported)
    if undecided:
        yield Finding(
            Grade.ERROR,
            "imports.names-undecided",
            _("Nobody has decided yet whether these names are bodies of their own: %(names)s.")
            % {"names": "; ".join(str(name["name"]) for name in undecided[:5])},
            cure=_("Say for each whether it means a known organisation."),
        )


def may_discard(by: Actor, imported: Import) -> Iterator[Finding]:
    """What is applied or refused already stays as it is."""
    yield from may_import_for(by, imported.reporter)
    if not Import.flow.allows(imported, "discard"):
        yield _not_in_that_state(imported, _("it cannot be put away"))


def may_take_back(by: Actor, imported: Import, reason: str) -> Iterator[Finding]:
    """Who may apply a file may take it back, with a reason; what others have said since stays."""
    yield from may_import_for(by, imported.reporter)
    if not Import.flow.allows(imported, "take_back"):
        yield _not_in_that_state(imported, _("it cannot be taken back"))
    if not reason.strip():
        yield Finding(
            Grade.ERROR,
            "imports.no-reason",
            _("Nobody has said why the file is taken back."),
            cure=_("Give the reason in a sentence; it stays on the file's page."),
        )


def may_bring_again(by: Actor, imported: Import) -> Iterator[Finding]:
    """A file that was taken back may be looked at again, as if it had just come in."""
    yield from may_import_for(by, imported.reporter)
    if not Import.flow.allows(imported, "bring_again"):
        yield _not_in_that_state(imported, _("it cannot be looked at again"))


def may_decide_names(by: Actor, imported: Import) -> Iterator[Finding]:
    """Names are decided between the examination and the applying."""
    yield from may_import_for(by, imported.reporter)
    if imported.state != ImportState.EXAMINED:
        yield _not_in_that_state(imported, _("its names cannot be decided"))


def may_say_of_the_file(by: Actor, imported: Import) -> Iterator[Finding]:
    """What a file is, and what of it is wanted, is said between the examination and the applying."""
    yield from may_import_for(by, imported.reporter)
    if imported.state != ImportState.EXAMINED:
        yield _not_in_that_state(imported, _("nothing can be said about it any more"))


def may_name_columns(
    by: Actor, imported: Import, subject: str, columns: Mapping[str, str]
) -> Iterator[Finding]:
    """Columns are named before a file is applied; without its required fields no record could be made."""
    yield from may_import_for(by, imported.reporter)
    if not Import.flow.allows(imported, "look_again") or not imported.mapping.get("signature"):
        yield _not_in_that_state(imported, _("its columns cannot be named"))
    missing = sorted(REQUIRED[subject] - set(columns.values()))
    if missing:
        yield Finding(
            Grade.ERROR,
            "imports.columns-missing",
            _("No column was named for: %(fields)s.") % {"fields": ", ".join(missing)},
            cure=_("Without it no record can be made; choose the column that holds it."),
        )


def may_choose_headers(by: Actor, imported: Import, rows: Mapping[str, int]) -> Iterator[Finding]:
    """The row of the headers is chosen as long as columns can be named, among the first rows of a sheet."""
    yield from may_import_for(by, imported.reporter)
    if not Import.flow.allows(imported, "look_again") or not imported.mapping.get("signature"):
        yield _not_in_that_state(imported, _("its headers cannot be chosen"))
    offered = {sheet["sheet"]: len(sheet.get("first", [])) for sheet in imported.mapping.get("sheets", [])}
    strange = sorted(name for name, row in rows.items() if not 0 <= row <= offered.get(name, -1))
    if strange or not rows:
        yield Finding(
            Grade.ERROR,
            "imports.no-such-row",
            _("No other row was chosen for the headers."),
            cure=_("Choose one of the first rows, or that there are no headers."),
        )


def _not_in_that_state(imported: Import, so: str) -> Finding:
    return Finding(
        Grade.ERROR,
        "imports.not-now",
        _("The file is “%(state)s”, so %(so)s.") % {"state": imported.get_state_display(), "so": so},
        cure=_("Open it again and look at what was found."),
    )


def may_give_way(doubtful: Organisation, known: Organisation, day: date) -> Iterator[Finding]:
    """An unconfirmed entry gives way to a known body where nothing would be lost and no office changes hands."""
    refused = list(may_be_same(doubtful, known))
    yield from refused
    if refused:
        return
    for reference in REFERENCES:
        clashes = reference.clashes(doubtful, known)
        if clashes:
            yield Finding(
                Grade.ERROR,
                f"organisations.twice.{reference.name}",
                _("%(both)s: %(which)s.") % {"both": reference.both, "which": "; ".join(clashes[:5])},
                cure=_("Decide first which of the two is right, and take the other one out."),
            )
    if held := held_by(doubtful):
        yield Finding(
            Grade.ERROR,
            "organisations.held",
            _("%(body)s stands in what the Secretariat holds: %(which)s.")
            % {"body": doubtful, "which": ", ".join(held)},
            cure=_(
                "Confirm it as a body of its own, or end what it stands in for the known one to begin anew."
            ),
        )
    if Appointment.objects.filter(organisation=doubtful).exclude(valid_to__lte=day).exists():
        yield Finding(
            Grade.ERROR,
            "organisations.office-held",
            _("Somebody holds an office for %(body)s.") % {"body": doubtful},
            cure=_("An administrator ends the office first; only then can the entry give way."),
        )


def may_decide_absences(by: Actor, absences: Sequence[Absence], fate: str) -> Iterator[Finding]:
    """A member decides of its own records, the Secretariat of all; what came back since needs no decision."""
    if fate and fate not in Fate.values:
        yield Finding(
            Grade.ERROR, "absences.no-such-fate", _("“%(fate)s” is no such decision.") % {"fate": fate}
        )
    for absence in absences:
        if absence.action is not None:
            yield from may_speak_for(by, absence.action)
        elif absence.need is not None:
            yield from may_decide_of_need(by, absence.need, fate)
        if absence.returned_at is not None:
            yield Finding(
                Grade.ERROR,
                "absences.returned",
                _("%(action)s stands in its source's file again.") % {"action": absence.record.ref},
                cure=_("Nothing is left to decide."),
            )


def may_decide_of_need(by: Actor, need: Need, fate: str) -> Iterator[Finding]:
    """The partner's own coordinator or the Secretariat decides; a need has no stage that ends (rules.md 5)."""
    if Can.WRITE_NEEDS not in by.powers:
        yield Finding(
            Grade.ERROR,
            "absences.not-a-coordinator",
            _("Of needs a partner's national coordinator or the Secretariat decides."),
            cure=_("Ask your national coordinator."),
        )
    yield from needs_rules.may_speak_for(by, need)
    if fate and fate not in FATES_OF_NEEDS:
        yield Finding(
            Grade.ERROR,
            "absences.a-need-does-not-end",
            _("A need has no stage that ends."),
            cure=_("Say that it is still true, or that its source has withdrawn it."),
        )


def may_speak_for(by: Actor, action: Action) -> Iterator[Finding]:
    """Who vouches for a record: its reporter, or the Secretariat."""
    if Can.IMPORT_ANY_RECORDS in by.powers:
        return
    if action.reporter_id is None or action.reporter_id not in by.organisation_keys:
        yield Finding(
            Grade.ERROR,
            "actions.other-reporter",
            _("The record is reported by %(other)s, for which you do not speak.")
            % {"other": action.reporter or _("nobody named")},
            cure=_("Ask the Secretariat, or the organisation itself."),
        )


def own_parts(by: Actor, action: Action) -> list[Party]:
    """Parts that the actor's bodies, or institutions below them, have in an action as funder or implementer."""
    keys = by.organisation_keys
    parts = action.parties.filter(role__in=(PartyRole.FUNDING, PartyRole.IMPLEMENTING))
    own = parts.filter(Q(organisation__in=keys) | Q(organisation__parent__in=keys))
    return list(own.select_related("organisation").order_by("order"))


def may_change(by: Actor, action: Action, facts: Collection[str], seen: datetime) -> Iterator[Finding]:
    """Its reporter or the Secretariat changes an action by hand; where nobody reports it, also who funds or does it.

    Never over a change that the person has not seen.
    """
    if action.reporter_id is not None or not own_parts(by, action):
        yield from may_speak_for(by, action)
    if action.changed_at != seen:
        yield Finding(
            Grade.ERROR,
            CHANGED_MEANWHILE,
            _("Somebody has changed this action while you were writing."),
            cure=_(
                "Below stands what is recorded now, with your own words kept. Look at them and save again."
            ),
        )
    yield from _known_topics({TOPIC_OF.get(name, name) for name in facts}, TOPICS)


def may_confirm(by: Actor, action: Action, topics: Collection[str] | None) -> Iterator[Finding]:
    """Its reporter, or the Secretariat, says that a record is still right; a topic is one of those we know."""
    yield from may_speak_for(by, action)
    if topics is not None:
        yield from _known_topics(topics, TOPICS)


def may_choose_values(
    by: Actor, imported: Import, rows: Iterable[ImportRow], taken: Mapping[int, Collection[str]]
) -> Iterator[Finding]:
    """Differences are decided between the examination and the applying, and only where there is one."""
    yield from may_import_for(by, imported.reporter)
    if imported.state != ImportState.EXAMINED:
        yield _not_in_that_state(imported, _("its values cannot be chosen"))
    for row in rows:
        topic_of = topics_of(row.subject).of
        yield from _known_topics(taken[row.pk], {topic_of[name] for name, *_values in row.conflicts})


def _known_topics(topics: Collection[str], known: Collection[str]) -> Iterator[Finding]:
    strange = sorted(set(topics).difference(known))
    if strange:
        yield Finding(
            Grade.ERROR,
            "actions.no-such-topic",
            _("A record has no such part: %(topics)s.") % {"topics": ", ".join(strange)},
        )


def undecided_names(imported: Import) -> list[dict[str, object]]:
    """New names that resemble a known organisation and about which nobody has decided yet."""
    return [
        name
        for name in imported.new_organisations
        if isinstance(name, dict) and name.get("near") and name.get("name") not in imported.decisions
    ]


def may_decide_twins(by: Actor, imported: Import, decisions: Mapping[str, str]) -> Iterator[Finding]:
    """Likely twins are decided between the examination and the applying, each for one of those that were shown."""
    yield from may_import_for(by, imported.reporter)
    if imported.state != ImportState.EXAMINED:
        yield _not_in_that_state(imported, _("its likely twins cannot be decided"))
    shown = {twin["key"]: {"", *(near["ref"] for near in twin["near"])} for twin in imported.twins}
    strange = sorted(key for key, ref in decisions.items() if ref not in shown.get(key, ()))
    if strange:
        yield Finding(
            Grade.ERROR,
            "imports.twin-not-shown",
            _("For these records another action was named than was shown: %(keys)s.")
            % {"keys": "; ".join(strange[:5])},
            cure=_("Look at the page of likely twins again."),
        )


def may_tie(chosen: Flow, report: Flow, reason: str) -> Iterator[Finding]:
    """Two flows may be two reports of the same money where they are of one state; a chosen one counts itself (6.1)."""

    def no(code: str, message: str, cure: str) -> Finding:
        return Finding(Grade.ERROR, f"actions.{code}", message, str(report.action), cure)

    if chosen.pk == report.pk:
        yield no("report-of-itself", _("A sum is no second report of itself."), _("Choose another sum."))
    if not reason.strip():
        yield no("no-reason", _("No reason is given."), _("Say in a sentence why it is the same money."))
    if chosen.report_of_id is not None:
        yield no(
            "not-chosen",
            _("That sum is itself a second report of another."),
            _("Tie this one to the report that was chosen."),
        )
    if chosen.state == FlowState.INCOMING:
        yield no(
            "received-chosen",
            _("What a reporter received is never counted, so that it cannot be the chosen report."),
            _("Choose the report of who paid it."),
        )
    elif report.state not in (chosen.state, FlowState.INCOMING):
        yield no(
            "other-state",
            _("One sum is %(one)s, the other %(other)s.")
            % {"one": chosen.get_state_display(), "other": report.get_state_display()},
            _("Only sums of one state can be two reports of the same money."),
        )
