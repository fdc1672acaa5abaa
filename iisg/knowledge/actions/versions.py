"""Files of one publisher over time: which one came before, what it held that the newer one does not."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from iisg.knowledge.actions.models import Absence, Action, Import, ImportRow
from iisg.knowledge.needs.models import Need

SHARED = 4
"""A file is a version of an earlier one of which it holds at least one record in so many; less is an extract."""


def earlier_version(imported: Import) -> Import | None:
    """The newest applied file of which this one, compared with the house, is another version.

    Two files of one publisher that share nothing (one for each country, say) are no versions of each other, nor is one
    that holds a small part of the other. Where nobody publishes both they must have the same columns or the same name,
    for the house compiles from many sources. A person may say that a file is no version of any. What was taken out of
    this platform holds what somebody had filtered for: it is a version of nothing.
    """
    if imported.extract or imported.stands_alone:
        return None
    mine, files = known_rows(imported), Import.objects.versions_of(imported).for_pages()
    found = ImportRow.objects.filter(
        of_import__in=files.values("pk"), record_ref__in=mine.values("record_ref")
    )
    shared = dict(found.values_list("of_import").annotate(records=Count("pk")).order_by())
    size = mine.count() if shared else 0
    for file in files.filter(pk__in=shared):
        held = known_rows(file).count()
        least = min(held, size) if is_older(imported, file) else held
        if shared[file.pk] * SHARED >= least and _of_one_source(imported, file):
            return file
    return None


def _of_one_source(imported: Import, file: Import) -> bool:
    signatures = imported.mapping.get("signature"), file.mapping.get("signature")
    return (
        imported.publisher_id is not None
        or signatures[0] == signatures[1]
        or imported.file_name == file.file_name
    )


def known_rows(imported: Import) -> QuerySet[ImportRow]:
    """Records of the file that mean a record of the house, refused ones included."""
    return ImportRow.objects.filter(of_import=imported).exclude(record_ref="")


def known_actions(imported: Import) -> QuerySet[ImportRow]:
    """Those that mean an action; a need may have the same reference."""
    return known_rows(imported).filter(subject="actions")


def known_needs(imported: Import) -> QuerySet[ImportRow]:
    """Those that mean a need."""
    return known_rows(imported).filter(subject="needs")


def is_older(imported: Import, earlier: Import | None) -> bool:
    """Whether the file that came in later is the older one: by the date that both state, else by their receipt."""
    if earlier is None:
        return False
    if imported.dated_at is not None and earlier.dated_at is not None:
        return imported.dated_at < earlier.dated_at
    return imported.received_at < earlier.received_at


def vanished(imported: Import) -> QuerySet[Action]:
    """Actions of the version before it that do not stand in this file; none where this one is the older."""
    if imported.earlier is None or is_older(imported, imported.earlier):
        return Action.objects.none()
    held, mine = (known_actions(file).values("record_ref") for file in (imported.earlier, imported))
    noticed = Absence.objects.standing().filter(action__isnull=False).values("action")
    found = Action.objects.counted().filter(ref__in=held)
    return found.exclude(ref__in=mine).exclude(pk__in=noticed).select_related("reporter")


def vanished_needs(imported: Import) -> QuerySet[Need]:
    """Needs of the version before it that do not stand in this file; none where this one is the older.

    Of a partner of whose needs the file has kept none it does not speak at all: those of that partner alone stay.
    """
    if imported.earlier is None or is_older(imported, imported.earlier):
        return Need.objects.none()
    held, mine = (known_needs(file).values("record_ref") for file in (imported.earlier, imported))
    spoken_of = Need.partners.through.objects.filter(need__ref__in=held).filter(need__ref__in=mine)
    noticed = Absence.objects.standing().filter(need__isnull=False).values("need")
    found = Need.objects.counted().filter(ref__in=held).exclude(ref__in=mine).exclude(pk__in=noticed)
    concerned = Q(partners=None) | Q(partners__in=spoken_of.values("organisation"))
    return found.filter(concerned).distinct().order_by("ref")


def returned(imported: Import) -> QuerySet[Absence]:
    """Standing absences of records in this file again; an older, unrelated or own file brings none back."""
    if imported.extract or imported.stands_alone or is_older(imported, imported.earlier):
        return Absence.objects.none()
    of_actions = Q(action__ref__in=known_actions(imported).values("record_ref"))
    of_needs = Q(need__ref__in=known_needs(imported).values("record_ref"))
    return Absence.objects.standing().filter(of_actions | of_needs)


def same_file(imported: Import) -> Import | None:
    """An earlier import of the very same bytes for the same reporter, the applied one first."""
    same = Import.objects.filter(digest=imported.digest, reporter=imported.reporter)
    before = same.filter(received_at__lte=imported.received_at).exclude(pk=imported.pk).for_pages()
    found = sorted(before, key=lambda file: (file.applied_at is None, -file.received_at.timestamp()))
    return next(iter(found), None)


def moment_of(printed: str) -> datetime | None:
    """The moment at which a file says it was made; None for what is no moment.

    One without a zone is taken as one of the house's.
    """
    try:
        moment = parse_datetime(printed.strip())
    except ValueError:
        return None
    return timezone.make_aware(moment) if moment is not None and timezone.is_naive(moment) else moment
