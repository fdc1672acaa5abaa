"""Letters about focal points in Serbian, in Cyrillic."""

from __future__ import annotations

from iisg.office.letters.kinds import Wording

WORDINGS = {
    "focal-points-requested": Wording(
        "Контакт особе у IISG-у: {organisation}",
        "{salutation},\n\nМетодологија за чланство предвиђа да сваки члан именује контакт особе. "
        "Љубазно молимо да {organisation} до {due_on} године именује контакт особе за:\n"
        "{purposes}\n\nОва страница, која је само Ваша, захтева неколико минута:\n{link}\n\nМожете "
        "да нам се обратите и дописом; тада ћемо имена унети ми. Свака особа коју именујете добија "
        "налог за Безбедну базу података.\n\nС поштовањем,",
    ),
    "focal-points-reminder": Wording(
        "Подсећање: контакт особе у IISG-у: {organisation}",
        "{salutation},\n\nЗамолили смо да {organisation} до {due_on} године именује контакт особе "
        "за:\n{purposes}\n\nСтраница за то је и даље отворена:\n{link}\n\nС поштовањем,",
    ),
    "focal-point-welcome": Wording(
        "Именовани сте за контакт особу у IISG-у: {organisation}",
        "Поштовани/а {recipient},\n\n{organisation} Вас именује контакт особом за: {purpose}.\n\nВаш "
        "налог је спреман. Изаберите лозинку на овој страници; веза важи једнократно, седам дана:\n"
        "{link}\n\nКасније Вам иста страница може послати нову везу.\n\nПотом можете да читате "
        "потребе и активности које чланови деле и да пријављујете оне које доставља {organisation}. "
        "Молимо Вас да не уносите ни оперативне ни обавештајне податке.\n\nС поштовањем,",
    ),
    "focal-point-named": Wording(
        "Именовани сте за контакт особу за: {purpose} ({organisation})",
        "Поштовани/а {recipient},\n\n{organisation} Вас именује контакт особом за: {purpose}. Ваш "
        "налог остаје исти:\n{link}\n\nС поштовањем,",
    ),
}

PURPOSES = {
    "letters": "званичну преписку",
    "WBCTi": "техничке састанке у оквиру WBCTi (борба против тероризма)",
    "WBCSCi": "техничке састанке у оквиру WBCSCi (тешки и организовани криминал)",
    "WBBSi": "техничке састанке у оквиру WBBSi (безбедност граница)",
}
"""What a focal point is for, as it follows “for”; the abbreviations of pillars are the same in every language."""
