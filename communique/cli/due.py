"""``due``: what was promised and announced, by the day on which it is or was due.

The program knows no today: the day to look from is given. A day that has gone by without news is *lapsed as of* it, and
says nothing of whether the promise was kept.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import click

from communique.cli.output import (
    Day,
    Row,
    bold,
    json_option,
    look_into,
    print_json,
    record_option,
    say,
    warn,
)
from communique.model import CommitmentStatus, Resolution, When
from communique.publish.lines import Names, load_names, to_line
from communique.publish.site.words import date_words

_UNSETTLED = {CommitmentStatus.OPEN, CommitmentStatus.NO_FOLLOW_UP, Resolution.OPEN}
_UNITS = {"d": 1, "w": 7, "m": 30, "y": 365}


class Length(click.ParamType[timedelta]):
    """A length of time: 90d, 12w, 3m (of 30 days), 1y (of 365)."""

    name = "length"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        if isinstance(value, timedelta):
            return value
        number, unit = str(value)[:-1], str(value)[-1:]
        if not number.isascii() or not number.isdigit() or unit not in _UNITS:
            raise click.BadParameter(f"{value!r} is no length; write 90d, 12w, 3m or 1y", ctx, param)
        try:
            return timedelta(int(number) * _UNITS[unit])
        except OverflowError:
            raise click.BadParameter(f"{value!r} is too long", ctx, param) from None


def is_unsettled(row: Row) -> bool:
    """True of a commitment or forecast of which no later document settles anything; of other rows never."""
    return (row.get("status") if "debtors" in row else row.get("resolution")) in _UNSETTLED


@click.command()
@record_option
@click.option("--as-of", "as_of", type=Day(), required=True, help="The day to look from: 2016-09-01.")
@click.option("--within", type=Length(), help="Only what is due within so long from that day: 90d, 12w, 3m, 1y.")
@click.option("--overdue", is_flag=True, help="Only what has lapsed by that day, and of which nothing is settled.")
@json_option
def due(record: Path, as_of: When, within: timedelta | None, overdue: bool, as_json: bool) -> None:
    """Lists commitments and announced engagements by due day; those without a day stand apart.

    A day that has gone by without news is shown as lapsed. That is no breach: the documents do not say.

    \b
    Examples:
      communique due --as-of 2016-09-01
      communique due --as-of 2016-06-01 --within 90d
      communique due --as-of 2016-09-01 --overdue --json
    """
    day = as_of.start
    if day is None or as_of.start != as_of.end:
        raise click.BadParameter("name one day, as 2016-09-01", param_hint="--as-of")
    with look_into(record) as opened:
        rows = [row for row in opened.rows("commitments") if _is_asked(row, day, within, overdue)]
        names = load_names(opened)
    rows.sort(key=_order)
    if as_json:
        shown = [{**row, "lapsed": _is_lapsed(row, day)} for row in rows]
        print_json({"as_of": day.isoformat(), "commitments": shown})
        return
    _print(rows, day, names)


def _print(rows: list[Row], day: date, names: Names) -> None:
    line = to_line("commitments", names)
    dated = [row for row in rows if _get_end(row)]
    undated = [row for row in rows if not _get_end(row)]
    for row in dated:
        lapsed = _say_lapsed(row, day)
        say(f"{line(row)}{f'  {bold(lapsed)}' if lapsed else ''}")
    if undated:
        say(bold("without a day"))
        for row in undated:
            say(line(row))
    if not rows:
        warn("nothing that is asked for")


def _say_lapsed(row: Row, day: date) -> str:
    if not _is_lapsed(row, day):
        return ""
    when = {"edtf": day.isoformat(), "start": day.isoformat(), "end": day.isoformat(), "precision": "day", "note": ""}
    is_told = any(candidate["stance"] != "unclear" for candidate in row["candidates"])
    news = "passages for or against, nothing settled" if is_told else "no follow-up in the corpus"
    return f"lapsed as of {date_words(when)}, {news}"


def _get_end(row: Row) -> date | None:
    end = (row["due"] or {}).get("end")
    return date.fromisoformat(end) if end else None


def _is_lapsed(row: Row, day: date) -> bool:
    end = _get_end(row)
    return end is not None and end < day and is_unsettled(row)


def _is_asked(row: Row, day: date, within: timedelta | None, overdue: bool) -> bool:
    end = _get_end(row)
    if overdue and not _is_lapsed(row, day):
        return False
    return within is None or (end is not None and end >= day and end - day <= within)


def _order(row: Row) -> tuple[str, str, str]:
    known = row["due"] or {}
    return known.get("end") or "9999", known.get("start") or known.get("end") or "9999", row["id"]
