"""Letters on the way to membership in Montenegrin, in Latin letters: what stands between salutation and closing."""

from __future__ import annotations

from iisg.office.letters.kinds import Wording

WORDINGS = {
    "invitation": Wording(
        "Poziv za članstvo u IISG-u",
        "Integrative Internal Security Governance (IISG) mapira bezbjednosne potrebe šest partnera "
        "sa Zapadnog Balkana i koordinira ono što njeni članovi preduzimaju povodom tih potreba. Što "
        "više partnera učestvuje, to je slika potpunija.\n\nSekretarijatu je čast da uputi poziv da "
        "{organisation} postane član IISG-a. Ukoliko ste zainteresovani, molimo Vas da interesovanje "
        "iskažete obrascem iz Aneksa metodologije za članstvo, do {due_on} godine. Ova stranica je "
        "samo Vaša; popunjavanje možete prekinuti i nastaviti u svakom trenutku:\n{link}\n\nObrazac "
        "možete dostaviti i na papiru, potpisan. O članstvu odlučuje Odbor; obavijestićemo Vas o "
        "svakom koraku.",
    ),
    "reminder": Wording(
        "Podsjećanje: poziv za članstvo u IISG-u",
        "Uputili smo poziv da {organisation} postane član Integrative Internal Security Governance "
        "(IISG) i rado bismo dobili Vaš odgovor do {due_on} godine. Vaša stranica je i dalje "
        "otvorena:\n{link}",
    ),
    "received": Wording(
        "Primili smo iskaz interesovanja: {organisation}",
        "Zahvaljujemo Vam. Iskaz interesovanja koji podnosi {organisation} stigao je i zaveden pod "
        "brojem {case}.\n\nSekretarijat sada provjerava da li je potpun i priprema kratku procjenu "
        "prema tri kriterijuma metodologije. Odbor zatim odlučuje na sjednici ili u pisanom postupku "
        "prećutne saglasnosti. Svaki korak možete pratiti ovdje:\n{link}",
    ),
    "interest": Wording(
        "{organisation} iskazuje interesovanje za članstvo ({case})",
        "{organisation} iskazuje interesovanje da postane član Integrative Internal Security "
        "Governance (IISG). Broj predmeta je {case}.",
    ),
    "incomplete": Wording(
        "Molimo Vas da dopunite iskaz interesovanja: {organisation}",
        "Pročitali smo iskaz interesovanja koji podnosi {organisation} ({case}). Prije nego što "
        "možemo nastaviti, nedostaje sljedeće:\n\n{missing}\n\nVaša stranica je ponovo otvorena; ono "
        "što ste napisali je sačuvano:\n{link}",
    ),
    "admitted": Wording(
        "{organisation} je član IISG-a",
        "Zadovoljstvo nam je da Vas obavijestimo da je {organisation} član Integrative Internal "
        "Security Governance (IISG) od {day} godine ({basis}).\n\nČlanovi učestvuju na sastancima "
        "tri stuba, mogu prisustvovati sjednicama Odbora kao posmatrači i razmjenjuju opšte "
        "informacije o svojim aktivnostima u regionu. Ne očekuju se ni operativni ni obavještajni "
        "podaci.\n\nPosebnim dopisom Vas molimo da imenujete svoje kontakt osobe; uz to dobijate i "
        "pristup Bezbjednoj bazi podataka.",
    ),
    "refused": Wording(
        "Odluka Odbora o članstvu: {organisation}",
        "Odbor je razmotrio iskaz interesovanja koji podnosi {organisation} i nije potvrdio članstvo "
        "({decision}). Navedeni razlog je:\n\n{reason}\n\nNovi iskaz interesovanja može se podnijeti "
        "u svakom trenutku.",
    ),
    "deferred": Wording(
        "Odbor traži dopunu o članstvu: {organisation}",
        "Odbor je razmotrio iskaz interesovanja koji podnosi {organisation} i odložio je odluku "
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
    "institution": "Evropska komisija ili Evropska služba za spoljno djelovanje",
    "notification": "agencija EU u oblasti pravosuđa i unutrašnjih poslova, na osnovu obavještenja",
    "former_lead_partner": "bivši vodeći partner, automatski",
    "host": "domaćin Sekretarijata, automatski",
    "board_approval": "odobrenje Odbora",
}
"""Grounds of membership, as they follow a colon."""

PROCEDURES = {
    "meeting": "na sjednici Odbora",
    "silence": "u pisanom postupku prećutne saglasnosti",
}
"""How the Board has decided, as it follows the number of the decision."""
