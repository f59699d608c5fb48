"""Who may talk to the local server: only a browser on this machine that was given the token, and only about our pages.

A loopback address is no wall: any page that is open in the browser can send requests to it, and a name that is bound
anew to 127.0.0.1 is "same origin" for such a page. Order of the checks, on every request:

1. Host is one of the names that the server was started for, with its port: else 403.
2. Sec-Fetch-Site, where the browser sends it, is ``same-origin`` or ``none`` (typed, or a bookmark): else 403.
3. Origin, where it is sent, is ours: else 403. A request that changes something must send it, or bear the token.
4. The token: a cookie (HttpOnly, SameSite=Strict) or ``Authorization: Bearer``; compared in constant time: else 403.
5. Of what changes something: JSON, of bounded length, within a bounded time.

Without the token there is the page on which it is given (`ENTRANCE`), and its style and script; nothing of the record
is on it. Every answer carries the headers that forbid scripts, frames and requests other than our own.
"""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

ENTRANCE = "/enter"
OPEN_PATHS = frozenset({ENTRANCE, "/static/site.css", "/static/room.css", "/static/enter.js", "/static/icon.svg"})
READING = frozenset({"GET", "HEAD"})
MOST_BYTES = 64 * 1024  # of a body
MOST_SECONDS = 5.0  # until a body is there
MOST_TARGET = 4_096  # bytes of an address with its query

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "DENY",
    "cache-control": "no-store",
}


@dataclass(frozen=True, slots=True)
class Door:
    """For whom the server is there: its names with their port (``127.0.0.1:8765``), and the token."""

    hosts: frozenset[str]
    token: str

    @property
    def cookie(self) -> str:
        """The name of the cookie; cookies do not tell ports apart, so the port is in it."""
        return "communique-" + next(iter(sorted(self.hosts))).rpartition(":")[2]


def make_door(names: Iterable[str], port: int, token: str) -> Door:
    """A door for these host names; a server on port 80 is also asked without the port."""
    hosts = {f"{name}:{port}" for name in names} | ({*names} if port == 80 else set())
    return Door(frozenset(hosts), token)


class TooLarge(Exception):
    """The body of a request is longer than `MOST_BYTES`."""


class Guard:
    """The checks around an application."""

    def __init__(self, app: ASGIApp, door: Door) -> None:
        self.app = app
        self.door = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on, or refuses it."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        refusal = self.refuse(scope)
        if refusal is not None:
            await PlainTextResponse(refusal[1], refusal[0])(scope, receive, _with_headers(send))
            return
        body = _Body(receive)
        try:
            if scope["method"] not in READING:
                await body.read()
        except TimeoutError:
            await PlainTextResponse("the request took too long", 408)(scope, receive, _with_headers(send))
            return
        except TooLarge:
            await PlainTextResponse("the request is too large", 413)(scope, receive, _with_headers(send))
            return
        await self.app(scope, body, _with_headers(send))

    def refuse(self, scope: Scope) -> tuple[int, str] | None:
        """Status and reason why a request is refused; None when it may pass."""
        headers = Headers(scope=scope)
        hosts, origins = headers.getlist("host"), headers.getlist("origin")
        if len(hosts) != 1:
            return 400, "one Host, please"
        if hosts[0].lower() not in self.door.hosts:
            return 403, "this server does not answer under that name"
        if len(scope["raw_path"]) + len(scope["query_string"]) > MOST_TARGET:
            return 414, "the address is too long"
        if any(site not in ("same-origin", "none") for site in headers.getlist("sec-fetch-site")):
            return 403, "another site sent this request"
        if any(origin.lower() != f"http://{hosts[0].lower()}" for origin in origins) or len(origins) > 1:
            return 403, "another site sent this request"
        bearer = self._bears_token(headers)
        if scope["method"] not in READING:
            if not origins and not bearer:
                return 403, "a request that changes something must say where it comes from"
            if headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
                return 415, "JSON, please"
        if scope["path"] in OPEN_PATHS or bearer or self._has_cookie(headers):
            return None
        return 403, f"no token: open the address that the server printed when it started, or {ENTRANCE}"

    def _bears_token(self, headers: Headers) -> bool:
        kind, _, token = headers.get("authorization", "").partition(" ")
        return kind.lower() == "bearer" and self.is_token(token.strip())

    def _has_cookie(self, headers: Headers) -> bool:
        try:
            cookies = SimpleCookie("; ".join(headers.getlist("cookie")))
        except CookieError:
            return False
        found = cookies.get(self.door.cookie)
        return found is not None and self.is_token(found.value)

    def is_token(self, words: str) -> bool:
        """Whether these are the token; takes as long for any words of its length."""
        return hmac.compare_digest(words.encode("utf-8", "replace"), self.door.token.encode())


class _Body:
    """The body of a request, read whole within bounds and then given to the application."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._whole: bytes | None = None

    async def read(self) -> None:
        """Raises `TooLarge` or TimeoutError where the body is too long or too slow."""
        async with asyncio.timeout(MOST_SECONDS):
            whole = bytearray()
            while True:
                message = await self._receive()
                whole += message.get("body", b"")
                if len(whole) > MOST_BYTES:
                    raise TooLarge
                if not message.get("more_body"):
                    break
        self._whole = bytes(whole)

    async def __call__(self) -> Message:
        if self._whole is None:
            return await self._receive()
        whole, self._whole = self._whole, None
        return {"type": "http.request", "body": whole, "more_body": False}


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
        await send(message)

    return sending
