"""Which reports tell of the same money, and exchange rates that the ECB does not give."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can
from iisg.foundations.audit.trail import record
from iisg.knowledge.actions import rules
from iisg.knowledge.actions.models import ExchangeRate, Flow
from iisg.knowledge.actions.rate_files import StatedRate
from iisg.knowledge.actions.signals import rates_changed, reports_tied


@transaction.atomic
def tie_report(chosen: Flow, report: Flow, reason: str, *, by: Actor, at: datetime) -> Flow:
    """Say that `report` tells of the same money as `chosen`: it stays, is shown, and no longer counts (rules.md 6.1).

    Reports that were tied to it go along. Tying the same again changes nothing; `untie_report` takes it back.
    """
    chosen, report = _locked(chosen, report)
    require(by, Can.RELATE_ACTIONS, rules.may_tie(chosen, report, reason))
    if report.report_of_id == chosen.pk:
        return report
    before = list(report.reports.values_list("action_id", flat=True))
    report.reports.update(report_of=chosen)
    report.report_of, report.report_reason = chosen, reason.strip()[:300]
    report.save(update_fields=["report_of", "report_reason"])
    reports_tied.send(Flow, keys={report.action_id, chosen.action_id, *before})
    facts = {"reason": report.report_reason, "sum": str(report), "of": str(chosen), "flow": report.pk}
    for action, other in ((report.action, chosen.action), (chosen.action, report.action)):
        record("actions.report_tied", by=by, on=action, at=at, to=other.ref, **facts)
        if action == other:
            break
    return report


@transaction.atomic
def choose_report(report: Flow, *, by: Actor, at: datetime) -> Flow:
    """Let a second report count in the place of the one that was chosen; that one becomes a report of it."""
    before = Flow.objects.select_related("action").filter(reports=report).first()
    if before is None:
        require(by, Can.RELATE_ACTIONS)
        return report
    report, before = _locked(report, before)
    reason = report.report_reason
    report.report_of, report.report_reason = None, ""
    require(by, Can.RELATE_ACTIONS, rules.may_tie(report, before, reason))
    report.save(update_fields=["report_of", "report_reason"])
    before.reports.update(report_of=report)
    before.report_of, before.report_reason = report, reason
    before.save(update_fields=["report_of", "report_reason"])
    reports_tied.send(Flow, keys={report.action_id, before.action_id})
    for action in {before.action, report.action}:
        record(
            "actions.report_chosen", by=by, on=action, at=at, to=report.action.ref,
            flow=report.pk, before=before.pk, sum=str(report),
        )  # fmt: skip
    return report


@transaction.atomic
def untie_report(report: Flow, *, by: Actor, at: datetime) -> Flow:
    """Let a second report count by itself again."""
    report = Flow.objects.select_for_update(of=("self",)).select_related("action").get(pk=report.pk)
    require(by, Can.RELATE_ACTIONS)
    if report.report_of_id is None:
        return report
    was = report.report_of_id
    chosen_of = Flow.objects.filter(pk=was).values_list("action_id", flat=True)
    report.report_of, report.report_reason = None, ""
    report.save(update_fields=["report_of", "report_reason"])
    reports_tied.send(Flow, keys={report.action_id, *chosen_of})
    record(
        "actions.report_untied", by=by, on=report.action, at=at, flow=report.pk, was_of=was, sum=str(report)
    )
    return report


@transaction.atomic
def enter_rates(
    stated: Iterable[StatedRate], *, by: Actor, at: datetime, file_name: str = ""
) -> tuple[int, int]:
    """(new, changed): take exchange rates in; a rate of the same currency, day and source is replaced.

    Entering the same rates twice changes nothing and leaves no event.
    """
    require(by, Can.IMPORT_ANY_RECORDS)
    rates = {(rate.currency, rate.day, rate.source): rate.per_euro for rate in stated}
    found = ExchangeRate.objects.select_for_update().filter(source__in={source for _, _, source in rates})
    known = {(rate.currency, rate.day, rate.source): rate for rate in found}
    changed = []
    for key, per_euro in rates.items():
        if key in known and known[key].per_euro != per_euro:
            known[key].per_euro, known[key].received_at = per_euro, at
            changed.append(known[key])
    new = [
        ExchangeRate(currency=key[0], day=key[1], source=key[2], per_euro=per_euro, received_at=at)
        for key, per_euro in rates.items()
        if key not in known
    ]
    ExchangeRate.objects.bulk_update(changed, ["per_euro", "received_at"], batch_size=500)
    ExchangeRate.objects.bulk_create(new, batch_size=500)
    if new or changed:
        rates_changed.send(ExchangeRate, currencies={rate.currency for rate in (*new, *changed)})
        record(
            "actions.rates_entered", by=by, on="actions.exchangerate", at=at, source=file_name,
            new=len(new), changed=len(changed), sources=sorted({source for _, _, source in rates}),
        )  # fmt: skip
    return len(new), len(changed)


def _locked(first: Flow, second: Flow) -> tuple[Flow, Flow]:
    """Both flows with their actions, locked in the order of their keys."""
    both = Flow.objects.select_for_update(of=("self",)).select_related("action").order_by("pk")
    found = both.in_bulk([first.pk, second.pk])
    return found[first.pk], found[second.pk]
