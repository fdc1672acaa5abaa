"""What happened on the way to membership, from the sealed events, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iisg.foundations.audit.models import Event
from iisg.governance.membership.models import Criterion, Fulfilled, Procedure, Recommendation
from iisg.office.letters.kinds import printed

MOST = 200
EVENT_WORDS: Mapping[str, str | Promise] = {
    "membership.agency_checked": gettext_lazy("The kind of agency was checked"),
    "membership.agency_notified": gettext_lazy("The agency notified its membership"),
    "membership.answer_noted": gettext_lazy("What the Board asked for is in the house"),
    "membership.applicant_recognised": gettext_lazy("The applicant was recognised as a body of the register"),
    "membership.assessment_reopened": gettext_lazy("The assessment was opened again"),
    "membership.assessment_returned": gettext_lazy("The assessment was returned to its writer"),
    "membership.assessment_started": gettext_lazy("An assessment was begun"),
    "membership.assessment_submitted": gettext_lazy("The assessment was submitted for approval"),
    "membership.board_answered": gettext_lazy("The applicant sent what the Board asked for"),
    "membership.board_informed": gettext_lazy("The Board was informed"),
    "membership.case_assessed": gettext_lazy("The assessment was approved"),
    "membership.case_complete": gettext_lazy("The form was found complete"),
    "membership.case_deferred": gettext_lazy("The Board deferred the case"),
    "membership.case_listed": gettext_lazy("Put on a list to the Board"),
    "membership.case_refused": gettext_lazy("The Board refused the case"),
    "membership.case_unlisted": gettext_lazy("Taken off a list"),
    "membership.case_withdrawn": gettext_lazy("The case was withdrawn"),
    "membership.conclusions_attached": gettext_lazy("Signed conclusions were attached"),
    "membership.criterion_found": gettext_lazy("A finding was written"),
    "membership.decision_waits": gettext_lazy("The Board has decided; a line could not be carried out"),
    "membership.decision_recorded": gettext_lazy("The Board's decision was recorded"),
    "membership.form_handed_back": gettext_lazy("The form was handed back to be completed"),
    "membership.form_handed_over": gettext_lazy("The form was handed over"),
    "membership.ground_confirmed": gettext_lazy("The ground was confirmed"),
    "membership.ground_recorded": gettext_lazy("The ground was recorded"),
    "membership.interest_expressed": gettext_lazy("Interest in membership was expressed"),
    "membership.invitation_lapsed": gettext_lazy("The invitation lapsed without an answer"),
    "membership.invitation_sent": gettext_lazy("The official invitation was sent"),
    "membership.invited_reminded": gettext_lazy("A reminder was sent"),
    "membership.list_drawn_up": gettext_lazy("The list was begun"),
    "membership.list_put": gettext_lazy("The list was put to the Board"),
    "membership.list_taken_back": gettext_lazy("The list was taken back"),
    "membership.list_withdrawn": gettext_lazy("The list was withdrawn"),
    "membership.member_admitted": gettext_lazy("Admitted as a member"),
    "membership.member_corrected": gettext_lazy("The membership was put right"),
    "membership.member_ended": gettext_lazy("The membership ended"),
    "membership.member_resumed": gettext_lazy("The membership holds again"),
    "membership.member_suspended": gettext_lazy("The membership was suspended"),
    "membership.paper_taken": gettext_lazy("A paper was downloaded"),
    "membership.prospect_approached": gettext_lazy("A contact was noted"),
    "membership.prospect_changed": gettext_lazy("The entry was changed"),
    "membership.prospect_contact_added": gettext_lazy("A person or office was added"),
    "membership.prospect_contact_removed": gettext_lazy("A person or office was taken out"),
    "membership.prospect_dropped": gettext_lazy("Not followed up any more"),
    "membership.prospect_entered": gettext_lazy("Put on the list"),
    "membership.prospect_taken_up": gettext_lazy("Followed up again"),
    "membership.summary_written": gettext_lazy("Summary and recommendation were written"),
    "letters.nobody_told": gettext_lazy("Nobody was to be told by letter"),
    "orgs.contact_set": gettext_lazy("The address for correspondence was set"),
    "orgs.facts_changed": gettext_lazy("Name or kind changed"),
    "orgs.membership_corrected": gettext_lazy("The register's entry of the membership was put right"),
    "orgs.membership_ended": gettext_lazy("The register notes the end of the membership"),
    "orgs.membership_entered": gettext_lazy("Entered in the register of members"),
    "orgs.membership_resumed": gettext_lazy("The register notes the end of the suspension"),
    "orgs.membership_suspended": gettext_lazy("The register notes the suspension"),
    "orgs.alias_learnt": gettext_lazy("A further name was learnt"),
    "orgs.organisation_changed": gettext_lazy("The entry in the register was changed"),
    "orgs.organisation_confirmed": gettext_lazy("Confirmed in the register"),
    "orgs.organisation_entered": gettext_lazy("Entered in the register of organisations"),
    "orgs.organisation_named_by_import": gettext_lazy("First named, not confirmed yet"),
    "orgs.organisation_put_below": gettext_lazy("Put below another body"),
    "orgs.organisation_recognised": gettext_lazy("Recognised as a known organisation"),
    "membership.draft_erased": gettext_lazy("An old draft was erased"),
    "membership.form_begun": gettext_lazy("The form was begun"),
    "membership.form_erased": gettext_lazy("The personal data were erased"),
    "membership.form_filled": gettext_lazy("The form was filled in"),
    "membership.form_signed": gettext_lazy("The form was signed"),
    "membership.consent_given": gettext_lazy("Consent was given"),
    "membership.statement_made": gettext_lazy("A statement of the Annex was made"),
    "membership.ground_taken": gettext_lazy("The evidence of the ground was kept"),
    "membership.lines_ordered": gettext_lazy("The lines were put in another order"),
    "membership.notification_taken": gettext_lazy("The notification was registered as a letter"),
    "pillars.focal_point_ended": gettext_lazy("A focal point left office"),
    "pillars.focal_points_named": gettext_lazy("Focal points were named"),
    "pillars.focal_points_requested": gettext_lazy("Asked to name focal points"),
    "pillars.focal_point_replaced": gettext_lazy("A focal point was replaced"),
    "pillars.member_reminded": gettext_lazy("Reminded to name focal points"),
    "pillars.participant_unseated": gettext_lazy("Gives up its seat in a pillar"),
    "pillars.request_answered": gettext_lazy("The request for focal points was answered"),
    "pillars.participant_seated": gettext_lazy("Takes a seat in a pillar"),
    "pillars.request_closed": gettext_lazy("The request for focal points was closed"),
    "pillars.lead_begun": gettext_lazy("Became core lead partner"),
    "pillars.lead_ended": gettext_lazy("The term as core lead partner ended"),
}
"""Events that a page tells; others keep the name they have in the record."""
QUIET = ("membership.criterion_found", "membership.summary_written")
"""Small steps of writing, told on the page of the whole record only."""
_WORDS: Mapping[str, Mapping[str, str | Promise]] = {
    "criterion": dict(Criterion.choices),
    "found": dict(Fulfilled.choices),
    "recommended": dict(Recommendation.choices),
    "procedure": dict(Procedure.choices),
}
_TOLD = (
    "number", "procedure", "criterion", "found", "recommended", "version", "on_list", "file", "due_on", "informed_on",
    "from_day", "decided_on", "effective_on", "day", "pillar", "basis", "note", "reason",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Happening:
    """One event in words, with the seal that proves it."""

    number: int
    title: str
    by: str
    at: datetime
    says: str
    digest: str


def happenings(subjects: Iterable[str], whole: bool = False) -> list[Happening]:
    """Events about records ("membership.case:M-2026-001"), the newest first; small steps only in the `whole` record."""
    found = Event.objects.filter(on__in=list(subjects)).order_by("-number")
    if not whole:
        found = found.exclude(name__in=QUIET)
    return [_in_words(event) for event in found[:MOST]]


def _in_words(event: Event) -> Happening:
    title = str(EVENT_WORDS.get(event.name, event.name))
    return Happening(event.number, title, event.by, event.at, _says(event.facts), event.digest)


def _says(facts: Mapping[str, Any]) -> str:
    return ". ".join([*_put_right(facts), *(_fact(key, facts[key]) for key in _TOLD if facts.get(key))])


def _put_right(facts: Mapping[str, Any]) -> Iterator[str]:
    """What stood before a correction, and what stands now."""
    before, now = facts.get("before"), facts.get("corrected")
    if isinstance(before, dict) and isinstance(now, dict):
        for key, stood in before.items():
            said = [_fact(key, value) if value else _("not known") for value in (stood, now.get(key))]
            yield _("%(before)s became %(now)s") % {"before": said[0], "now": said[1]}


def _fact(key: str, value: Any) -> str:
    if key == "version":
        return _("version %(number)s") % {"number": value}
    if key == "due_on":
        return _("answer by %(day)s") % {"day": printed(date.fromisoformat(value))}
    if key in _WORDS:
        return str(_WORDS[key].get(value, value))
    try:
        return printed(date.fromisoformat(value))
    except (TypeError, ValueError):
        return str(value).rstrip(".")
