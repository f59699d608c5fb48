"""Pairs statements with marked ones, as the scorer of the project does: one to one, best overlap first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

# A statement is right where it shares so much of its characters (Jaccard) with a marked one, and has its source.
RIGHT = 0.5
FOUND = 0.3

Row = dict[str, Any]
Spans = Sequence[Sequence[int]]


@dataclass(frozen=True, slots=True)
class Pair:
    """A marked statement and the one found for it; either is None where it has no partner."""

    marked: Row | None
    found: Row | None
    overlap: float

    @property
    def is_right(self) -> bool:
        """Is what was found right in its words and in its speaker?"""
        return self.marked is not None and self.overlap >= RIGHT and self.has_speaker

    @property
    def has_speaker(self) -> bool:
        """Does the source found share words with the marked one? True where none is marked."""
        if self.marked is None or self.found is None:
            return False
        source = self.found["source"] or {}
        if not self.marked["source"]:
            return True
        start, end = source.get("start"), source.get("end")
        return start is not None and any(s < end and start < e for s, e in self.marked["source"])


def pair(marked: Sequence[Row], found: Sequence[Row]) -> Iterator[Pair]:
    """All statements of a document, paired; those without a partner by themselves."""
    have = [to_characters(row["content"]) for row in marked]
    want = [to_characters([(c["start"], c["end"]) for c in row["content"]]) for row in found]
    rated = [
        (len(a & b) / len(a | b), i, j) for i, a in enumerate(have) for j, b in enumerate(want) if not a.isdisjoint(b)
    ]
    free_marked, free_found = set(range(len(marked))), set(range(len(found)))
    for overlap, i, j in sorted(rated, key=lambda one: (-one[0], one[1], one[2])):
        if i in free_marked and j in free_found:
            free_marked.remove(i)
            free_found.remove(j)
            yield Pair(marked[i], found[j], overlap)
    yield from (Pair(marked[i], None, 0.0) for i in sorted(free_marked))
    yield from (Pair(None, found[j], 0.0) for j in sorted(free_found))


def to_characters(spans: Spans) -> set[int]:
    """The offsets of all characters in spans."""
    return {at for start, end in spans for at in range(start, end)}
