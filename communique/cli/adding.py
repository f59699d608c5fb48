"""``add`` and ``watch``: web addresses into a record, and a folder that is looked at again and again."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import click

from communique.cli.building import PARTLY_DONE, summarise
from communique.cli.output import (
    DEFAULT_RECORD,
    ProgressLine,
    get_settings,
    json_option,
    manifest_option,
    print_json,
    settings_option,
    warn_of,
)
from communique.codec import to_plain
from communique.errors import ReadError, SettingsError
from communique.fetch import fetch
from communique.model import problem
from communique.pipeline import Report, add_files
from communique.pipeline import build as run_build
from communique.read import SourceFile, find_files

into_option = click.option(
    "--record", type=click.Path(path_type=Path), default=DEFAULT_RECORD, show_default=True, help="The record."
)


@click.command()
@click.argument("addresses", nargs=-1, required=True, metavar="URL...")
@into_option
@click.option("--fetch", "may_fetch", is_flag=True, help="Yes, connect to these hosts (or set fetch in the settings).")
@click.option("-q", "--quiet", is_flag=True, help="No progress, no summary; problems are told all the same.")
@settings_option
@json_option
def add(
    addresses: tuple[str, ...],
    record: Path,
    may_fetch: bool,
    quiet: bool,
    settings_file: Path | None,
    as_json: bool,
) -> int:
    """Fetches web pages, documents or feeds into a record. The only command that uses the network.

    It connects to the named hosts and to no other: public addresses only, usual ports, no redirect to another host,
    20 MB and 20 seconds each. Of a feed the entries are read, and what they link to is not fetched.

    \b
    Example:
      communique add --fetch https://news.example.org/talks-end.html
    """
    settings = get_settings(settings_file)
    if not (may_fetch or settings.fetch):
        raise SettingsError("the network is not used unless asked for", "add --fetch, or set fetch = true")
    problems, files, facts = [], [], {}
    for address in addresses:
        try:
            found = fetch(address)
        except ReadError as error:
            problems.append(problem(address, "fetch", error.reason, error.next_step))
            continue
        files.append(SourceFile(Path(found.name), found.name, found.content))
        facts[found.name] = {"url": found.url}
    progress = ProgressLine(quiet)
    try:
        report = add_files(files, record, facts, settings=settings, progress=progress)
    finally:
        progress.close()
    n_wrong = len(problems)
    report = replace(
        report,
        seen=report.seen + n_wrong,
        refused=report.refused + n_wrong,
        problems=(*problems, *report.problems),
    )
    return tell(report, record, quiet, as_json)


def tell(report: Report, record: Path, quiet: bool, as_json: bool) -> int:
    """Says what was done; gives the exit code."""
    warn_of(report.problems)
    if as_json:
        plain = to_plain(report)
        assert isinstance(plain, dict)
        print_json({"record": str(record), **plain})
    elif not quiet:
        click.echo(summarise(report, record), err=True)
    return PARTLY_DONE if report.problems else 0


@click.command()
@click.argument("folders", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FOLDER...")
@into_option
@manifest_option
@click.option("--every", type=click.FloatRange(min=0.1), default=10.0, show_default=True, help="Seconds between looks.")
@click.option("--times", type=click.IntRange(min=1), help="Stop after so many looks. Default: go on until Ctrl-C.")
@settings_option
def watch(
    folders: tuple[Path, ...],
    record: Path,
    manifest: Path | None,
    every: float,
    times: int | None,
    settings_file: Path | None,
) -> int:
    """Looks at folders again and again, and builds when files came or changed.

    A file counts when two looks find it the same, so that one which is still being written is not read half.

    \b
    Example:
      communique watch inbox --record desk.db
    """
    settings = get_settings(settings_file)
    before: dict[str, tuple[int, int]] | None = None
    built: dict[str, tuple[int, int]] | None = None
    code = looks = 0
    while times is None or looks < times:
        if looks:
            time.sleep(every)
        looks += 1
        now = find_state(folders)
        if now == before and now != built and now:
            report = run_build(folders, record, manifest=manifest, settings=settings)
            code = tell(report, record, quiet=False, as_json=False)
            built = now
        before = now
    return code


def find_state(folders: tuple[Path, ...]) -> dict[str, tuple[int, int]]:
    """Size and time of change of every file that would be read, by its path."""
    state = {}
    for source in find_files(folders)[0]:
        try:
            found = source.path.stat()
        except OSError:  # gone since it was listed
            continue
        state[str(source.path)] = (found.st_size, found.st_mtime_ns)
    return state
