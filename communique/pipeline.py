"""The order of the stages: read, annotate, link, record. And the program as a library.

`build` is the main job:

1. `intake.take_in` reads the files that are new. What an earlier build read is not read again.
2. `_annotate_all` annotates what is new, and what another version of the program, model or tables annotated. What is
   done is stored about once a second, so that a run that is ended in any way goes on where it stopped.
3. The linker joins all documents, if anything has changed.

What one file cannot give is a problem in the record, and the others go on. The record is the same whatever the order of
the files and the number of workers: layer 1 depends on each document alone, layer 2 on all of them in the order of
their ids.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from communique.errors import RecordError
from communique.intake import Progress, Todo, add_language, note_containers, set_copies_aside, take_in
from communique.model import Problem, Reading
from communique.read import Manifest, SourceFile, find_files, find_unused, read_manifest, read_text
from communique.read.manifest import Row
from communique.record.files import Noted
from communique.record.writer import RecordWriter, Run
from communique.settings import Settings
from communique.tables import get_tables_digest
from communique.version import VERSION
from communique.workers import annotate_document, iter_annotations

# Each transaction waits once for the disk; a kill loses what was annotated since the last one.
STORE_EVERY_S = 1.0

_DEFAULTS = Settings()


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did.

    ``seen`` items = ``read`` + ``partial`` (of which something was lost) + ``copies`` (of a text that the record
    holds) + ``unchanged`` + ``refused``. ``annotated`` counts documents, also those of earlier builds that this version
    had to annotate again. ``problems`` holds all that was not done, from wrong paths to files and documents.
    """

    seen: int
    read: int
    copies: int
    unchanged: int
    annotated: int
    problems: tuple[Problem, ...]
    partial: int = 0
    refused: int = 0


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
    _check_folder(record)
    n_wrong = len(problems)
    if not files and not record.exists():
        return Report(n_wrong, 0, 0, 0, 0, tuple(problems), 0, n_wrong)
    with RecordWriter(record, _find_run(settings)) as writer:
        _note_problems(writer, problems, paths)
        report = _run(writer, files, told, settings, tell)
        if told is not None:
            problems += find_unused(told, [name for name, _ in writer.files_read()])
    return replace(
        report,
        seen=report.seen + n_wrong,
        refused=report.refused + n_wrong,
        problems=(*problems, *report.problems),
    )


def add_files(
    files: Sequence[SourceFile],
    record: str | Path,
    facts: Mapping[str, Mapping[str, str]],
    *,
    settings: Settings = _DEFAULTS,
    progress: Progress | None = None,
) -> Report:
    """Reads files whose bytes are at hand into a record; as `build` otherwise.

    Args:
        files: Each with its content.
        record: Made if there is none, unless there is no file.
        facts: What a person says of them, by name.
        settings: As for `build`.
        progress: As for `build`.
    """
    record, tell = Path(record), progress or (lambda *_: None)
    _check_folder(record)
    if not files and not record.exists():
        return Report(0, 0, 0, 0, 0, ())
    told = Manifest(record, {name: Row(known, 0) for name, known in facts.items()})
    with RecordWriter(record, _find_run(settings)) as writer:
        return _run(writer, files, told, settings, tell)


def _check_folder(record: Path) -> None:
    if not (folder := record.absolute().parent).is_dir():
        raise RecordError(f"{record}: there is no folder {folder}", "make it, or name another file with --record")


def _find_run(settings: Settings) -> Run:
    return Run(VERSION, _find_model_identity(settings.model), get_tables_digest())


def _run(
    writer: RecordWriter, files: Sequence[SourceFile], told: Manifest | None, settings: Settings, tell: Progress
) -> Report:
    """Read, annotate, link: the order of the stages."""
    intake = take_in(writer, files, told, tell)
    copies = set_copies_aside(intake)
    counts = intake.count()
    todo = intake.todo + _find_stale(writer, {document.id for document, _ in intake.todo})
    broken = _annotate_all(writer, todo, settings, tell)
    writer.add_copies(copies)
    note_containers(intake, writer)
    if writer.needs_linking():
        tell("linking", len(todo), len(todo), "")
        writer.relink()
    problems = (*intake.failed, *broken)
    return Report(
        counts.seen,
        counts.read,
        counts.copies,
        counts.unchanged,
        len(todo),
        problems,
        counts.partial,
        counts.refused,
    )


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
        TimeoutError: It took more processor time than a document may (`workers.BUDGET_S`).
    """
    facts = {"published": str(published)} if published is not None else {}
    document = add_language(read_text(text, "text", facts))
    return Reading(document, annotate_document(document, model))


def _note_problems(writer: RecordWriter, problems: Sequence[Problem], paths: Sequence[str | Path]) -> None:
    """Stores the problems of files; those of paths that lead nowhere, or to folders without reports, are not stored.

    They would stay in the record for good, and would make it depend on where a folder lies.
    """
    wrong = [path for path in map(Path, paths) if path.is_dir() or not path.exists()]
    names = {name for path in wrong for name in (path.as_posix(), path.name)}
    for found in problems:
        if found.subject not in names:
            writer.add_problem(found, Noted(found.subject))


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
    documents = [document for document, _ in todo]
    annotated = iter_annotations(documents, replace(settings, workers=min(settings.workers, len(documents))))
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
