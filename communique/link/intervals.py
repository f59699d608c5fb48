"""Intervals of days for comparing, out of `When`.

A date without a year ("XXXX-05-07") is an interval of the year 4, a leap year long before any report; `project` puts it
into a real year. Days are inclusive.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from communique.model import Basis, When

YEARLESS = 4
# Intervals up to this many days are days of an event; longer ones (a month, a year) only say when it was.
NARROW = 14

_MONTH_DAY = re.compile(r"XXXX-(\d\d)(?:-(\d\d|XX))?[?~%]?")
_BASES = (Basis.SET, Basis.REGISTER, Basis.PRINTED, Basis.STATED, Basis.RELATIVE, Basis.INFERRED)


class Interval(NamedTuple):
    """From the earliest to the latest day, both inclusive."""

    start: date
    end: date

    @property
    def n_days(self) -> int:
        return (self.end - self.start).days + 1

    @property
    def is_narrow(self) -> bool:
        return self.n_days <= NARROW


def find_interval(when: When | None) -> Interval | None:
    """The days that a date allows; None where they are not known."""
    return Interval(when.start, when.end) if when and when.start and when.end and when.start <= when.end else None


def find_yearless(words: str | None) -> Interval | None:
    """The days of ``XXXX-05-07``, ``XXXX-05``, or of an interval of these, in the year `YEARLESS`; else None."""
    sides = [_MONTH_DAY.fullmatch(side) for side in (words or "").split("/")]
    if not 1 <= len(sides) <= 2 or None in sides:
        return None
    (first, day), (last, last_day) = [match.groups() for match in (sides[0], sides[-1]) if match]
    try:
        start = date(YEARLESS, int(first), int(day) if day and day != "XX" else 1)
        month = int(last)
        whole_month = not last_day or last_day == "XX"
        end = date(YEARLESS, month, monthrange(YEARLESS, month)[1] if whole_month else int(last_day))
    except ValueError:
        return None
    return Interval(start, end) if start <= end else None


def project(yearless: Interval, year: int) -> Interval | None:
    """A yearless interval in a year; None for 29 February in a common one."""
    try:
        end = yearless.end
        last = min(end.day, monthrange(year, end.month)[1]) if (end.month, end.day) == (2, 29) else end.day
        return Interval(date(year, yearless.start.month, yearless.start.day), date(year, end.month, last))
    except ValueError:
        return None


def get_gap(a: Interval, b: Interval) -> int:
    """Days from the end of one to the start of the other: 0 when they share a day, 1 for days in a row."""
    return max(0, (b.start - a.end).days, (a.start - b.end).days)


def widen(interval: Interval, n_days: int) -> Interval:
    """The interval with ``n_days`` more at both ends."""
    try:
        return Interval(interval.start - timedelta(n_days), interval.end + timedelta(n_days))
    except OverflowError:
        return interval


def find_months(interval: Interval) -> list[str]:
    """The months that an interval touches, as ``2013-05``."""
    first, last = interval.start.year * 12 + interval.start.month - 1, interval.end.year * 12 + interval.end.month - 1
    return [f"{month // 12:04}-{month % 12 + 1:02}" for month in range(first, last + 1)]


def rank_basis(basis: Basis) -> int:
    """Place of a basis in the order of trust, 0 the best."""
    return _BASES.index(basis)
