"""What happened to a record, from the sealed events, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.roles import Can
from iisg.foundations.audit.models import Event
from iisg.knowledge.actions.fact_words import topic_words
from iisg.knowledge.actions.models import Fate
from iisg.knowledge.analysis.wording import several
from iisg.knowledge.responses.models import Degree, FollowUp, RelationKind, SpokenField

MOST = 12
EVENT_WORDS: Mapping[str, str | Promise] = {
    "accounts.demonstration_role_entered": gettext_lazy("A demonstration role was entered"),
    "actions.absence_decided": gettext_lazy("It was decided what it means that the record vanished"),
    "actions.action_changed": gettext_lazy("The record was changed"),
    "actions.action_confirmed": gettext_lazy("The record was confirmed as still right"),
    "needs.need_confirmed": gettext_lazy("The need was confirmed as still right"),
    "actions.action_placed": gettext_lazy("Placed under a measure"),
    "actions.action_recorded": gettext_lazy("The action was recorded"),
    "actions.action_restored": gettext_lazy("What a file had changed was taken back"),
    "actions.action_returned": gettext_lazy("The record is in its source's file again"),
    "actions.action_vanished": gettext_lazy("The record is no longer in its source's file"),
    "actions.action_withdrawn": gettext_lazy("Withdrawn, for the file that entered it was taken back"),
    "actions.report_chosen": gettext_lazy("Another report of a sum was chosen"),
    "actions.report_tied": gettext_lazy("A second report of a sum was tied to it"),
    "actions.report_untied": gettext_lazy("A second report counts by itself again"),
    "cycles.answer_noted": gettext_lazy("A member's answer was noted"),
    "cycles.answer_stated": gettext_lazy("A member has answered"),
    "cycles.answer_taken_back": gettext_lazy("A member's answer was taken back"),
    "cycles.cycle_closed": gettext_lazy("A round was closed"),
    "cycles.cycle_opened": gettext_lazy("A round was opened"),
    "cycles.member_asked": gettext_lazy("A member was asked"),
    "needs.body_named": gettext_lazy("The body that has the need was named"),
    "needs.need_changed": gettext_lazy("The record was changed"),
    "needs.need_placed": gettext_lazy("Placed in the framework"),
    "needs.need_returned": gettext_lazy("The need is in its source's file again"),
    "needs.need_vanished": gettext_lazy("The need is no longer in its source's file"),
    "needs.need_restored": gettext_lazy("What a file had changed was taken back"),
    "needs.need_recorded": gettext_lazy("The need was recorded"),
    "orgs.organisation_confirmed": gettext_lazy("An organisation was confirmed"),
    "orgs.organisation_recognised": gettext_lazy("A name was recognised as a known organisation"),
    "responses.actions_related": gettext_lazy("Related to another action"),
    "responses.follow_up_noted": gettext_lazy("What became of an answer was noted"),
    "responses.imported_related": gettext_lazy("What was said of likely twins was carried out"),
    "responses.new_action_related": gettext_lazy("What was said of likely twins was carried out"),
    "responses.relation_confirmed": gettext_lazy("A relation to another action was confirmed"),
    "responses.relation_decision_reversed": gettext_lazy("A decision on a relation was taken back"),
    "responses.relation_proposed": gettext_lazy("A relation to another action was proposed"),
    "responses.relation_rejected": gettext_lazy("A relation to another action was rejected"),
    "responses.report_choice_taken_back": gettext_lazy("The rule speaks again for a field"),
    "responses.report_chosen": gettext_lazy("A report was chosen to speak for a field"),
    "responses.response_judged": gettext_lazy("A response was judged"),
    "responses.response_taken_back": gettext_lazy("A judgement was taken back"),
}
"""Events that a record's page tells; others keep the name they have in the record."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One event in words."""

    title: str
    by: str
    at: datetime
    says: str


def happenings(on: str, reader: Actor) -> list[Happening]:
    """The newest events about a record ("actions.action:ACT-001"), for readers of the record only."""
    if Can.READ_RECORD not in reader.powers:
        return []
    return [in_words(event) for event in Event.objects.filter(on=on).order_by("-number")[:MOST]]


def in_words(event: Event) -> Happening:
    """One event as a page tells it."""
    title = str(EVENT_WORDS.get(event.name, event.name))
    return Happening(title, event.by, event.at, _says(event.name, event.facts))


def _says(name: str, facts: Mapping[str, Any]) -> str:
    if name == "responses.response_judged":
        degree = dict(Degree.choices).get(facts.get("degree", ""), "")
        return _("%(action)s %(degree)s: %(reason)s") % {
            "action": facts.get("action", ""),
            "degree": degree,
            "reason": facts.get("reason", ""),
        }
    if name == "responses.follow_up_noted":
        outcome = dict(FollowUp.choices).get(facts.get("outcome", ""), "")
        said = _("%(action)s: %(outcome)s") % {"action": facts.get("action", ""), "outcome": outcome}
        return ". ".join(str(one) for one in (said, facts.get("note")) if one)
    if name == "actions.absence_decided":
        fate = dict(Fate.choices).get(facts.get("fate", ""), _("not decided"))
        return _("%(fate)s: %(reason)s") % {"fate": fate, "reason": facts.get("reason", "")}
    if name in ("actions.action_confirmed", "needs.need_confirmed"):
        topics, words = facts.get("topics", []), topic_words(name.partition(".")[0])
        return "" if topics == ["all"] else several([str(words.get(t, t)) for t in topics])
    if name.startswith("responses.relation_"):
        kind = dict(RelationKind.choices).get(facts.get("kind", ""), "")
        said = f"{kind}: {facts.get('to', '')}"
        return ". ".join(str(one) for one in (said, facts.get("reason") or facts.get("evidence")) if one)
    if name.startswith("responses.report_"):
        return str(dict(SpokenField.choices).get(facts.get("field", ""), ""))
    if isinstance(facts.get("changed"), dict):
        fields = several([str(field).replace("_", " ") for field in facts["changed"]])
        return _("Changed: %(fields)s") % {"fields": fields}
    told = [facts.get(key) for key in ("action", "to", "measure", "objective", "body", "source", "file")]
    return ", ".join(str(value) for value in told if value)
