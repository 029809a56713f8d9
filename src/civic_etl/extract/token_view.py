"""The tokens of a text with their letters as written: capitals, what stands next to what, the words themselves."""

from civic_etl.extract.tokens import TokenLine


class TokenView:
    """Tokens of the folded text looked up in the text itself; `text` is NFC and as long as the folded one."""

    def __init__(self, text: str, line: TokenLine) -> None:
        self.text = text
        self.line = line
        self.words = line.words

    def capital(self, index: int) -> bool:
        """Whether a token begins with a capital."""
        return self.text[self.line.starts[index]].isupper()

    def adjacent(self, index: int) -> bool:
        """Whether a token exists and follows the one before it with nothing but blanks between, on the same line."""
        if not 0 < index < len(self.words):
            return False
        gap = self.text[self.line.ends[index - 1] : self.line.starts[index]]
        return gap.strip() == "" and "\n" not in gap

    def same_line(self, index: int) -> bool:
        """Whether no line break stands before a token."""
        line = self.line
        return index < len(line.words) and "\n" not in self.text[line.ends[index - 1] : line.starts[index]]

    def verbatim(self, first: int, after: int) -> str:
        """Tokens [first, after) as written, with single blanks."""
        return " ".join(self.text[self.line.starts[first] : self.line.ends[after - 1]].split())

    def abbreviates(self, index: int) -> bool:
        """Whether capitals in brackets begin here, which only abbreviate what stands before ("Ban Thường vụ (BTV)")."""
        if self.words[index] != "(" or self.words[index + 2 : index + 3] != [")"]:
            return False
        return self.verbatim(index + 1, index + 2).isupper()

    def capitals(self, index: int, most: int) -> list[str]:
        """The run of capitalised words that begins at a token, at most so many."""
        names: list[str] = []
        while len(names) < most and self.adjacent(index + len(names)) and self.capital(index + len(names)):
            names.append(self.verbatim(index + len(names), index + len(names) + 1))
        return names
