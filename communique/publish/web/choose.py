"""Rows chosen by an address, counted, and the facets by which they can be narrowed further.

Both come from one look at the first `COUNTED` rows found, which is all of them unless the record is very large and the
choice very wide.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from communique.publish.web.ask import Ask, Facet, Option
from communique.publish.web.desk import COUNTED, Desk

OPTIONS = 8
MOST_OPTIONS = 300  # when all are asked for


class Chosen(NamedTuple):
    """What follows FROM in a SELECT, and the values of its question marks; ``order`` is the column to sort by.

    ``folded``: the order without regard to capitals, for a list that is counted whole; a longer one keeps to ``order``,
    which an index gives.
    """

    source: str
    values: tuple[object, ...]
    order: str
    folded: str = ""


class Found(NamedTuple):
    """Rows chosen: how many, up to one more than `COUNTED`; those of the page asked for, in order; and of the first
    `COUNTED`, what facets are counted over: columns by name."""

    total: int
    rows: list[tuple[str, ...]]
    columns: Mapping[str, Sequence[object]]

    def counts(self, name: str) -> list[Count]:
        """The values of a column with how many rows have them."""
        return [(str(value), number) for value, number in Counter(self.columns[name]).items() if value is not None]


Count = tuple[str, int]
Words = Callable[[str, str], str]


def look(chosen: Chosen, picked: Sequence[str], columns: Mapping[str, str], ask: Ask, desk: Desk) -> Found:
    """Rows in one look. ``picked``: columns of the rows on the page; ``columns``: of facets, by name."""
    order = f"FROM {chosen.source} ORDER BY {chosen.order}"
    every = ", ".join((*picked, *columns.values()))
    rows = desk.record.query(f"SELECT {every} {order} LIMIT {COUNTED + 1}", chosen.values)
    page: Sequence[Sequence[object]] = rows[ask.offset : ask.offset + ask.size]
    if ask.offset + ask.size > COUNTED and len(rows) > COUNTED:
        place = (*chosen.values, ask.size, ask.offset)
        page = desk.record.query(f"SELECT {', '.join(picked)} {order} LIMIT ? OFFSET ?", place)
    elif chosen.folded and len(rows) <= COUNTED:
        place = (*chosen.values, ask.size, ask.offset)
        sql = f"SELECT {', '.join(picked)} FROM {chosen.source} ORDER BY {chosen.folded} LIMIT ? OFFSET ?"
        page = desk.record.query(sql, place)
    shown = [tuple(str(cell) for cell in row[: len(picked)]) for row in page]
    counted = list(zip(*rows[:COUNTED], strict=True))[len(picked) :] if rows else [()] * len(columns)
    return Found(len(rows), shown, dict(zip(columns, counted, strict=True)))


def make_facet(name: str, title: str, counts: Iterable[Count], ask: Ask, words: Words) -> Facet | None:
    """A facet of the most frequent values, of all where the address asks for them; None where there is no choice.

    Args:
        name: In the address.
        title: Above it.
        counts: Values with how many rows have them.
        ask: The address.
        words: What a person calls a value: (name, value) → words.
    """
    listed = list(counts)
    if len(listed) < 2 and not ask.get(name):
        return None
    most = MOST_OPTIONS if ask.get("all") == name else OPTIONS
    shown = heapq.nsmallest(most, listed, key=lambda pair: (-pair[1], pair[0]))
    options = [
        Option(words(name, value), number, ask.toggle(name, value), ask.get(name) == value) for value, number in shown
    ]
    left = len(listed) - len(shown)
    return Facet(title, options, left, ask.href(all=name) if left and len(shown) < MOST_OPTIONS else "")


def make_facets(found: Found, titles: Mapping[str, str], ask: Ask, words: Words) -> list[Facet]:
    """The facets of the columns found, under their titles."""
    facets = (make_facet(name, title, found.counts(name), ask, words) for name, title in titles.items())
    return [facet for facet in facets if facet]
