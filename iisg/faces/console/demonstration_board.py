"""The Board in the demonstration: its seven seats are a fact, who holds them and what is before it is made up."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from iisg.foundations.access.actors import DEMONSTRATION
from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.models import demonstration_address
from iisg.governance.board import extract, operations
from iisg.governance.board.models import Capacity, Proposal, Seat, Subject
from iisg.governance.membership.models import BoardList
from iisg.governance.membership.proposed import proposal_of
from iisg.office.documents.typesetting import set_as_pdf

MADE_UP = "Made up for the demonstration"
_OF_ALBANIA = {Capacity.REPRESENTATIVE: Role.BOARD_MEMBER, Capacity.ALTERNATE: Role.ALTERNATE}


def load_seats(at: datetime) -> None:
    """Seven seats with a role on each, not an invented person; nothing where they are there already."""
    if Seat.objects.exists():
        return
    for seat in operations.open_seats(by=DEMONSTRATION, at=at):
        for capacity in Capacity:
            own = seat.ref == "albania"
            address = f"{capacity}-{seat.ref}@demonstration.invalid"
            operations.name_holder(
                seat,
                capacity,
                f"{str(capacity.label).capitalize()} of {seat} (made up)",
                MADE_UP,
                date(2026, 1, 1),
                by=DEMONSTRATION,
                at=at,
                email=demonstration_address(_OF_ALBANIA[capacity]) if own else address,
            )


def load_proposals(at: datetime) -> None:
    """A paper adopted by silence in the past, and the list of potential members in a procedure that runs."""
    if Proposal.objects.exclude(about__startswith="membership.").exists():
        return
    began = at - timedelta(days=40)
    proposal = operations.draft_proposal(
        Subject.METHODOLOGY,
        "Template for stating needs (made up for the demonstration)",
        "To adopt the template with which partners state their needs in the next biennial mapping.",
        by=DEMONSTRATION,
        at=began,
        legal_base="Made up for the demonstration",
    )
    operations.add_text(proposal, "template.pdf", _paper(proposal, began), by=DEMONSTRATION, at=began)
    asked = operations.ask_working_group(
        proposal, (began + timedelta(days=1)).date(), by=DEMONSTRATION, at=began
    )
    operations.close_consultation(asked, f"{MADE_UP}: no remarks.", by=DEMONSTRATION, at=began)
    silence = operations.open_silence(proposal, by=DEMONSTRATION, at=began)
    for seat in Seat.objects.all():
        operations.record_proof(silence, seat, MADE_UP, by=DEMONSTRATION, at=began + timedelta(hours=1))
    operations.settle_silence(silence, by=DEMONSTRATION, at=at)
    for on_list in BoardList.objects.before_the_board():
        waiting = proposal_of(on_list)
        if waiting is not None:
            operations.open_silence(waiting, by=DEMONSTRATION, at=at)


def _paper(proposal: Proposal, at: datetime) -> bytes:
    """One page that says that it is made up."""
    facts = {
        "house": "IISG",
        "day": at.date().isoformat(),
        "marking": "TLP:GREEN",
        "title": proposal.title,
        "caption": MADE_UP,
        "facts": [["Asks", proposal.asks]],
        "heads": [],
        "said": [],
        "positions": "",
        "note": MADE_UP,
        "office": "",
        "footnote": "",
    }
    return set_as_pdf(extract.PAPER, facts, at)
