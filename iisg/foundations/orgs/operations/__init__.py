"""Verbs on organisations and their memberships: the only writer of both."""

from iisg.foundations.orgs.operations.belonging import (
    correct_membership,
    end_membership,
    enter_membership,
    resume_membership,
    suspend_membership,
)
from iisg.foundations.orgs.operations.bodies import (
    change_facts,
    confirm_organisation,
    enter_organisation,
    forget_unused,
    learn_alias,
    note_names,
    note_new_organisation,
    put_below,
    set_contact,
)

__all__ = [
    "change_facts",
    "confirm_organisation",
    "correct_membership",
    "end_membership",
    "enter_membership",
    "enter_organisation",
    "forget_unused",
    "learn_alias",
    "note_names",
    "note_new_organisation",
    "put_below",
    "resume_membership",
    "set_contact",
    "suspend_membership",
]
