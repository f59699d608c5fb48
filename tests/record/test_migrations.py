"""An older record is brought up to date whole or not at all, after a backup; a newer one is left alone."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from communique.errors import RecordError
from communique.record.connect import SCHEMA_VERSION, connect, find_version, read_pragma
from communique.record.migrations import MIGRATIONS, Migration, backup, migrate
from communique.record.reader import open_record
from communique.record.verify import verify
from communique.record.writer import RecordWriter
from tests.record.conftest import RUN

NEXT = Migration(SCHEMA_VERSION + 1, "a test", "ALTER TABLE statements ADD COLUMN tone TEXT; CREATE TABLE extra (x);")
BROKEN = Migration(SCHEMA_VERSION + 2, "a broken test", "CREATE TABLE more (x); CREATE TABLE statements (x);")


def columns_of(connection: sqlite3.Connection, table: str) -> set[str]:
    return {info[1] for info in connection.execute(f"PRAGMA table_info({table})")}


def test_the_steps_lead_to_this_version_without_gaps() -> None:
    assert [step.number for step in MIGRATIONS] == list(range(2, SCHEMA_VERSION + 1))


def test_a_step_is_taken_once_after_a_backup(path: Path) -> None:
    with closing(connect(path, "rw")) as connection:
        kept = migrate(connection, path, [NEXT], NEXT.number)
        assert "tone" in columns_of(connection, "statements")
        assert read_pragma(connection, "user_version") == NEXT.number
        assert migrate(connection, path, [NEXT], NEXT.number) is None
    assert kept == path.with_name(f"story.db.v{SCHEMA_VERSION}-backup")
    with open_record(kept) as record:
        assert verify(record).is_whole


def test_a_step_that_fails_leaves_the_record_as_the_step_before_it(path: Path) -> None:
    with closing(connect(path, "rw")) as connection:
        with pytest.raises(RecordError, match=rf"could not go to schema {BROKEN.number} \(a broken test\).*backup"):
            migrate(connection, path, [NEXT, BROKEN], BROKEN.number)
        assert read_pragma(connection, "user_version") == NEXT.number
        assert columns_of(connection, "more") == set()
        assert not connection.in_transaction


def test_there_must_be_a_way(path: Path) -> None:
    words = f"no way from schema {SCHEMA_VERSION} to {BROKEN.number}"
    with closing(connect(path, "rw")) as connection, pytest.raises(RecordError, match=words):
        migrate(connection, path, [BROKEN], BROKEN.number)


def test_a_newer_record_is_refused_and_not_touched(path: Path) -> None:
    with closing(connect(path, "rw")) as connection:
        migrate(connection, path, [NEXT], NEXT.number)
    before = path.read_bytes()
    words = rf"made by a newer version \(schema {NEXT.number}, this program knows {SCHEMA_VERSION}\)"
    for opener in (open_record, lambda path: RecordWriter(path, RUN)):
        with pytest.raises(RecordError, match=words):
            opener(path)
    assert path.read_bytes() == before
    assert not path.with_name("story.db-wal").exists()


def test_a_backup_can_be_made_while_writing(path: Path, tmp_path: Path) -> None:
    with RecordWriter(path, RUN), closing(connect(path, "ro")) as connection:
        backup(connection, tmp_path / "copy.db")
    with open_record(tmp_path / "copy.db") as copy, open_record(path) as record:
        assert copy.statements == record.statements
        assert verify(copy).is_whole
    assert find_version(tmp_path / "copy.db") == SCHEMA_VERSION


# --- from version 1: engagements without ``registered``, and no registers

# What version 3 has more than version 2: orders for choosing rows, all of them derived.
TO_VERSION_2 = """
DROP TABLE document_order;
DROP TABLE statement_order;
DROP TABLE chronology;
DROP TABLE named;
DROP INDEX agenda_issue;
DROP INDEX agenda_document;
DROP INDEX commitments_document;
DROP INDEX forecasts_document;
DROP INDEX measures_document;
DROP INDEX comparisons_relation;
DROP INDEX entities_kind;
DROP INDEX problems_subject;
PRAGMA user_version = 2;
"""

TO_VERSION_1 = (
    TO_VERSION_2
    + """
DROP TABLE registers;
DROP INDEX engagements_starts_on;
DROP INDEX engagements_parent;
ALTER TABLE engagements DROP COLUMN registered;
CREATE INDEX engagements_starts_on ON engagements (starts_on);
CREATE INDEX engagements_parent ON engagements (parent);
PRAGMA user_version = 1;
"""
)


def schema_of(path: Path) -> list[tuple[str, str]]:
    """Tables and indexes with the words that made them, less blanks, comments and quotation marks."""
    with closing(connect(path, "ro")) as connection:
        found = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name").fetchall()
    return [(name, re.sub(r"--.*|[\s\"]", "", sql)) for name, sql in found]


def test_a_record_of_version_2_gets_the_orders_that_this_version_makes(path: Path, tmp_path: Path) -> None:
    tables = ("document_order", "statement_order", "chronology", "named", "statement_words")
    with open_record(path) as record:
        before = {table: record.query(f"SELECT * FROM {table} ORDER BY 1, 2, 3") for table in tables[:4]}
        words = record.query("SELECT rowid, words, statement FROM statement_words ORDER BY rowid")
    assert all(before.values())
    made = schema_of(path)
    with closing(connect(path, "rw")) as connection:
        connection.executescript(TO_VERSION_2)
    with RecordWriter(path, RUN) as writer:
        assert not writer.needs_linking()
    with open_record(path) as record:
        assert before == {table: record.query(f"SELECT * FROM {table} ORDER BY 1, 2, 3") for table in tables[:4]}
        assert words == record.query("SELECT rowid, words, statement FROM statement_words ORDER BY rowid")
        assert verify(record).is_whole
    assert schema_of(path) == made


def test_a_record_of_version_1_becomes_what_this_version_makes(path: Path) -> None:
    with open_record(path) as record:
        before, columns = record.engagements, record.columns("engagements")
    with closing(connect(path, "rw")) as connection:
        connection.executescript(TO_VERSION_1)
    with pytest.raises(RecordError, match=r"made by an older version; communique build brings it up to date"):
        open_record(path)
    with RecordWriter(path, RUN) as writer:
        assert writer.registers() == []
        assert not writer.needs_linking()
    with open_record(path) as record:
        assert (record.engagements, record.columns("engagements")) == (before, columns)
        assert verify(record).is_whole
