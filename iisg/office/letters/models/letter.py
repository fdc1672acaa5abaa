"""A letter, whom it goes to, what is attached, and the series that numbers it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.utils.translation import gettext_lazy as _

from iisg.foundations.access.roles import Can
from iisg.foundations.access.seeing import sees
from iisg.foundations.core.flow import Flow
from iisg.foundations.core.folding import fold
from iisg.foundations.core.handling import Handling, Marking
from iisg.foundations.orgs.models import Organisation
from iisg.office.documents.models import Version

if TYPE_CHECKING:
    from iisg.office.letters.models.delivery import Delivery


class Direction(models.TextChoices):
    """Which way a letter goes; each has a register of its own."""

    OUT = "out", _("out")
    IN = "in", _("in")


class Purpose(models.TextChoices):
    """What is expected of the reader."""

    ACTION = "action", _("for action")
    INFORMATION = "information", _("for information")
    COMMENT = "comment", _("for comment")
    RESPONSE = "response", _("in reply")


class LetterState(models.TextChoices):
    """Where a letter stands."""

    DRAFT = "draft", _("draft")
    APPROVED = "approved", _("approved")
    SENT = "sent", _("sent")
    ACKNOWLEDGED = "acknowledged", _("receipt acknowledged")
    REGISTERED = "registered", _("registered")
    ASSIGNED = "assigned", _("assigned")
    ANSWERED = "answered", _("answered")
    CLOSED = "closed", _("closed")
    DISCARDED = "discarded", _("draft discarded")


CLOSED = (LetterState.ANSWERED, LetterState.CLOSED, LetterState.DISCARDED)
_NO_NUMBER = (LetterState.DRAFT, LetterState.DISCARDED)
_ON_THE_WAY = (LetterState.SENT, LetterState.ACKNOWLEDGED)
_ON_A_DESK = (LetterState.REGISTERED, LetterState.ASSIGNED)
_PUT_ASIDE = (LetterState.DISCARDED, LetterState.CLOSED)


def folded(*texts: str | None) -> str:
    """Texts as they are searched: folded to plain letters where they fold, else in small letters."""
    return " ".join(f"{fold(text)} {text.casefold()}".strip() for text in texts if text)


class Series(models.Model):
    """The last number given in one register in one year; a number is given once and never again."""

    handling = Handling(Marking.INTERNAL, "for ever")

    direction = models.CharField(max_length=3, choices=Direction.choices)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("series of numbers")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["direction", "year"], name="one_series_per_register_and_year")
        ]

    def __str__(self) -> str:
        return f"{self.direction.upper()}-{self.year}"


class LetterQuerySet(models.QuerySet["Letter"]):
    """Questions about letters."""

    def visible_to(self, reader: object) -> Self:
        """Correspondence stays with those who keep the registers."""
        return self if sees(reader, Can.READ_LETTERS) else self.none()

    def matching(self, words: str) -> Self:
        """Found by subject, number, sender, the sender's reference or an addressee, letters folded."""
        found = self
        for word in folded(words).split():
            named = Recipient.objects.filter(letter=OuterRef("pk"), folded__contains=word)
            found = found.filter(Q(folded__contains=word) | Exists(named))
        return found

    def of_year(self, year: int) -> Self:
        """Letters of a year's registers; what has no number counts where it was begun."""
        begun = Q(number__isnull=True, drafted_at__year=year)
        return self.filter(Q(number__contains=f"-{year}-") | begun)

    def about(self, subject: models.Model) -> Self:
        """Letters about a record, oldest first."""
        return self.filter(about=reference_to(subject)).order_by("pk")

    def open(self) -> Self:
        """Letters with which something is still to happen."""
        return self.exclude(state__in=CLOSED)

    def awaiting_answer(self) -> Self:
        """Sent, with a day by which an answer is expected, and not answered."""
        return self.filter(state__in=_ON_THE_WAY, answer_due_on__isnull=False)

    def overdue(self, day: date) -> Self:
        """Awaiting an answer, or waiting on a desk, beyond their day."""
        return self.filter(state__in=(*_ON_THE_WAY, *_ON_A_DESK), answer_due_on__lt=day)

    def not_arrived(self) -> Self:
        """Sent, but to at least one addressee the newest delivery failed."""
        from iisg.office.letters.models.delivery import Delivery

        lost = Delivery.objects.newest().failed().filter(recipient__letter=OuterRef("pk"))
        return self.filter(Exists(lost)).exclude(state__in=_PUT_ASIDE)

    def to_be_posted(self) -> Self:
        """Sent, but to at least one addressee it still waits to be posted or carried."""
        from iisg.office.letters.models.delivery import Delivery

        waiting = Delivery.objects.newest().to_be_posted().filter(recipient__letter=OuterRef("pk"))
        return self.filter(Exists(waiting)).exclude(state__in=_PUT_ASIDE)

    def with_facts(self) -> Self:
        """With addressees, deliveries and names of files, in a constant number of questions; no file is read."""
        files = Attachment.objects.select_related("version").defer("version__content")
        return (
            self.select_related("organisation", "in_reply_to", "assigned_to", "pdf", "docx")
            .prefetch_related(
                "recipients__organisation", "recipients__deliveries", Prefetch("attachments", files)
            )
            .defer("pdf__content", "docx__content")
        )


def reference_to(subject: models.Model) -> str:
    """How a letter refers to the record that it is about, as the sealed events do: "app.model:reference"."""
    return f"{subject._meta.label_lower}:{getattr(subject, 'ref', None) or subject.pk}"


class Letter(models.Model):
    """One letter, in or out. Its text is frozen when it is approved; then it has its number."""

    handling = Handling(
        Marking.INTERNAL,
        "ten years after it is closed",
        personal=(
            "subject",
            "body",
            "folded",
            "sender",
            "drafted_by_label",
            "approved_by_label",
            "assigned_to",
        ),
    )

    direction = models.CharField(_("direction"), max_length=3, choices=Direction.choices)
    number = models.CharField(_("number"), max_length=20, unique=True, null=True, blank=True)
    numbered = models.BooleanField(_("stands in the register"), default=True)
    kind = models.SlugField(_("kind"), max_length=60, default="free")
    language = models.CharField(_("language"), max_length=10, default="en")
    subject = models.CharField(_("subject"), max_length=250)
    folded = models.TextField(editable=False, default="")
    body = models.TextField(_("text"), blank=True)
    about = models.CharField(_("about"), max_length=160, blank=True, db_index=True)
    purpose = models.CharField(_("purpose"), max_length=12, choices=Purpose.choices)
    state = models.CharField(_("state"), max_length=14, choices=LetterState.choices)
    in_reply_to = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replies"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="letters_sent_in"
    )
    sender = models.CharField(_("sender"), max_length=200, blank=True)
    sender_reference = models.CharField(_("sender's reference"), max_length=100, blank=True)
    dated_on = models.DateField(_("date of the letter"), null=True, blank=True)
    received_on = models.DateField(_("received on"), null=True, blank=True)
    answer_due_on = models.DateField(_("answer due on"), null=True, blank=True)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="letters"
    )
    drafted_by_label = models.CharField(_("drafted by"), max_length=200)
    drafted_at = models.DateTimeField(_("drafted at"))
    approved_by_label = models.CharField(_("approved by"), max_length=200, blank=True)
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    settled_at = models.DateTimeField(_("answered or closed at"), null=True, blank=True)
    settled_note = models.CharField(_("how it ended"), max_length=500, blank=True)
    pdf = models.ForeignKey(
        Version, on_delete=models.PROTECT, null=True, blank=True, related_name="letters_as_pdf"
    )
    docx = models.ForeignKey(
        Version, on_delete=models.PROTECT, null=True, blank=True, related_name="letters_as_docx"
    )

    objects = LetterQuerySet.as_manager()

    flow = Flow(
        "state",
        {
            "approve": ((LetterState.DRAFT,), LetterState.APPROVED),
            "discard": ((LetterState.DRAFT,), LetterState.DISCARDED),
            "send": ((LetterState.APPROVED,), LetterState.SENT),
            "acknowledge": ((LetterState.SENT,), LetterState.ACKNOWLEDGED),
            "assign": (_ON_A_DESK, LetterState.ASSIGNED),
            "answer": ((*_ON_THE_WAY, *_ON_A_DESK), LetterState.ANSWERED),
            "close": ((*_ON_THE_WAY, *_ON_A_DESK), LetterState.CLOSED),
        },
    )

    class Meta:
        ordering: ClassVar = ["-pk"]
        verbose_name = _("letter")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=_NO_NUMBER) | Q(numbered=False) | Q(number__isnull=False),
                name="a_letter_beyond_draft_is_numbered",
            ),
            models.CheckConstraint(
                condition=Q(direction=Direction.IN) | Q(state__in=_NO_NUMBER) | Q(approved_at__isnull=False),
                name="a_letter_out_was_approved",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=_ON_THE_WAY) | Q(sent_at__isnull=False),
                name="a_sent_letter_has_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(direction=Direction.OUT) | Q(received_on__isnull=False),
                name="a_letter_in_has_its_day",
            ),
            models.CheckConstraint(condition=~Q(in_reply_to=F("pk")), name="no_letter_answers_itself"),
        ]

    def __str__(self) -> str:
        if self.number:
            return self.number
        words = _("draft %(key)s") if self.state in _NO_NUMBER else _("mail %(key)s")
        return str(words) % {"key": self.pk}

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep in step what is searched."""
        self.folded = folded(self.number, self.subject, self.sender, self.sender_reference)
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @property
    def ref(self) -> str:
        """How events name the letter: its key, which it has before it has a number."""
        return str(self.pk)

    @property
    def outward(self) -> bool:
        """Whether it goes out."""
        return self.direction == Direction.OUT

    def is_overdue(self, day: date) -> bool:
        """Whether something about it should have happened before that day."""
        waits = self.state in (*_ON_THE_WAY, *_ON_A_DESK)
        return waits and self.answer_due_on is not None and self.answer_due_on < day

    def settle(self, move: str, note: str, at: datetime) -> None:
        """End it as answered or closed; does not save."""
        self.flow.make(self, move)
        self.settled_at, self.settled_note = at, note.strip()[:500]


class Recipient(models.Model):
    """One addressee of a letter: a body, a person or an office, with the address it is sent to."""

    handling = Handling(
        Marking.INTERNAL, "as long as its letter", personal=("name", "folded", "email", "postal")
    )

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="recipients")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="letters_received"
    )
    name = models.CharField(_("name"), max_length=200)
    folded = models.TextField(editable=False, default="")
    email = models.EmailField(_("e-mail address"), blank=True)
    postal = models.TextField(_("postal address"), blank=True)
    is_copy = models.BooleanField(_("in copy"), default=False)
    salutation = models.CharField(_("salutation"), max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["is_copy", "pk"]
        verbose_name = _("addressee")

    def __str__(self) -> str:
        return self.name

    @property
    def newest_delivery(self) -> Delivery | None:
        """The last attempt to reach it, from what is already fetched; None before the first."""
        return max(self.deliveries.all(), key=lambda each: each.pk, default=None)


class Attachment(models.Model):
    """A file that goes with a letter, by the version that was attached."""

    handling = Handling(Marking.INTERNAL, "as long as its letter")

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="attachments")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="attached_to")
    title = models.CharField(_("title"), max_length=250)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("attachment")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["letter", "version"], name="a_file_is_attached_once")
        ]

    def __str__(self) -> str:
        return self.title
