"""Letters about meetings in Albanian."""

from __future__ import annotations

from iisg.office.letters.kinds import Wording

ONLINE = "në internet"
WORDINGS = {
    "meeting-invitation": Wording(
        "Ftesë: {meeting}",
        "Ju ftojmë në këtë takim: {meeting} ({number}).\n\nData: {day}\nOra: {hours}\nVendi: {place}\n\n"
        "Projekt-rendi i ditës:\n{items}\n\nJu lutemi të na njoftoni se kush merr pjesë dhe në çfarë cilësie. "
        "Materialet gjenden në faqen e takimit; skedari i bashkëlidhur e shënon takimin në kalendarin tuaj:\n{link}",
    ),
    "meeting-moved": Wording(
        "Datë e re: {meeting}",
        "Ky takim ishte njoftuar për datën {former} dhe ka një datë tjetër: {meeting} ({number}).\n\n"
        "Data: {day}\nOra: {hours}\nVendi: {place}\n\nArsyeja është:\n\n{reason}\n\n"
        "Skedari i bashkëlidhur e ndreq shënimin në kalendarin tuaj:\n{link}",
    ),
    "meeting-cancelled": Wording(
        "Anulim: {meeting}",
        "Ky takim, i njoftuar për datën {day}, nuk mbahet: {meeting} ({number}).\n\nArsyeja është:\n\n{reason}\n\n"
        "Skedari i bashkëlidhur e heq takimin nga kalendari juaj.",
    ),
    "meeting-minutes": Wording(
        "Projekt-procesverbali: {meeting}",
        "Bashkëlidhur gjeni projekt-procesverbalin e këtij takimi, të mbajtur më {day}: {meeting} ({number}).\n\n"
        "Ju lutemi dërgoni komentet deri më {due_on}. Procesverbali miratohet pastaj në takimin e ardhshëm ose me "
        "procedurë të heshtur.\n\nGjendet edhe këtu:\n{link}",
    ),
}
