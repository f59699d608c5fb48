"""Values of time expressions: what their words leave open is closed with an anchor.

`resolve` fills in what a `phrases.TimePhrase` leaves open from a `Context`: the day of the report, the day that the
story has reached, the tense of the verb. What the context does not give stays ``X``. `days.find_days` turns a value
into EDTF with its earliest and latest day. The machine's clock is never asked.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from communique.model import TimeType
from communique.text.timex.days import find_days, find_holiday, shift_day, shift_quarter
from communique.text.timex.phrases import OPEN, Anchor, Context, Direction, Resolved, Tense, TimePhrase

# --- closing what is open -----------------------------------------------------------------------------------------

# Note of "the year before", which is counted from what is told just before it, even from "last year".
BESIDE = "beside"
_CALENDAR_DAY = re.compile(r"(?:XXXX|\d{4})-\d\d-\d\d")
# A date without year and without tense is taken for the coming one only if it is this near (days).
_NEAR = 45
# A quarter or season that ended so long ago may still be spoken of in the future tense (days).
_JUST_OVER = 60
# The nearest one to come for a verb in the past ("extended to Dec. 15"), where the last such day lies far back.
_FAR = 300
# What was to be may lie so many days back; a deadline that has just gone, so many. (A year ahead it would be told so.)
_JUST_GONE = 2
_GONE_BY = 14
_GONE_BY_MONTH = 31
# The present tense tells of what is to come ("votes on Thursday", "expire on 31 January"), so many days ahead.
_AHEAD_DAYS = 200
_AHEAD = (Tense.FUTURE, Tense.PRESENT, Tense.PLANNED)


def resolve(phrase: TimePhrase, context: Context) -> Resolved:
    """Closes what an expression leaves open.

    Returns:
        The value, with ``X`` for what the context does not give, and the anchor that it rests on (`Anchor.NONE` where
        the words say all themselves or where no anchor is known).
    """
    if phrase.unit:
        return _resolve_shift(phrase, context)
    if not _is_open(phrase):
        return Resolved(phrase.value + phrase.clock, Anchor.NONE)
    anchor, day = _choose_day(phrase, context)
    if day is None:
        return Resolved(phrase.value + phrase.clock, Anchor.NONE)
    if "-WXX-" in phrase.value:
        value = _nearest_weekday(int(phrase.value[-1]), day, phrase, context.tense).isoformat()
    else:
        value = _nearest_year(phrase, day, context.tense)
    return Resolved(value + phrase.clock, anchor)


def _is_open(phrase: TimePhrase) -> bool:
    if phrase.type not in (TimeType.DATE, TimeType.TIME) or not phrase.value.startswith("XXXX"):
        return False
    return phrase.holiday != "" or phrase.value not in OPEN.values()  # "a few years later" names no year


def _choose_day(phrase: TimePhrase, context: Context) -> tuple[Anchor, date | None]:
    if phrase.anchor is Anchor.STORY:
        days = find_days(context.story) if context.story else None
        if days and days.start:
            return Anchor.STORY, days.start
    return Anchor.REPORT, context.report


def _resolve_shift(phrase: TimePhrase, context: Context) -> Resolved:
    unit, shift = phrase.unit, phrase.shift
    if unit == "W" and (phrase.holiday or _CALENDAR_DAY.match(phrase.value)):
        return _resolve_week(phrase, context)
    if unit == "Q" and phrase.value:  # "the 1988 quarter": that of which the text tells
        told = f"{phrase.value}{context.quarter[4:]}"
        return Resolved(told, Anchor.STORY if context.quarter else Anchor.NONE)
    if _is_of_quarter(phrase, context):
        return Resolved(shift_quarter(context.quarter, shift * (4 if unit == "Y" else 1)), Anchor.STORY)
    anchor, day = _choose_day(phrase, context)
    if (
        phrase.anchor is Anchor.STORY
        and unit != "Q"
        and not (unit == "Y" and (anchor is Anchor.STORY or (shift < 0 and phrase.note != BESIDE)))
        and (anchor is Anchor.REPORT or _is_too_coarse(context.story, unit))
    ):
        day = None  # "the following day" of a day that nobody told
    if day is None:
        return Resolved(_fill(phrase.value, OPEN[unit], unit) + phrase.clock, Anchor.NONE)
    if unit == "WE" and _is_last_weekend(phrase, day, context.tense):
        shift -= 1
    if is_end(phrase) and context.tense is Tense.PAST:  # "at the end of the year, sales had fallen"
        return Resolved(_find_ended(phrase, day, context) or OPEN[unit], anchor)
    if unit == "Q" and phrase.anchor is Anchor.STORY and anchor is Anchor.REPORT:
        shift -= 1  # "the quarter" of a report on results is the one that has ended
    shifted = shift_day(day, unit, shift)
    if unit == "Y" and shift > 1 and anchor is Anchor.STORY and context.report and day <= context.report:
        shifted = shifted if int(shifted or 0) <= context.report.year else None  # "we live here today, 200 years later"
    if unit == "Q" and phrase.note == "latest" and context.report and shifted and not _is_over(shifted, context.report):
        return Resolved(shift_day(context.report, "Q", -1) or OPEN["Q"], Anchor.REPORT)
    if shifted is None:
        return Resolved(OPEN[unit], Anchor.NONE)
    return Resolved(_fill(phrase.value, shifted, unit) + phrase.clock, anchor)


def is_end(phrase: TimePhrase) -> bool:
    """As in "the end of the year", "the end of the month", in the past of one that is over."""
    is_last = phrase.unit in ("Y", "M") and not phrase.value and phrase.shift == 0
    return is_last and phrase.note in ("the end of the", "the close of the", "end")


def _is_last_weekend(phrase: TimePhrase, day: date, tense: Tense | None) -> bool:
    """On a weekday "the weekend" is the one that is over, and so is "this weekend" early in the week, in the past."""
    if phrase.note == "the":
        return day.isoweekday() < 6 and tense is not Tense.FUTURE
    return phrase.shift == 0 and tense is Tense.PAST and day.isoweekday() < 4


def _find_ended(phrase: TimePhrase, day: date, context: Context) -> str | None:
    """The year or month that was over: one told before ("in May 2015 ... by the end of the year"), or the last."""
    told = find_days(context.story) if context.story and phrase.note != "end" else None
    story = shift_day(told.start, phrase.unit, 0) if told and told.start else None
    last = shift_day(day, phrase.unit, -1)
    return story if story and last and story < last else last


def _is_of_quarter(phrase: TimePhrase, context: Context) -> bool:
    """Whether an expression is counted from the last quarter told: "a year earlier", "the quarter"."""
    if (
        not context.quarter
        or phrase.value
        or not (phrase.unit == "Y" or (phrase.unit == "Q" and phrase.anchor is Anchor.STORY))
    ):
        return False
    return phrase.note != "latest" or context.report is None or _is_over(context.quarter, context.report)


def _is_over(value: str, day: date) -> bool:
    days = find_days(value)
    return days is not None and days.end is not None and days.end < day


def _resolve_week(phrase: TimePhrase, context: Context) -> Resolved:
    """As in "the week of March 6", "Easter week"."""
    tense = None if context.tense is Tense.PAST else context.tense  # the week that has begun need not be over
    day = resolve(replace(phrase, unit="", anchor=Anchor.NONE), context._replace(tense=tense))
    days = find_days(day.value)
    week = shift_day(days.start, "W", 0) if days and days.start else None
    return Resolved(week or OPEN["W"], day.anchor if week else Anchor.NONE)


def _is_too_coarse(story: str, unit: str) -> bool:
    form = r"\d{4}-\d\d" if unit == "M" else r"\d{4}-\d\d-\d\d"
    return re.match(form, story) is None


def _fill(value: str, shifted: str, unit: str) -> str:
    """Puts a year, month or week into what is open: "XXXX-05" and 2012 are 2012-05."""
    if not value or value == "today":
        return shifted
    if unit == "Y":
        return value.replace("XXXX", shifted)
    if unit == "W" and value.startswith("XXXX-WXX-") and "X" not in shifted:
        return date.fromisocalendar(int(shifted[:4]), int(shifted[6:8]), int(value[-1])).isoformat()
    if unit == "M" and value.startswith("XXXX-XX-"):
        return shifted + value[7:]
    return value


def _nearest_weekday(weekday: int, day: date, phrase: TimePhrase, tense: Tense | None) -> date:
    back = (day.isoweekday() - weekday) % 7
    if phrase.direction is Direction.BACK:
        return day - timedelta(back or 7)
    if phrase.direction is Direction.ON:
        return day + timedelta(7 - back)
    if phrase.direction is Direction.NEXT:
        return day + timedelta(7 + weekday - day.isoweekday())
    if phrase.direction is Direction.SAME:  # of this week, of whichever tense
        same = day + timedelta(weekday - day.isoweekday())
        return same + timedelta(7) if tense is Tense.FUTURE and same < day else same
    if tense is Tense.PLANNED and 0 < back <= _JUST_GONE:
        return day - timedelta(back)
    if tense in _AHEAD:
        return day + timedelta((7 - back) % 7)
    return day - timedelta(back)


def _nearest_year(phrase: TimePhrase, day: date, tense: Tense | None) -> str:
    """Finds the year for a month, day, season, quarter or holiday without one."""
    years = range(max(day.year - 2, 1), min(day.year + 3, 10_000))
    found = [(value, find_days(value)) for year in years for value in [_in_year(phrase, year)]]
    known = [(value, days.start, days.end) for value, days in found if days and days.start and days.end]
    if phrase.weekday:
        known = [each for each in known if each[1].isoweekday() == int(phrase.weekday)] or known
    if phrase.direction is Direction.SAME:
        return _in_year(phrase, day.year)
    ended = [(value, end) for value, _, end in known if end < day]
    begun = [(value, end) for value, start, end in known if start <= day]
    to_begin = [(value, start) for value, start, _ in known if start > day]
    to_end = [(value, start) for value, start, end in known if end >= day]
    if phrase.direction in (Direction.BACK, Direction.ON, Direction.NEXT):
        # "last February" said in March is a year ago: the one just gone would be "last month"
        ended = [(value, end) for value, end in ended if len(value) != 7 or not _is_last_month(end, day)]
        nearest = ended[-1:] if phrase.direction is Direction.BACK else to_begin[:1]
    elif tense in (Tense.FUTURE, Tense.PLANNED):
        # "expects to report for the third quarter": one that is just over is nearer than next year's
        over = (day - ended[-1][1]).days if ended else 366
        by_month = _GONE_BY_MONTH if tense is Tense.PLANNED else 0
        limit = _JUST_OVER if phrase.value[5:6].isalpha() else _GONE_BY if len(phrase.value) >= 10 else by_month
        nearest = ended[-1:] if over <= limit and (to_end[0][1] - day).days > _JUST_OVER else to_end[:1]
    else:
        coming, gone = to_begin[:1], begun[-1:]
        ahead = (coming[0][1] - day).days if coming else 366
        behind = (day - gone[0][1]).days if gone else 366
        limit = {None: _NEAR, Tense.PRESENT: _AHEAD_DAYS}.get(tense, 0)
        is_near = ahead <= limit and behind > _NEAR
        is_far = behind > _FAR and ahead < 366 - _FAR and tense is not Tense.PAST
        nearest = coming if is_near or is_far else gone or coming
    return nearest[0][0] if nearest else phrase.value


def _is_last_month(month: date, day: date) -> bool:
    return (month.year, month.month) == (day.year, day.month - 1)


def _in_year(phrase: TimePhrase, year: int) -> str:
    if phrase.holiday:
        return find_holiday(phrase.holiday, year).isoformat()
    return phrase.value.replace("XXXX", f"{year:04}")
