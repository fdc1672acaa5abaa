"""The tally of public projects is counted by the database in classes: it says what the engine says of each project."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iisg.faces.public.projects import Standing, Wanted, published, tally
from iisg.knowledge.actions.factories import make_action
from iisg.knowledge.actions.models import Action, Stage
from iisg.knowledge.analysis.engine.rows import ActionRow
from iisg.knowledge.analysis.engine.running import running_at

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)

days = st.none() | st.integers(-2, 2).map(lambda n: DAY + timedelta(days=n))
projects = st.lists(
    st.tuples(st.sampled_from([*Stage.values, ""]), days, days).filter(
        lambda one: not (one[1] and one[2] and one[1] > one[2])
    ),
    max_size=12,
)


@given(projects)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_project_is_counted_and_found_as_the_engine_says(
    made: list[tuple[str, date | None, date | None]],
) -> None:
    with transaction.atomic():
        wanted: dict[str, list[str]] = {}
        for number, (stage, start, end) in enumerate(made):
            action = make_action(f"Project {number}")
            Action.objects.filter(pk=action.pk).update(
                stage=stage, start_on=start, end_on=end, is_public=True
            )
            running = running_at(ActionRow(ref="", stage=stage, start=start, end=end), DAY)
            wanted.setdefault(running, []).append(action.ref)
        counted = Counter({running: len(refs) for running, refs in wanted.items()})
        assert tally(published(Wanted(), DAY), DAY) == counted
        for standing in Standing.values:
            found = published(Wanted(running=standing), DAY)
            assert sorted(found.values_list("ref", flat=True)) == sorted(wanted.get(standing, []))
        transaction.set_rollback(True)
