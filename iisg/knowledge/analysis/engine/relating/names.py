"""Names of the bodies of the field in the languages in which actions are reported; data for `bodies`.

Names stand folded, divided by commas; "*" stands for any ending of a word. A body that is not here is known by its
printed name, so the lists grow only where one body is printed under several names.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

AGENCIES: Final[Mapping[str, str]] = {
    "aire": "aire cent*",
    "berghof": "berghof*",
    "british council": "british council",
    "cepol": "cepol, european union agency for law enforcement training",
    "cilc": "cilc, cent* for international legal cooperation",
    "coe": "coe, kie, council of europe, vijec* evrop*, vijec* europ*, savet* evrop*, savjet* evrop*, "
    "sovet* na evrop*, keshill* i evropes, keshill* te evropes, consiglio d europa, conseil de l europe, europarat*",
    "dcaf": "dcaf, geneva centre for security sector governance, "
    "geneva centre for the democratic control of armed forces",
    "drc": "danish refugee council, drc, dansk flygtning*",
    "ebrd": "ebrd",
    "ega": "e governance academy, ega, e ga, akademi* e qeverisjes elektronike, akademij* za e upravu",
    "euaa": "euaa, easo, european asylum support office, european union agency for asylum",
    "eurojust": "eurojust",
    "europol": "europol",
    "expertise france": "expertise france",
    "fiiapp": "fiiapp",
    "frontex": "frontex, european border and coast guard agency",
    "gcerf": "gcerf, global community engagement and resilience fund",
    "giz": "giz, deutsche gesellschaft fur internationale zusammenarbeit",
    "hilfswerk": "hilfswerk*, hwi",
    "icmpd": "icmpd, international centre for migration policy development",
    "interpol": "interpol",
    "iom": "iom, onm, mom, oim, international organi* for migration, medjunarodn* organizacij* za migracij*, "
    "megjunarodn* organizacij* za migracij*, organizat* nderkombetar* per migr*",
    "jcp": "joint coordination platform, jcp",
    "marri": "marri",
    "nato": "nato",
    "osce": "osce, oebs, obse, osbe, ocse, organi* for security and co operation in europe, "
    "organi* for security and cooperation in europe",
    "pcc see": "pcc see, police cooperation convention*",
    "rai": "rai, regional anti corruption initiative",
    "rcc": "rcc, regional cooperation council, savet* za regionalnu saradnju, vijec* za regionalnu saradnju",
    "salw fund": "salw* mptf, salw control roadmap*, mptf* za salv, mptf* for salw, mptf* salw, salw* trust fund, "
    "fond* za salv, fond* za salw",
    "seesac": "seesac, south eastern and eastern europe clearinghouse*",
    "undp": "undp, pnud, united nations development program*",
    "unhcr": "unhcr, united nations high commissioner for refugees, un refugee agency",
    "unicef": "unicef",
    "unodc": "unodc, united nations office on drugs and crime",
    "unops": "unops",
    "un women": "un women, unwomen",
    "world bank": "world bank, svetsk* bank*, svjetsk* bank*, bank* boterore",
}
"""Bodies that act in their own name, also where a state or an office of theirs is named with them."""

UNION: Final = (
    "eu, ue, be, ke, ek, ec, european union, european commission, evropsk* unij*, europsk* unij*, evropsk* komisij*, "
    "europsk* komisij*, bashkim* evropian*, komision* evropian*, unione europea, commissione europea, "
    "europaische* union, europaische* kommission, union europeenne, commission europeenne, dg near, dg home, fpi, "
    "eud, ipa, amif, eeas, migration partnership facility"
)
"""The Union, its Commission, delegations and instruments: as a donor they are one."""

STATES: Final[Mapping[str, str]] = {
    "AT": "austri*, osterr*",
    "BE": "belg*",
    "BG": "bulgar*, bugarsk*",
    "CA": "canad*, kanad*",
    "CH": "switz*, swiss, svicar*, svajcar*, zvic*, schweiz*, svizzer*, sdc, sem",
    "CZ": "czech*, cesk*, ceki*, ceke, tschech*, ceca",
    "DE": "german*, gjerman*, njemack*, nemack*, germani*, deutsch*, tedesc*, allem*, bmz",
    "DK": "denmark, danish, danimark*, dansk*, danemar*",
    "EE": "eston*",
    "ES": "spain, spanish, spanj*, spansk*, spagn*, aecid",
    "FI": "finland*, finn*, finsk*",
    "FR": "france, french, francusk*, frances, franc*, frankr*",
    "GB": "uk, gb, british, britan*, england, fcdo, cssf, united kingdom, great britain, mbreteri* e bashkuar, "
    "ujedinjen* kraljevstv*, conflict stability and security",
    "GR": "greece, greek, grck*, greqi*, grci*",
    "HR": "croat*, hrvat*, kroaci*, kroat*",
    "HU": "hungar*, madjar*, madzar*, ungari*, unghe*, ungar*",
    "IE": "ireland, irish, irsk*, irland*",
    "IT": "ital*, aics, ministero",
    "JP": "japan*",
    "LT": "lithua*, litv*",
    "LU": "luxem*, luksem*",
    "LV": "latv*, leton*",
    "MD": "moldov*",
    "NL": "netherl*, dutch, holand*, holland*, nizozem*, niederl*, paesi bassi",
    "NO": "norw*, norveg*, norves*, norad",
    "PL": "poland, polish, poljsk*, poloni*",
    "PT": "portug*",
    "RO": "romani*, rumun*",
    "SE": "swed*, sved*, suedi*, svez*, sida",
    "SI": "sloven*",
    "SK": "slovak*",
    "TR": "turk*, turc*",
    "UA": "ukrain*",
    "US": "us, usa, sad, shba, america*, amerik*, usaid, inl, opdat, exbs, united states, shtet* e bashkuara, "
    "sjedinjen* drzav*, soedineti* drzav*",
}
"""States that give or send, with agencies that are known by their letters alone."""

PUBLIC: Final = (
    "minist*, mini, govern*, embass*, ambasad*, vlad*, qeveri*, agenc*, agjenc*, agenzi*, federal*, polic*, poliz*, "
    "department*, moi, mfa, mpb, mup, mvr, bmi, bka, bk, administra*, uprava*, directorate*, custom*, carin*, dogan*, "
    "republic*, republik*, kingdom*, mbreter*, kraljev*, consort*, konzorc*, konsorc*, office*, state, "
    "bundes*, high, migration"
)
"""Words by which a name with a state in it is of that state and not of a free association that bears its name."""

NOBODY: Final = (
    "civil society, civil society consortia, civil society organisations, consortia, consortium, konsorcium*, "
    "ngo, ngos, various, various donors, multiple, several, tbd, n a, none, unknown, "
    "konsorcium* te oshc*, konsorcium* te oshc ve"
)
"""What stands in the place of a name and names nobody."""

WHOLE_NAMES: Final[Mapping[str, str]] = {"ve": "coe", "se": "coe", "mvr": "MK"}
"""Abbreviations that are also endings or words, and mean a body only where they are all of the name."""
