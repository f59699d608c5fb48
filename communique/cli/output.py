"""What all commands share: the record to look at, the form of the output, progress."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

import click

from communique.settings import Settings, load_settings

F = TypeVar("F", bound=Callable[..., object])

DEFAULT_RECORD = "communique.db"

record_option = click.option(
    "--record", type=click.Path(path_type=Path), default=DEFAULT_RECORD, show_default=True, help="The record to use."
)
record_argument = click.argument("record", type=click.Path(path_type=Path), default=DEFAULT_RECORD, required=False)
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of lines.")
limit_option = click.option("--limit", type=click.IntRange(min=1), help="Show at most so many rows.")
settings_option = click.option(
    "--settings", "settings_file", type=click.Path(path_type=Path), help="Settings file (default: communique.toml here)."
)


def get_settings(path: Path | None) -> Settings:
    """The settings of this run, from file and environment."""
    return load_settings(path, os.environ)


def print_json(value: object) -> None:
    """One JSON value on one line."""
    click.echo(json.dumps(value, ensure_ascii=False))


def print_rows(rows: list[dict[str, Any]], as_json: bool, to_line: Callable[[dict[str, Any]], str], what: str) -> None:
    """Rows as one JSON object ``{noun, count, rows}``, or a line each."""
    if as_json:
        print_json({"noun": what, "count": len(rows), "rows": rows})
        return
    print_lines(map(to_line, rows))
    if not rows:
        click.echo(f"no {what}", err=True)


def print_lines(lines: Iterable[str]) -> None:
    """Lines on standard output."""
    for line in lines:
        click.echo(line)


def bold(words: str) -> str:
    """Words that stand out on a terminal; plain where colour is not wanted (NO_COLOR) or output goes elsewhere."""
    return words if os.environ.get("NO_COLOR") or not sys.stdout.isatty() else click.style(words, bold=True)


class ProgressLine:
    """Tells how far a long work is, on standard error: one changing line on a terminal, else a line every 10 s."""

    def __init__(self, quiet: bool = False) -> None:
        self.quiet = quiet
        self.is_terminal = sys.stderr.isatty()
        self.told_at = time.monotonic()
        self.is_open = False

    def __call__(self, done: int, total: int, what: str) -> None:
        now = time.monotonic()
        if self.quiet or now - self.told_at < (0.1 if self.is_terminal else 10.0):
            return
        self.told_at = now
        if self.is_terminal:
            click.echo(f"\r\x1b[K{done} of {total}  {what[:60]}", err=True, nl=False)
            self.is_open = True
        else:
            click.echo(f"{done} of {total}  {what}", err=True)

    def close(self) -> None:
        """Takes the changing line away."""
        if self.is_open:
            click.echo("\r\x1b[K", err=True, nl=False)
