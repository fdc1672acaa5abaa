"""Organisations, every name they go by, and the fact of their membership over time (methodology 1)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from iisg.foundations.core.folding import fold
from iisg.foundations.core.handling import Handling, Marking


class OrganisationKind(models.TextChoices):
    """What sort of body it is; the first ones are the methodology's own groups."""

    WB_PARTNER = "wb_partner", _("Western Balkans partner")
    EU_INSTITUTION = "eu_institution", _("EU institution")
    EU_JHA_AGENCY = "eu_jha_agency", _("EU Justice and Home Affairs agency")
    EU_MEMBER_STATE = "eu_member_state", _("EU member state")
    OTHER_STATE = "other_state", _("Other state")
    INTERNATIONAL_ORGANISATION = "international_organisation", _("International organisation")
    INTERNATIONAL_ACTOR = "international_actor", _("Other international actor")
    INSTITUTION = "institution", _("Institution of a partner, state or organisation")
    CIVIL_SOCIETY = "civil_society", _("Civil society organisation")
    POOLED_FUND = "pooled_fund", _("Pooled fund")
    OTHER = "other", _("Other")
    NOT_KNOWN = "not_known", _("Kind not known")


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Questions about organisations."""

    def partners(self) -> Self:
        """The six Western Balkans partners, alphabetical, never ranked (rules.md 8)."""
        return self.filter(kind=OrganisationKind.WB_PARTNER).order_by("name")

    def members_on(self, day: date) -> Self:
        """Members on a day; a membership whose first day is not known counts until it ends."""
        fact = Membership.objects.on(day).filter(organisation=models.OuterRef("pk"))
        return self.filter(models.Exists(fact))

    def confirmed(self) -> Self:
        """Those that the register knows."""
        return self.filter(confirmed=True)

    def unconfirmed(self) -> Self:
        """Those that an import named; they wait for the Secretariat."""
        return self.filter(confirmed=False)

    def with_facts(self) -> Self:
        """With parent and memberships, in a constant number of queries."""
        return self.select_related("parent").prefetch_related("memberships")

    def matching(self, words: str) -> Self:
        """Found by any of their names, letters folded."""
        query = self
        for word in fold(words).split():
            query = query.filter(Q(aliases__folded__contains=word) | Q(folded__contains=word))
        return query.distinct()


class Organisation(models.Model):
    """A body: a partner, a state, an agency, or an institution below one of them (a partner is one voice)."""

    handling = Handling(Marking.PUBLIC, "as long as a record names it")

    ref = models.SlugField(_("reference"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=250)
    folded = models.CharField(max_length=250, editable=False, db_index=True)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    original_name = models.CharField(_("name in the original language"), max_length=250, blank=True)
    original_language = models.CharField(_("original language"), max_length=8, blank=True)
    kind = models.CharField(_("kind"), max_length=30, choices=OrganisationKind.choices)
    code = models.CharField(_("partner code"), max_length=2, unique=True, null=True, blank=True)
    country = models.CharField(_("country code"), max_length=2, blank=True)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="institutions",
        verbose_name=_("part of"),
    )
    website = models.URLField(_("website"), max_length=300, blank=True)
    source_url = models.URLField(_("source"), max_length=500, blank=True)
    note = models.TextField(_("note"), blank=True)
    confirmed = models.BooleanField(_("confirmed by the Secretariat"), default=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name", "pk"]
        verbose_name = _("organisation")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind=OrganisationKind.WB_PARTNER, code__isnull=False)
                | (~Q(kind=OrganisationKind.WB_PARTNER) & Q(code__isnull=True)),
                name="partners_and_only_partners_have_a_code",
            ),
            models.CheckConstraint(condition=~Q(parent=F("pk")), name="no_organisation_below_itself"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the folded name in step."""
        self.folded = fold(self.name)[:250]
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @property
    def shown(self) -> str:
        """Short name where there is one, for dense tables."""
        return self.short_name or self.name

    def membership_on(self, day: date) -> Membership | None:
        """The membership in force on a day, from what is already fetched."""
        return next((m for m in self.memberships.all() if m.in_force(day)), None)


class AliasKind(models.TextChoices):
    """Why a name leads to an organisation."""

    NAME = "name", _("name")
    ACRONYM = "acronym", _("short name")
    ORIGINAL = "original", _("name in another language")
    FORMER = "former", _("former name")
    IDENTIFIER = "identifier", _("identifier")
    LEARNT = "learnt", _("learnt from a file or a form")


class Alias(models.Model):
    """A name or identifier that leads to exactly one organisation."""

    handling = Handling(Marking.PUBLIC, "as long as its organisation")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(_("name"), max_length=250)
    folded = models.CharField(max_length=250, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=AliasKind.choices, default=AliasKind.NAME)

    class Meta:
        ordering: ClassVar = ["name"]
        verbose_name = _("alias")

    def __str__(self) -> str:
        return self.name


class Ground(models.TextChoices):
    """Why a body is a member (methodology 1; S1, S2)."""

    PARTNER = "partner", _("Western Balkans partner")
    INSTITUTION = "institution", _("European Commission or European External Action Service")
    NOTIFICATION = "notification", _("EU Justice and Home Affairs agency, by notification")
    FORMER_LEAD_PARTNER = "former_lead_partner", _("Former lead partner, automatic")
    HOST = "host", _("Host of the Secretariat, automatic")
    BOARD_APPROVAL = "board_approval", _("Approved by the Board")


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Questions about membership."""

    def on(self, day: date) -> Self:
        """In force on a day: half-open [from, to); an unknown first day is taken as earlier."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_to__isnull=True) | Q(valid_to__gt=day),
        )


class ContactQuerySet(models.QuerySet["Contact"]):
    """Questions about addresses for correspondence."""

    def on(self, day: date) -> Self:
        """In use on a day."""
        return self.filter(_holding(day))


class SuspensionQuerySet(models.QuerySet["Suspension"]):
    """Questions about suspensions."""

    def on(self, day: date) -> Self:
        """In force on a day."""
        return self.filter(_holding(day))


def _holding(day: date) -> Q:
    """Half-open [from, to)."""
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gt=day))


class Membership(models.Model):
    """The dated fact that a body is a member, with its ground; a date that is not public stays not known."""

    handling = Handling(Marking.PUBLIC, "for ever: the register can be read as of any day")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    ground = models.CharField(_("ground"), max_length=24, choices=Ground.choices)
    valid_from = models.DateField(_("member from"), null=True, blank=True)
    valid_to = models.DateField(_("member until"), null=True, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    basis = models.CharField(_("basis"), max_length=300, blank=True)
    source_url = models.URLField(_("source"), max_length=500, blank=True)
    note = models.TextField(_("note"), blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["organisation__name", "valid_from"]
        verbose_name = _("membership")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(valid_to__isnull=True),
                name="one_open_membership_per_organisation",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_to__gt=F("valid_from")),
                name="membership_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.get_ground_display()})"

    def in_force(self, day: date) -> bool:
        """Whether the membership holds on the day, half-open."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or self.valid_to > day)


class Suspension(models.Model):
    """A time in which a membership rests: from one day to another, with its reason."""

    handling = Handling(Marking.PUBLIC, "for ever: the register can be read as of any day")

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="suspensions")
    valid_from = models.DateField(_("suspended from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300)

    objects = SuspensionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["membership", "valid_from"]
        verbose_name = _("suspension")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["membership"],
                condition=Q(valid_to__isnull=True),
                name="one_open_suspension_per_membership",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="a_suspension_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership}: {self.valid_from}"


class FormerFacts(models.Model):
    """What a body was called and what kind it was until a day; the register as of an earlier day shows these."""

    handling = Handling(Marking.PUBLIC, "for ever: the register can be read as of any day")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="former_facts")
    name = models.CharField(_("name"), max_length=250)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    kind = models.CharField(_("kind"), max_length=30, choices=OrganisationKind.choices)
    valid_to = models.DateField(_("until"))
    basis = models.CharField(_("basis"), max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["organisation", "valid_to"]
        verbose_name = _("former name and kind")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "valid_to"], name="one_change_of_facts_per_day")
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.valid_to}"


class Contact(models.Model):
    """Where official correspondence to a body goes, from one day to another."""

    handling = Handling(
        Marking.INTERNAL, "two years after it ceased to hold", personal=("name", "email", "postal")
    )

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="contacts")
    name = models.CharField(_("name or office"), max_length=200)
    salutation = models.CharField(_("salutation"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    postal = models.TextField(_("postal address"), blank=True)
    language = models.CharField(_("language"), max_length=10, default="en")
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("to"), null=True, blank=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["organisation", "pk"]
        verbose_name = _("address for correspondence")
        verbose_name_plural = _("addresses for correspondence")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="a_contact_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return self.name
