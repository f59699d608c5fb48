"""What is disturbed: seven jobs, each with the folder it starts in, and what must hold of the folder afterwards."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from communique.codec import to_json
from communique.errors import RecordError
from communique.record.reader import Record, open_record
from communique.record.rows import NOUNS
from communique.record.verify import verify
from eval.crashes.program import Outcome, Process, be_newer, in_child, run, start

REPORTS = 16
RECORD, COPY, EXPORT, SITE = "r.db", "b.db", "out", "site"
BUILD = ("build", "in", "--record", RECORD, "--quiet")
WRITE = {
    "export": ("export", RECORD, "--dest", EXPORT),
    "site": ("site", RECORD, "--dest", SITE),
    "backup": ("backup", RECORD, "--to", COPY),
}
# Names that nothing may leave behind once a command has run to its end.
LEFTOVERS = (".*.new*", ".*.old*", "*-wal", "*-shm", "*-journal", f"{EXPORT}/.*")

State = dict[str, Any]  # by name of file or folder: a digest of what it holds, None where it is not there


@dataclass(frozen=True, slots=True)
class Job:
    """A command, the folder it starts in (copied for each try), and the folder's state before and after."""

    name: str
    arguments: tuple[str, ...]
    start: Path
    beside: tuple[str, ...] = ()  # a command that runs at the same time, undisturbed
    before: State | None = None
    after: State | None = None
    seconds: float = 0.0

    def start_in(self, folder: Path) -> Process:
        """Starts it in a copy of its folder."""
        return start(self.arguments, folder)


def make_jobs(work: Path) -> list[Job]:
    """The jobs, each run once undisturbed for what must come out."""
    empty, half, full = work / "empty", work / "half", work / "full"
    write_reports(empty / "in", REPORTS)
    write_reports(half / "in", REPORTS // 2)
    _do(half, BUILD, *WRITE.values())
    write_reports(half / "in", REPORTS)
    shutil.copytree(half, full)
    _do(full, BUILD)
    jobs = [
        Job("build", BUILD, empty),
        Job("build more", BUILD, half),
        Job("decide", ("decide", RECORD), full),
        Job("migrate", ("newer", *BUILD), full),
        *(Job(name, command, full) for name, command in WRITE.items()),
        Job("backup while building", WRITE["backup"], half, BUILD),
    ]
    return [_run_once(job, work / "reference") for job in jobs]


def write_reports(folder: Path, number: int) -> None:
    """Reports of a few lines, each another text."""
    folder.mkdir(parents=True, exist_ok=True)
    for i in range(number):
        lines = [
            f"Round {i} of the talks, day {day}: both sides went on about grain and rails." for day in range(i + 3)
        ]
        (folder / f"{i:03}.txt").write_text("\n\n".join(lines) + "\n", "utf-8")


def _do(folder: Path, *commands: tuple[str, ...]) -> None:
    for command in commands:
        outcome = run(command, folder)
        if outcome.code:
            raise RuntimeError(f"{' '.join(command)}: {outcome.err}")


def _run_once(job: Job, folder: Path) -> Job:
    copy_start(job, folder)
    before = look(folder)
    if job.beside:
        _do(folder, job.beside)
    outcome = run(job.arguments, folder)
    if outcome.code:
        raise RuntimeError(f"{job.name}: {outcome.err}")
    after = look(folder)
    copy_start(job, folder)
    return replace(job, before=before, after=after, seconds=run(job.arguments, folder).seconds)


def copy_start(job: Job, folder: Path) -> None:
    """The folder as it is before the job."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(job.start, folder)


# --- what is there --------------------------------------------------------------------------------


def look(folder: Path) -> State:
    """What the records, the export and the site of a folder hold."""
    found: State = {}
    for name in (RECORD, COPY):
        state = json.loads(in_child(partial(_look_into, folder / name)))
        found |= {name: state["digest"], f"{name} ids": state["ids"], f"{name} damage": state["damage"]}
    for name in (EXPORT, SITE):
        found[name] = {
            path.relative_to(folder / name).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted((folder / name).rglob("*"))
            if path.is_file() and not path.name.startswith(".") and ".new" not in path.relative_to(folder).as_posix()
        }
    return found


def _look_into(path: Path) -> str:
    if not path.exists():
        return to_json({"digest": None, "ids": [], "damage": []})
    digest = hashlib.sha256()
    with _open(path) as record, record.snapshot():
        damage = [f"{found.subject}: {found.reason}" for found in verify(record).damage]
        for noun in (*NOUNS, "files", "registers", "decisions"):
            for row in record.iter_rows(noun):
                digest.update(f"{noun} {to_json(row)}\n".encode())
        ids = [id for noun in ("documents", "decisions") for (id,) in record.query(f"SELECT id FROM {noun}")]
        half = record.query("SELECT id FROM documents EXCEPT SELECT document FROM annotations")
        damage += [f"half a document: {id}" for (id,) in half]
    return to_json({"digest": digest.hexdigest(), "ids": ids, "damage": damage})


def _open(path: Path) -> Record:
    try:
        return open_record(path)
    except RecordError as error:
        if "made by a newer version" not in error.reason:
            raise
        be_newer()
        return open_record(path)


def find_leftovers(folder: Path) -> list[str]:
    """Files that a command has forgotten."""
    return sorted(path.relative_to(folder).as_posix() for pattern in LEFTOVERS for path in folder.glob(pattern))


# --- what must hold -------------------------------------------------------------------------------


def check_disturbed(job: Job, folder: Path, outcome: Outcome) -> Iterator[str]:
    """What is wrong in a folder in which the job was disturbed, before anything else is done there."""
    assert job.before is not None
    assert job.after is not None
    try:
        now = look(folder)
    except RuntimeError:
        yield "a record cannot be read"
        return
    yield from now[f"{RECORD} damage"]
    yield from now[f"{COPY} damage"]
    lost = (outcome.acknowledged | set(job.before[f"{RECORD} ids"])) - set(now[f"{RECORD} ids"])
    yield from (f"lost: {id}" for id in sorted(lost))
    for name, digest in now[EXPORT].items():
        if digest not in (job.before[EXPORT].get(name), job.after[EXPORT].get(name)):
            yield f"half an export: {name}"
    if now[SITE] not in (job.before[SITE], job.after[SITE]):
        yield "half a site"
    if not job.beside and now[COPY] not in (job.before[COPY], job.after[COPY]):
        yield "the backup is neither the old nor the new"
    if job.beside and not set(now[f"{COPY} ids"]) >= set(job.before[f"{COPY} ids"]):
        yield "the backup lost what it had"


def check_repaired(job: Job, folder: Path) -> Iterator[str]:
    """Runs the job again, undisturbed, and tells what is not as if nothing had happened."""
    outcome = run(job.arguments, folder)
    if outcome.code:
        yield f"the next run failed: {outcome.err.strip()}"
        return
    if look(folder) != job.after:
        yield "the next run does not end as an undisturbed one"
    yield from (f"left behind: {name}" for name in find_leftovers(folder))
