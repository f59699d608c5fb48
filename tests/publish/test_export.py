"""Data files: the same bytes for the same record, readable by the ordinary tools, whole or as they were."""

import csv
import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from communique.errors import RecordError, SettingsError
from communique.model import Linked, problem
from communique.publish.export import EXPORTED, export
from communique.record.reader import Record, open_record
from communique.record.writer import RecordWriter, Run
from tests.factory import World, make_world

HOSTILE = [
    '=HYPERLINK("http://x.invalid")',
    "+1",
    "-2",
    "@SUM(1)",
    "\tx",
    "\rx",
    "＝1",
    "plain",
    'a "b", c\nd',
    "Ｏ’Brien",
]


def build(path: Path, world: World, run: Run, backwards: bool = False) -> None:
    with RecordWriter(path, run) as writer:
        for reading in reversed(world.readings) if backwards else world.readings:
            writer.add(reading)
        writer.replace_linked(world.linked)


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    world = make_world()
    rows = tuple(problem(str(number), "link", words) for number, words in enumerate(HOSTILE))
    build(tmp_path / "story.db", replace(world, linked=replace(world.linked, problems=rows)), Run("1", "m", "t"))
    with open_record(tmp_path / "story.db") as opened:
        yield opened


def read_all(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_one_file_a_noun_with_its_rows(record: Record, tmp_path: Path) -> None:
    paths = export(record, tmp_path / "out" / "deep")
    assert [path.name for path in paths] == [f"{noun}.jsonl" for noun in EXPORTED]
    for path in paths:
        lines = path.read_bytes().decode().split("\n")
        assert lines.pop() == ""
        assert [json.loads(line) for line in lines] == record.rows(path.stem)
        for line in lines:
            assert list(json.loads(line)) == record.columns(path.stem)
    assert "text" not in record.columns("documents")


def test_order_run_and_time_leave_no_trace(tmp_path: Path) -> None:
    build(tmp_path / "one.db", make_world(), Run("1", "m", "t"))
    build(tmp_path / "two.db", make_world(), Run("2", "other", "tables"), backwards=True)
    for name in ("one", "two"):
        for format in ("csv", "jsonl"):
            with open_record(tmp_path / f"{name}.db") as opened:
                export(opened, tmp_path / name, format)
    assert read_all(tmp_path / "one") == read_all(tmp_path / "two")


def test_csv_comes_back_as_written(record: Record, tmp_path: Path) -> None:
    for path in export(record, tmp_path, "csv"):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, strict=True))
        assert len(rows) == len(record.rows(path.stem))
        for found, row in zip(rows, record.rows(path.stem), strict=True):
            for name, value in row.items():
                if isinstance(value, (list, dict, int, float)):
                    assert json.loads(found[name]) == value
                else:
                    assert found[name].removeprefix("'") == (value or "")


def test_no_cell_begins_a_formula(record: Record, tmp_path: Path) -> None:
    export(record, tmp_path, "csv")
    with (tmp_path / "problems.csv").open(encoding="utf-8", newline="") as file:
        reasons = {row["reason"] for row in csv.DictReader(file)}
    assert reasons == {f"'{words}" for words in HOSTILE[:7]} | set(HOSTILE[7:]) | {"“she” has two possible speakers"}


def test_csv_ends_lines_as_rfc_4180_says_and_may_have_a_mark(record: Record, tmp_path: Path) -> None:
    export(record, tmp_path, "csv", bom=True)
    content = (tmp_path / "entities.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfid,kind,name,")
    assert content.endswith(b"\r\n")
    assert content.count(b"\r\n") == 1 + len(record.entities)


def test_a_noun_without_rows_has_its_head(tmp_path: Path) -> None:
    build(tmp_path / "empty.db", World((), Linked()), Run("1", "m", "t"))
    with open_record(tmp_path / "empty.db") as opened:
        export(opened, tmp_path, "csv")
        export(opened, tmp_path, "jsonl")
    assert (tmp_path / "problems.csv").read_bytes() == b"id,subject,stage,reason,next_step\r\n"
    assert (tmp_path / "problems.jsonl").read_bytes() == b""


def test_an_export_that_fails_leaves_the_old_one(
    record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dest = tmp_path / "out"
    dest.mkdir()
    (dest / "documents.jsonl").write_text("old")
    (dest / "mine.txt").write_text("mine")
    before = read_all(dest)
    synced = []

    def fail_third(handle: int) -> None:
        synced.append(handle)
        if len(synced) == 3:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail_third)
    with pytest.raises(RecordError, match=r"out: the export cannot be written \(No space left on device\)"):
        export(record, dest)
    assert read_all(dest) == before


def test_what_cannot_be_asked_for_is_refused(record: Record, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no format 'xls'; the formats are csv, jsonl"):
        export(record, tmp_path, "xls")
    with pytest.raises(RecordError, match="cannot be written"):
        export(record, tmp_path / "story.db" / "out")
    assert list(tmp_path.glob("*.jsonl")) == []
