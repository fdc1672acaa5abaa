"""What a need must say before it can be submitted (rules.md 5)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.roles import Can
from iisg.foundations.core.findings import Finding, Grade
from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.needs.models import Need
from iisg.knowledge.needs.provenance import NEEDS
from iisg.knowledge.needs.records import NeedRecord

CHANGED_MEANWHILE = "needs.changed-meanwhile"


def what_is_missing(need: Need) -> Iterator[Finding]:
    """A need is specific when it says which body, what capability, by when, and how one would see it met."""
    source = "rules.md 5"
    if need.body_id is None:
        yield Finding(Grade.ERROR, "needs.no-body", _("It does not say which body has the need."), source)
    if not need.capability:
        yield Finding(
            Grade.ERROR, "needs.no-capability", _("It does not say what capability is missing."), source
        )
    if need.needed_by is None:
        yield Finding(Grade.ERROR, "needs.no-day", _("It does not say by when it is needed."), source)
    if not need.met_when:
        yield Finding(Grade.ERROR, "needs.no-test", _("It does not say how one would see it met."), source)
    if not need.kinds:
        yield Finding(
            Grade.ERROR,
            "needs.no-kind",
            _("It does not say whether it is legislative, institutional or operational."),
            source,
        )
    if need.quantity is not None and not need.unit:
        yield Finding(Grade.ERROR, "needs.no-unit", _("It states a quantity without its unit."), source)


def may_record(by: Actor, record: NeedRecord) -> Iterator[Finding]:
    """A partner's needs are stated by that partner or by the Secretariat; a refused record never slips in."""
    yield from (finding for finding in record.findings if finding.refuses)
    if Can.IMPORT_ANY_RECORDS in by.powers:
        return
    if Can.WRITE_NEEDS not in by.powers:
        yield Finding(
            Grade.ERROR,
            "needs.not-a-coordinator",
            _("Needs are stated by a partner's national coordinator or by the Secretariat."),
            record.place,
            _("Ask your national coordinator to send this file in."),
        )
        return
    own = set(Organisation.objects.filter(pk__in=by.organisation_keys).values_list("code", flat=True))
    others = [code for code in record.partners if code not in own]
    if others:
        yield Finding(
            Grade.ERROR,
            "needs.other-partner",
            _("The need names a partner that you do not speak for: %(codes)s.")
            % {"codes": ", ".join(others)},
            record.place,
            _("State only your own partner's needs, or ask the Secretariat."),
        )


def may_speak_for(by: Actor, need: Need) -> Iterator[Finding]:
    """Who vouches for a need: whoever speaks for all partners that have it, or the Secretariat."""
    if Can.IMPORT_ANY_RECORDS in by.powers:
        return
    partners = list(need.partners.all())
    if not partners or any(partner.pk not in by.organisation_keys for partner in partners):
        yield Finding(
            Grade.ERROR,
            "needs.other-partner",
            _("The need is not that of your partner alone."),
            cure=_("Ask the Secretariat."),
        )


def may_change(
    by: Actor, need: Need, stated: NeedRecord, facts: Collection[str], seen: datetime
) -> Iterator[Finding]:
    """Who speaks for all its partners changes a need by hand; never over a change that the person has not seen."""
    yield from may_speak_for(by, need)
    if "partners" in facts:
        yield from may_record(by, stated)
    if need.changed_at != seen:
        yield Finding(
            Grade.ERROR,
            CHANGED_MEANWHILE,
            _("Somebody has changed this need while you were writing."),
            cure=_(
                "Below stands what is recorded now, with your own words kept. Look at them and save again."
            ),
        )


def may_confirm(by: Actor, need: Need, topics: Collection[str] | None) -> Iterator[Finding]:
    """The partner that has it, or the Secretariat, says that a need is still right; a topic is one of those we know."""
    yield from may_speak_for(by, need)
    strange = sorted(set(topics or ()).difference(NEEDS.facts))
    if strange:
        yield Finding(
            Grade.ERROR,
            "needs.no-such-topic",
            _("A need has no such part: %(topics)s.") % {"topics": ", ".join(strange)},
        )
