"""A backup is a proved record under its own name, or the earlier one is still there."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from communique.errors import CommuniqueError, RecordError
from communique.model import problem
from communique.record.backup import DamageError, backup
from communique.record.connect import SCHEMA_VERSION, find_version
from communique.record.disk import write_aside
from communique.record.files import Noted
from communique.record.reader import open_record
from communique.record.verify import verify
from communique.record.writer import RecordWriter
from tests.factory import World
from tests.record.conftest import RUN

PROBLEM = problem("a.txt", "read", "it is empty", "fill it")


def test_a_backup_is_a_record(path: Path, tmp_path: Path) -> None:
    found = backup(path, tmp_path / "copy.db")
    assert found.is_whole
    with open_record(tmp_path / "copy.db") as copy, open_record(path) as record:
        assert copy.statements == record.statements
        assert verify(copy).counts == found.counts
    assert sorted(file.name for file in tmp_path.iterdir()) == ["copy.db", "story.db", "story.db-lock"]


def test_a_backup_while_a_build_writes_holds_what_was_stored(tmp_path: Path, world: World) -> None:
    with RecordWriter(tmp_path / "r.db", RUN) as writer:
        writer.add(world.readings[0])
        with writer.batch():
            writer.add(world.readings[1])
            found = backup(tmp_path / "r.db", tmp_path / "copy.db")
    assert (found.damage, found.is_whole) == ((), False)
    assert find_version(tmp_path / "copy.db") == SCHEMA_VERSION
    with open_record(tmp_path / "copy.db") as copy:
        assert [row["id"] for row in copy.documents] == [world.readings[0].document.id]
    with RecordWriter(tmp_path / "copy.db", RUN) as writer:  # the build goes on in the backup
        writer.add(world.readings[1])
        writer.replace_linked(world.linked)
    with open_record(tmp_path / "copy.db") as copy:
        assert verify(copy).is_whole


def test_what_does_not_hold_takes_no_earlier_backup_away(path: Path, tmp_path: Path) -> None:
    backup(path, tmp_path / "copy.db")
    before = (tmp_path / "copy.db").read_bytes()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE documents SET text = text || '!'")
    with pytest.raises(DamageError, match="no backup was made, since the record does not hold"):
        backup(path, tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_bytes() == before
    assert not (tmp_path / ".copy.db.new").exists()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("story.db", "this is the record itself"),
        ("notes.txt", "this is not a Communique record"),
        ("none/copy.db", "there is no folder"),
        ("busy.db", "a record that is being written"),
    ],
)
def test_a_backup_overwrites_nothing_but_a_backup(path: Path, tmp_path: Path, name: str, words: str) -> None:
    (tmp_path / "notes.txt").write_text("Mine, and I need them.", "utf-8")
    with RecordWriter(tmp_path / "busy.db", RUN) as writer:
        writer.add_problem(PROBLEM, Noted("a.txt"))
        with pytest.raises(RecordError, match=words):
            backup(path, tmp_path / name)
    assert (tmp_path / "notes.txt").read_text("utf-8") == "Mine, and I need them."


def test_two_do_not_write_one_file(path: Path, tmp_path: Path) -> None:
    with write_aside(tmp_path / "copy.db"), pytest.raises(CommuniqueError, match="another process is writing this"):
        backup(path, tmp_path / "copy.db")
    backup(path, tmp_path / "copy.db")


def test_what_a_killed_process_left_aside_is_cleared(path: Path, tmp_path: Path) -> None:
    (tmp_path / ".copy.db.new").write_bytes(b"half a copy")
    (tmp_path / ".copy.db.new-journal").write_bytes(b"a journal")
    assert backup(path, tmp_path / "copy.db").is_whole
    assert not list(tmp_path.glob(".copy.db*"))
