"""Units that a title calls by their name alone, without saying that they are a xã or a phường."""

import re

from civic_etl.extract.patterns import patterns
from civic_etl.extract.place_names import PlaceNames
from civic_etl.extract.place_spot import Spot, bare_name, is_known, lies_in, spot_of
from civic_etl.gazetteer import PlaceSpan
from civic_etl.gazetteer.finding.lexicon import key_of, lexicon
from civic_etl.gazetteer.finding.likely import may_name
from civic_etl.gazetteer.units import COMMUNE

_PATTERNS = patterns("called_place.yaml")
_TYPE_WORD, _BODY, _LEVEL_WORD = _PATTERNS["type_word"], _PATTERNS["body"], _PATTERNS["level_word"]
_RUN = re.compile(r"(?<!\w)[^\W\d_]+(?: [^\W\d_]+)*")
_OPENING = 400
_MAX_WORDS = 4
# the most words that say what a name is the name of
_CUE_WORDS = 3
_KINDS_BELOW = {1: ("huyện", "quận", "thị xã", "thành phố", "xã", "phường", "đặc khu"), 2: ("xã", "phường", "thị trấn")}
# the same where there is no site, and what of the text tells which of several units of a name is meant
_KINDS_ANYWHERE = ("huyện", "thị xã", "quận", "thành phố", "xã", "phường", "thị trấn")
_NEAR = 1500


class CalledPlace:
    """Finds the unit that a document's title or opening calls by its bare name."""

    def __init__(self, names: PlaceNames, site: Spot) -> None:
        self._names = names
        self._site = site

    def without_type(self, above: int) -> Spot | None:
        """The unit below `above` that the title names bare and the text with its type.

        ("Tam Thanh: Thu ngân sách ...")
        """
        taken = [(s.start, s.end) for s in self._names.in_title if not s.anaphor]
        found: list[tuple[int, Spot]] = []
        for span in self._names.spans:
            if not above < span.level <= COMMUNE or span.anaphor or not is_known(span):
                continue
            name = _TYPE_WORD.sub("", span.text)
            if not name[:1].isupper() or name == span.text:
                continue
            match = self._names.called_in_title(name)
            if match is not None and not any(a < match.end() and match.start() < b for a, b in taken):
                found.append((match.start(), spot_of(span)))
        return min(found, key=lambda each: each[0])[1] if found else None

    def inside_site(self) -> Spot | None:
        """The unit inside the site's own that the title, or a body in the opening, calls by its name alone.

        ("Đảng bộ Tam Thanh")
        """
        opening = self._names.text[:_OPENING]
        bodies = (name for at, name in _capitalised(opening) if _BODY.search(opening[:at].lower()))
        for name in dict.fromkeys([*(name for _, name in _called(self._names.title)), *bodies]):
            spot = self._below_site(name)
            if spot is not None:
                return spot
        return None

    def anywhere(self) -> Spot | None:
        """The unit that the title of a text without a site calls by its name alone.

        The text must speak of its level, or of a unit in it ("Thu hút nguồn lực để Đại Lộc phát triển ... Toàn huyện có
        18 xã").
        """
        text, spans = self._names.text, self._names.spans
        spoken = {s.text.lower().removeprefix("toàn ").removeprefix("cả ") for s in spans if s.anaphor}
        told = {part.lower() for s in spans if is_known(s) for part in s.full_name.split(", ")[1:]}
        for _, name in _called(self._names.title):
            for kind in _KINDS_ANYWHERE if " " in name else ():
                if kind not in spoken and f"{kind} {name}".lower() not in told:
                    continue
                for span in self._names.find(f"{kind} {name}", text[:_NEAR]):
                    unit = span.unit if span.status == "resolved" and not span.former else None
                    if unit is not None and unit.type.lower() == kind and span.end == len(kind) + 1 + len(name):
                        return spot_of(span)
        return None

    def _below_site(self, name: str) -> Spot | None:
        """The unit of that name directly inside the site's, where there is one."""
        if not self._site.area.name or not may_name(self._names.gazetteer, name):
            return None
        found: dict[str, PlaceSpan] = {}
        for kind in _KINDS_BELOW.get(self._site.level, ()):
            spans = self._names.find(f"{kind} {name}", name)
            known = [s for s in spans if s.status == "resolved" and not s.former and s.end == len(kind) + 1 + len(name)]
            if known and lies_in(spot_of(known[0]), self._site):
                found[kind] = known[0]
        # one unit of a type that changed: as the text calls it, else as the table does
        own = [kind for kind, span in found.items() if span.unit is not None and span.unit.type.lower() == kind]
        called = [span.text.lower().removeprefix("toàn ") for span in self._names.spans if span.anaphor]
        if name == bare_name(self._site.area.name) and not self._speaks_below(called):
            # "GDP Bạc Liêu" on the site of the province: the province, and not the city of its name
            return None
        best = next((kind for kind in [*called, *own, *found] if kind in found), None)
        return spot_of(found[best]) if best is not None else None

    def _speaks_below(self, called: list[str]) -> bool:
        """Whether a text speaks of a unit inside the site's by its level alone, and never so of the site's own."""
        kinds = _KINDS_BELOW.get(self._site.level, ())
        own = any(s.anaphor and s.level == self._site.level for s in self._names.spans)
        return not own and any(kind in called for kind in kinds)


def level_words(title: str) -> list[str]:
    """Types that a title says of the one unit it speaks of, without its name ("một xã ở Lào Cai", "cấp phường")."""
    return [found[1] for found in _LEVEL_WORD.finditer(title.lower())]


def _called(title: str) -> list[tuple[int, str]]:
    """Capitalised words of a title, without those that are said to name something else ("KCN Tân Phú")."""
    others = lexicon().not_a_place_before
    found = []
    for at, name in _capitalised(title):
        before = key_of(title[:at]).split()
        if not any(" ".join(before[-count:]) in others for count in range(1, _CUE_WORDS + 1)):
            found.append((at, name))
    return found


def _capitalised(text: str) -> list[tuple[int, str]]:
    """Runs of up to four capitalised words, with where they begin."""
    found: list[tuple[int, str]] = []
    for phrase in _RUN.finditer(text):
        run: list[str] = []
        at = phrase.start()
        begin = at
        for word in phrase[0].split(" "):
            if word[:1].isupper() and not word.isupper():
                begin = begin if run else at
                run.append(word)
            elif run:
                found.append((begin, " ".join(run)))
                run = []
            at += len(word) + 1
        if run:
            found.append((begin, " ".join(run)))
    # "Để Đại Lộc phát triển": a word that only opens the text
    found += [(at, name.partition(" ")[2]) for at, name in found[:1] if at == 0 and name.count(" ") > 1]
    return [(at, name) for at, name in found if name.count(" ") < _MAX_WORDS]
