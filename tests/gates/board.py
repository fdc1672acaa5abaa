"""The Board in the small register of the gates: a procedure that runs, a draft, a decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from iisg.foundations.access.actors import CONSOLE
from iisg.governance.board import operations
from iisg.governance.board.models import Capacity, Decision, Proposal, Silence

TEXT = b"%PDF-1.7\nTLP:GREEN\n%%EOF"
DRAFT, BEFORE = "canarydraftpaper", "canarypaper"
"""Words that only the Secretariat, and only the Board room, may meet."""


@dataclass(frozen=True, slots=True)
class BoardRoom:
    """The records that addresses of the Board speak of."""

    draft: Proposal
    running: Silence
    decision: Decision


def make_board_room(at: datetime) -> BoardRoom:
    """Seven seats with their people; Albania's representative is no reader of the gates."""
    for seat in operations.open_seats(by=CONSOLE, at=at):
        operations.name_holder(
            seat,
            Capacity.REPRESENTATIVE,
            f"Representative of {seat}",
            "Note",
            at.date(),
            by=CONSOLE,
            at=at,
            email=f"seat-{seat.ref}@example.invalid",
        )
    began = at - timedelta(days=60)
    decided = operations.open_silence(_proposal(BEFORE, began), by=CONSOLE, at=at)
    for rostered in decided.roster.all():
        operations.record_proof(decided, rostered.seat, "Note", by=CONSOLE, at=at)
    operations.settle_silence(decided, by=CONSOLE, at=at + timedelta(days=60))
    running = operations.open_silence(_proposal(BEFORE, at), by=CONSOLE, at=at + timedelta(days=4000))
    return BoardRoom(_proposal(DRAFT, at), running, Decision.objects.get())


def _proposal(word: str, at: datetime) -> Proposal:
    proposal = operations.draft_proposal("report", word, f"To adopt {word}.", by=CONSOLE, at=at)
    operations.add_text(proposal, "text.pdf", TEXT, by=CONSOLE, at=at)
    return operations.note_not_consulted(proposal, "A test.", by=CONSOLE, at=at)


def board_places(found: BoardRoom) -> dict[str, list[tuple[str, str]]]:
    """Addresses of the Board."""
    draft, before = f"/board/proposals/{found.draft.ref}/", f"/board/proposals/{found.running.proposal.ref}/"
    both = (("a draft", draft), ("before the Board", before))
    silence, number = f"/board/silence/{found.running.pk}/", found.decision.number
    return {
        "/board/seats/do/<slug:deed>/": [("a deed", "/board/seats/do/chair/")],
        **{
            f"/board/proposals/<slug:ref>/{page}": [(which, where + page) for which, where in both]
            for page in ("", "comment/", "silence/", "decision/")
        },
        "/board/proposals/<slug:ref>/do/<slug:deed>/": [
            (which, f"{where}do/not-asked/") for which, where in both
        ],
        "/board/proposals/<slug:ref>/texts/<int:number>/<slug:what>/": [
            (which, f"{where}texts/1/text/") for which, where in both
        ],
        "/board/silence/<int:pk>/": [("one that runs", silence)],
        "/board/silence/<int:pk>/position/": [("one that runs", f"{silence}position/")],
        "/board/silence/<int:pk>/do/<slug:deed>/": [("a deed", f"{silence}do/prove/")],
        "/board/decisions/file/<slug:form>/": [
            (form, f"/board/decisions/file/{form}/") for form in ("csv", "xlsx", "exe")
        ],
        **{
            f"/board/decisions/<slug:number>/{page}": [("a decision", f"/board/decisions/{number}/{page}")]
            for page in ("", "extract/", "package/")
        },
    }
