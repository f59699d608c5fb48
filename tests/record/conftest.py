"""A record of the small world, built anew for each test that asks for it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from communique.record.reader import Record, open_record
from communique.record.writer import RecordWriter, Run
from tests.factory import World, make_world

RUN = Run("0.1", "fake 1.0", "tables")


def build(path: Path, world: World, run: Run = RUN) -> None:
    with RecordWriter(path, run) as writer:
        for reading in world.readings:
            writer.add(reading)
        writer.replace_linked(world.linked)


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def path(tmp_path: Path, world: World) -> Path:
    build(tmp_path / "story.db", world)
    return tmp_path / "story.db"


@pytest.fixture
def record(path: Path) -> Iterator[Record]:
    with open_record(path) as opened:
        yield opened
