"""An older record is brought up to date whole or not at all, after a backup; a newer one is left alone."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from communique.errors import RecordError
from communique.record.connect import SCHEMA_VERSION, connect, read_pragma
from communique.record.migrations import MIGRATIONS, Migration, migrate
from communique.record.reader import open_record
from communique.record.verify import verify
from communique.record.writer import RecordWriter
from tests.record.conftest import RUN
from tests.record.test_lookups import TO_VERSION_7

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


# --- from version 6: no originals, and documents and files that do not tell where they come from

# SQLite cannot drop the last column of a table whose text has comments.
TO_VERSION_6 = f"""
{TO_VERSION_7}
DROP TABLE originals;
ALTER TABLE documents DROP COLUMN pages;
ALTER TABLE documents DROP COLUMN losses;
ALTER TABLE documents DROP COLUMN origin;
DROP INDEX files_source;
DROP INDEX files_document;
CREATE TABLE old_files (
    name TEXT NOT NULL, sha256 TEXT NOT NULL, facts TEXT NOT NULL, run TEXT NOT NULL REFERENCES runs (id),
    document TEXT REFERENCES documents (id), about JSON, problem JSON, PRIMARY KEY (name, sha256),
    CHECK ((document IS NULL) <> (problem IS NULL))
) WITHOUT ROWID;
INSERT INTO old_files SELECT name, sha256, facts, run, document, about, problem FROM files;
DROP TABLE files;
ALTER TABLE old_files RENAME TO files;
CREATE INDEX files_document ON files (document);
PRAGMA user_version = 6;
"""


def go_back(path: Path, *scripts: str) -> None:
    """Makes a record one of an older version."""
    with closing(connect(path, "rw")) as connection:
        (sql,) = connection.execute("SELECT sql FROM sqlite_schema WHERE name = 'documents'").fetchone()
        connection.execute("PRAGMA writable_schema = ON")
        plain = re.sub(r"--.*", "", sql)
        connection.execute("UPDATE sqlite_schema SET sql = ? WHERE name = 'documents'", (plain,))
    with closing(connect(path, "rw")) as connection:
        for script in scripts:
            connection.executescript(script)


def test_a_record_of_version_6_becomes_what_this_version_makes(path: Path) -> None:
    with open_record(path) as record:
        before, files = record.documents, record.files
    go_back(path, TO_VERSION_6)
    with RecordWriter(path, RUN) as writer:
        assert all(row.source == name and row.original == sha for (name, sha), row in writer.files_read().items())
        assert not writer.needs_linking()
    with open_record(path) as record:
        assert [{**row, "origin": None} for row in before] == record.documents
        assert record.files == [{**row, "source": row["name"], "original": row["sha256"]} for row in files]
        assert verify(record).is_whole


# --- from version 2: no decisions by people, nothing of what became of commitments and forecasts

TO_VERSION_2 = """
DROP TABLE reviews;
DROP TABLE relocated;
DROP TABLE decisions;
DROP INDEX problems_subject;
CREATE TABLE decisions (
    number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, noun TEXT NOT NULL,
    "row" TEXT NOT NULL, field TEXT, before JSON, after JSON, actor TEXT NOT NULL, made_at TEXT NOT NULL,
    note TEXT NOT NULL, undoes TEXT REFERENCES decisions (id), previous TEXT NOT NULL, hash TEXT NOT NULL
);
CREATE TRIGGER decisions_stay BEFORE DELETE ON decisions BEGIN SELECT RAISE(ABORT, 'only appended'); END;
ALTER TABLE documents DROP COLUMN settled;
DROP INDEX commitments_engagement;
ALTER TABLE commitments DROP COLUMN engagement;
ALTER TABLE commitments DROP COLUMN terms;
ALTER TABLE commitments DROP COLUMN candidates;
ALTER TABLE commitments DROP COLUMN status_reason;
ALTER TABLE forecasts DROP COLUMN strength;
ALTER TABLE forecasts DROP COLUMN terms;
ALTER TABLE forecasts DROP COLUMN candidates;
ALTER TABLE forecasts DROP COLUMN resolution_reason;
DROP TABLE issues;
DROP INDEX silences_engagement;
DROP TABLE silences;
ALTER TABLE agenda DROP COLUMN wording;
ALTER TABLE measures DROP COLUMN cause;
ALTER TABLE measures DROP COLUMN same_as;
PRAGMA user_version = 2;
"""


def list_schema(path: Path) -> list[tuple[str, ...]]:
    """Columns of all tables, and the names of everything else. Migrations leave defaults, which no writer relies on."""
    with closing(connect(path, "ro")) as connection:
        named = connection.execute("SELECT type, name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'").fetchall()
        tables = [name for kind, name in named if kind == "table"]
        return sorted(
            named + [(t, *map(str, info[:4])) for t in tables for info in connection.execute(f"PRAGMA table_info({t})")]
        )


def test_a_record_of_version_2_becomes_what_this_version_makes(path: Path) -> None:
    before = list_schema(path)
    with open_record(path) as record:
        documents = record.documents
    go_back(path, TO_VERSION_6, TO_VERSION_2)
    assert list_schema(path) != before
    with RecordWriter(path, RUN) as writer:
        assert writer.decisions() == []
        assert not writer.needs_linking()
    assert list_schema(path) == before
    with open_record(path) as record:
        assert record.documents == [{**row, "origin": None} for row in documents]
        assert verify(record).is_whole


# --- from version 1: engagements without ``registered``, and no registers

TO_VERSION_1 = f"""
{TO_VERSION_2}
DROP TABLE registers;
DROP INDEX engagements_starts_on;
DROP INDEX engagements_parent;
ALTER TABLE engagements DROP COLUMN registered;
CREATE INDEX engagements_starts_on ON engagements (starts_on);
CREATE INDEX engagements_parent ON engagements (parent);
PRAGMA user_version = 1;
"""


def test_a_record_of_version_1_becomes_what_this_version_makes(path: Path) -> None:
    with open_record(path) as record:
        before, columns = record.engagements, record.columns("engagements")
    go_back(path, TO_VERSION_6, TO_VERSION_1)
    with pytest.raises(RecordError, match=r"made by an older version; communique build brings it up to date"):
        open_record(path)
    with RecordWriter(path, RUN) as writer:
        assert writer.registers() == []
        assert not writer.needs_linking()
    with open_record(path) as record:
        assert (record.engagements, record.columns("engagements")) == (before, columns)
        assert verify(record).is_whole
