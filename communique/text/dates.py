"""Dates that documents print of themselves, and dates as people write them down (EDTF), into `When`.

Order of the steps for a printed date: the words in their plainest characters; the first date in them by pattern; where
figures leave open which one is the day, both readings are kept. EDTF goes through `parse_edtf` and comes from
`make_when`. Time expressions in running text ("last week", "the following day") are not read here.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from communique.model import Basis, Evidence, Precision, Span, When
from communique.tables import load_table
from communique.text.segment import fold

_CALENDAR = load_table("calendar")
_MONTHS: dict[str, int] = _CALENDAR["months"]
_SEASONS: dict[str, list[int]] = _CALENDAR["seasons"]
_QUARTERS: dict[str, list[int]] = _CALENDAR["quarters"]


def _either(names: dict[str, int]) -> str:
    return "(?:" + "|".join(sorted(names, key=lambda name: (-len(name), name))) + r")\b\.?"


_MONTH = _either(_MONTHS)
_WEEKDAY = _either(_CALENDAR["weekdays"])
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_TO = r" ?(?:-|–|—|to) ?"
_YEAR = r"(?:1[5-9]|20|21)\d\d(?!\d|[./-]\d)"
_PATTERNS = (
    rf"(?P<m>{_MONTH}) (?P<d>{_DAY})(?:{_TO}(?P<d2>{_DAY}))?,? (?P<y>{_YEAR})",
    rf"(?P<d>{_DAY})(?:{_TO}(?P<d2>{_DAY}))?(?: of |[ -])(?P<m>{_MONTH}),?[ -](?P<y>{_YEAR})",
    rf"(?P<y>(?:1[5-9]|20|21)\d\d) (?P<m>{_MONTH}) (?P<d>{_DAY})(?!\d)",
    r"(?P<y>(?:1[5-9]|20|21)\d\d)(?P<sep>[-./])(?P<m>0?[1-9]|1[0-2])(?P=sep)(?P<d>0?[1-9]|[12]\d|3[01])(?![\d/-])",
    rf"(?P<a>\d\d?)(?P<sep>[./-])(?P<b>\d\d?)(?P=sep)(?P<y>{_YEAR})",
    rf"(?P<m>{_MONTH}),? (?P<y>{_YEAR})",
)
_DATES = tuple(re.compile(r"(?<![\w./-])" + pattern, re.IGNORECASE) for pattern in _PATTERNS)
# Every date sought has these; most lines do not.
_YEAR_FIGURES = re.compile(r"\d{4}")
_CLOCK = r"\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\.\d+)?(?: ?[ap]\.?m\b\.?)?|\d{1,2} ?[ap]\.?m\b\.?"
_ZONE = r"(?:z|[a-z]{2,5}|\(?(?:utc|gmt)?[+-]\d\d?:?(?:\d\d)?\)?)"
_BEFORE = re.compile(
    rf"(?:{_WEEKDAY},? ?)?(?:(?:at )?(?:{_CLOCK})(?: {_ZONE})?,? (?:on )?(?:{_WEEKDAY},? )?)?", re.IGNORECASE
)
_AFTER = re.compile(rf"(?:,? ?(?:at |- |\| |t)?(?:{_CLOCK}) ?(?:{_ZONE})?)?(?:,? {_WEEKDAY})?[.,;]?", re.IGNORECASE)
_EDTF_YEAR = re.compile(r"(\d{4})(?:-(\d\d|XX)(?:-(\d\d|XX))?)?[?~%]?", re.ASCII)
_EDTF_DECADE = re.compile(r"(\d{3})X[?~%]?", re.ASCII)
_QUALIFIERS = {"?": "uncertain", "~": "approximate", "%": "uncertain and approximate"}


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date in a line: where it stands (offsets into that line) and what it says."""

    span: Span
    when: When


def make_when(start: date, end: date, basis: Basis, evidence: tuple[Evidence, ...] = ()) -> When:
    """An interval of days as a `When`: a day, a month, a year, a decade, or a range of the coarsest of these that fits.

    Args:
        start: First day.
        end: Last day, inclusive.
        basis: Why it is believed.
        evidence: The words.

    Raises:
        ValueError: The interval ends before it starts.
    """
    if end < start:
        raise ValueError(f"{start} is after {end}")
    first, last = start.isoformat(), end.isoformat()
    if start == end:
        return When(first, start, end, Precision.DAY, basis, evidence)
    if start.day != 1 or end.day != monthrange(end.year, end.month)[1]:
        return When(f"{first}/{last}", start, end, Precision.RANGE, basis, evidence)
    if (start.month, end.month) == (1, 12):
        if start.year == end.year:
            return When(first[:4], start, end, Precision.YEAR, basis, evidence)
        if start.year % 10 == 0 and end.year == start.year + 9:
            return When(first[:3] + "X", start, end, Precision.DECADE, basis, evidence)
        return When(f"{first[:4]}/{last[:4]}", start, end, Precision.RANGE, basis, evidence)
    if first[:7] == last[:7]:
        return When(first[:7], start, end, Precision.MONTH, basis, evidence)
    return When(f"{first[:7]}/{last[:7]}", start, end, Precision.RANGE, basis, evidence)


def get_deadline(when: When) -> When:
    """The last day, month or year of "by August": where something is due, that is what counts, not all that is before.

    Args:
        when: Any date; one that is no limit is returned as it is.
    """
    edtf = when.edtf or ""
    end = parse_edtf(edtf.removeprefix("../"), when.basis) if when.start is None and edtf.startswith("../") else None
    return replace(when, edtf=end.edtf, start=end.start, end=end.end, precision=end.precision) if end else when


def parse_edtf(words: str, basis: Basis = Basis.SET) -> When | None:
    """Reads a date as people set it: ``2013-05-07``, ``2013-05``, ``2013``, ``201X``, seasons (``2013-21``), quarters
    (``2013-33``), intervals (``2013-02/2013-04``), one of two days (``[2013-05-06,2013-06-05]``), each side of which
    may be marked as uncertain (``?``), approximate (``~``) or both (``%``).

    Returns:
        None where the words are no such date, or one that is not in the calendar.
    """
    words = words.strip()
    if words.startswith("[") and words.endswith("]"):
        readings = [_parse_simple(side.strip()) for side in words[1:-1].split(",")]
    else:
        readings = [_parse_simple(side.strip()) for side in words.split("/")]
        if len(readings) > 2:
            return None
    known = [reading for reading in readings if reading is not None]
    if len(known) < len(readings):
        return None
    (first, _, precision, _), (_, last, _, _) = known[0], known[-1]
    if len(known) > 1:
        precision = Precision.RANGE
        if any(first > start or last < end for start, end, _, _ in known):
            return None
    notes = sorted({note for *_, note in known if note})
    return When(words, first, last, precision, basis, note=", ".join(notes))


def _parse_simple(words: str) -> tuple[date, date, Precision, str] | None:
    """One side of an interval: first day, last day, precision, qualifier."""
    note = _QUALIFIERS.get(words[-1:], "")
    try:
        if match := _EDTF_DECADE.fullmatch(words):
            year = int(match[1] + "0")
            return date(year, 1, 1), date(year + 9, 12, 31), Precision.DECADE, note
        match = _EDTF_YEAR.fullmatch(words)
        if not match:
            return None
        return *_span_of(int(match[1]), match[2], match[3]), note
    except ValueError:
        return None


def _span_of(year: int, part: str | None, day: str | None) -> tuple[date, date, Precision]:
    if part is None or part == "XX":
        if day not in (None, "XX"):
            raise ValueError("a day without a month")
        return date(year, 1, 1), date(year, 12, 31), Precision.YEAR
    for months, precision in ((_SEASONS, Precision.SEASON), (_QUARTERS, Precision.QUARTER)):
        if part in months and day is None:
            first, last = months[part]
            end_year = year + (last < first)
            return date(year, first, 1), _last_day(end_year, last), precision
    if day is None or day == "XX":
        return date(year, int(part), 1), _last_day(year, int(part)), Precision.MONTH
    only = date(year, int(part), int(day))
    return only, only, Precision.DAY


def _last_day(year: int, month: int) -> date:
    # date() first: monthrange has an error of its own for months that do not exist.
    return date(year, month, 1).replace(day=monthrange(year, month)[1])


def parse_printed_date(words: str, day_first: bool | None = None) -> When | None:
    """Reads words that are a date, with or without weekday, time of day and time zone (which is not applied).

    Args:
        words: As printed: ``May 8, 2013``, ``8 May 2013``, ``27.03.2016`` (dotted dates are day first), ``2016-03-27``,
            ``Friday, 17 May 2013 14:05 GMT``, ``May 2013``.
        day_first: How ``05/06/2013`` is to be read. Unknown: as both, ``[2013-05-06,2013-06-05]``.

    Returns:
        None where the words are not a date or say more than a date.
    """
    plain = fold(words).strip()
    for found in find_printed_dates(plain, day_first):
        before, after = plain[: found.span.start], plain[found.span.end :]
        if _BEFORE.fullmatch(before.lstrip()) and _AFTER.fullmatch(after):
            return found.when
    return None


def find_printed_dates(words: str, day_first: bool | None = None) -> list[PrintedDate]:
    """The dates with a year in a line, in order, without overlap. Offsets are those of the line as given."""
    if not _YEAR_FIGURES.search(words):
        return []
    plain = fold(words)
    found: list[PrintedDate] = []
    for match, when in _match_dates(plain, day_first):
        if all(match.end() <= date_.span.start or match.start() >= date_.span.end for date_ in found):
            found.append(PrintedDate(Span(*match.span()), when))
    return sorted(found, key=lambda date_: date_.span)


def _match_dates(plain: str, day_first: bool | None) -> Iterator[tuple[re.Match[str], When]]:
    for pattern in _DATES:
        for match in pattern.finditer(plain):
            groups = match.groupdict()
            try:
                when = _read_figures(groups, day_first) if "a" in groups else _read_named(groups)
            except ValueError:  # 31 June
                continue
            if when is not None:
                yield match, when


def _read_named(groups: dict[str, str]) -> When:
    year, month = int(groups["y"]), _month(groups["m"])
    if "d" not in groups:
        return make_when(date(year, month, 1), _last_day(year, month), Basis.PRINTED)
    start = date(year, month, _number(groups["d"]))
    end = start.replace(day=_number(groups["d2"])) if groups.get("d2") else start
    return make_when(start, end, Basis.PRINTED)


def _read_figures(groups: dict[str, str], day_first: bool | None) -> When | None:
    year, a, b = int(groups["y"]), int(groups["a"]), int(groups["b"])
    if groups["sep"] == "." and day_first is None:
        day_first = True
    readings = {order: _day(year, *((b, a) if order else (a, b))) for order in (True, False)}
    if day_first is not None and readings[day_first]:
        readings = {day_first: readings[day_first]}
    days = sorted({day for day in readings.values() if day})
    if not days:
        return None
    if len(days) == 1:
        return make_when(days[0], days[0], Basis.PRINTED)
    either = make_when(days[0], days[1], Basis.PRINTED)
    return replace(
        either, edtf=f"[{days[0]},{days[1]}]", precision=Precision.RANGE, note="day and month in unknown order"
    )


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(words: str) -> int:
    return int(words) if words.isdecimal() else _MONTHS[words.rstrip(".").lower()]


def _number(words: str) -> int:
    return int(re.sub(r"\D", "", words))
