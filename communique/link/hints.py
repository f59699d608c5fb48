"""What reports say of an engagement's day without saying which: "on Tuesday", "May 7", in a report without a date.

Such words do not date an engagement, but a stay that a register has must hold a day that they fit, and may hold one
only: "late Tuesday" on a stay from Tuesday to Wednesday.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from communique.link.intervals import Interval, find_yearless, project
from communique.model import Engagement, Property

_WEEKDAY = re.compile(r"XXXX-WXX-([1-7])")


class TimeWords(NamedTuple):
    """A time expression's place in its document, half-open in code points, and its TIMEX3 value."""

    start: int
    end: int
    value: str


def find_hints(
    engagements: Iterable[Engagement], times: Mapping[str, Sequence[TimeWords]]
) -> dict[str, tuple[str, ...]]:
    """Engagement id -> TIMEX3 values of weekdays, months and days without a year that its reports give as its time.

    Args:
        engagements: With their accounts.
        times: Document id -> its time expressions.
    """
    found = {}
    for engagement in engagements:
        said = {
            (account.document, assertion.evidence.start, assertion.evidence.end)
            for account in engagement.accounts
            for assertion in account.assertions
            if assertion.property is Property.WHEN
        }
        values = {
            time.value
            for document, start, end in said
            for time in times.get(document, ())
            if start <= time.start and time.end <= end and _is_hint(time.value)
        }
        if values:
            found[engagement.id] = tuple(sorted(values))
    return found


def _is_hint(value: str) -> bool:
    return bool(_WEEKDAY.match(value)) or find_yearless(value[:10]) is not None


def find_hinted_days(hints: Iterable[str], stay: Interval) -> list[date]:
    """The days of a stay that fit any of the hints, in order."""
    days = [stay.start + timedelta(n) for n in range(stay.n_days)]
    return [day for day in days if any(_fits(hint, day) for hint in hints)]


def _fits(hint: str, day: date) -> bool:
    weekday = _WEEKDAY.match(hint)
    if weekday:
        return day.isoweekday() == int(weekday[1])
    yearless = find_yearless(hint[:10])
    days = project(yearless, day.year) if yearless else None
    return days is not None and days.start <= day <= days.end
