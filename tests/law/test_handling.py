"""Gate two: every model says who may see it, how long it stays and what in it is personal."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from iisg.foundations.core.handling import Handling, Marking
from tests.law.house import told


def house_models() -> list[type[models.Model]]:
    """Every concrete model of ours."""
    return [model for model in apps.get_models() if model.__module__.startswith("iisg.")]


def is_part(model: type[models.Model]) -> bool:
    """Whether a record goes with another one, through which alone it is seen (a party of an action)."""
    keys = [field for field in model._meta.fields if isinstance(field, models.ForeignKey) and not field.null]
    wholes = [key.related_model for key in keys if key.remote_field.on_delete is models.CASCADE]
    return any(hasattr(whole._default_manager, "visible_to") for whole in wholes)


def breaches_of(model: type[models.Model]) -> list[str]:
    """What a model leaves unsaid, each with its cure."""
    name = f"{model.__module__}.{model.__name__}"
    handling = getattr(model, "handling", None)
    if not isinstance(handling, Handling):
        return [f"{name} has no `handling`. Cure: handling = Handling(Marking.…, 'how long it stays')."]
    found = []
    if not handling.retention.strip():
        found.append(f"{name}: `handling` does not say how long a record stays. Cure: say it in words.")
    manager = model._default_manager
    if handling.marking is Marking.MEMBERS and not hasattr(manager, "visible_to") and not is_part(model):
        found.append(f"{name} is for members. Cure: give its QuerySet `visible_to(reader)`.")
    fields = {field.name for field in model._meta.get_fields()}
    found += [
        f"{name}: personal field '{each}' does not exist." for each in handling.personal if each not in fields
    ]
    return found


def test_every_model_says_how_it_is_handled() -> None:
    breaches = [breach for model in house_models() for breach in breaches_of(model)]
    assert not breaches, told(breaches, "see iisg/foundations/core/handling.py")


@pytest.mark.parametrize(
    ("handling", "said"),
    [
        (None, "has no `handling`"),
        (Handling(Marking.MEMBERS, "ten years"), "visible_to"),
        (Handling(Marking.PUBLIC, " "), "how long"),
        (Handling(Marking.PUBLIC, "ten years", personal=("nose",)), "'nose' does not exist"),
    ],
)
def test_the_law_sees_what_is_unsaid(handling: Handling | None, said: str) -> None:
    with isolate_apps("iisg.foundations.core"):
        forgotten = type(
            "Forgotten",
            (models.Model,),
            {"__module__": __name__, "Meta": type("Meta", (), {"app_label": "core"}), "handling": handling},
        )
        assert any(said in breach for breach in breaches_of(forgotten))
