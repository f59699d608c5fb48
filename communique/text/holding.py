"""Which of many spans holds another one: an index, so that long documents cost no more for each look-up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Generic, TypeVar

Row = TypeVar("Row")

# Characters to a bin. A statement spans a bin or two.
_BIN = 512


class SpanIndex(Generic[Row]):
    """Rows by their spans. Offsets are half-open code points, as in `model.Evidence`."""

    def __init__(self, rows: Iterable[tuple[int, int, str, Row]]) -> None:
        """Takes start, end, an id that orders equal spans, and the row."""
        self._bins: defaultdict[int, list[tuple[int, int, str, Row]]] = defaultdict(list)
        for start, end, id, row in rows:
            for k in range(start // _BIN, max(start, end - 1) // _BIN + 1):
                self._bins[k].append((start, end, id, row))

    def find_shortest(self, start: int, end: int) -> Row | None:
        """The row with the shortest span that holds a span, of equal ones that of the smallest id; None if none."""
        return next(iter(self.find_all(start, end)), None)

    def find_all(self, start: int, end: int) -> list[Row]:
        """The rows whose spans hold a span, by length, then by id."""
        holding = [
            (last - first, id, row)
            for first, last, id, row in self._bins.get(start // _BIN, ())
            if first <= start and end <= last
        ]
        return [row for _, _, row in sorted(holding, key=lambda one: one[:2])]
