"""Countries in which an applicant may have its seat, by two letters; who sits elsewhere writes it in the address."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

COUNTRIES = [
    ("AL", _("Albania")), ("AD", _("Andorra")), ("AM", _("Armenia")), ("AU", _("Australia")), ("AT", _("Austria")),
    ("AZ", _("Azerbaijan")), ("BE", _("Belgium")), ("BA", _("Bosnia and Herzegovina")), ("BG", _("Bulgaria")),
    ("CA", _("Canada")), ("HR", _("Croatia")), ("CY", _("Cyprus")), ("CZ", _("Czechia")), ("DK", _("Denmark")),
    ("EG", _("Egypt")), ("EE", _("Estonia")), ("FI", _("Finland")), ("FR", _("France")), ("GE", _("Georgia")),
    ("DE", _("Germany")), ("GR", _("Greece")), ("VA", _("Holy See")), ("HU", _("Hungary")), ("IS", _("Iceland")),
    ("IE", _("Ireland")), ("IL", _("Israel")), ("IT", _("Italy")), ("JP", _("Japan")), ("JO", _("Jordan")),
    ("XK", _("Kosovo*")), ("LV", _("Latvia")), ("LI", _("Liechtenstein")), ("LT", _("Lithuania")),
    ("LU", _("Luxembourg")), ("MT", _("Malta")), ("MD", _("Moldova")), ("MC", _("Monaco")), ("ME", _("Montenegro")),
    ("MA", _("Morocco")), ("NL", _("Netherlands")), ("NZ", _("New Zealand")), ("MK", _("North Macedonia")),
    ("NO", _("Norway")), ("PL", _("Poland")), ("PT", _("Portugal")), ("KR", _("Republic of Korea")),
    ("RO", _("Romania")), ("SM", _("San Marino")), ("RS", _("Serbia")), ("SK", _("Slovakia")), ("SI", _("Slovenia")),
    ("ES", _("Spain")), ("SE", _("Sweden")), ("CH", _("Switzerland")), ("TR", _("Türkiye")), ("UA", _("Ukraine")),
    ("AE", _("United Arab Emirates")), ("GB", _("United Kingdom")), ("US", _("United States")),
]  # fmt: skip


def country_called(code: str) -> str:
    """The name of a country by its two letters; a code that is not on the list as it stands."""
    return str(dict(COUNTRIES).get(code, code))
