"""A file that came in: examined first, applied only after somebody has seen what it would do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from iisg.foundations.access.roles import Can
from iisg.foundations.access.seeing import sees
from iisg.foundations.core import flow
from iisg.foundations.core.handling import Handling, Marking
from iisg.foundations.orgs.models import Organisation


class ImportState(models.TextChoices):
    """Received → (mapping asked) → examined → (being applied) → applied (→ taken back); or refused, or discarded."""

    RECEIVED = "received", _("waiting to be examined")
    NEEDS_MAPPING = "needs_mapping", _("waiting for its columns to be named")
    EXAMINED = "examined", _("examined, nothing changed yet")
    APPLYING = "applying", _("being applied")
    APPLIED = "applied", _("applied")
    REFUSED = "refused", _("refused as a whole")
    DISCARDED = "discarded", _("discarded")
    TAKEN_BACK = "taken_back", _("taken back")


class Back(models.TextChoices):
    """What taking a file back does with one record of it; blank: it was left alone, for the file did nothing to it."""

    REMOVED = "removed", _("removed")
    RESTORED = "restored", _("as before")
    PARTLY = "partly", _("as before in part")
    WITHDRAWN = "withdrawn", _("withdrawn")
    KEPT = "kept", _("kept")


class Verdict(models.TextChoices):
    """What applying the file would do with one record."""

    CREATED = "created", _("new")
    CHANGED = "changed", _("changed")
    UNCHANGED = "unchanged", _("unchanged")
    REFUSED = "refused", _("refused")
    LEFT_OUT = "left_out", _("left out")


class ImportQuerySet(models.QuerySet["Import"]):
    """Questions about imports."""

    def visible_to(self, reader: object) -> Self:
        """The Secretariat sees every import, a reporter those of its own organisation."""
        if sees(reader, Can.IMPORT_ANY_RECORDS):
            return self
        if sees(reader, Can.IMPORT_OWN_RECORDS):
            return self.filter(reporter__in=getattr(reader, "organisation_keys", frozenset()))
        return self.none()

    def versions_of(self, imported: Import) -> Self:
        """Applied files with the same publisher's records of the same kind, the newest first (`file_day`)."""
        same = {"publisher": imported.publisher, "form": imported.form, "subject": imported.subject}
        found = self.filter(state=ImportState.APPLIED, extract=False, **same).exclude(pk=imported.pk)
        return found.order_by(Coalesce("dated_at", "received_at").desc(), "-applied_at")

    def for_pages(self) -> Self:
        """Without the file itself, which may be large; with those whom a page names."""
        found = self.select_related("reporter", "received_by", "publisher", "earlier")
        return found.defer("content", "earlier__content")


class Import(models.Model):
    """One file with what was found in it."""

    handling = Handling(
        Marking.MEMBERS,
        "two years after it was applied or refused",
        personal=("received_by", "taken_back_by_label"),
    )
    flow = flow.Flow(
        "state",
        {
            "ask_mapping": ((ImportState.RECEIVED, ImportState.NEEDS_MAPPING), ImportState.NEEDS_MAPPING),
            "examine": (
                (ImportState.RECEIVED, ImportState.NEEDS_MAPPING, ImportState.EXAMINED),
                ImportState.EXAMINED,
            ),
            "look_again": ((ImportState.NEEDS_MAPPING, ImportState.EXAMINED), ImportState.RECEIVED),
            "refuse": (
                (ImportState.RECEIVED, ImportState.NEEDS_MAPPING, ImportState.EXAMINED),
                ImportState.REFUSED,
            ),
            "ask_apply": ((ImportState.EXAMINED,), ImportState.APPLYING),
            "give_back": ((ImportState.APPLYING,), ImportState.EXAMINED),
            "apply": ((ImportState.EXAMINED, ImportState.APPLYING), ImportState.APPLIED),
            "take_back": ((ImportState.APPLIED,), ImportState.TAKEN_BACK),
            "bring_again": ((ImportState.TAKEN_BACK,), ImportState.RECEIVED),
            "discard": (
                (ImportState.RECEIVED, ImportState.NEEDS_MAPPING, ImportState.EXAMINED),
                ImportState.DISCARDED,
            ),
        },
    )

    file_name = models.CharField(_("file"), max_length=250)
    digest = models.CharField(_("SHA-256"), max_length=64)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    content = models.BinaryField(_("content"))
    form = models.CharField(_("format"), max_length=12, blank=True)
    subject = models.CharField(_("holds"), max_length=12, blank=True)
    version = models.CharField(_("version of the standard"), max_length=12, blank=True)
    state = models.CharField(
        _("state"), max_length=16, choices=ImportState.choices, default=ImportState.RECEIVED
    )
    reporter = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="imports",
        verbose_name=_("reported by"),
    )
    publisher = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="files",
        verbose_name=_("whose records it holds"),
    )
    dated_at = models.DateTimeField(_("dated by the file itself"), null=True, blank=True)
    extract = models.BooleanField(_("taken out of this platform"), default=False)
    earlier = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="newer",
        verbose_name=_("the version before it"),
    )
    stands_alone = models.BooleanField(_("said to be no newer version of another file"), default=False)
    takes_elsewhere = models.BooleanField(
        _("said to be taken in though it is about elsewhere"), default=False
    )
    mapping: models.JSONField[Any, Any] = models.JSONField(default=dict, blank=True)
    file_findings: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)
    new_organisations: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)
    decisions: models.JSONField[Any, Any] = models.JSONField(default=dict, blank=True)
    twins: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)
    twin_decisions: models.JSONField[Any, Any] = models.JSONField(default=dict, blank=True)
    twins_sought_at = models.DateTimeField(_("likely twins sought at"), null=True, blank=True)
    progress = models.PositiveIntegerField(_("records read so far"), default=0)
    created = models.PositiveIntegerField(_("new"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    refused = models.PositiveIntegerField(_("refused"), default=0)
    left_out = models.PositiveIntegerField(_("left out"), default=0)
    warnings = models.PositiveIntegerField(_("warnings"), default=0)
    vanished = models.PositiveIntegerField(_("no longer in it"), default=0)
    returned = models.PositiveIntegerField(_("in it again"), default=0)
    conflicts = models.PositiveIntegerField(_("against what a person confirmed"), default=0)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="imports"
    )
    received_at = models.DateTimeField(_("received at"))
    examined_at = models.DateTimeField(_("examined at"), null=True, blank=True)
    applied_at = models.DateTimeField(_("applied at"), null=True, blank=True)
    taken_back_at = models.DateTimeField(_("taken back at"), null=True, blank=True)
    taken_back_by_label = models.CharField(_("taken back by"), max_length=200, blank=True)
    taken_back_reason = models.CharField(_("why it was taken back"), max_length=500, blank=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-received_at", "-pk"]
        verbose_name = _("import")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state=ImportState.APPLIED) | Q(applied_at__isnull=False),
                name="applied_has_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=ImportState.TAKEN_BACK)
                | (Q(taken_back_at__isnull=False) & ~Q(taken_back_reason="")),
                name="taken_back_has_its_time_and_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def file_day(self) -> datetime:
        """Of when the file is: by its own date, else by its receipt."""
        return self.dated_at or self.received_at

    @property
    def counts(self) -> dict[str, int]:
        """How many records got each verdict."""
        return {verdict.value: getattr(self, verdict.value) for verdict in Verdict}

    def count(self, verdicts: Mapping[str, int]) -> None:
        """Set how many records got each verdict."""
        for verdict in Verdict:
            setattr(self, verdict.value, verdicts.get(verdict.value, 0))

    @property
    def waits(self) -> bool:
        """Whether the queue has work to do on it."""
        return self.state in (ImportState.RECEIVED, ImportState.APPLYING)

    @property
    def undecided_twins(self) -> list[Any]:
        """New records that look like recorded ones and about which nobody has said anything yet."""
        return [twin for twin in self.twins if twin["key"] not in self.twin_decisions]


class ImportRow(models.Model):
    """One record of the file: what it says, what applying it would change, and every finding.

    `conflicts` are differences from what a person has confirmed: they are left, but for the topics named by `taken`.
    `before` is what taking the file back needs (`undoing`), `back` what that did and `back_reasons` why not more.
    """

    handling = Handling(Marking.INTERNAL, "as its import")

    of_import = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="rows")
    order = models.PositiveIntegerField()
    place = models.CharField(_("place in the file"), max_length=250)
    key = models.CharField(_("reference"), max_length=250, blank=True)
    title = models.CharField(_("title"), max_length=1000, blank=True)
    subject = models.CharField(_("holds"), max_length=12, blank=True)
    record_ref = models.CharField(_("reference in this house"), max_length=120, blank=True)
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict.choices)
    elsewhere = models.BooleanField(_("new, and for none of the six"), default=False)
    changes: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)
    findings: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)
    warnings = models.PositiveSmallIntegerField(default=0)
    conflicts: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)
    taken: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)
    before: models.JSONField[Any, Any] = models.JSONField(default=dict, blank=True)
    back = models.CharField(_("when taken back"), max_length=10, choices=Back.choices, blank=True)
    back_reasons: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)

    class Meta:
        ordering: ClassVar = ["order"]
        verbose_name = _("record of an import")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["of_import", "order"], name="one_row_per_record_of_a_file")
        ]

    def __str__(self) -> str:
        return f"{self.key or self.place}: {self.verdict}"


class HeaderMapping(models.Model):
    """Which column means what, named once by a person and remembered for the same headers."""

    handling = Handling(Marking.INTERNAL, "until replaced")

    signature = models.CharField(_("digest of the headers"), max_length=64, unique=True)
    subject = models.CharField(_("holds"), max_length=12)
    columns: models.JSONField[Any, Any] = models.JSONField(default=dict)
    remembered_at = models.DateTimeField(_("remembered at"))

    class Meta:
        ordering: ClassVar = ["-remembered_at"]
        verbose_name = _("remembered columns")

    def __str__(self) -> str:
        return f"{self.subject} {self.signature[:8]}"
