"""TLS is verified; an exception names a certificate, never plain trust."""

import hashlib
import ssl
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from shutil import which
from typing import Any

import pytest

from civic_etl.crawl import CrawlReport, crawl_source
from civic_etl.crawl.tls import tls_context
from civic_etl.errors import SourceError
from civic_etl.settings import Settings
from civic_etl.sources import Source

from .conftest import FakeClock

pytestmark = pytest.mark.skipif(which("openssl") is None, reason="needs openssl to make a certificate")


class Handler(BaseHTTPRequestHandler):
    """An empty robots.txt and one article in a sitemap."""

    def do_GET(self) -> None:
        port = self.server.server_address[1]
        page = b"<!doctype html><html><p>Thu ng\xc3\xa2n s\xc3\xa1ch</p></html>"
        row = f"<urlset><url><loc>https://127.0.0.1:{port}/tin-post1.html</loc></url></urlset>".encode()
        body = {"/robots.txt": b"", "/sitemap.xml": row}.get(self.path, page)
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        return


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A self-signed certificate for 127.0.0.1, with its key in the same file."""
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
    command += ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(path), "-out", str(path.with_suffix(".crt"))]
    subprocess.run(command, check=True, capture_output=True)
    path.write_bytes(path.read_bytes() + path.with_suffix(".crt").read_bytes())
    return path


@pytest.fixture
def port(certificate: Path) -> Iterator[int]:
    """A site behind that certificate."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


def crawl(port: int, settings: Settings, **tls: Any) -> CrawlReport:
    source = Source.model_validate(
        {
            "name": "xa-ha",
            "title": "X",
            "hosts": [f"127.0.0.1:{port}"],
            "home": f"https://127.0.0.1:{port}/",
            "level": "ward",
            "local": True,
            "periods": [{"family": "epi", "index": {"kind": "sitemap", "url": "/sitemap.xml"}}],
            "tls": {**tls, "reason": "the server sends no chain"} if tls else {},
        }
    )
    return crawl_source(source, settings, clock=FakeClock())


def pem_and_pin(certificate: Path) -> tuple[str, str]:
    pem = certificate.with_suffix(".crt").read_text(encoding="ascii")
    return pem, hashlib.sha256(ssl.PEM_cert_to_DER_cert(pem)).hexdigest()


def test_an_unknown_certificate_is_refused(port: int, settings: Settings) -> None:
    report = crawl(port, settings)
    assert report.new == 0 and "CERTIFICATE_VERIFY_FAILED" in (report.paused or "")


def test_a_named_authority_is_trusted(port: int, settings: Settings, certificate: Path) -> None:
    assert crawl(port, settings, extra_ca_pem=pem_and_pin(certificate)[0]).new == 1


def test_a_pinned_certificate_is_trusted_and_no_other(port: int, settings: Settings, certificate: Path) -> None:
    assert crawl(port, settings, pin_sha256="0" * 64).new == 0
    assert crawl(port, settings, pin_sha256=pem_and_pin(certificate)[1]).new == 1


def test_an_exception_of_one_source_is_not_another_ones() -> None:
    usual = {"name": "a", "title": "A", "hosts": ["a.example.vn"], "level": "ward", "periods": [{"family": "epi"}]}
    plain, odd = (Source.model_validate({**usual, "tls": tls}) for tls in ({}, {"weak_keys": True, "reason": "old"}))
    assert tls_context(plain) is tls_context(plain) and tls_context(odd) is not tls_context(plain)
    pinned = Source.model_validate({**usual, "tls": {"pin_sha256": "0" * 64, "reason": "old"}})
    assert tls_context(pinned).verify_mode == ssl.CERT_NONE != tls_context(plain).verify_mode


def test_a_pem_that_is_none_names_its_key() -> None:
    fields = {"name": "a", "title": "A", "hosts": ["a.example.vn"], "level": "ward", "periods": [{"family": "epi"}]}
    source = Source.model_validate({**fields, "tls": {"extra_ca_pem": "rubbish", "reason": "x"}})
    with pytest.raises(SourceError) as caught:
        tls_context(source)
    assert caught.value.field == "tls.extra_ca_pem"
