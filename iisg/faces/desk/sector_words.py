"""What the sector codes of the OECD's Development Assistance Committee mean, as far as internal security meets them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iisg.knowledge.actions.sector_codes import Sector
from iisg.knowledge.analysis.engine.money.splits import SHARED, UNSAID

SECTOR_WORDS: Final[Mapping[str, Any]] = {
    SHARED: gettext_lazy("Several sectors, not divided"),
    UNSAID: gettext_lazy("Sector not said"),
    "15110": gettext_lazy("Public sector policy and administration"),
    "15113": gettext_lazy("Organisations and institutions against corruption"),
    "15130": gettext_lazy("Legal and judicial development"),
    "15131": gettext_lazy("Justice, law and order: policy and administration"),
    "15132": gettext_lazy("Police"),
    "15133": gettext_lazy("Fire and rescue services"),
    "15134": gettext_lazy("Judicial affairs"),
    "15136": gettext_lazy("Immigration"),
    "15137": gettext_lazy("Prisons"),
    "15150": gettext_lazy("Democratic participation and civil society"),
    "15160": gettext_lazy("Human rights"),
    "15180": gettext_lazy("Ending violence against women and girls"),
    "15190": gettext_lazy("Orderly, safe, regular and responsible migration"),
    "15210": gettext_lazy("Security system management and reform"),
    "15220": gettext_lazy("Civilian peace-building, conflict prevention and resolution"),
    "15230": gettext_lazy("Participation in international peacekeeping operations"),
    "15240": gettext_lazy("Reintegration, and control of small arms and light weapons"),
    "15250": gettext_lazy("Removal of land mines and explosive remnants of war"),
    "15261": gettext_lazy("Child soldiers"),
    "16063": gettext_lazy("Narcotics control"),
    "74010": gettext_lazy("Disaster prevention and preparedness"),
    "74020": gettext_lazy("Preparedness for response to several hazards"),
    "151": gettext_lazy("Government and civil society"),
    "152": gettext_lazy("Conflict, peace and security"),
    "160": gettext_lazy("Other social infrastructure and services"),
    "210": gettext_lazy("Transport and storage"),
    "220": gettext_lazy("Communications"),
    "410": gettext_lazy("Environment protection"),
    "430": gettext_lazy("Several sectors together"),
    "510": gettext_lazy("General budget support"),
    "720": gettext_lazy("Emergency response"),
    "730": gettext_lazy("Reconstruction relief and rehabilitation"),
    "740": gettext_lazy("Disaster prevention and preparedness"),
    "910": gettext_lazy("Administrative costs of donors"),
    "930": gettext_lazy("Refugees in donor countries"),
    "998": gettext_lazy("Unallocated or unspecified"),
}
"""Purpose codes have five figures, their categories three."""


def sector_in_words(code: str) -> str:
    """The code with its name, or with the name of its category; what lies on no code in words alone."""
    if not code.isdigit():
        return str(SECTOR_WORDS.get(code, code))
    if name := SECTOR_WORDS.get(code):
        return f"{code} {name}"
    if within := SECTOR_WORDS.get(code[:3]):
        return _("%(code)s, within %(name)s") % {"code": code, "name": within}
    return code


def stated_sectors(printed: str) -> list[str]:
    """What a source says of an action's sectors, one by one; codes of other lists stand as they are."""
    found = []
    for sector in map(Sector.of, printed.split()):
        words = sector_in_words(sector.code) if sector.vocabulary in ("DAC", "DAC-3") else ""
        words = words or f"{sector.vocabulary} {sector.code}".strip()
        share = "" if sector.share is None else f"{sector.share.normalize():f}"
        found.append(_("%(sector)s: %(share)s %%") % {"sector": words, "share": share} if share else words)
    return found
