"""Fetching: what is refused before any connection, and what comes of an answer. No test leaves the loopback."""

from __future__ import annotations

import http.server
import socket
import threading
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from communique import fetch as module
from communique.errors import ReadError
from communique.fetch import check_url, choose_address, fetch, is_public, make_name

REFUSED = (
    "http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://0x7f.1/",
    "http://2130706433/", "http://0.0.0.0/", "http://169.254.169.254/", "http://[64:ff9b::169.254.169.254]/",
    "http://10.0.0.1/", "http://100.64.0.1/", "http://224.0.0.1/", "http://user@news.example/", "file:///etc/hostname",
    "http://news.example:9/", "http://news.example\\@127.0.0.1/", "ftp://news.example/", "gopher://127.0.0.1:70/_x",
    "data:text/html,x", "jar:file:///x!/", "http://①②⑦.0.0.1/", "http:///x", "http://[fe80::1]/", "http://[2002:7f00:1::]/",
    "javascript:alert(1)", "", "http://news.example/a b",
)  # fmt: skip


@pytest.mark.parametrize("url", REFUSED)
def test_what_is_not_public_is_refused_before_a_socket_is_opened(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def connect(*_: object, **__: object) -> None:
        raise AssertionError("a connection")

    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(ReadError):
        fetch(url)


def test_every_address_of_a_host_must_be_public() -> None:
    parts = check_url("https://news.example/a")
    assert choose_address(parts, lambda host, port: ["93.184.215.14", "2606:2800::1"]) == "93.184.215.14"
    with pytest.raises(ReadError, match=r"10\.0\.0\.1 is no public address"):
        choose_address(parts, lambda host, port: ["93.184.215.14", "10.0.0.1"])


@pytest.mark.parametrize("address", ["8.8.8.8", "2a00:1450:4001:80b::200e"])
def test_public_addresses_pass(address: str) -> None:
    assert is_public(address)


def test_an_address_becomes_a_name_of_a_file() -> None:
    assert make_name(urlsplit("https://news.example/talks/"), ".html") == "news.example/talks.html"
    assert make_name(urlsplit("https://news.example/../../x?q=1&r=é"), ".txt") == "news.example/x_q=1&r=_.txt"
    assert make_name(urlsplit("https://news.example/a.PDF"), ".pdf") == "news.example/a.PDF"


# --- a server on the loopback, which passes for a public one


class Answers(http.server.BaseHTTPRequestHandler):
    """Answers by the path that is asked for."""

    def do_GET(self) -> None:
        status, headers, body = {
            "/page": (200, {"Content-Type": "text/html; charset=utf-8"}, b"<html><p>They met.</p></html>"),
            "/away": (302, {"Location": "http://other.example/"}, b""),
            "/inside": (302, {"Location": "http://127.0.0.1/"}, b""),
            "/here": (302, {"Location": "/page"}, b""),
            "/round": (302, {"Location": "/round"}, b""),
            "/large": (200, {"Content-Length": "30000000"}, b""),
            "/cut": (200, {"Content-Length": "100"}, b"They met"),
        }.get(self.path, (404, {}, b""))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers) as served:
        threading.Thread(target=served.serve_forever, daemon=True).start()
        monkeypatch.setattr(module, "_PORTS", {"http": served.server_port})
        monkeypatch.setattr(module, "is_public", lambda address: True)
        monkeypatch.setattr(module, "_resolve", lambda host, port: ["127.0.0.1"])
        yield f"http://news.example:{served.server_port}"
        served.shutdown()


def test_a_page_is_fetched(server: str) -> None:
    found = fetch(f"{server}/page#part")
    assert found == ("news.example/page.html", f"{server}/page", b"<html><p>They met.</p></html>")
    assert fetch(f"{server}/here").url == f"{server}/page"


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/away", "leads to another host"),
        ("/inside", "leads to another host|port|no public"),
        ("/round", "answered 302"),
        ("/large", "larger than 20 MB"),
        ("/cut", "cut off|cannot be fetched"),
        ("/none", "answered 404"),
    ],
)
def test_what_is_no_whole_answer_of_this_host_is_refused(server: str, path: str, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        fetch(f"{server}{path}")


def test_a_slow_server_is_given_up(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_S", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        monkeypatch.setattr(module, "_PORTS", {"http": silent.getsockname()[1]})
        with pytest.raises(ReadError, match="took too long"):
            fetch(f"http://news.example:{silent.getsockname()[1]}/")
