"""Rows come out in the exported shape, sorted by id, and what a person types finds words, never an SQL error."""

import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communique.codec import get_fields, strip_optional, to_plain
from communique.errors import RecordError
from communique.record.connect import connect, find_version
from communique.record.reader import Record, open_record
from communique.record.rows import COPIED, NOUNS, TABLES, get_columns
from communique.record.search import make_query
from tests.factory import World, cite

# The fields that DESIGN.md, section 5, promises of each file.
CONTRACT = {
    "documents": "id file sha256 title publisher publisher_basis author published language parts n_chars",
    "statements": "id document part form content cue source via addressee made engagement",
    "engagements": "id kind title status parent date place participants plover evidence",
    "entities": "id kind name names offices mentions",
    "agenda": "id engagement issue phase voice evidence",
    "commitments": "id debtors creditors what condition due status status_evidence evidence",
    "forecasts": "id forecaster what hedge horizon engagement resolution resolution_evidence evidence via",
    "measures": "id kind actor targets date answers order_check evidence",
    "comparisons": "id about property relation values",
    "problems": "id subject stage reason",
}


@pytest.mark.parametrize("noun", CONTRACT)
def test_the_promised_fields_are_there(record: Record, noun: str) -> None:
    rows = record.rows(noun)
    assert rows
    for row in rows:
        assert set(CONTRACT[noun].split()) <= set(row)


@pytest.mark.parametrize("noun", TABLES)
def test_schema_and_nouns_agree(record: Record, noun: str) -> None:
    """A field that was added to model.py needs its column in schema.sql (and, once released, a migration)."""
    declared = record.query(f"PRAGMA table_info({noun})")
    assert [info[1] for info in declared] == [*get_columns(noun), *COPIED.get(noun, {})]
    hints = {name: strip_optional(hint) for name, hint in get_fields(TABLES[noun])}
    kinds = {str: "TEXT", int: "INTEGER", float: "REAL", bool: "BOOLEAN"}
    for name, kind in [(str(info[1]), info[2]) for info in declared]:
        hint = hints.get(name, str)
        plain = next((kinds[base] for base in kinds if isinstance(hint, type) and issubclass(hint, base)), "JSON")
        assert kind == plain, f"{noun}.{name}"


@pytest.mark.parametrize("noun", sorted(set(TABLES) - {"mentions", "times", "event_mentions", "problems"}))
def test_rows_are_the_plain_nouns_sorted_by_id(record: Record, world: World, noun: str) -> None:
    linked: Any = to_plain(getattr(world.linked, noun))
    wanted = [{**row, "review": "proposed"} for row in sorted(linked, key=lambda row: row["id"])]
    assert record.rows(noun) == wanted


def test_event_mentions_point_at_layer_2(record: Record) -> None:
    [engagement] = record.engagements
    entities = {row["id"] for row in record.entities}
    for row in record.event_mentions:
        assert row["engagement"] == engagement["id"]
        assert {participant["entity"] for participant in row["participants"]} <= entities


def test_problems_of_both_layers_are_there(record: Record) -> None:
    assert sorted(str(row["stage"]) for row in record.problems) == ["annotate", "link"]


def test_a_document_comes_back_with_its_text(record: Record, world: World) -> None:
    for reading in world.readings:
        assert record.document(reading.document.id) == reading.document
        assert record.annotations(reading.document.id) == reading.annotations
    with pytest.raises(RecordError, match="no document has the id"):
        record.document("doc-0")


def test_evidence_of_a_document_names_the_rows_that_stand_on_it(record: Record, world: World) -> None:
    document = world.readings[0].document
    promise = cite(document, "We will reopen the embassy by June")
    found = {
        (row["noun"], row["role"])
        for row in record.evidence_in(document.id)
        if (row["start"], row["end"]) == promise.span
    }
    assert found == {("statements", "content"), ("commitments", "evidence")}
    assert record.evidence_in("doc-0") == []


def test_a_row_is_found_by_the_beginning_of_its_id(record: Record) -> None:
    [statement] = record.statements
    name = str(statement["id"])
    assert record.row(name) == record.row(name[:6]) == statement
    assert record.resolve("eng-")[0] == "engagements"
    for wrong, reason in [("doc-", "several"), ("xyz", "no row"), ("", "no row"), ("%", "no row"), ("stm_", "no row")]:
        with pytest.raises(RecordError, match=reason):
            record.row(wrong)


def test_tables_are_attributes(record: Record) -> None:
    assert record.counts() == {noun: len(getattr(record, noun)) for noun in NOUNS}
    with pytest.raises(AttributeError, match="no table 'speeches'"):
        record.speeches  # noqa: B018
    with pytest.raises(RecordError, match="no noun 'sqlite_master'"):
        record.rows("sqlite_master")


def test_a_record_cannot_be_changed_through_its_reader(record: Record) -> None:
    with pytest.raises(RecordError, match="cannot be written"):
        record.query("DELETE FROM statements")


def test_there_is_no_record_where_there_is_none(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match=r"nothing.db: there is no record here; communique build makes one"):
        open_record(tmp_path / "nothing.db")
    assert list(tmp_path.iterdir()) == []


# --- search -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "nouns"),
    [
        ("embassy", ["documents", "statements"]),
        ("EMBASSY june", ["documents", "statements"]),
        ('"the embassy"', ["documents", "statements"]),
        ('"embassy the"', []),
        ("“the embassy”", ["documents", "statements"]),
        ("emb*", ["documents", "statements"]),
        ("grain", ["documents", "documents"]),
        ("embassy firms", []),
        ("courier", []),
    ],
)
def test_words_are_found(record: Record, words: str, nouns: list[str]) -> None:
    found = record.search(words)
    assert sorted(str(row["noun"]) for row in found) == nouns
    for row in found:
        text = record.document(str(row["document"])).text
        assert text[row["start"] : row["end"]] == row["quote"]


def test_search_stops_at_the_limit(record: Record) -> None:
    assert len(record.search("grain", limit=1)) == 1


@pytest.mark.parametrize(
    "words",
    [
        '"unclosed',
        "NEAR(",
        "NEAR(grain b, 2)",
        "col:x",
        "*",
        "^",
        "zz AND",
        "OR",
        "-zz",
        "{x}: y",
        '""',
        "'",
        ";--",
        "\0",
        "zz\0grain",
        "(",
        "+",
    ],
)
def test_what_a_person_types_is_never_syntax(record: Record, words: str) -> None:
    assert record.search(words) == []


@settings(max_examples=60, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=20) | st.text('"*():^-+ aN\0', max_size=12))
def test_any_words_can_be_searched(record: Record, words: str) -> None:
    record.search(words)


def test_a_query_is_quoted_phrases() -> None:
    assert make_query('talks "on grain" sanct* x"y') == '"talks" "on grain" "sanct"* "x" "y"'
    assert make_query(" * ") is None


def test_a_record_is_opened_while_its_log_is_moved_into_it(path: Path) -> None:
    """The first page can tell of more pages than the file has yet, for a moment."""
    with closing(connect(path, "rw")) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA wal_autocheckpoint = 1")
        stop = threading.Event()
        failures: list[RecordError] = []

        def look() -> None:
            while not stop.is_set():
                try:
                    find_version(path)
                except RecordError as error:
                    failures.append(error)

        looking = threading.Thread(target=look)
        looking.start()
        for number in range(300):
            connection.execute("INSERT INTO meta VALUES (?, ?)", (f"long {number}", "x" * 40_000))
        stop.set()
        looking.join()
    assert failures == []
