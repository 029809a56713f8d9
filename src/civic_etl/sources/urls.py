"""Addresses: the form we fetch, and the key under which two spellings of one article are the same."""

from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

from w3lib.url import canonicalize_url, safe_url_string

from civic_etl.sources.families import get_family

_TRACKING = ("utm_", "fbclid", "gclid", "zalo", "zarsrc", "mc_cid", "mc_eid", "ref_src", "gidzl", "_ga")


def clean_url(url: str) -> str:
    """The address to fetch: escaped, host in lower case, without fragment and tracking parameters.

    Raises ValueError for what is no http(s) address.
    """
    parts = urlsplit(safe_url_string(url.strip()))
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"not an http(s) address: {url!r}")
    host = parts.hostname.lower() + (f":{parts.port}" if _odd_port(parts.scheme, parts.port) else "")
    query = "&".join(part for part in parts.query.split("&") if part and not part.lower().startswith(_TRACKING))
    return urlunsplit((parts.scheme, host, parts.path or "/", query, ""))


def canonical_url(url: str, family: str = "generic") -> str:
    """One spelling an article: https, no `www.`, no closing slash, and only the query parameters that name the article.

    A host with a port keeps its scheme. Which parameters name an article is the family's to say.
    """
    parts = urlsplit(canonicalize_url(clean_url(url)))
    host = parts.netloc.removeprefix("www.")
    scheme = parts.scheme if parts.port else "https"
    kept = get_family(family).id_params
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    if kept is not None:
        pairs = [(name, value) for name, value in pairs if _is_kept(name, kept)]
    return urlunsplit((scheme, host, parts.path.rstrip("/") or "/", urlencode(pairs), ""))


def url_key(url: str, family: str = "generic") -> str:
    """`canonical_url` without its scheme and unescaped: the ledger's key."""
    return unquote(canonical_url(url, family).partition("://")[2])


def _is_kept(name: str, kept: tuple[str, ...]) -> bool:
    return any(name.startswith(rule[:-1]) if rule.endswith("*") else name == rule for rule in kept)


def _odd_port(scheme: str, port: int | None) -> bool:
    return port is not None and port != {"http": 80, "https": 443}[scheme]
