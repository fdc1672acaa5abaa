"""Kinds of assistance: the words of sources and the kind each stands for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from iisg.foundations.core.folding import fold

_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "equipment": (
        "equipment", "cameras", "surveillance", "maintenance", "security upgrade", "access control",
        "surveillance capacity", "storage security",
    ),
    "training": (
        "training", "exercises", "exchanges", "training centre", "peer exchange", "practitioner exchange",
    ),
    "advice": (
        "advice", "legal advice", "policy advice", "policy and legal advice", "expertise", "legislation",
        "legal framework", "guidelines", "guidance", "technical support", "strategy", "procedures",
        "twinning",
        "technical cooperation", "border procedures", "export control outreach",
    ),
    "mentoring": ("mentoring", "secondment"),
    "infrastructure": ("infrastructure", "reception infrastructure", "accommodation", "reception"),
    "information_systems": (
        "information systems", "case law database", "passenger data", "data", "registration",
        "statistics model",
    ),
    "operational_support": (
        "operational support", "operational funding", "joint patrols", "deployment", "regional operations",
        "border control", "return", "returns", "ballistics",
    ),
    "coordination": (
        "coordination", "regional cooperation", "cooperation", "strategic cooperation", "cooperation forums",
        "network", "networking", "dialogue", "conference", "monitoring", "schengen integration",
    ),
    "research": (
        "research", "needs analysis", "needs study", "needs assessment", "assessment", "risk analysis",
    ),
    "grants": ("grants", "small grants", "re granting", "grant call", "financial donation", "pooled fund"),
    "budget_support": ("budget support",),
    "protection": ("victim protection", "reintegration", "protection"),
    "institution_building": (
        "institution building", "institution strengthening", "twinning", "capacity building",
        "capacity development", "capacity", "governance", "justice support", "crisis management",
        "asylum capacity", "migration and asylum systems",
    ),
    "other": (
        "programme", "action programme", "civil society", "local authorities", "advocacy", "pilot projects",
        "arms control", "tools", "other",
    ),
}  # fmt: skip

ASSISTANCE: Final[Mapping[str, str]] = {word: kind for kind, words in _WORDS.items() for word in words}
"""Folded word of a source to the kind of assistance; "other" is a known kind, not an unknown one."""


def read_assistance(
    printed: list[str], known: Mapping[str, str] = ASSISTANCE
) -> tuple[tuple[str, ...], list[str]]:
    """(kinds, each once in the order of the source; words that no table knows)."""
    kinds: dict[str, None] = {}
    unknown = []
    for word in printed:
        kind = known.get(word) or known.get(fold(word))
        if kind:
            kinds[kind] = None
        else:
            unknown.append(word)
    return tuple(kinds), unknown
