"""The program in a process of its own, with an annotator that needs no language model, to be disturbed at will.

The command line, the reading, the record, the linking and everything that is written are the program's own. Only two
things differ: each document's annotations are one statement (its first word), and what is stored is told on standard
output as it is acknowledged. A process is a fork of this one: it is there at once, so that it can be killed often.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from communique import pipeline, workers
from communique.cli import run as run_command
from communique.cli.output import warn
from communique.decisions import Draft, decide
from communique.errors import CommuniqueError
from communique.model import (
    Action,
    Annotations,
    Document,
    PartKind,
    Reading,
    Review,
    Statement,
    StatementForm,
    content_id,
)
from communique.record import connect, migrations, reader
from communique.record.reader import open_record
from communique.record.writer import RecordWriter

DECIDED = datetime(2021, 3, 4, 5, 6, 7, tzinfo=UTC)
WATCHED = "pwrite64,write,fsync,fdatasync,ftruncate,unlink,rename,renameat2"
# Stands for the next version: every row of a table is written anew.
NEXT = migrations.Migration(
    connect.SCHEMA_VERSION + 1,
    "measured",
    "CREATE TABLE more AS SELECT * FROM documents; CREATE INDEX more_id ON more (id); CREATE TABLE extra (x);",
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a process ended: its exit code (negative: the signal), and what it wrote."""

    code: int
    out: str
    err: str
    seconds: float

    @property
    def acknowledged(self) -> set[str]:
        """Ids that were said to be stored."""
        return {line.removeprefix("stored ") for line in self.out.splitlines() if line.startswith("stored ")}


@dataclass(frozen=True, slots=True)
class Process:
    """The program at work. ``name`` is that of the files that take its output."""

    pid: int
    folder: Path
    name: str
    began: float
    tracer: subprocess.Popen[bytes] | None

    def wait(self) -> Outcome:
        """Waits for its end."""
        _, status = os.waitpid(self.pid, 0)
        seconds = time.monotonic() - self.began
        if self.tracer:
            self.tracer.wait()
        texts = []
        for suffix in ("out", "err"):
            path = _output(self.name, suffix)
            texts.append(path.read_text("utf-8") if path.exists() else "")
            path.unlink(missing_ok=True)
        return Outcome(os.waitstatus_to_exitcode(status), texts[0], texts[1], seconds)


def start(
    arguments: Sequence[str],
    folder: Path,
    name: str = "program",
    *,
    disturb: Sequence[str] = (),
    log: Path | None = None,
    watch: str = WATCHED,
) -> Process:
    """Starts a command in a folder.

    Args:
        arguments: As on the command line, or ``decide RECORD``; ``newer`` before them stands for the next version.
        folder: The working directory.
        name: Of the process, where several work in one folder.
        disturb: What strace does to it: ``inject`` expressions.
        log: strace's log, with the bytes that are written.
        watch: The calls that are logged.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    outputs = (_output(name, "out"), _output(name, "err"))
    gate, opener = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(opener)
        _be_the_program(arguments, folder, outputs, gate)
    os.close(gate)
    tracer = _trace(pid, disturb, log, watch) if disturb or log else None
    os.write(opener, b"!")
    os.close(opener)
    return Process(pid, folder, name, time.monotonic(), tracer)


def run(
    arguments: Sequence[str],
    folder: Path,
    *,
    disturb: Sequence[str] = (),
    kill_after: float | None = None,
    log: Path | None = None,
    watch: str = WATCHED,
) -> Outcome:
    """Runs a command in a folder to its end, or kills it after so many seconds. See `start`."""
    process = start(arguments, folder, disturb=disturb, log=log, watch=watch)
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(process.pid, signal.SIGKILL)
    return process.wait()


def in_child(work: Callable[[], str]) -> str:
    """What a function gives in a fork of this process: an SQLite file must not stay open across forks."""
    answer, question = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            with os.fdopen(question, "w") as file:
                file.write(work())
            os._exit(0)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
    os.close(question)
    with os.fdopen(answer) as file:
        text = file.read()
    _, status = os.waitpid(pid, 0)
    if status:
        raise RuntimeError("a look at the outcome failed; the lines above say why")
    return text


def _trace(pid: int, disturb: Sequence[str], log: Path | None, watch: str) -> subprocess.Popen[bytes]:
    calls = ",".join(sorted({name for found in disturb for name in found.split(":")[0].split(",")})) or watch
    options = [option for found in disturb for option in ("-e", f"inject={found}")]
    command = ["strace", "-f", "-qq", "-xx", "-s", "10000000", "-o", str(log or os.devnull), "-e", f"trace={calls}"]
    tracer = subprocess.Popen([*command, *options, "-p", str(pid)], stderr=subprocess.DEVNULL)
    status = Path(f"/proc/{pid}/status")
    until = time.monotonic() + 20
    while "TracerPid:\t0" in status.read_text():
        if tracer.poll() is not None or time.monotonic() > until:
            raise RuntimeError("strace cannot follow a process here")
        time.sleep(0.001)
    return tracer


def _output(name: str, suffix: str) -> Path:
    """Where a process writes to, apart from the folder that it works in: that may be on a full disk."""
    return Path(tempfile.gettempdir()) / f"communique-{os.getpid()}-{name}-{suffix}"


def _be_the_program(arguments: Sequence[str], folder: Path, outputs: tuple[Path, Path], gate: int) -> None:
    code = 1
    try:
        for number, path in enumerate(outputs, 1):
            os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), number)
        sys.stdout, sys.stderr = (os.fdopen(number, "w", closefd=False) for number in (1, 2))
        os.chdir(folder)
        os.read(gate, 1)
        code = _run(list(arguments))
        sys.stdout.flush()
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def _run(arguments: list[str]) -> int:
    if arguments[0] == "newer":
        be_newer()
        arguments = arguments[1:]
    workers.annotate_document = _quote_first_word
    pipeline._find_model_identity = lambda model: "none"
    pipeline.STORE_EVERY_S = 0.0
    setattr(RecordWriter, "add", _add)  # noqa: B010 (mypy takes no assignment to a method)
    setattr(RecordWriter, "batch", _batch)  # noqa: B010
    if arguments[0] != "decide":
        return run_command(arguments)
    try:
        return _decide(Path(arguments[1]))
    except CommuniqueError as error:
        warn(str(error))
        return 1


def be_newer() -> None:
    """Makes this process the next version of the program."""
    for module in (connect, migrations, reader):
        setattr(module, "SCHEMA_VERSION", NEXT.number)  # noqa: B010
    migrations.migrate.__defaults__ = ((*migrations.MIGRATIONS, NEXT), NEXT.number)


def _quote_first_word(document: Document, model: str) -> Annotations:
    at = document.parts[0].start
    word = document.evidence(at, at + len(document.text[at:].split()[0]))
    id = content_id("stm", document.id)
    statement = Statement(id, document.id, PartKind.BODY, StatementForm.INDIRECT, (word,), None, None)
    return Annotations(statements=(statement,))


# --- telling what is stored -----------------------------------------------------------------------

_add_to, _batch_of = RecordWriter.add, RecordWriter.batch
_pending: list[str] = []


def tell(id: str) -> None:
    """Acknowledges a row, in one call of the system."""
    sys.stdout.flush()
    os.write(1, f"stored {id}\n".encode())


def _add(writer: RecordWriter, reading: Reading, facts_digest: str = "") -> bool:
    with writer.batch():
        changed = _add_to(writer, reading, facts_digest)
        _pending.append(reading.document.id)
    return changed


@contextmanager
def _batch(writer: RecordWriter) -> Iterator[None]:
    is_outer = not writer._connection.in_transaction
    with _batch_of(writer):
        yield
    if is_outer:
        for id in _pending:
            tell(id)
        _pending.clear()


def _decide(path: Path) -> int:
    """Accepts statements, one after the other, as far as nobody has."""
    with open_record(path) as record:
        waiting = [row["id"] for row in record.statements if row["review"] == Review.PROPOSED]
    for id in waiting:
        decision = decide(path, Draft(Action.ACCEPT, str(id), why="checked with the tape"), "A. Reader", when=DECIDED)
        tell(decision.id)
    return 0
