"""Verbs on the way to membership."""

from iisg.governance.membership.operations.admitting import (
    check_agency,
    confirm_ground,
    correct_member,
    end_member,
    inform_board,
    record_ground,
    record_notification,
    resume_member,
    suspend_member,
)
from iisg.governance.membership.operations.answering import answer_board, note_answer
from iisg.governance.membership.operations.applying import (
    begin_application,
    complete_case,
    consent,
    express_interest,
    hand_back,
    make_statement,
    write_answers,
)
from iisg.governance.membership.operations.assessing import (
    approve_assessment,
    find_criterion,
    return_assessment,
    start_assessment,
    submit_assessment,
    write_summary,
)
from iisg.governance.membership.operations.carrying import take_paper
from iisg.governance.membership.operations.closing import withdraw_case
from iisg.governance.membership.operations.forgetting import (
    ask_for_erasure,
    delete_draft,
    erase_application,
    erase_forgotten,
    erase_outlived,
)
from iisg.governance.membership.operations.importing import import_prospects, take_prospects
from iisg.governance.membership.operations.inviting import (
    invite,
    lapse_invitation,
    remind_invited,
    remind_when_due,
)
from iisg.governance.membership.operations.knocking import note_knock
from iisg.governance.membership.operations.listing import (
    attach_conclusions,
    draw_up_list,
    list_case,
    order_lines,
    put_list,
    record_decision,
    take_back_list,
    unlist_case,
    withdraw_list,
)
from iisg.governance.membership.operations.opening_without_form import take_ground, take_notification
from iisg.governance.membership.operations.prospects import (
    add_contact,
    change_prospect,
    drop_prospect,
    enter_prospect,
    note_approach,
    remove_contact,
    take_up_prospect,
)
from iisg.governance.membership.operations.recognising import recognise_applicant
from iisg.governance.membership.operations.signing import print_form, sign_form

__all__ = [
    "add_contact",
    "answer_board",
    "approve_assessment",
    "ask_for_erasure",
    "attach_conclusions",
    "begin_application",
    "change_prospect",
    "check_agency",
    "complete_case",
    "confirm_ground",
    "consent",
    "correct_member",
    "delete_draft",
    "draw_up_list",
    "drop_prospect",
    "end_member",
    "enter_prospect",
    "erase_application",
    "erase_forgotten",
    "erase_outlived",
    "express_interest",
    "find_criterion",
    "hand_back",
    "import_prospects",
    "inform_board",
    "invite",
    "lapse_invitation",
    "list_case",
    "make_statement",
    "note_answer",
    "note_approach",
    "note_knock",
    "order_lines",
    "print_form",
    "put_list",
    "recognise_applicant",
    "record_decision",
    "record_ground",
    "record_notification",
    "remind_invited",
    "remind_when_due",
    "remove_contact",
    "resume_member",
    "return_assessment",
    "sign_form",
    "start_assessment",
    "submit_assessment",
    "suspend_member",
    "take_back_list",
    "take_ground",
    "take_notification",
    "take_paper",
    "take_prospects",
    "take_up_prospect",
    "unlist_case",
    "withdraw_case",
    "withdraw_list",
    "write_answers",
    "write_summary",
]
