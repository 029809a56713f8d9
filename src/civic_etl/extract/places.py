"""Which place a figure is about: the sentence's subject, then the paragraph's, the heading's, the title's."""

import re
from bisect import bisect_left
from dataclasses import dataclass

from civic_etl.extract.context import Context
from civic_etl.extract.layout import Block, Sentence
from civic_etl.extract.lexicon import read_data
from civic_etl.extract.reading import Draft
from civic_etl.extract.records import RefArea
from civic_etl.gazetteer import Gazetteer, PlaceSpan

_SUBJECT_REACH = 45
_FAR = 3
_LOOK_BACK = 12
_DATA = read_data("places.yaml")
_COMPARED, _ASIDE, _RANKED, _ATTRIBUTE, _WHOLE, _PLURAL, _ORGANISATION, _PERSON, _MERGED, _WHOLE_BEHIND = (
    re.compile(_DATA[key])
    for key in (
        "compared",
        "aside",
        "ranked",
        "attribute",
        "whole",
        "plural",
        "organisation",
        "person",
        "merged",
        "whole_behind",
    )
)
# between a figure and the place it is of, right behind it
_SAID_OF = re.compile(r"(?: [^\W\d_]+){0,3}?\s*(?:của|tại|ở|thuộc|trên địa bàn)\s*(?:đảng bộ )?|\s")
_AMONG = re.compile(r"(?:trong đó|riêng|điển hình là|như)\s*,?\s*(?:có )?$")
_TYPE_WORD = re.compile(r"^(?:xã|phường|thị trấn|huyện|quận|thị xã|thành phố|đặc khu)\s+", re.IGNORECASE)
_RUN = re.compile(r"(?<!\w)[^\W\d_]+(?: [^\W\d_]+)*")
_BODY = re.compile(
    r"(?:đảng bộ|đảng ủy|hđnd|ubnd|mttq|hội đồng nhân dân|ủy ban nhân dân|mặt trận tổ quốc|nhân dân)\s+$"
)
_OPENING = 400
_KINDS_BELOW = {1: ("huyện", "quận", "thị xã", "thành phố", "xã", "phường", "đặc khu"), 2: ("xã", "phường", "thị trấn")}
_LIST_JOINT = re.compile(r"\s*(?:,|và|,? và|-|–|;)\s*(?:các )?(?:xã |phường |thị trấn |huyện )?")


@dataclass(frozen=True, slots=True)
class _Spot:
    """A place in force: its area and the part below the commune ("" for all of it)."""

    area: RefArea
    sub_area: str
    level: int


class Places:
    """The places of one document."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._gazetteer = Gazetteer.load()
        document = context.document
        reference = context.reference
        self._spans = self._find(context.text, reference, document.title, document.site_area)
        self._span_starts = [span.start for span in self._spans]
        self._title = self._find(_nfc(document.title), reference, context.text[:600], document.site_area)
        self._site = self._site_spot(reference)
        self._default = self._default_spot()

    def _find(self, text: str, on: object, near: str, site_area: str | None) -> list[PlaceSpan]:
        if not text.strip():
            return []
        return self._gazetteer.find(text, on=on, near=near, site_area=site_area)  # type: ignore[arg-type]

    def name_spans(self) -> list[tuple[int, int]]:
        """Spans of the text whose digits belong to the names of places."""
        return [(s.start, s.end) for s in self._spans if not s.anaphor]

    def default(self) -> tuple[RefArea, str]:
        """The place of the article as a whole."""
        return self._default.area, self._default.sub_area

    def spot_at(self, block: Block, sentence: Sentence, position: int, end: int | None = None) -> tuple[RefArea, str]:
        """The place that holds at a position of a sentence; of a figure that stops at `end`, the one that it is said to be of."""
        spot = self._behind(sentence, end) if end is not None else None
        spot = (
            spot
            or self._in_sentence(sentence, position)
            or self._in_paragraph(block, sentence)
            or self._in_headings(block)
        )
        spot = spot or self._default
        return spot.area, spot.sub_area

    def of(self, draft: Draft) -> tuple[RefArea, str]:
        """The place of a figure."""
        return self.spot_at(
            draft.block,
            draft.sentence,
            draft.quantity.start,
            None if draft.quantity.unit == "rank" else draft.quantity.end,
        )

    def spans_in(self, start: int, end: int) -> list[PlaceSpan]:
        """Places named inside a span."""
        return self._spans[bisect_left(self._span_starts, start) : bisect_left(self._span_starts, end)]

    def _in_sentence(self, sentence: Sentence, position: int) -> _Spot | None:
        """The last place named before a position; a part of a commune keeps the commune named before it."""
        for span in reversed(self.spans_in(sentence.start, position)):
            if not self._speaks(span, sentence) or self._was_aside(span, sentence, position):
                continue
            spot = self._spot(span, self._before(span))
            if spot is not None:
                return spot
        return None

    def _behind(self, sentence: Sentence, end: int) -> _Spot | None:
        """The place that a figure is said to be of, right behind it ("194 ha của huyện An Biên", "6 người xã Xuân Minh")."""
        for span in self.spans_in(end, min(end + _SUBJECT_REACH, sentence.end))[:1]:
            gap = self._context.folded[end : span.start]
            if span.anaphor and "toàn" in gap + span.text.lower() and _WHOLE_BEHIND.fullmatch(gap):
                return self._level_of(span.level, self._default)
            if span.anaphor or span.giver or span.locates or span.former or _SAID_OF.fullmatch(gap) is None:
                return None
            if self._listed(span, gap):
                return None
            return self._spot(span, self._before(span))
        return None

    def _in_paragraph(self, block: Block, sentence: Sentence) -> _Spot | None:
        """The subject of the paragraph: of its first sentence, or of the one before where that began with no figure."""
        for earlier in reversed([s for s in block.sentences if s.start < sentence.start]):
            if earlier.start != block.sentences[0].start and not self._opens_paragraph(block, earlier):
                continue
            for span in self.spans_in(earlier.start, min(earlier.start + _SUBJECT_REACH, earlier.end)):
                if (
                    span.former
                    or not self._speaks(span, earlier)
                    or _ASIDE.search(self._context.folded[earlier.start : span.start])
                ):
                    continue
                spot = self._spot(span, self._before(span))
                if spot is not None:
                    return spot
        return None

    def _opens_paragraph(self, block: Block, sentence: Sentence) -> bool:
        """Whether no figure of the paragraph stands before a sentence: its place is then the paragraph's."""
        return not any(block.start <= q.start < sentence.start for q in self._context.quantities)

    def _in_headings(self, block: Block) -> _Spot | None:
        """The first place that the lead-in names, else the last that a heading names."""
        if block.lead_in is not None:
            opening = Sentence(*block.lead_in)
            for span in self.spans_in(*block.lead_in):
                spot = self._spot(span, self._default) if self._speaks(span, opening) else None
                if spot is not None:
                    return spot
        for start, end in reversed(block.headings):
            for span in reversed(self.spans_in(start, end)):
                spot = self._spot(span, self._default) if self._speaks(span, Sentence(start, end)) else None
                if spot is not None:
                    return spot
        return None

    def _speaks(self, span: PlaceSpan, sentence: Sentence) -> bool:
        """Whether a place is a subject, and not a dignitary's, a plan-giver's or a thing compared with."""
        if span.giver or span.locates or self._in_brackets(span):
            return False
        if span.office and not self._is_body(span, sentence):
            return False
        before = self._context.folded[max(sentence.start, span.start - 45) : span.start]
        if span.anaphor:
            return self._anaphor_speaks(span, before)
        if _RANKED.search(before) or _COMPARED.search(before):
            return False
        return not self._listed(span, before) and _MERGED.search(before) is None

    def _was_aside(self, span: PlaceSpan, sentence: Sentence, position: int) -> bool:
        """Whether a place was only told of among others, before a semicolon ("trong đó xã A đạt 5 năm liền; 9/9 phường ...")."""
        folded = self._context.folded
        return (
            ";" in folded[span.end : position]
            and _AMONG.search(folded, max(sentence.start, span.start - 20), span.start) is not None
        )

    def _is_body(self, span: PlaceSpan, sentence: Sentence) -> bool:
        """Whether a place is named with a body that is itself the subject ("Đảng bộ huyện A đề ra ..."), not with somebody's title."""
        before = self._context.folded[max(sentence.start, span.start - 60) : span.start]
        return not span.anaphor and _ORGANISATION.search(before) is not None and _PERSON.search(before) is None

    def _anaphor_speaks(self, span: PlaceSpan, before: str) -> bool:
        """A level above the article's place speaks only as a whole ("toàn tỉnh"), and not as what somebody is ranked in."""
        if _RANKED.search(before) or _ATTRIBUTE.search(before):
            return False
        if span.level >= self._default.level:
            return True
        return span.text.lower().startswith(("toàn", "cả")) or _WHOLE.search(before) is not None

    def _in_brackets(self, span: PlaceSpan) -> bool:
        """Whether a place only says where the one before it lies ("xã Nghĩa Trụ (Văn Giang)")."""
        folded = self._context.folded
        if folded[max(0, span.start - 1) : span.start] != "(":
            return False
        close = folded.find(")", span.end, span.end + 60)
        return close >= 0 and not any(c.isdigit() for c in folded[span.end : close])

    def _listed(self, span: PlaceSpan, before: str) -> bool:
        """Whether a place is one of a list that figures are not told apart for ("sáp nhập 3 xã A, B và C")."""
        index = bisect_left(self._span_starts, span.start)
        neighbours = self._spans[max(0, index - 1) : index] + self._spans[index + 1 : index + 2]
        for other in neighbours:
            first, second = (other, span) if other.start < span.start else (span, other)
            gap = self._context.folded[first.end : second.start]
            if first.level == second.level and not other.anaphor and _LIST_JOINT.fullmatch(gap):
                return True
        return _PLURAL.search(before) is not None and not span.full_name.lower().startswith(span.text.lower())

    def _before(self, span: PlaceSpan) -> _Spot:
        """The place in force just before a span: what an anaphor or a part leans on."""
        index = bisect_left(self._span_starts, span.start)
        line_start = self._context.folded.rfind("\n", 0, span.start)
        for earlier in reversed(self._spans[max(0, index - _LOOK_BACK) : index]):
            if earlier.office or earlier.giver or earlier.anaphor or earlier.locates or earlier.status == "part":
                continue
            if span.anaphor and (earlier.former or earlier.level != span.level or earlier.start < line_start):
                continue
            before = self._context.folded[max(0, earlier.start - 45) : earlier.start]
            if self._in_brackets(earlier) or self._listed(earlier, before):
                continue
            spot = self._spot(earlier, self._default)
            if spot is not None and (span.anaphor or spot.level == _FAR):
                return spot
        return self._default

    def _spot(self, span: PlaceSpan, around: _Spot) -> _Spot | None:
        if span.status == "part":
            area = self._area(span) if span.unit is not None else around.area
            return _Spot(area, span.sub_area, _FAR)
        if span.anaphor and (around.level == span.level or (span.unit is None and not span.full_name)):
            return self._level_of(span.level, around)
        if span.status == "ambiguous":
            return _Spot(RefArea(name=span.text, status="ambiguous"), "", span.level)
        return _Spot(self._area(span), "", span.level)

    def _area(self, span: PlaceSpan) -> RefArea:
        if span.unit is not None:
            return RefArea(
                span.full_name or self._gazetteer.full_name(span.unit), span.unit.unit_id, span.unit.code, "resolved"
            )
        return RefArea(span.full_name or span.text, None, None, "unlisted")

    def _level_of(self, level: int, around: _Spot) -> _Spot | None:
        """The unit of a level above (or at) a place, for "toàn huyện", "thành phố"."""
        for spot in (around, self._default, self._site):
            if spot is None or not spot.area.name:
                continue
            if spot.level == level:
                return _Spot(spot.area, "", level)
            names = spot.area.name.split(", ")
            steps = spot.level - level
            if 0 < steps < len(names):
                name = ", ".join(names[steps:])
                unit = self._gazetteer.by_full_name(name, self._context.reference)
                if unit is not None:
                    return _Spot(RefArea(name, unit.unit_id, unit.code, "resolved"), "", level)
                return _Spot(RefArea(name, None, None, "unlisted"), "", level)
        return None

    def _site_spot(self, reference: object) -> _Spot:
        site = self._context.document.site_area
        if not site:
            return _Spot(RefArea(), "", 0)
        spans = [s for s in self._find(site, reference, site, site) if s.status in {"resolved", "unlisted"}]
        if not spans:
            return _Spot(RefArea(name=site, status="unlisted"), "", 0)
        best = max(spans, key=lambda s: s.level)
        return _Spot(self._area(best), "", best.level)

    def _default_spot(self) -> _Spot:
        """The title's place, else that of the opening sentence, else the site's own."""
        title = self._main(self._title)
        blocks = [b for b in self._context.blocks if b.kind != "row" and b.sentences]
        first = blocks[0].sentences[0] if blocks else None
        opening = self._main(self.spans_in(first.start, first.end)) if first is not None else None
        bare = self._named_bare(title.level if title is not None else self._site.level) or (
            self._called() if title is None else None
        )
        if bare is not None:
            return bare
        if title is not None:
            only_offices = all(s.office or s.giver or s.anaphor for s in self._title)
            if only_offices and opening is not None and opening.level > title.level:
                return opening
            return self._named_by_level(title) or title
        if opening is not None and opening.level >= self._site.level:
            return opening
        return self._site

    def _named_bare(self, above: int) -> _Spot | None:
        """The unit below `above` that the title names without its type ("Tam Thanh: Thu ngân sách ...") and the text with it."""
        title = _nfc(self._context.document.title)
        taken = [(s.start, s.end) for s in self._title if not s.anaphor]
        found: list[tuple[int, _Spot]] = []
        for span in self._spans:
            if not above < span.level <= _FAR or span.anaphor or span.status not in {"resolved", "unlisted"}:
                continue
            name = _TYPE_WORD.sub("", span.text)
            match = (
                re.search(rf"(?<!\w){re.escape(name)}(?!\w)", title)
                if name[:1].isupper() and name != span.text
                else None
            )
            if match is not None and not any(a < match.end() and match.start() < b for a, b in taken):
                found.append((match.start(), _Spot(self._area(span), "", span.level)))
        return min(found, key=lambda each: each[0])[1] if found else None

    def _called(self) -> _Spot | None:
        """The unit inside the site's own that the title, or a body in the opening, calls by its name alone ("Đảng bộ Tam Thanh")."""
        title = _nfc(self._context.document.title)
        opening = self._context.text[:_OPENING]
        names = [*_capitalised(title), *(m for m in _capitalised(opening) if _BODY.search(opening[: m[0]].lower()))]
        for name in dict.fromkeys(name for _, name in names):
            spot = self._below_site(name)
            if spot is not None:
                return spot
        return None

    def _below_site(self, name: str) -> _Spot | None:
        """The unit of that name directly inside the site's, where there is one."""
        for kind in _KINDS_BELOW.get(self._site.level, ()) if self._site.area.name else ():
            spans = self._find(f"{kind} {name}", self._context.reference, name, self._context.document.site_area)
            known = [s for s in spans if s.status == "resolved" and s.end == len(kind) + 1 + len(name)]
            if known and known[0].full_name.endswith(f", {self._site.area.name}"):
                return _Spot(self._area(known[0]), "", known[0].level)
        return None

    def _commune_of(self, part: PlaceSpan) -> _Spot | None:
        """The commune that the text names with a part, else the first that it names ("Ngày hội ấp Cái Trăng ... xã Hàm Rồng")."""
        if part.unit is not None:
            return _Spot(self._area(part), "", _FAR)
        communes = [
            s for s in self._spans if s.level == _FAR and not s.anaphor and s.status in {"resolved", "unlisted"}
        ]
        for span in communes:
            before = self._context.folded[max(0, span.start - 40) : span.start]
            if part.sub_area.lower() in before:
                return _Spot(self._area(span), "", _FAR)
        return _Spot(self._area(communes[0]), "", _FAR) if communes else None

    def _named_by_level(self, title: _Spot) -> _Spot | None:
        """The unit that a title speaks of by its level alone ("Cà Mau: Đại hội Đảng bộ huyện ..."): the first named in the text."""
        level = max((s.level for s in self._title if s.anaphor), default=0)
        if level <= title.level:
            return None
        for span in self._spans:
            if span.level == level and not span.anaphor and span.status in {"resolved", "unlisted"}:
                area = self._area(span)
                return _Spot(area, "", level) if area.name.endswith(title.area.name) else None
        return None

    def _main(self, spans: list[PlaceSpan]) -> _Spot | None:
        """The first place named that is not somebody's office; a part keeps its commune.

        Where only offices are named the place of the first is taken: it is what a council or a committee is of.
        """
        known = [s for s in spans if not s.giver and not s.anaphor and s.status != "ambiguous"]
        named = [s for s in known if not s.office] or known
        parts = [s for s in named if s.status == "part"]
        wholes = [s for s in named if s.status != "part"]
        anchor = _Spot(self._area(wholes[0]), "", wholes[0].level) if wholes else None
        if parts and (anchor is None or parts[0].start < wholes[0].start or wholes[0].level < _FAR):
            around = anchor if anchor is not None and anchor.level == _FAR else self._site
            if around.level != _FAR:
                around = self._commune_of(parts[0]) or around
            return _Spot(around.area, parts[0].sub_area, _FAR)
        return anchor


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
    return [(at, name) for at, name in found if name.count(" ") < 4]


def _nfc(text: str) -> str:
    import unicodedata

    return unicodedata.normalize("NFC", text)
