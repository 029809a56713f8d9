"""The breakdown of a figure: categories named near it that its indicator knows."""

import re

from civic_etl.extract.brackets import closed_opening
from civic_etl.extract.code_units import GIFTS
from civic_etl.extract.context import Category, Context, category_table
from civic_etl.extract.figure_words import PART
from civic_etl.extract.known_categories import known_as, known_categories
from civic_etl.extract.patterns import compiled
from civic_etl.extract.phrases import Hit
from civic_etl.extract.place_schools import school_of_page
from civic_etl.extract.quantities import Quantity
from civic_etl.extract.titled_seasons import TitledSeasons
from civic_etl.indicators import load_catalogue
from civic_etl.indicators.lexicon import NO_CATEGORY, load_variants

Breakdown = dict[str, str]
_CARRIED = ("crop", "species", "season", "price", "index")
# a season that no crop told without one goes on to, and what is told of no season but of all of them
_WINTER, _YEAR = "winter", "year"
# what is told of a crop behind its area: any crop is one of theirs, if only of the widest category
_OF_FIELD = frozenset({"harvested_area", "crop_yield", "crop_output"})
_SLACK = 16
# what stands beside a name of a category and says nothing of its own
_NOT_OF_NAME = re.compile(r"[\W\d_]+|\b(?:riêng|nhẹ|mạnh)\b")
_BESIDE = 5
_EXPLAINED = 500.0
_LEFT_OUT = compiled("figure_words.yaml", "left_out")
_NEXT_LEFT_OUT = re.compile(r"\s*(?:,|và|, và|/)\s*(?:(?:thu|tiền|từ|nguồn)\s+)*")
_OPENS_LEFT_OUT = re.compile(r"\W*(?:nếu )?(?:trừ|loại trừ|không|chưa|ngoài)\b")
# how far from the words in it brackets are looked for
_BRACKET_REACH = 150
_LEFT_OUT_REACH = 40
_TITLE_KEYS = frozenset({"org", "channel", "funding"})
# those that the name of a school in the title gives beside them, where all of an article is about it
_SCHOOL_KEYS = _TITLE_KEYS | {"level"}
_CONTEXT_KEYS = ("season", "org", "channel", "ethnicity", "disease", "funding")
# what a union is told by, and how it is called where it goes without its name
_OF_UNION = frozenset({"org", "channel"})
# an article on what is given to those with merit in the wars, by its title
_FOR_MERIT = compiled("figure_words.yaml", "for_merit")
_THE_UNION = compiled("figure_words.yaml", "the_union")
# keys that a heading tells of only where it names one value alone ("đầu tư trong nước và nước ngoài")
_TOLD_ALONE = frozenset({"funding"})
# animals that were put down, whose kind and disease the scene and the title tell
_CULLED = "livestock_culled"
# totals that are not told by the crop or the animal of the figures before
_FOOD, _SOWN, _PERENNIAL = "food_output", "sown_area", "perennial_area"
_WINTER_CROPS = "winter_crops"
_OF_ALL = frozenset({_FOOD, "livestock_output"})


class Categories:
    """Reads the breakdowns of one document."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._catalogue = load_catalogue()
        self._titled = list(category_table().find(context.title_line))
        # the one union that the article is about, by code and key
        self._unions: dict[tuple[str, str], str] = {}
        of_school = school_of_page(context.title.text, context.folded)
        self._title_keys = _SCHOOL_KEYS if of_school else _TITLE_KEYS
        self._is_for_merit = _FOR_MERIT.search(context.title.folded) is not None
        self._seasons = TitledSeasons(context, self._titled)

    def read(self, code: str, quantity: Quantity, low: int, high: int, head: int | None) -> Breakdown:
        """Categories of `code` named in [low, high).

        Where a key has several, the one nearest to `head`, or to the figure without one.
        """
        indicator = self._catalogue.get(code)
        if indicator is None or not indicator.breakdowns:
            return {}
        anchor = quantity.number_start if head is None else head
        general = load_variants()["general"].get(code, ())
        found: dict[str, tuple[float, str]] = {}
        left_out = -1
        for hit in self._context.categories.within(low, high):
            told = known_categories(code, hit.payload)
            if not told:
                continue
            if self._is_left_out(hit, low) or self._is_next_left_out(hit, left_out, low):
                left_out = hit.end
                continue
            distance = self._distance(hit, anchor, quantity) + self._in_closed_brackets(hit, low, quantity.start)
            for key, value in told:
                # "thu thuế khu vực ngoài quốc doanh": what says less gives way
                weighed = distance + _EXPLAINED if value in general else distance
                if key not in found or weighed < found[key][0]:
                    found[key] = (weighed, value)
        named = {key: value for key, (_, value) in found.items() if value != NO_CATEGORY}
        return named | self.alone(code, low, quantity.start)

    def alone(self, code: str, low: int, start: int) -> Breakdown:
        """What a word says that stands alone before a figure ("ngân sách tỉnh 12 tỷ, huyện 7 tỷ, xã 3 tỷ")."""
        words = load_variants()["alone"].get(code)
        if words is None:
            return {}
        # not what the figure before is of
        low = next((at + 1 for at in range(start - 1, low - 1, -1) if self._context.folded[at].isdigit()), low)
        gap: str = self._context.folded[low:start]
        before, _, last = gap.rpartition(",")
        if self.has_key(code, low, low + len(before)):
            # "ngân sách huyện, xã 126 tỷ": of both
            return {}
        found: Breakdown = words.get(last.strip(" :;(-").removeprefix(PART).strip(" :"), {})
        return found

    def of_sentence(self, code: str, own: Breakdown, start: int, end: int, anew: int) -> Breakdown:
        """Keys that go without saying once a sentence spoke of them ("vụ phạm pháp hình sự, đã làm rõ 81 vụ").

        Told last in [start, end), where a figure's own words do not tell them; what is new ends where `anew` begins.
        """
        keys = {key: values for key, values in load_variants()["of_sentence"].get(code, {}).items() if key not in own}
        indicator = self._catalogue.get(code)
        if not keys or indicator is None:
            return own
        found: Breakdown = {}
        for hit in self._context.categories.within(start, end):
            told = known_categories(code, hit.payload)
            named = {key: value for key, value in told if key in keys and (key != "status" or hit.start >= anew)}
            low, high = max(start, hit.start - _BRACKET_REACH), min(end, hit.start + _BRACKET_REACH)
            # "31 dự án (22 dự án FDI và 9 dự án trong nước), điều chỉnh 44 dự án": the parts are no subject
            if named and closed_opening(self._context.folded, hit.start, low, high) < 0:
                found |= named
        return own | {
            key: value for key, value in found.items() if value != NO_CATEGORY and value in (keys[key] or value)
        }

    def ranked(self, code: str, start: int, end: int, rank: int) -> Breakdown:
        """The category at a rank of a list of them ("dịch vụ - công nghiệp - nông nghiệp là 68% - 31% - 1%")."""
        indicator = self._catalogue.get(code)
        if indicator is None:
            return {}
        listed = [
            pairs[0]
            for hit in self._context.categories.within(start, end)
            if (pairs := known_categories(code, hit.payload))
        ]
        if rank >= len(listed):
            return {}
        key, value = listed[rank]
        return {} if value == NO_CATEGORY else {key: value}

    def from_title(self, code: str, own: Breakdown, span: tuple[int, int], *, of_season: bool) -> Breakdown:
        """The organisation that the title speaks of, where nothing nearer names one; the season, if `of_season`.

        And those with merit, whom an article of their day is about.

        `span` is where its sentence begins and where the figure ends.
        """
        indicator = self._catalogue.get(code)
        if indicator is None:
            return own
        found = dict(own)
        for hit in self._titled:
            for key, value in known_categories(code, hit.payload):
                if (key in self._title_keys or (key == "disease" and code == _CULLED)) and value != NO_CATEGORY:
                    found.setdefault(key, value)
        for key in _OF_UNION.intersection(indicator.breakdowns).difference(found):
            if (union := self._sole_union(code, key)) and _THE_UNION.search(self._context.folded, *span) is not None:
                found[key] = union
        if self._is_for_merit and code in GIFTS:
            found.setdefault("group", "merit")
        if (
            of_season
            and "season" not in found
            and not self.is_tree(found.get("crop", ""))
            and "season" in indicator.breakdowns
            and (season := self._seasons.at(code, span[1]))
        ):
            found["season"] = season
        return found

    def _sole_union(self, code: str, key: str) -> str:
        """The one union that a text speaks of, again and again; "" where it speaks of none or of several."""
        if (code, key) not in self._unions:
            told = [value for _, value in self.named(code, key, 0, len(self._context.folded))]
            self._unions[code, key] = told[0] if len(told) > 1 and len(set(told)) == 1 else ""
        return self._unions[code, key]

    def from_context(self, code: str, own: Breakdown, spans: list[tuple[int, int]]) -> Breakdown:
        """Keys that a sentence's subject or a heading gives where the figure's own words do not; nearest span first."""
        indicator = self._catalogue.get(code)
        if indicator is None:
            return own
        found = dict(own)
        for key in (*_CONTEXT_KEYS, "species") if code == _CULLED else _CONTEXT_KEYS:
            if key not in indicator.breakdowns or key in found:
                continue
            if key == "season" and self.is_tree(found.get("crop", "")):
                continue
            for start, end in spans:
                values = [
                    value
                    for hit in self._context.categories.within(start, end)
                    for k, value in known_categories(code, hit.payload)
                    if k == key and value != "year"
                ]
                if key in _TOLD_ALONE and len(set(values)) > 1:
                    continue
                if values and not (key == "season" and self._is_of_other_crop(code, found, start, end)):
                    found[key] = values[-1]
                    break
        return {key: value for key, value in found.items() if value != NO_CATEGORY}

    def is_tree(self, crop: str) -> bool:
        """Whether a crop is one that stands for years and is of no season ("sản lượng cà phê đạt 900 tấn")."""
        trees, fields = (self._catalogue.indicators[code].breakdowns["crop"] for code in (_PERENNIAL, _SOWN))
        return crop in trees and crop not in fields

    def _is_of_other_crop(self, code: str, own: Breakdown, start: int, end: int) -> bool:
        """Whether a span tells the season with other crops than a figure's ("lúa đông xuân đạt 59 tạ; ngô đạt 42 tạ").

        Not where it stands before them, for all ("vụ đông xuân gieo cấy 59 ha lúa, 20 ha ngô").
        """
        if code == _FOOD:
            # all food is of no season that is told with the name of a crop ("lúa đông xuân")
            return bool(self.crops_of_season(_SOWN, start, end))
        # what is grown in winter is one of the winter crops
        crops = {value for _, value in self.crops_of_season(code, start, end)} - {_WINTER_CROPS}
        return "crop" in own and bool(crops) and own["crop"] not in crops

    def crops_of_season(self, code: str, start: int, end: int) -> list[tuple[Hit[Category], str]]:
        """The crops of [start, end) whose season is told with them, right behind their names or inside."""
        seasons = [hit for hit, _ in self.named(code, "season", start, end)]
        return [
            (crop, value)
            for crop, value in self.named(code, "crop", start, end)
            if any(crop.start <= hit.start <= crop.end + _BESIDE for hit in seasons)
        ]

    def has_key(self, code: str, low: int, high: int) -> bool:
        """Whether some category of the indicator is named in [low, high)."""
        return bool(self.hits(code, low, high))

    def knows(self, code: str, key: str, value: str) -> bool:
        """Whether an indicator has a category."""
        indicator = self._catalogue.get(code)
        return indicator is not None and value in indicator.breakdowns.get(key, ())

    def named(self, code: str, key: str, low: int, high: int) -> list[tuple[Hit[Category], str]]:
        """The categories of a key named in [low, high), in the order in which they stand."""
        indicator = self._catalogue.get(code)
        if indicator is None:
            return []
        return [
            (hit, value)
            for hit in self._context.categories.within(low, high)
            for known, value in known_categories(code, hit.payload)
            if known == key and value != NO_CATEGORY
        ]

    def is_of_none(self, code: str, key: str, low: int, high: int) -> bool:
        """Whether words of [low, high) say that a figure is of no category of a key alone ("đoàn viên, hội viên")."""
        within = self._context.categories.within(low, high)
        return any((key, NO_CATEGORY) in known_categories(code, hit.payload) for hit in within)

    def hits(self, code: str, low: int, high: int) -> list[Hit[Category]]:
        """The words of [low, high) that name a category of the indicator, in order."""
        indicator = self._catalogue.get(code)
        if indicator is None:
            return []
        within = self._context.categories.within(low, high)
        return [hit for hit in within if known_categories(code, hit.payload)]

    def fills(self, code: str, low: int, high: int) -> bool:
        """Whether hardly anything but one category of the indicator stands in [low, high)."""
        hits = self.hits(code, low, high)
        rest = (
            re.sub(
                _NOT_OF_NAME, "", self._context.folded[low : hits[0].start] + self._context.folded[hits[-1].end : high]
            )
            if hits
            else ""
        )
        return bool(hits) and len(rest) <= _SLACK

    def carried(self, code: str, own: Breakdown, before: Breakdown) -> Breakdown:
        """Crop, species and season go on from area to yield to output, unless named anew."""
        indicator = self._catalogue.get(code)
        if indicator is None or "crop" in own or "species" in own or code in _OF_ALL:
            return own
        if own.get("season") == _WINTER and before.get("season", _YEAR) == _YEAR:
            # "lạc 95 ha; vụ đông trồng 60 ha": the winter has crops of its own
            return own
        allowed, of_field = indicator.breakdowns, code in _OF_FIELD
        extra = {
            key: known
            for key in _CARRIED
            if key in before
            and key in allowed
            and key not in own
            and ((known := known_as(allowed, key, before[key], of_field)) in allowed[key] or "any" in allowed[key])
        }
        if extra.get("season") == _YEAR:
            del extra["season"]
        return own | extra

    def of_whole(self, code: str, own: Breakdown, before: Breakdown) -> Breakdown:
        """The sector of the figure before, where a contribution names none.

        ("dịch vụ tăng 7,5%, đóng góp 3,8 điểm phần trăm")
        """
        indicator = self._catalogue.get(code)
        sector = before.get("sector")
        if (
            indicator is None
            or sector is None
            or "sector" in own
            or sector not in indicator.breakdowns.get("sector", ())
        ):
            return own
        return own | {"sector": sector}

    def _is_left_out(self, hit: Hit[Category], low: int) -> bool:
        """Whether a figure is said to be without what is named ("trừ tiền sử dụng đất, thu được 46 tỷ đồng")."""
        start = max(low, hit.start - _LEFT_OUT_REACH)
        return _LEFT_OUT.search(self._context.folded, start, hit.start) is not None

    def _is_next_left_out(self, hit: Hit[Category], left_out: int, low: int) -> bool:
        """Whether what is named is joined to what was left out behind the name of the figure.

        ("thu nội địa không kể tiền sử dụng đất, xổ số đạt 46 tỷ đồng"; not "trừ tiền sử dụng đất, thu nội địa đạt ...")
        """
        folded = self._context.folded
        if left_out < 0 or _NEXT_LEFT_OUT.fullmatch(folded, left_out, hit.start) is None:
            return False
        return _OPENS_LEFT_OUT.match(folded, low, left_out) is None

    def _in_closed_brackets(self, hit: Hit[Category], low: int, start: int) -> float:
        """What is told in brackets that close before a figure only explains the words before them.

        ("cây lương thực có hạt (lúa và bắp) sản xuất 12.900 ha")
        """
        explains = hit.end < start and closed_opening(self._context.folded, hit.start, low, start) >= 0
        return _EXPLAINED if explains else 0.0

    def _distance(self, hit: Hit[Category], anchor: int, quantity: Quantity) -> float:
        if hit.start >= quantity.number_end:
            return float(hit.start - quantity.number_end) + 0.5
        return float(abs(anchor - hit.end)) if hit.end <= anchor else float(abs(hit.start - anchor))
