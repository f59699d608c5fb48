"""The forms that values take for comparing: quantities, counts, people, signs; beside days, places and hours."""

from __future__ import annotations

from dataclasses import dataclass

from communique.link.clock import Clock
from communique.link.intervals import Interval
from communique.link.places import Spot


@dataclass(frozen=True, slots=True)
class Span:
    """A quantity between two bounds, inclusive: minutes of a length, people of a number."""

    low: float
    high: float
    of: str = ""  # what is counted


@dataclass(frozen=True, slots=True)
class Count:
    """An ordinal: which one, of what series, with what its words add ("to Peru", "as premier"), counted since when."""

    number: int
    series: str
    added: frozenset[str]
    since: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class People:
    """Entities that were there, and those said not to have been."""

    there: frozenset[str]
    absent: frozenset[str]


@dataclass(frozen=True, slots=True)
class Sign:
    """Words with a sign: a topic that was, or was not, discussed; a warm or a tense mood; a result reached or not."""

    about: str
    is_positive: bool | None
    words: str
    added: frozenset[str] = frozenset()


Form = Interval | Spot | Span | Clock | Count | People | Sign | bool | str
