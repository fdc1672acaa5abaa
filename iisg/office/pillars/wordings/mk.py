"""Letters about focal points in Macedonian."""

from __future__ import annotations

from iisg.office.letters.kinds import Wording

WORDINGS = {
    "focal-points-requested": Wording(
        "Лица за контакт во IISG: {organisation}",
        "{salutation},\n\nМетодологијата за членство предвидува секоја членка да именува лица за "
        "контакт. Љубезно молиме {organisation} до {due_on} да именува лица за контакт за:\n"
        "{purposes}\n\nОваа страница, која е само Ваша, бара неколку минути:\n{link}\n\nМожете да ни "
        "се обратите и со писмо; тогаш ние ќе ги внесеме имињата. Секое лице што ќе го именувате "
        "добива сметка за Безбедната база на податоци.\n\nСо почит,",
    ),
    "focal-points-reminder": Wording(
        "Потсетување: лица за контакт во IISG: {organisation}",
        "{salutation},\n\nЗамоливме {organisation} до {due_on} да именува лица за контакт за:\n"
        "{purposes}\n\nСтраницата за тоа сè уште е отворена:\n{link}\n\nСо почит,",
    ),
    "focal-point-welcome": Wording(
        "Вие сте лице за контакт на {organisation} во IISG",
        "Почитуван/а {recipient},\n\n{organisation} Ве именува за лице за контакт за: {purpose}.\n\n"
        "Вашата сметка е подготвена. Изберете лозинка на оваа страница; врската важи еднократно, "
        "седум дена:\n{link}\n\nПодоцна истата страница може да Ви испрати друга врска.\n\nПотоа "
        "можете да ги читате потребите и активностите што членките ги споделуваат и да ги "
        "пријавувате оние на {organisation}. Ве молиме да не внесувате ниту оперативни ниту "
        "разузнавачки информации.\n\nСо почит,",
    ),
    "focal-point-named": Wording(
        "Вие сте лице за контакт на {organisation} за: {purpose}",
        "Почитуван/а {recipient},\n\n{organisation} Ве именува за лице за контакт за: {purpose}. "
        "Вашата сметка останува иста:\n{link}\n\nСо почит,",
    ),
}

PURPOSES = {
    "letters": "службена преписка",
    "WBCTi": "технички состаноци на WBCTi (борба против тероризмот)",
    "WBCSCi": "технички состаноци на WBCSCi (тежок и организиран криминал)",
    "WBBSi": "технички состаноци на WBBSi (безбедност на границите)",
}
"""What a focal point is for, as it follows “for”; the abbreviations of pillars are the same in every language."""
