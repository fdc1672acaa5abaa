"""Letters about meetings in Macedonian."""

from __future__ import annotations

from iisg.office.letters.kinds import Wording

ONLINE = "преку интернет"
WORDINGS = {
    "meeting-invitation": Wording(
        "Покана: {meeting}",
        "Љубезно Ве покануваме на овој состанок: {meeting} ({number}).\n\nДатум: {day}\nВреме: {hours}\n"
        "Место: {place}\n\nПредлог на дневниот ред:\n{items}\n\nВе молиме да нè известите кој учествува и во кое "
        "својство. Материјалите се наоѓаат на страницата на состанокот; приложената датотека го внесува состанокот во "
        "Вашиот календар:\n{link}",
    ),
    "meeting-moved": Wording(
        "Нов датум: {meeting}",
        "Овој состанок беше најавен за {former} и има друг датум: {meeting} ({number}).\n\n"
        "Датум: {day}\nВреме: {hours}\nМесто: {place}\n\nПричината е:\n\n{reason}\n\n"
        "Приложената датотека го исправа внесот во Вашиот календар:\n{link}",
    ),
    "meeting-cancelled": Wording(
        "Откажано: {meeting}",
        "Овој состанок, најавен за {day}, нема да се одржи: {meeting} ({number}).\n\nПричината е:\n\n{reason}\n\n"
        "Приложената датотека го брише состанокот од Вашиот календар.",
    ),
    "meeting-minutes": Wording(
        "Нацрт-записник: {meeting}",
        "Во прилог е нацрт-записникот од овој состанок, одржан на {day}: {meeting} ({number}).\n\n"
        "Ве молиме коментарите да ги испратите до {due_on}. Записникот потоа се усвојува на следниот состанок или по "
        "молчешка постапка.\n\nСе наоѓа и тука:\n{link}",
    ),
}
