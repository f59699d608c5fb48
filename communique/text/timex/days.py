"""Days: of values in TIMEX3's notation, and of movable holidays.

`find_days` turns a value ("2013-05-07", "2013-W18", "1998-Q3", "199") into EDTF with its earliest and latest day.
`end_with`, `end_before` and `widen_fiscal` say what a preposition or "fiscal" makes of them; `find_holiday` reckons a
holiday from its rule in the table ``times``; `shift_day` counts units of the calendar from a day.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from communique.model import Precision


class Days(NamedTuple):
    """Earliest and latest day of a value."""

    edtf: str
    start: date | None
    end: date | None
    precision: Precision


def end_with(days: Days) -> Days:
    """All that lies up to the end of some days, as "by August" means it."""
    return days._replace(edtf=f"../{days.edtf.split('/')[-1]}", start=None)


def end_before(days: Days) -> Days:
    """All that lies before some days, as "before August" means it; as it is where they have no beginning."""
    if days.start is None or days.start == date.min:
        return days
    last = days.start - timedelta(1)
    return Days(f"../{last}", None, last, Precision.DAY)


def widen_fiscal(days: Days) -> Days:
    """A year of accounts, or a part of one, begins in any month and is named after the year of its first or last day.

    Its days are those of the years of accounts in common use: from April of the year before to March of the year after.
    """
    if days.start is None or not 1 < days.start.year < 9999:
        return days
    year = days.start.year
    return Days(f"{year:04}~", date(year - 1, 4, 1), date(year + 1, 3, 31), Precision.YEAR)


def find_holiday(rule: str, year: int) -> date:
    """A movable holiday's day in a year, from its rule in the table ``times``.

    Raises:
        ValueError: Not a rule; a bug in the table.
    """
    name, *numbers = rule.split(":")
    if name == "easter":
        return find_easter(year) + timedelta(int(numbers[0]))
    if name == "orthodox":
        return find_orthodox_easter(year) + timedelta(int(numbers[0]))
    ordinal, month, weekday = int(name), int(numbers[0]), int(numbers[1])
    length = calendar.monthrange(year, month)[1]
    days = [day for day in range(1, length + 1) if date(year, month, day).isoweekday() == weekday]
    return date(year, month, days[ordinal if ordinal < 0 else ordinal - 1])


def find_easter(year: int) -> date:
    """Western Easter Sunday (Meeus, Jones, Butcher)."""
    century, rest = divmod(year, 100)
    moon = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    month, day = divmod(moon + weekday - 7 * ((year % 19 + 11 * moon + 22 * weekday) // 451) + 114, 31)
    return date(year, month, day + 1)


def find_orthodox_easter(year: int) -> date:
    """Easter Sunday by the Julian calendar, as a Gregorian date (Meeus)."""
    moon = (19 * (year % 19) + 15) % 30
    weekday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
    month, day = divmod(moon + weekday + 114, 31)
    return date(year, month, day + 1) + timedelta(year // 100 - year // 400 - 2)


# --- from values to days ------------------------------------------------------------------------------------------

# First and last month of the northern seasons, and their code in EDTF.
_SEASONS = {"SP": ("03", "05", "21"), "SU": ("06", "08", "22"), "FA": ("09", "11", "23")}


def find_days(value: str) -> Days | None:
    """The days that a TIMEX3 value of a date allows; None for what has none (durations, sets, PAST_REF, X)."""
    if "/" in value:
        first, last = (find_days(part) for part in value.split("/", 1))
        if first is None or last is None:
            return None
        return Days(f"{first.edtf}/{last.edtf}", first.start, last.end, Precision.RANGE)
    value = value.split("T")[0] if value[:1] not in "PF" else value
    for pattern, make in _FORMS:
        match = pattern.fullmatch(value)
        if match:
            try:
                return make(*match.groups())
            except (ValueError, OverflowError):
                return None
    return None


def _days_of_day(year: str, month: str, day: str) -> Days:
    found = date(int(year), int(month), int(day))
    return Days(found.isoformat(), found, found, Precision.DAY)


def _days_of_months(first: str, last: str, edtf: str, precision: Precision) -> Days:
    end_year, end_month = int(last[:4]), int(last[5:])
    end = date(end_year, end_month, calendar.monthrange(end_year, end_month)[1])
    return Days(edtf, date(int(first[:4]), int(first[5:]), 1), end, precision)


def _days_of_parts(year: str, number: str, months: int, precision: Precision) -> Days:
    first, last = f"{year}-{(int(number) - 1) * months + 1:02}", f"{year}-{int(number) * months:02}"
    return _days_of_months(first, last, f"{first}/{last}", precision)


def _days_of_week(year: str, week: str, weekend: str | None) -> Days:
    start = date.fromisocalendar(int(year), int(week), 6 if weekend else 1)
    end = date.fromisocalendar(int(year), int(week), 7)
    return Days(f"{start}/{end}", start, end, Precision.RANGE if weekend else Precision.WEEK)


def _days_of_season(year: str, season: str) -> Days:
    if season == "WI":  # of the turn of the year at either end: both are meant by "the winter of 1994"
        return Days(f"{year}-24", date(int(year) - 1, 12, 1), date(int(year) + 1, 3, 20), Precision.SEASON)
    first, last, code = _SEASONS[season]
    return _days_of_months(f"{year}-{first}", f"{year}-{last}", f"{year}-{code}", Precision.SEASON)


def _days_of_years(digits: str) -> Days:
    missing = 4 - len(digits)
    first, last = digits + "0" * missing, digits + "9" * missing
    precision = {0: Precision.YEAR, 1: Precision.DECADE}.get(missing, Precision.UNKNOWN)
    return _days_of_months(f"{first}-01", f"{last}-12", digits + "X" * missing, precision)


_FORMS: tuple[tuple[re.Pattern[str], Callable[..., Days]], ...] = (
    (re.compile(r"(\d{4})-(\d\d)-(\d\d)"), _days_of_day),
    (re.compile(r"(\d{4}-\d\d)"), lambda month: _days_of_months(month, month, month, Precision.MONTH)),
    (re.compile(r"(\d{2,4})"), _days_of_years),
    (re.compile(r"(\d{4})-W(\d\d)(-WE)?"), _days_of_week),
    (re.compile(r"(\d{4})-Q([1-4])"), lambda y, n: _days_of_parts(y, n, 3, Precision.QUARTER)),
    (re.compile(r"(\d{4})-H([12])"), lambda y, n: _days_of_parts(y, n, 6, Precision.RANGE)),
    (re.compile(r"(\d{4})-(SP|SU|FA|WI)"), _days_of_season),
    (re.compile(r"(XXXX-\d\d(?:-\d\d)?)"), lambda value: Days(value, None, None, Precision.UNKNOWN)),
)


# --- counting -----------------------------------------------------------------------------------------------------


def shift_day(day: date, unit: str, shift: int) -> str | None:
    """The value of the unit (its letter in TIMEX3) that lies ``shift`` units from a day's own; None out of range."""
    if unit == "F":
        unit, shift = "W", 2 * shift
    try:
        if unit == "D":
            return (day + timedelta(shift)).isoformat()
        if unit in ("W", "WE"):
            year, week, _ = (day + timedelta(7 * shift)).isocalendar()
            return f"{year:04}-W{week:02}" + ("-WE" if unit == "WE" else "")
    except OverflowError:
        return None
    if unit == "M":
        months = day.year * 12 + day.month - 1 + shift
        return f"{months // 12:04}-{months % 12 + 1:02}"
    if unit == "Q":
        return shift_quarter(f"{day.year:04}-Q{(day.month + 2) // 3}", shift)
    digits, years = {"Y": (4, 1), "E": (3, 10), "C": (2, 100), "L": (1, 1000)}[unit]
    shifted = day.year // years + shift
    return f"{shifted:0{digits}}" if 0 < shifted < 10**digits else None


def shift_quarter(quarter: str, shift: int) -> str:
    """``YYYY-Qn`` moved by quarters."""
    count = int(quarter[:4]) * 4 + int(quarter[-1]) - 1 + shift
    return f"{count // 4:04}-Q{count % 4 + 1}"
