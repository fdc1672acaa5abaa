"""What must hold before an organisation is entered or becomes a member."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from iisg.foundations.core.findings import Finding, Grade
from iisg.foundations.orgs.matching import folded_name
from iisg.foundations.orgs.models import Alias, Ground, Membership, Organisation, OrganisationKind


def may_bear_names(ref: str, names: Iterable[str]) -> Iterator[Finding]:
    """A name leads to exactly one body, so that no body is entered twice in silence."""
    folded = {each: name for name in names if (each := folded_name(name))}
    for alias in (
        Alias.objects.filter(folded__in=folded).exclude(organisation__ref=ref).select_related("organisation")
    ):
        yield Finding(
            Grade.ERROR,
            "orgs.name-taken",
            _("The name “%(name)s” already leads to %(other)s.")
            % {"name": folded[alias.folded], "other": alias.organisation},
            cure=_("Use that organisation, or give the new one a name of its own."),
        )


_FITTING = {
    Ground.PARTNER: {OrganisationKind.WB_PARTNER},
    Ground.INSTITUTION: {OrganisationKind.EU_INSTITUTION},
    Ground.NOTIFICATION: {OrganisationKind.EU_JHA_AGENCY},
}


def may_be_member(organisation: Organisation, ground: str) -> Iterator[Finding]:
    """The ground must fit the kind of body (methodology 1: four groups; S1, S2)."""
    fitting = _FITTING.get(Ground(ground))
    if fitting is not None and organisation.kind not in fitting:
        yield Finding(
            Grade.ERROR,
            "orgs.ground-does-not-fit",
            _("“%(ground)s” is no ground of membership for %(body)s, which is: %(kind)s.")
            % {
                "ground": Ground(ground).label,
                "body": organisation,
                "kind": organisation.get_kind_display(),
            },
            cure=_("Choose the ground that methodology 1 gives for this group of members."),
        )


def may_stand_below(organisation: Organisation, parent: Organisation) -> Iterator[Finding]:
    """No body stands below itself, directly or round a corner."""
    above: Organisation | None = parent
    while above is not None:
        if above.pk == organisation.pk:
            yield Finding(
                Grade.ERROR,
                "orgs.circle",
                _("%(parent)s already stands below %(body)s.") % {"parent": parent, "body": organisation},
            )
            return
        above = above.parent


def may_confirm(
    organisation: Organisation, kind: str, parent: Organisation | None, short_name: str
) -> Iterator[Finding]:
    """A body is confirmed once, with a kind; the six partners are fixed, so nothing becomes one (methodology 1)."""
    yield from _waits(organisation)
    if kind not in OrganisationKind.values or kind == OrganisationKind.NOT_KNOWN:
        yield Finding(
            Grade.ERROR,
            "orgs.no-kind",
            _("A confirmed body has a kind."),
            cure=_("Choose what sort of body it is; “Other” where none fits."),
        )
    if kind == OrganisationKind.WB_PARTNER:
        yield Finding(
            Grade.ERROR,
            "orgs.no-new-partner",
            _("The six Western Balkans partners are on record; a name from a file cannot become one."),
            cure=_("Where the name means a partner, say that it is the same as that partner."),
        )
    if parent is not None:
        yield from may_stand_below(organisation, parent)
        yield from _is_known(parent)
    if short_name:
        yield from may_bear_names(organisation.ref, [short_name])


def may_be_same(doubtful: Organisation, known: Organisation) -> Iterator[Finding]:
    """Only an entry that nobody has confirmed gives way, and only to a body that the register knows."""
    if doubtful.pk == known.pk:
        yield Finding(Grade.ERROR, "orgs.itself", _("A body cannot give way to itself."))
        return
    yield from _waits(doubtful)
    yield from _is_known(known)
    for finding in may_stand_below(doubtful, known):
        yield Finding(
            finding.grade,
            finding.code,
            finding.message,
            cure=_("Put %(known)s elsewhere first.") % {"known": known},
        )


def may_end(membership: Membership, ended_on: date, reason: str) -> Iterator[Finding]:
    """A membership ends once, after it has begun, for a reason."""
    yield from _holds(membership)
    yield from _because(reason)
    if membership.valid_from is not None and ended_on <= membership.valid_from:
        yield _wrong(
            "ends-before",
            _("It cannot end before it has begun."),
            _("Give a later day."),
        )


def may_correct(membership: Membership, corrected: Mapping[str, Any], reason: str) -> Iterator[Finding]:
    """What was entered wrongly is put right, with the reason; the days still follow each other, the ground fits."""
    yield from _because(reason)
    if not corrected:
        yield _wrong("no-change", _("Nothing changes."), _("Give what was entered wrongly as it is right."))
    if "ground" in corrected:
        yield from may_be_member(membership.organisation, corrected["ground"])
    begun = corrected.get("valid_from", membership.valid_from)
    decided = corrected.get("decided_on", membership.decided_on)
    if begun is not None and decided is not None and begun < decided:
        yield _wrong(
            "before-decision",
            _("It cannot begin before it was decided, on %(day)s.") % {"day": decided.isoformat()},
            _("Give a later first day or an earlier decision."),
        )
    if corrected.get("valid_from") is None:
        return
    first = membership.suspensions.order_by("valid_from").first()
    ends = [day for day in (membership.valid_to, first.valid_from if first else None) if day is not None]
    if ends and begun >= min(ends):
        yield _wrong(
            "begins-late",
            _("It cannot begin on or after %(day)s, when it ends or is suspended.")
            % {"day": min(ends).isoformat()},
            _("Give an earlier day."),
        )
    former = membership.organisation.memberships.exclude(pk=membership.pk).filter(valid_to__gt=begun).first()
    if former is not None and former.valid_from is not None and former.valid_from < begun:
        yield _wrong(
            "overlaps",
            _("Its membership before that lasted until %(day)s.") % {"day": former.valid_to},
            _("Give that day or a later one."),
        )


def may_suspend(membership: Membership, suspended_on: date, reason: str) -> Iterator[Finding]:
    """A membership in force is suspended once at a time, for a reason, after it has begun."""
    yield from _holds(membership)
    yield from _because(reason)
    if membership.suspensions.filter(valid_to__isnull=True).exists():
        yield _wrong("suspended", _("It is suspended already."), _("Let it hold again first."))
    last = membership.suspensions.order_by("-valid_to").first()
    begun = membership.valid_from
    if (begun and suspended_on < begun) or (last and last.valid_to and suspended_on < last.valid_to):
        yield _wrong("too-early", _("The day lies before the membership holds."), _("Give a later day."))


def may_resume(membership: Membership, resumed_on: date) -> Iterator[Finding]:
    """Only a suspended membership holds again, after the suspension has begun."""
    pause = membership.suspensions.filter(valid_to__isnull=True).first()
    if pause is None:
        yield _wrong("not-suspended", _("The membership is not suspended."))
    elif resumed_on < pause.valid_from:
        yield _wrong("too-early", _("The day lies before the suspension."), _("Give a later day."))


def may_change_facts(
    organisation: Organisation, changed_on: date, wanted: Mapping[str, str]
) -> Iterator[Finding]:
    """Something changes, to a name that is free and a kind that is one; days of change follow each other."""
    if not wanted:
        yield _wrong("no-change", _("Nothing changes."), _("Give a new name or another kind."))
    if OrganisationKind.WB_PARTNER in (organisation.kind, wanted.get("kind")) and "kind" in wanted:
        yield _wrong("partner", _("The six Western Balkans partners are fixed (methodology 1)."))
    yield from may_bear_names(organisation.ref, [wanted.get("name", ""), wanted.get("short_name", "")])
    last = organisation.former_facts.order_by("-valid_to").first()
    if last is not None and changed_on <= last.valid_to:
        yield _wrong(
            "out-of-order",
            _("The last change was on %(day)s.") % {"day": last.valid_to.isoformat()},
            _("Give a later day."),
        )


def may_be_contact(facts: Mapping[str, str]) -> Iterator[Finding]:
    """An address has a name and says where letters go."""
    if not facts.get("name", "").strip():
        yield _wrong("no-name", _("The address has no name."), _("Name a person or an office."))
    if not facts.get("email", "").strip() and not facts.get("postal", "").strip():
        yield _wrong(
            "no-address", _("Nothing says where letters go."), _("Give an e-mail or a postal address.")
        )


def _holds(membership: Membership) -> Iterator[Finding]:
    if membership.valid_to is not None:
        yield _wrong("ended", _("The membership has ended already."))


def _because(reason: str) -> Iterator[Finding]:
    if not reason.strip():
        yield _wrong("no-reason", _("Give the reason."), _("Write it in a sentence."))


def _wrong(code: str, message: str, cure: str = "") -> Finding:
    return Finding(Grade.ERROR, f"orgs.{code}", message, cure=cure)


def _waits(organisation: Organisation) -> Iterator[Finding]:
    if organisation.confirmed:
        yield Finding(
            Grade.ERROR,
            "orgs.confirmed-already",
            _("%(body)s is confirmed already.") % {"body": organisation},
            cure=_("Open it in the register of organisations."),
        )


def _is_known(organisation: Organisation) -> Iterator[Finding]:
    if not organisation.confirmed:
        yield Finding(
            Grade.ERROR,
            "orgs.not-confirmed",
            _("%(body)s is not confirmed itself.") % {"body": organisation},
            cure=_("Confirm it first, or choose a body that is confirmed."),
        )
