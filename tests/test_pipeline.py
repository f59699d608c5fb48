"""The main job: what is new is done once, what fails is named, and the record is the same however it came about.

Most tests put a quick annotator in the place of the real one, so that no language model is needed; those that run the
real one in other processes are marked slow.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from communique import pipeline, workers
from communique.codec import to_json
from communique.errors import CommuniqueError, EvidenceError, RecordError, SettingsError
from communique.model import Annotations, Document, Evidence
from communique.pipeline import Report, build
from communique.publish.export import export
from communique.publish.site.build import build_site
from communique.read import read_text
from communique.record.reader import open_record
from communique.record.verify import verify
from communique.settings import Settings
from tests.conftest import EXAMPLES
from tests.factory import cite, make_statement


@pytest.fixture
def annotated(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Files in the order in which they are annotated, by an annotator that quotes each document's first word."""
    files: list[str] = []

    def annotate(document: Document, model: str) -> Annotations:
        files.append(document.file)
        return quote_first_word(document, model)

    monkeypatch.setattr(workers, "annotate_document", annotate)
    monkeypatch.setattr(pipeline, "_find_model_identity", lambda model: model)
    return files


def quote_first_word(document: Document, model: str) -> Annotations:
    return Annotations(statements=(make_statement(cite(document, document.text.split()[0])),))


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    for name in ("a", "b", "c"):
        (folder / f"{name}.txt").write_text(f"{name.upper()}-town talks went on.\n", "utf-8")
    return folder


def dump(record: Path, folder: Path) -> dict[str, bytes]:
    """The export and the site of a record, by file."""
    with open_record(record) as opened:
        assert verify(opened).findings == ()
        export(opened, folder / "export")
        build_site(opened, folder / "site")
    written = {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }
    shutil.rmtree(folder)
    return written


def reasons(report: Report) -> list[str]:
    return [found.reason for found in report.problems]


# --- only what is new


def test_a_second_build_does_nothing(annotated: list[str], reports: Path, tmp_path: Path) -> None:
    record = tmp_path / "r.db"
    assert build([reports], record) == Report(3, 3, 0, 0, 3, ())
    first = dump(record, tmp_path / "dump")
    assert build([reports], record) == Report(3, 0, 0, 3, 0, ())
    assert annotated == ["a.txt", "b.txt", "c.txt"]
    assert dump(record, tmp_path / "dump") == first


def test_one_more_report_is_the_only_one_annotated(annotated: list[str], reports: Path, tmp_path: Path) -> None:
    build([reports], tmp_path / "r.db")
    (reports / "d.txt").write_text("D-town talks went on.\n", "utf-8")
    assert build([reports], tmp_path / "r.db") == Report(4, 1, 0, 3, 1, ())
    assert annotated[3:] == ["d.txt"]


@pytest.mark.parametrize("changed", ["version", "model", "tables"])
def test_another_program_annotates_again(
    annotated: list[str], reports: Path, tmp_path: Path, changed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    build([reports], tmp_path / "r.db")
    settings = Settings("another_model") if changed == "model" else Settings()
    if changed == "version":
        monkeypatch.setattr(pipeline, "VERSION", "9.9")
    if changed == "tables":
        monkeypatch.setattr(pipeline, "get_tables_digest", lambda: "others")
    # Also what is not among the inputs any more.
    assert build([reports / "b.txt"], tmp_path / "r.db", settings=settings).annotated == 3
    assert sorted(annotated[3:]) == ["a.txt", "b.txt", "c.txt"]
    assert build([reports], tmp_path / "r.db", settings=settings).annotated == 0


def test_a_copy_is_not_annotated(annotated: list[str], reports: Path, tmp_path: Path) -> None:
    shutil.copy(reports / "b.txt", reports / "z.txt")
    assert build([reports], tmp_path / "r.db") == Report(4, 3, 1, 0, 3, ()), "b and z are one text"
    assert annotated == ["a.txt", "b.txt", "c.txt"]


# --- what a manifest says


def write_manifest(folder: Path, *rows: str) -> Path:
    path = folder / "manifest.csv"
    path.write_text("\n".join(["file,published,publisher", *rows]), "utf-8")
    return path


def test_a_changed_row_of_the_manifest_annotates_its_file_again(
    annotated: list[str], reports: Path, tmp_path: Path
) -> None:
    record = tmp_path / "r.db"
    build([reports], record, manifest=write_manifest(tmp_path, "a.txt,2014-06-03,", "b.txt,2014,"))
    build([reports], record, manifest=write_manifest(tmp_path, "a.txt,2014-06-04,The Ledger", "b.txt,2014,"))
    assert annotated[3:] == ["a.txt"]
    with open_record(record) as opened:
        rows = {row["file"]: row for row in opened.documents}
    assert rows["a.txt"]["publisher"] == "The Ledger"
    assert rows["a.txt"]["publisher_basis"] == "set"
    assert rows["a.txt"]["published"]["edtf"] == "2014-06-04"


def test_what_a_manifest_set_stays_where_none_is_given(annotated: list[str], reports: Path, tmp_path: Path) -> None:
    record = tmp_path / "r.db"
    build([reports], record, manifest=write_manifest(tmp_path, "a.txt,2014-06-03,The Ledger"))
    assert build([reports], record).unchanged == 3
    assert build([reports], record, settings=Settings("another_model")).annotated == 3
    with open_record(record) as opened:
        assert [row["publisher"] for row in opened.documents if row["file"] == "a.txt"] == ["The Ledger"]


def test_a_row_of_the_manifest_without_a_file_is_told_and_not_stored(
    annotated: list[str], reports: Path, tmp_path: Path
) -> None:
    record = tmp_path / "r.db"
    manifest = write_manifest(tmp_path, "a.txt,2014,", "lost.txt,2014,")
    assert [found.subject for found in build([reports], record, manifest=manifest).problems] == ["lost.txt"]
    more = tmp_path / "d.txt"
    more.write_text("D-town talks.\n", "utf-8")
    found = build([more], record, manifest=manifest).problems
    assert [problem.subject for problem in found] == ["lost.txt"], "a.txt is in the record, if not among the inputs"
    with open_record(record) as opened:
        assert opened.problems == []


def test_a_wrong_manifest_stops_before_any_work(annotated: list[str], reports: Path, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"manifest.csv, line 2: 'soon' is no date"):
        build([reports], tmp_path / "r.db", manifest=write_manifest(tmp_path, "a.txt,soon,"))
    assert not (tmp_path / "r.db").exists()


# --- what cannot be read


def test_bad_files_are_named_and_the_others_read(annotated: list[str], reports: Path, tmp_path: Path) -> None:
    (reports / "empty.txt").touch()
    (reports / "film.mp4").write_bytes(b"\0\1\2")
    (reports / "noise.txt").write_bytes(bytes(range(256)) * 20)
    record = tmp_path / "r.db"
    report = build([reports, tmp_path / "nowhere", tmp_path / "none.txt"], record)
    assert (report.seen, report.read) == (8, 3)
    assert sorted(found.subject for found in report.problems) == [
        "empty.txt", "film.mp4", "noise.txt", "none.txt", "nowhere",
    ]  # fmt: skip
    assert all(found.reason and found.next_step for found in report.problems)
    with open_record(record) as opened:
        stored = [row["subject"] for row in opened.problems]
    assert sorted(stored) == ["empty.txt", "film.mp4", "noise.txt"], "wrong paths are about the call, not the record"
    assert len(build([reports], record).problems) == 3, "what stays bad is told each time"
    (reports / "empty.txt").write_text("Filled now.\n", "utf-8")
    assert len(build([reports], record).problems) == 2


def test_a_folder_without_reports_leaves_no_record(annotated: list[str], tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    report = build([tmp_path / "empty"], tmp_path / "r.db")
    assert reasons(report) == ["no reports in this folder"]
    assert not list(tmp_path.glob("r.db*"))


def test_a_record_where_none_can_be(annotated: list[str], reports: Path, tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="there is no folder"):
        build([reports], tmp_path / "none" / "r.db")
    with pytest.raises(RecordError, match="this is not a file"):
        build([reports], reports)
    with pytest.raises(RecordError, match="this is not a Communique record"):
        build([reports], reports / "a.txt")
    assert (reports / "a.txt").read_text("utf-8").startswith("A-town")


def test_an_annotator_that_fails_costs_its_document_only(
    annotated: list[str], reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail_on_b(document: Document, model: str) -> Annotations:
        if document.file == "b.txt":
            raise ZeroDivisionError("a rule")
        return quote_first_word(document, model)

    monkeypatch.setattr(workers, "annotate_document", fail_on_b)
    report = build([reports], tmp_path / "r.db")
    assert reasons(report) == ["b.txt: cannot be annotated (ZeroDivisionError: a rule)"]
    with open_record(tmp_path / "r.db") as opened:
        assert [len(opened.documents), len(opened.statements), len(opened.problems)] == [3, 2, 1]


def test_evidence_that_does_not_hold_stops_the_run(
    annotated: list[str], reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lie(document: Document, model: str) -> Annotations:
        [statement] = quote_first_word(document, model).statements
        return Annotations(statements=(replace(statement, content=(Evidence(document.id, 0, 3, "lie"),)),))

    monkeypatch.setattr(workers, "annotate_document", lie)
    with pytest.raises(EvidenceError, match="not 'lie'"):
        build([reports], tmp_path / "r.db")
    with open_record(tmp_path / "r.db") as opened:
        assert opened.documents == []


def test_a_build_that_stops_keeps_what_was_done(
    annotated: list[str], reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop_at_c(document: Document, model: str) -> Annotations:
        if document.file == "c.txt":
            raise KeyboardInterrupt
        return quote_first_word(document, model)

    monkeypatch.setattr(pipeline, "STORE_EVERY_S", 0)
    with monkeypatch.context() as patched:
        patched.setattr(workers, "annotate_document", stop_at_c)
        with pytest.raises(KeyboardInterrupt):
            build([reports], tmp_path / "r.db")
    with open_record(tmp_path / "r.db") as opened:
        assert len(opened.documents) == 2
        assert not opened.is_linked()
    assert build([reports], tmp_path / "r.db").annotated == 1
    build([reports], tmp_path / "whole.db")
    assert dump(tmp_path / "r.db", tmp_path / "dump") == dump(tmp_path / "whole.db", tmp_path / "dump")


class BrokenPool:
    """A pool of workers of which one is ended after the first document."""

    def __init__(self, *_: Any) -> None: ...

    def __enter__(self) -> BrokenPool:
        return self

    def __exit__(self, *_: Any) -> None: ...

    def map(self, work: Any, documents: Iterator[str], models: Iterator[str]) -> Iterator[str]:
        yield work(next(documents), next(models))
        raise BrokenProcessPool("killed")


def test_a_worker_that_is_ended_stops_the_run_and_says_how_to_go_on(
    annotated: list[str], reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "STORE_EVERY_S", 0)
    with monkeypatch.context() as patched:
        patched.setattr(workers, "ProcessPoolExecutor", BrokenPool)
        with pytest.raises(CommuniqueError, match="run the same command again to go on"):
            build([reports], tmp_path / "r.db", settings=Settings(workers=2))
    assert build([reports], tmp_path / "r.db").annotated == 2


# --- the same record, however it came about


@pytest.mark.slow
def test_the_order_of_files_and_their_place_do_not_matter(annotated: list[str], reports: Path, tmp_path: Path) -> None:
    shutil.copy(reports / "a.txt", reports / "aa.txt")
    (reports / "empty.txt").touch()
    build([reports], tmp_path / "r.db")
    expected = dump(tmp_path / "r.db", tmp_path / "dump")
    files = sorted(reports.iterdir())
    for seed in range(4):
        record = tmp_path / f"{seed}.db"
        moved = shutil.copytree(reports, tmp_path / f"else where {seed}")
        shuffled = [moved / file.name for file in files]
        random.Random(seed).shuffle(shuffled)
        for start in range(0, len(shuffled), 1 + seed):  # in one build or in several
            build(shuffled[start : start + 1 + seed], record)
        assert dump(record, tmp_path / "dump") == expected


def test_the_examples_in_another_order_and_place(example_record: Path, tmp_path: Path) -> None:
    moved = shutil.copytree(EXAMPLES, tmp_path / "moved")
    for number, file in enumerate(sorted(moved.iterdir())):
        os.utime(file, (number, number))
    before = os.umask(0o077)
    try:
        build(sorted(moved.iterdir(), reverse=True), tmp_path / "r.db")
        assert dump(tmp_path / "r.db", tmp_path / "dump") == dump(example_record, tmp_path / "dump")
    finally:
        os.umask(before)


ELSEWHERE = {
    "another hash seed, zone and locale": {"PYTHONHASHSEED": "4711", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"},
    "no hash seed, a zone behind": {
        "PYTHONHASHSEED": "0",
        "TZ": "America/Adak",
        "LC_ALL": "C.UTF-8",
        "PYTHONUTF8": "0",
    },
    "two workers": {"COMMUNIQUE_WORKERS": "2", "PYTHONHASHSEED": "99"},
}


@pytest.mark.slow
@pytest.mark.parametrize("environment", ELSEWHERE.values(), ids=list(ELSEWHERE))
def test_the_examples_elsewhere(example_record: Path, tmp_path: Path, environment: dict[str, str]) -> None:
    start(tmp_path / "r.db", **environment).wait(120)
    assert dump(tmp_path / "r.db", tmp_path / "dump") == dump(example_record, tmp_path / "dump")


def start(record: Path, *more: str, **environment: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "communique", "build", str(EXAMPLES), "--record", str(record), *more]
    return subprocess.Popen(command, env=os.environ | environment, stderr=subprocess.PIPE, text=True)


# --- kills

KILLED = """
import sys, time
from communique import pipeline, workers
from tests.test_pipeline import quote_first_word

def annotate(document, model):
    time.sleep(0.005)
    return quote_first_word(document, model)

workers.annotate_document, pipeline._find_model_identity, pipeline.STORE_EVERY_S = annotate, str, 0.02
pipeline.build([sys.argv[1]], sys.argv[2])
"""


@pytest.mark.slow
def test_a_killed_build_ends_as_if_nothing_had_happened(annotated: list[str], tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    for number in range(80):
        (reports / f"{number}.txt").write_text(f"Round {number}, the talks went on.\n", "utf-8")
    record, chance = tmp_path / "r.db", random.Random(11)
    for _ in range(4):
        process = subprocess.Popen([sys.executable, "-c", KILLED, str(reports), str(record)])
        while not record.exists():
            time.sleep(0.01)
        time.sleep(chance.uniform(0.02, 0.3))
        process.send_signal(signal.SIGKILL)
        process.wait()
    build([reports], record)
    build([reports], tmp_path / "whole.db")
    assert dump(record, tmp_path / "dump") == dump(tmp_path / "whole.db", tmp_path / "dump")


@pytest.mark.slow
def test_killed_builds_of_the_examples(example_record: Path, tmp_path: Path) -> None:
    record = tmp_path / "r.db"
    for seconds in (1.5, 2.5, 3.0, 3.5):
        process = start(record)
        time.sleep(seconds)
        process.kill()
        process.communicate()
    assert start(record).wait(120) == 0
    assert dump(record, tmp_path / "dump") == dump(example_record, tmp_path / "dump")


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds the workers in /proc")
def test_a_killed_worker_and_workers_of_a_killed_build(example_record: Path, tmp_path: Path) -> None:
    record = tmp_path / "r.db"
    process = start(record, "--workers", "2")
    workers = find_workers(process.pid)
    os.kill(workers[0], signal.SIGKILL)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "a worker process was ended from outside" in told
    assert told.count("\n") == 1, "one line, no traceback"
    process = start(record, "--workers", "2")
    workers = find_workers(process.pid)
    process.kill()
    process.communicate()
    wait_for(lambda: not any(Path(f"/proc/{worker}").exists() for worker in workers))
    assert start(record, "--workers", "2").wait(120) == 0
    assert dump(record, tmp_path / "dump") == dump(example_record, tmp_path / "dump")


def find_workers(parent: int) -> list[int]:
    """The worker processes of a build, once there are two."""
    found: list[int] = []

    def look() -> bool:
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
        found[:] = [int(child) for child in children if "spawn_main" in Path(f"/proc/{child}/cmdline").read_text()]
        return len(found) == 2

    wait_for(look)
    return found


def wait_for(condition: Any, seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.05)


def test_what_passes_between_workers_is_text(annotated: list[str], reports: Path) -> None:
    document = read_text("Talks went on.", "a.txt")
    payload = workers._annotate_payload(to_json(document), "model")
    assert payload == to_json(quote_first_word(document, "model"))
