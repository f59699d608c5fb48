"""Nobody but a browser on this machine that has the token gets in: every combination of what a request can claim."""

from __future__ import annotations

import http.client
import json
import socket
import threading
import time
from itertools import product

import pytest

from communique.errors import SettingsError
from communique.publish.web.guard import MOST_BYTES, POLICY
from communique.publish.web.run import HEADER_SECONDS, listen
from tests.publish.web.conftest import TOKEN, Served

HOSTS = (
    "127.0.0.1:{port}",
    "localhost:{port}",
    "[::1]:{port}",
    "127.0.0.1",
    "127.0.0.1:1",
    "localhost.evil.example:{port}",
    "evil.example",
    "evil.example:{port}",
    "127.0.0.1:{port}@evil.example",
    "0.0.0.0:{port}",
    "127.0.0.2:{port}",
    "2130706433:{port}",
)
ORIGINS = (None, "{host}", "http://evil.example", "null", "https://{bare}", "http://127.0.0.1:1")
SITES = (None, "same-origin", "none", "same-site", "cross-site")
METHODS = ("GET", "POST")


def request(
    served: Served, method: str, host: str, origin: str | None, site: str | None, token: str | None, path: str
) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=20)
    connection.putrequest(method, path, skip_host=True)
    connection.putheader("Host", host)
    if origin is not None:
        connection.putheader("Origin", origin)
    if site is not None:
        connection.putheader("Sec-Fetch-Site", site)
    if token:
        connection.putheader("Cookie", f"{served.door.cookie}={token}")
    body = b'{"token": "wrong"}' if method == "POST" else b""
    if method == "POST":
        connection.putheader("Content-Type", "application/json")
        connection.putheader("Content-Length", str(len(body)))
    connection.endheaders(body or None)
    status = connection.getresponse().status
    connection.close()
    return status


@pytest.mark.parametrize("method", METHODS)
def test_only_the_local_host_with_the_token_passes(served: Served, method: str) -> None:
    passed = []
    for host, origin, site in product(HOSTS, ORIGINS, SITES):
        named = host.format(port=served.port)
        told = origin and origin.format(host=f"http://{named}", bare=named)
        status = request(served, method, named, told, site, TOKEN, "/chronology")
        local = host in HOSTS[:3]
        ours = told is None if method == "GET" and origin is None else told == f"http://{named}"
        if local and ours and site in (None, "same-origin", "none"):
            # There is nothing to POST to at this address: what passes the guard is told so.
            assert status == (200 if method == "GET" else 405), (host, origin, site)
            passed.append((host, origin, site))
        else:
            assert status == 403, (host, origin, site, status)
    assert len(passed) == 3 * (2 if method == "GET" else 1) * 3


@pytest.mark.parametrize("path", ["/", "/chronology", "/statements.json", "/static/room.js", "/nothing"])
@pytest.mark.parametrize("token", [None, "", "wrong", TOKEN[:-1], TOKEN + "x"])
def test_nothing_is_told_without_the_token(served: Served, path: str, token: str | None) -> None:
    host = f"127.0.0.1:{served.port}"
    assert request(served, "GET", host, None, "none", token, path) == 403
    assert request(served, "GET", host, None, "none", TOKEN, path) != 403


def test_the_entrance_gives_a_cookie_for_the_token_only(served: Served) -> None:
    headers = {"Content-Type": "application/json", "Origin": served.root, "Authorization": ""}
    status, got, page = served.ask("/enter", headers={"Authorization": ""})
    assert (status, b"Token" in page, TOKEN.encode() in page) == (200, True, False)
    assert served.ask("/enter", "POST", headers, b'{"token": "guess"}')[0] == 403
    for broken in (b"", b"[]", b"{", b'{"token": 3}', b"\xff"):
        assert served.ask("/enter", "POST", headers, broken)[0] == 403
    status, got, _ = served.ask("/enter", "POST", headers, json.dumps({"token": TOKEN}).encode())
    assert status == 200
    cookie = got["set-cookie"].lower()
    assert all(words in cookie for words in ("httponly", "samesite=strict", "path=/"))


def test_every_answer_forbids_what_is_not_ours(served: Served) -> None:
    for path, headers in (("/", {}), ("/nothing", {}), ("/static/site.css", {}), ("/", {"Host": "evil.example"})):
        _, got, _ = served.ask(path, headers=headers)
        assert got["content-security-policy"] == POLICY
        assert (got["x-content-type-options"], got["referrer-policy"]) == ("nosniff", "no-referrer")
        assert (got["cache-control"], got["cross-origin-resource-policy"]) == ("no-store", "same-origin")
        assert "access-control-allow-origin" not in got
        assert "server" not in got
    for forbidden in ("unsafe", "http:", "https:", "data:", "*"):
        assert forbidden not in POLICY


def test_a_body_must_be_json_and_short(served: Served) -> None:
    ours = {"Origin": served.root}
    assert served.ask("/enter", "POST", {**ours, "Content-Type": "text/plain"}, b"{}")[0] == 415
    assert served.ask("/enter", "POST", {**ours, "Content-Type": "application/x-www-form-urlencoded"}, b"a=b")[0] == 415
    json_type = {**ours, "Content-Type": "application/json"}
    assert served.ask("/enter", "POST", json_type, b'"' + b"x" * MOST_BYTES + b'"')[0] == 413
    assert served.ask("/?q=" + "x" * 5000)[0] == 414


def test_a_request_must_name_one_host(served: Served) -> None:
    for lines in (b"", b"Host: 127.0.0.1:%d\r\nHost: evil.example\r\n" % served.port):
        with socket.create_connection(("127.0.0.1", served.port), timeout=10) as plain:
            plain.sendall(b"GET / HTTP/1.1\r\n" + lines + b"Connection: close\r\n\r\n")
            assert plain.recv(100).startswith(b"HTTP/1.1 400")


def test_long_headers_are_refused(served: Served) -> None:
    with socket.create_connection(("127.0.0.1", served.port), timeout=10) as plain:
        plain.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nX-Long: %s" % (served.port, b"x" * 70_000))
        assert plain.recv(100).startswith((b"HTTP/1.1 400", b"HTTP/1.1 431"))


def test_slow_requests_are_cut_off_and_hold_up_nobody(served: Served) -> None:
    slow = [socket.create_connection(("127.0.0.1", served.port), timeout=30) for _ in range(50)]
    post = b"POST /enter HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nOrigin: http://127.0.0.1:%d\r\n" % (served.port, served.port)
    for number, plain in enumerate(slow):
        plain.sendall(
            b"GET / HTT" if number % 2 else post + b"Content-Type: application/json\r\nContent-Length: 9\r\n\r\n{"
        )
    began = time.monotonic()
    times = []
    while time.monotonic() - began < HEADER_SECONDS - 2:
        before = time.monotonic()
        assert served.ask("/chronology")[0] == 200
        times.append(time.monotonic() - before)
    assert sorted(times)[int(len(times) * 0.95)] < 0.5
    for plain in slow:
        assert plain.recv(100).startswith(b"HTTP/1.1 408")
        plain.close()
    assert time.monotonic() - began < HEADER_SECONDS + 3


def test_it_listens_on_loopback_only(served: Served) -> None:
    listening = listen("127.0.0.1", 0)
    assert listening.getsockname()[0] == "127.0.0.1"
    with pytest.raises(SettingsError, match="cannot be listened on"):
        listen("127.0.0.1", listening.getsockname()[1])
    listening.close()
    for everything in ("0.0.0.0", "::", ""):
        with pytest.raises(SettingsError, match="all addresses"):
            listen(everything, 0)


def test_many_readers_at_once(served: Served) -> None:
    statuses: list[int] = []

    def read() -> None:
        statuses.extend(served.ask(path)[0] for path in ("/", "/statements", "/chronology.json"))

    readers = [threading.Thread(target=read) for _ in range(12)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert statuses == [200] * 36
