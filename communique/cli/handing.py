"""``verify``, ``export`` and ``site``: proving a record and handing it over."""

from __future__ import annotations

from pathlib import Path

import click

from communique.cli.output import json_option, print_json, record_argument
from communique.publish.export import FORMATS
from communique.publish.export import export as run_export
from communique.publish.site import build_site
from communique.record.reader import open_record
from communique.record.verify import verify as run_verify

INTEGRITY = 4


@click.command()
@record_argument
@json_option
def verify(record: Path, as_json: bool) -> int:
    """Proves the whole record: every quotation against its text, every id, the file itself.

    Exit code 4 when something does not hold.

    \b
    Example:
      communique verify communique.db
    """
    with open_record(record) as opened:
        found = run_verify(opened)
    if as_json:
        print_json({"whole": found.is_whole, "counts": found.counts, "findings": [[f.subject, f.reason] for f in found.findings]})
    else:
        for finding in found.findings:
            click.echo(f"communique: {finding.subject}: {finding.reason}", err=True)
        looked_at = ", ".join(f"{number} {name}" for name, number in found.counts.items())
        click.echo(f"{record}: {'whole' if found.is_whole else 'NOT whole'}; looked at {looked_at}")
    return 0 if found.is_whole else INTEGRITY


@click.command()
@record_argument
@click.option("--format", "form", type=click.Choice(FORMATS), default="jsonl", show_default=True, help="The form of the files.")
@click.option("--dest", type=click.Path(path_type=Path), required=True, help="Folder for the files, one a noun.")
@click.option("--bom", is_flag=True, help="CSV with a byte order mark, for spreadsheets that need it.")
@json_option
def export(record: Path, form: str, dest: Path, bom: bool, as_json: bool) -> None:
    """Writes every noun of a record as a file; the same record gives the same bytes.

    \b
    Examples:
      communique export --dest data
      communique export kerry.db --format csv --bom --dest tables
    """
    with open_record(record) as opened:
        files = run_export(opened, dest, form, bom=bom)
    if as_json:
        print_json({"files": [path.as_posix() for path in files]})
    else:
        click.echo(f"{dest}: {len(files)} files")


@click.command()
@record_argument
@click.option("--dest", type=click.Path(path_type=Path), required=True, help="Folder for the pages.")
@click.option("--title", default="Communique", show_default=True, help="Title of the site.")
@json_option
def site(record: Path, dest: Path, title: str, as_json: bool) -> None:
    """Writes a static site that opens from disk, without network and without JavaScript.

    \b
    Example:
      communique site --dest site        then open site/index.html
    """
    with open_record(record) as opened:
        build_site(opened, dest, title)
    if as_json:
        print_json({"index": (dest / "index.html").as_posix()})
    else:
        click.echo(f"open {(dest / 'index.html').as_posix()} in a browser")
