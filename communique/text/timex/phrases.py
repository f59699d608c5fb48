"""A time expression as far as its own words go, and what is known around it.

``value`` is written as in TIMEX3, with ``X`` for what the words leave open ("XXXX-05-07", "XXXX-WXX-2"); `values`
closes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from communique.model import TimeType

# Values of which nothing but the unit (its letter in TIMEX3) is known.
OPEN = {
    "D": "XXXX-XX-XX", "W": "XXXX-WXX", "F": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX", "Q": "XXXX-QX",
    "Y": "XXXX", "E": "XXX", "C": "XX", "L": "X",
}  # fmt: skip


class Anchor(StrEnum):
    """What an expression is reckoned from."""

    NONE = "none"  # it says all itself
    REPORT = "report"  # the day of the report: "yesterday", "last week", "Tuesday"
    STORY = "story"  # the day that the story has reached: "the following day", "two days earlier"


class Direction(StrEnum):
    """Which way the words point from the anchor."""

    BACK = "back"  # last Friday
    SAME = "same"  # this September
    ON = "on"  # the coming Friday, the following Friday
    NEXT = "next"  # next Friday: said on a Tuesday, more often that of the week after


class Tense(StrEnum):
    """Of the verb that an expression depends on: which of two days is meant."""

    PAST = "past"
    PRESENT = "present"
    FUTURE = "future"
    PLANNED = "planned"  # was to be: ahead, unless such a day has just gone ("the service planned for Saturday")


@dataclass(frozen=True, slots=True)
class TimePhrase:
    """A time expression as far as its own words go. Offsets are into the text that was searched.

    ``unit`` with ``shift`` counts units from the anchor ("two days earlier": D, -2); ``value`` then says what within
    that unit ("Tuesday of last week": W, -1, "XXXX-WXX-2"), or is empty.
    """

    start: int
    end: int
    type: TimeType
    value: str = ""
    unit: str = ""
    shift: int = 0
    anchor: Anchor = Anchor.NONE
    direction: Direction | None = None
    clock: str = ""  # "TMO", "T20:30"
    weekday: str = ""  # "6" of "Saturday, April 25": tells the year
    holiday: str = ""  # a movable holiday, as in the table
    note: str = ""  # words that the value cannot hold: "late", "about"


class Context(NamedTuple):
    """What is known around an expression. All may be unknown."""

    report: date | None = None  # the day of the report
    story: str = ""  # value of the last date told
    quarter: str = ""  # value of the last quarter told, for texts on business
    tense: Tense | None = None


class Resolved(NamedTuple):
    """A value with what it rests on."""

    value: str
    anchor: Anchor  # what it rests on in the end


def get_open(unit: str) -> str:
    """The value of a unit (its letter in TIMEX3) of which nothing is known: ``XXXX-WXX``; for hours, of a day."""
    return OPEN["D" if unit.startswith("T") else unit]
