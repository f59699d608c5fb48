"""The order of the stages: read, annotate, link, record. And the program as a library.

`build` is the main job:

1. `_take_in` reads the files that are new. What an earlier build read is not read again.
2. `_annotate_all` annotates what is new, and what another version of the program, model or tables annotated. What is
   done is stored about once a second, so that a run that is ended in any way goes on where it stopped.
3. The linker joins all documents, if anything has changed.

What one file cannot give is a problem in the record, and the others go on. The record is the same whatever the order of
the files and the number of workers: layer 1 depends on each document alone, layer 2 on all of them in the order of
their ids.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from communique.codec import from_plain, to_json
from communique.errors import CommuniqueError, ReadError, RecordError
from communique.link import link
from communique.model import Annotations, Document, Problem, Reading, problem
from communique.read import Manifest, SourceFile, find_files, find_unused, read_manifest
from communique.read.files import read_content
from communique.read.reader import MAX_BYTES, read_bytes, read_text
from communique.record.writer import FileRead, RecordWriter, Run
from communique.settings import Settings
from communique.tables import get_tables_digest
from communique.version import VERSION

# Each transaction waits once for the disk; a kill loses what was annotated since the last one.
STORE_EVERY_S = 1.0

# Called with (stage, done, total, file); stage is "reading", "annotating" or "linking".
Progress = Callable[[str, int, int, str], None]

# A document that is to be annotated, with the digest of what a manifest says of it.
Todo = tuple[Document, str]

_DEFAULTS = Settings()


@dataclass(slots=True)
class Intake:
    """What came of the files: documents to annotate, how many were copies or unchanged, what could not be read."""

    todo: list[Todo] = field(default_factory=list)
    copies: int = 0
    unchanged: int = 0
    failed: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did.

    ``seen`` inputs = ``read`` + ``copies`` (of a text that the record holds) + ``unchanged`` + those that could not be
    read. ``annotated`` counts documents, also those of earlier builds that this version had to annotate again.
    ``problems`` holds all that was not done, from wrong paths to files and documents.
    """

    seen: int
    read: int
    copies: int
    unchanged: int
    annotated: int
    problems: tuple[Problem, ...]


def build(
    paths: Sequence[str | Path],
    record: str | Path = "communique.db",
    *,
    manifest: str | Path | None = None,
    settings: Settings = _DEFAULTS,
    progress: Progress | None = None,
) -> Report:
    """Reads files and folders into a record.

    Args:
        paths: Files and folders.
        record: Made if there is none, unless no file is found; what is in it stays.
        manifest: CSV of what the files cannot say themselves. What an earlier one set stays where none is given.
        settings: Several workers import the main module anew: a script needs ``if __name__ == "__main__":`` then.
        progress: Called before each file and document.

    Returns:
        What was done. Problems of files are stored, too; those of the call (wrong paths, rows of no file) are not.

    Raises:
        SettingsError, ModelError: The manifest or the language model is wrong.
        RecordError: The record is locked, damaged, or of another version; nothing was written.
        CommuniqueError: A worker process was ended from outside; what was annotated before is stored.
    """
    record, tell = Path(record), progress or (lambda *_: None)
    told = read_manifest(Path(manifest)) if manifest is not None else None
    files, problems = find_files([Path(path) for path in paths], [record, *([told.path] if told else [])])
    if not (folder := record.absolute().parent).is_dir():
        raise RecordError(f"{record}: there is no folder {folder}", "make it, or name another file with --record")
    seen = len(files) + len(problems)
    if not files and not record.exists():
        return Report(seen, 0, 0, 0, 0, tuple(problems))
    run = Run(VERSION, _find_model_identity(settings.model), get_tables_digest())
    with RecordWriter(record, run) as writer:
        _note_problems(writer, problems, paths)
        if told is not None:
            problems += find_unused(told, [name for name, _ in writer.files_read()] + [source.name for source in files])
        intake = _take_in(writer, files, told, tell)
        copies = _set_copies_aside(intake)
        todo = intake.todo + _find_stale(writer, {document.id for document, _ in intake.todo})
        broken = _annotate_all(writer, todo, settings, tell)
        for document, facts_digest in copies:
            writer.add_copy(document, facts_digest)
        if writer.needs_linking():
            tell("linking", len(todo), len(todo), "")
            writer.replace_linked(link(list(writer.readings()), writer.registers()))
    new = len(files) - intake.copies - intake.unchanged - len(intake.failed)
    return Report(seen, new, intake.copies, intake.unchanged, len(todo), (*problems, *intake.failed, *broken))


def read(text: str, published: date | str | None = None, *, model: str = _DEFAULTS.model) -> Reading:
    """Layer 1 of a text: the document and everything that it says.

    Args:
        text: A report; offsets in the result are code points of it.
        published: Its day (or an EDTF date), where the text does not print it.
        model: The language model, by the name of its package.

    Raises:
        ReadError: The text is blank or no text.
        SettingsError: ``published`` is no date.
        ModelError: The language model is missing or not the pinned one.
    """
    facts = {"published": str(published)} if published is not None else {}
    document = read_text(text, "text", facts)
    return Reading(document, _annotate(document, model))


def _note_problems(writer: RecordWriter, problems: Sequence[Problem], paths: Sequence[str | Path]) -> None:
    """Stores the problems of files; those of paths that lead nowhere, or to folders without reports, are not stored.

    They would stay in the record for good, and would make it depend on where a folder lies.
    """
    wrong = [path for path in map(Path, paths) if path.is_dir() or not path.exists()]
    names = {name for path in wrong for name in (path.as_posix(), path.name)}
    for found in problems:
        if found.subject not in names:
            writer.add_problem(found, found.subject)


def _take_in(writer: RecordWriter, files: Sequence[SourceFile], told: Manifest | None, tell: Progress) -> Intake:
    """Reads what is new among the files."""
    known = writer.files_read()
    intake = Intake()
    for number, source in enumerate(files):
        tell("reading", number, len(files), source.name)
        facts = told.facts(source.name) if told is not None else {}
        facts_digest, sha256 = _digest(facts), ""
        try:
            content = read_content(source, MAX_BYTES)
            sha256 = hashlib.sha256(content).hexdigest()
            before = known.get((source.name, sha256))
            if before and _is_settled(before, told, facts_digest, writer.run.id, intake):
                continue
            document = read_bytes(content, source.name, facts)
            is_copy = writer.add_copy(document, facts_digest)
            intake.copies += is_copy
            intake.todo += [] if is_copy else [(document, facts_digest)]
        except ReadError as error:
            found = problem(source.name, "read", error.reason, error.next_step)
            writer.add_problem(found, source.name, sha256, facts_digest)
            intake.failed.append(found)
    return intake


def _is_settled(before: FileRead, told: Manifest | None, facts_digest: str, run: str, intake: Intake) -> bool:
    """True when these bytes under this name need not be read again."""
    is_kept = told is None and before.facts_digest and before.document  # what a person set outlasts the manifest
    if before.run == run and (is_kept or before.facts_digest == facts_digest):
        intake.unchanged += before.problem is None
        intake.failed += [before.problem] if before.problem else []
        return True
    return bool(is_kept)  # annotated by another run: `_find_stale` takes the document as it is stored


def _set_copies_aside(intake: Intake) -> list[Todo]:
    """Leaves one document of each text to annotate, that of the first name, and gives the others."""
    first: dict[str, Todo] = {}
    for todo in sorted(intake.todo, key=lambda todo: (todo[0].file, todo[0].sha256)):
        first.setdefault(todo[0].id, todo)
    copies = [todo for todo in intake.todo if first[todo[0].id] is not todo]
    intake.todo, intake.copies = list(first.values()), intake.copies + len(copies)
    return copies


def _digest(facts: Mapping[str, str]) -> str:
    return hashlib.sha256(json.dumps(sorted(facts.items())).encode()).hexdigest()[:16] if facts else ""


def _find_stale(writer: RecordWriter, fresh: set[str]) -> list[Todo]:
    """Documents of the record that another run annotated and that were not read now."""
    known = (read for read in writer.files_read().values() if read.document and read.document not in fresh)
    stale = {read.document: read.facts_digest for read in known if read.run != writer.run.id}
    readings = writer.readings() if stale else ()
    return [(found.document, stale[found.document.id]) for found in readings if found.document.id in stale]


def _annotate_all(writer: RecordWriter, todo: Sequence[Todo], settings: Settings, tell: Progress) -> list[Problem]:
    """Annotates documents and stores them as they come, those of about a second in one transaction."""
    broken: list[Problem] = []
    waiting: list[tuple[Reading, str]] = []
    stored_at = time.monotonic()
    annotated = iter_annotations([document for document, _ in todo], settings)
    for number, (document, facts_digest) in enumerate(todo):
        tell("annotating", number, len(todo), document.file)
        annotations = next(annotated)
        broken += annotations.problems
        waiting.append((Reading(document, annotations), facts_digest))
        if time.monotonic() - stored_at >= STORE_EVERY_S or number == len(todo) - 1:
            with writer.batch():
                for reading in waiting:
                    writer.add(*reading)
            waiting.clear()
            stored_at = time.monotonic()
    return broken


def iter_annotations(
    documents: Sequence[Document], settings: Settings, *, share_model: bool = False
) -> Iterator[Annotations]:
    """Annotations of documents, in their order.

    Args:
        documents: What is to be annotated.
        settings: The model, and how many processes work at once.
        share_model: The language model is loaded once, here, and the workers are forks of this process. Only for a
            process that runs no other threads, and only on Linux; elsewhere each worker loads its own.
    """
    workers = min(settings.workers, len(documents))
    if workers <= 1:
        for document in documents:
            yield annotate_safely(document, settings.model)
        return
    method = "spawn"
    if share_model and sys.platform == "linux":
        from communique.annotate.language_model import load_language_model  # late, as in `_annotate`

        load_language_model(settings.model)
        method = "fork"
    with ProcessPoolExecutor(workers, multiprocessing.get_context(method), _start_worker) as pool:
        payloads = pool.map(_annotate_payload, map(to_json, documents), [settings.model] * len(documents))
        try:
            for payload in payloads:
                yield from_plain(Annotations, json.loads(payload))
        except BrokenProcessPool as error:
            raise CommuniqueError(
                "a worker process was ended from outside (by want of memory?); what was stored stays",
                "run the same command again to go on; with --workers 1 if this repeats",
            ) from error


def _start_worker() -> None:
    """Leaves Ctrl-C to the parent, and ends this process when the parent is gone, were it by kill -9."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow_parent, daemon=True).start()


def _follow_parent() -> None:
    if (parent := multiprocessing.parent_process()) is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)


def _annotate_payload(payload: str, model: str) -> str:
    """What a worker does: JSON in, JSON out, so that nothing but text passes between processes."""
    return to_json(annotate_safely(from_plain(Document, json.loads(payload)), model))


def annotate_safely(document: Document, model: str) -> Annotations:
    """Annotates a document; what defeats an annotator defeats this one document and becomes a problem."""
    try:
        return _annotate(document, model)
    except CommuniqueError:  # no model; or evidence that does not hold: a bug, which must not pass for bad input
        raise
    except Exception as error:  # the one boundary between a document and the rest of the run
        reason = f"{document.file}: cannot be annotated ({type(error).__name__}: {error})"
        return Annotations(problems=(problem(document.id, "annotate", reason, "report this with the file"),))


def _annotate(document: Document, model: str) -> Annotations:
    # Late, for they bring spaCy (a second): who only looks into a record shall not wait for it.
    from communique.annotate import annotate
    from communique.annotate.language_model import load_language_model

    return annotate(document, load_language_model(model))


def _find_model_identity(model: str) -> str:
    from communique.annotate.language_model import find_language_model  # late, as in `_annotate`

    return find_language_model(model).identity
