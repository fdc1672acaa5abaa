"""The map of coverage in words: how the needs of each partner stand on a day, over all pillars and in each."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from iisg.foundations.access.roles import PillarCode
from iisg.foundations.core.region import outlines
from iisg.foundations.core.templatetags.iisg_ui import STATES
from iisg.knowledge.analysis.engine.matrix import matrix
from iisg.knowledge.analysis.engine.rows import PARTNERS
from iisg.knowledge.analysis.links import address
from iisg.knowledge.analysis.pictures import picture as pictures
from iisg.knowledge.analysis.pictures.region import Outline, RegionMap, RegionWords, Stated, region
from iisg.knowledge.analysis.summary import Summary
from iisg.knowledge.analysis.titles import Titles


def region_maps(found: Summary, titles: Titles, on: str = "") -> list[RegionMap]:
    """One map over all pillars and one for each; `on` is carried into the links where the reader chose a day."""
    maps = []
    for pillar, title in [("", _("All pillars")), *PillarCode.choices]:
        counted = matrix(found.needs, found.answers, by="objective", pillar=pillar).partners
        partners = tuple(
            Stated(
                code,
                titles.partners[code],
                {str(state): count for state, count in counted[code].counts().items()},
                address("needs", partner=code, pillar=pillar, on=on),
            )
            for code in PARTNERS
        )
        maps.append(RegionMap(str(title), partners))
    return maps


def map_picture(maps: list[RegionMap], day: date) -> pictures.Picture | None:
    """The maps drawn; None where the front end with its outlines is not built."""
    drawn = outlines()
    if drawn is None:
        return None
    _x, _y, width, height = map(float, drawn["viewBox"].split())
    shapes = [Outline(shape["code"], shape["path"], tuple(shape["label"])) for shape in drawn["shapes"]]
    return region(maps, shapes, (width, height), region_words(day))


def region_words(day: date) -> RegionWords:
    """Words of the maps on a day."""
    shown = date_format(day, "j F Y")
    return RegionWords(
        question=_("Where in the region are needs answered, and where are they not?"),
        says=_(
            "On each partner lies a bar of its needs as they stand on %(day)s. Every bar is equally long: its parts "
            "are shares, the numbers count needs. Partners state different needs and are not compared."
        )
        % {"day": shown},
        caption=_("Needs of each partner by pillar and state on %(day)s") % {"day": shown},
        heads=(
            _("Pillar"),
            _("Partner"),
            _("Needs"),
            _("covered"),
            _("partly"),
            _("gaps"),
            _("not known"),
        ),
        states={key: str(word) for key, word in STATES.items()},
        none_stated=_("no need stated"),
    )
