"""Which of two units of one name a title means: a province or a city in it, by what the text speaks of."""

from civic_etl.extract.called_place import CalledPlace
from civic_etl.extract.place_asides import Asides
from civic_etl.extract.place_names import PlaceNames
from civic_etl.extract.place_spot import Spot, bare_name, lies_in
from civic_etl.extract.records import RefArea
from civic_etl.gazetteer import PlaceSpan
from civic_etl.gazetteer.units import PROVINCE

_GROUND = "địa bàn "
# what may have the name of the province around it
_KINDS = ("thành phố", "thị xã", "huyện")


class Namesakes:
    """Tells the units of one name in one document."""

    def __init__(self, names: PlaceNames, site: Spot) -> None:
        self._names = names
        self._site = site
        self._asides = Asides(names)

    def as_the_site_calls_it(self, title: Spot | None) -> Spot | None:
        """The site's own unit, where the title calls it by a name that the unit around it has, too.

        ("Bạc Liêu: ..." on the site of the city, unless the text speaks of all the province and never of the city)
        """
        site, names = self._site, self._names
        if title is None or title.level >= site.level or not lies_in(site, title):
            return title
        own = bare_name(site.area.name)
        if bare_name(title.area.name) != own or not any(s.text == own for s in names.in_title):
            return title
        told = {s.level for s in names.spans if s.anaphor and not s.office}
        whole = any(s.level == title.level and self._is_whole(s) for s in names.spans)
        return title if whole and site.level not in told else site

    def of_a_city(self, title: Spot | None, called: CalledPlace) -> Spot | None:
        """The unit inside a province that has its name, where the text speaks of that one and never of the province.

        ("Bạc Liêu: ... Toàn thành phố có ...")
        """
        names = self._names
        if title is None or title.level != PROVINCE or self._site.level > PROVINCE:
            return title
        own = bare_name(title.area.name)
        said = {s.text for s in names.in_title if s.level == PROVINCE}
        wide = [s for s in names.spans if _tells_of_province(s, own)]
        below = [s for s in names.spans if s.level > PROVINCE and not s.office]
        if own not in said or any(self._is_whole(s) for s in wide):
            return title
        others = [s for s in below if s.level == PROVINCE + 1 and not s.anaphor and bare_name(s.full_name) != own]
        if (wide or others) and not any(self._is_whole(s) for s in below):
            return title
        named = [s for s in below if not s.anaphor and not self._asides.is_held_in(s, 0)]
        kinds = [s.full_name for s in named if bare_name(s.full_name) == own]
        kinds += [s.text.lower().removeprefix("toàn ") for s in below if s.anaphor]
        for kind in _KINDS:
            full = f"{kind} {own}, {title.area.name}"
            unit = names.gazetteer.by_full_name(full, names.reference)
            if unit is not None and any(told.startswith(kind) for told in kinds):
                return Spot(RefArea(full, unit.unit_id, unit.code, "resolved"), "", PROVINCE + 1)
        is_elsewhere = not self._site.area.name and not any(s.level == PROVINCE + 1 for s in named)
        return (called.anywhere() if is_elsewhere else None) or title

    def _is_whole(self, span: PlaceSpan) -> bool:
        """Whether a level named alone is said of all of a unit ("toàn tỉnh", "trên địa bàn tỉnh")."""
        if not span.anaphor or span.office:
            return False
        return span.text.lower().startswith(("toàn ", "cả ")) or self._names.folded.endswith(_GROUND, 0, span.start)


def _tells_of_province(span: PlaceSpan, own: str) -> bool:
    """Whether a place is a province of which its type is said, or what all of it is called ("toàn tỉnh")."""
    if span.level != PROVINCE or span.office or span.giver or span.locates:
        return False
    return span.anaphor or (bare_name(span.full_name) == own and span.text != own)
