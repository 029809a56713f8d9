"""Who holds what in a sentence: names and offices side by side, shared by a list, or come into."""

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache

from civic_etl.extract.lexicon import read_data
from civic_etl.extract.persons import Person
from civic_etl.extract.titles import Title

_APPOINTED_REACH = 160
_NOTHING = re.compile(r"\s*:?\s*")
_DASH = re.compile(r"\s+[-–—]\s+")
_AND = re.compile(r"\s*[,;/\-–—]?\s*(?:và|kiêm|kiêm nhiệm|đồng thời là)?\s*")
_IS = re.compile(r"\s*[,\-–—]?\s*(?:là|đối với)?\s*")
_ASIDE = re.compile(r"\s*\([^()]{1,60}\)")
_CONCERNS = re.compile(r"\s*đối với\s*")
_BY_THE_WAY = re.compile(r"\s*[,\-–—]\s*(?:[^\s.;:,()]+ ){0,5}[^\s.;:,()]+\s*,\s*")
_NEXT = re.compile(r"\s*[,;]?\s*(?:và|cùng)?\s*")
_AND_SO = re.compile(r"\s*(?:,|và|, và)\s*")
_SEVERAL = re.compile(r"(?<!\w)các (?:đồng chí |đ/c |ông |bà )?(?:là )?$")
_BEFORE = 20
_BEHALF = 30


@dataclass(frozen=True, slots=True)
class _Patterns:
    after_name: re.Pattern[str]
    appointed: re.Pattern[str]
    no_aside: re.Pattern[str]
    only_proposed: re.Pattern[str]
    on_behalf: re.Pattern[str]
    holds_now: re.Pattern[str]
    comes_into: re.Pattern[str]
    new_person: re.Pattern[str]
    tail: re.Pattern[str]


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    data = read_data("offices.yaml")
    ranks = "|".join(sorted((re.escape(rank) for rank in read_data("persons.yaml")["ranks"]), key=len, reverse=True))
    after_name = "|".join(data["name_to_office"])
    return _Patterns(
        after_name=re.compile(rf"\s*(?:(?:[,:\-–—(]\s*){{1,2}}|{after_name})?\s*(?:(?:{ranks})\s*[,\-–—]?\s*)*"),
        appointed=re.compile(rf"(?:^|[\s,]){data['appointed']}\s*$"),
        only_proposed=re.compile(data["only_proposed"]),
        on_behalf=re.compile(data["on_behalf"]),
        holds_now=re.compile(data["holds_now"]),
        comes_into=re.compile(data["comes_into"]),
        no_aside=re.compile(data["no_aside"]),
        new_person=re.compile(data["new_person"]),
        tail=re.compile(data["office_tail"]),
    )


@dataclass(slots=True)
class Holder:
    """A person and the offices said to be theirs, in text order."""

    person: Person
    titles: list[Title] = field(default_factory=list)


def link(folded: str, items: list[Person | Title]) -> list[Holder]:
    """The holders of the offices in a sentence; `items` are its names and offices in text order."""
    linker = _Linker(folded)
    for item in items:
        linker.take(item)
    linker.finish()
    return [holder for holder in linker.holders if holder.titles]


class _Linker:
    """Goes through names and offices once.

    `chain` are the offices read since the last name, `owned` whether they are that name's, `shared` the offices of
    everybody in a list ("các Phó Chủ tịch UBND tỉnh: A, B và C"), `listed` what stands between those, `open` those
    behind a semicolon, of the last name or of the next.
    """

    def __init__(self, folded: str) -> None:
        self._folded = folded
        self.holders: list[Holder] = []
        self._chain: list[Title] = []
        self._owned = False
        self._open: list[Title] = []
        self._shared: list[Title] = []
        self._listed = _NEXT
        self._before: Person | Title | None = None

    def take(self, item: Person | Title) -> None:
        """The next name or office of the sentence."""
        gap = self._gap(item)
        if isinstance(item, Person):
            self._name(item, gap)
        else:
            self._office(item, gap)
        self._before = item

    def _name(self, person: Person, gap: str | None) -> None:
        taken: list[Title] = []
        if gap is not None and isinstance(self._before, Title) and self._chain:
            taken = self._taken(person, gap)
        if taken and gap is not None:
            self._shared = taken if self._of_several(taken, gap) else []
            self._listed = _AND_SO if _CONCERNS.fullmatch(gap) else _NEXT
        elif self._shared and gap is not None and self._listed.fullmatch(gap):
            taken = [replace(title, organs=list(title.organs)) for title in self._shared]
        else:
            self._shared = []
        if not taken:
            self._settle()
        self._open = []
        self.holders.append(Holder(person, list(taken)))
        self._chain, self._owned = [], False

    def finish(self) -> None:
        """The end of the sentence."""
        self._settle()

    def _office(self, title: Title, gap: str | None) -> None:
        before, known = self._before, _patterns()
        if isinstance(before, Person) and gap is not None and (known.after_name.fullmatch(gap) or _is_aside(gap)):
            if known.comes_into.search(gap) is not None:
                self._share_back(title)
            self.holders[-1].titles.append(title)
            self._chain, self._owned = [title], True
        elif isinstance(before, Title) and gap is not None and _AND.fullmatch(gap) and self._chain:
            self._next_office(title, apart=";" in gap)
        elif self.holders and self._appointed(self.holders[-1].person, title):
            self._share_back(title)
            self.holders[-1].titles.append(title)
            self._chain, self._owned = [title], True
        else:
            self._settle()
            self._chain, self._owned = [title], False

    def _next_office(self, title: Title, *, apart: bool) -> None:
        """An office right behind another one: of the same person, but for a name that follows where it stands apart."""
        if self._owned and apart:
            self._open, self._chain, self._owned = [title], [title], False
            return
        if self._owned:
            self.holders[-1].titles.append(title)
        elif self._open:
            self._open.append(title)
        self._chain.append(title)

    def _settle(self) -> None:
        """Give the offices behind a semicolon that no name followed to who was named before, where the level agrees."""
        for title in self._open:
            owner = self.holders[-1]
            level = next((each.level for each in reversed(owner.titles) if each.level), "")
            if not level or title.level in {"", level}:
                owner.titles.append(title)
        self._open = []

    def _share_back(self, title: Title) -> None:
        """Give an office also to those who are named right before the one who comes into it ("A, B và C được bầu")."""
        for before, after in zip(self.holders[-2::-1], self.holders[:0:-1], strict=False):
            between = self._folded[before.person.end : after.person.outer]
            if before.titles or _AND_SO.fullmatch(between) is None:
                return
            before.titles.append(replace(title, organs=list(title.organs)))

    def _gap(self, item: Person | Title) -> str | None:
        """The text between an item and the one before it, asides and terms of office left out."""
        before = self._before
        if before is None:
            return None
        begin = before.end
        if isinstance(before, Title):
            match = _patterns().tail.match(self._folded, begin)
            begin = min(match.end(), item.start) if match else begin
        gap = self._folded[begin : item.outer if isinstance(item, Person) else item.start]
        aside = _ASIDE.match(gap)
        return gap[aside.end() :] if aside else gap

    def _taken(self, person: Person, gap: str) -> list[Title]:
        """The offices right before a name that are this person's."""
        direct = _NOTHING.fullmatch(gap) is not None or (not self._owned and _DASH.fullmatch(gap) is not None)
        if not direct and (self._owned or not (_IS.fullmatch(gap) and person.called)):
            return []
        if not direct and "," in gap and self._on_behalf():
            return []
        if not self._owned:
            return list(self._chain)
        if person.outer < person.start and _patterns().new_person.match(self._folded, person.outer):
            # "bà A Phó Bí thư ông B Chủ tịch UBND": nobody is called so behind an office of their own
            return []
        owner = self.holders[-1]
        earlier = len(owner.titles) > len(self._chain)
        if not earlier and len(self._chain) == 1:
            # "ông A, Chủ tịch UBND xã B": capitals right after the unit are its name, not a second person
            return []
        moved = list(self._chain) if earlier else self._chain[-1:]
        del owner.titles[-len(moved) :]
        return moved

    def _on_behalf(self) -> bool:
        """Whether the offices before a name are those of whom somebody acts for ("thừa ủy quyền của Chủ tịch nước")."""
        start = self._chain[0].start
        return _patterns().on_behalf.search(self._folded, max(0, start - _BEHALF), start) is not None

    def _of_several(self, titles: list[Title], gap: str) -> bool:
        """Whether offices are those of a whole list of people."""
        if _CONCERNS.fullmatch(gap) is not None:
            return True
        start = titles[0].start
        return (":" in gap or not gap.strip()) and _SEVERAL.search(
            self._folded[max(0, start - _BEFORE) : start]
        ) is not None

    def _appointed(self, person: Person, title: Title) -> bool:
        """Whether somebody named earlier in the sentence is said to come into the office."""
        near = title.start - person.end <= _APPOINTED_REACH
        between = self._folded[person.end : title.start]
        told = between[: now.start()] if (now := _patterns().holds_now.search(between)) else between
        if ";" in told or _patterns().only_proposed.search(between) is not None:
            return False
        return near and _patterns().appointed.search(between) is not None


def _is_aside(gap: str) -> bool:
    """Whether a few words between a name and an office say something else of the same person."""
    return _BY_THE_WAY.fullmatch(gap) is not None and _patterns().no_aside.search(gap) is None
