"""The agenda of a meeting as a tree of items, with their papers and what was said and concluded of each."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from iisg.foundations.access.roles import Can, PillarCode
from iisg.foundations.access.seeing import sees
from iisg.foundations.core.handling import Handling
from iisg.foundations.core.handling import Marking as Circle
from iisg.foundations.orgs.models import Organisation
from iisg.governance.meetings.models.meeting import Body, Meeting, bodies_seen_by
from iisg.office.documents.models import Version


class ItemKind(models.TextChoices):
    """What is asked of the meeting."""

    DECISION = "decision", _("for decision")
    DISCUSSION = "discussion", _("for discussion")
    INFORMATION = "information", _("for information")


class Consulted(models.TextChoices):
    """Whether the partners' Working Group had its say before the paper came to the Board (S5)."""

    YES = "yes", _("was consulted")
    NO = "no", _("was not consulted")
    NOT_NEEDED = "not_needed", _("needs no consultation")


class Outcome(models.TextChoices):
    """What became of an item; `adopted` is by consensus: no objection from a seat."""

    ADOPTED = "adopted", _("adopted by consensus")
    NOT_ADOPTED = "not_adopted", _("not adopted")
    NOTED = "noted", _("noted")
    POSTPONED = "postponed", _("postponed")


class PaperMarking(models.TextChoices):
    """Who may read a paper of an item."""

    PUBLIC = Circle.PUBLIC.value, _("everybody who sees the meeting; may be passed on (TLP:CLEAR)")
    MEMBERS = Circle.MEMBERS.value, _("everybody who sees the meeting (TLP:GREEN)")
    INTERNAL = Circle.INTERNAL.value, _("the Secretariat only")


class AgendaItemQuerySet(models.QuerySet["AgendaItem"]):
    """Questions about items."""

    def visible_to(self, reader: object) -> Self:
        """As its body's meetings; what waits for a meeting is the Secretariat's."""
        seen = self.filter(bodies_seen_by(reader))
        return seen if sees(reader, Can.RUN_MEETINGS) else seen.filter(meeting__isnull=False)

    def waiting_for(self, body: str, pillar: str = "") -> Self:
        """Items of a body for which no meeting is planned yet, oldest first."""
        return self.filter(meeting__isnull=True, body=body, pillar=pillar).order_by("pk")


class AgendaItem(models.Model):
    """One item, on the agenda of a meeting or waiting for one; `about` names what it concerns as events do."""

    handling = Handling(Circle.MEMBERS, "for ever")

    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="items"
    )
    body = models.CharField(_("body"), max_length=14, choices=Body.choices)
    pillar = models.CharField(_("pillar"), max_length=8, choices=PillarCode.choices, blank=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    position = models.PositiveSmallIntegerField(_("place"), default=1)
    title = models.CharField(_("title"), max_length=250)
    kind = models.CharField(_("kind"), max_length=11, choices=ItemKind.choices)
    text = models.TextField(_("explanation"), blank=True)
    about = models.CharField(_("about"), max_length=160, blank=True, db_index=True)
    is_late = models.BooleanField(_("came after the agenda was adopted"), default=False)
    consulted = models.CharField(
        _("the partners' Working Group"), max_length=10, choices=Consulted.choices, blank=True
    )
    consulted_note = models.CharField(_("what it said"), max_length=500, blank=True)
    outcome = models.CharField(_("outcome"), max_length=11, choices=Outcome.choices, blank=True)
    discussion = models.TextField(_("what was said"), blank=True)
    conclusion = models.TextField(_("conclusion"), blank=True)
    added_at = models.DateTimeField(_("added at"))

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        verbose_name = _("item of an agenda")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(parent=F("pk")), name="no_item_below_itself"),
            models.CheckConstraint(
                condition=Q(meeting__isnull=False) | Q(outcome=""), name="an_outcome_belongs_to_a_meeting"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ItemPaperQuerySet(models.QuerySet["ItemPaper"]):
    """Questions about papers."""

    def visible_to(self, reader: object) -> Self:
        """With their item; what is internal is the Secretariat's."""
        seen = self.filter(item__in=AgendaItem.objects.visible_to(reader))
        return seen if sees(reader, Can.RUN_MEETINGS) else seen.exclude(marking=PaperMarking.INTERNAL)


class ItemPaper(models.Model):
    """A paper of an item: one version of a document, with who may read it."""

    handling = Handling(Circle.MEMBERS, "as long as its item")

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="papers")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="papers_of_items")
    title = models.CharField(_("title"), max_length=250)
    marking = models.CharField(
        _("who may read it"), max_length=8, choices=PaperMarking.choices, default=PaperMarking.MEMBERS
    )
    added_at = models.DateTimeField(_("added at"))

    objects = ItemPaperQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("paper of an item")

    def __str__(self) -> str:
        return self.title


class StatementKind(models.TextChoices):
    """What somebody had put on record."""

    OBJECTION = "objection", _("objection")
    INTERPRETATION = "interpretation", _("interpretative statement")


class Statement(models.Model):
    """An objection or an interpretative statement on an item; one taken back stays on record as such."""

    handling = Handling(Circle.MEMBERS, "as long as its item")

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="statements")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="statements_at_meetings"
    )
    kind = models.CharField(_("kind"), max_length=14, choices=StatementKind.choices)
    text = models.TextField(_("text"))
    from_a_seat = models.BooleanField(_("made from a seat of the Board"))
    made_at = models.DateTimeField(_("entered at"))
    taken_back_at = models.DateTimeField(_("taken back at"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("statement on an item")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="a_statement_says_something")
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_kind_display()}"

    @property
    def breaks_consensus(self) -> bool:
        """An objection from a seat that was not taken back."""
        return self.kind == StatementKind.OBJECTION and self.from_a_seat and self.taken_back_at is None
