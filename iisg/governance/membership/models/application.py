"""The Annex as a form: what an applicant states, undertakes and signs (methodology, Annex; S12, S19)."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from iisg.foundations.core.flow import Flow
from iisg.foundations.core.handling import Handling, Marking
from iisg.foundations.orgs.models import OrganisationKind
from iisg.governance.membership.models.case import Case
from iisg.office.documents.models import Version


class UndertakingText(models.Model):
    """The exact words of one of the Annex's statements, in one version; a version never changes."""

    handling = Handling(Marking.PUBLIC, "for ever")

    slug = models.SlugField(_("statement"), max_length=40)
    version = models.PositiveSmallIntegerField(_("version"))
    order = models.PositiveSmallIntegerField(_("order"))
    text = models.TextField(_("text"))
    valid_from = models.DateField(_("from"))

    class Meta:
        ordering: ClassVar = ["order", "version"]
        verbose_name = _("text of a statement")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["slug", "version"], name="one_text_per_statement_and_version")
        ]

    def __str__(self) -> str:
        return f"{self.slug} {self.version}"


class SignatureKind(models.TextChoices):
    """How the form is signed."""

    TYPED = "typed", _("name and office typed, with the day")
    SCAN = "scan", _("printed, signed by hand and scanned")
    QUALIFIED = "qualified", _("PDF with a qualified electronic signature")


class ApplicationState(models.TextChoices):
    """Where a form stands."""

    DRAFT = "draft", _("being filled in")
    SUBMITTED = "submitted", _("handed over")
    HANDED_BACK = "handed_back", _("handed back to be completed")
    WITHDRAWN = "withdrawn", _("withdrawn")
    ERASED = "erased", _("personal data erased")


_OPEN = (ApplicationState.DRAFT, ApplicationState.HANDED_BACK)


class ApplicationQuerySet(models.QuerySet["Application"]):
    """Questions about forms."""

    def open(self) -> Self:
        """Those that the applicant may still change."""
        return self.filter(state__in=_OPEN)

    def of_address(self, email: str) -> Self:
        """Forms begun from that address, newest first."""
        return self.filter(email__iexact=email.strip()).select_related("case").order_by("-pk")

    def forgotten(self, before: datetime) -> Self:
        """Drafts that nobody has touched since that moment and that no case holds."""
        return self.filter(state=ApplicationState.DRAFT, touched_at__lt=before, case__isnull=True)

    def outlived(self, before: datetime) -> Self:
        """Forms whose case was closed before that moment, with personal data still in them."""
        return self.filter(case__closed_at__lt=before).exclude(state=ApplicationState.ERASED)


class Application(models.Model):
    """One Annex form. `nonce` is part of the applicant's link: a new nonce makes every earlier link void.

    `paper` is what was printed to be signed, void as soon as an answer on it changes; `pdf` what was handed over.
    """

    handling = Handling(
        Marking.INTERNAL,
        "a draft 60 days after it was last touched; a form that was handed over two years after its case is closed",
        personal=(
            "email",
            "contact_name",
            "contact_phone",
            "focal_points",
            "signatory",
            "signatory_office",
            "signed_file",
            "paper",
            "pdf",
        ),
    )

    case = models.OneToOneField(
        Case, on_delete=models.PROTECT, null=True, blank=True, related_name="application"
    )
    state = models.CharField(
        _("state"), max_length=12, choices=ApplicationState.choices, default=ApplicationState.DRAFT
    )
    nonce = models.CharField(max_length=32, unique=True)
    email = models.EmailField(_("e-mail address"))
    begun_at = models.DateTimeField(_("begun at"))
    touched_at = models.DateTimeField(_("last touched at"))
    submitted_at = models.DateTimeField(_("handed over at"), null=True, blank=True)

    name = models.CharField(_("name of the country or organisation"), max_length=250, blank=True)
    kind = models.CharField(_("kind"), max_length=30, choices=OrganisationKind.choices, blank=True)
    country = models.CharField(_("country code"), max_length=2, blank=True)
    postal = models.TextField(_("postal address"), blank=True)
    website = models.URLField(_("website"), max_length=300, blank=True)
    work = models.TextField(_("what it does in the region"), blank=True)
    contact_name = models.CharField(_("name of the contact"), max_length=200, blank=True)
    contact_phone = models.CharField(_("telephone"), max_length=40, blank=True)
    focal_points: models.JSONField[Any, Any] = models.JSONField(
        _("focal points by pillar"), default=dict, blank=True
    )
    signature = models.CharField(_("signature"), max_length=12, choices=SignatureKind.choices, blank=True)
    signatory = models.CharField(_("signed by"), max_length=200, blank=True)
    signatory_office = models.CharField(_("office of the signatory"), max_length=200, blank=True)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    signed_file = models.ForeignKey(
        Version, on_delete=models.PROTECT, null=True, blank=True, related_name="applications_signed"
    )
    signature_check: models.JSONField[Any, Any] = models.JSONField(
        _("what the check of the signature said"), default=dict, blank=True
    )
    paper = models.ForeignKey(
        Version, on_delete=models.PROTECT, null=True, blank=True, related_name="applications_to_sign"
    )
    pdf = models.ForeignKey(
        Version, on_delete=models.PROTECT, null=True, blank=True, related_name="applications_printed"
    )
    consented_at = models.DateTimeField(_("consent to the use of the data at"), null=True, blank=True)
    consent_version = models.PositiveSmallIntegerField(
        _("version of the consent's text"), null=True, blank=True
    )
    hand_back_note = models.TextField(_("what is missing"), blank=True)

    objects = ApplicationQuerySet.as_manager()

    flow = Flow(
        "state",
        {
            "submit": (_OPEN, ApplicationState.SUBMITTED),
            "hand_back": ((ApplicationState.SUBMITTED,), ApplicationState.HANDED_BACK),
            "withdraw": (
                (ApplicationState.DRAFT, ApplicationState.SUBMITTED, ApplicationState.HANDED_BACK),
                ApplicationState.WITHDRAWN,
            ),
            "erase": (
                tuple(state for state in ApplicationState if state != ApplicationState.ERASED),
                ApplicationState.ERASED,
            ),
        },
    )

    class Meta:
        ordering: ClassVar = ["-pk"]
        verbose_name = _("application")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state=ApplicationState.SUBMITTED)
                | Q(submitted_at__isnull=False, case__isnull=False, consented_at__isnull=False),
                name="a_form_handed_over_has_its_case_and_consent",
            ),
        ]

    @property
    def is_open(self) -> bool:
        """Whether the applicant may still change it."""
        return self.state in _OPEN and (self.case is None or self.case.is_open)

    def __str__(self) -> str:
        return self.name or str(_("form begun on %(day)s")) % {
            "day": timezone.localtime(self.begun_at).date()
        }


class Undertaken(models.Model):
    """An applicant has ticked one of the statements, in exactly this version of its text."""

    handling = Handling(Marking.INTERNAL, "as long as its application")

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="undertaken")
    text = models.ForeignKey(UndertakingText, on_delete=models.PROTECT, related_name="undertaken")
    at = models.DateTimeField(_("ticked at"))

    class Meta:
        ordering: ClassVar = ["text__order"]
        verbose_name = _("statement made")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["application", "text"], name="a_statement_is_made_once")
        ]

    def __str__(self) -> str:
        return str(self.text)
