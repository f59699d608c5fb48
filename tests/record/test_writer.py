"""What is added is there, once, whatever the order; what does not hold in its text is not."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from communique.errors import EvidenceError, RecordError, RecordLocked
from communique.model import Annotations, Basis, DocumentDate, Evidence, Fact, Linked, Reading, problem
from communique.record import connect
from communique.record.files import Noted
from communique.record.reader import open_record
from communique.record.rows import NOUNS, Row
from communique.record.verify import verify
from communique.record.writer import RecordWriter, Run
from tests.factory import World, cite, make_day, make_document, make_mention, make_statement, make_world
from tests.record.conftest import RUN, build


def dump(path: Path) -> dict[str, list[Row]]:
    with open_record(path) as record:
        return {noun: record.rows(noun) for noun in (*NOUNS, "files")}


def test_readings_come_back_as_they_were(path: Path, world: World) -> None:
    with RecordWriter(path, RUN) as writer:
        assert list(writer.readings()) == sorted(world.readings, key=lambda reading: reading.document.id)


def test_a_second_build_adds_nothing(path: Path, world: World) -> None:
    before = dump(path)
    with RecordWriter(path, RUN) as writer:
        assert [writer.add(reading) for reading in world.readings] == [False, False]
        assert not writer.needs_linking()
        writer.replace_linked(world.linked)
    assert dump(path) == before


def test_a_file_is_known_by_name_bytes_facts_and_run(path: Path, world: World) -> None:
    document = world.readings[0].document
    with RecordWriter(path, RUN) as writer:
        writer.add(world.readings[0], "facts of today")
        file = writer.files_read()[document.file, document.sha256]
    assert (file.facts_digest, file.run, file.document, file.problem) == ("facts of today", RUN.id, document.id, None)


def test_another_run_replaces_and_must_be_linked(path: Path, world: World) -> None:
    later = Run("0.2", RUN.model, RUN.tables)
    with RecordWriter(path, later) as writer:
        assert writer.needs_linking()
        assert [writer.add(reading) for reading in world.readings] == [True, True]
        writer.replace_linked(world.linked)
        assert not writer.needs_linking()
    with open_record(path) as record:
        assert {file["run"] for file in record.files} == {later.id}
        assert len(record.runs) == 2


@pytest.mark.parametrize("order", list(permutations(["b.txt", "a.txt", "c.txt"])))
def test_copies_do_not_depend_on_the_order_of_reading(tmp_path: Path, order: tuple[str, ...]) -> None:
    with RecordWriter(tmp_path / "story.db", RUN) as writer:
        for name in order:
            document = make_document("Ruiz came.", name, publisher=f"The {name}")
            if not writer.add_copy(document):
                writer.add(Reading(document, Annotations()))
        writer.replace_linked(Linked())
    with open_record(tmp_path / "story.db") as record:
        [row] = record.documents
    assert (row["file"], row["publisher"]) == ("a.txt", "The a.txt")
    assert [(copy["file"], copy["publisher"]) for copy in row["copies"]] == [
        ("b.txt", "The b.txt"),
        ("c.txt", "The c.txt"),
    ]


def test_a_problem_is_noted_once_and_goes_when_the_file_is_read(tmp_path: Path) -> None:
    refused = problem("a.txt", "read", "the file is empty")
    with RecordWriter(tmp_path / "story.db", RUN) as writer:
        assert writer.add_problem(refused, Noted("a.txt", "00"))
        assert not writer.add_problem(refused, Noted("a.txt", "00"))
        assert writer.files_read()["a.txt", "00"].problem == refused
        writer.replace_linked(Linked())
        with open_record(tmp_path / "story.db") as record:
            assert [row["reason"] for row in record.problems] == ["the file is empty"]
        writer.add(Reading(make_document("Ruiz came.", "a.txt"), Annotations()))
        writer.replace_linked(Linked())
    with open_record(tmp_path / "story.db") as record:
        assert record.problems == []


def test_a_name_that_is_not_unicode_is_written_out(tmp_path: Path) -> None:
    name = "caf\udce9.txt"
    with RecordWriter(tmp_path / "story.db", RUN) as writer:
        writer.add_problem(problem(name, "read", f"{name}: not text"), Noted(name))
        assert [found for found, _ in writer.files_read()] == ["caf\\udce9.txt"]
        writer.replace_linked(Linked())
    with open_record(tmp_path / "story.db") as record:
        assert record.problems[0]["subject"] == "caf\\udce9.txt"


# --- evidence ---------------------------------------------------------------------------------------

DOCUMENT = make_document("Ana Ruiz said: “Yes.”")


@pytest.mark.parametrize(
    "evidence",
    [
        Evidence(DOCUMENT.id, 0, 8, "Ana Ruis"),
        Evidence(DOCUMENT.id, 0, 99, DOCUMENT.text),
        Evidence(DOCUMENT.id, -4, 8, "Ana Ruiz"),
        Evidence(DOCUMENT.id, 3, 3, ""),
        Evidence("doc-000000000000", 0, 8, "Ana Ruiz"),
    ],
    ids=["other words", "beyond the end", "before the start", "empty", "no such document"],
)
def test_what_is_not_in_the_text_is_not_stored(tmp_path: Path, evidence: Evidence) -> None:
    false = Annotations(statements=(replace(make_statement(cite(DOCUMENT, "Yes")), cue=evidence),))
    linked = Linked(statements=false.statements)
    with RecordWriter(tmp_path / "story.db", RUN) as writer:
        with pytest.raises(EvidenceError):
            writer.add(Reading(DOCUMENT, false))
        assert list(writer.readings()) == []
        writer.add(Reading(DOCUMENT, Annotations()))
        with pytest.raises(EvidenceError):
            writer.replace_linked(linked)
        assert writer.needs_linking()


def test_a_document_that_lies_about_itself_is_not_stored(tmp_path: Path) -> None:
    lying = replace(DOCUMENT, title=Fact("Yes", Basis.PRINTED, Evidence(DOCUMENT.id, 16, 19, "Yea")))
    with RecordWriter(tmp_path / "story.db", RUN) as writer, pytest.raises(EvidenceError):
        writer.add(Reading(lying, Annotations()))


def test_half_a_surrogate_pair_is_not_stored(tmp_path: Path) -> None:
    with RecordWriter(tmp_path / "story.db", RUN) as writer, pytest.raises(EvidenceError, match="surrogate"):
        writer.add(Reading(make_document("Ana \ud800 Ruiz"), Annotations()))


def test_two_rows_with_one_id_are_a_bug(path: Path, world: World) -> None:
    [statement] = world.linked.statements
    twice = replace(world.linked, statements=(statement, statement))
    differing = replace(world.linked, statements=(statement, replace(statement, rule="another")))
    with RecordWriter(path, RUN) as writer:
        writer.replace_linked(twice)
        with pytest.raises(EvidenceError, match=statement.id):
            writer.replace_linked(differing)


@pytest.mark.parametrize(
    "text", ["before\0after \0", "\u202eziuR\u202c\r\n\u2028x", "\U0001f469\u200d\U0001f680 Ana", " "]
)
def test_awkward_text_comes_back_as_it_was(tmp_path: Path, text: str) -> None:
    document = make_document(text)
    mention = make_mention(document.evidence(0, len(text)), "ref-1")
    reading = Reading(document, Annotations(mentions=(mention,)))
    with RecordWriter(tmp_path / "story.db", RUN) as writer:
        writer.add(reading)
        writer.replace_linked(Linked(mentions=(replace(mention, entity="ent-1"),)))
        assert list(writer.readings()) == [reading]
    with open_record(tmp_path / "story.db") as record:
        assert record.mentions[0]["quote"] == text


# --- transactions -------------------------------------------------------------------------------------


def test_a_batch_is_stored_whole_or_not_at_all(tmp_path: Path) -> None:
    first, second = make_world().readings
    with RecordWriter(tmp_path / "story.db", RUN) as writer:
        with pytest.raises(EvidenceError), writer.batch():  # noqa: PT012
            writer.add(first)
            writer.add(Reading(DOCUMENT, first.annotations))
        assert list(writer.readings()) == []
        with writer.batch():
            writer.add(first)
            with pytest.raises(EvidenceError):
                writer.add(Reading(DOCUMENT, Annotations(mentions=first.annotations.mentions)))
            writer.add(second)
        assert len(list(writer.readings())) == 2


def test_a_second_writer_is_turned_away_and_readers_are_not(path: Path) -> None:
    with RecordWriter(path, RUN) as writer:
        with pytest.raises(RecordLocked, match=r"story.db: another process is writing this record; try again"):
            RecordWriter(path, RUN)
        with writer.batch(), open_record(path) as record:
            assert record.counts()["documents"] == 2
    RecordWriter(path, RUN).close()


def test_a_reader_sees_one_moment_while_a_build_goes_on(path: Path, world: World) -> None:
    with open_record(path) as idle, RecordWriter(path, RUN) as writer:
        with open_record(path) as record, record.snapshot():
            assert record.counts()["statements"] == 1
            writer.replace_linked(Linked())
            assert record.counts()["statements"] == 1
        assert idle.counts()["statements"] == 0


def test_a_snapshot_that_lasts_too_long_is_named(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connect, "BUSY_MS", 20)
    with open_record(path) as record, record.snapshot():
        assert record.counts()["statements"] == 1
        with pytest.raises(RecordLocked, match="another process is using this record"):
            RecordWriter(path, RUN)
    RecordWriter(path, RUN).close()


def test_only_the_record_and_its_lock_are_left(path: Path) -> None:
    with open_record(path) as record:
        assert record.documents
    assert sorted(file.name for file in path.parent.iterdir()) == ["story.db", "story.db-lock"]
    assert path.stat().st_mode & 0o777 == 0o600


def test_the_log_of_a_deleted_record_is_not_replayed(tmp_path: Path, world: World) -> None:
    path = tmp_path / "story.db"
    writer = RecordWriter(path, RUN)
    writer.add(world.readings[0])
    log = (tmp_path / "story.db-wal").read_bytes()
    writer.close()
    path.unlink()
    (tmp_path / "story.db-wal").write_bytes(log)
    build(path, World((), Linked()))
    with open_record(path) as record:
        assert record.documents == []


# --- what is not a record ------------------------------------------------------------------------------


def test_an_empty_file_becomes_a_record(tmp_path: Path, world: World) -> None:
    (tmp_path / "story.db").touch()
    with pytest.raises(RecordError, match="it is empty"):
        open_record(tmp_path / "story.db")
    build(tmp_path / "story.db", world)
    assert len(dump(tmp_path / "story.db")["documents"]) == 2


def make_foreign_database(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE mine (x)")
    connection.close()


@pytest.mark.parametrize(
    "make",
    [
        make_foreign_database,
        lambda path: path.write_text("Dear diary,\n" * 200),
        lambda path: path.write_bytes(b"SQLite format 3\0" + b"\xff" * 4000),
        lambda path: path.write_bytes(b"SQLite format 3\0"),
        lambda path: path.write_bytes(b"\0" * 8192),
    ],
    ids=["another program's", "text", "a broken head", "a cut head", "zeros"],
)
def test_a_file_that_is_not_ours_is_not_touched(tmp_path: Path, make: Callable[[Path], object]) -> None:
    path = tmp_path / "other.db"
    make(path)
    before = path.read_bytes(), path.stat().st_mtime_ns
    for opener in (open_record, lambda path: RecordWriter(path, RUN)):
        with pytest.raises(RecordError, match=r"other.db: this is not a Communique record; name another file"):
            opener(path)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert [file.name for file in tmp_path.iterdir()] == ["other.db"]


def test_a_folder_is_not_a_record(tmp_path: Path) -> None:
    for opener in (open_record, lambda path: RecordWriter(path, RUN)):
        with pytest.raises(RecordError, match="this is not a file"):
            opener(tmp_path)
    with pytest.raises(RecordError, match="cannot be opened"):
        RecordWriter(tmp_path / "missing" / "story.db", RUN)


def test_a_damaged_record_is_refused_and_not_touched(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[5 * 4096 : 12 * 4096] = b"\x5a" * (7 * 4096)
    path.write_bytes(content)
    with pytest.raises(RecordError, match=r"story.db: the file is damaged"):
        RecordWriter(path, RUN)
    assert path.read_bytes() == content


def test_a_day_that_rests_on_another_report_survives_linking_anew(tmp_path: Path) -> None:
    undated, dated = make_document("Talks ended in Oslo."), make_document("Talks began on 3 May.", "later.txt")
    dated = replace(dated, published=make_day("2014-05-04", Basis.PRINTED, cite(dated, "3 May")))
    when = make_day("2014-05-05", Basis.INFERRED, cite(undated, "ended"), cite(dated, "began"))
    linked = Linked(published=(DocumentDate(undated.id, when),))
    with RecordWriter(tmp_path / "two.db", RUN) as writer:
        for document in (undated, dated):
            writer.add(Reading(document, Annotations()))
        writer.replace_linked(linked)
        writer.replace_linked(linked)
    with open_record(tmp_path / "two.db") as record:
        found = record.query("SELECT count(*) FROM evidence WHERE noun = 'documents' AND \"row\" = ?", (undated.id,))
        assert found == [(2,)]
        assert verify(record).is_whole
