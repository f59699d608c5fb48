"""What all commands share: the record to look at, how things are said, progress.

Data goes to standard output through `say` and `print_json`, everything else to standard error through `warn`.
"""

from __future__ import annotations

import json
import os
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import click

from communique.model import Problem, Review, When
from communique.read.manifest import DATE_FORMS
from communique.record.reader import Record, open_record
from communique.settings import Settings, load_settings
from communique.text.dates import parse_edtf

Row = dict[str, Any]

# Control characters but tab and newline; and those that turn the direction of writing, which make names lie.
_COMMANDS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

DEFAULT_RECORD = Path("communique.db")

record_option = click.option(
    "--record",
    type=click.Path(path_type=Path),
    default=DEFAULT_RECORD,
    show_default=True,
    help="The record to use.",
)
# For commands whose only subject is a record: `verify kerry.db` and `verify --record kerry.db` are the same.
record_argument = click.argument("named", metavar="[RECORD]", type=click.Path(path_type=Path), required=False)
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of lines.")
limit_option = click.option("--limit", type=click.IntRange(min=1), help="Show at most so many rows.")
settings_option = click.option(
    "--settings",
    "settings_file",
    type=click.Path(path_type=Path),
    help="Settings file instead of communique.toml.",
)
manifest_option = click.option(
    "--manifest",
    type=click.Path(path_type=Path),
    help="CSV with the columns file and any of published, title, publisher, author, url, language, standpoint: "
    "what the files cannot say themselves.",
)


class OutputClosed(Exception):
    """Whoever read our output went away, as ``head`` does."""


class Noun(click.ParamType[str]):
    """A word out of a list; a mistyped one is answered with those that are near."""

    name = "noun"

    def __init__(self, words: Iterable[str]) -> None:
        self.words = tuple(words)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        word = str(value).lower().replace("-", "_")
        if word in self.words:
            return word
        near = get_close_matches(word, self.words, n=3)
        hint = f"did you mean {' or '.join(near)}?" if near else f"use one of {', '.join(self.words)}"
        raise click.BadParameter(f"there is no {value!r} to list; {hint}", ctx, param)


class Day(click.ParamType[When]):
    """A date as known as one likes: 2013-05-07, 2013-05, 2013."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> When:
        when = value if isinstance(value, When) else parse_edtf(str(value))
        if when is None:
            raise click.BadParameter(f"{value!r} is no date; {DATE_FORMS}", ctx, param)
        return when


class States(click.ParamType[frozenset[str]]):
    """States of review, with commas between them; ``all`` for all."""

    name = "state"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> frozenset[str]:
        words = frozenset(word.strip().lower() for word in str(value).split(","))
        states = frozenset(map(str, Review))
        if words == {"all"}:
            return states
        if words - states:
            raise click.BadParameter(f"{value!r} is no state; use all, or some of {', '.join(Review)}", ctx, param)
        return words


state_option = click.option(
    "--state",
    "states",
    type=States(),
    help=f"Only rows in these states ({', '.join(Review)}), or all; without it, all but the rejected.",
)


def leave_out(rows: list[Row], states: frozenset[str] | None) -> list[Row]:
    """The rows in the states that are asked for; rejected ones that nobody asked for are counted on standard error."""
    if states is not None:
        return [row for row in rows if row.get("review", Review.PROPOSED) in states]
    shown = [row for row in rows if row.get("review") != Review.REJECTED]
    if len(shown) < len(rows):
        warn(f"{len(rows) - len(shown)} rejected not shown; --state all shows them")
    return shown


def get_settings(path: Path | None) -> Settings:
    """The settings of this run, from file and environment."""
    return load_settings(path, os.environ)


def choose_record(named: Path | None, option: Path) -> Path:
    """The record that is meant, by argument or by option; one of them will do.

    Raises:
        UsageError: Both are given and differ.
    """
    if named is not None and option not in (DEFAULT_RECORD, named):
        raise click.UsageError(f"two records: {named} and {option}; name one")
    return named or option


@contextmanager
def look_into(path: Path) -> Iterator[Record]:
    """A record, in the state of one moment; warns when a build of it was interrupted.

    Raises:
        RecordError: There is none, or it is not ours, damaged, or of another version.
    """
    with open_record(path) as record, record.snapshot():
        if not record.is_linked():
            warn(f"{path}: the last build did not end; run communique build again to link what it read")
        yield record


def say(line: str = "") -> None:
    """A line on standard output.

    Raises:
        OutputClosed: Nobody reads it any more.
    """
    try:
        click.echo(escape(line))
    except BrokenPipeError as error:
        raise OutputClosed from error


def warn(line: str) -> None:
    """A line on standard error that says who speaks."""
    click.echo(escape(f"communique: {line}").replace("\n", "\\n"), err=True)


def escape(words: str) -> str:
    """Words from outside without what could command a terminal; as JSON escapes, so that JSON stays what it is."""
    return _COMMANDS.sub(lambda match: f"\\u{ord(match.group()):04x}", words)


def warn_of(problems: Iterable[Problem]) -> None:
    """Problems on standard error, a line each: the file, the reason, what to do."""
    for found in problems:
        after = f"; {found.next_step}" if found.next_step else ""
        named = "" if found.subject in found.reason or found.stage == "annotate" else f"{found.subject}: "
        warn(f"{named}{found.reason}{after}")


def print_json(value: object) -> None:
    """One JSON value on one line."""
    say(json.dumps(value, ensure_ascii=False))


def print_rows(rows: list[Row], as_json: bool, to_line: Callable[[Row], str], noun: str) -> None:
    """Rows as one JSON object ``{noun, count, rows}``, or a line each."""
    if as_json:
        print_json({"noun": noun, "count": len(rows), "rows": rows})
        return
    print_lines(map(to_line, rows))
    if not rows:
        warn(f"no {noun.replace('_', ' ')}")


def print_lines(lines: Iterable[str]) -> None:
    """Lines on standard output."""
    for line in lines:
        say(line)


def bold(words: str) -> str:
    """Words that stand out on a terminal; plain where colour is not wanted (NO_COLOR, TERM=dumb)."""
    is_plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" or not sys.stdout.isatty()
    return words if is_plain else click.style(words, bold=True)


class ProgressLine:
    """Tells how far a long work is, on standard error: one changing line on a terminal, else a line every 10 s."""

    def __init__(self, quiet: bool = False) -> None:
        self.quiet = quiet
        self.is_terminal = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self.told_at = time.monotonic()
        self.is_open = False

    def __call__(self, stage: str, done: int, total: int, file: str) -> None:
        now = time.monotonic()
        if self.quiet or now - self.told_at < (0.1 if self.is_terminal else 10.0):
            return
        self.told_at = now
        words = f"{stage} {min(done + 1, total)} of {total}  {file}" if file else f"{stage} {total} documents"
        words = escape(words).replace("\n", "\\n")
        if self.is_terminal:
            width = max(click.get_current_context().terminal_width or 80, 20) - 1
            click.echo(f"\r\x1b[K{words[:width]}", err=True, nl=False)
            self.is_open = True
        else:
            click.echo(words, err=True)

    def close(self) -> None:
        """Takes the changing line away."""
        if self.is_open:
            click.echo("\r\x1b[K", err=True, nl=False)
            self.is_open = False
