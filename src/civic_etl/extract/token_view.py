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
        return self.text[self.line.tokens[index].start].isupper()

    def adjacent(self, index: int) -> bool:
        """Whether a token exists and follows the one before it with nothing but blanks between, on the same line."""
        tokens = self.line.tokens
        if not 0 < index < len(tokens):
            return False
        gap = self.text[tokens[index - 1].end : tokens[index].start]
        return gap.strip() == "" and "\n" not in gap

    def same_line(self, index: int) -> bool:
        """Whether no line break stands before a token."""
        tokens = self.line.tokens
        return index < len(tokens) and "\n" not in self.text[tokens[index - 1].end : tokens[index].start]

    def verbatim(self, first: int, after: int) -> str:
        """Tokens [first, after) as written, with single blanks."""
        tokens = self.line.tokens
        return " ".join(self.text[tokens[first].start : tokens[after - 1].end].split())

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
