"""Letters of the Board's procedures in Bosnian: what stands between salutation and closing."""

from __future__ import annotations

from iisg.office.letters.kinds import Wording

WORDINGS = {
    "silence-notice": Wording(
        "Pisani postupak prešutne saglasnosti; rok: {ends_at}; {title} ({reference})",
        "Odboru se u pisanom postupku prešutne saglasnosti ({reference}) upućuje sljedeće:\n\n{asks}\n\nTekst je u "
        "prilogu i više se ne mijenja; njegov kriptografski sažetak (SHA-256) je {digest}.\n\nRok ističe: {ends_at}. "
        "Ako do tada nijedno mjesto u Odboru ne uloži prigovor u pisanom obliku, tekst je usvojen. Stav koji se iznese "
        "u tom trenutku ili poslije njega stiže prekasno. Svako mjesto može dati saglasnost, propustiti tekst uz "
        "komentar, uložiti prigovor, zatražiti izmjenu ili sastanak, ili ne učestvovati; prigovor i zahtjev za izmjenu "
        "moraju se obrazložiti. Šutnja se računa kao saglasnost samo za mjesto do kojeg je ovo obavještenje "
        "stiglo.\n\nSvoj stav možete unijeti ovdje za manje od jedne minute, nakon ponovne prijave:\n{link}",
    ),
    "silence-extended": Wording(
        "Novi rok pisanog postupka prešutne saglasnosti {reference}: {ends_at}",
        "Rok ovog pisanog postupka prešutne saglasnosti produžava se jednom, jednako za sva mjesta u Odboru: {title} "
        "({reference}). Novi rok ističe: {ends_at}. Ništa drugo nije promijenjeno.\n\nRazlog: {reason}\n\n{link}",
    ),
    "silence-suspended": Wording(
        "Obustavlja se pisani postupak prešutne saglasnosti {reference}",
        "Obavještenje o ovom pisanom postupku prešutne saglasnosti nije stiglo do svih, ili nije dokazano da je "
        "stiglo: {title} ({reference}). To se odnosi na: {seats}. Rok miruje. Kada svi budu imali obavještenje, "
        "počinje novi puni rok za sva mjesta u Odboru, a mi ćemo Vas obavijestiti kada ističe.\n\n{link}",
    ),
    "silence-resumed": Wording(
        "Pisani postupak prešutne saglasnosti; rok: {ends_at}; {title} ({reference})",
        "Ovaj pisani postupak prešutne saglasnosti nastavlja se uz novi puni rok za sva mjesta u Odboru: {title} "
        "({reference}). Tekst je isti; njegov kriptografski sažetak (SHA-256) je {digest}. Rok ističe: {ends_at}. Ako "
        "do tada nijedno mjesto ne uloži prigovor u pisanom obliku, tekst je usvojen.\n\nKako obavještenje sada stiže "
        "do svih: {reason}\n\n{link}",
    ),
    "silence-reminder": Wording(
        "Podsjećanje: pisani postupak prešutne saglasnosti ({reference}); rok: {ends_at}",
        "Još nemamo Vaš stav o ovom pitanju: {title} ({reference}). Rok ističe: {ends_at}. Šutnja se tada računa kao "
        "saglasnost.\n\n{link}",
    ),
    "silence-broken": Wording(
        "Šutnja je prekinuta: {title} ({reference})",
        "Na ovaj tekst nisu svi dali saglasnost: {title} ({reference}). To se odnosi na: {seats}. Tekst nije "
        "usvojen.\n\nNavedeni razlog: {reason}\n\nNovi tekst bio bi novi postupak s vlastitim rokom.\n\n{link}",
    ),
    "silence-moved": Wording(
        "Za odlučivanje na sastanku: {title} ({reference})",
        "Ovo pitanje prelazi na sastanak Odbora: {title} ({reference}). Pisani postupak prešutne saglasnosti završen "
        "je bez odluke. {seats}\n\nNavedeni razlog: {reason}\n\n{link}",
    ),
    "silence-withdrawn": Wording(
        "Povučeno: {title} ({reference})",
        "Ovaj pisani postupak prešutne saglasnosti je povučen: {title} ({reference}). Ništa nije usvojeno.\n\nRazlog: "
        "{reason}\n\n{link}",
    ),
    "silence-adopted": Wording(
        "Usvojeno: {title} ({number})",
        "Rok ovog pisanog postupka prešutne saglasnosti istekao je bez prigovora, a obavještenje je dokazano za svako "
        "mjesto u Odboru: {title} ({reference}). Tekst je usvojen kao odluka {number} i na snazi je od {effective_on} "
        "godine. U prilogu je ovjereni izvod iz registra.\n\n{link}",
    ),
    "position": Wording(
        "Stav: {seat}; {title} ({reference})",
        "U ovom pisanom postupku prešutne saglasnosti unesen je stav: {title} ({reference}). Mjesto u Odboru: "
        "{seat}\n\n- stav: {said}\n- iznosi: {speaker}, {capacity}\n- vrijeme: {at}\n- razlog ili komentar: "
        "{reason}\n\nAko ovo nije Vaš stav, unesite drugi prije isteka roka; važi najnoviji.\n\n{link}",
    ),
}
