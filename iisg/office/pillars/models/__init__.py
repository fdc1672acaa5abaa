"""The three pillars: who takes part, who is whose focal point, who leads."""

from iisg.office.pillars.models.focal_points import (
    CORRESPONDENCE,
    FocalPoint,
    FocalPointRequest,
    LeadPartner,
    Purpose,
)
from iisg.office.pillars.models.seats import Participation, Pillar

__all__ = [
    "CORRESPONDENCE",
    "FocalPoint",
    "FocalPointRequest",
    "LeadPartner",
    "Participation",
    "Pillar",
    "Purpose",
]
