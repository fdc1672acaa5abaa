"""What must hold whatever was done: no membership without its ground, no second open case, no lost letter."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.models import Appointment
from iisg.foundations.orgs.models import Ground, Membership, OrganisationKind
from iisg.governance.membership.models import CLOSED, Application, Assessment, BoardList, Case
from iisg.governance.membership.rules.applying import in_force
from iisg.office.letters.models import Letter, Series
from iisg.office.pillars.models import FocalPoint

_INTERNATIONAL = {
    OrganisationKind.INTERNATIONAL_ORGANISATION,
    OrganisationKind.EU_MEMBER_STATE,
    OrganisationKind.OTHER_STATE,
    OrganisationKind.INTERNATIONAL_ACTOR,
}
_LETTER_OF = {
    "refused": "membership-refused",
    "deferred": "membership-deferred",
}


class Upholds:
    """Checks of the whole register; remembers how closed cases ended, since that never changes."""

    def __init__(self) -> None:
        self.ended: dict[int, tuple[str, str]] = {}

    def check(self, today: date) -> None:
        """Every law; AssertionError names the one that is broken."""
        self._cases(today)
        self._memberships(today)
        self._forms()
        self._assessments()
        self._letters()
        self._accounts()

    def _cases(self, today: date) -> None:
        cases = list(Case.objects.select_related("organisation"))
        open_ones = [case.organisation_id for case in cases if case.state not in CLOSED]
        assert len(open_ones) == len(set(open_ones)), "two open cases for one organisation"
        for case in cases:
            if case.state in CLOSED:
                end = (case.state, case.outcome_reason)
                assert self.ended.setdefault(case.pk, end) == end, "a closed case was changed"
            if case.route == "notification":
                assert case.organisation.kind == OrganisationKind.EU_JHA_AGENCY, "a notification of no agency"
                assert case.evidence_id, "a notification without its letter"
            if case.route == "automatic":
                assert case.evidence_id, "a ground without evidence"
                assert case.ground in (Ground.FORMER_LEAD_PARTNER, Ground.HOST), "no automatic ground"
            if case.state in ("complete", "assessed", "listed", "deferred"):
                assert case.organisation.kind != OrganisationKind.NOT_KNOWN, "assessed without being known"
                assert case.organisation.kind in _INTERNATIONAL, "before the Board without need"
                form = Application.objects.filter(case=case).first()
                assert form is not None, "on its way to the Board without a form"
                if case.state in ("complete", "assessed", "listed"):
                    assert form.state == "submitted", "complete without a form that was handed over"
            if case.state == "lapsed":
                assert case.closed_at, "lapsed without a day"
                assert case.answer_due_on, "lapsed without a day"
                assert case.answer_due_on < timezone.localtime(case.closed_at).date(), "lapsed before its day"
            if case.state in ("listed", "refused", "deferred"):
                assert case.lines.exists(), "before the Board on no list"

    def _memberships(self, today: date) -> None:
        for membership in Membership.objects.select_related("organisation", "case"):
            case = Case.objects.filter(membership=membership).first()
            assert case is not None, "a membership without a case"
            assert case.organisation_id == membership.organisation_id, "somebody else's case"
            assert case.ground == membership.ground, "a membership on another ground"
            if membership.ground == Ground.BOARD_APPROVAL:
                line = case.lines.filter(outcome="admitted", on_list__state="decided").first()
                assert line is not None, "approved by no decision"
                decision = line.on_list
                assert decision.evidence_id, "a decision without evidence"
                assert decision.decision_number, "a decision without evidence"
                assert decision.decided_on, "a decision without days"
                assert decision.effective_on, "a decision without days"
                assert decision.decided_on <= decision.effective_on == membership.valid_from, "another day"
                assert line.assessment.approved_by_id, "decided on no approved assessment"
            else:
                assert case.board_informed_on, "the Board was not informed"
                assert case.board_informed_on == membership.valid_from, "in force on another day"
            if membership.valid_to is None:
                open_case = Case.objects.open().filter(organisation=membership.organisation_id)
                assert not open_case.exists(), "a member with an open case"

    def _forms(self) -> None:
        for form in Application.objects.select_related("case"):
            if form.state == "submitted":
                assert form.submitted_at, "handed over without consent"
                assert form.consented_at, "handed over without consent"
                assert form.pdf_id, "handed over without consent"
                wanted = {text.pk for text in in_force(timezone.localtime(form.submitted_at).date())}
                assert wanted <= {each.text_id for each in form.undertaken.all()}, "a statement is missing"
                assert form.signature, "handed over unsigned"
                assert form.signatory, "handed over unsigned"
                about = Letter.objects.filter(about=f"membership.case:{form.case.ref}" if form.case else "")
                assert about.filter(kind="membership-received").exists(), "nobody told the applicant"
            if form.state == "erased":
                assert form.case is None or form.case.state in CLOSED, "erased while it is needed"
                assert not form.contact_name, "personal data left"
                assert not form.focal_points, "personal data left"

    def _assessments(self) -> None:
        for assessment in Assessment.objects.filter(state__in=("approved", "superseded")):
            assert assessment.approved_by_id, "approved by nobody"
            assert assessment.approved_by_id != assessment.written_by_id, "two eyes only"
            assert assessment.brief_id, "approved without its brief"
            assert assessment.summary, "approved without its brief"
            assert assessment.findings.exclude(evidence="").count() == 3, "a criterion without a finding"
        for on_list in BoardList.objects.filter(state__in=("put", "decided")):
            assert on_list.paper_id, "put without a paper"
            assert on_list.lines.exists(), "put without a paper"

    def _letters(self) -> None:
        sent = Letter.objects.filter(state="sent").prefetch_related("recipients__deliveries")
        for letter in sent:
            for recipient in letter.recipients.all():
                assert recipient.deliveries.all(), "a lost letter"
        for series in Series.objects.all():
            start = f"{series.direction.upper()}-{series.year}-"
            numbers = Letter.objects.filter(number__startswith=start).values_list("number", flat=True)
            given = sorted(int(number.removeprefix(start)) for number in numbers if number)
            assert given == list(range(1, series.last + 1)), "a number missing or given twice"
        written = set(Letter.objects.exclude(about="").values_list("about", "kind"))
        for case in Case.objects.filter(lines__outcome__in=_LETTER_OF).distinct():
            for line in case.lines.exclude(outcome__in=("", "admitted")):
                about = (f"membership.case:{case.ref}", _LETTER_OF[line.outcome])
                erased = Application.objects.filter(case=case, state="erased").exists()
                assert erased or about in written, "an outcome without its letter"
        for case in Case.objects.filter(state="invited"):
            assert (f"membership.case:{case.ref}", "membership-invitation") in written, "invited by no letter"

    def _accounts(self) -> None:
        for office in Appointment.objects.filter(role=Role.FOCAL_POINT):
            points = FocalPoint.objects.filter(appointment=office)
            named = FocalPoint.objects.filter(organisation=office.organisation, email=office.user.email)
            assert points.exists() or named.exists() or office.valid_to, "an account without nomination"
        for point in FocalPoint.objects.select_related("organisation"):
            assert point.organisation.memberships.filter(valid_from__lte=point.valid_from).exists(), (
                "a focal point of no member"
            )
