"""The framework (pillar → four P → objective → measure) and what the partners need under it (S7, rules.md 5)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.roles import Can
from iisg.foundations.access.seeing import sees
from iisg.foundations.core.folding import fold
from iisg.foundations.core.handling import Handling, Marking
from iisg.foundations.core.shared_words import shared_words
from iisg.foundations.orgs.models import Organisation
from iisg.office.pillars.models import Pillar


class FourP(models.TextChoices):
    """The four fields of the needs template."""

    ANTICIPATE = "Anticipate", _("Anticipate")
    PREVENT = "Prevent", _("Prevent")
    PROTECT = "Protect", _("Protect")
    RESPOND = "Respond", _("Respond")


class FrameworkQuerySet(models.QuerySet[Any]):
    """Questions about the framework, its objectives and measures."""

    def visible_to(self, reader: object) -> Self:
        """The framework frames the needs, so it stays with members as they do (rules.md 7)."""
        return self if sees(reader, Can.READ_NEEDS) else self.none()


class FrameworkVersion(models.Model):
    """One version of the framework; a need keeps the version it was stated under."""

    handling = Handling(Marking.MEMBERS, "for ever", personal=())

    ref = models.SlugField(_("reference"), max_length=40, unique=True)
    title = models.CharField(_("title"), max_length=200)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("to"), null=True, blank=True)
    adopted = models.BooleanField(_("adopted by the Board"), default=False)
    source = models.TextField(_("source"), blank=True)

    objects = FrameworkQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-valid_from"]
        verbose_name = _("version of the framework")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["adopted"],
                condition=Q(valid_to__isnull=True, adopted=True),
                name="one_adopted_framework",
            )
        ]

    def __str__(self) -> str:
        return self.title


class Objective(models.Model):
    """What a pillar wants to reach, in one of the four fields."""

    handling = Handling(Marking.MEMBERS, "as its version of the framework")

    version = models.ForeignKey(FrameworkVersion, on_delete=models.PROTECT, related_name="objectives")
    pillar = models.ForeignKey(Pillar, on_delete=models.PROTECT, related_name="objectives")
    four_p = models.CharField(_("field"), max_length=12, choices=FourP.choices)
    title = models.CharField(_("objective"), max_length=250)
    folded = models.CharField(max_length=250, editable=False)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = FrameworkQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pillar__order", "four_p", "order", "title"]
        verbose_name = _("objective")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["version", "pillar", "four_p", "folded"], name="objective_once_per_pillar_and_field"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the folded title in step."""
        self.folded = fold(self.title)[:250]
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class Measure(models.Model):
    """A way to reach an objective; needs and actions are placed under it."""

    handling = Handling(Marking.MEMBERS, "as its version of the framework")

    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="measures")
    code = models.CharField(_("code"), max_length=40)
    title = models.CharField(_("measure"), max_length=250)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = FrameworkQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = [
            "objective__pillar__order",
            "objective__four_p",
            "objective__order",
            "order",
            "code",
        ]
        verbose_name = _("measure")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["objective", "code"], name="measure_code_once_per_objective")
        ]

    def __str__(self) -> str:
        return self.title


class Perspective(models.TextChoices):
    """Each need is seen from prevention or from response."""

    PREVENTION = "prevention", _("prevention")
    RESPONSE = "response", _("response")


class Priority(models.TextChoices):
    """How urgent the partner says it is; blank means: not stated."""

    HIGH = "high", _("high")
    MEDIUM = "medium", _("medium")
    LOW = "low", _("low")


class NeedState(models.TextChoices):
    """Where a need stands. Compiled ones were read from public sources and stand outside the procedure."""

    COMPILED = "compiled", _("compiled from public sources")
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    ADOPTED = "adopted", _("adopted")
    WITHDRAWN = "withdrawn", _("withdrawn")


COUNTED = (NeedState.COMPILED, NeedState.SUBMITTED, NeedState.ADOPTED)


class NeedQuerySet(models.QuerySet["Need"]):
    """Questions about needs."""

    def visible_to(self, reader: object) -> Self:
        """Needs stay with members (rules.md 7)."""
        return self if sees(reader, Can.READ_NEEDS) else self.none()

    def counted(self) -> Self:
        """Those that coverage speaks of: no drafts, nothing withdrawn."""
        return self.filter(state__in=COUNTED)

    def standing(self) -> Self:
        """All but the withdrawn ones."""
        return self.exclude(state=NeedState.WITHDRAWN)

    def vague(self) -> Self:
        """Those that do not say all that makes a need specific: `rules.what_is_missing` as a question."""
        unsaid = Q(body=None) | Q(capability="") | Q(needed_by=None) | Q(met_when="")
        no_kind = Q(is_legislative=False, is_institutional=False, is_operational=False)
        return self.filter(unsaid | no_kind | Q(quantity__isnull=False, unit=""))

    def spoken_for_by(self, by: Actor) -> Self:
        """Those that the actor may state: all for the Secretariat, else those of its own partners alone."""
        if Can.WRITE_NEEDS not in by.powers:
            return self.none()
        if Can.IMPORT_ANY_RECORDS in by.powers:
            return self
        through = self.model.partners.through.objects
        others = through.exclude(organisation__in=by.organisation_keys).values("need")
        own = through.filter(organisation__in=by.organisation_keys).values("need")
        return self.filter(pk__in=own).exclude(pk__in=others)

    def of_partner(self, code: str) -> Self:
        """Naming the partner."""
        return self.filter(partners__code=code)

    def under_pillar(self, code: str) -> Self:
        """Placed under the pillar."""
        return self.filter(Q(placements__objective__pillar_id=code)).distinct()

    def matching(self, words: str) -> Self:
        """Every word found, letters folded."""
        query = self
        for word in fold(words).split():
            query = query.filter(folded__contains=word)
        return query

    def sharing(self, words: Iterable[str]) -> Self:
        """With at least one of the words (letters folded), those with the most of them first."""
        return self.alias(shared=shared_words(words)).filter(shared__gt=0).order_by("-shared", "ref")

    def with_facts(self) -> Self:
        """With everything a line or a coverage row needs, in a constant number of queries."""
        return self.select_related("body", "reported_by").prefetch_related(
            "partners", "placements__objective__pillar", "placements__measure"
        )


class Need(models.Model):
    """What one or several partners lack: legislative, institutional and/or operational (rules.md 5)."""

    handling = Handling(Marking.MEMBERS, "for ever; withdrawn ones keep their history")

    ref = models.CharField(_("reference"), max_length=40, unique=True)
    state = models.CharField(_("state"), max_length=12, choices=NeedState.choices, default=NeedState.DRAFT)
    title = models.CharField(_("need"), max_length=500)
    title_original = models.CharField(_("in the original language"), max_length=500, blank=True)
    original_language = models.CharField(_("original language"), max_length=8, blank=True)
    folded = models.TextField(editable=False)
    partners = models.ManyToManyField(Organisation, related_name="needs", verbose_name=_("partners"))
    body = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="needs_of_body",
        verbose_name=_("body that has the need"),
    )
    capability = models.TextField(_("capability that is missing"), blank=True)
    needed_by = models.DateField(_("needed by"), null=True, blank=True)
    met_when = models.TextField(_("how one would see it met"), blank=True)
    is_legislative = models.BooleanField(_("legislative"), default=False)
    is_institutional = models.BooleanField(_("institutional"), default=False)
    is_operational = models.BooleanField(_("operational"), default=False)
    perspective = models.CharField(_("perspective"), max_length=12, choices=Perspective.choices, blank=True)
    priority = models.CharField(_("priority"), max_length=8, choices=Priority.choices, blank=True)
    quantity = models.DecimalField(_("quantity"), max_digits=14, decimal_places=2, null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=60, blank=True)
    basis = models.CharField(_("kind of statement"), max_length=60, blank=True)
    source_body = models.CharField(_("stated by"), max_length=250, blank=True)
    source_year = models.PositiveSmallIntegerField(_("year of the source"), null=True, blank=True)
    source_url = models.URLField(_("source"), max_length=800, blank=True)
    references = models.TextField(_("reference documents"), blank=True)
    pillar_basis = models.CharField(_("how the pillar is known"), max_length=120, blank=True)
    four_p_basis = models.CharField(_("how the field is known"), max_length=120, blank=True)
    notes = models.TextField(_("notes"), blank=True)
    reported_by = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="needs_reported",
        verbose_name=_("reported by"),
    )
    origins: models.JSONField[Any, Any] = models.JSONField(
        _("where its facts come from"), default=dict, blank=True, editable=False
    )
    confirmed: models.JSONField[Any, Any] = models.JSONField(
        _("who has confirmed it"), default=dict, blank=True, editable=False
    )
    recorded_at = models.DateTimeField(_("recorded at"))
    changed_at = models.DateTimeField(_("changed at"))

    objects = NeedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["ref"]
        verbose_name = _("need")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(quantity__isnull=True) | Q(quantity__gt=0), name="a_quantity_is_some"
            ),
            models.CheckConstraint(
                condition=Q(changed_at__gte=F("recorded_at")), name="need_changed_after_recorded"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the folded text in step."""
        self.folded = fold(f"{self.ref} {self.title} {self.title_original} {self.source_body} {self.notes}")
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @property
    def kinds(self) -> tuple[str, ...]:
        """Of legislative, institutional, operational, those that hold."""
        return tuple(k for k in ("legislative", "institutional", "operational") if getattr(self, f"is_{k}"))

    @property
    def source_name(self) -> str:
        """The file it came in with before origins were kept: not known."""
        return ""

    def needed_in_past(self, day: date) -> bool:
        """Whether the day it was needed by has gone."""
        return self.needed_by is not None and self.needed_by < day


class Placement(models.Model):
    """Where a need stands in the framework: under an objective of each of its pillars, and a measure if stated."""

    handling = Handling(Marking.MEMBERS, "as its need")

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="placements")
    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="placements")
    measure = models.ForeignKey(
        Measure, on_delete=models.PROTECT, null=True, blank=True, related_name="placements"
    )

    class Meta:
        ordering: ClassVar = ["objective__pillar__order", "pk"]
        verbose_name = _("placement")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["need", "objective"], name="need_once_under_an_objective")
        ]

    def __str__(self) -> str:
        return f"{self.need_id} under {self.objective}"
