"""Only operations write, and each in one shape: lock, permit, change, record (design.md 7.1)."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.law.house import at, calls, dotted, functions, product_files, room, told, tree

WRITES = {"save", "create", "delete", "get_or_create", "update_or_create", "bulk_create", "bulk_update"}
WRITES |= {"asave", "acreate", "adelete", "aupdate"}
MAY_WRITE = {
    "iisg.foundations.audit": "the record itself is written here, inside the deed's transaction",
    "iisg.knowledge.finding.keeping": "the index of search says nothing of its own; it follows deeds that are recorded",
    "iisg.knowledge.analysis.keeping": "summaries of what operations recorded, inside their transactions (ADR 14)",
    "iisg.knowledge.analysis.money_keeping": "the money of what operations recorded, in parts, likewise (ADR 9)",
    "iisg.office.letters.paper": "saves a Word file into memory, no record",
    "iisg.governance.meetings.minutes_in_word": "likewise",
    "iisg.foundations.accounts.models.UserManager.create_user": "the contract of Django's user managers",
}
"""Places outside of operations that write, each with its reason."""


def is_write(call: ast.Call) -> bool:
    """Whether a call changes the database; `update` counts when it is given fields by keyword only."""
    if not isinstance(call.func, ast.Attribute):
        return False
    if call.func.attr == "save" and dotted(call.func.value) == "super":
        return False
    if call.func.attr == "update":
        return bool(call.keywords) and not call.args
    return call.func.attr in WRITES


def where(path: Path, call: ast.Call) -> str:
    """Dotted place of a call: module, class, function."""
    module = ".".join(path.with_suffix("").parts[path.parts.index("iisg") :])
    names = [
        node.name
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.lineno <= call.lineno <= (node.end_lineno or 0)
    ]
    return ".".join([module, *names])


def stray_writes(path: Path) -> list[str]:
    """Writes in a file that is not the room of the verbs."""
    return [
        f"{at(path, call.lineno)} calls .{call.func.attr}("
        for call in calls(tree(path))
        if isinstance(call.func, ast.Attribute)
        and is_write(call)
        and not where(path, call).startswith(tuple(MAY_WRITE))
    ]


def _reaching(module: ast.Module, direct: Callable[[ast.Call], bool]) -> set[str]:
    """Names of the module's functions that reach such a call, by themselves or through each other."""
    reaching: set[str] = set()
    while True:
        found = {
            function.name
            for function in functions(module)
            if any(direct(call) or dotted(call.func) in reaching for call in calls(function))
        }
        if found == reaching:
            return reaching
        reaching = found


def shape_breaches(path: Path, module: ast.Module) -> list[str]:
    """What the public verbs of a room of operations lack."""
    writers = _reaching(module, is_write)
    askers = _reaching(module, lambda call: dotted(call.func).split(".")[-1] == "require")
    recorders = _reaching(module, _records)
    verbs = {each.name for each in module.body if isinstance(each, ast.FunctionDef) and each.name[0] != "_"}
    found = []
    for verb in module.body:
        if not isinstance(verb, ast.FunctionDef) or verb.name.startswith("_"):
            continue
        place = f"{at(path, verb.lineno)} {verb.name}"
        if not any(dotted(each).endswith("atomic") for each in verb.decorator_list) and not delegates(
            verb, verbs, writers
        ):
            found.append(
                f"{place}: no @transaction.atomic. Cure: deed and record happen together or not at all."
            )
        missing = {"by", "at"} - {argument.arg for argument in verb.args.kwonlyargs}
        if missing:
            found.append(
                f"{place}: keyword-only {sorted(missing)} missing. Cure: def {verb.name}(…, *, by, at)."
            )
        found += [f"{place}: {breach}" for breach in _order_breaches(verb, writers, askers)]
        if verb.name not in recorders:
            found.append(f"{place}: leaves no event. Cure: record('app.thing_done', by=by, on=…, at=at).")
    return found


def delegates(verb: ast.FunctionDef, verbs: set[str], writers: set[str]) -> bool:
    """Whether a verb works for long outside of a transaction and leaves all writing to one other verb."""
    writing = [call for call in calls(verb) if is_write(call) or dotted(call.func) in writers]
    return len(writing) == 1 and dotted(writing[0].func) in verbs


def _records(call: ast.Call) -> bool:
    """A call that seals an event: `record(…)`, or another app's operation, which does so itself."""
    name = dotted(call.func)
    return name in ("record", "record_each", "trail.record") or "operations." in name


def _order_breaches(verb: ast.FunctionDef, writers: set[str], askers: set[str]) -> list[str]:
    """Permission comes before the first write."""
    for call in calls(verb):
        name = dotted(call.func)
        if name.split(".")[-1] == "require" or name in askers:
            return []
        if is_write(call) or name in writers:
            return [
                f"writes in line {call.lineno} before it asks. Cure: require(by, Can.X, rules.may_…) first."
            ]
    return ["never asks. Cure: require(by, Can.X, rules.may_…) first."]


def test_only_operations_write() -> None:
    breaches = [
        breach for path in product_files() if room(path) != "operations" for breach in stray_writes(path)
    ]
    assert not breaches, told(breaches, "move the write into operations.py of the higher app")


def test_operations_have_one_shape() -> None:
    breaches = [
        breach
        for path in product_files()
        if room(path) == "operations"
        for breach in shape_breaches(path, tree(path))
    ]
    assert not breaches, told(breaches, "see design rule 1 in docs/map.md")


SOUND = """
@transaction.atomic
def close(case, *, by, at):
    case = Case.objects.select_for_update().get(pk=case.pk)
    require(by, Can.CLOSE, rules.may_close(case))
    _store(case)
    record("cases.case_closed", by=by, on=case, at=at)

def _store(case):
    case.save()
"""


@pytest.mark.parametrize(
    ("take", "put", "said"),
    [
        ("@transaction.atomic\n", "", "no @transaction.atomic"),
        ("*, by, at", "by, at", "keyword-only"),
        (
            "    require(by, Can.CLOSE, rules.may_close(case))\n    _store(case)",
            "    _store(case)",
            "before it asks",
        ),
        ("    require(by, Can.CLOSE, rules.may_close(case))\n    _store(case)\n", "", "never asks"),
        ('    record("cases.case_closed", by=by, on=case, at=at)\n', "", "leaves no event"),
    ],
)
def test_the_law_sees_a_broken_shape(take: str, put: str, said: str) -> None:
    place = Path("iisg/cases/operations.py")
    assert shape_breaches(place, ast.parse(SOUND)) == []
    assert any(said in breach for breach in shape_breaches(place, ast.parse(SOUND.replace(take, put))))


@pytest.mark.parametrize(
    ("line", "writes"),
    [
        ("case.save()", True),
        ("Case.objects.filter(pk=1).update(state='closed')", True),
        ("Case.objects.bulk_create(rows)", True),
        ("found.update({'a': 1})", False),
        ("super().save(*args)", False),
        ("digest.update(content)", False),
    ],
)
def test_the_law_knows_a_write(line: str, writes: bool) -> None:
    assert any(is_write(call) for call in calls(ast.parse(line))) is writes
