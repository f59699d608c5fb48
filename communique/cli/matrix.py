"""``matrix``: issues × reports of an engagement, and what was expected of it against what came of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from communique.cli.naming import find_engagement
from communique.cli.output import bold, json_option, look_into, print_json, print_lines, record_option, say, warn
from communique.link.issue_keys import Words
from communique.link.issue_outcomes import Cell, Outcome
from communique.link.silences import read_document
from communique.publish.lines import Names, call, load_names, shorten
from communique.publish.matrix import Line, Matrix, Tables, index_tables, make_matrix, matrix_to_plain
from communique.publish.site.words import date_words
from communique.record.reader import Record

SILENT = "not mentioned (silence of this report only)"
NAMED = "named, but not as expected, addressed or avoided"
_OPEN = (Outcome.NO_OUTCOME, Outcome.NO_REPORT, Outcome.NAMED)


@click.command()
@click.argument("engagement", metavar="ENGAGEMENT")
@record_option
@click.option(
    "--expected-vs-addressed", "only_expected", is_flag=True, help="Only what was expected, and what came of it."
)
@json_option
def matrix(engagement: str, record: Path, only_expected: bool, as_json: bool) -> None:
    """Sets issues against reports: expected, addressed, avoided, not mentioned; by whom, in which words.

    ENGAGEMENT is an id, or words that name it alone. What it contains is looked at, too. "Not mentioned" is the silence
    of one report, and never means that something did not happen.

    \b
    Examples:
      communique matrix "visit Moscow 2013-05"
      communique matrix eng-0123 --expected-vs-addressed
    """
    with look_into(record) as opened:
        full = find_engagement(opened, engagement)
        row = opened.row(full)
        made = make_matrix(full, load_tables(opened))
        names = load_names(opened)
    lines = [line for line in made.lines if line.outcome is not None] if only_expected else list(made.lines)
    if as_json:
        plain = matrix_to_plain(made)
        print_json({**plain, "issues": [one for one in plain["issues"] if not only_expected or one["outcome"]]})
        return
    say(bold(f"{full}  {row['title']}  {date_words(row['date'])}"))
    say("  reports")
    print_lines(f"    {call(name, names)}{'' if name in made.after else '  (before it)'}" for name in made.reports)
    for line in lines:
        print_lines(_describe_expected(line, names) if only_expected else _describe(line, made, names))
    if not lines:
        warn("no issue that was expected" if only_expected else "no issues")


def load_tables(record: Record) -> Tables:
    """What a matrix is made of, out of a record; each report's words are read once."""

    def read(name: str) -> Words:
        return read_document(record.document(name))

    return index_tables(record.rows("engagements"), record.rows("agenda"), record.rows("issues"), read)


def _title(line: Line) -> str:
    others = [name for name in line.names if name != line.issue]
    called = f"  (also: {', '.join(others)})" if others else ""
    part = f"  [part of: {', '.join(line.broader)}]" if line.broader else ""
    return f"{line.issue}{called}{part}"


def _describe(line: Line, made: Matrix, names: Names) -> Iterator[str]:
    yield f"  {_title(line)}"
    for document in made.reports:
        cell = line.cells[document]
        if isinstance(cell, Cell):
            yield f"    {call(document, names)}: {SILENT if cell is Cell.NOT_MENTIONED else NAMED}"
        else:
            yield from (f"    {call(document, names)}: {_item(item)}" for item in cell)


def _item(item: Mapping[str, Any]) -> str:
    voice = item["voice"]["name"] or f"the {item['voice']['kind']}"
    return f"{item['phase']}, says {voice}: “{shorten(item['evidence'][0]['quote'])}”"


def _describe_expected(line: Line, names: Names) -> Iterator[str]:
    yield f"  {_title(line)}"
    for document, cell in line.cells.items():
        if not isinstance(cell, Cell):
            yield from (f"    {call(document, names)}: {_item(item)}" for item in cell)
    rests = "; ".join(call(name, names) for name in line.resting_on)
    where = f"  [{rests}]" if rests else ""
    yield f"    → {line.outcome} in the corpus{where}" if line.outcome in _OPEN else f"    → {line.outcome}{where}"
