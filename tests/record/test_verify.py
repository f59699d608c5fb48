"""A record that was changed behind the program's back is found out, and the finding names the row."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from communique.errors import RecordError
from communique.record.decisions import hash_decision
from communique.record.reader import open_record
from communique.record.rows import Row
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


def decide(path: Path, *notes: str) -> None:
    connection = sqlite3.connect(path)
    previous = ""
    for number, note in enumerate(notes, 1):
        row: Row = {
            "number": number,
            "id": f"dec-{number}",
            "kind": "edit",
            "noun": "engagements",
            "row": "eng-1",
            "field": "title",
            "before": "a",
            "after": {"title": note},
            "actor": "Ana",
            "made_at": "2024-03-03T10:00:00Z",
            "note": note,
            "undoes": None,
            "previous": previous,
        }
        previous = hash_decision(row)
        cells = [*row.values(), previous]
        cells[6], cells[7] = '"a"', f'{{"title":"{note}"}}'
        connection.execute(f"INSERT INTO decisions VALUES ({', '.join('?' * len(cells))})", cells)
    connection.commit()
    connection.close()


def test_decisions_stay_as_they_are(path: Path) -> None:
    decide(path, "first", "second", "third")
    assert change(path).counts["decisions"] == 3
    assert change(path).is_whole
    for statement in ("UPDATE decisions SET note = ''", "DELETE FROM decisions"):
        with pytest.raises(sqlite3.IntegrityError, match="only appended"):
            change(path, statement)


@pytest.mark.parametrize(
    ("statement", "row"),
    [
        ("UPDATE decisions SET note = 'never' WHERE number = 2", "dec-2"),
        ("DELETE FROM decisions WHERE number = 2", "dec-3"),
        ("DELETE FROM decisions WHERE number = 1", "dec-2"),
    ],
)
def test_a_changed_chain_is_found(path: Path, statement: str, row: str) -> None:
    decide(path, "first", "second", "third")
    found = change(path, "DROP TRIGGER decisions_stay", "DROP TRIGGER decisions_stay_as_they_are", statement)
    assert row in {finding.subject for finding in found.findings}
