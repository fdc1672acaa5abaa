"""Letters about meetings in Bosnian."""

from __future__ import annotations

from iisg.office.letters.kinds import Wording

ONLINE = "putem interneta"
WORDINGS = {
    "meeting-invitation": Wording(
        "Poziv: {meeting}",
        "Ljubazno Vas pozivamo na ovaj sastanak: {meeting} ({number}).\n\nDatum: {day}\nVrijeme: {hours}\n"
        "Mjesto: {place}\n\nPrijedlog dnevnog reda:\n{items}\n\nMolimo Vas da nam javite ko učestvuje i u kojem "
        "svojstvu. Materijali se nalaze na stranici sastanka; priloženi fajl upisuje sastanak u Vaš kalendar:\n{link}",
    ),
    "meeting-moved": Wording(
        "Novi datum: {meeting}",
        "Ovaj sastanak bio je najavljen za drugi datum i pomjeren je: {meeting} ({number}). Raniji datum: {former}\n\n"
        "Datum: {day}\nVrijeme: {hours}\nMjesto: {place}\n\nRazlog je:\n\n{reason}\n\n"
        "Priloženi fajl ispravlja upis u Vašem kalendaru:\n{link}",
    ),
    "meeting-cancelled": Wording(
        "Otkazano: {meeting}",
        "Ovaj sastanak se ne održava: {meeting} ({number}). Najavljeni datum: {day}\n\nRazlog je:\n\n{reason}\n\n"
        "Priloženi fajl briše sastanak iz Vašeg kalendara.",
    ),
    "meeting-minutes": Wording(
        "Nacrt zapisnika: {meeting}",
        "U prilogu je nacrt zapisnika sa ovog sastanka: {meeting} ({number}). Datum sastanka: {day}\n\n"
        "Molimo Vas da komentare pošaljete do {due_on} godine. Zapisnik se zatim usvaja na narednom sastanku ili "
        "prešutnim postupkom.\n\nNalazi se i ovdje:\n{link}",
    ),
}
