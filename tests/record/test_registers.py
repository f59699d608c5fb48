"""Registers in the record: kept whole, proved, and taken out again."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from communique.model import Linked, Registered
from communique.record.reader import open_record
from communique.record.verify import verify
from communique.record.writer import RecordWriter
from tests.factory import World
from tests.link.register import register, row
from tests.record.conftest import RUN

RUIZ = row("Ana Ruiz", "2024-03-03", "Portugal", "Lisbon", "Met with Minister Okafor.")
GIVEN = register(RUIZ, row("Ana Ruiz", "2024-05-01", "Norway", "Oslo"))


def narrowed(world: World) -> Linked:
    """The world's one engagement, with its date from the first row of the register."""
    (engagement,) = world.linked.engagements
    source = Registered(GIVEN.id, GIVEN.name, GIVEN.rows[:1], "the only stay there", engagement.date)
    return replace(world.linked, engagements=(replace(engagement, registered=source),))


@pytest.fixture
def kept(path: Path, world: World) -> Path:
    """A record that keeps the register, and an engagement that rests on it."""
    with RecordWriter(path, RUN) as writer, writer.batch():
        writer.add_register(GIVEN)
        writer.replace_linked(narrowed(world))
    return path


def find_reasons(path: Path) -> list[str]:
    with open_record(path) as record:
        return [finding.reason for finding in verify(record).findings]


def change(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        assert connection.execute(statement).rowcount


def test_a_register_comes_back_as_it_was_given(kept: Path) -> None:
    with RecordWriter(kept, RUN) as writer:
        assert writer.registers() == [GIVEN]
    with open_record(kept) as record:
        (stored,) = record.registers
        assert (stored["id"], stored["name"], len(stored["rows"])) == (GIVEN.id, "travels.csv", 2)
        source = record.engagements[0]["registered"]
        assert (source["register"], source["rows"][0]["locality"]) == (GIVEN.id, "Lisbon")


def test_a_register_makes_linking_necessary_once(path: Path) -> None:
    with RecordWriter(path, RUN) as writer:
        assert writer.add_register(GIVEN)
        assert writer.needs_linking()
    with RecordWriter(path, RUN) as writer:
        assert not writer.add_register(GIVEN)
        assert writer.remove_register(GIVEN.id)
        assert not writer.remove_register(GIVEN.id)
        assert writer.registers() == []


def test_a_record_with_a_register_is_whole(kept: Path) -> None:
    assert find_reasons(kept) == []
    with open_record(kept) as record:
        assert verify(record).counts["registers"] == 1


def test_verify_finds_a_register_that_was_changed(kept: Path) -> None:
    change(kept, "UPDATE registers SET rows = replace(rows, '2024-03-03', '2024-03-04')")
    assert find_reasons(kept) == [
        "it is not the register that was given: its rows differ",
        "its date rests on a row that its register does not have",
    ]


def test_verify_finds_a_register_that_is_missing(kept: Path) -> None:
    change(kept, "DELETE FROM registers")
    assert f"register names {GIVEN.id}, which is not in the record" in find_reasons(kept)
