"""The third gate: may this actor do this, now? (design.md 5)."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.roles import Can
from iisg.foundations.core.findings import Finding


class RuleRefused(ValueError):
    """A rule forbids the deed; `findings` say why and how to mend it."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(" ".join(str(finding) for finding in self.findings))


def can(actor: Actor, power: Can) -> bool:
    """Whether one of the actor's offices grants the power."""
    return power in actor.powers


def require(by: Actor, power: Can, findings: Iterable[Finding] = ()) -> None:
    """First line of every operation: raises PermissionDenied without the power, RuleRefused with a refusing finding."""
    if power not in by.powers:
        raise PermissionDenied(f"{by.label} may not {power.value.replace('_', ' ')}.")
    refusing = [finding for finding in findings if finding.refuses]
    if refusing:
        raise RuleRefused(refusing)
