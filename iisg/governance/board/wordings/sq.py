"""Letters of the Board's procedures in Albanian: what stands between salutation and closing."""

from __future__ import annotations

from iisg.office.letters.kinds import Wording

WORDINGS = {
    "silence-notice": Wording(
        "Procedurë e heshtur me shkrim; afati: {ends_at}; {title} ({reference})",
        "Bordit i drejtohet kjo kërkesë me procedurë të heshtur me shkrim ({reference}):\n\n{asks}\n\nTeksti është "
        "bashkëlidhur dhe nuk ndryshohet më; përmbledhja e tij kriptografike (SHA-256) është {digest}.\n\nAfati "
        "përfundon: {ends_at}. Nëse deri atëherë asnjë vend i Bordit nuk kundërshton me shkrim, teksti miratohet. "
        "Qëndrimi i dhënë në atë çast ose më pas është i vonuar. Çdo vend mund të japë pëlqimin, ta lërë tekstin të "
        "kalojë me një koment, të kundërshtojë, të kërkojë një ndryshim ose një mbledhje, ose të mos marrë pjesë; "
        "kundërshtimi dhe kërkesa për ndryshim duhet të arsyetohen. Heshtja vlen si pëlqim vetëm për vendin të cilit "
        "i ka mbërritur ky njoftim.\n\nQëndrimin tuaj mund ta jepni këtu në më pak se një minutë, pasi të "
        "identifikoheni rishtas:\n{link}",
    ),
    "silence-extended": Wording(
        "Afat i ri i procedurës së heshtur me shkrim {reference}: {ends_at}",
        "Afati i kësaj procedure të heshtur me shkrim zgjatet një herë, njësoj për të gjitha vendet e Bordit: {title} "
        "({reference}). Afati i ri përfundon: {ends_at}. Asgjë tjetër nuk ka ndryshuar.\n\nArsyeja: "
        "{reason}\n\n{link}",
    ),
    "silence-suspended": Wording(
        "Pezullohet procedura e heshtur me shkrim {reference}",
        "Njoftimi për këtë procedurë të heshtur me shkrim nuk u ka mbërritur të gjithëve, ose nuk është provuar se u "
        "ka mbërritur: {title} ({reference}). Kjo ka të bëjë me: {seats}. Afati nuk ecën. Sapo ta kenë të gjithë "
        "njoftimin, fillon një afat i ri i plotë për të gjitha vendet e Bordit dhe do t’ju njoftojmë se kur "
        "përfundon.\n\n{link}",
    ),
    "silence-resumed": Wording(
        "Procedurë e heshtur me shkrim; afati: {ends_at}; {title} ({reference})",
        "Kjo procedurë e heshtur me shkrim vazhdon me një afat të ri të plotë për të gjitha vendet e Bordit: {title} "
        "({reference}). Teksti është i njëjti; përmbledhja e tij kriptografike (SHA-256) është {digest}. Afati "
        "përfundon: {ends_at}. Nëse deri atëherë asnjë vend nuk kundërshton me shkrim, teksti miratohet.\n\nSi u "
        "mbërrin tani njoftimi të gjithëve: {reason}\n\n{link}",
    ),
    "silence-reminder": Wording(
        "Kujtesë: procedurë e heshtur me shkrim ({reference}); afati: {ends_at}",
        "Nuk kemi marrë ende qëndrimin tuaj për këtë çështje: {title} ({reference}). Afati përfundon: {ends_at}. Pas "
        "tij heshtja vlen si pëlqim.\n\n{link}",
    ),
    "silence-broken": Wording(
        "Heshtja u ndërpre: {title} ({reference})",
        "Për këtë tekst nuk është dhënë pëlqimi i të gjithëve: {title} ({reference}). Kjo ka të bëjë me: {seats}. "
        "Teksti nuk është miratuar.\n\nArsyeja e dhënë: {reason}\n\nNjë tekst i ri do të ishte një procedurë e re me "
        "afatin e vet.\n\n{link}",
    ),
    "silence-moved": Wording(
        "Për vendim në mbledhje: {title} ({reference})",
        "Kjo çështje kalon në një mbledhje të Bordit: {title} ({reference}). Procedura e heshtur me shkrim përfundoi "
        "pa vendim. {seats}\n\nArsyeja e dhënë: {reason}\n\n{link}",
    ),
    "silence-withdrawn": Wording(
        "Tërheqje: {title} ({reference})",
        "Kjo procedurë e heshtur me shkrim tërhiqet: {title} ({reference}). Asgjë nuk është miratuar.\n\nArsyeja: "
        "{reason}\n\n{link}",
    ),
    "silence-adopted": Wording(
        "Miratim: {title} ({number})",
        "Afati i kësaj procedure të heshtur me shkrim përfundoi pa kundërshtim dhe njoftimi është provuar për çdo vend "
        "të Bordit: {title} ({reference}). Teksti është miratuar si vendimi {number}, në fuqi nga data {effective_on}. "
        "Bashkëlidhur gjeni ekstraktin e vërtetuar nga regjistri.\n\n{link}",
    ),
    "position": Wording(
        "Qëndrim: {seat}; {title} ({reference})",
        "Në këtë procedurë të heshtur me shkrim është shënuar një qëndrim: {title} ({reference}). Vendi i Bordit: "
        "{seat}\n\n- qëndrimi: {said}\n- dhënë nga: {speaker}, {capacity}\n- koha: {at}\n- arsyeja ose komenti: "
        "{reason}\n\nNëse ky nuk është qëndrimi juaj, jepni një tjetër para përfundimit të afatit; vlen më i "
        "riu.\n\n{link}",
    ),
}
