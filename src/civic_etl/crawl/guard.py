"""A transport that looks at the address behind a name before it connects, and connects to exactly that address."""

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import Awaitable, Callable
from typing import Any

import httpx

from civic_etl.crawl.faults import RefusedError, TransientError

Resolver = Callable[[str, int], Awaitable[list[str]]]
_TRIES = 3
# All IPv6 addresses that the internet routes lie in the first; the second stands for the IPv4 address in its last bits.
_ROUTED = ipaddress.ip_network("2000::/3")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


async def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host, in the system's order. Raises TransientError when the name does not resolve."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise TransientError(f"host name does not resolve: {error}") from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_permitted(address: str, *, local: bool) -> bool:
    """Whether the crawler may connect: public addresses, and for a declared local source loopback and private ones.

    Link-local, multicast and unspecified addresses are never permitted.
    """
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        ip = _inner(ip)
    if ip.is_link_local or ip.is_multicast or ip.is_unspecified:
        return False
    is_routed = ip.is_global and (ip.version == 4 or ip in _ROUTED)
    return is_routed or (local and (ip.is_loopback or ip.is_private))


def _inner(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """The IPv4 address that an IPv6 address stands for (mapped, 6to4, NAT64), else the address itself."""
    if ip in _NAT64:
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or ip


class GuardedTransport(httpx.AsyncBaseTransport):
    """One connection a host, made to an address that was checked: a name cannot change its address in between."""

    def __init__(self, context: ssl.SSLContext, *, local: bool, resolver: Resolver = resolve) -> None:
        self._context = context
        self._local = local
        self._resolve = resolver
        self._transports: dict[tuple[str, int], httpx.AsyncHTTPTransport] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request. Raises RefusedError for an address that is not permitted."""
        host = request.url.host
        port = request.url.port or (443 if request.url.scheme == "https" else 80)
        found = await self._resolve(host, port)
        addresses = [address for address in found if is_permitted(address, local=self._local)]
        if not addresses:
            raise RefusedError(
                f"host resolves to {', '.join(found) or 'nothing'}, not a public address", url=str(request.url)
            )
        transport = self._transports.get((host, port))
        if transport is None:
            limits = httpx.Limits(max_connections=1, max_keepalive_connections=1)
            transport = httpx.AsyncHTTPTransport(verify=self._context, limits=limits, trust_env=False)
            self._transports[host, port] = transport
        return await self._send(transport, request, host, addresses[:_TRIES])

    async def _send(
        self, transport: httpx.AsyncHTTPTransport, request: httpx.Request, host: str, addresses: list[str]
    ) -> httpx.Response:
        last: Exception | None = None
        for address in addresses:
            extensions: dict[str, Any] = {**request.extensions, "sni_hostname": host}
            aimed = httpx.Request(
                request.method,
                request.url.copy_with(host=address),
                headers=request.headers,
                stream=request.stream,
                extensions=extensions,
            )
            try:
                response = await transport.handle_async_request(aimed)
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                last = error
                continue
            response.extensions["civic_ip"] = address
            return response
        raise last or TransientError("no address to connect to", url=str(request.url))

    async def aclose(self) -> None:
        """Close all connections."""
        for transport in self._transports.values():
            await transport.aclose()
