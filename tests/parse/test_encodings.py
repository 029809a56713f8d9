"""Every encoding that Vietnamese sites have had becomes NFC Unicode, or is refused with the reason."""

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_etl.errors import ParseError
from civic_etl.parse import parse_page, parse_text
from civic_etl.parse.legacy import _tcvn3_table, _vni_table, repair

from .pages_of import PROSE, TITLE, epi, page_of

TONES = "\u0300\u0301\u0303\u0309\u0323"


def cp1258(text: str) -> bytes:
    """windows-1258: tones are marks of their own, after the letter."""
    out = bytearray()
    for letter in unicodedata.normalize("NFC", text):
        try:
            out += letter.encode("cp1258")
        except UnicodeEncodeError:
            marks = unicodedata.normalize("NFD", letter)
            tone = next(mark for mark in marks if mark in TONES)
            out += unicodedata.normalize("NFC", marks.replace(tone, "")).encode("cp1258") + tone.encode("cp1258")
    return bytes(out)


def tcvn3(text: str) -> str:
    """The characters that a TCVN3 font shows as the text."""
    codes = {letter: chr(code) for code, letter in _tcvn3_table().items()}
    return "".join(codes.get(letter) or codes.get(letter.lower(), letter) for letter in text)


def vni(text: str) -> str:
    """The characters that a VNI font shows as the text."""
    codes: dict[str, str] = {}
    for code, letter in _vni_table()[1].items():
        codes.setdefault(letter, code)
    return "".join(codes.get(letter, letter) for letter in text)


HTML = epi(lead="Năm 2020, Đảng bộ và Nhân dân phường hoàn thành các chỉ tiêu đề ra.")
FORMS: dict[str, tuple[Callable[[str], bytes], str]] = {
    "utf-8": (str.encode, "utf-8"),
    "utf-8 with mark": (lambda text: b"\xef\xbb\xbf" + text.encode(), "utf-8"),
    "utf-16": (lambda text: text.encode("utf-16"), "utf-16"),
    "nfd": (lambda text: unicodedata.normalize("NFD", text).encode(), "utf-8"),
    "windows-1258": (lambda text: cp1258(text.replace("utf-8", "windows-1258")), "windows-1258"),
    "windows-1258 unsaid": (lambda text: cp1258(text.replace("<meta charset='utf-8'>", "")), "windows-1258"),
    "windows-1258 said to be utf-8": (cp1258, "windows-1258"),
    "tcvn3 bytes": (lambda text: tcvn3(text.replace("utf-8", "iso-8859-1")).encode("latin-1"), "TCVN3"),
    "tcvn3 in utf-8": (lambda text: tcvn3(text).encode(), "TCVN3"),
    "vni in utf-8": (lambda text: vni(text).encode(), "VNI"),
    "double utf-8": (lambda text: text.encode().decode("latin-1").encode(), "double UTF-8"),
}


@pytest.mark.parametrize("form", FORMS)
def test_page_reads_the_same_in_every_encoding(form: str) -> None:
    encode, name = FORMS[form]
    expected = parse_page(page_of(HTML), family="epi")
    article = parse_page(page_of(encode(HTML)), family="epi")
    assert (article.title, article.lead, article.text) == (expected.title, expected.lead, expected.text)
    assert article.encoding == name
    assert unicodedata.is_normalized("NFC", article.text)


@pytest.mark.parametrize("form", FORMS)
def test_text_reads_the_same_in_every_encoding(form: str) -> None:
    encode, name = FORMS[form]
    text = "Tổng kết công tác năm 2020\n\nThu ngân sách của phường đạt 8 tỷ đồng, tỷ lệ hộ nghèo giảm còn 0,07%.\n"
    article = parse_text(encode(text), url="file:bai.txt")
    assert (article.title, article.text) == tuple(part.strip() for part in text.split("\n\n"))
    assert article.encoding == name and article.quality == "text"


def test_one_paragraph_pasted_in_an_old_font_is_read_too() -> None:
    pasted = tcvn3("Kết quả này là sự cố gắng của cả hệ thống chính trị phường.")
    body = f"{PROSE}<p><font face='.VnTime'>{pasted}</font></p>"
    article = parse_page(page_of(epi(body)), family="epi")
    assert article.text.endswith("Kết quả này là sự cố gắng của cả hệ thống chính trị phường.")
    assert article.encoding == "TCVN3" and "8 tỷ 642 triệu đồng" in article.text


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "C?ng nh?n 11 xã nông thôn m?i, thu ngân sách ??t k? ho?ch, h? nghèo gi?m còn m?t ph?n tr?m. " * 3,
            "question marks",
        ),
        ("¸µ¶ ¹»¼ ½¾Æ ÇÈÉ ÊËÌ ÎÏÐ ÑÒÓ ¸¸¸ µµµ ¶¶¶ zzz xxx " * 6, "encoding"),
    ],
)
def test_lost_letters_are_a_refusal_with_its_reason(text: str, reason: str) -> None:
    for read in (
        lambda: parse_page(page_of(epi(f"<p>{text}</p>")), family="epi"),
        lambda: parse_text(text.encode(), url="x"),
    ):
        with pytest.raises(ParseError, match=reason):
            read()


@pytest.mark.parametrize(
    "text",
    [
        "Năm 2020, thu ngân sách trên địa bàn phường Đức Xuân đạt 8 tỷ 642 triệu đồng.",
        "The people's committee of the ward met on Friday; Müller & Söhne from Århus built the bridge.",
        "Nhiệt độ 35°C, diện tích 120 m², tăng ½ so với năm trước; § 3, “trích dẫn” – kết thúc…",
        "Ban co khoe khong? Co. Vay thi tot?",
    ],
)
def test_sound_text_is_left_alone(text: str) -> None:
    assert repair(text) == (text, None)
    assert parse_text(text.encode(), url="x").text == text


@given(st.text(max_size=300))
def test_repair_takes_any_text(text: str) -> None:
    repaired, name = repair(text)
    assert repaired == text if name is None else repaired


def test_eth_is_read_as_the_vietnamese_letter() -> None:
    article = parse_page(
        page_of(epi("<p>Ðảng bộ phường Ðức Xuân hoàn thành chỉ tiêu năm.</p>", title="Ðảng bộ " + TITLE)), family="epi"
    )
    assert article.text.startswith("Đảng bộ phường Đức Xuân") and article.title.startswith("Đảng bộ")
