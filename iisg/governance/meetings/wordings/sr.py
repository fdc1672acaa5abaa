"""Letters about meetings in Serbian."""

from __future__ import annotations

from iisg.office.letters.kinds import Wording

ONLINE = "путем интернета"
WORDINGS = {
    "meeting-invitation": Wording(
        "Позив: {meeting}",
        "Љубазно Вас позивамо на овај састанак: {meeting} ({number}).\n\nДатум: {day}\nВреме: {hours}\n"
        "Место: {place}\n\nПредлог дневног реда:\n{items}\n\nМолимо Вас да нас обавестите ко учествује и у ком "
        "својству. Материјали се налазе на страници састанка; приложени фајл уписује састанак у Ваш календар:\n{link}",
    ),
    "meeting-moved": Wording(
        "Нови датум: {meeting}",
        "Овај састанак је био најављен за други датум и померен је: {meeting} ({number}). Ранији датум: {former}\n\n"
        "Датум: {day}\nВреме: {hours}\nМесто: {place}\n\nРазлог је:\n\n{reason}\n\n"
        "Приложени фајл исправља упис у Вашем календару:\n{link}",
    ),
    "meeting-cancelled": Wording(
        "Отказано: {meeting}",
        "Овај састанак се не одржава: {meeting} ({number}). Најављени датум: {day}\n\nРазлог је:\n\n{reason}\n\n"
        "Приложени фајл брише састанак из Вашег календара.",
    ),
    "meeting-minutes": Wording(
        "Нацрт записника: {meeting}",
        "У прилогу је нацрт записника са овог састанка: {meeting} ({number}). Датум састанка: {day}\n\n"
        "Молимо Вас да коментаре пошаљете до {due_on} године. Записник се затим усваја на наредном састанку или "
        "прећутним поступком.\n\nНалази се и овде:\n{link}",
    ),
}
