"""A record that was changed behind the program's back is found out, and the finding names the row."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from communique.decisions import Draft, decide
from communique.errors import RecordError
from communique.model import Action
from communique.record.reader import open_record
from communique.record.verify import Verification, verify
from communique.record.writer import RecordWriter
from tests.factory import World
from tests.record.conftest import RUN


def change(path: Path, *statements: str) -> Verification:
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)
    with open_record(path) as record:
        return verify(record)


def test_a_record_as_it_was_built_is_whole(path: Path) -> None:
    found = change(path)
    assert found.is_whole, found.findings
    assert found.counts["documents"] == 2
    assert found.counts["evidence"] > 50
    assert found.counts["references"] > 50


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("UPDATE documents SET text = replace(text, 'Ruiz', 'Ruis')", "digest differs"),
        ("UPDATE documents SET text = replace(text, 'Ruiz', 'Ruis')", "is 'Ana Ruis', not 'Ana Ruiz'"),
        ("UPDATE documents SET id = 'doc-1' WHERE file = 'courier.txt'", "the id is not that of the text"),
        ("UPDATE documents SET parts = replace(parts, '\"start\":0', '\"start\":900')", "does not fit"),
        ("UPDATE statements SET content = replace(content, 'embassy', 'consulate')", "the consulate by June"),
        ("UPDATE statements SET source = replace(source, '\"start\":', '\"start\":1')", "source: "),
        ("UPDATE statements SET source = replace(source, 'ent-', 'ent-0')", "which is not in the record"),
        ("UPDATE statements SET engagement = 'eng-1'", "engagement names eng-1, which is not in the record"),
        ("UPDATE measures SET answers = 'msr-1' WHERE answers IS NOT NULL", "answers names msr-1"),
        ("UPDATE engagements SET parent = 'eng-1'", "parent names eng-1"),
        ("UPDATE comparisons SET about = 'eng-1'", "about names eng-1"),
        ("UPDATE engagements SET accounts = replace(accounts, 'evm-', 'evm-0')", "mentions names evm-0"),
        ("UPDATE annotations SET payload = replace(payload, 'she', 'her')", "not 'her'"),
        (
            'UPDATE annotations SET payload = replace(payload, \'"entity":"ref-\', \'"entity":"ref-0\')',
            "entity names ref-0",
        ),
        ("UPDATE annotations SET payload = substr(payload, 1, 500)", "cannot be read to the end"),
        ("DELETE FROM evidence WHERE noun = 'statements'", "the table evidence and the statements differ"),
        ("DELETE FROM documents WHERE file = 'courier.txt'", "names no row of documents"),
        ("DELETE FROM meta", "interrupted before it linked"),
    ],
)
def test_a_change_is_found(path: Path, statement: str, reason: str) -> None:
    found = change(path, statement)
    assert any(reason in finding.reason for finding in found.findings), found.findings


def test_an_interrupted_build_is_found(path: Path, world: World) -> None:
    with RecordWriter(path, RUN) as writer:
        writer.add(world.readings[0], "other facts of the same text")
        assert not writer.needs_linking()
    assert change(path).is_whole


@pytest.mark.parametrize("share", [n / 12 for n in range(1, 12)])
def test_a_damaged_page_is_told_of(path: Path, share: float) -> None:
    content = bytearray(path.read_bytes())
    page = int(share * len(content) // 4096)
    content[page * 4096 : page * 4096 + 900] = b"\x5a" * 900
    path.write_bytes(content)
    try:
        with open_record(path) as record:
            told = [finding.reason for finding in verify(record).findings]
    except RecordError as error:  # the damage lies on a page that every opening reads
        told = [str(error)]
    assert told


# --- decisions --------------------------------------------------------------------------------------


def settle(path: Path) -> list[str]:
    """Three decisions of different kinds; gives the ids of the rows."""
    with open_record(path) as record:
        ids: list[str] = [rows[0]["id"] for rows in (record.engagements, record.statements, record.commitments)]
    decide(path, Draft(Action.EDIT, ids[0], {"title": "Ruiz in Lisbon"}, "shorter"), "Kim")
    decide(path, Draft(Action.ACCEPT, ids[1]), "Kim")
    decide(path, Draft(Action.EDIT, ids[2], {"due": "2024-06-30"}), "Lee")
    return ids


def test_decisions_stay_as_they_are(path: Path) -> None:
    settle(path)
    found = change(path)
    assert (found.counts["decisions"], found.findings) == (3, ())
    for statement in ("UPDATE decisions SET why = ''", "DELETE FROM decisions"):
        with pytest.raises(sqlite3.IntegrityError, match="only appended"):
            change(path, statement)


@pytest.mark.parametrize(
    ("statement", "number"),
    [
        ("UPDATE decisions SET why = 'never' WHERE number = 2", 2),
        ("UPDATE decisions SET decided_at = '1999-01-01T00:00:00Z' WHERE number = 3", 3),
        ("UPDATE decisions SET after = replace(after, '30', '29') WHERE number = 3", 3),
        ("DELETE FROM decisions WHERE number = 2", 3),
        ("DELETE FROM decisions WHERE number = 1", 2),
    ],
)
def test_a_changed_chain_is_found(path: Path, statement: str, number: int) -> None:
    settle(path)
    with open_record(path) as record:
        named = record.decisions[number - 1]["id"]
    triggers = ("DROP TRIGGER decisions_stay", "DROP TRIGGER decisions_stay_as_they_are")
    found = change(path, *triggers, "PRAGMA foreign_keys = OFF", statement)
    assert named in {finding.subject for finding in found.findings}


def test_a_log_that_was_cut_off_is_found(path: Path) -> None:
    settle(path)
    found = change(path, "DROP TRIGGER decisions_stay", "DELETE FROM reviews", "DELETE FROM decisions WHERE number = 3")
    assert any("the log does not end where it did" in finding.reason for finding in found.findings)


def test_every_changed_character_of_the_log_is_found(path: Path) -> None:
    """One character at a time, in all columns: 60 places out of all."""
    settle(path)
    with open_record(path) as record:
        columns = [name for name in record.columns("decisions") if name != "number"]
        cells = [
            (n, c, str(v))
            for n in (1, 2, 3)
            for c in columns
            for (v,) in record.query(f"SELECT {c} FROM decisions WHERE number = ?", (n,))
            if v
        ]
    change(path, "DROP TRIGGER decisions_stay_as_they_are")
    places = [(number, column, at) for number, column, words in cells for at in range(len(words))]
    for number, column, at in places[:: len(places) // 60]:
        words = next(w for n, c, w in cells if (n, c) == (number, column))
        flipped = words[:at] + chr(ord(words[at]) ^ 1) + words[at + 1 :]
        found = change(path, f"UPDATE decisions SET {column} = {quote(flipped)} WHERE number = {number}").findings
        assert found, (number, column, at)
        change(path, f"UPDATE decisions SET {column} = {quote(words)} WHERE number = {number}")
    assert change(path).is_whole


def quote(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"


@pytest.mark.parametrize(
    ("statement", "which", "reason"),
    [
        ("UPDATE engagements SET title = 'Ruiz in Oslo'", 0, "not what the decisions on it make of it"),
        ("UPDATE commitments SET due = NULL", 2, "not what the decisions on it make of it"),
        ("UPDATE reviews SET state = 'rejected' WHERE noun = 'statements'", 1, "its state is not"),
        ("DELETE FROM reviews WHERE noun = 'statements'", 1, "its state is not"),
        (
            "INSERT INTO reviews SELECT noun, 'stm-0', state, decision, NULL FROM reviews LIMIT 1",
            None,
            "its state is not",
        ),
    ],
)
def test_rows_that_are_not_what_the_log_makes_of_them_are_found(
    path: Path, statement: str, which: int | None, reason: str
) -> None:
    ids = settle(path)
    found = change(path, statement).findings
    subject = "stm-0" if which is None else ids[which]
    assert any(f.subject == subject and reason in f.reason for f in found), found
