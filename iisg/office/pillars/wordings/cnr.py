"""Letters about focal points in Montenegrin, in Latin letters."""

from __future__ import annotations

from iisg.office.letters.kinds import Wording

WORDINGS = {
    "focal-points-requested": Wording(
        "Kontakt osobe u IISG-u: {organisation}",
        "{salutation},\n\nMetodologija za članstvo predviđa da svaki član imenuje kontakt osobe. "
        "Ljubazno molimo da {organisation} do {due_on} godine imenuje kontakt osobe za:\n"
        "{purposes}\n\nOva stranica, koja je samo Vaša, zahtijeva nekoliko minuta:\n{link}\n\nMožete "
        "nam se obratiti i dopisom; tada ćemo imena unijeti mi. Svaka osoba koju imenujete dobija "
        "nalog za Bezbjednu bazu podataka.\n\nS poštovanjem,",
    ),
    "focal-points-reminder": Wording(
        "Podsjećanje: kontakt osobe u IISG-u: {organisation}",
        "{salutation},\n\nZamolili smo da {organisation} do {due_on} godine imenuje kontakt osobe "
        "za:\n{purposes}\n\nStranica za to je i dalje otvorena:\n{link}\n\nS poštovanjem,",
    ),
    "focal-point-welcome": Wording(
        "Imenovani ste za kontakt osobu u IISG-u: {organisation}",
        "Poštovani/a {recipient},\n\n{organisation} Vas imenuje kontakt osobom za: {purpose}.\n\nVaš "
        "nalog je spreman. Izaberite lozinku na ovoj stranici; link važi jednokratno, sedam dana:\n"
        "{link}\n\nKasnije Vam ista stranica može poslati novi link.\n\nPotom možete čitati potrebe "
        "i aktivnosti koje članovi dijele i prijavljivati one koje dostavlja {organisation}. Molimo "
        "Vas da ne unosite ni operativne ni obavještajne podatke.\n\nS poštovanjem,",
    ),
    "focal-point-named": Wording(
        "Imenovani ste za kontakt osobu za: {purpose} ({organisation})",
        "Poštovani/a {recipient},\n\n{organisation} Vas imenuje kontakt osobom za: {purpose}. Vaš "
        "nalog ostaje isti:\n{link}\n\nS poštovanjem,",
    ),
}

PURPOSES = {
    "letters": "zvaničnu prepisku",
    "WBCTi": "tehničke sastanke u okviru WBCTi (borba protiv terorizma)",
    "WBCSCi": "tehničke sastanke u okviru WBCSCi (teški i organizovani kriminal)",
    "WBBSi": "tehničke sastanke u okviru WBBSi (bezbjednost granica)",
}
"""What a focal point is for, as it follows “for”; the abbreviations of pillars are the same in every language."""
