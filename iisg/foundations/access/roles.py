"""Roles and what they grant. Roles are code; who holds one, where and from when to when, is data (design.md 5)."""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """The offices a person can hold in the mechanism (methodology 1 and 2)."""

    APPLICANT = "applicant", _("Applicant")
    MEMBER_READER = "member_reader", _("Member, reading")
    FOCAL_POINT = "focal_point", _("Focal point")
    NATIONAL_COORDINATOR = "national_coordinator", _("National coordinator")
    BOARD_MEMBER = "board_member", _("Board Member")
    ALTERNATE = "alternate", _("Alternate Board Member")
    OBSERVER = "observer", _("Observer to the Board")
    SECRETARIAT = "secretariat", _("Secretariat")
    ADMINISTRATOR = "administrator", _("Administrator")


class PillarCode(TextChoices):
    """The three pillars under the Support Group (methodology 1)."""

    TERRORISM = "WBCTi", _("Counter-terrorism")
    CRIME = "WBCSCi", _("Serious and organised crime")
    BORDERS = "WBBSi", _("Border security")


class Can(StrEnum):
    """What a role may do. Everybody may read what is public."""

    READ_ACTIONS = "read_actions"
    READ_NEEDS = "read_needs"
    READ_ANALYSIS = "read_analysis"
    READ_ROUNDS = "read_rounds"
    IMPORT_OWN_RECORDS = "import_own_records"
    IMPORT_ANY_RECORDS = "import_any_records"
    WRITE_NEEDS = "write_needs"
    WRITE_ACTIONS = "write_actions"
    WRITE_ORGANISATIONS = "write_organisations"
    JUDGE_RESPONSES = "judge_responses"
    RELATE_ACTIONS = "relate_actions"
    RUN_ROUNDS = "run_rounds"
    ANSWER_ROUNDS = "answer_rounds"
    KEEP_DOCUMENTS = "keep_documents"
    READ_LETTERS = "read_letters"
    WRITE_LETTERS = "write_letters"
    APPROVE_LETTERS = "approve_letters"
    SEND_LETTERS = "send_letters"
    WORD_LETTERS = "word_letters"
    OPEN_ACCOUNTS = "open_accounts"
    READ_CASES = "read_cases"
    WRITE_CASES = "write_cases"
    READ_LISTS = "read_lists"
    RECORD_DECISIONS = "record_decisions"
    KEEP_SEATS = "keep_seats"
    WRITE_PROPOSALS = "write_proposals"
    RUN_SILENCES = "run_silences"
    TAKE_POSITIONS = "take_positions"
    COMMENT_ON_PROPOSALS = "comment_on_proposals"
    READ_MEETINGS = "read_meetings"
    RUN_MEETINGS = "run_meetings"
    APPLY = "apply"
    NOMINATE = "nominate"
    MANAGE_PEOPLE = "manage_people"
    READ_RECORD = "read_record"


_READING = frozenset(
    {Can.READ_ACTIONS, Can.READ_NEEDS, Can.READ_ANALYSIS, Can.READ_ROUNDS, Can.READ_MEETINGS}
)
_BOARD_ROOM = _READING | {Can.READ_LISTS, Can.COMMENT_ON_PROPOSALS}
_SEATED = _BOARD_ROOM | {Can.TAKE_POSITIONS}
_REPORTING = _READING | {Can.IMPORT_OWN_RECORDS, Can.WRITE_ACTIONS, Can.ANSWER_ROUNDS}

GRANTS: MappingProxyType[str, frozenset[Can]] = MappingProxyType(
    {
        Role.APPLICANT: frozenset[Can](),
        Role.MEMBER_READER: _READING,
        Role.OBSERVER: _BOARD_ROOM,
        Role.BOARD_MEMBER: _SEATED,
        Role.ALTERNATE: _SEATED,
        Role.FOCAL_POINT: _REPORTING,
        Role.NATIONAL_COORDINATOR: _REPORTING | {Can.WRITE_NEEDS},
        Role.SECRETARIAT: frozenset(Can) - {Can.MANAGE_PEOPLE},
        Role.ADMINISTRATOR: frozenset({Can.MANAGE_PEOPLE, Can.READ_RECORD}),
    }
)
