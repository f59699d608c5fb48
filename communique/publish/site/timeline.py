"""The drawing above a chronology: one bar an entry, from its earliest to its latest day. It repeats the list, no more.

Days are set out in order, and the longer nothing happens, the less room a day gets (the logarithm of the gap): a visit
of two days stays visible beside a letter of ten years before. So the drawing is not to scale, and says so. An entry
whose day is not known exactly has an open bar over all the days that are possible.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import pairwise
from math import log1p
from typing import NamedTuple

from communique.model import AHEAD, Basis, Precision
from communique.publish.site.lists import Entry, Group
from communique.publish.site.words import MONTHS

WIDTH = 1000.0
LANE = 13
MOST_LANES = 32
NAME = 30  # characters of a name beside its bar
LETTER = 5.3  # width of one
LEAST = 4.0  # width of a bar
APART = 6.0  # between bars in a lane
LABEL = 62.0  # room that the name of a month takes
LONGEST = 14  # days; an inferred range that is longer leaves the day open
_EXACT = {Precision.DAY, Precision.RANGE}


class Bar(NamedTuple):
    """An entry: its place, whether its days are known, whether it is still to come, its title; and its name in few
    letters, which stands to its right from ``name_x``, or ends there where the drawing has no more room."""

    x: float
    y: int
    width: float
    is_exact: bool
    is_ahead: bool
    title: str
    name: str
    name_x: float
    is_left: bool


class Tick(NamedTuple):
    """The name of a month or year, where its first entry begins."""

    x: float
    words: str


class Timeline(NamedTuple):
    """All of it; ``left`` entries had no room."""

    bars: list[Bar]
    ticks: list[Tick]
    height: int
    left: int


def draw(groups: Iterable[Group]) -> Timeline | None:
    """The drawing of the entries of a page; None where fewer than two have a day."""
    entries = [entry for group in groups for entry in _flat(group.rows) if _days(entry) is not None]
    if len(entries) < 2:
        return None
    days = sorted({day for entry in entries for day in _days(entry) or ()})
    place = _places(days)
    lanes: list[float] = []
    bars = []
    for entry in sorted(entries, key=lambda entry: (_days(entry), entry.row["id"])):
        first, last = _days(entry) or (days[0], days[0])
        x, width = place[first], max(LEAST, place[last] - place[first])
        title = str(entry.row.get("title") or entry.row.get("name") or entry.row.get("what"))
        name = title if len(title) <= NAME else title[: NAME - 1] + "…"
        room = len(name) * LETTER + 3
        is_left = x + width + room > WIDTH
        lane = next((number for number, end in enumerate(lanes) if end + APART <= x - room * is_left), len(lanes))
        if lane >= MOST_LANES:
            continue
        lanes[lane : lane + 1] = [x + width + room * (not is_left)]
        is_known, is_ahead = _is_known(entry), entry.row["status"] in AHEAD
        name_x = round(x - 3 if is_left else x + width + 3, 1)
        bars.append(Bar(round(x, 1), lane * LANE, round(width, 1), is_known, is_ahead, title, name, name_x, is_left))
    return Timeline(bars, list(_ticks(days, place)), max(1, len(lanes)) * LANE, len(entries) - len(bars))


def _flat(entries: Iterable[Entry]) -> Iterator[Entry]:
    for entry in entries:
        yield entry
        yield from _flat(entry.parts)


def _days(entry: Entry) -> tuple[date, date] | None:
    when = entry.date
    if when is None or not (when["start"] or when["end"]):
        return None
    first, last = when["start"] or when["end"], when["end"] or when["start"]
    return date.fromisoformat(first), date.fromisoformat(last)


def _is_known(entry: Entry) -> bool:
    """Are its days told? Those that the corpus only bounds, on which it may have been any day, are not."""
    when, days = entry.date, _days(entry)
    if when is None or days is None or when["precision"] not in _EXACT:
        return False
    return when["basis"] != Basis.INFERRED or (days[1] - days[0]).days <= LONGEST


def _places(days: list[date]) -> Mapping[date, float]:
    """Where each day stands, from 0 to the width."""
    steps = [log1p((after - before).days) for before, after in pairwise(days)]
    scale = (WIDTH - LEAST) / (sum(steps) or 1.0)
    places, x = {days[0]: 0.0}, 0.0
    for day, step in zip(days[1:], steps, strict=True):
        x += step * scale
        places[day] = x
    return places


def _ticks(days: list[date], place: Mapping[date, float]) -> Iterator[Tick]:
    """A name for each month in which something begins, as long as there is room; the year where it changes."""
    free, year = 0.0, 0
    for day in days:
        x = place[day]
        words = f"{MONTHS[day.month - 1][:3]} {day.year}" if day.year != year else MONTHS[day.month - 1][:3]
        if x >= free and x <= WIDTH - LABEL:
            yield Tick(round(x, 1), words)
            free, year = x + LABEL, day.year
