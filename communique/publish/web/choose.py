"""Rows chosen by an address, counted, and the facets by which they can be narrowed further.

Facets are counted over the first `COUNTED` rows found, which is all of them unless the record is very large and the
choice very wide.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from communique.publish.web.ask import Ask, Facet, Option
from communique.publish.web.desk import COUNTED, Desk

OPTIONS = 8


class Chosen(NamedTuple):
    """What follows FROM in a SELECT, and the values of its question marks; ``order`` is the column to sort by."""

    source: str
    values: tuple[object, ...]
    order: str


def count(chosen: Chosen, desk: Desk) -> int:
    """How many rows are chosen, up to one more than `COUNTED`."""
    return desk.count(f"SELECT {chosen.order} FROM {chosen.source}", chosen.values)


def find(chosen: Chosen, columns: str, ask: Ask, desk: Desk) -> list[tuple[str, ...]]:
    """Columns of the rows on the page that is asked for, as strings."""
    sql = f"SELECT {columns} FROM {chosen.source} ORDER BY {chosen.order} LIMIT ? OFFSET ?"
    found = desk.record.query(sql, (*chosen.values, ask.size, ask.offset))
    return [tuple(str(cell) for cell in row) for row in found]


def facets(
    found: str,
    values: tuple[object, ...],
    columns: Mapping[str, tuple[str, str]],
    ask: Ask,
    desk: Desk,
    words: Callable[[str, str], str],
) -> list[Facet]:
    """The facets of the rows found.

    Args:
        found: SELECT of the columns, of at most `COUNTED` rows.
        values: Of the question marks in it.
        columns: Name in the address → title of the facet, and the column.
        ask: The address.
        desk: Of the record.
        words: What a person calls a value of a facet: (name, value) → words.
    """
    counted = " UNION ALL ".join(
        f"SELECT '{name}', {column}, count(*) FROM found WHERE {column} IS NOT NULL GROUP BY {column}"
        for name, (_, column) in columns.items()
    )
    by_name: dict[str, list[tuple[str, int]]] = {name: [] for name in columns}
    for name, value, number in desk.record.query(f"WITH found AS MATERIALIZED ({found}) {counted}", values):
        by_name[str(name)].append((str(value), int(str(number))))
    return [
        Facet(
            columns[name][0],
            [
                Option(words(name, value), number, ask.toggle(name, value), ask.get(name) == value)
                for value, number in sorted(options, key=lambda pair: (-pair[1], pair[0]))[:OPTIONS]
            ],
            max(0, len(options) - OPTIONS),
        )
        for name, options in by_name.items()
        if len(options) > 1 or ask.get(name)
    ]


def capped(columns: str, source: str) -> str:
    """A SELECT of the first `COUNTED` rows."""
    return f"SELECT {columns} FROM {source} LIMIT {COUNTED}"
