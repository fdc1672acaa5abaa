"""A question to the Board: its texts by version, and what the partners' Working Group said of it (S5, S13)."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from iisg.foundations.access.roles import Can
from iisg.foundations.access.seeing import sees
from iisg.foundations.core.flow import Flow
from iisg.foundations.core.handling import Handling, Marking
from iisg.foundations.orgs.models import Organisation
from iisg.office.documents.models import Version


class Subject(models.TextChoices):
    """What the Board is asked about."""

    MEMBERSHIP = "membership", _("List of potential members")
    METHODOLOGY = "methodology", _("Methodology")
    REPORT = "report", _("Mapping report")
    MINUTES = "minutes", _("Minutes")
    OTHER = "other", _("Other paper")


SERIES = {
    Subject.MEMBERSHIP: "MEM",
    Subject.METHODOLOGY: "MET",
    Subject.REPORT: "REP",
    Subject.MINUTES: "MIN",
    Subject.OTHER: "OTH",
}
"""The series in which decisions of each kind are numbered."""


class ProposalState(models.TextChoices):
    """Where a proposal stands."""

    DRAFT = "draft", _("draft")
    BEFORE_BOARD = "before_board", _("before the Board")
    ADOPTED = "adopted", _("adopted")
    NOT_ADOPTED = "not_adopted", _("not adopted")
    WITHDRAWN = "withdrawn", _("withdrawn")


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Questions about proposals."""

    def visible_to(self, reader: object) -> Self:
        """All to the Secretariat; to the Board room, what was put to the Board or is being consulted on."""
        if sees(reader, Can.WRITE_PROPOSALS):
            return self
        if sees(reader, Can.READ_LISTS):
            shown = ~Q(state__in=(ProposalState.DRAFT, ProposalState.WITHDRAWN)) | Q(
                consultations__isnull=False
            )
            return self.filter(shown | Q(silences__isnull=False)).distinct()
        return self.none()


class Proposal(models.Model):
    """One question to the Board with its texts; its reference is provisional until there is a decision."""

    handling = Handling(Marking.MEMBERS, "for ever")

    ref = models.SlugField(_("provisional reference"), max_length=20, unique=True)
    subject = models.CharField(_("kind"), max_length=12, choices=Subject.choices)
    title = models.CharField(_("title"), max_length=200)
    asks = models.TextField(_("what the Board is asked"), max_length=3000)
    legal_base = models.CharField(_("legal base"), max_length=300, blank=True)
    about = models.CharField(_("record that it is about"), max_length=160, blank=True, db_index=True)
    state = models.CharField(_("state"), max_length=12, choices=ProposalState.choices)
    not_consulted = models.TextField(_("why the Working Group was not consulted"), blank=True)
    made_at = models.DateTimeField(_("made at"))

    objects = ProposalQuerySet.as_manager()

    flow = Flow(
        "state",
        {
            "put": ((ProposalState.DRAFT,), ProposalState.BEFORE_BOARD),
            "hand_back": ((ProposalState.BEFORE_BOARD,), ProposalState.DRAFT),
            "adopt": ((ProposalState.BEFORE_BOARD,), ProposalState.ADOPTED),
            "reject": ((ProposalState.BEFORE_BOARD,), ProposalState.NOT_ADOPTED),
            "withdraw": ((ProposalState.DRAFT, ProposalState.BEFORE_BOARD), ProposalState.WITHDRAWN),
        },
    )

    class Meta:
        ordering: ClassVar = ["-pk"]
        verbose_name = _("proposal")

    def __str__(self) -> str:
        return f"{self.ref}, {self.title}"

    @property
    def text(self) -> ProposalText | None:
        """The newest version of its text."""
        return self.texts.order_by("-number").select_related("version", "paper").first()


class ProposalText(models.Model):
    """One version of the text, byte by byte, with the paper that explains it; a version never changes."""

    handling = Handling(Marking.INTERNAL, "as long as its proposal")

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="texts")
    number = models.PositiveSmallIntegerField(_("version"))
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="proposed")
    paper = models.ForeignKey(
        Version, on_delete=models.PROTECT, null=True, blank=True, related_name="explains_proposals"
    )
    added_at = models.DateTimeField(_("added at"))

    class Meta:
        ordering: ClassVar = ["proposal", "number"]
        verbose_name = _("text of a proposal")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["proposal", "number"], name="one_text_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.proposal.ref}, version {self.number}"

    @property
    def digest(self) -> str:
        """SHA-256 of the text in hexadecimal."""
        return self.version.digest


class Consultation(models.Model):
    """The partners' Working Group is asked for its view before the Board is (methodology 1; S5)."""

    handling = Handling(Marking.INTERNAL, "as long as its proposal")

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="consultations")
    text = models.ForeignKey(ProposalText, on_delete=models.PROTECT, related_name="consultations")
    asked_at = models.DateTimeField(_("asked at"))
    due_on = models.DateField(_("comments until"))
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    result = models.TextField(_("what the Working Group said"), blank=True)

    class Meta:
        ordering: ClassVar = ["-asked_at"]
        verbose_name = _("consultation of the Working Group")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["proposal"], condition=Q(closed_at__isnull=True), name="one_consultation_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | ~Q(result=""),
                name="a_consultation_ends_with_its_result",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal.ref}, {self.due_on}"


class Comment(models.Model):
    """What one partner said in a consultation, or an observer of an open procedure; it breaks nothing."""

    handling = Handling(Marking.INTERNAL, "as long as its proposal", personal=("by_label",))

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="comments")
    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, null=True, blank=True, related_name="comments"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="board_comments")
    text = models.TextField(_("comment"), max_length=5000)
    by_label = models.CharField(_("by"), max_length=200)
    at = models.DateTimeField(_("at"))

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        verbose_name = _("comment")

    def __str__(self) -> str:
        return f"{self.organisation}: {self.text[:60]}"
