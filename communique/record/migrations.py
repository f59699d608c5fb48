"""The record's schema through its versions.

The version is ``PRAGMA user_version``. A new record is made aside, with the whole schema, and then takes its name, so
that a kill leaves no half-made record. An older one is brought up to date by numbered steps, each in one transaction
that also sets the version: killed at any point, the next run goes on where this one stopped. A backup is made first.

A new version adds a `Migration` here, raises `connect.SCHEMA_VERSION`, and changes schema.sql to the same shape.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from communique.errors import RecordError
from communique.record.connect import APPLICATION_ID, SCHEMA_VERSION, connect, explain_errors, read_pragma
from communique.record.copying import copy_database
from communique.record.disk import BESIDE, sync_folder, write_aside
from communique.record.lookups import FILL, FILL_9


@dataclass(frozen=True, slots=True)
class Migration:
    """One step: statements that bring a record from version ``number - 1`` to ``number``."""

    number: int
    reason: str
    statements: str


# Columns stand in the order of schema.sql, which is the order in which rows are exported: a table that gets one in the
# middle is made anew.
_REGISTERS = """
CREATE TABLE registers (id TEXT PRIMARY KEY, name TEXT NOT NULL, rows JSON NOT NULL) WITHOUT ROWID;
DROP INDEX engagements_starts_on;
DROP INDEX engagements_parent;
ALTER TABLE engagements RENAME TO old_engagements;
CREATE TABLE engagements (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, title TEXT NOT NULL, status TEXT NOT NULL, parent TEXT, date JSON,
    place JSON, participants JSON NOT NULL, plover JSON NOT NULL, evidence JSON NOT NULL, accounts JSON NOT NULL,
    reasons JSON NOT NULL, registered JSON, starts_on TEXT, ends_on TEXT
);
INSERT INTO engagements SELECT
    id, kind, title, status, parent, date, place, participants, plover, evidence, accounts, reasons, NULL, starts_on,
    ends_on
FROM old_engagements;
DROP TABLE old_engagements;
CREATE INDEX engagements_starts_on ON engagements (starts_on);
CREATE INDEX engagements_parent ON engagements (parent);
"""

# No version before this one wrote a decision.
_DECISIONS = """
DROP TABLE decisions;
CREATE TABLE decisions (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, action TEXT NOT NULL, noun TEXT NOT NULL,
    subject TEXT NOT NULL, before JSON NOT NULL, after JSON NOT NULL, anchors JSON NOT NULL, who TEXT NOT NULL,
    decided_at TEXT NOT NULL, why TEXT NOT NULL, undoes TEXT REFERENCES decisions (id), previous TEXT NOT NULL,
    hash TEXT NOT NULL
);
CREATE INDEX decisions_subject ON decisions (subject);
CREATE INDEX decisions_action ON decisions (action);
CREATE INDEX problems_subject ON problems (subject);
CREATE TRIGGER decisions_stay_as_they_are BEFORE UPDATE ON decisions
BEGIN SELECT RAISE(ABORT, 'decisions are only appended; record another one that undoes it'); END;
CREATE TRIGGER decisions_stay BEFORE DELETE ON decisions
BEGIN SELECT RAISE(ABORT, 'decisions are only appended; record another one that undoes it'); END;
CREATE TABLE reviews (
    noun TEXT NOT NULL, "row" TEXT NOT NULL, state TEXT NOT NULL,
    decision TEXT NOT NULL REFERENCES decisions (id), machine JSON, PRIMARY KEY (noun, "row")
) WITHOUT ROWID;
CREATE INDEX reviews_state ON reviews (noun, state);
CREATE TABLE relocated (subject TEXT PRIMARY KEY, "row" TEXT NOT NULL) WITHOUT ROWID;
ALTER TABLE documents ADD COLUMN settled JSON;
"""

# Added at the end, as in schema.sql; a build by this version annotates and links anew what an older one did.
_OUTCOMES = """
ALTER TABLE commitments ADD COLUMN engagement TEXT;
ALTER TABLE commitments ADD COLUMN terms JSON NOT NULL DEFAULT '[]';
ALTER TABLE commitments ADD COLUMN candidates JSON NOT NULL DEFAULT '[]';
ALTER TABLE commitments ADD COLUMN status_reason TEXT NOT NULL DEFAULT '';
CREATE INDEX commitments_engagement ON commitments (engagement);
ALTER TABLE forecasts ADD COLUMN strength TEXT NOT NULL DEFAULT 'expected';
ALTER TABLE forecasts ADD COLUMN terms JSON NOT NULL DEFAULT '[]';
ALTER TABLE forecasts ADD COLUMN candidates JSON NOT NULL DEFAULT '[]';
ALTER TABLE forecasts ADD COLUMN resolution_reason TEXT NOT NULL DEFAULT '';
"""

_SILENCES = """
CREATE TABLE issues (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, names JSON NOT NULL, broader JSON NOT NULL, evidence JSON NOT NULL,
    reasons JSON NOT NULL
);
ALTER TABLE agenda ADD COLUMN wording JSON;
CREATE TABLE silences (
    id TEXT PRIMARY KEY, document TEXT NOT NULL REFERENCES documents (id), kind TEXT NOT NULL, what TEXT NOT NULL,
    who JSON, engagement TEXT, voice JSON NOT NULL, evidence JSON NOT NULL, of TEXT, reports JSON NOT NULL
);
CREATE INDEX silences_engagement ON silences (engagement);
"""

_SAME_MEASURES = """
ALTER TABLE measures ADD COLUMN cause JSON;
ALTER TABLE measures ADD COLUMN same_as TEXT;
"""

# What was read before has no original and no way; it gets them when it is read again.
_ORIGINALS = """
CREATE TABLE originals (sha256 TEXT PRIMARY KEY, n_bytes INTEGER NOT NULL, packed BLOB NOT NULL);
ALTER TABLE documents ADD COLUMN pages JSON NOT NULL DEFAULT '[]';
ALTER TABLE documents ADD COLUMN losses JSON NOT NULL DEFAULT '[]';
ALTER TABLE documents ADD COLUMN origin JSON;
DROP INDEX files_document;
ALTER TABLE files RENAME TO old_files;
CREATE TABLE files (
    name TEXT NOT NULL, sha256 TEXT NOT NULL, facts TEXT NOT NULL, run TEXT NOT NULL REFERENCES runs (id),
    document TEXT REFERENCES documents (id), about JSON, problem JSON, source TEXT NOT NULL, original TEXT NOT NULL,
    contents JSON, PRIMARY KEY (name, sha256),
    CHECK ((document IS NULL) <> (problem IS NULL) OR contents IS NOT NULL)
) WITHOUT ROWID;
INSERT INTO files SELECT name, sha256, facts, run, document, about, problem, name, sha256, NULL FROM old_files;
DROP TABLE old_files;
CREATE INDEX files_source ON files (source);
CREATE INDEX files_document ON files (document);
"""

_LOOKUPS = """
CREATE TABLE document_order (number INTEGER PRIMARY KEY, document TEXT NOT NULL UNIQUE, publisher TEXT, day TEXT);
CREATE INDEX document_order_publisher ON document_order (publisher, number);
CREATE INDEX document_order_day ON document_order (day);
CREATE TABLE statement_order (number INTEGER PRIMARY KEY, statement TEXT NOT NULL UNIQUE, document INTEGER NOT NULL,
    speaker TEXT, name TEXT, kind TEXT, form TEXT NOT NULL, part TEXT NOT NULL, polarity TEXT NOT NULL, relayed
    INTEGER NOT NULL, engagement TEXT);
CREATE INDEX statement_order_document ON statement_order (document);
CREATE INDEX statement_order_speaker ON statement_order (speaker, number);
CREATE INDEX statement_order_name ON statement_order (name, number);
CREATE INDEX statement_order_engagement ON statement_order (engagement, number);
CREATE TABLE chronology (sort TEXT PRIMARY KEY, noun TEXT NOT NULL, "row" TEXT NOT NULL, day TEXT, last TEXT, kind
    TEXT NOT NULL, status TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX chronology_row ON chronology ("row", noun);
CREATE INDEX chronology_kind ON chronology (kind);
CREATE INDEX chronology_status ON chronology (status);
CREATE TABLE named (noun TEXT NOT NULL, role TEXT NOT NULL, entity TEXT NOT NULL, "row" TEXT NOT NULL, PRIMARY KEY
    (noun, role, entity, "row")) WITHOUT ROWID;
CREATE INDEX named_entity ON named (entity, noun, role);
CREATE INDEX named_row ON named (noun, "row");
CREATE INDEX agenda_issue ON agenda (issue);
CREATE INDEX agenda_document ON agenda (document);
CREATE INDEX commitments_document ON commitments (document);
CREATE INDEX forecasts_document ON forecasts (document);
CREATE INDEX measures_document ON measures (document);
CREATE INDEX comparisons_relation ON comparisons (relation);
CREATE INDEX entities_kind ON entities (kind, name);
"""

_NARROWING = """
CREATE TABLE statement_issues (issue TEXT NOT NULL, number INTEGER NOT NULL, agenda TEXT NOT NULL, PRIMARY KEY
    (issue, number, agenda)) WITHOUT ROWID;
CREATE INDEX statement_issues_number ON statement_issues (number);
CREATE INDEX statement_issues_agenda ON statement_issues (agenda);
CREATE TABLE tallies (noun TEXT PRIMARY KEY, rows INTEGER NOT NULL) WITHOUT ROWID;
ALTER TABLE commitments ADD COLUMN due_from TEXT;
ALTER TABLE commitments ADD COLUMN due_to TEXT;
UPDATE commitments SET due_from = json_extract(due, '$.start'), due_to = json_extract(due, '$.end');
DROP INDEX document_order_publisher;
DROP INDEX forecasts_document;
DROP INDEX comparisons_relation;
DROP INDEX agenda_issue;
DROP INDEX chronology_row;
CREATE INDEX chronology_row ON chronology ("row", noun, kind, status);
CREATE INDEX agenda_issue ON agenda (issue, id, phase, engagement);
CREATE INDEX document_order_publisher ON document_order (publisher, number, day);
CREATE INDEX commitments_due ON commitments (coalesce(due_from, due_to, '9999-12-31'), id, status);
CREATE INDEX commitments_status ON commitments (status, id);
CREATE INDEX forecasts_document ON forecasts (document, id, resolution, engagement);
CREATE INDEX comparisons_relation ON comparisons (relation, about, id);
CREATE INDEX comparisons_grave ON comparisons (
    CASE relation WHEN 'contradicts' THEN 0 WHEN 'different scope' THEN 1 WHEN 'broader' THEN 2 ELSE 3 END,
    about, id, relation, property
);
CREATE INDEX silences_kind ON silences (kind, document, id);
"""

MIGRATIONS: tuple[Migration, ...] = (  # 1: the first schema
    Migration(2, "registers that narrow dates", _REGISTERS),
    Migration(3, "decisions", _DECISIONS),
    Migration(4, "what became of commitments and forecasts", _OUTCOMES),
    Migration(5, "issues under one name, and silences", _SILENCES),
    Migration(6, "measures told by several reports", _SAME_MEASURES),
    Migration(7, "originals, pages, and what was lost in reading", _ORIGINALS),
    Migration(8, "orders for choosing rows", _LOOKUPS + FILL),
    Migration(9, "statements on issues, and counts of rows", _NARROWING + FILL_9),
)


def create(path: Path) -> None:
    """Makes an empty record at a path where nothing is, or an empty file.

    Raises:
        RecordError: The folder does not exist, cannot be written, or the disk is full.
    """
    schema = (files(__package__) / "schema.sql").read_text("utf-8")
    try:
        with write_aside(path) as aside:
            with explain_errors(path), closing(connect(aside, "rw")) as connection:
                _apply(connection, f"PRAGMA application_id = {APPLICATION_ID};\n{schema}", SCHEMA_VERSION)
            # The log of a record that was deleted would be replayed into this one (howtocorrupt.html, section 1.4).
            for suffix in BESIDE:
                path.with_name(path.name + suffix).unlink(missing_ok=True)
            aside.replace(path)
            sync_folder(path.parent)
    except OSError as error:
        raise RecordError(f"{path}: the record cannot be made ({error.strerror})", "check the folder") from error


def migrate(
    connection: sqlite3.Connection, path: Path, steps: Sequence[Migration] = MIGRATIONS, target: int = SCHEMA_VERSION
) -> Path | None:
    """Brings an open record up to date.

    Args:
        connection: To the record, for writing, outside a transaction.
        path: Of the record; the backup stands beside it.
        steps: Numbered without gaps.
        target: The version to reach.

    Returns:
        The backup that was made, None when there was nothing to do.

    Raises:
        RecordError: There is no way to the target, or a step failed; the record is as it was before that step.
    """
    version = read_pragma(connection, "user_version")
    if version == target:
        return None
    wanted = [step for step in sorted(steps, key=lambda step: step.number) if version < step.number <= target]
    if version > target or [step.number for step in wanted] != list(range(version + 1, target + 1)):
        raise RecordError(f"{path}: no way from schema {version} to {target}", "update communique")
    backup_path = path.with_name(f"{path.name}.v{version}-backup")
    copy_database(connection, backup_path)
    for step in wanted:
        try:
            _apply(connection, step.statements, step.number)
        except sqlite3.Error as error:
            raise RecordError(
                f"{path}: could not go to schema {step.number} ({step.reason}): {error}",
                f"the record is unchanged, a backup is in {backup_path}",
            ) from error
    # The version must be in the file itself, where a look without the log (find_version) sees it.
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return backup_path


def _apply(connection: sqlite3.Connection, statements: str, version: int) -> None:
    try:
        connection.executescript(f"BEGIN IMMEDIATE;\n{statements}\nPRAGMA user_version = {version};\nCOMMIT;")
    except sqlite3.Error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
