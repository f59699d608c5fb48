"""``verify``, ``backup``, ``export`` and ``site``: proving a record and handing it over."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import click

from communique.cli.output import (
    choose_record,
    json_option,
    look_into,
    print_json,
    record_argument,
    record_option,
    say,
    warn,
)
from communique.errors import CommuniqueError, RecordError
from communique.publish.export import FORMATS
from communique.publish.export import export as run_export
from communique.publish.site.build import build_site
from communique.record.backup import DamageError
from communique.record.backup import backup as run_backup
from communique.record.reader import open_record
from communique.record.verify import Finding, Verification
from communique.record.verify import verify as run_verify
from communique.remaking import remake

INTEGRITY = 4


@click.command()
@record_argument
@record_option
@click.option("--again", is_flag=True, help="Also make every text again from the bytes that are kept, and compare.")
@json_option
def verify(named: Path | None, record: Path, again: bool, as_json: bool) -> int:
    """Proves the whole record: every quotation against its text, every id, the file itself.

    Exit code 4 when something does not hold; each finding is named.

    \b
    Examples:
      communique verify communique.db
      communique verify --again       reads the kept files anew, which takes as long as reading them did
    """
    path = choose_record(named, record)
    try:
        with open_record(path) as opened:
            found = run_verify(opened)
            if again:
                remade = list(remake(opened))
                differing = tuple(result for result in remade if isinstance(result, Finding))
                counts = {**found.counts, "texts made again": len(remade)}
                found = Verification((*found.findings, *differing), counts)
    except RecordError as error:
        if not _is_damage(error):
            raise
        found = Verification((Finding(str(path), error.reason.removeprefix(f"{path}: ")),), {})
    if as_json:
        findings = [{"subject": finding.subject, "reason": finding.reason} for finding in found.findings]
        print_json({"record": str(path), "whole": found.is_whole, "counts": found.counts, "findings": findings})
    else:
        for finding in found.findings:
            warn(f"{finding.subject}: {finding.reason}")
        looked_at = ", ".join(f"{number} {name}" for name, number in found.counts.items()) or "nothing else"
        say(f"{path}: {'whole' if found.is_whole else 'NOT whole'}; looked at {looked_at}")
    return 0 if found.is_whole else INTEGRITY


@click.command()
@record_argument
@record_option
@click.option("--to", type=click.Path(path_type=Path), required=True, help="The copy; an earlier one is replaced.")
@json_option
def backup(named: Path | None, record: Path, to: Path, as_json: bool) -> int:
    """Copies a record, also while a build writes it; the copy is proved before it takes its name.

    A backup is a record: every command can use it, and it can be copied back. Exit code 4 when something in the record
    does not hold: then an earlier backup stays as it was.

    \b
    Example:
      communique backup communique.db --to backups/monday.db
    """
    path = choose_record(named, record)
    try:
        found = run_backup(path, to)
    except DamageError as error:
        warn(str(error))
        return INTEGRITY
    if as_json:
        print_json({"record": str(path), "backup": str(to), "counts": found.counts})
    else:
        note = "" if found.is_whole else " (its last build has not ended)"
        say(f"{to}: a whole copy of {path}{note}; {found.counts['documents']} documents")
    return 0


def _is_damage(error: RecordError) -> bool:
    """True when SQLite found the file itself broken."""
    cause = error.__cause__
    return isinstance(cause, sqlite3.Error) and cause.sqlite_errorcode & 0xFF == sqlite3.SQLITE_CORRUPT


@click.command()
@record_argument
@record_option
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="jsonl", show_default=True, help="The form of the files."
)
@click.option("--dest", type=click.Path(path_type=Path), required=True, help="Folder for the files, one a noun.")
@click.option("--bom", is_flag=True, help="CSV with a byte order mark, for spreadsheets that need it.")
@json_option
def export(named: Path | None, record: Path, form: str, dest: Path, bom: bool, as_json: bool) -> None:
    """Writes every noun of a record as a file; the same record gives the same bytes.

    \b
    Examples:
      communique export --dest data
      communique export kerry.db --format csv --bom --dest tables
    """
    with look_into(choose_record(named, record)) as opened:
        files = run_export(opened, dest, form, bom=bom)
    if as_json:
        print_json({"files": [path.as_posix() for path in files]})
    else:
        say(f"{dest}: {len(files)} files")


@click.command()
@record_argument
@record_option
@click.option("--dest", type=click.Path(path_type=Path), required=True, help="Folder for the pages.")
@click.option("--title", default="Communique", show_default=True, help="Title of the site.")
@json_option
def site(named: Path | None, record: Path, dest: Path, title: str, as_json: bool) -> None:
    """Writes a static site that opens from disk, without network and without JavaScript.

    \b
    Example:
      communique site --dest site        then open site/index.html
    """
    try:
        with look_into(choose_record(named, record)) as opened:
            build_site(opened, dest, title)
    except OSError as error:
        raise CommuniqueError(f"{dest}: the site cannot be written ({error.strerror})", "check the folder") from error
    index = (dest / "index.html").as_posix()
    if as_json:
        print_json({"index": index})
    else:
        say(f"open {index} in a browser")
