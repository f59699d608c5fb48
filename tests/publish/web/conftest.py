"""A reading room on a loopback port, over the record of the story."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from communique.publish.web.guard import Door, make_door
from communique.publish.web.run import LOCAL, listen, make_server
from communique.record.writer import RecordWriter, Run
from tests.factory import make_world

TOKEN = "t0ken-" + "x" * 37


@dataclass(frozen=True, slots=True)
class Served:
    """A server that runs in this process."""

    record: Path
    port: int
    door: Door

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(
        self, path: str, method: str = "GET", headers: dict[str, str] | None = None, body: bytes | None = None
    ) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body of a request that bears the token."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(method, path, body, {"Authorization": f"Bearer {TOKEN}", **(headers or {})})
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        finally:
            connection.close()


@contextmanager
def serving(record: Path, title: str = "Story", **site: Any) -> Iterator[Served]:
    """Serves a record until the block ends."""
    listening = listen("127.0.0.1", 0)
    port = int(listening.getsockname()[1])
    door = make_door(LOCAL, port, TOKEN)
    server = make_server(record, door, {"title": title, **site})
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    deadline = time.monotonic() + 10
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.01)
    assert server.started
    try:
        yield Served(record, port, door)
    finally:
        server.should_exit = True
        thread.join(timeout=10)


def write_story(path: Path) -> Path:
    """The record of the story of `tests.factory`."""
    world = make_world()
    with RecordWriter(path, Run("0.1", "fake 1.0", "tables")) as writer:
        for reading in world.readings:
            writer.add(reading)
        writer.replace_linked(world.linked)
    return path


@pytest.fixture(scope="package")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(write_story(tmp_path_factory.mktemp("room") / "story.db")) as room:
        yield room
