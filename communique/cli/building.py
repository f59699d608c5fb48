"""``build`` and ``read``."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import click

from communique.cli.output import ProgressLine, get_settings, json_option, print_json, settings_option
from communique.codec import Plain, to_json, to_plain
from communique.errors import ReadError, SettingsError
from communique.model import Document, Problem, Reading, problem
from communique.pipeline import Report, annotate_safely
from communique.pipeline import build as run_build
from communique.read import SourceFile, read_bytes, read_file, read_manifest
from communique.record.rows import make_document_row

manifest_option = click.option(
    "--manifest", type=click.Path(path_type=Path), help="CSV with the columns file and any of published, title, publisher, "
    "author, url, language, standpoint: what the files cannot say themselves.",
)  # fmt: skip


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@click.option("--record", type=click.Path(path_type=Path), default="communique.db", show_default=True, help="The record.")
@manifest_option
@click.option("--workers", type=click.IntRange(min=1, max=64), help="Processes that annotate side by side (default 1).")
@click.option("-q", "--quiet", is_flag=True, help="No progress, no summary.")
@settings_option
@json_option
def build(
    paths: tuple[Path, ...], record: Path, manifest: Path | None, workers: int | None, quiet: bool,
    settings_file: Path | None, as_json: bool,
) -> int:  # fmt: skip
    """Reads files and folders into a record, and links the reports.

    Run again, it does only what is new. Files that cannot be read are named with the reason; the others are stored.

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
    _tell_problems(report.problems)
    if as_json:
        print_json(to_plain(report))
    elif not quiet:
        click.echo(_summarise(report, record), err=True)
    return 3 if report.problems else 0


def _summarise(report: Report, record: Path) -> str:
    counts = [f"{report.read} read", f"{report.copies} copies", f"{report.unchanged} unchanged"]
    counts.append(f"{len(report.problems)} not read")
    return f"{record}: {report.seen} files seen: {', '.join(counts)}"


def _tell_problems(problems: tuple[Problem, ...] | list[Problem]) -> None:
    for found in problems:
        after = f"; {found.next_step}" if found.next_step else ""
        named = "" if found.subject in found.reason else f"{found.subject}: "
        click.echo(f"communique: {named}{found.reason}{after}", err=True)


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--published", help="Day of publication of all of them (EDTF, as 2013-05-07), where they print none.")
@manifest_option
@settings_option
def read(files: tuple[str, ...], published: str | None, manifest: Path | None, settings_file: Path | None) -> int:
    """Prints what each file says, one JSON object a line, in the order given; ``-`` is standard input.

    Nothing is stored and nothing is linked: entities are those of the one document.

    \b
    Examples:
      communique read report.txt
      communique read --published 2013-05-07 a.txt b.html > read.jsonl
      cat report.txt | communique read -
    """
    settings = get_settings(settings_file)
    told = read_manifest(manifest) if manifest is not None else None
    common = {"published": published} if published else {}
    problems = []
    for file in files:
        facts = {**common, **(told.facts(_manifest_name(file)) if told else {})}
        try:
            document = _read_document(file, facts)
        except ReadError as error:
            problems.append(problem(file, "read", error.reason, error.next_step))
            continue
        annotations = annotate_safely(document, settings.model)
        problems += annotations.problems
        click.echo(to_json_line(Reading(document, annotations)))
    _tell_problems(problems)
    return 3 if problems else 0


def _manifest_name(file: str) -> str:
    return file.replace("\\", "/").removeprefix("./")


def _read_document(file: str, facts: dict[str, str]) -> Document:
    if file == "-":
        return read_bytes(sys.stdin.buffer.read(), "standard input", facts)
    path = Path(file)
    if path.is_dir():
        raise ReadError(f"{file}: is a folder", "name the files, or use communique build")
    try:
        return read_file(SourceFile(path, file), facts)
    except SettingsError as error:
        raise ReadError(f"{file}: {error.reason}", error.next_step) from error


def to_json_line(reading: Reading) -> str:
    """Layer 1 of a document as one JSON object: ``document``, then every list of annotations; event mentions are
    called ``engagements``."""
    row = make_document_row(reading.document)
    del row["text"]
    plain = to_plain(reading.annotations)
    assert isinstance(plain, dict)
    named: dict[str, Plain] = {("engagements" if name == "events" else name): rows for name, rows in plain.items()}
    return to_json({"document": row, **named})
