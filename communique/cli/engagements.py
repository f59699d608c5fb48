"""``chronology`` and ``compare``: what took place, and who says what about it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from communique.cli.output import (
    Day,
    Row,
    bold,
    json_option,
    leave_out,
    limit_option,
    look_into,
    print_json,
    print_lines,
    record_option,
    say,
    state_option,
    warn,
)
from communique.errors import SettingsError
from communique.model import AHEAD, Status, When
from communique.publish.lines import Names, assertion_words, call, comparison_words, load_names, shorten, to_line
from communique.publish.site.words import date_words


@click.command()
@record_option
@click.option("--from", "first", type=Day(), help="From this year, month or day on (2013, 2013-05, 2013-05-07).")
@click.option("--to", "last", type=Day(), help="Up to this year, month or day, inclusive.")
@click.option("--expected", "only", flag_value="expected", help="Only what was planned, expected or possible.")
@click.option("--happened", "only", flag_value="happened", help="Only what is reported as having happened.")
@state_option
@limit_option
@json_option
def chronology(
    record: Path,
    first: When | None,
    last: When | None,
    only: str | None,
    states: frozenset[str] | None,
    limit: int | None,
    as_json: bool,
) -> None:
    """Lists engagements in the order of their dates, undated ones last; parts stand below what contains them.

    \b
    Example:
      communique chronology --from 2013-05 --to 2013-06
    """
    with look_into(record) as opened:
        rows = [row for row in opened.rows("engagements") if _is_between(row, first, last) and _is_asked(row, only)]
    ordered = _with_parts(leave_out(rows, states))[:limit]
    if as_json:
        print_json({"noun": "engagements", "count": len(ordered), "rows": [row for _, row in ordered]})
        return
    line = to_line("engagements", {})
    previous = None
    for depth, row in ordered:
        start = (row["date"] or {}).get("start") or (row["date"] or {}).get("end")
        year = str(start)[:4] if start else "undated"
        if depth == 0 and year != previous:
            say(bold(year))
            previous = year
        say(f"{'  ' * (depth + 1)}{line(row)}")
    if not ordered:
        warn("no engagements")


def _is_between(row: Row, first: When | None, last: When | None) -> bool:
    """True when the engagement may lie in the asked days; one of which no day is known lies nowhere."""
    known = row["date"] or {}
    start = date.fromisoformat(known["start"]) if known.get("start") else None
    end = date.fromisoformat(known["end"]) if known.get("end") else None
    if (first or last) and start is None and end is None:
        return False
    is_after = first is None or first.start is None or end is None or end >= first.start
    return is_after and (last is None or last.end is None or start is None or start <= last.end)


def _is_asked(row: Row, only: str | None) -> bool:
    if only == "expected":
        return row["status"] in AHEAD
    return only is None or row["status"] in (Status.HAPPENED, Status.ONGOING)


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


def _order(row: Row) -> tuple[str, str, str]:
    known = row["date"] or {}
    return (known.get("start") or known.get("end") or "9999", known.get("end") or "9999", row["id"])


@click.command()
@click.argument("engagement", metavar="ENGAGEMENT")
@record_option
@json_option
def compare(engagement: str, record: Path, as_json: bool) -> None:
    """Sets the accounts of an engagement side by side: each property, each value, who says so. No verdict.

    What a report does not mention is not denied by it.

    \b
    Example:
      communique compare eng-0123
    """
    with look_into(record) as opened:
        noun, full = opened.resolve(engagement)
        if noun != "engagements":
            raise SettingsError(f"{full} is one of {noun}, not an engagement", "communique chronology shows the ids")
        row = opened.row(full)
        related = [other for other in opened.rows("comparisons") if other["about"] == full]
        names = load_names(opened)
    if as_json:
        print_json({"engagement": full, "accounts": row["accounts"], "comparisons": related})
        return
    say(bold(f"{full}  {row['title']}  {date_words(row['date'])}"))
    say("  status")
    print_lines(_line_of_status(evidence, names) for evidence in row["evidence"])
    asserted = [(account["document"], assertion) for account in row["accounts"] for assertion in account["assertions"]]
    for name in sorted({assertion["property"] for _, assertion in asserted} - {"status"}):
        say(f"  {name}")
        found = [(document, assertion) for document, assertion in asserted if assertion["property"] == name]
        lines = (f"    {assertion_words(assertion)}  [{call(document, names)}]" for document, assertion in found)
        print_lines(dict.fromkeys(lines))
    if related:
        say("  how these stand to each other")
        print_lines(f"    {comparison_words(other, names)}" for other in related)


def _line_of_status(evidence: Row, names: Names) -> str:
    return f"    {evidence['status']}  “{shorten(evidence['quote'])}”  [{call(evidence['document'], names)}]"
