"""Letters on the way to membership in Serbian, in Cyrillic: what stands between salutation and closing."""

from __future__ import annotations

from iisg.office.letters.kinds import Wording

WORDINGS = {
    "invitation": Wording(
        "Позив за чланство у IISG-у",
        "Integrative Internal Security Governance (IISG) мапира безбедносне потребе шест партнера са "
        "Западног Балкана и координира оно што њени чланови предузимају поводом тих потреба. Што "
        "више партнера учествује, то је слика потпунија.\n\nСекретаријату је част да упути позив да "
        "{organisation} постане члан IISG-а. Уколико сте заинтересовани, молимо Вас да интересовање "
        "изразите обрасцем из Анекса методологије за чланство, до {due_on} године. Ова страница је "
        "само Ваша; попуњавање можете да прекинете и наставите у сваком тренутку:\n{link}\n\nОбразац "
        "можете да доставите и на папиру, потписан. О чланству одлучује Одбор; обавестићемо Вас о "
        "сваком кораку.",
    ),
    "reminder": Wording(
        "Подсећање: позив за чланство у IISG-у",
        "Упутили смо позив да {organisation} постане члан Integrative Internal Security Governance "
        "(IISG) и радо бисмо добили Ваш одговор до {due_on} године. Ваша страница је и даље "
        "отворена:\n{link}",
    ),
    "received": Wording(
        "Примили смо израз интересовања: {organisation}",
        "Захваљујемо Вам. Израз интересовања који подноси {organisation} стигао је и заведен под "
        "бројем {case}.\n\nСекретаријат сада проверава да ли је потпун и припрема кратку процену "
        "према три критеријума методологије. Одбор затим одлучује на састанку или у писаном поступку "
        "прећутне сагласности. Сваки корак можете да пратите овде:\n{link}",
    ),
    "interest": Wording(
        "{organisation} изражава интересовање за чланство ({case})",
        "{organisation} изражава интересовање да постане члан Integrative Internal Security "
        "Governance (IISG). Број предмета је {case}.",
    ),
    "incomplete": Wording(
        "Молимо Вас да допуните израз интересовања: {organisation}",
        "Прочитали смо израз интересовања који подноси {organisation} ({case}). Пре него што можемо "
        "да наставимо, недостаје следеће:\n\n{missing}\n\nВаша страница је поново отворена; оно што "
        "сте написали је сачувано:\n{link}",
    ),
    "admitted": Wording(
        "{organisation} је члан IISG-а",
        "Задовољство нам је да Вас обавестимо да је {organisation} члан Integrative Internal "
        "Security Governance (IISG) од {day} године ({basis}).\n\nЧланови учествују на састанцима "
        "три стуба, могу да присуствују састанцима Одбора као посматрачи и размењују опште "
        "информације о својим активностима у региону. Не очекују се ни оперативни ни обавештајни "
        "подаци.\n\nПосебним дописом Вас молимо да именујете своје контакт особе; уз то добијате и "
        "приступ Безбедној бази података.",
    ),
    "refused": Wording(
        "Одлука Одбора о чланству: {organisation}",
        "Одбор је размотрио израз интересовања који подноси {organisation} и није потврдио чланство "
        "({decision}). Наведени разлог је:\n\n{reason}\n\nНови израз интересовања може се поднети у "
        "сваком тренутку.",
    ),
    "deferred": Wording(
        "Одбор тражи допуну о чланству: {organisation}",
        "Одбор је размотрио израз интересовања који подноси {organisation} и одложио је одлуку "
        "({decision}). Одбор тражи:\n\n{reason}\n\nРадо ћемо примити тражено и поново ћемо изнети "
        "предмет пред Одбор. То можете послати са своје странице или дописом:\n{link}",
    ),
    "notice-to-board": Wording(
        "Обавештење Одбору: {organisation} је члан",
        "Секретаријат обавештава Одбор да је {organisation} члан Integrative Internal Security "
        "Governance (IISG) од {day} године. Основ чланства: {ground}. Према методологији за "
        "чланство, чланство ступа на снагу овим обавештењем.",
    ),
    "new-member": Wording(
        "{organisation} се придружује IISG-у",
        "{organisation} је члан Integrative Internal Security Governance (IISG) од {day} године. "
        "Основ чланства: {ground}. Радујемо се новом члану.",
    ),
    "suspended": Wording(
        "Мировање чланства: {organisation}",
        "Обавештавамо Вас да од {day} године мирује чланство у Integrative Internal Security "
        "Governance (IISG) које има {organisation}. Разлог је:\n\n{reason}",
    ),
    "resumed": Wording(
        "Чланство поново важи: {organisation}",
        "Обавештавамо Вас да од {day} године поново важи чланство у Integrative Internal Security "
        "Governance (IISG) које има {organisation}.",
    ),
    "ended": Wording(
        "Престанак чланства: {organisation}",
        "Обавештавамо Вас да {day} године престаје чланство у Integrative Internal Security "
        "Governance (IISG) које има {organisation}. Разлог је:\n\n{reason}\n\nЗахваљујемо Вам на "
        "свему што сте поделили.",
    ),
}

GROUNDS = {
    "partner": "партнер са Западног Балкана",
    "institution": "Европска комисија или Европска служба за спољно деловање",
    "notification": "агенција ЕУ у области правосуђа и унутрашњих послова, на основу обавештења",
    "former_lead_partner": "бивши водећи партнер, аутоматски",
    "host": "домаћин Секретаријата, аутоматски",
    "board_approval": "одобрење Одбора",
}
"""Grounds of membership, as they follow a colon."""

PROCEDURES = {
    "meeting": "на састанку Одбора",
    "silence": "у писаном поступку прећутне сагласности",
}
"""How the Board has decided, as it follows the number of the decision."""
