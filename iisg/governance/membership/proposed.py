"""Under which proposal a list stands in the Board's register."""

from __future__ import annotations

from iisg.governance.board.models import Proposal
from iisg.governance.membership.models import BoardList


def proposal_of(on_list: BoardList) -> Proposal | None:
    """The newest proposal on a list; None where the Board's seats were not set up when it was put."""
    about = f"membership.boardlist:{on_list.ref}"
    return Proposal.objects.filter(about=about).order_by("-pk").first()
