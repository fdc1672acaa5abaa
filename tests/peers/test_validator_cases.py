"""The validators' own 771 tiny files: what should pass is taken, what should fail is refused or warned at its place.

What "accepted" means for such a fragment. Nearly all of them are one scaffold around the thing under test: a blank
identifier, version "xx", codes "xx", a participating organisation without a name. No house could record an
activity without an identifier, so the house refuses that record whatever else it holds; the suite's own bare
scaffold (`02-minimal-doc`, which should pass) gets the same remarks. Therefore:

* schema cases that should pass are accepted if the file is read to its end, the schema finds nothing in it and
  nothing refuses the record but what refuses the bare scaffold;
* schema cases that should fail count only with a finding which the scaffold does not have and which names, in its
  place or its words, an element or attribute that the case's own name says is wrong;
* cases of the ruleset (`_bad`, `_good`) come in pairs: the finding of the rule under test must be in the bad one
  and must not be in the good one. Whatever else these fragments lack (titles, reporters) is not under test.

Everything else is a deviation, listed with its reason; run with -s to see them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from iisg.foundations.core.findings import Finding
from iisg.knowledge.actions.iati import check_organisations, read_iati
from iisg.knowledge.actions.sources import UnreadableFile, open_source

CASES = Path(__file__).resolve().parents[3] / "shared" / "data" / "iati" / "validator_cases"
pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason="the data at hand (../shared/data) is absent")
TODAY = dt.date(2026, 11, 24)

BARE = "schema_activity-tests__should-pass__02-minimal-doc.xml"
WHY = {
    "registry": "a record of the registry, no IATI file: refused by its outermost element",
    "a part": "a part without its outermost element, or nothing but it: refused by that, not by what is wrong in it",
    "the root": "attributes of the outermost element are not held against the schema; nothing of ours is read there",
    "no name": "the finding names what is wrong, but the name of the case does not, so that nothing is claimed for it",
}
"""Reasons for which a case is no success."""

RULES = {
    "date": {"iati.end-before-start"},
    "date_now": {"standard.in-the-future"},
    "forloop": {"iati.shares-sum"},
    "identifiers": {"standard.identifier-prefix"},
    "if_then": {"standard.own-code-unnamed"},
    "one_or_all_lang": {"standard.no-language"},
    "one_or_all_sector": {"standard.sectors-incomplete"},
    "one_or_all_sector_all": {"standard.sectors-incomplete"},
    "only_one_of_activity": {"standard.recipients-at-two-levels"},
    "period_time": {"standard.period-too-long"},
    "recipient_country": {"iati.shares-sum"},
    "sector_percentage_sum": {"iati.shares-sum"},
}
"""Cases of the ruleset to the finding with which the house answers."""

NOT_OURS = {
    "results": "indicators and results are not read; what is wrong in them changes no record",
    "made up": "the fragment is made up of elements that the standard does not have",
    "publisher": "periods and sums of a publisher's own budgets; nothing is taken from organisation files",
    "advice": "advice that changes no reading of ours",
}
EXPLAINED = {
    "at_least_one": "advice",
    "at_least_one_no_element": "advice",
    "between_dates": "publisher",
    "one_or_all_currency": "made up",
    "one_or_all_currency_all": "made up",
    "one_or_all_org_currency": "publisher",
    "only_one_of_transaction": "advice",
    "range": "made up",
    "recipient_region_budget": "publisher",
    "regex": "made up",
    "results_indicator_baseline_value": "results",
    "results_indicator_period_actual_value": "results",
    "results_indicator_period_target_value": "results",
    "results_refs": "results",
    "sum": "made up",
    "sum_two": "made up",
    "time_limit": "publisher",
    "total_expenditure": "publisher",
    "unique": "advice",
}
"""Cases of the ruleset that the house leaves alone, with the reason."""


@dataclass(frozen=True, slots=True)
class Case:
    """One file: the suite it belongs to, whether it should pass (None: it does not say), and what is under test."""

    path: Path
    suite: str
    should_pass: bool | None
    subject: str


@cache
def cases() -> list[Case]:
    """All files, told apart by their names."""
    return [_case(path) for path in sorted(CASES.glob("*.xml"))]


def _case(path: Path) -> Case:
    suite, *rest = path.stem.split("__")
    said = next((word for word in (suite, *rest) if "should-" in word), "")
    if said:
        return Case(path, suite, "should-pass" in said, "__".join(part for part in rest if part != said))
    name = rest[-1]
    good = {"_good": True, "_bad": False}
    for ending, should_pass in good.items():
        if name.endswith(ending) or f"{ending}_" in name:
            return Case(path, suite, should_pass, name.replace(ending, ""))
    return Case(path, suite, None, name)


def read(path: Path) -> list[Finding]:
    """Everything the house has to say about a file."""
    try:
        source = open_source(path)
        if source.format == "organisations":
            return [*source.findings, *check_organisations(source)]
        return [*source.findings, *(f for r in read_iati(source, today=TODAY) for f in r.findings)]
    except UnreadableFile as refusal:
        return [refusal.finding]


@cache
def of_the_scaffold() -> frozenset[str]:
    """Codes of what is said about the bare scaffold."""
    return frozenset(finding.code for finding in read(CASES / BARE)) | {"iati.organisation-file"}


@cache
def names() -> frozenset[str]:
    """Every name of an element or attribute in the cases."""
    found: set[str] = set()
    for case in cases():
        for element in etree.parse(case.path).iter(etree.Element):
            found |= {etree.QName(name).localname for name in (str(element.tag), *map(str, element.attrib))}
    return frozenset(found)


def under_test(case: Case) -> set[str]:
    """Names of elements and attributes in the name of a case; the outermost only where there is no other."""
    said = f"_{case.subject}_".replace("__", "_")
    inside = {name for name in names() if re.search(rf"[_-]{re.escape(name)}[_]", said)}
    return inside - {"iati-activities", "iati-organisations", "iati-activity", "iati-organisation"} or inside


def names_it(finding: Finding, case: Case) -> bool:
    """Whether the finding speaks of what the case is about."""
    path = finding.place.rsplit(", ", 1)[-1]
    said = set(re.findall(r"[A-Za-z][\w-]*", f"{path} {finding.message}"))
    return bool(said & under_test(case))


def schema_cases() -> Iterator[tuple[Case, list[Finding], str]]:
    """Each case of the schema suites with what counts of its findings, and the verdict."""
    for case in cases():
        if not case.suite.startswith("schema_"):
            continue
        found = [
            f for f in read(case.path) if f.code not in of_the_scaffold() or "No IATI version" in f.message
        ]
        if case.should_pass:
            telling = [f for f in found if f.code == "standard.schema" or f.refuses]
            yield case, telling, "refused or warned" if telling else "accepted"
        elif any(names_it(finding, case) for finding in found):
            yield case, found, "at its place"
        else:
            yield case, found, "elsewhere" if found else "unnoticed"


def show(title: str, counted: Counter[str], deviations: list[str]) -> None:
    """Print a table and its deviations."""
    print(f"\n{title}: " + ", ".join(f"{number} {verdict}" for verdict, number in counted.most_common()))
    for line in deviations:
        print(f"  {line}")


def test_all_771_files_get_a_verdict() -> None:
    assert len(cases()) == 771
    for case in cases():
        assert read(case.path) or case.should_pass is not False


def why(case: Case, telling: list[Finding]) -> str:
    """The reason of a deviation, "" where nobody has one."""
    if "registry" in case.suite:
        return WHY["registry"]
    if not telling:
        return WHY["the root"] if "generated-datetime" in case.subject else ""
    codes = {finding.code for finding in telling}
    if codes <= {"xml.wrong-root", "iati.no-activities"}:
        return WHY["a part"]
    return WHY["no name"] if "standard.schema" in codes and not case.should_pass else ""


def weigh(should_pass: bool, success: str) -> tuple[Counter[str], list[str]]:
    """Verdicts on all cases of one kind, and those whose deviation nobody can explain."""
    counted: Counter[str] = Counter()
    deviations, unexplained = [], []
    for case, telling, verdict in schema_cases():
        if case.should_pass is should_pass:
            counted[verdict] += 1
            if verdict != success:
                reason = why(case, telling)
                deviations.append(f"{case.path.name}: {verdict}: {reason or [str(f) for f in telling]}")
                unexplained += [] if reason else [case.path.name]
    show(f"should {'pass' if should_pass else 'fail'}", counted, deviations)
    return counted, unexplained


def test_what_should_pass_is_accepted() -> None:
    counted, unexplained = weigh(True, "accepted")
    assert counted.total() == 239
    assert counted["accepted"] >= 0.95 * counted.total()
    assert unexplained == []


def test_what_should_fail_is_refused_or_warned_at_its_place() -> None:
    counted, unexplained = weigh(False, "at its place")
    assert counted.total() == 455
    assert counted["at its place"] >= 0.8 * counted.total()
    assert unexplained == []


def test_cases_of_the_ruleset_are_told_apart_or_explained() -> None:
    counted: Counter[str] = Counter()
    unexplained = []
    for case in cases():
        if case.suite.startswith("schema_") or case.should_pass is None:
            continue
        codes = {finding.code for finding in read(case.path)}
        rule = RULES.get(case.subject) or RULES.get(case.subject.removesuffix("_all"), set())
        if case.subject in EXPLAINED:
            counted[f"left alone: {NOT_OURS[EXPLAINED[case.subject]]}"] += 1
        elif not rule or bool(codes & rule) is case.should_pass:
            unexplained.append(f"{case.path.name}: {sorted(codes)}")
        else:
            counted["told apart"] += 1
    show("ruleset", counted, unexplained)
    assert unexplained == []


def test_registry_records_are_refused_by_their_root() -> None:
    for case in cases():
        if "registry" in case.suite:
            assert [finding.code for finding in read(case.path)] == ["xml.wrong-root"]
