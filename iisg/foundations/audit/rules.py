"""What the log can forget, and when a key can be changed."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.conf import settings
from django.utils.translation import gettext as _

from iisg.foundations.audit.models import Event
from iisg.foundations.core.findings import Finding, Grade


def may_forget(events: Collection[Event], names: Collection[str]) -> Iterator[Finding]:
    """Only sealed values can go: number, name, subject and moment of an event stay, they are the proof."""
    for event in events:
        for name in sorted(set(names) - set(event.commitments())):
            yield Finding(
                Grade.ERROR,
                "audit.nothing-sealed",
                _("Event %(number)s has no sealed value “%(name)s”.")
                % {"number": event.number, "name": name},
                cure=_("Name “by”, or “facts.” and the name of a fact."),
            )


def may_change_key() -> Iterator[Finding]:
    """A key from the environment is changed there, by whoever keeps it."""
    if settings.LOG_KEY:
        yield Finding(
            Grade.ERROR,
            "audit.key-of-environment",
            _("The log's key comes from IISG_LOG_KEY."),
            cure=_("Make one with “iisg audit new-key”, put it there, start again."),
        )
