"""The number that ends a unit's name, in the other of the two ways to write it: `Tam Xuân I` and `Tam Xuân 1`."""

_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_MOST = 30


def numbered_otherwise(name: str) -> str:
    """A name with the number at its end in digits where it is in Roman letters, and the other way round.

    The name itself where no number, or nothing but one, is in it.
    """
    words, _, last = name.rpartition(" ")
    return f"{words} {_OTHER[last]}" if words and last in _OTHER else name


def _roman(number: int) -> str:
    letters = ""
    for value, sign in _ROMAN:
        letters += sign * (number // value)
        number %= value
    return letters


_OTHER = {str(number): _roman(number) for number in range(1, _MOST)}
_OTHER |= {letters: digits for digits, letters in list(_OTHER.items())}
