"""Parsers that attack the process they run in. The caged process of `test_cage` runs them in the place of the readers.

Each gets what it needs out of the bytes it is given: the name of the attack, and after a blank what it is to use.
"""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import time
from collections.abc import Callable, Iterator

from communique.model import Document, content_id
from communique.read.items import Item

LIBRARY = ctypes.CDLL(None, use_errno=True)
TEXT = "The ministers met in Lisbon."


def attack(content: bytes, name: str) -> Iterator[Item]:
    """Does what the content says; then, should it get so far, gives one document."""
    word, _, use = content.decode("utf-8", "replace").partition(" ")
    if word in ATTACKS:
        ATTACKS[word](use)
    if word in ATTACKS or word == "good":
        yield Item(name, "", Document(content_id("doc", TEXT), name, "", TEXT))
    if word == "late":
        loop("")


def loop(use: str) -> None:
    while True:
        pass


def allocate(use: str) -> None:
    held = []
    while True:
        held.append(bytearray(50_000_000))


def abort(use: str) -> None:
    os.abort()


def crash(use: str) -> None:
    ctypes.string_at(0)


def fork(use: str) -> None:
    for _ in range(64):
        if os.fork() == 0:
            time.sleep(600)


def fork_twice(use: str) -> None:
    """Leaves the group and the session, so that neither death of the parent nor of the group ends it."""
    if LIBRARY.fork() == 0:
        LIBRARY.setsid()
        if LIBRARY.fork() == 0:
            time.sleep(600)


def fill_disk(use: str) -> None:
    with open(use, "wb") as opened:
        while True:
            opened.write(bytes(1_000_000))


def fill_disk_by_library(use: str) -> None:
    """As a parser that was taken over would: by system calls, and files that are open already."""
    handle = LIBRARY.open(use.encode(), os.O_CREAT | os.O_WRONLY, 0o600)
    for descriptor in (handle, *range(3, 64)):
        LIBRARY.write(descriptor, b"x" * 1_000_000, 1_000_000)


def flood_output(use: str) -> None:
    for _ in range(1_000):
        os.write(1, bytes(1_000_000))


def flood_answers(use: str) -> None:
    while True:
        for descriptor in range(3, 64):
            LIBRARY.write(descriptor, b"x" * 1_000_000, 1_000_000)


def ignore_signals(use: str) -> None:
    for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
        signal.signal(number, signal.SIG_IGN)
    time.sleep(600)


def connect(use: str) -> None:
    with socket.socket() as connection:
        connection.connect(("127.0.0.1", int(use)))


def connect_by_library(use: str) -> None:
    assert LIBRARY.socket(socket.AF_INET, socket.SOCK_STREAM, 0) < 0


def kill_parent(use: str) -> None:
    LIBRARY.kill(os.getppid(), signal.SIGKILL)
    LIBRARY.kill(-1, signal.SIGKILL)


def run_program(use: str) -> None:
    os.execv("/bin/touch", ["touch", use])


def read_file(use: str) -> None:
    with open("/etc/hostname", "rb") as opened:
        raise AssertionError(opened.read())


def leave(use: str) -> None:
    os._exit(0)


def lie(use: str) -> None:
    """Answers in the name of another file."""
    descriptors = [number for number in range(3, 64) if LIBRARY.fcntl(number, 1) >= 0]
    for descriptor in descriptors:
        os.write(descriptor, b'{"name": "another.txt", "sha256": ""}\n')
    time.sleep(600)


ATTACKS: dict[str, Callable[[str], None]] = {
    function.__name__: function
    for function in (
        loop, allocate, abort, crash, fork, fork_twice, fill_disk, fill_disk_by_library, flood_output, flood_answers,
        ignore_signals, connect, connect_by_library, kill_parent, run_program, read_file, leave, lie,
    )
}  # fmt: skip
