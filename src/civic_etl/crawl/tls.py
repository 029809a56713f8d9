"""TLS contexts: verified always; a source's own exception adds a certificate or a pin, never plain trust."""

import hashlib
import ssl
from functools import lru_cache

from civic_etl.crawl.faults import RefusedError
from civic_etl.errors import SourceError
from civic_etl.sources.model import Source, Tls

_USUAL = Tls()


def tls_context(source: Source) -> ssl.SSLContext:
    """The context for a source's connections. Raises SourceError for a PEM that cannot be read."""
    if source.tls == _USUAL:
        return _usual_context()
    context = ssl.create_default_context()
    if source.tls.extra_ca_pem:
        try:
            context.load_verify_locations(cadata=source.tls.extra_ca_pem)
        except ssl.SSLError as error:
            raise SourceError(f"PEM cannot be read: {error}", source=source.name, field="tls.extra_ca_pem") from error
    if source.tls.weak_keys:
        context.set_ciphers("DEFAULT:@SECLEVEL=1")
    if source.tls.pin_sha256:
        # The chain is not checked; the certificate itself is, in `check_pin`, before a byte of the answer is used.
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


@lru_cache(maxsize=1)
def _usual_context() -> ssl.SSLContext:
    """One for all sources without an exception: reading the system's certificates takes a while."""
    return ssl.create_default_context()


def check_pin(source: Source, certificate: bytes | None, url: str) -> None:
    """Raise RefusedError unless the server's certificate (DER) is the pinned one; nothing to do without a pin."""
    pin = source.tls.pin_sha256
    if not pin or not url.startswith("https:"):
        return
    if certificate is None or hashlib.sha256(certificate).hexdigest() != pin:
        raise RefusedError("the server's certificate is not the pinned one", url=url, source=source.name)
