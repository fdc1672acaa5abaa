"""Many made-up records at once: what follows each of them is done once, at the end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from iisg.foundations.orgs.signals import organisations_changed
from iisg.knowledge.actions.signals import actions_changed, rates_changed, reports_tied
from iisg.knowledge.analysis import receivers as summaries
from iisg.knowledge.analysis.keeping import keep_everything
from iisg.knowledge.finding import receivers as index
from iisg.knowledge.finding.keeping import index_everything
from iisg.knowledge.needs.signals import needs_changed
from iisg.knowledge.responses.signals import relation_changed, response_changed

FOLLOWING = (
    (organisations_changed, index.follow_bodies),
    (needs_changed, index.follow_needs),
    (actions_changed, index.follow_actions),
    (needs_changed, summaries.keep_changed_needs),
    (actions_changed, summaries.keep_changed_actions),
    (relation_changed, summaries.keep_related_actions),
    (response_changed, summaries.keep_judged_need),
    (organisations_changed, summaries.keep_money_of_renamed),
    (reports_tied, summaries.keep_tied_money),
    (rates_changed, summaries.keep_money_at_new_rates),
)
"""Signals with those who keep summaries and the index of search in step."""


@contextmanager
def growing() -> Iterator[None]:
    """Within it neither summaries nor the index follow; afterwards both say what the records say."""
    for signal, receiver in FOLLOWING:
        assert signal.disconnect(receiver), f"{receiver} does not follow {signal} any more"
    try:
        yield
    finally:
        for signal, receiver in FOLLOWING:
            signal.connect(receiver)
        keep_everything()
        index_everything()
