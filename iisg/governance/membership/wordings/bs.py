"""Letters on the way to membership in Bosnian: what stands between salutation and closing."""

from __future__ import annotations

from iisg.office.letters.kinds import Wording

WORDINGS = {
    "invitation": Wording(
        "Poziv za članstvo u IISG-u",
        "Integrative Internal Security Governance (IISG) mapira sigurnosne potrebe šest partnera sa "
        "Zapadnog Balkana i koordinira ono što njeni članovi poduzimaju u vezi s tim potrebama. Što "
        "više partnera učestvuje, to je slika potpunija.\n\nSekretarijatu je čast uputiti poziv da "
        "{organisation} postane član IISG-a. Ukoliko ste zainteresirani, molimo Vas da interes "
        "izrazite obrascem iz Aneksa metodologije za članstvo, do {due_on} godine. Ova stranica je "
        "samo Vaša; popunjavanje možete prekinuti i nastaviti u svakom trenutku:\n{link}\n\nObrazac "
        "možete dostaviti i na papiru, potpisan. O članstvu odlučuje Odbor; obavijestit ćemo Vas o "
        "svakom koraku.",
    ),
    "reminder": Wording(
        "Podsjećanje: poziv za članstvo u IISG-u",
        "Uputili smo poziv da {organisation} postane član Integrative Internal Security Governance "
        "(IISG) i rado bismo dobili Vaš odgovor do {due_on} godine. Vaša stranica je i dalje "
        "otvorena:\n{link}",
    ),
    "received": Wording(
        "Primili smo izraz interesa: {organisation}",
        "Zahvaljujemo Vam. Izraz interesa koji podnosi {organisation} stigao je i zaveden pod brojem "
        "{case}.\n\nSekretarijat sada provjerava da li je potpun i priprema kratku procjenu prema "
        "tri kriterija metodologije. Odbor zatim odlučuje na sastanku ili u pisanom postupku "
        "prešutne saglasnosti. Svaki korak možete pratiti ovdje:\n{link}",
    ),
    "interest": Wording(
        "{organisation} izražava interes za članstvo ({case})",
        "{organisation} izražava interes da postane član Integrative Internal Security Governance "
        "(IISG). Broj predmeta je {case}.",
    ),
    "incomplete": Wording(
        "Molimo Vas da dopunite izraz interesa: {organisation}",
        "Pročitali smo izraz interesa koji podnosi {organisation} ({case}). Prije nego što možemo "
        "nastaviti, nedostaje sljedeće:\n\n{missing}\n\nVaša stranica je ponovo otvorena; ono što "
        "ste napisali je sačuvano:\n{link}",
    ),
    "admitted": Wording(
        "{organisation} je član IISG-a",
        "Zadovoljstvo nam je obavijestiti Vas da je {organisation} član Integrative Internal "
        "Security Governance (IISG) od {day} godine ({basis}).\n\nČlanovi učestvuju na sastancima "
        "tri stuba, mogu prisustvovati sastancima Odbora kao posmatrači i razmjenjuju opće "
        "informacije o svojim aktivnostima u regiji. Ne očekuju se ni operativni ni obavještajni "
        "podaci.\n\nPosebnim dopisom Vas molimo da imenujete svoje kontakt-osobe; uz to dobijate i "
        "pristup Sigurnoj bazi podataka.",
    ),
    "refused": Wording(
        "Odluka Odbora o članstvu: {organisation}",
        "Odbor je razmotrio izraz interesa koji podnosi {organisation} i nije potvrdio članstvo "
        "({decision}). Navedeni razlog je:\n\n{reason}\n\nNovi izraz interesa može se podnijeti u "
        "svakom trenutku.",
    ),
    "deferred": Wording(
        "Odbor traži dopunu o članstvu: {organisation}",
        "Odbor je razmotrio izraz interesa koji podnosi {organisation} i odgodio je odluku "
        "({decision}). Odbor traži:\n\n{reason}\n\nRado ćemo primiti traženo i ponovo ćemo iznijeti "
        "predmet pred Odbor. Možete to poslati sa svoje stranice ili dopisom:\n{link}",
    ),
    "notice-to-board": Wording(
        "Obavještenje Odboru: {organisation} je član",
        "Sekretarijat obavještava Odbor da je {organisation} član Integrative Internal Security "
        "Governance (IISG) od {day} godine. Osnov članstva: {ground}. Prema metodologiji za "
        "članstvo, članstvo stupa na snagu ovim obavještenjem.",
    ),
    "new-member": Wording(
        "{organisation} se pridružuje IISG-u",
        "{organisation} je član Integrative Internal Security Governance (IISG) od {day} godine. "
        "Osnov članstva: {ground}. Radujemo se novom članu.",
    ),
    "suspended": Wording(
        "Mirovanje članstva: {organisation}",
        "Obavještavamo Vas da od {day} godine miruje članstvo u Integrative Internal Security "
        "Governance (IISG) koje ima {organisation}. Razlog je:\n\n{reason}",
    ),
    "resumed": Wording(
        "Članstvo ponovo važi: {organisation}",
        "Obavještavamo Vas da od {day} godine ponovo važi članstvo u Integrative Internal Security "
        "Governance (IISG) koje ima {organisation}.",
    ),
    "ended": Wording(
        "Prestanak članstva: {organisation}",
        "Obavještavamo Vas da {day} godine prestaje članstvo u Integrative Internal Security "
        "Governance (IISG) koje ima {organisation}. Razlog je:\n\n{reason}\n\nZahvaljujemo Vam na "
        "svemu što ste podijelili.",
    ),
}

GROUNDS = {
    "partner": "partner sa Zapadnog Balkana",
    "institution": "Evropska komisija ili Evropska služba za vanjsko djelovanje",
    "notification": "agencija EU u oblasti pravosuđa i unutrašnjih poslova, na osnovu obavještenja",
    "former_lead_partner": "bivši vodeći partner, automatski",
    "host": "domaćin Sekretarijata, automatski",
    "board_approval": "odobrenje Odbora",
}
"""Grounds of membership, as they follow a colon."""

PROCEDURES = {
    "meeting": "na sastanku Odbora",
    "silence": "u pisanom postupku prešutne saglasnosti",
}
"""How the Board has decided, as it follows the number of the decision."""
