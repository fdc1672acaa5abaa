"""The words of the IATI code lists, versions 1.x and 2.x side by side, and what they mean in this house."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

ROLES: Final[Mapping[str, str]] = {
    "1": "funding",
    "2": "accountable",
    "3": "extending",
    "4": "implementing",
    "funding": "funding",
    "accountable": "accountable",
    "extending": "extending",
    "implementing": "implementing",
}
"""OrganisationRole."""

ORGANISATION_TYPES: Final[Mapping[str, str]] = {
    "10": "government",
    "11": "local government",
    "15": "other public sector",
    "21": "international NGO",
    "22": "national NGO",
    "23": "regional NGO",
    "24": "partner-based NGO",
    "30": "public-private partnership",
    "40": "multilateral",
    "60": "foundation",
    "70": "private sector",
    "71": "private sector in provider",
    "72": "private sector in recipient",
    "73": "private sector elsewhere",
    "80": "academic, training and research",
    "90": "other",
}
"""OrganisationType."""

DATES: Final[Mapping[str, str]] = {
    "1": "start-planned",
    "2": "start-actual",
    "3": "end-planned",
    "4": "end-actual",
    "start-planned": "start-planned",
    "start-actual": "start-actual",
    "end-planned": "end-planned",
    "end-actual": "end-actual",
}
"""ActivityDateType."""

STAGES: Final[Mapping[str, str]] = {
    "1": "pipeline",
    "2": "implementation",
    "3": "completed",
    "4": "completed",
    "5": "cancelled",
    "6": "suspended",
}
"""ActivityStatus: 3 is finalisation (work done, books open), 4 is closed; both are completed."""

STAGE_WORDS: Final[Mapping[str, str]] = {
    "pipeline identification": "pipeline",
    "pipeline": "pipeline",
    "implementation": "implementation",
    "completion": "completed",
    "post completion": "completed",
    "finalisation": "completed",
    "closed": "completed",
    "completed": "completed",
    "cancelled": "cancelled",
    "canceled": "cancelled",
    "suspended": "suspended",
}
"""The words that files of version 1.x print inside activity-status, folded."""

FLOW_STATES: Final[Mapping[str, str]] = {
    "1": "incoming",
    "IF": "incoming",
    "11": "incoming",
    "2": "committed",
    "C": "committed",
    "3": "spent",
    "D": "spent",
    "4": "spent",
    "E": "spent",
    "12": "pledge",
    "13": "pledge",
}
"""TransactionType to the state of a flow; the types below are real but no flow of ours."""

TRANSACTION_WORDS: Final[Mapping[str, str]] = {
    "1": "incoming funds",
    "IF": "incoming funds",
    "2": "outgoing commitment",
    "C": "commitment",
    "3": "disbursement",
    "D": "disbursement",
    "4": "expenditure",
    "E": "expenditure",
    "5": "interest payment",
    "IP": "interest payment",
    "6": "loan repayment",
    "LR": "loan repayment",
    "7": "reimbursement",
    "R": "reimbursement",
    "8": "purchase of equity",
    "QP": "purchase of equity",
    "9": "sale of equity",
    "QS": "sale of equity",
    "10": "credit guarantee",
    "CG": "credit guarantee",
    "11": "incoming commitment",
    "12": "outgoing pledge",
    "13": "incoming pledge",
}
"""TransactionType in words, letters of 1.x beside numbers of 2.x."""

SCOPES: Final[Mapping[str, str]] = {
    "1": "global",
    "2": "regional",
    "3": "multi-national",
    "4": "national",
    "5": "sub-national",
    "6": "sub-national",
    "7": "sub-national",
    "8": "single location",
}
"""ActivityScope."""

REGIONS: Final[Mapping[str, str]] = {
    "88": "States of the former Yugoslavia, unspecified",
    "89": "Europe, regional",
    "189": "North of Sahara, regional",
    "289": "South of Sahara, regional",
    "298": "Africa, regional",
    "389": "Caribbean and Central America, regional",
    "489": "South America, regional",
    "498": "America, regional",
    "589": "Middle East, regional",
    "619": "Central Asia, regional",
    "679": "South Asia, regional",
    "689": "South and Central Asia, regional",
    "789": "Far East Asia, regional",
    "798": "Asia, regional",
    "889": "Oceania, regional",
    "998": "Developing countries, unspecified",
}
"""Region of the OECD: none of them is the Western Balkans, so none of them covers the six."""

SECTOR_VOCABULARIES: Final[Mapping[str, str]] = {
    "": "DAC",
    "1": "DAC",
    "DAC": "DAC",
    "2": "DAC-3",
    "DAC-3": "DAC-3",
}
"""SectorVocabulary where the number has a name everybody uses; all others stay as printed."""
