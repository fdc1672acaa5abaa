"""Keys that the database wrote down itself filter as those that came one by one."""

from __future__ import annotations

import pytest

from iisg.foundations.core.among import Among, Keys
from iisg.foundations.orgs.factories import make_organisation
from iisg.foundations.orgs.models import Organisation

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("sought", [True, False])
def test_keys_read_by_the_database_filter_as_keys_given(sought: bool) -> None:
    first, second, third = (make_organisation(name) for name in ("First", "Second", "Third"))
    read = Keys.read(Organisation.objects.filter(name__in=["First", "Second"]))
    assert len(read) == 2
    assert sorted(read.listed) == [first.pk, second.pk]
    kept = Organisation.objects.filter(Among("pk", read, sought=sought))
    assert set(kept) == {first, second}
    more = read.with_also([third.pk, first.pk])
    assert set(Organisation.objects.filter(Among("pk", more, sought=sought))) == {first, second, third}
    assert read.with_also([]) is read


def test_no_keys_let_nothing_through() -> None:
    make_organisation("First")
    none = Keys.read(Organisation.objects.none())
    assert len(none) == 0
    assert none.listed == []
    assert not Organisation.objects.filter(Among("pk", none, sought=True)).exists()
    assert not Organisation.objects.filter(Among("pk", Keys(()), sought=False)).exists()
