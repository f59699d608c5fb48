"""Serving the reading room: one process, one socket on this machine, a token that is new each time.

uvicorn waits for ever for the first line of a request; here a connection that has not sent its headers in time is told
408 and closed, and one that idles is closed.
"""

from __future__ import annotations

import asyncio
import secrets
import socket
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from communique.errors import SettingsError
from communique.publish.web.app import make_app
from communique.publish.web.guard import ENTRANCE, Door, make_door
from communique.record.reader import open_record

LOCAL = ("127.0.0.1", "localhost", "[::1]")
HEADER_SECONDS = 5.0
IDLE_SECONDS = 20
CONNECTIONS = 200
HEADER_BYTES = 16 * 1024


class PatientOnce(H11Protocol):
    """HTTP/1.1 that waits `HEADER_SECONDS` for the headers of a request."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Starts the clock of a connection."""
        super().connection_made(transport)
        self._deadline = self.loop.call_later(HEADER_SECONDS, self._give_up)

    def data_received(self, data: bytes) -> None:
        """Takes bytes; between two requests the next one's clock starts with its first byte."""
        waiting = self.cycle is None or self.cycle.response_complete
        if waiting and self._deadline.cancelled():
            self._deadline = self.loop.call_later(HEADER_SECONDS, self._give_up)
        before = self.cycle
        super().data_received(data)
        if self.cycle is not before:
            self._deadline.cancel()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stops the clock."""
        self._deadline.cancel()
        super().connection_lost(exc)

    def _give_up(self) -> None:
        if not self.transport.is_closing():
            words = b"the request took too long"
            self.transport.write(
                b"HTTP/1.1 408 Request Timeout\r\ncontent-type: text/plain\r\nconnection: close\r\n"
                b"content-length: %d\r\n\r\n%s" % (len(words), words)
            )
            self.transport.close()


def serve(record: Path, host: str, port: int, site: Mapping[str, Any], tell: Callable[[str], None]) -> None:
    """Serves a record until it is interrupted.

    Args:
        record: Of this version.
        host: An address of this machine; any other than loopback is served without encryption to whoever has the token.
        port: 0 takes a free one.
        site: ``title``, ``who`` and ``is_held`` of `make_app`.
        tell: Is given the address to open, which holds the token, once the server listens.

    Raises:
        RecordError: The record cannot be read.
        SettingsError: The address cannot be listened on, or is no single address.
    """
    open_record(record).close()
    listening = listen(host, port)
    taken = int(listening.getsockname()[1])
    token = secrets.token_urlsafe(32)
    shown = f"[{host}]" if ":" in host else host
    door = make_door(LOCAL if shown in LOCAL else (shown.lower(),), taken, token)
    server = make_server(record, door, site)
    tell(f"http://{shown}:{taken}{ENTRANCE}#{token}")
    asyncio.run(server.serve([listening]))


def make_server(record: Path, door: Door, site: Mapping[str, Any]) -> uvicorn.Server:
    """The server; it logs nothing, since addresses tell what is searched for."""
    config = uvicorn.Config(
        make_app(record, door, **site),
        http=PatientOnce,
        ws="none",
        lifespan="off",
        log_level="error",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=CONNECTIONS,
        timeout_keep_alive=IDLE_SECONDS,
        h11_max_incomplete_event_size=HEADER_BYTES,
        timeout_graceful_shutdown=2,
    )
    return uvicorn.Server(config)


def listen(host: str, port: int) -> socket.socket:
    """A socket on one address of this machine.

    Raises:
        SettingsError: It is taken, not ours, or stands for all addresses.
    """
    if host in ("0.0.0.0", "::", ""):
        raise SettingsError(f"{host or 'no address'} stands for all addresses", "name one with --host")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio sends small packets at once (TCP_NODELAY) only where a socket names its protocol; otherwise the body of a
    # page waits 40 ms for an acknowledgement of its headers.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(128)
    except OSError as error:
        listening.close()
        raise SettingsError(
            f"{host} port {port} cannot be listened on ({error.strerror or error})", "name another with --port"
        ) from error
    return listening
