"""One pass over the tokens: every type word, with the name it leads, the list it opens or the unit it stands for."""

from civic_etl.gazetteer.finding.chain import Chain
from civic_etl.gazetteer.finding.flags import has_office
from civic_etl.gazetteer.finding.generic import is_generic
from civic_etl.gazetteer.finding.lexicon import Lexicon, TypeForm
from civic_etl.gazetteer.finding.mention import Mention, typed
from civic_etl.gazetteer.finding.names import NameReader, phrase_end
from civic_etl.gazetteer.finding.parts import PartReader
from civic_etl.gazetteer.finding.tokens import Tokens
from civic_etl.gazetteer.gazetteer import Gazetteer
from civic_etl.gazetteer.units import DISTRICT


class Scanner:
    """Finds the mentions of one text that a type word gives away. Bare names are another's work."""

    def __init__(self, gazetteer: Gazetteer, lexicon: Lexicon, tokens: Tokens) -> None:
        self.gazetteer = gazetteer
        self.lexicon = lexicon
        self.tokens = tokens
        self.names = NameReader(gazetteer, lexicon, tokens)
        self.mentions: list[Mention] = []
        self._chain = Chain(self)
        self.chain_inside = self._chain.inside
        self._parts = PartReader(self)

    def scan(self) -> list[Mention]:
        """All mentions, in order of their start."""
        openers, keys, after = self.lexicon.openers, self.tokens.keys, 0
        for at in [token for token, key in enumerate(keys) if key in openers]:
            if at >= after:
                after = self._read(at)
        self.mentions.sort(key=lambda mention: (mention.first, mention.last))
        self._chain.share_parents(self.mentions)
        return self.mentions

    def _read(self, at: int) -> int:
        """Read what a word at a token opens: a part, a typed name, `địa phương`; one past what was read."""
        key = self.tokens.keys[at]
        if key in self.lexicon.parts:
            after = self._parts.read(at)
            if after > at:
                return after
        if key in self.lexicon.types or key in self.lexicon.whole_names:
            return max(self.typed_at(at), at + 1)
        local = key == "địa" and at + 1 < self.tokens.size and self.tokens.keys[at + 1] == "phương"
        return self._local(at) if local else at + 1

    def typed_at(self, at: int, least: int = 9) -> int:
        """Read the type word at a token with all it leads; one past its last token, or `at` where there is nothing.

        Only types that may stand above level `least` are read.
        """
        found = self.form_at(at)
        if found is None or found[0].levels[0] >= least:
            return at
        form, after = found
        mention = self.named(form, at, after)
        if mention is None and least == 9:
            mention = self._chain.opened(form, at, after)
        if mention is None:
            return self._nameless(form, at, after) if least == 9 else at
        self.mentions.append(mention)
        return self._chain.follow(mention, form, at)

    def form_at(self, at: int) -> tuple[TypeForm, int] | None:
        """The type word at a token, and one past its last token."""
        tokens, keys = self.tokens, self.tokens.keys
        if keys[at] in self.lexicon.whole_names:
            word = self.lexicon.whole_names[keys[at]][0]
            _, form = next(f for f in self.lexicon.types[word.split()[0]] if f[1].word == word)
            return form, at
        for rest, form in self.lexicon.types.get(keys[at], ()):
            end = at + 1 + len(rest)
            if tuple(keys[at + 1 : end]) != rest or not all(tokens.blank_before(i) for i in range(at + 1, end)):
                continue
            if form.letters and not self._short_form(form, at, end):
                continue
            return form, end
        return None

    def _short_form(self, form: TypeForm, at: int, end: int) -> bool:
        """An abbreviation needs a name after it; a single letter a full stop too, or a number right after it."""
        tokens = self.tokens
        if end >= tokens.size:
            return False
        gap = tokens.gap(end)
        number = tokens.keys[end].isdigit() and form.word in self.lexicon.numbered
        if not (number or tokens.capital(end)) or "\n" in gap:
            return False
        if form.letters == 1:
            own = tokens.gap(at)
            if not number and self._signs(at, end):
                return False
            return (gap.startswith(".") or (number and gap == "")) and (at == 0 or own[-1:] in ' \n\t(,-–:/"“')
        return gap.strip() in ("", ".")

    def _signs(self, at: int, first: int) -> bool:
        """Whether a letter and a name are those of who wrote: `X.V`, or `X.Vương` on a line of its own."""
        tokens = self.tokens
        if tokens.ends[first] - tokens.starts[first] == 1:
            return True
        alone = first + 1 >= tokens.size or "\n" in tokens.gap(first + 1)
        return alone and tokens.line_start(at)

    def named(self, form: TypeForm, at: int, first: int) -> Mention | None:
        """The mention whose type stands at `at` and whose name begins at `first`; None where no name does."""
        tokens = self.tokens
        if first == at:
            name = self.lexicon.whole_names[tokens.keys[at]][1]
            return typed(form, at, at + 1, name, name.title())
        bare, first = first, self._past_qualifier(form, first)
        if first >= tokens.size or not self._leads(form, first) or self._only_qualifies(first):
            return None
        if first > bare and self._lies_in_province(form, first):
            return None
        if tokens.keys[first].isdigit():
            return self._numbered(form, at, first)
        if not tokens.capital(first) or self._means_committee(form, first):
            return None
        return self._worded(form, at, first)

    def _means_committee(self, form: TypeForm, first: int) -> bool:
        """Whether letters are those of the standing deputy of a committee ("PBT TT ĐU"), and not of a town."""
        letters = self.tokens.keys[first] in self.lexicon.words["committee_letters"]
        return bool(form.letters) and letters and self.tokens.capitals_alone(first)

    def _past_qualifier(self, form: TypeForm, first: int) -> int:
        """One past the words that may stand between type and name ("xã vùng cao Hồng Thái"), if a capital follows."""
        tokens = self.tokens
        end = phrase_end(tokens, self.lexicon.qualifiers, first)
        if end == first or end >= tokens.size or not tokens.capital(end):
            return first
        # "huyện Núi Thành" is called so, "xã Anh hùng Phú Long" is not
        capitals = all(map(tokens.capital, range(first, end)))
        named = capitals and (not tokens.shouted(first) or bool(self.names.known(first, form.levels)))
        return first if named else end

    def _only_qualifies(self, first: int) -> bool:
        """Whether a capital opens words that say what a unit is, and no name ("là xã Anh hùng lực lượng vũ trang")."""
        tokens = self.tokens
        end = phrase_end(tokens, self.lexicon.qualifiers, first)
        return end > first + 1 and tokens.capital(first) and not any(map(tokens.capital, range(first + 1, end)))

    def _lies_in_province(self, form: TypeForm, first: int) -> bool:
        """Whether a name behind a type and its qualifier is the province's: `Xã vùng sâu An Giang`."""
        known = self.names.known(first, (1,))
        if not known or known[0][0] < self.names.capitals_end(first):
            return False
        # a town may be called like its province, a commune hardly is
        town = any(unit.type in form.types and unit.level == DISTRICT for unit in self.gazetteer.named(known[0][1]))
        return 1 not in form.levels and not (town and form.word == "thị xã")

    def _leads(self, form: TypeForm, first: int) -> bool:
        gap = self.tokens.gap(first)
        return "\n" not in gap and gap.strip() in (("", ".") if form.letters else ("",))

    def _numbered(self, form: TypeForm, at: int, first: int) -> Mention | None:
        tokens = self.tokens
        known = self.names.known(first, form.levels)
        if known and known[0][0] > first + 1:
            # "phường 2 Bảo Lộc"
            return typed(form, at, known[0][0], known[0][1], tokens.slice(first, known[0][0]))
        if form.word not in self.lexicon.numbered or len(tokens.keys[first]) > 2 or not self.names.is_number(first):
            return None
        return typed(form, at, first + 1, tokens.keys[first], tokens.keys[first])

    def _worded(self, form: TypeForm, at: int, first: int) -> Mention | None:
        tokens = self.tokens
        run = self.names.run_end(first)
        known = self.names.known(first, form.levels)
        if known:
            end, key = known[0]
            left = run - end
            # "xã Tân Lập Hội Nông dân": what follows the name is a body or an office
            if left == 1 and not (
                tokens.shouted(first)
                or form.committee
                or tokens.keys[end].isdigit()
                or phrase_end(tokens, self.lexicon.ranks, end) > end + 1
            ):
                return typed(form, at, run, " ".join(tokens.keys[first:run]), tokens.slice(first, run))
            if form.committee and left > 0:
                return None
            return typed(form, at, end, key, tokens.slice(first, end))
        if form.committee or self._unknowable(form, at, first, run):
            return None
        if (loose := self.names.loosely(first, form.levels)) is not None and loose[0] >= run:
            return typed(form, at, loose[0], loose[1], tokens.slice(first, loose[0]))
        if (glued := self.names.glued(first, form.levels)) is not None:
            end, key = glued
            return typed(form, at, end, key, tokens.slice(first, end)[: len(key)])
        end = max(self.names.unknown_end(first), first + 1)
        return typed(form, at, end, " ".join(tokens.keys[first:end]), tokens.slice(first, end))

    def _unknowable(self, form: TypeForm, at: int, first: int, run: int) -> bool:
        """Whether capitals after a type are rather a person ("Chủ tịch xã Nông Văn Hiếu") or an abbreviation's tail."""
        tokens = self.tokens
        if form.letters or (1 in form.levels and form.word != "thành phố") or self.names.acronym(first):
            return True
        if tokens.blank_before(at) and tokens.keys[at - 1] in self.lexicon.words["kind_before"]:
            return True
        if tokens.ends[first] - tokens.starts[first] < 2 or phrase_end(tokens, self.lexicon.ranks, first) > first:
            return True
        # "Bí thư huyện Đoàn": one word that is another word with the type, though it has a capital
        compound = tokens.keys[first] in self.lexicon.compounds.get(form.word, ())
        if compound and run - first == 1:
            return True
        if tokens.shouted(first) and (compound or phrase_end(tokens, self.lexicon.shouts, first) > first):
            return True
        # "xã Triệu Hải 16 ca": the number is not the name's
        run -= tokens.keys[run - 1].isdigit()
        return tokens.keys[first] in self.lexicon.words["family_names"] and (
            run - first > 2 or has_office(tokens, self.lexicon, first)
        )

    def _nameless(self, form: TypeForm, at: int, after: int) -> int:
        """A type without a name stands for an earlier unit, unless it speaks of such units in general."""
        if form.letters or form.committee or is_generic(self.tokens, self.lexicon, form, at, after):
            return after
        if self.tokens.blank_before(after) and self.names.acronym(after):
            return after
        first = at - 1 if at and self.tokens.keys[at - 1] == "toàn" and self.tokens.blank_before(at) else at
        self.mentions.append(Mention("anaphor", first, after, form.word, form.types, form.levels))
        return after

    def _local(self, at: int) -> int:
        """`địa phương` where it means the one under report."""
        keys = self.tokens.keys
        follower = keys[at + 2] if at + 2 < self.tokens.size and self.tokens.blank_before(at + 2) else ""
        before = keys[at - 1] if at and self.tokens.blank_before(at) else ""
        if before in self.lexicon.words["local_before"] and follower not in self.lexicon.compounds["địa phương"]:
            self.mentions.append(Mention("anaphor", at, at + 2, "địa phương", (), (1, 2, 3)))
        return at + 2
