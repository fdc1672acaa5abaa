"""The Secretariat's pages of letters."""

from iisg.office.letters.views.record import (
    letter,
    letter_deed,
    letter_file,
    letter_paper,
    letter_preview,
    letter_way,
)
from iisg.office.letters.views.registers import letters, letters_export
from iisg.office.letters.views.telling import told, wording, wordings
from iisg.office.letters.views.writing import letter_change, letter_detach, letter_new, letter_register

__all__ = [
    "letter",
    "letter_change",
    "letter_deed",
    "letter_detach",
    "letter_file",
    "letter_new",
    "letter_paper",
    "letter_preview",
    "letter_register",
    "letter_way",
    "letters",
    "letters_export",
    "told",
    "wording",
    "wordings",
]
