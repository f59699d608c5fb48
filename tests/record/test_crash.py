"""A build that is killed loses nothing that it said was stored, and the next one ends as if nothing had happened."""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from communique.errors import RecordError
from communique.record.reader import open_record
from communique.record.rows import NOUNS, Row
from communique.record.verify import verify
from communique.record.writer import RecordWriter
from tests.record.conftest import RUN

BUILD = """
import sys
from pathlib import Path
from communique.model import Annotations, Linked, Reading
from communique.record.writer import RecordWriter
from tests.factory import cite, make_document, make_statement
from tests.record.conftest import RUN

with RecordWriter(Path(sys.argv[1]), RUN) as writer:
    print("open", flush=True)
    if len(sys.argv) > 2:
        sys.stdin.read()
    statements = []
    for number in range(150):
        document = make_document(f"Day {number}. “We wait,” Ruiz said.\\n" * 5, f"{number}.txt")
        statement = make_statement(cite(document, "We wait"), cite(document, "said"))
        statements.append(statement)
        writer.add(Reading(document, Annotations(statements=(statement,))))
        print(document.id, flush=True)
    writer.replace_linked(Linked(statements=tuple(statements)))
    print("linked", flush=True)
"""


def start(path: Path) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", BUILD, str(path)], stdout=subprocess.PIPE, text=True)


def dump(path: Path) -> dict[str, list[Row]]:
    with open_record(path) as record:
        assert verify(record).is_whole
        return {noun: record.rows(noun) for noun in NOUNS}


def test_a_killed_build_loses_nothing_and_can_go_on(tmp_path: Path) -> None:
    chance = random.Random(7)
    path = tmp_path / "story.db"
    for _ in range(6):
        process = start(path)
        assert process.stdout is not None
        lines = [process.stdout.readline()]
        time.sleep(chance.uniform(0, 0.15))
        process.send_signal(signal.SIGKILL)
        lines += process.stdout.read().splitlines()
        process.wait()
        with open_record(path) as record:
            stored = {row["id"] for row in record.documents}
            assert {line for line in lines if line.startswith("doc-")} <= stored
            assert [row for row in verify(record).findings if "interrupted" not in row.reason] == []
    assert start(path).wait() == 0
    assert start(tmp_path / "never-killed.db").wait() == 0
    assert dump(path) == dump(tmp_path / "never-killed.db")


def test_a_build_killed_while_it_starts_can_go_on(tmp_path: Path) -> None:
    path = tmp_path / "story.db"
    for delay in (0.15, 0.2, 0.25, 0.3):
        process = start(path)
        time.sleep(delay)
        process.kill()
        process.communicate()
    assert start(path).wait() == 0
    assert len(dump(path)["documents"]) == 150


@contextmanager
def anybody() -> Iterator[None]:
    """Root may write everywhere; inside, the process is somebody else."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(before)


def test_a_folder_that_cannot_be_written_can_be_read(path: Path) -> None:
    folder = Path(tempfile.mkdtemp())  # not below tmp_path, which other users may not enter
    if os.geteuid() == 0 and not all(above.stat().st_mode & 0o001 for above in folder.parents):
        folder.rmdir()
        pytest.skip("run by root with a folder for temporary files that other users may not enter")
    try:
        shutil.copy(path, folder / "story.db")
        (folder / "story.db").chmod(0o444)
        folder.chmod(0o555)
        with anybody():
            with open_record(folder / "story.db") as record:
                assert len(record.documents) == 2
                assert verify(record).is_whole
            for name in ("story.db", "new.db"):
                with pytest.raises(RecordError, match="check the permissions of the file and its folder"):
                    RecordWriter(folder / name, RUN)
        assert [file.name for file in folder.iterdir()] == ["story.db"]
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


def test_a_killed_writer_does_not_keep_the_record_locked(tmp_path: Path) -> None:
    holder = [sys.executable, "-c", BUILD, str(tmp_path / "story.db"), "and wait"]
    process = subprocess.Popen(holder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "open\n"
    rival = subprocess.run(
        [sys.executable, "-c", BUILD, str(tmp_path / "story.db")], capture_output=True, text=True, check=False
    )
    process.kill()
    process.communicate()
    assert "RecordLocked" in rival.stderr
    assert start(tmp_path / "story.db").wait(timeout=30) == 0
