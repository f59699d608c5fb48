"""``list``, ``show``, ``search``, ``chronology`` and ``compare``: looking into a record."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from communique.cli.output import (
    bold,
    json_option,
    limit_option,
    print_json,
    print_lines,
    print_rows,
    record_option,
)
from communique.errors import SettingsError
from communique.publish.lines import describe, shorten, to_line
from communique.publish.site_words import date_words
from communique.record.reader import Record, open_record
from communique.record.rows import NOUNS

Row = dict[str, Any]
# Words by which people call tables.
ALIASES = {"people": "entities", "persons": "entities", "events": "engagements", "conflicts": "comparisons"}


@click.command("list")
@click.argument("noun", type=click.Choice([*NOUNS, *ALIASES], case_sensitive=False))
@record_option
@click.option("--speaker", help="Statements of this speaker (part of the name).")
@click.option("--kind", help="Rows of this kind (person, visit, sanction ...).")
@click.option("--document", help="Rows of this document (id or part of the file's name).")
@limit_option
@json_option
def list_rows(
    noun: str, record: Path, speaker: str | None, kind: str | None, document: str | None, limit: int | None, as_json: bool
) -> None:
    """Lists the rows of a noun, one a line.

    \b
    Examples:
      communique list documents
      communique list statements --speaker Kerry
      communique list entities --kind person --json
    """
    with open_record(record) as opened:
        rows = opened.rows(ALIASES.get(noun, noun))
        rows = [row for row in rows if _is_asked(opened, row, speaker, kind, document)]
    noun = ALIASES.get(noun, noun)
    rows.sort(key=_order)
    print_rows(rows[:limit], as_json, to_line(noun), noun)


def _is_asked(record: Record, row: Row, speaker: str | None, kind: str | None, document: str | None) -> bool:
    if speaker and speaker.casefold() not in str((row.get("source") or {}).get("name", "")).casefold():
        return False
    if kind and str(row.get("kind", "")).casefold() != kind.casefold():
        return False
    if document:
        wanted = {row["id"] for row in record.rows("documents") if document == row["id"] or document in row["file"]}
        if not wanted & _documents_of(row):
            return False
    return True


def _documents_of(row: Row) -> set[str]:
    named = {row["document"]} if isinstance(row.get("document"), str) else set()
    for field in ("evidence", "mentions", "values"):
        value = row.get(field)
        named |= {part["document"] for part in value} if isinstance(value, list) else set()
    return named


def _order(row: Row) -> tuple[str, ...]:
    """Dated rows by date, statements by place in the text, the rest by id."""
    date = row.get("date") or row.get("published") or {}
    content = row.get("content") or [{}]
    return (str(date.get("start") or "9999"), str(row.get("document", "")), f"{content[0].get('start', 0):09}", row["id"])


@click.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@record_option
@json_option
def show(ids: tuple[str, ...], record: Path, as_json: bool) -> None:
    """Shows rows in full, with every passage that they stand on; an id can be cut short.

    \b
    Example:
      communique show eng-0123 stm-89ab
    """
    with open_record(record) as opened:
        for name in ids:
            noun, full = opened.resolve(name)
            row = opened.row(full)
            if as_json:
                print_json({"noun": noun, **row})
                continue
            print_lines(describe(noun, row))
            if noun == "documents":
                _show_document(opened, full)


def _show_document(record: Record, document: str) -> None:
    """What stands on a document's words, in text order."""
    rows: dict[str, tuple[str, Row]] = {}
    for place in record.evidence_in(document):
        if place["noun"] not in ("mentions", "times", "entities", "documents", "event_mentions") and place["row"] not in rows:
            rows[place["row"]] = (place["noun"], record.row(place["row"]))
    print_lines(f"  {noun}: {to_line(noun)(row)}" for noun, row in rows.values())


@click.command()
@click.argument("words", nargs=-1, required=True)
@record_option
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="At most so many.")
@json_option
def search(words: tuple[str, ...], record: Path, limit: int, as_json: bool) -> None:
    """Finds passages and statements in which all the words occur.

    \b
    Examples:
      communique search missile defense
      communique search '"civil society"' sanction*
    """
    with open_record(record) as opened:
        rows = opened.search(" ".join(words), limit)
    print_rows(rows, as_json, _line_of_hit, "hits")


def _line_of_hit(row: Row) -> str:
    return f"{row['id']}  {shorten(row['quote'], 200)}  [{row['title'] or row['file']}]"


@click.command()
@record_option
@click.option("--from", "first", help="From this year, month or day on (2013, 2013-05, 2013-05-07).")
@click.option("--to", "last", help="Up to this year, month or day, inclusive.")
@click.option("--expected", "only", flag_value="expected", help="Only what was planned or expected.")
@click.option("--happened", "only", flag_value="happened", help="Only what is reported as having happened.")
@limit_option
@json_option
def chronology(
    record: Path, first: str | None, last: str | None, only: str | None, limit: int | None, as_json: bool
) -> None:
    """Lists engagements in the order of their dates, undated ones last; parts stand below what contains them.

    \b
    Example:
      communique chronology --from 2013-05 --to 2013-06
    """
    with open_record(record) as opened:
        rows = [row for row in opened.rows("engagements") if _is_in(row, first, last, only)]
    ordered = _with_parts(rows)[:limit]
    if as_json:
        print_json({"noun": "engagements", "count": len(ordered), "rows": [row for _, row in ordered]})
        return
    previous = None
    for depth, row in ordered:
        year = str((row["date"] or {}).get("start") or "undated")[:4].replace("unda", "undated")
        if depth == 0 and year != previous:
            click.echo(bold(year))
            previous = year
        click.echo(f"{'  ' * (depth + 1)}{to_line('engagements')(row)}")
    if not ordered:
        click.echo("no engagements", err=True)


def _is_in(row: Row, first: str | None, last: str | None, only: str | None) -> bool:
    date = row["date"] or {}
    start, end = date.get("start"), date.get("end")
    if first and (end is None or str(end) < first):
        return False
    if last and (start is None or str(start)[: len(last)] > last):
        return False
    if only == "expected":
        return row["status"] in ("planned", "expected", "possible")
    return only is None or row["status"] in ("happened", "ongoing")


def _with_parts(rows: list[Row]) -> list[tuple[int, Row]]:
    """Rows by date, each followed by its parts; what is part of a row that is not shown stands for itself."""
    shown = {row["id"] for row in rows}
    children: dict[str | None, list[Row]] = {}
    for row in sorted(rows, key=_order):
        children.setdefault(row["parent"] if row["parent"] in shown else None, []).append(row)
    ordered: list[tuple[int, Row]] = []
    waiting = [(0, row) for row in reversed(children.get(None, []))]
    while waiting:
        depth, row = waiting.pop()
        ordered.append((depth, row))
        waiting += [(depth + 1, child) for child in reversed(children.get(row["id"], []))]
    return ordered


@click.command()
@click.argument("engagement", metavar="ENGAGEMENT")
@record_option
@json_option
def compare(engagement: str, record: Path, as_json: bool) -> None:
    """Sets the accounts of an engagement side by side: each property, each value, who says so. No verdict.

    \b
    Example:
      communique compare eng-0123
    """
    with open_record(record) as opened:
        noun, full = opened.resolve(engagement)
        if noun != "engagements":
            raise SettingsError(f"{full} is one of {noun}, not an engagement", "communique list engagements shows the ids")
        row = opened.row(full)
        related = [other for other in opened.rows("comparisons") if other["about"] == full]
        titles = {document["id"]: document["title"] or document["file"] for document in opened.rows("documents")}
    if as_json:
        print_json({"engagement": full, "accounts": row["accounts"], "comparisons": related})
        return
    click.echo(bold(f"{row['title']}  {date_words(row['date'])}"))
    by_property: dict[str, list[str]] = {}
    for account in row["accounts"]:
        for assertion in account["assertions"]:
            voice = f", says {assertion['voice']['name']}" if assertion["voice"] else ""
            line = f"    {assertion['value']}  “{shorten(assertion['evidence']['quote'], 90)}”  [{titles[account['document']]}{voice}]"
            by_property.setdefault(assertion["property"], []).append(line)
    for name in sorted(by_property):
        click.echo(f"  {name}")
        print_lines(by_property[name])
    for evidence in row["evidence"]:
        click.echo(f"  {evidence['status']}: “{shorten(evidence['quote'])}”  [{titles[evidence['document']]}]")
    print_lines(f"  {to_line('comparisons')(other)}" for other in related)
