"""``chronology``: what took place, and what is to come, by date."""

from __future__ import annotations

from pathlib import Path

import click

from communique.cli.naming import is_between
from communique.cli.output import (
    Day,
    Row,
    bold,
    json_option,
    leave_out,
    limit_option,
    look_into,
    print_json,
    record_option,
    say,
    state_option,
    warn,
)
from communique.model import AHEAD, Status, When
from communique.publish.lines import to_line


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
        rows = [row for row in opened.rows("engagements") if is_between(row, first, last) and _is_asked(row, only)]
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
