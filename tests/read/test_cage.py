"""The cage holds: whatever a parser does, it costs one file, in time, and the reason is told.

The attacks are those of `attacks`. Those that the seccomp filter alone contains need Linux on x86-64 or arm64.
"""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from communique.read.cage import Cage, explain_false_document
from communique.read.caged import HEAD
from communique.read.items import Item
from communique.read.sandbox import Limits, find_wall, make_filter
from tests.factory import make_document
from tests.read.attacks import TEXT

LIMITS = Limits(memory=300_000_000, cpu_s=20, wall_s=1.5, file_s=5, line=3_000_000, answers=20_000_000)
needs_filter = pytest.mark.skipif(find_wall() != "seccomp", reason="no seccomp filter on this system")


@pytest.fixture(scope="module")
def cage() -> Iterator[Cage]:
    with Cage(LIMITS, "tests.read.attacks:attack") as cage:
        assert is_whole(list(cage.read(b"good", "first.txt")))
        yield cage


def is_whole(items: list[Item]) -> bool:
    return [item.document.text if item.document else item.reason for item in items] == [TEXT]


def find_processes() -> set[str]:
    """The processes of this system; empty where there is no list of them."""
    proc = Path("/proc")
    return {path.name for path in proc.iterdir() if path.name.isdigit()} if proc.is_dir() else set()


CONTAINED = {
    "loop": "took longer than 1.5 s",
    "allocate": "needs more than 300 MB of memory",
    "abort": "the parser was ended by SIG",
    "crash": "the parser was ended by SIGSEGV",
    "fork": "cannot be read (PermissionError)",
    "fill_disk": "cannot be read (PermissionError)",
    "ignore_signals": "took longer than 1.5 s",
    "connect": "cannot be read (PermissionError)",
    "flood_answers": "the parser gave ",
    "run_program": "cannot be read (PermissionError)",
    "read_file": "cannot be read (PermissionError)",
    "leave": "nothing came of it",
    "lie": "the parser answered for another file",
}


@needs_filter
@pytest.mark.parametrize("name", CONTAINED)
def test_an_attack_costs_one_file(cage: Cage, name: str, tmp_path: Path) -> None:
    before, began = find_processes(), time.monotonic()
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        use = str(server.getsockname()[1]) if name == "connect" else str(tmp_path / "written")
        items = list(cage.read(f"{name} {use}".encode(), "attack.txt"))
        with pytest.raises(TimeoutError):
            server.accept()
    assert time.monotonic() - began < 10
    assert [item.document for item in items] == [None]
    assert CONTAINED[name] in items[0].reason
    assert items[0].reason.startswith("attack.txt")
    assert items[0].next_step
    assert not list(tmp_path.iterdir())
    assert is_whole(list(cage.read(b"good", "next.txt")))
    assert len(find_processes() - before) < 20, "children are left"


@needs_filter
@pytest.mark.parametrize(
    "name", ["fork_twice", "fill_disk_by_library", "flood_output", "connect_by_library", "kill_parent"]
)
def test_an_attack_by_system_calls_comes_to_nothing(cage: Cage, name: str, tmp_path: Path) -> None:
    """These go on after the attack: what is forbidden only fails."""
    items = list(cage.read(f"{name} {tmp_path / 'written'}".encode(), "attack.txt"))
    assert all(item.name == "attack.txt" for item in items)
    assert is_whole(items) or name == "fill_disk_by_library", "it wrote into the answers, which are none then"
    assert not list(tmp_path.iterdir())
    assert is_whole(list(cage.read(b"good", "next.txt")))


def test_what_was_answered_before_the_end_stays(cage: Cage) -> None:
    late = list(cage.read(b"late", "a.txt"))
    assert [item.document is not None for item in late] == [False]
    items = list(cage.read(b"good", "a.txt"))
    assert is_whole(items)


def test_whoever_goes_away_early_does_not_disturb_the_next(cage: Cage) -> None:
    answers = cage.read(b"good", "a.txt")
    assert next(answers).name == "a.txt"
    answers.close()  # type: ignore[attr-defined]
    assert is_whole(list(cage.read(b"good", "b.txt")))


def test_a_reader_that_was_ended_leaves_no_word_behind(capfd: pytest.CaptureFixture[str]) -> None:
    with Cage() as own:
        connection = own._start()
        answers, pipe = os.pipe()
        socket.send_fds(connection, [HEAD.pack(5, 100)], [pipe])
        connection.sendall(b"a.txt" + b"half of it")
        connection.close()
        assert own._process is not None
        assert own._process.wait(timeout=60) == 0
    os.close(answers)
    os.close(pipe)
    assert capfd.readouterr().err == ""


def test_a_process_that_is_gone_is_started_again(cage: Cage) -> None:
    assert cage._process is not None
    os.kill(cage._process.pid, 9)
    cage._process.wait()
    assert is_whole(list(cage.read(b"good", "b.txt")))


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_a_filter_fits_into_the_kernel(machine: str) -> None:
    program = make_filter(machine)
    assert len(program) % 8 == 0
    assert len(program) // 8 < 4096


def test_documents_that_do_not_hold_do_not_pass() -> None:
    document = make_document("Talks\n\nThey met in Lisbon.", "a.txt")
    assert not explain_false_document(document, "a.txt")
    assert explain_false_document(document, "b.txt")
    assert explain_false_document(replace(document, text="They did not meet."), "a.txt")
    assert explain_false_document(replace(document, parts=document.parts[::-1]), "a.txt")
