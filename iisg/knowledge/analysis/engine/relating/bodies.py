"""Which body a printed name means, so that OSCE, OEBS and ОБСЕ, or a ministry and its state, meet in one key."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

from iisg.foundations.core.folding import fold
from iisg.knowledge.analysis.engine.relating.glossary import PARTNERS
from iisg.knowledge.analysis.engine.relating.words import EMPTY, likeness, sound_of, words_of

AGENCIES: Final[Mapping[str, str]] = {
    "iom": "iom, onm, mom, omi, oim, international organi?ation for migration, medjunarodn\\w* organizacij\\w* za migracij\\w*, "
    "megjunarodn\\w* organizacij\\w* za migracij\\w*, organizat\\w* nderkombetar\\w* per migr\\w*",
    "undp": "undp, pnud, united nations development program\\w*, program\\w* (?:za razvoj|za razvoj na).* nacij\\w*",
    "unodc": "unodc, united nations office on drugs and crime",
    "unhcr": "unhcr, united nations high commissioner for refugees, un refugee agency",
    "unops": "unops",
    "unicef": "unicef",
    "un women": "un women, unwomen",
    "osce": "osce, oebs, obse, osbe, organi?ation for security and co ?operation in europe, ocse",
    "coe": "coe, kie, ^ve$, council of europe, vijec\\w* evrop\\w*, savet\\w* evrop\\w*, savjet\\w* evrop\\w*, sovet\\w* na evrop\\w*, "
    "keshilli\\w* i evropes, consiglio d europa, conseil de l europe, europarat\\w*",
    "rcc": "rcc, regional cooperation council, savet\\w* za regionalnu saradnju, vijec\\w* za regionalnu saradnju",
    "dcaf": "dcaf, geneva centre for (?:security sector governance|the democratic control of armed forces)",
    "giz": "giz, deutsche gesellschaft fur internationale zusammenarbeit",
    "cilc": "cilc, cent\\w+ for international legal cooperation",
    "icmpd": "icmpd, international centre for migration policy development",
    "cepol": "cepol, european union agency for law enforcement training",
    "europol": "europol",
    "eurojust": "eurojust",
    "frontex": "frontex, european border and coast guard agency",
    "euaa": "euaa, easo, european asylum support office, european union agency for asylum",
    "interpol": "interpol",
    "nato": "nato",
    "seesac": "seesac, south eastern and eastern europe clearinghouse.*",
    "pcc see": "pcc see, police cooperation convention.*",
    "rai": "rai, regional anti corruption initiative",
    "marri": "marri",
    "gcerf": "gcerf, global community engagement and resilience fund",
    "mptf salw": "salw .*(?:mptf|trust fund), (?:mptf|trust fund).* salw, salw.*fond\\w*, .*donator\\w* fond\\w* .*salv",
    "world bank": "world bank, svetsk\\w* bank\\w*, svjetsk\\w* bank\\w*, bank\\w* boterore, mdtf jss",
    "ebrd": "ebrd",
    "dan refugee council": "danish refugee council, drc, dansk flygtning\\w*",
    "fiiapp": "fiiapp",
    "hilfswerk": "hilfswerk\\w*( international)?, hwi",
    "jcp": "joint coordination platform, jcp",
    "ega": "e governance academy, ega, e ga, akademi\\w* e qeverisjes elektronike, akademij\\w* za e upravu",
    "aire": "aire cent\\w+",
    "expertise france": "expertise france",
    "british council": "british council",
    "clingendael": "clingendael",
    "berghof": "berghof\\w*",
}
"""Bodies that act in their own name, by folded patterns of their names; a comma divides patterns."""

UNION: Final = (
    "eu, ue, be, ke, ek, ec, european union, european commission, evropsk\\w* unij\\w*, europsk\\w* unij\\w*, evropsk\\w* komisij\\w*, "
    "europsk\\w* komisij\\w*, bashkim\\w* evropian\\w*, komision\\w* evropian\\w*, unione europea, commissione europea, "
    "europaische\\w* (?:union|kommission), union europeenne, commission europeenne, dg near, dg home, fpi, eud, ipa, "
    "amif, eeas, delegac\\w* na eu, migration partnership facility"
)

STATES: Final[Mapping[str, str]] = {
    "AT": "austri osterr", "BE": "belg", "BG": "bulgar bugarsk", "CA": "canad kanad", "CH": "switz swiss svicar svajcar "
    "zvic schweiz svizzer sdc. sem.", "CZ": "czech cesk ceske ceki cek tschech ceca", "DE": "german gjerman njemack nemack "
    "deutsch tedesc allem bmz.", "DK": "denmark danish danimark dansk danemar", "EE": "eston", "ES": "spain spanish "
    "spanj spansk spagn aecid.", "FI": "finland finn finsk", "FR": "france french francusk frances franc frankr",
    "GB": "uk. gb. british britan mbreterisebashkuar velik. fcdo. cssf. england", "GR": "greece greek grck greqi grci",
    "HR": "croat hrvat kroaci kroat", "HU": "hungar madjar madzar ungari unghe ungar", "IE": "ireland irish irsk irland",
    "IT": "ital aics. ministero.", "JP": "japan", "LT": "lithua litv", "LU": "luxem luksem", "LV": "latv leton",
    "MD": "moldov", "NL": "netherl dutch holand holland nizozem niederl paesi", "NO": "norw norveg norves norad.",
    "PL": "poland polish poljsk poloni", "PT": "portug", "RO": "romani rumun", "SE": "swed sved suedi svez sida.",
    "SI": "sloven", "SK": "slovak", "TR": "turk turc", "UA": "ukrain",
    "US": "us. usa. sad. shba. america amerik usaid. inl. opdat. exbs. statesof statedepartment",
}  # fmt: skip
"""States that give or send, by the beginnings of their folded names and, whole, their well-known agencies."""

PHRASES: Final = {
    r"united kingdom|great britain|mbreteri\w* e bashkuar|ujedinjen\w* kraljevstv\w*|conflict stability and security": "gb",
    r"united states|shtetet? e bashkuara|sjedinjen\w* drzav\w*|soedineti\w* drzavi": "us",
    r"\bmvr\b": "makedon",
}
"""States whose names are several words, and the ministry that Macedonian always abbreviates."""

PUBLIC: Final = frozenset(
    [
        "minist",
        "mini",
        "govern",
        "embass",
        "embajad",
        "ambasad",
        "ambassad",
        "vlad",
        "qeveri",
        "agenc",
        "agjenc",
        "federal",
        "polic",
        "police",
        "poliz",
        "department",
        "moi",
        "mfa",
        "mpb",
        "mup",
        "bmi",
        "bka",
        "bk",
        "migration",
        "administra",
        "uprava",
        "direct",
        "custom",
        "carin",
        "dogan",
        "republic",
        "kingdom",
        "mbreter",
        "kraljev",
        "consort",
        "konzorc",
        "konsorc",
        "office",
        "state",
        "bundes",
        "council",
        "high",
        "inl",
        "usaid",
        "exbs",
        "opdat",
        "sdc",
        "sem",
        "swiss",
    ]
)
"""Beginnings of words by which a name with a state in it is of that state and not of a free association."""

NOBODY: Final = re.compile(
    r"^(?:(?:civil society|ngo s?|kon[sz]orci\w*|consorti\w*|various|multiple|several|oshc\w*|te|ve|tbd|unknown) ?){2,}$"
    r"|^(?:n a|tbd|none|unknown|various|consorti\w*|ngos?)$"
)
"""Words in the place of a name that name nobody."""

_DIVIDED = re.compile(r"[;/|]|\bthrough\b|\bsupported by\b")
_ROLE = re.compile(r"\((?:lead|component|fund manager|secretariat|administrator|facility)[^)]*\)")


def _patterns(words: str) -> re.Pattern[str]:
    return re.compile(
        "|".join(rf"(?:\b|^)(?:{word.strip()})(?:\b|$)" for word in words.split(",") if word.strip())
    )


_AGENCIES = {key: _patterns(words) for key, words in AGENCIES.items()}
_UNION = _patterns(UNION)
_STATES = {
    **{code: words.split() for code, words in STATES.items()},
    **{code: words.split() for code, words in PARTNERS.items()},
}
_WHOLE = {w.removesuffix("."): c for c, words in _STATES.items() for w in words if w.endswith(".")}
_PHRASES = [(re.compile(pattern), word) for pattern, word in PHRASES.items()]
_BEGINNINGS = {w: c for c, words in _STATES.items() for w in words if not w.endswith(".")}
DONORS: Final = frozenset({"eu", *STATES})
"""Keys of those that mostly pay and seldom carry out."""


@cache
def bodies_of(printed: str) -> frozenset[str]:
    """Keys of the bodies in a printed name: an agency, else the Union, else states, else the name's sound.

    A ministry, embassy or agency of a state stands for the state, an office or mission for its organisation.
    """
    found: set[str] = set()
    for part in _DIVIDED.split(printed):
        name = fold(_ROLE.sub(" ", part))
        if not name or NOBODY.match(name):
            continue
        agencies = {key for key, pattern in _AGENCIES.items() if pattern.search(name)}
        if agencies:
            found |= agencies
        elif _UNION.search(name):
            found.add("eu")
        else:
            found |= _states(name) or {_sounded(name)}
    return frozenset(found - {""})


def bodies(printed: Iterable[str]) -> frozenset[str]:
    """Keys of all bodies named."""
    return frozenset(key for name in printed for key in bodies_of(name))


def shared(first: frozenset[str], second: frozenset[str]) -> frozenset[str]:
    """The bodies of `first` that are among `second`; names of no known body may differ in spelling."""
    same = first & second
    others = [key for key in second - same if key.startswith("~")]
    alike = {
        key for key in first - same if key.startswith("~") and any(_alike(key, other) for other in others)
    }
    return same | alike


def _states(name: str) -> set[str]:
    """The states a name is of; none where it is that of a free association that only bears a state's name."""
    for pattern, word in _PHRASES:
        name = pattern.sub(word, name)
    found: set[str] = set()
    others = []
    for word in name.split():
        code = _WHOLE.get(word) or next((c for b, c in _BEGINNINGS.items() if word.startswith(b)), "")
        if code:
            found.add(code)
        elif word not in EMPTY:
            others.append(word)
    public = not others or any(word.startswith(tuple(PUBLIC)) for word in name.split())
    return found if public else set()


def _sounded(name: str) -> str:
    sounds = " ".join(sorted({sound_of(word) for word in words_of(name)}))
    return f"~{sounds}" if sounds else ""


@cache
def _alike(first: str, second: str) -> bool:
    """Whether two unknown names sound alike in most of their words."""
    return likeness(dict.fromkeys(first[1:].split(), 1.0), dict.fromkeys(second[1:].split(), 1.0)) >= 0.66
