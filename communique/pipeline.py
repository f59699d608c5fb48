"""The order of the stages: read, annotate, link, record. And the program as a library.

`build` is the main job. What is unchanged since an earlier build is neither read nor annotated again; what one file
cannot give is a problem in the record, and the others go on. The record is the same whatever the order of the files and
the number of workers: layer 1 depends on each document alone, layer 2 on all of them in the order of their ids.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from communique.annotate import annotate
from communique.annotate.language_model import find_language_model, load_language_model
from communique.codec import from_plain, to_json
from communique.errors import CommuniqueError, EvidenceError, ReadError
from communique.link import link
from communique.model import Annotations, Document, Problem, Reading, problem
from communique.read import (
    MAX_BYTES,
    Manifest,
    SourceFile,
    find_files,
    find_unused,
    read_bytes,
    read_manifest,
    read_text,
)
from communique.read.files import read_content
from communique.record.writer import RecordWriter, Run
from communique.settings import Settings
from communique.tables import get_tables_digest
from communique.version import VERSION

# Documents in one transaction: each waits once for the disk, and a kill loses at most these.
BATCH = 16

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Todo:
    """A document that is to be annotated, with the digest of what a manifest says of it."""

    document: Document
    facts_digest: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did. Files seen = read + copies + unchanged + problems."""

    seen: int
    read: int
    copies: int
    unchanged: int
    problems: tuple[Problem, ...]


def build(
    paths: Sequence[str | Path],
    record: str | Path = "communique.db",
    *,
    manifest: str | Path | None = None,
    settings: Settings = Settings(),
    progress: Progress | None = None,
) -> Report:
    """Reads files and folders into a record.

    Args:
        paths: Files and folders.
        record: Made if there is none; what is in it stays.
        manifest: CSV of what the files cannot say themselves.
        settings: The language model and the number of workers.
        progress: Called with (done, total, file) before each document.

    Returns:
        What was done. Files that could not be read are in ``problems`` and in the record.

    Raises:
        SettingsError: The manifest is wrong.
        ModelError: The language model is missing or not the pinned one.
        RecordError: The record is locked, damaged, or of another version; nothing was written.
    """
    told = read_manifest(Path(manifest)) if manifest is not None else None
    besides = [Path(record), *([Path(manifest)] if manifest is not None else [])]
    files, problems = find_files([Path(path) for path in paths], besides)
    if told is not None:
        problems += find_unused(told, [source.name for source in files])
    run = Run(VERSION, find_language_model(settings.model).identity, get_tables_digest())
    with RecordWriter(Path(record), run) as writer:
        for found in problems:
            writer.add_problem(found, found.subject)
        todo, copies, unchanged, failed = _read_all(writer, files, told)
        todo += _find_stale(writer, {item.document.id for item in todo})
        broken = _annotate_all(writer, todo, settings, progress)
        if writer.needs_linking():
            if progress is not None:
                progress(len(todo), len(todo), "linking")
            writer.replace_linked(link(list(writer.readings())))
    everything = (*problems, *failed, *broken)
    n_read = len(files) - copies - unchanged - len(failed)
    return Report(len(files) + len(problems), n_read, copies, unchanged, everything)


# --- read -----------------------------------------------------------------------------------------


def _read_all(
    writer: RecordWriter, files: Sequence[SourceFile], told: Manifest | None
) -> tuple[list[Todo], int, int, list[Problem]]:
    """What is new among the files; how many are copies, how many unchanged; what could not be read."""
    known = writer.files_read()
    todo: list[Todo] = []
    failed: list[Problem] = []
    copies = unchanged = 0
    for source in files:
        facts = told.facts(source.name) if told is not None else {}
        facts_digest = _digest(facts)
        sha256 = ""
        try:
            content = read_content(source, MAX_BYTES)
            sha256 = hashlib.sha256(content).hexdigest()
            before = known.get((source.name, sha256))
            if before and before.run == writer.run.id and before.facts_digest == facts_digest:
                unchanged += before.problem is None
                failed += [before.problem] if before.problem else []
                continue
            document = read_bytes(content, source.name, facts)
        except ReadError as error:
            found = problem(source.name, "read", error.reason, error.next_step)
            writer.add_problem(found, source.name, sha256, facts_digest)
            failed.append(found)
            continue
        if writer.add_copy(document, facts_digest):
            copies += 1
        else:
            todo.append(Todo(document, facts_digest))
    return todo, copies, unchanged, failed


def _digest(facts: Mapping[str, str]) -> str:
    return hashlib.sha256(json.dumps(sorted(facts.items())).encode()).hexdigest()[:16] if facts else ""


def _find_stale(writer: RecordWriter, fresh: set[str]) -> list[Todo]:
    """Documents of the record that another version of the program annotated and that are not among the inputs."""
    stale = {
        known.document: known.facts_digest
        for known in writer.files_read().values()
        if known.document and known.run != writer.run.id and known.document not in fresh
    }
    if not stale:
        return []
    return [
        Todo(reading.document, stale[reading.document.id])
        for reading in writer.readings()
        if reading.document.id in stale
    ]


# --- annotate -------------------------------------------------------------------------------------


def _annotate_all(
    writer: RecordWriter, todo: Sequence[Todo], settings: Settings, progress: Progress | None
) -> list[Problem]:
    """Annotates documents and stores them as they come, a few in a transaction."""
    broken: list[Problem] = []
    batch: list[tuple[Reading, str]] = []
    annotated = _iter_annotations([item.document for item in todo], settings)
    for number, item in enumerate(todo):
        if progress is not None:
            progress(number, len(todo), item.document.file)
        annotations = next(annotated)
        broken += annotations.problems
        batch.append((Reading(item.document, annotations), item.facts_digest))
        if len(batch) == BATCH or number == len(todo) - 1:
            with writer.batch():
                for reading, facts_digest in batch:
                    writer.add(reading, facts_digest)
            batch.clear()
    return broken


def _iter_annotations(documents: Sequence[Document], settings: Settings) -> Iterator[Annotations]:
    """Annotations of documents, in their order."""
    workers = min(settings.workers, len(documents))
    if workers <= 1:
        for document in documents:
            yield annotate_safely(document, settings.model)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, context, _start_worker, (settings.model,)) as pool:
        payloads = pool.map(_annotate_payload, map(to_json, documents), [settings.model] * len(documents))
        try:
            for payload in payloads:
                yield from_plain(Annotations, json.loads(payload))
        except BrokenProcessPool as error:
            raise CommuniqueError(
                "a worker process was ended from outside (memory?)",
                "run the same command again, it goes on where it stopped; with --workers 1 if this repeats",
            ) from error


def _start_worker(model: str) -> None:
    load_language_model(model)


def _annotate_payload(payload: str, model: str) -> str:
    """What a worker does: JSON in, JSON out, so that nothing but text passes between processes."""
    return to_json(annotate_safely(from_plain(Document, json.loads(payload)), model))


def annotate_safely(document: Document, model: str) -> Annotations:
    """Annotates a document; what defeats an annotator defeats this one document and becomes a problem.

    Raises:
        EvidenceError: A span does not hold, which is a bug and must not pass for bad input.
    """
    try:
        return annotate(document, load_language_model(model))
    except (EvidenceError, CommuniqueError):
        raise
    except Exception as error:  # the one boundary between a document and the rest of the run
        reason = f"{document.file}: cannot be annotated ({type(error).__name__}: {error})"
        return Annotations(problems=(problem(document.id, "annotate", reason, "report this with the file"),))


def read(text: str, published: date | str | None = None, *, model: str = Settings().model) -> Reading:
    """Layer 1 of a text: the document and everything that it says.

    Args:
        text: A report; offsets in the result are code points of it.
        published: Its day (or an EDTF date), where the text does not print it.
        model: The language model, by the name of its package.

    Raises:
        ReadError: The text is blank or no text.
        SettingsError: ``published`` is no date.
    """
    facts = {"published": str(published)} if published is not None else {}
    document = read_text(text, "text", facts)
    return Reading(document, annotate(document, load_language_model(model)))


__all__ = ["Progress", "Report", "annotate_safely", "build", "read"]
