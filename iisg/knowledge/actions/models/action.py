"""An action: who does what, where, when; unknown stays unknown and the printed value stays beside the parsed one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _

from iisg.foundations.access.roles import Can
from iisg.foundations.access.seeing import sees
from iisg.foundations.core.folding import fold
from iisg.foundations.core.handling import Handling, Marking
from iisg.foundations.core.periods import PrintedDate
from iisg.foundations.core.shared_words import shared_words
from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.needs.models import Measure
from iisg.office.pillars.models import Pillar


class ActionKind(models.TextChoices):
    """What sort of answer it is (rules.md 5)."""

    EXTERNAL_SUPPORT = "external_support", _("external support")
    OWN_MEASURE = "own_measure", _("partner's own measure")
    COORDINATION = "coordination", _("coordination")


class Scope(models.TextChoices):
    """How wide it reaches; blank means: not known."""

    GLOBAL = "global", _("global")
    REGIONAL = "regional", _("regional")
    MULTI_NATIONAL = "multi-national", _("several states")
    NATIONAL = "national", _("national")
    BILATERAL = "bilateral", _("bilateral")
    SUB_NATIONAL = "sub-national", _("below the national level")
    SINGLE_LOCATION = "single location", _("one place")


class Stage(models.TextChoices):
    """Where it stands by its source; blank means: not known."""

    PIPELINE = "pipeline", _("announced or planned")
    IMPLEMENTATION = "implementation", _("under way")
    COMPLETED = "completed", _("completed")
    SUSPENDED = "suspended", _("suspended")
    CANCELLED = "cancelled", _("cancelled")


class PartyRole(models.TextChoices):
    """What a body does in an action; the first four are IATI's."""

    FUNDING = "funding", _("funding")
    ACCOUNTABLE = "accountable", _("accountable")
    EXTENDING = "extending", _("extending")
    IMPLEMENTING = "implementing", _("implementing")
    PARTICIPATING = "participating", _("taking part")
    BENEFICIARY = "beneficiary", _("beneficiary body")


class AssistanceKind(models.TextChoices):
    """Kinds of assistance; two actions overlap only where they give the same kind."""

    EQUIPMENT = "equipment", _("equipment")
    TRAINING = "training", _("training")
    ADVICE = "advice", _("legal and policy advice")
    MENTORING = "mentoring", _("mentoring and twinning")
    INFRASTRUCTURE = "infrastructure", _("infrastructure")
    INFORMATION_SYSTEMS = "information_systems", _("information systems")
    OPERATIONAL_SUPPORT = "operational_support", _("operational support")
    COORDINATION = "coordination", _("coordination and exchange")
    RESEARCH = "research", _("research and assessment")
    GRANTS = "grants", _("grants")
    BUDGET_SUPPORT = "budget_support", _("budget support")
    PROTECTION = "protection", _("protection and reintegration")
    INSTITUTION_BUILDING = "institution_building", _("institution building")
    OTHER = "other", _("other")


class ActionQuerySet(models.QuerySet["Action"]):
    """Questions about actions."""

    def visible_to(self, reader: object) -> Self:
        """Members see every action; everybody else none through this door (the public has its own, `published`)."""
        return self if sees(reader, Can.READ_ACTIONS) else self.none()

    def published(self) -> Self:
        """What the public may see: project, donor, implementer, beneficiary, pillar (rules.md 7), nothing more."""
        return self.counted().filter(is_public=True)

    def counted(self) -> Self:
        """Without those that their source has withdrawn: these stay on record and count nowhere."""
        return self.filter(withdrawn_at=None)

    def under(self, refs: Iterable[str]) -> Self:
        """Actions that have one of these references here, or that anybody reports under one of them.

        Which reporter is meant is left to the caller: the reference alone is found by its index, however much one
        body reports.
        """
        refs = list(refs)
        return self.filter(
            Q(reporter_ref__in=[ref[:250] for ref in refs]) | Q(ref__in=[ref[:120] for ref in refs])
        )

    def reaching(self, code: str) -> Self:
        """Reaching the partner, named or as part of the region."""
        return self.filter(places__partner__code=code)

    def naming(self, code: str) -> Self:
        """Naming the partner specifically."""
        return self.filter(places__partner__code=code, places__named=True)

    def may_run_on(self, day: date) -> Self:
        """Not surely over, stopped or still to come on the day, by the engine's rule (analysis/engine/running.py)."""
        day_after = make_aware(datetime.combine(day + timedelta(days=1), time.min))
        told = Q(stage=Stage.COMPLETED, changed_at__lt=day_after)
        stopped = Q(stage__in=(Stage.CANCELLED, Stage.SUSPENDED))
        return self.exclude(Q(end_on__lt=day) | Q(start_on__gt=day) | stopped | told)

    def involving(self, organisation: Organisation) -> Self:
        """With the body, or an institution below it, as a party in any role."""
        keys = [organisation.pk, *organisation.institutions.values_list("pk", flat=True)]
        return self.filter(pk__in=Party.objects.filter(organisation__in=keys).values("action"))

    def matching(self, words: str) -> Self:
        """Every word found, letters folded."""
        query = self
        for word in fold(words).split():
            query = query.filter(folded__contains=word)
        return query

    def sharing(self, words: Iterable[str]) -> Self:
        """With at least one of the words (letters folded), those with the most of them first."""
        return self.alias(shared=shared_words(words)).filter(shared__gt=0).order_by("-shared", "ref")

    def for_counting(self) -> Self:
        """With what the engine counts by, but no names and no money, in a constant number of queries."""
        return self.prefetch_related(
            "parties", "places__partner", "pillars", "assistance", "placements__measure"
        )

    def with_facts(self) -> Self:
        """With everything a line or a row with money needs, in a constant number of queries."""
        return (
            self.for_counting().select_related("reporter").prefetch_related("parties__organisation", "flows")
        )


class Action(models.Model):
    """One project, programme, delivery, own measure or coordination."""

    handling = Handling(Marking.MEMBERS, "for ever; public in part where published")

    ref = models.CharField(_("reference"), max_length=120, unique=True)
    reporter = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="actions_reported",
        verbose_name=_("reported by"),
    )
    reporter_ref = models.CharField(_("reporter's own reference"), max_length=250, blank=True)
    title = models.CharField(_("title"), max_length=1000)
    title_language = models.CharField(_("language of the title"), max_length=8, default="en")
    title_original = models.CharField(_("title in the original language"), max_length=1000, blank=True)
    original_language = models.CharField(_("original language"), max_length=8, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    folded = models.TextField(editable=False)
    title_key = models.CharField(max_length=120, editable=False, default="")
    kind = models.CharField(
        _("kind"), max_length=20, choices=ActionKind.choices, default=ActionKind.EXTERNAL_SUPPORT
    )
    form = models.CharField(_("form"), max_length=40, blank=True)
    scope = models.CharField(_("scope"), max_length=20, choices=Scope.choices, blank=True)
    other_beneficiaries = models.TextField(_("beneficiaries as the source words them"), blank=True)
    pillars = models.ManyToManyField(Pillar, related_name="actions", blank=True, verbose_name=_("pillars"))
    pillar_basis = models.CharField(_("how the pillar is known"), max_length=120, blank=True)
    stage = models.CharField(_("stage"), max_length=16, choices=Stage.choices, blank=True)
    stage_printed = models.CharField(_("stage as printed"), max_length=120, blank=True)
    start_on = models.DateField(_("first possible start"), null=True, blank=True)
    start_precision = models.CharField(max_length=6, blank=True)
    start_printed = models.CharField(_("start as printed"), max_length=60, blank=True)
    end_on = models.DateField(_("last possible end"), null=True, blank=True)
    end_precision = models.CharField(max_length=6, blank=True)
    end_printed = models.CharField(_("end as printed"), max_length=60, blank=True)
    end_derived = models.BooleanField(_("end computed from the duration"), default=False)
    duration_months = models.PositiveSmallIntegerField(_("duration in months"), null=True, blank=True)
    date_note = models.TextField(_("note on dates"), blank=True)
    assistance_printed = models.CharField(_("assistance as printed"), max_length=500, blank=True)
    money_note = models.TextField(_("note on money"), blank=True)
    second_hand = models.BooleanField(_("reported at second hand"), default=False)
    sectors = models.TextField(_("sector codes with their shares"), blank=True)
    mechanism_link = models.CharField(_("link to the mechanism in the source"), max_length=60, blank=True)
    source_url = models.URLField(_("source"), max_length=800, blank=True)
    second_source_url = models.URLField(_("second source"), max_length=800, blank=True)
    source_name = models.CharField(_("where the record came from"), max_length=250, blank=True)
    origins: models.JSONField[Any, Any] = models.JSONField(
        _("where each fact comes from"), default=dict, blank=True, editable=False
    )
    confirmed: models.JSONField[Any, Any] = models.JSONField(
        _("who has confirmed it"), default=dict, blank=True, editable=False
    )
    withdrawn_at = models.DateTimeField(_("withdrawn by its source"), null=True, blank=True)
    is_public = models.BooleanField(_("shown to the public in part"), default=False)
    recorded_at = models.DateTimeField(_("recorded at"))
    changed_at = models.DateTimeField(_("changed at"))

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["ref"]
        verbose_name = _("action")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["reporter", "reporter_ref"],
                condition=~Q(reporter_ref="") & Q(reporter__isnull=False),
                name="one_action_per_reporter_and_reference",
            ),
            models.CheckConstraint(
                condition=Q(start_on__isnull=True) | Q(end_on__isnull=True) | Q(end_on__gte=F("start_on")),
                name="an_action_ends_after_it_starts",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["reporter_ref"], name="actions_by_reporter_ref"),
            models.Index(fields=["ref", "withdrawn_at"], name="actions_by_ref"),
            models.Index(fields=["title_key", "ref", "withdrawn_at", "is_public"], name="actions_by_title"),
            models.Index(fields=["start_on", "ref", "withdrawn_at"], name="actions_by_start"),
            models.Index(fields=["end_on", "ref", "withdrawn_at"], name="actions_by_end"),
            models.Index(fields=["-changed_at", "-id"], name="actions_by_change"),
            models.Index(
                fields=["is_public", "withdrawn_at", "stage", "start_on", "end_on"], name="public_in_time"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the folded texts in step."""
        self.keep_in_step()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def keep_in_step(self) -> None:
        """Fold what words are looked for in and what titles are sorted by; whoever stores many does it for each."""
        self.folded = fold(
            f"{self.ref} {self.title} {self.title_original} {self.summary} {self.reporter_ref}"
        )
        self.title_key = fold(self.title)[:120]

    @property
    def start(self) -> PrintedDate:
        """Start as printed, with its first possible day."""
        return PrintedDate(self.start_printed, self.start_on, self.start_on, self.start_precision)

    @property
    def end(self) -> PrintedDate:
        """End as printed, with its last possible day."""
        return PrintedDate(self.end_printed, self.end_on, self.end_on, self.end_precision)

    def parties_as(self, *roles: str) -> list[Organisation]:
        """Bodies in these roles, in the source's order, from what is already fetched."""
        return [party.organisation for party in self.parties.all() if party.role in roles]

    @property
    def funders(self) -> list[Organisation]:
        """Who pays."""
        return self.parties_as(PartyRole.FUNDING)

    @property
    def implementers(self) -> list[Organisation]:
        """Who carries it out."""
        return self.parties_as(PartyRole.IMPLEMENTING)

    @property
    def names_partners(self) -> bool | None:
        """True where partners are named, False where covered as a region only, None where none is known."""
        places = list(self.places.all())
        return any(place.named for place in places) if places else None

    def ends_before(self, day: date) -> bool:
        """Whether its last possible day is known and past."""
        return self.end_on is not None and self.end_on < day


class Place(models.Model):
    """One partner that an action reaches: named specifically, or covered as part of the region."""

    handling = Handling(Marking.MEMBERS, "as its action")

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="places")
    partner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="places")
    named = models.BooleanField(_("named specifically"))
    share = models.DecimalField(_("share in per cent"), max_digits=7, decimal_places=4, null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["partner__name"]
        verbose_name = _("place")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["action", "partner"], name="a_partner_once_per_action")
        ]

    def __str__(self) -> str:
        return f"{self.action_id} in {self.partner}"


class Party(models.Model):
    """A body and what it does in an action; several donors each have their share where it is stated."""

    handling = Handling(Marking.MEMBERS, "as its action")

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="parties")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="parts", db_index=False
    )
    role = models.CharField(_("role"), max_length=16, choices=PartyRole.choices)
    share = models.DecimalField(_("share in per cent"), max_digits=7, decimal_places=4, null=True, blank=True)
    printed = models.CharField(_("as printed"), max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["order", "pk"]
        verbose_name = _("party")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["action", "order"], name="one_party_per_line"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["action", "organisation", "role"], name="bodies_of_an_action"),
            models.Index(fields=["organisation", "action", "role"], name="actions_of_a_body"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.role}"


class Assistance(models.Model):
    """A kind of assistance that an action gives, with the source's word for it."""

    handling = Handling(Marking.MEMBERS, "as its action")

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="assistance")
    kind = models.CharField(_("kind"), max_length=24, choices=AssistanceKind.choices)

    class Meta:
        ordering: ClassVar = ["kind"]
        verbose_name = _("assistance")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["action", "kind"], name="a_kind_of_assistance_once_per_action")
        ]
        indexes: ClassVar = [models.Index(fields=["kind", "action"], name="actions_giving_a_kind")]

    def __str__(self) -> str:
        return self.get_kind_display()


class ActionPlacement(models.Model):
    """A measure of the framework that an action works on, by a person's reading."""

    handling = Handling(Marking.MEMBERS, "as its action")

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="placements")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="action_placements")
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["measure__code"]
        verbose_name = _("measure of an action")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["action", "measure"], name="a_measure_once_per_action")
        ]

    def __str__(self) -> str:
        return f"{self.action_id} under {self.measure}"
