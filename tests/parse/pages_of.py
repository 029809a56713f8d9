"""Small pages for tests, in the markup of a system or of none."""

from datetime import UTC, datetime

from civic_etl.archive import Page, body_digest

PROSE = (
    "<p>Năm 2020, thu ngân sách trên địa bàn phường đạt 8 tỷ 642 triệu đồng, bằng 113% kế hoạch thành phố giao.</p>"
    "<p>Số hộ nghèo của phường giảm còn 12 hộ, chiếm 0,07% tổng số hộ; có 1.243 hộ đạt danh hiệu Gia đình văn hóa.</p>"
    "<p>Năm 2021, phường phấn đấu thu ngân sách 9 tỷ 130 triệu đồng, kết nạp từ 15 đảng viên mới trở lên.</p>"
)
TITLE = "Phường tổng kết công tác năm 2020"


def page_of(
    html: str | bytes,
    url: str = "https://baovidu.example/tong-ket-post123.html",
    *,
    status: int = 200,
    fetched_at: datetime = datetime(2026, 10, 2, 11, 45, tzinfo=UTC),
    headers: tuple[tuple[str, str], ...] = (),
) -> Page:
    """A page as the archive gives it."""
    body = html.encode() if isinstance(html, str) else html
    return Page(url, status, headers, body, fetched_at, body_digest(body))


def epi(body: str = PROSE, *, head: str = "", meta: str = "", lead: str = "", title: str = TITLE) -> str:
    """An article in the markup of ePi."""
    return (
        f"<!DOCTYPE html><html lang='vi'><head><meta charset='utf-8'><title>{title}</title>{head}</head><body>"
        f"<h1 class='logo'>Báo Ví Dụ</h1><article><h1 class='article__title cms-title'>{title}</h1>"
        f"<div class='article__meta'>{meta}</div><div class='article__sapo cms-desc'>{lead}</div>"
        f"<div class='article__body cms-body'>{body}</div></article></body></html>"
    )


def onecms(head: str, printed: str, body: str = PROSE) -> str:
    """An article in the markup of OneCMS."""
    return (
        f"<html><head><title>{TITLE}</title>{head}<meta name='datetimenow' content='10/2/2026 6:45:12 PM'></head><body>"
        f"<div class='b-maincontent'><article class='entry'><div class='sc-longform-header'><h1 class='block-sc-title'>"
        f"{TITLE}</h1><span class='block-sc-publish-time'>{printed}</span></div>{body}</article></div></body></html>"
    )


def unknown(body: str = PROSE, *, head: str = "", before: str = "", under: str = "", after: str = "") -> str:
    """An article in nobody's markup."""
    return (
        f"<html><head><meta charset='utf-8'><title>{TITLE} - Trang của xã</title>{head}</head><body>{before}"
        f"<div class='noidung'><h1>{TITLE}</h1>{under}<div class='bai'>{body}</div></div>{after}</body></html>"
    )
