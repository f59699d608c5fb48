"""A web address into its bytes, when a person asks for it: the only place that opens a connection.

What a document names is never fetched. An address must be plain http or https on its usual port, without user or
password. Its host is resolved once, every address of it must be public, and the connection is made to the one that was
checked, so that no second answer of a name server can lead elsewhere. A redirect is followed within the same host only,
and checked again. Proxies, cookies and credentials are not used.
Source: the ranges are those of IANA's special-purpose registries; `ipaddress.is_global` alone lets translated and
tunnelled addresses (64:ff9b::/96, 2002::/16, 2001::/32) and multicast through.
"""

from __future__ import annotations

import http.client
import ipaddress
import re
import socket
import ssl
import time
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import SplitResult, urljoin, urlsplit

from communique.errors import ReadError
from communique.version import VERSION

MAX_BYTES = 20_000_000
MAX_S = 20.0
MAX_REDIRECTS = 3
_PIECE = 65_536
_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?", re.IGNORECASE)
_BY_HAND = "open it in a browser, save the page, and build from the file"
_NEVER = tuple(
    ipaddress.ip_network(network)
    for network in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96", "::ffff:0:0/96", "fec0::/10")
)
SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    "application/rss+xml": ".rss",
    "application/atom+xml": ".atom",
    "application/rdf+xml": ".rdf",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "application/json": ".json",
    "application/feed+json": ".json",
    "message/rfc822": ".eml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}

# Host and port to the internet addresses that it has; another one in tests.
Resolve = Callable[[str, int], list[str]]


class Fetched(NamedTuple):
    """What an address gave. ``name`` is the address as a file's name; ``url`` the address that answered."""

    name: str
    url: str
    content: bytes


def fetch(url: str, resolve: Resolve | None = None) -> Fetched:
    """Fetches a web address.

    Args:
        url: As a person gives it.
        resolve: How a host becomes addresses; by the system if None.

    Raises:
        ReadError: The address may not be fetched, or did not answer with a file that can be read.
    """
    deadline = time.monotonic() + MAX_S
    asked = check_url(url)
    for _ in range(MAX_REDIRECTS + 1):
        address = choose_address(asked, resolve or _resolve)
        try:
            status, headers, content = _get(asked, address, deadline)
        except (OSError, http.client.HTTPException, ValueError) as error:
            reason = "took too long" if isinstance(error, TimeoutError) else f"cannot be fetched ({error})"
            raise ReadError(f"{url}: {reason}", _BY_HAND) from error
        if status not in (301, 302, 303, 307, 308):
            break
        onward = check_url(urljoin(asked.geturl(), headers.get("Location", "")))
        if onward.hostname != asked.hostname:
            raise ReadError(f"{url}: leads to another host ({onward.hostname})", "give that address if you mean it")
        asked = onward
    if status != 200:
        raise ReadError(f"{url}: the server answered {status}", "check the address")
    kind = headers.get_content_type()
    return Fetched(make_name(asked, SUFFIXES.get(kind, "")), asked.geturl(), content)


def check_url(url: str) -> SplitResult:
    """The parts of an address that may be fetched.

    Raises:
        ReadError: It may not.
    """
    step = "give a public http or https address"
    if not url.isascii() or not url.isprintable() or "\\" in url or " " in url:
        raise ReadError(f"{url!r}: is no plain web address", step)
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise ReadError(f"{url}: is no web address ({error})", step) from error
    if parts.scheme not in _PORTS:
        raise ReadError(f"{url}: {parts.scheme or 'no scheme'} is not fetched", step)
    if parts.username is not None or parts.password is not None or "@" in parts.netloc:
        raise ReadError(f"{url}: holds a user name", step)
    if port not in (None, _PORTS[parts.scheme]):
        raise ReadError(f"{url}: port {port} is not the usual one", step)
    host = parts.hostname or ""
    if not (_HOST.fullmatch(host) or ":" in host):
        raise ReadError(f"{url}: has no host", step)
    return parts._replace(fragment="")


def choose_address(parts: SplitResult, resolve: Resolve) -> str:
    """The internet address to connect to: the first of the host's, which are all public.

    Raises:
        ReadError: There is none, or one of them is not public.
    """
    host = parts.hostname or ""
    try:
        found = resolve(host, _PORTS[parts.scheme])
    except OSError as error:
        raise ReadError(f"{host}: there is no such host ({error.strerror or error})", "check the address") from error
    if not found:
        raise ReadError(f"{host}: has no internet address", "check the address")
    for address in found:
        if not is_public(address):
            raise ReadError(f"{host}: {address} is no public address", "save the page by hand and build from the file")
    return found[0]


def is_public(address: str) -> bool:
    """True for an internet address that anybody can reach and that leads to no other inside it."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return False
    inside = any(known in network for network in _NEVER if network.version == known.version)
    return known.is_global and not known.is_multicast and not known.is_reserved and not inside


def _resolve(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(place[0]).partition("%")[0] for *_, place in found]


def _get(parts: SplitResult, address: str, deadline: float) -> tuple[int, http.client.HTTPMessage, bytes]:
    """Asks the server at an address that was checked, whatever its name resolves to by now."""
    host, port = parts.hostname or "", _PORTS[parts.scheme]
    connection = http.client.HTTPConnection(host, port, timeout=_left(deadline))
    opened = socket.create_connection((address, port), timeout=_left(deadline))
    try:
        if parts.scheme == "https":
            opened = ssl.create_default_context().wrap_socket(opened, server_hostname=host)
        connection.sock = opened
        target = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
        headers = {"User-Agent": f"communique/{VERSION}", "Accept-Encoding": "identity", "Connection": "close"}
        connection.request("GET", target, headers=headers)
        answer = connection.getresponse()
        if int(answer.headers.get("Content-Length") or 0) > MAX_BYTES:
            raise ReadError(f"{host}: the file is larger than {MAX_BYTES // 1_000_000} MB", _BY_HAND)
        pieces: list[bytes] = []
        while piece := answer.read1(_PIECE):
            pieces.append(piece)
            if sum(map(len, pieces)) > MAX_BYTES:
                raise ReadError(f"{host}: the file is larger than {MAX_BYTES // 1_000_000} MB", _BY_HAND)
            opened.settimeout(_left(deadline))
        declared = answer.headers.get("Content-Length")
        if declared is not None and int(declared) > sum(map(len, pieces)):
            raise ReadError(f"{host}: the answer was cut off", "try again")
        return answer.status, answer.headers, b"".join(pieces)
    finally:
        connection.close()
        opened.close()


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("it took too long")
    return left


def make_name(parts: SplitResult, suffix: str) -> str:
    """An address as a file's name: host, path and question; with the suffix of what it gave, if it has no such end."""
    whole = f"{parts.hostname}{parts.path}{f'?{parts.query}' if parts.query else ''}"
    path = re.sub(r"[^A-Za-z0-9._~/%=&+-]", "_", whole)
    plain = "/".join(piece for piece in path.split("/") if piece not in ("", ".", ".."))[:200]
    return plain if plain.lower().endswith(suffix) else plain + suffix
