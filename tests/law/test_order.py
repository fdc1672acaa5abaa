"""A lower floor never knows a higher one: imports, foreign keys, and only public rooms of a neighbour."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import grimp
import pytest
from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey

from tests.law.house import HOUSE, order_of_apps, told

PRIVATE_ROOMS = {
    "urls",
    "views",
    "forms",
    "receivers",
    "clock",
    "jobs",
    "effects",
    "apps",
    "admin",
    "migrations",
    "tests",
}
PURE = (
    "iisg.knowledge.analysis.engine",
    "iisg.knowledge.actions.iati",
    "iisg.knowledge.actions.reading_room",
    "iisg.knowledge.actions.sheets",
    "iisg.knowledge.actions.sources",
)


def test_imports_keep_the_contracts_of_pyproject() -> None:
    """The same as `lint-imports`; its report names the import to take out."""
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-logo"], cwd=HOUSE, capture_output=True, text=True, check=False)
    assert done.returncode == 0, (
        f"{done.stdout}\nCure: move the code to the higher app, or announce it by a signal."
    )


def may_point(source: str, target: str) -> bool:
    """Whether a record of app `source` may refer to one of app `target`: the same app or one further down."""
    order = order_of_apps()
    if source == target or target not in order:
        return True
    (floor, within, wing), (other_floor, other_within, other_wing) = order[source], order[target]
    return other_floor < floor or (wing == other_wing and other_within < within)


def test_foreign_keys_point_downwards() -> None:
    breaches = []
    for model in apps.get_models():
        if not model.__module__.startswith("iisg."):
            continue
        breaches += [
            f"{model._meta.label}.{field.name} is a GenericForeignKey"
            for field in model._meta.private_fields
            if isinstance(field, GenericForeignKey)
        ]
        for field in [*model._meta.fields, *model._meta.many_to_many]:
            related = field.related_model
            if isinstance(related, type) and not may_point(model._meta.app_label, related._meta.app_label):
                breaches.append(f"{model._meta.label}.{field.name} points up to {related._meta.label}")
    assert not breaches, told(breaches, "turn the key round, or keep the reference as text")


def test_every_app_stands_on_a_floor() -> None:
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("iisg.")}
    assert ours <= set(order_of_apps()), "Cure: name the app in the import contracts of pyproject.toml."


def room_breaches(importer: str, imported: str) -> bool:
    """Whether one app enters another by a room that is not public."""
    theirs, ours = imported.split("."), importer.split(".")
    if len(theirs) < 4 or len(ours) < 3 or theirs[:3] == ours[:3] or "tests" in ours:
        return False
    return theirs[3] in PRIVATE_ROOMS


def test_neighbours_are_entered_by_public_rooms() -> None:
    graph = grimp.build_graph("iisg", cache_dir=None)
    breaches = [
        f"{importer} imports {imported}"
        for importer in sorted(graph.modules)
        for imported in sorted(graph.find_modules_directly_imported_by(importer))
        if room_breaches(importer, imported)
    ]
    assert not breaches, told(breaches, "use the neighbour's models, operations, rules or signals")


@pytest.mark.parametrize("package", PURE)
def test_pure_packages_run_without_django(package: str) -> None:
    """Imported in a Python of its own in which there is no Django."""
    programme = (
        "import sys, pkgutil, importlib; sys.modules['django'] = None\n"
        f"package = importlib.import_module({package!r})\n"
        "for found in pkgutil.walk_packages(package.__path__, package.__name__ + '.'):\n"
        "    importlib.import_module(found.name)\n"
    )
    if not (HOUSE / Path(*package.split("."))).is_dir():
        pytest.skip(f"{package} does not exist yet")
    done = subprocess.run(
        [sys.executable, "-c", programme], cwd=HOUSE, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, (
        f"{done.stderr}\nCure: {package} is pure; pass plain rows in, return plain rows."
    )


def test_the_law_knows_up_from_down() -> None:
    assert may_point("needs", "orgs")
    assert may_point("responses", "actions")
    assert may_point("accounts", "auth")
    assert not may_point("orgs", "needs")
    assert not may_point("actions", "responses")
    assert room_breaches("iisg.faces.desk.views", "iisg.knowledge.needs.views")
    assert not room_breaches("iisg.faces.desk.views", "iisg.knowledge.needs.operations")
