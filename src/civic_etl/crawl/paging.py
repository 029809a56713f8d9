"""Addresses of further pages of a listing."""

from urllib.parse import urljoin, urlsplit, urlunsplit


def page_url(start: str, template: str | None, number: int) -> str | None:
    """Page `number` (from 1) of the listing at `start`; None when there is no template for pages after the first.

    `template` holds {n} (or {n0}, counted from zero): `?page={n}` joins the query, anything else the path.
    """
    if number == 1:
        return start
    if template is None:
        return None
    text = template.replace("{n0}", str(number - 1)).replace("{n}", str(number))
    if not text.startswith("?"):
        parts = urlsplit(start)
        folder = urlunsplit((parts.scheme, parts.netloc, parts.path.rstrip("/") + "/", "", ""))
        joined = urljoin(folder, text)
        return f"{joined}?{parts.query}" if parts.query else joined
    return start + ("&" + text[1:] if "?" in start else text)
