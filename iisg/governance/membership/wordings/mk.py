"""Letters on the way to membership in Macedonian: what stands between salutation and closing."""

from __future__ import annotations

from iisg.office.letters.kinds import Wording

WORDINGS = {
    "invitation": Wording(
        "Покана за членство во IISG",
        "Integrative Internal Security Governance (IISG) ги мапира безбедносните потреби на шесте "
        "партнери од Западен Балкан и го координира она што нејзините членки го преземаат во врска "
        "со нив. Колку повеќе партнери учествуваат, толку е поцелосна сликата.\n\nСекретаријатот има "
        "чест да упати покана {organisation} да стане членка на IISG. Доколку сте заинтересирани, Ве "
        "молиме да го изразите својот интерес со образецот од Анексот на методологијата за членство, "
        "до {due_on}. Оваа страница е само Ваша; пополнувањето можете да го прекинете и да го "
        "продолжите во секое време:\n{link}\n\nОбразецот можете да го вратите и на хартија, "
        "потпишан. За членството одлучува Одборот; ќе Ве известиме за секој чекор.",
    ),
    "reminder": Wording(
        "Потсетување: покана за членство во IISG",
        "Упативме покана {organisation} да стане членка на Integrative Internal Security Governance "
        "(IISG) и ќе ни биде мило да добиеме Ваш одговор до {due_on}. Вашата страница сè уште е "
        "отворена:\n{link}",
    ),
    "received": Wording(
        "Го примивме изразот на интерес од {organisation}",
        "Ви благодариме. Изразот на интерес од {organisation} пристигна; неговата референца е "
        "{case}.\n\nСекретаријатот сега проверува дали е целосен и подготвува кратка оценка според "
        "трите критериуми на методологијата. Потоа Одборот одлучува на состанок или во писмена "
        "постапка со молчелива согласност. Секој чекор можете да го следите тука:\n{link}",
    ),
    "interest": Wording(
        "{organisation} изразува интерес за членство ({case})",
        "{organisation} изразува интерес да стане членка на Integrative Internal Security Governance "
        "(IISG). Референцата на предметот е {case}.",
    ),
    "incomplete": Wording(
        "Ве молиме да го дополните изразот на интерес: {organisation}",
        "Го прочитавме изразот на интерес од {organisation} ({case}). Пред да можеме да продолжиме, "
        "недостига следново:\n\n{missing}\n\nВашата страница е повторно отворена; она што сте го "
        "напишале е зачувано:\n{link}",
    ),
    "admitted": Wording(
        "{organisation} е членка на IISG",
        "Задоволство ни е да Ве известиме дека {organisation} е членка на Integrative Internal "
        "Security Governance (IISG) од {day} ({basis}).\n\nЧленките учествуваат на состаноците на "
        "трите столба, можат да присуствуваат на состаноците на Одборот како набљудувачи и "
        "споделуваат општи информации за своите активности во регионот. Не се очекуваат ниту "
        "оперативни ниту разузнавачки информации.\n\nСо посебно писмо Ве молиме да ги именувате "
        "своите лица за контакт; со тоа добивате и пристап до Безбедната база на податоци.",
    ),
    "refused": Wording(
        "Одлука на Одборот за членството: {organisation}",
        "Одборот го разгледа изразот на интерес од {organisation} и не го потврди членството "
        "({decision}). Наведената причина е:\n\n{reason}\n\nНов израз на интерес може да се поднесе "
        "во секое време.",
    ),
    "deferred": Wording(
        "Одборот бара повеќе за членството: {organisation}",
        "Одборот го разгледа изразот на интерес од {organisation} и ја одложи својата одлука "
        "({decision}). Одборот бара:\n\n{reason}\n\nСо задоволство ќе го примиме бараното и повторно "
        "ќе му го изнесеме предметот на Одборот. Можете да го испратите преку Вашата страница или со "
        "писмо:\n{link}",
    ),
    "notice-to-board": Wording(
        "Известување до Одборот: {organisation} е членка",
        "Секретаријатот го известува Одборот дека {organisation} е членка на Integrative Internal "
        "Security Governance (IISG) од {day}. Основ за членството: {ground}. Според методологијата "
        "за членство, членството стапува во сила со ова известување.",
    ),
    "new-member": Wording(
        "{organisation} се приклучува на IISG",
        "{organisation} е членка на Integrative Internal Security Governance (IISG) од {day}. Основ "
        "за членството: {ground}. Се радуваме што е меѓу нас.",
    ),
    "suspended": Wording(
        "Мирување на членството: {organisation}",
        "Членството на {organisation} во Integrative Internal Security Governance (IISG) мирува од "
        "{day}. Причината е:\n\n{reason}",
    ),
    "resumed": Wording(
        "Членството повторно важи: {organisation}",
        "Членството на {organisation} во Integrative Internal Security Governance (IISG) повторно "
        "важи од {day}.",
    ),
    "ended": Wording(
        "Престанок на членството: {organisation}",
        "Членството на {organisation} во Integrative Internal Security Governance (IISG) престанува "
        "на {day}. Причината е:\n\n{reason}\n\nВи благодариме за сè што споделивте.",
    ),
}

GROUNDS = {
    "partner": "партнер од Западен Балкан",
    "institution": "Европска комисија или Европска служба за надворешно дејствување",
    "notification": "агенција на ЕУ од областа на правдата и внатрешните работи, врз основа на известување",
    "former_lead_partner": "поранешен водечки партнер, автоматски",
    "host": "домаќин на Секретаријатот, автоматски",
    "board_approval": "одобрение од Одборот",
}
"""Grounds of membership, as they follow a colon."""

PROCEDURES = {
    "meeting": "на состанок на Одборот",
    "silence": "во писмена постапка со молчелива согласност",
}
"""How the Board has decided, as it follows the number of the decision."""
