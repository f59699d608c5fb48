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
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from communique.errors import ReadError, RecordError
from communique.model import Document, Problem, Reading, problem
from communique.read import Manifest, SourceFile, find_files, find_unused, read_manifest
from communique.read.files import read_content
from communique.read.reader import MAX_BYTES, read_bytes, read_text
from communique.record.writer import FileRead, RecordWriter, Run
from communique.settings import Settings
from communique.tables import get_tables_digest
from communique.version import VERSION
from communique.workers import annotate_document, iter_annotations

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
            writer.relink()
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
    return Reading(document, annotate_document(document, model))


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


def _find_model_identity(model: str) -> str:
    from communique.annotate.language_model import find_language_model  # late, as in `_annotate`

    return find_language_model(model).identity
