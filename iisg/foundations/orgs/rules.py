"""What must hold before an organisation is entered or becomes a member."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from iisg.foundations.core.findings import Finding, Grade
from iisg.foundations.orgs.matching import folded_name
from iisg.foundations.orgs.models import Alias, Ground, Organisation, OrganisationKind


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
