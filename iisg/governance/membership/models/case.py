"""The case of one organisation on its way to membership, by one of the four routes (methodology 1, 2; S1, S2, S11)."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from iisg.foundations.access.roles import Can
from iisg.foundations.access.seeing import sees
from iisg.foundations.core.flow import Flow
from iisg.foundations.core.handling import Handling, Marking
from iisg.foundations.orgs.models import Ground, Membership, Organisation
from iisg.office.documents.models import Version


class Route(models.TextChoices):
    """How an organisation comes to the mechanism; data on the case, not a sort of case."""

    INVITATION = "invitation", _("official invitation by the Secretariat")
    DIRECT_INTEREST = "direct_interest", _("direct interest of the organisation")
    NOTIFICATION = "notification", _("notification to the Board (EU Justice and Home Affairs agency)")
    AUTOMATIC = "automatic", _("automatic (former lead partner, host of the Secretariat)")


class CaseState(models.TextChoices):
    """Where a case stands."""

    INVITED = "invited", _("invited")
    EXPRESSED = "expressed", _("interest expressed")
    COMPLETE = "complete", _("complete")
    ASSESSED = "assessed", _("assessed")
    LISTED = "listed", _("on a list to the Board")
    DEFERRED = "deferred", _("deferred by the Board")
    NOTIFIED = "notified", _("notified")
    CHECKED = "checked", _("kind of agency checked")
    GROUND_RECORDED = "ground_recorded", _("ground recorded")
    CONFIRMED = "confirmed", _("ground confirmed")
    MEMBER = "member", _("member")
    REFUSED = "refused", _("refused by the Board")
    LAPSED = "lapsed", _("invitation lapsed")
    WITHDRAWN = "withdrawn", _("withdrawn")


CLOSED = (CaseState.MEMBER, CaseState.REFUSED, CaseState.LAPSED, CaseState.WITHDRAWN)
DECIDED_BY_THE_BOARD = (CaseState.DEFERRED, CaseState.MEMBER, CaseState.REFUSED)
_APPLYING = (
    CaseState.INVITED,
    CaseState.EXPRESSED,
    CaseState.COMPLETE,
    CaseState.ASSESSED,
    CaseState.LISTED,
    CaseState.DEFERRED,
    CaseState.REFUSED,
    CaseState.LAPSED,
)
_BY_ROUTE = (
    Q(route=Route.INVITATION, state__in=(*_APPLYING, CaseState.MEMBER, CaseState.WITHDRAWN))
    | Q(
        route=Route.DIRECT_INTEREST,
        state__in=(*_APPLYING[1:-1], CaseState.MEMBER, CaseState.WITHDRAWN),
    )
    | Q(
        route=Route.NOTIFICATION,
        state__in=(CaseState.NOTIFIED, CaseState.CHECKED, CaseState.MEMBER, CaseState.WITHDRAWN),
    )
    | Q(
        route=Route.AUTOMATIC,
        state__in=(CaseState.GROUND_RECORDED, CaseState.CONFIRMED, CaseState.MEMBER, CaseState.WITHDRAWN),
    )
)


class CaseQuerySet(models.QuerySet["Case"]):
    """Questions about cases."""

    def visible_to(self, reader: object) -> Self:
        """All to the Secretariat; to those who read the Board's papers, what was put to the Board or told it."""
        if sees(reader, Can.READ_CASES):
            return self
        if sees(reader, Can.READ_LISTS):
            put = self.model._default_manager.before_the_board().order_by().values("pk")
            return self.filter(Q(state__in=DECIDED_BY_THE_BOARD) | Q(pk__in=put))
        return self.none()

    def open(self) -> Self:
        """Not ended."""
        return self.exclude(state__in=CLOSED)

    def awaiting_completeness(self) -> Self:
        """Interest is expressed; whether the form is complete has still to be said."""
        return self.filter(state=CaseState.EXPRESSED)

    def awaiting_assessment(self) -> Self:
        """Complete, or deferred by the Board."""
        return self.filter(state__in=(CaseState.COMPLETE, CaseState.DEFERRED))

    def assessed(self) -> Self:
        """Ready for a list to the Board."""
        return self.filter(state=CaseState.ASSESSED)

    def to_check(self) -> Self:
        """A form was handed over; whether it is complete has still to be said."""
        return self.filter(state=CaseState.EXPRESSED).exclude(application__state="handed_back")

    def with_the_applicant(self) -> Self:
        """It is the applicant's turn: an invitation to answer, a form to complete, what the Board asks for."""
        return self.filter(
            Q(state=CaseState.INVITED)
            | Q(state=CaseState.DEFERRED, answered_at__isnull=True)
            | Q(state=CaseState.EXPRESSED, application__state="handed_back")
        )

    def with_the_secretariat(self) -> Self:
        """Open, and neither with the applicant nor before the Board."""
        others = (
            self.model._default_manager.with_the_applicant() | self.model._default_manager.before_the_board()
        )
        return self.open().exclude(pk__in=others.order_by().values("pk"))

    def to_assess(self) -> Self:
        """An assessment is to be written, or to be taken up again where it was begun or returned."""
        begun = Q(assessments__state__in=("draft", "returned")) | Q(answered_at__isnull=False)
        found = self.filter(Q(state=CaseState.COMPLETE) | Q(begun, state=CaseState.DEFERRED))
        return found.exclude(assessments__state="submitted").distinct()

    def to_approve(self) -> Self:
        """The assessment waits for another officer."""
        return self.awaiting_assessment().filter(assessments__state="submitted")

    def needing_no_approval(self) -> Self:
        """Agencies and automatic members of which the Board has still to be told."""
        return self.open().filter(route__in=(Route.NOTIFICATION, Route.AUTOMATIC))

    def before_the_board(self) -> Self:
        """On a list that was put to the Board and is not decided."""
        return self.filter(state=CaseState.LISTED, lines__on_list__state="put")

    def being_listed(self) -> Self:
        """On a list that is still being drawn up."""
        return self.filter(state=CaseState.LISTED, lines__on_list__state="drawn_up")

    def invited(self) -> Self:
        """Invitations that nobody has answered."""
        return self.filter(state=CaseState.INVITED)

    def lapsing(self, day: date) -> Self:
        """Invitations whose time is over on that day."""
        return self.invited().filter(answer_due_on__lt=day)

    def lapsing_until(self, day: date) -> Self:
        """Invitations whose last day is that one or an earlier one."""
        return self.invited().filter(answer_due_on__lte=day)

    def with_facts(self) -> Self:
        """With all that a line about a case reads, in a constant number of questions."""
        related = ("organisation", "predecessor", "membership", "application")
        return self.select_related(*related).prefetch_related("lines__on_list", "assessments")


class Case(models.Model):
    """One organisation's way to membership. A new attempt is a new case that names its predecessor."""

    handling = Handling(Marking.MEMBERS, "for ever: the trail of decisions stays", personal=())

    ref = models.SlugField(_("reference"), max_length=20, unique=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="cases")
    route = models.CharField(_("route"), max_length=16, choices=Route.choices)
    ground = models.CharField(_("ground"), max_length=24, choices=Ground.choices)
    state = models.CharField(_("state"), max_length=16, choices=CaseState.choices)
    predecessor = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="successors"
    )
    basis = models.CharField(_("basis"), max_length=500, blank=True)
    evidence = models.ForeignKey(
        Version, on_delete=models.PROTECT, null=True, blank=True, related_name="cases_evidenced"
    )
    opened_at = models.DateTimeField(_("opened at"))
    answer_due_on = models.DateField(_("answer due on"), null=True, blank=True)
    reminded_before: models.JSONField[Any, Any] = models.JSONField(
        _("reminders sent, in days before the answer is due"), default=list, blank=True
    )
    expressed_at = models.DateTimeField(_("interest expressed at"), null=True, blank=True)
    answered_at = models.DateTimeField(_("what the Board asked for came in at"), null=True, blank=True)
    board_informed_on = models.DateField(_("Board informed on"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    outcome_reason = models.TextField(_("reason"), blank=True)
    membership = models.OneToOneField(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="case"
    )

    objects = CaseQuerySet.as_manager()

    flow = Flow(
        "state",
        {
            "express": ((CaseState.INVITED,), CaseState.EXPRESSED),
            "complete": ((CaseState.EXPRESSED,), CaseState.COMPLETE),
            "hand_back": ((CaseState.EXPRESSED, CaseState.COMPLETE), CaseState.EXPRESSED),
            "assess": ((CaseState.COMPLETE, CaseState.DEFERRED), CaseState.ASSESSED),
            "reassess": ((CaseState.ASSESSED,), CaseState.COMPLETE),
            "list": ((CaseState.ASSESSED,), CaseState.LISTED),
            "unlist": ((CaseState.LISTED,), CaseState.ASSESSED),
            "defer": ((CaseState.LISTED,), CaseState.DEFERRED),
            "refuse": ((CaseState.LISTED,), CaseState.REFUSED),
            "check": ((CaseState.NOTIFIED,), CaseState.CHECKED),
            "confirm": ((CaseState.GROUND_RECORDED,), CaseState.CONFIRMED),
            "admit": ((CaseState.LISTED, CaseState.CHECKED, CaseState.CONFIRMED), CaseState.MEMBER),
            "lapse": ((CaseState.INVITED,), CaseState.LAPSED),
            "withdraw": (
                tuple(state for state in CaseState if state not in CLOSED),
                CaseState.WITHDRAWN,
            ),
        },
    )

    class Meta:
        ordering: ClassVar = ["-pk"]
        verbose_name = _("membership case")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=~Q(state__in=CLOSED),
                name="one_open_case_per_organisation",
            ),
            models.CheckConstraint(condition=_BY_ROUTE, name="a_case_stays_on_its_route"),
            models.CheckConstraint(
                condition=Q(state=CaseState.MEMBER, membership__isnull=False)
                | (~Q(state=CaseState.MEMBER) & Q(membership__isnull=True)),
                name="a_case_ends_in_a_membership_or_has_none",
            ),
            models.CheckConstraint(
                condition=Q(state__in=CLOSED, closed_at__isnull=False)
                | (~Q(state__in=CLOSED) & Q(closed_at__isnull=True)),
                name="a_closed_case_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(CaseState.REFUSED, CaseState.DEFERRED)) | ~Q(outcome_reason=""),
                name="the_board_gives_its_reason",
            ),
            models.CheckConstraint(
                condition=~Q(route__in=(Route.NOTIFICATION, Route.AUTOMATIC), state=CaseState.MEMBER)
                | Q(board_informed_on__isnull=False),
                name="the_board_is_informed_of_who_needs_no_approval",
            ),
            models.CheckConstraint(
                condition=~Q(state=CaseState.INVITED) | Q(answer_due_on__isnull=False),
                name="an_invitation_has_its_day",
            ),
            models.CheckConstraint(condition=~Q(predecessor=F("pk")), name="no_case_follows_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.ref}, {self.organisation}"

    @property
    def is_open(self) -> bool:
        """Whether something is still to happen."""
        return self.state not in CLOSED

    @property
    def needs_the_board(self) -> bool:
        """Whether the Board decides; agencies and automatic members are only told it (methodology 1, 2)."""
        return self.route in (Route.INVITATION, Route.DIRECT_INTEREST)
