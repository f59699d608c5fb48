"""The drawing above the chronology: in order, no more exact than known, never in the way of the list."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from communique.model import Precision
from communique.publish.site.lists import Entry, Group
from communique.publish.site.timeline import LETTER, MOST_LANES, NAME, WIDTH, draw


def entry(
    title: str,
    start: str | None,
    end: str | None = None,
    precision: str = "day",
    status: str = "happened",
    basis: str = "stated",
) -> Entry:
    known = {"start": start, "end": end or start, "precision": Precision(precision), "basis": basis}
    when = known if start else None
    row: dict[str, Any] = {"id": title, "title": title, "status": status}
    return Entry(row, "engagement", when, [])


def drawn(*entries: Entry) -> dict[str, Any]:
    found = draw([Group("t", "", list(entries))])
    assert found is not None
    return {bar.title: bar for bar in found.bars}


def test_bars_stand_in_order_and_inside() -> None:
    bars = drawn(entry("last", "2014-06-03"), entry("first", "1999-01-01"), entry("middle", "2014-06-01"))
    assert bars["first"].x < bars["middle"].x < bars["last"].x
    assert bars["first"].x == 0
    assert all(bar.x + bar.width <= WIDTH for bar in bars.values())


def test_names_stand_beside_their_bars_inside_the_drawing_and_over_no_other() -> None:
    many = [
        entry(f"{number}. talks of many ministers in a far city", f"2014-0{number % 9 + 1}-03") for number in range(20)
    ]
    bars = list(drawn(*many).values())
    assert all(len(bar.name) <= NAME and bar.title.startswith(bar.name[:-1]) for bar in bars)
    edges = []
    for bar in bars:
        room = len(bar.name) * LETTER
        left = bar.name_x - room if bar.is_left else bar.x
        right = bar.x + bar.width if bar.is_left else bar.name_x + room
        assert 0 <= left < right <= WIDTH
        edges.append((bar.y, left, right))
    edges.sort()
    assert all(one[2] <= other[1] for one, other in pairwise(edges) if one[0] == other[0])
    assert {bar.is_left for bar in bars} == {True, False}


def test_a_long_silence_takes_little_room() -> None:
    bars = drawn(entry("old", "1990-01-01"), entry("visit", "2014-06-01"), entry("dinner", "2014-06-03"))
    years, days = bars["visit"].x - bars["old"].x, bars["dinner"].x - bars["visit"].x
    assert days > years / 20


def test_what_is_not_known_exactly_is_open_over_all_days() -> None:
    bars = drawn(entry("day", "2014-06-03"), entry("month", "2014-06-01", "2014-06-30", "month"))
    assert (bars["day"].is_exact, bars["month"].is_exact) == (True, False)
    assert bars["month"].x < bars["day"].x < bars["month"].x + bars["month"].width


def test_days_that_the_corpus_only_bounds_are_open() -> None:
    told = entry("told", "2013-05-07", "2013-05-08", "range")
    bounded = entry("bounded", "2013-02-05", "2013-04-30", "range", basis="inferred")
    visit = entry("visit", "2013-05-07", "2013-05-08", "range", basis="inferred")
    bars = drawn(told, bounded, visit)
    assert {title: bar.is_exact for title, bar in bars.items()} == {"told": True, "bounded": False, "visit": True}


def test_what_is_expected_looks_so() -> None:
    bars = drawn(entry("talks", "2014-06-03"), entry("visit", "2014-09-01", status="planned"))
    assert (bars["talks"].is_ahead, bars["visit"].is_ahead) == (False, True)


def test_parts_are_drawn_and_the_undated_left_out() -> None:
    whole = entry("visit", "2014-06-01", "2014-06-03", "range")
    whole.parts.append(entry("dinner", "2014-06-02"))
    assert set(drawn(whole, entry("letter", None))) == {"visit", "dinner"}


@pytest.mark.parametrize("entries", [[], [entry("one", "2014-06-03")], [entry("a", None), entry("b", None)]])
def test_nothing_is_drawn_of_less_than_two(entries: list[Entry]) -> None:
    assert draw([Group("t", "", entries)]) is None


def test_what_has_no_room_is_counted() -> None:
    same = [entry(f"talks {number}", "2014-06-03", "2014-06-09") for number in range(MOST_LANES + 5)]
    found = draw([Group("t", "", same)])
    assert found is not None
    assert (len(found.bars), found.left) == (MOST_LANES, 5)
