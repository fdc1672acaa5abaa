"""What a letter's paper says around its text, in each language of letters: labels, salutation, closing, days.

Data and no catalogue: the pages of the house are in English only, its letters are not. Serbian stands in Cyrillic,
the script of official use by the constitution and the one that the code "sr" means; Bosnian and Montenegrin stand in
Latin. The months of Bosnian, Montenegrin and Serbian are in the genitive, which is right beside a label ("Datum:
20. juna 2022.") and after a preposition ("do 20. juna 2022. godine") alike; a wording lets "godine" follow, so that
the point of the year never meets the point of a sentence. The name of the mechanism is a proper name and is not
translated.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Labels:
    """The words of one language. `proofing` is the language as word processors call it."""

    number: str
    day: str
    reply: str
    copy: str
    attached: str
    draft: str
    salutation: str
    closing: str
    sent_by: str
    proofing: str
    months: str
    day_form: str = "{day} {month} {year}"
    office: str = ""
    house: str = ""

    @property
    def office_name(self) -> str:
        """The office that signs."""
        return self.office or settings.OFFICE_NAME

    @property
    def house_name(self) -> str:
        """The mechanism as the head and the foot of a letter name it."""
        return self.house or settings.MECHANISM_NAME

    def day_printed(self, day: date) -> str:
        """A day as letters print it."""
        return self.day_form.format(day=day.day, month=self.months.split()[day.month - 1], year=day.year)


_LABELS = {
    "en": Labels(
        number="Number:",
        day="Date:",
        reply="In reply to:",
        copy="Copy to:",
        attached="Attached",
        draft="draft, not approved",
        salutation="Dear Sir or Madam",
        closing="Yours sincerely",
        sent_by="Sent by",
        proofing="en-GB",
        months="January February March April May June July August September October November December",
    ),
    "sq": Labels(
        number="Numri:",
        day="Data:",
        reply="Në përgjigje të:",
        copy="Për dijeni:",
        attached="Bashkëlidhur",
        draft="projekt, i pamiratuar",
        salutation="I nderuar zotëri / E nderuar zonjë",
        closing="Me respekt",
        sent_by="Dërguar nga",
        proofing="sq-AL",
        months="janar shkurt mars prill maj qershor korrik gusht shtator tetor nëntor dhjetor",
        office="Sekretariati i IISG-së",
        house="Integrative Internal Security Governance (IISG) e Ballkanit Perëndimor",
    ),
    "bs": Labels(
        number="Broj:",
        day="Datum:",
        reply="Odgovor na:",
        copy="Na znanje:",
        attached="Prilozi",
        draft="nacrt, nije odobren",
        salutation="Poštovani",
        closing="S poštovanjem",
        sent_by="Šalje:",
        proofing="bs-Latn-BA",
        months="januara februara marta aprila maja juna jula augusta septembra oktobra novembra decembra",
        day_form="{day}. {month} {year}.",
        office="Sekretarijat IISG-a",
        house="Integrative Internal Security Governance (IISG) Zapadnog Balkana",
    ),
    "mk": Labels(
        number="Број:",
        day="Датум:",
        reply="Одговор на:",
        copy="Копија до:",
        attached="Прилог",
        draft="нацрт, не е одобрен",
        salutation="Почитувани",
        closing="Со почит",
        sent_by="Испраќа:",
        proofing="mk-MK",
        months="јануари февруари март април мај јуни јули август септември октомври ноември декември",
        office="Секретаријат на IISG",
        house="Integrative Internal Security Governance (IISG) на Западен Балкан",
    ),
    "cnr": Labels(
        number="Broj:",
        day="Datum:",
        reply="Odgovor na:",
        copy="Na znanje:",
        attached="Prilozi",
        draft="nacrt, nije odobren",
        salutation="Poštovani",
        closing="S poštovanjem",
        sent_by="Šalje:",
        proofing="sr-Latn-ME",
        months="januara februara marta aprila maja juna jula avgusta septembra oktobra novembra decembra",
        day_form="{day}. {month} {year}.",
        office="Sekretarijat IISG-a",
        house="Integrative Internal Security Governance (IISG) Zapadnog Balkana",
    ),
    "sr": Labels(
        number="Број:",
        day="Датум:",
        reply="Одговор на:",
        copy="Копија:",
        attached="Прилози",
        draft="нацрт, није одобрен",
        salutation="Поштовани",
        closing="С поштовањем",
        sent_by="Шаље:",
        proofing="sr-Cyrl-RS",
        months="јануара фебруара марта априла маја јуна јула августа септембра октобра новембра децембра",
        day_form="{day}. {month} {year}.",
        office="Секретаријат IISG-а",
        house="Integrative Internal Security Governance (IISG) Западног Балкана",
    ),
}


def labels_in(language: str) -> Labels:
    """The words of a language; of English where there are none."""
    return _LABELS.get(language, _LABELS["en"])


def framed(language: str, text: str) -> str:
    """A text between the salutation and the closing of its language."""
    return f"{{salutation}},\n\n{text}\n\n{labels_in(language).closing},"
