"""Orders and look-ups say what the noun tables say: as a whole, of one row that was settled, and after a migration."""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from communique.decisions import Action, Draft, decide, undo
from communique.model import content_id
from communique.record import lookups
from communique.record.connect import connect
from communique.record.reader import open_record
from communique.record.verify import verify
from communique.record.writer import RecordWriter
from tests.factory import World, make_world
from tests.record.conftest import RUN

TABLES = ("document_order", "statement_order", "chronology", "named", "statement_issues", "tallies")
# What this version has more than version 7.
TO_VERSION_7 = """
DROP TABLE document_order;
DROP TABLE statement_order;
DROP TABLE chronology;
DROP TABLE named;
DROP TABLE statement_issues;
DROP TABLE tallies;
DROP INDEX agenda_issue;
DROP INDEX agenda_document;
DROP INDEX commitments_document;
DROP INDEX forecasts_document;
DROP INDEX measures_document;
DROP INDEX comparisons_relation;
DROP INDEX entities_kind;
DROP INDEX commitments_due;
DROP INDEX commitments_status;
DROP INDEX comparisons_grave;
DROP INDEX silences_kind;
ALTER TABLE commitments DROP COLUMN due_from;
ALTER TABLE commitments DROP COLUMN due_to;
PRAGMA user_version = 7;
"""


@pytest.fixture
def world() -> World:
    """The story with an issue that a statement names."""
    story = make_world()
    (grain,) = story.linked.agenda
    embassy = replace(grain, id=content_id("agd", grain.document, "embassy"), issue="embassy")
    agenda = tuple(sorted((grain, embassy), key=lambda row: row.id))
    return replace(story, linked=replace(story.linked, agenda=agenda))


def load(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All that the look-ups say."""
    with closing(connect(path, "ro")) as connection:
        found = {table: connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in TABLES}
        words = connection.execute("SELECT rowid, words, statement FROM statement_words ORDER BY rowid").fetchall()
    return {**found, "words": words}


def renewed(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """What they would say if they were made anew; they stay as they are."""
    with closing(connect(path, "rw")) as connection:
        connection.execute("BEGIN")
        lookups.renew(connection)
        found = {table: connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in TABLES}
        words = connection.execute("SELECT rowid, words, statement FROM statement_words ORDER BY rowid").fetchall()
        connection.execute("ROLLBACK")
    return {**found, "words": words}


def schema_of(path: Path) -> list[tuple[str, str]]:
    """Tables and indexes with the words that made them, less blanks, comments and quotation marks."""
    with closing(connect(path, "ro")) as connection:
        found = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name").fetchall()
    return [(name, re.sub(r"--.*|[\s\"]", "", sql)) for name, sql in found if name in TABLES or "_" in name]


def test_documents_come_by_day_and_statements_as_they_are_read(path: Path) -> None:
    with open_record(path) as record:
        days = [row["published"] and row["published"]["start"] for row in record.documents]
        by_id = {row["id"]: row for row in record.documents}
        order = [str(id) for (id,) in record.query("SELECT document FROM document_order ORDER BY number")]
        told = record.query("SELECT document, statement FROM statement_order ORDER BY number")
        starts = {row["id"]: row["content"][0]["start"] for row in record.statements}
    shown = [(by_id[id]["published"] or {}).get("start") or "9999" for id in order]
    assert shown == sorted(day or "9999" for day in days)
    places = [(number, starts[str(id)]) for number, id in told]
    assert len(places) == len(starts)
    assert places == sorted(places)


def test_a_record_of_version_7_gets_what_this_version_makes(path: Path) -> None:
    before, made = load(path), schema_of(path)
    assert all(before.values())
    with closing(connect(path, "rw")) as connection:
        connection.executescript(TO_VERSION_7)
    with RecordWriter(path, RUN) as writer:
        assert not writer.needs_linking()
    assert load(path) == before
    assert schema_of(path) == made
    with open_record(path) as record:
        assert verify(record).is_whole


@pytest.mark.parametrize(
    ("noun", "values"),
    [
        ("engagements", {"date": "1999-12-31", "status": "planned", "kind": "dinner"}),
        ("engagements", {"date": "unknown"}),
        ("engagements", {"participants": ["Nobody"]}),
        ("statements", {"form": "mixed", "source": "Nobody", "polarity": "denied"}),
        ("commitments", {"due": "1999-11"}),
        ("commitments", {"due": ""}),
        ("measures", {"date": "1998", "status": "cancelled"}),
        ("documents", {"publisher": "The Daily Try"}),
    ],
)
def test_what_is_settled_of_a_row_is_found_by_it(path: Path, noun: str, values: dict[str, object]) -> None:
    before = load(path)
    with open_record(path) as record:
        row = record.rows(noun)[0]
    edit = decide(path, Draft(Action.EDIT, row["id"], values), "Kim")
    assert load(path) != before
    if noun != "documents":  # a document keeps its number until all is linked anew
        assert load(path) == renewed(path)
    undo(path, edit.id, "Kim")
    assert load(path) == before


def test_a_statement_that_a_person_makes_is_found_and_gone_again(path: Path) -> None:
    before = load(path)
    with open_record(path) as record:
        document = record.documents[0]
        words = record.document(document["id"]).text[:24]
    place = {"document": document["id"], "start": 0, "end": 24}
    made = decide(path, Draft(Action.CREATE, "statements", {"content": [place]}), "Kim")
    after = load(path)
    assert [row for row in after["words"] if row not in before["words"]] == [
        (len(before["words"]) + 1, words, made.subject)
    ]
    undo(path, made.id, "Kim")
    assert load(path) == before
