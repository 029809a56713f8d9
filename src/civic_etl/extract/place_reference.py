"""What a named place refers to where it stands: a part leans on its commune, "huyện" on the one named before."""

import re

from civic_etl.extract.patterns import patterns
from civic_etl.extract.place_names import PlaceNames
from civic_etl.extract.place_speech import PlaceSpeech
from civic_etl.extract.place_spot import Spot, area_of, is_known, spot_of
from civic_etl.extract.records import RefArea
from civic_etl.gazetteer import PlaceSpan
from civic_etl.gazetteer.units import COMMUNE, PROVINCE

_TELLS = patterns("places.yaml")["tells"]
_WHOLE = re.compile(r"^(?:toàn|cả) ")
_KINDS = frozenset({"xã", "phường", "thị trấn", "huyện", "quận", "thị xã"})
_TYPES = _KINDS | {"thành phố", "tỉnh"}
# so many places back is looked for what a place leans on
_LOOK_BACK = 12


class PlaceReference:
    """Turns the named places of one document into areas; `has_turns` is whether it tells of several one by one."""

    def __init__(self, names: PlaceNames, speech: PlaceSpeech, default: Spot, site: Spot, *, has_turns: bool) -> None:
        self._names = names
        self._speech = speech
        self._default = default
        self._site = site
        self._has_turns = has_turns

    def here(self, span: PlaceSpan) -> Spot | None:
        """The area of a place, leaning on those named before it; None for a level that nothing tells the unit of."""
        leans = span.anaphor or span.status == "part"
        return self.beside(span, self._before(span) if leans else None)

    def beside(self, span: PlaceSpan, around: Spot | None = None) -> Spot | None:
        """The area of a place, leaning on another one: the article's own where none is given."""
        around = around or self._default
        if span.status == "part":
            return Spot(area_of(span) if span.full_name else around.area, span.sub_area, COMMUNE)
        if span.anaphor and (around.level == span.level or (span.unit is None and not span.full_name)):
            return self.of_level(span.level, around)
        if span.anaphor and span.level < around.level:
            # the unit around the article's own, whatever other one was named before
            own = self.of_level(span.level, around)
            if own is not None:
                return own
        if self._is_short(span):
            return self._default
        if span.status == "ambiguous":
            return Spot(RefArea(name=span.text, status="ambiguous"), "", span.level)
        return spot_of(span)

    def _is_short(self, span: PlaceSpan) -> bool:
        """Whether a name without a type is what the article's own unit is called for short ("khách đến Huế").

        Be it that one around it, or in it, has the name, too.
        """
        own = self._default.area.name.partition(", ")[0]
        if self._default.sub_area or span.anaphor or span.level == self._default.level:
            return False
        alike = own.endswith(f" {span.text}") and own[: -len(span.text) - 1].lower() in _TYPES
        return alike and abs(span.level - self._default.level) == 1

    def of_level(self, level: int, around: Spot | None = None) -> Spot | None:
        """The unit of a level above (or at) a place, for "toàn huyện", "thành phố"."""
        for spot in (around or self._default, self._default, self._site):
            if not spot.area.name:
                continue
            if spot.level == level:
                return Spot(spot.area, "", level)
            names = spot.area.name.split(", ")
            # a province that has no districts lies right above its communes
            steps = len(names) - 1 if level == PROVINCE else spot.level - level
            if 0 < steps < len(names) and (level == PROVINCE or steps < len(names) - 1):
                return Spot(self._named(", ".join(names[steps:])), "", level)
        return None

    def of_kind(self, kind: str) -> RefArea:
        """The nearest unit of a type that the article's place, or else the site's, is or lies in."""
        for spot in (self._default, self._site):
            names = spot.area.name.split(", ")
            for index, name in enumerate(names):
                if name.lower().startswith(f"{kind} "):
                    return self._named(", ".join(names[index:])) if index else spot.area
        return RefArea()

    def around(self, area: RefArea) -> RefArea:
        """The unit that an area lies in; no area where its name does not tell."""
        name = area.name.partition(", ")[2]
        return self._named(name) if name else RefArea()

    def outermost(self, area: RefArea) -> RefArea:
        """The province that an area lies in."""
        return self._named(area.name.rpartition(", ")[2])

    def _is_meant(self, span: PlaceSpan, earlier: PlaceSpan, line_start: int) -> bool:
        """Whether a level named alone can mean a place before it: of its type, and not told of in passing."""
        kind = _WHOLE.sub("", span.text.lower())
        if kind in _KINDS and not earlier.full_name.lower().startswith(f"{kind} "):
            return False
        start = min(line_start, self._names.line_start(earlier.start))
        return not self._speech.in_passing(earlier, start) and not self._speech.is_origin(earlier, start)

    def _named(self, name: str) -> RefArea:
        unit = self._names.gazetteer.by_full_name(name, self._names.reference)
        if unit is None:
            return RefArea(name, None, None, "unlisted")
        return RefArea(name, unit.unit_id, unit.code, "resolved")

    def _around(self, span: PlaceSpan, earlier: PlaceSpan) -> Spot | None:
        """The unit that a place before lies in, for a level that lies between it and the article's own.

        ("công nhận xã Đăk Xú, huyện Ngọc Hồi đạt chuẩn. Đến nay toàn huyện có ..." on the site of the province)
        """
        if not span.anaphor or not self._default.level < span.level < earlier.level or not is_known(earlier):
            return None
        spot = spot_of(earlier)
        return self.of_level(span.level, spot) if spot.level == earlier.level else None

    def _tells_of_own(self, span: PlaceSpan, earlier: PlaceSpan) -> bool:
        """Whether a level named alone is that of the official who tells of it.

        ("ông An, Chủ tịch UBND xã Vũ Lễ, cho biết xã có ...")
        """
        if not span.anaphor or span.level != earlier.level:
            return False
        return _TELLS.fullmatch(self._names.folded, earlier.end, span.start) is not None

    def _before(self, span: PlaceSpan) -> Spot:
        """The place in force just before a span: what an anaphor or a part leans on."""
        line_start = self._names.line_start(span.start)
        for earlier in reversed(self._names.before(span, _LOOK_BACK)):
            if earlier.office and self._tells_of_own(span, earlier):
                return self.beside(earlier) or self._default
            if earlier.office or earlier.giver or earlier.anaphor or earlier.status == "part":
                continue
            around = self._around(span, earlier) if earlier.start >= line_start else None
            if around is not None:
                return around
            if earlier.locates or earlier.beside:
                continue
            if span.anaphor and (earlier.former or earlier.level != span.level):
                continue
            if span.anaphor and earlier.start < line_start and not self._has_turns:
                continue
            if self._speech.in_brackets(earlier) or self._speech.listed(earlier):
                continue
            if span.anaphor and not self._is_meant(span, earlier, line_start):
                continue
            spot = self.beside(earlier)
            if spot is not None and (span.anaphor or spot.level == COMMUNE):
                return spot
        return self._default
