"""``build`` and ``read``."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import chain
from pathlib import Path, PurePath

import click

from communique.cli.output import (
    DEFAULT_RECORD,
    Day,
    ProgressLine,
    get_settings,
    json_option,
    manifest_option,
    print_json,
    say,
    settings_option,
    warn_of,
)
from communique.codec import Plain, to_json, to_plain
from communique.errors import ReadError
from communique.intake import add_language
from communique.model import Annotations, Document, Problem, Reading, When, problem
from communique.pipeline import Report
from communique.pipeline import build as run_build
from communique.read import MAX_BYTES, Manifest, SourceFile, read_manifest
from communique.read.cage import Cage
from communique.read.files import read_content
from communique.read.reader import set_facts
from communique.record.rows import make_document_row
from communique.settings import MAX_WORKERS, Settings
from communique.workers import iter_annotations, load_model

PARTLY_DONE = 3
# So many files to read keep one more process busy longer than it takes to start.
FILES_A_WORKER = 10


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@click.option(
    "--record", type=click.Path(path_type=Path), default=DEFAULT_RECORD, show_default=True, help="The record."
)
@manifest_option
@click.option("--workers", type=click.IntRange(1, MAX_WORKERS), help="Processes that annotate side by side.")
@click.option("-q", "--quiet", is_flag=True, help="No progress, no summary; problems are told all the same.")
@settings_option
@json_option
def build(
    paths: tuple[Path, ...],
    record: Path,
    manifest: Path | None,
    workers: int | None,
    quiet: bool,
    settings_file: Path | None,
    as_json: bool,
) -> int:
    """Reads files and folders into a record, and links the reports.

    Run again, it does only what is new; after Ctrl-C, a crash or a power cut it goes on where it stopped. Files that
    cannot be read are named with the reason, the others are stored, and the exit code is 3. What a manifest sets stays
    until another manifest says otherwise.

    \b
    Examples:
      communique build reports
      communique build reports more/today.txt --record kerry.db
      communique build reports --manifest manifest.csv --workers 2
    """
    settings = get_settings(settings_file)
    if workers is not None:
        settings = replace(settings, workers=workers)
    progress = ProgressLine(quiet)
    try:
        report = run_build(paths, record, manifest=manifest, settings=settings, progress=progress)
    finally:
        progress.close()
    warn_of(report.problems)
    if as_json:
        print_json({"record": str(record), **_to_row(report)})
    elif not quiet:
        click.echo(summarise(report, record), err=True)
    return PARTLY_DONE if report.problems else 0


def _to_row(report: Report) -> dict[str, Plain]:
    row = to_plain(report)
    assert isinstance(row, dict)
    return row


def summarise(report: Report, record: Path) -> str:
    """What a build did, in one line."""
    if not record.exists():
        return "nothing to read, no record made"
    inputs = "1 file" if report.seen == 1 else f"{report.seen} files"
    counts = {"new": report.read, "in part": report.partial, "copies": report.copies, "unchanged": report.unchanged}
    counts["not read"] = report.refused
    told = ", ".join(f"{number} {words}" for words, number in counts.items() if number or words == "new")
    again = f"; {more} annotated again" if (more := report.annotated - report.read - report.partial) > 0 else ""
    return f"{record}: {inputs}: {told}{again}"


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--published", type=Day(), help="Day of publication of all of them (2013-05-07 or 2013-05).")
@manifest_option
@click.option(
    "--workers",
    type=click.IntRange(1, MAX_WORKERS),
    help="Processes at once. Default: one for every ten files, at most as many as there are processors.",
)
@settings_option
def read(
    files: tuple[str, ...],
    published: When | None,
    manifest: Path | None,
    workers: int | None,
    settings_file: Path | None,
) -> int:
    """Prints what each file says, one JSON object a line, in the order given; ``-`` is standard input.

    Nothing is stored and nothing is linked: entities are those of the one document. The manifest names files as they
    are given here, or by their last part; its date goes before --published.

    \b
    Examples:
      communique read report.txt
      communique read --published 2013-05-07 a.txt b.html > read.jsonl
      cat report.txt | communique read -
    """
    settings = replace(get_settings(settings_file), workers=workers or _count_workers(len(files)))
    told = read_manifest(manifest) if manifest is not None else None
    common = {"published": published.edtf} if published and published.edtf else {}
    unread: list[Problem] = []
    problems: list[Problem] = []
    documents: list[Document] = []
    contents = _iter_contents(files, unread)
    if first := next(contents, None):
        reading = _iter_documents(
            chain([first], contents), documents, unread, lambda name: {**common, **_get_facts(told, name)}
        )
        _read_while_loading(reading, settings)
        everything = chain(tuple(documents), reading)
        found: Iterable[Annotations] = ()
        if documents:
            found = iter_annotations(everything, settings, share_model=True)
        for number, annotations in enumerate(found):
            problems += annotations.problems
            say(to_json_line(Reading(documents[number], annotations)))
    warn_of([*unread, *problems])
    return PARTLY_DONE if unread or problems else 0


def _read_while_loading(reading: Iterator[Document], settings: Settings) -> None:
    """Loads the language model, which takes as long as the process behind the cage takes to start; reads meanwhile.

    Several workers begin with what is read when it is loaded. A single one begins when all is: nothing in the cage
    shall wait for it.
    """
    with ThreadPoolExecutor(1) as aside:
        loading = aside.submit(load_model, settings.model)
        is_any = False
        for _ in reading:
            is_any = True
            if settings.workers > 1 and loading.done():
                break
    if is_any:
        loading.result()


def _iter_contents(files: Iterable[str], unread: list[Problem]) -> Iterator[tuple[str, bytes]]:
    for file in files:
        try:
            yield file, _read_content(file)
        except ReadError as error:
            unread.append(problem(file, "read", error.reason, error.next_step))


def _iter_documents(
    contents: Iterable[tuple[str, bytes]],
    documents: list[Document],
    unread: list[Problem],
    find_facts: Callable[[str], dict[str, str]],
) -> Iterator[Document]:
    """Reads files: adds to ``documents`` what it yields, with the facts by the file's name and by their own, and to
    ``unread`` what cannot be read."""
    with Cage() as cage:
        for file, content in contents:
            try:
                for item in cage.read(content, "standard input" if file == "-" else file):
                    if item.document is not None:
                        facts = {**find_facts(file), **find_facts(item.name)}
                        documents.append(add_language(set_facts(item.document, facts)))
                        yield documents[-1]
                    elif item.reason:
                        unread.append(problem(item.name, "read", item.reason, item.next_step))
            except ReadError as error:
                unread.append(problem(file, "read", error.reason, error.next_step))


def _count_workers(n_files: int) -> int:
    """A process costs more than it saves for a few files."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(n_files // FILES_A_WORKER, processors, MAX_WORKERS))


def _get_facts(told: Manifest | None, file: str) -> dict[str, str]:
    """What a manifest says of a file, by its name as given, else by the last part of it."""
    if told is None:
        return {}
    name = file.replace("\\", "/").removeprefix("./")
    return dict(told.facts(name) or told.facts(PurePath(name).name))


def _read_content(file: str) -> bytes:
    if file == "-":
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    path = Path(file)
    if path.is_dir():
        raise ReadError(f"{file}: is a folder", "name the files, or use communique build")
    return read_content(SourceFile(path, file), MAX_BYTES)


def to_json_line(reading: Reading) -> str:
    """Layer 1 of a document as one JSON object: ``document``, then every list of annotations; event mentions are
    called ``engagements``."""
    row = make_document_row(reading.document)
    del row["text"]
    plain = to_plain(reading.annotations)
    assert isinstance(plain, dict)
    named: dict[str, Plain] = {("engagements" if name == "events" else name): rows for name, rows in plain.items()}
    return to_json({"document": row, **named})
