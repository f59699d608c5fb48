"""Rules for dates of the calendar: days, months, years, decades, weekdays, seasons, holidays.

Rules are listed by what they find; of matches that begin at one token the longest wins, then the earlier rule. Parts
that stand side by side ("8 p.m." and "Friday", "early" and "May") are rules of their own; `finder` joins them.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from communique.text.timex.days import find_holiday
from communique.text.timex.grammar import (
    DIRECTIONS,
    FISCAL,
    STORY,
    TOWARD,
    Match,
    Rule,
    count,
    make_date,
    make_rules,
    read_number,
)
from communique.text.timex.phrases import Anchor, Direction, TimePhrase
from communique.text.timex.tokens import Token

_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
# What may stand before a month that is also a name or a word (May, March) and before a bare year.
_CUES = {
    "IN", "OF", "CUE", "APPROX", "TO", "THROUGH", "ON", "AND", "OR", "THIS", "LAST", "NEXT", "PAST", "COMING", "EVERY",
    "EARLY", "EDGE", "EARLIER", "LATER", "HYPHEN", "DASH", "THAT", "FOLLOWING", "PREVIOUS", "BEFORE", "AFTER",
}  # fmt: skip
_ELEVENTH = ("attacks", "terrorist", "terror", "hijackings", "hijackers", "commission")
_NTH = ("ORDINAL", "SECOND", "FIRST", "NUMBERTH")
_VERBS = ("was", "is", "has", "as", "its", "his")
_AMBIGUOUS = ("May", "March", "MAY", "MARCH")


# --- calendar dates -----------------------------------------------------------------------------------------------


def _build_day(match: Match) -> TimePhrase | None:
    """As in "May 7", "7 May 2013", "March 23-25, 2016"."""
    month = match.value("month")
    days = [read_number(match.get(group)[0]) for group in ("day", "last") if match.has(group)]
    if not all(1 <= day <= _LENGTHS[int(month) - 1] for day in days) or days != sorted(set(days)):
        return None
    year = match.value("year") or ("2001" if _is_eleventh(match, month, days) else "XXXX")
    value = "/".join(f"{year}-{month}-{day:02}" for day in days)
    return make_date(match, value, direction=None if match.has("year") else DIRECTIONS.get(match.kind("toward")))


def _is_eleventh(match: Match, month: str, days: list[int]) -> bool:
    """ "the Sept. 11 attacks" are those of 2001, whatever the year of the report."""
    after = match.after()
    return (month, days) == ("09", [11]) and after is not None and after.text.lower() in _ELEVENTH


def _build_other(match: Match) -> TimePhrase | None:
    """One of two days: the "8" of "May 7 and 8", the "7" of "7 and 8 May"."""
    place = match.match.start("day")
    around = match.tokens[max(place - 4, 0) : place + 5]
    months = [token for token in around if token.kind in ("MONTH", "MABBR")]
    after = match.after()
    plural = after and after.kind == "WORD" and after.text.endswith("s") and after.text not in _VERBS
    if not months or plural:
        return None  # "on May 7 and 8 observers died"
    day, month = read_number(match.get("day")[0]), str(months[0].value)
    year = match.value("year") or "XXXX"
    return make_date(match, f"{year}-{month}-{day:02}") if 1 <= day <= _LENGTHS[int(month) - 1] else None


def _build_month(match: Match) -> TimePhrase | None:
    year, month = match.value("year"), match.get("month")[0]
    if not year and not _is_month(month, match):
        return None
    toward = match.kind("toward")
    return make_date(
        match,
        f"{year or 'XXXX'}-{month.value}",
        direction=DIRECTIONS.get(toward),
        anchor=Anchor.STORY if toward in STORY else Anchor.REPORT,
    )


def _is_month(month: Token, match: Match) -> bool:
    """Not the name of somebody, not the verb."""
    before, after = match.before(), match.after()
    kind = before.kind if before else ""
    if month.kind == "MABBR" and not (after and after.kind == "DOT"):
        return False  # Jan is a name, Mar and Dec are parts of names
    if match.kind("toward") == "THAT" and month.text in _AMBIGUOUS:
        return after is None or after.kind == "COMMA"  # "said that May would resign"
    if match.has("toward") or kind in _CUES:
        return True
    if month.text in _AMBIGUOUS:  # "the March accession"
        return kind in ("THE", "POSSESSIVE") and after is not None and after.kind == "WORD"
    return kind != "NAME" and not (after and after.kind == "NAME" and before is None)


def _build_numeric(match: Match) -> TimePhrase | None:
    """27.03.2016, 2016-03-27; where 3/4/2016 may be in March or April, the year."""
    text = match.get("date")[0].text
    numbers = [int(part) for part in text.replace("/", "-").replace(".", "-").split("-")]
    if numbers[0] > 31:
        year, month, day = numbers
    elif "." in text or numbers[0] > 12 or numbers[0] == numbers[1]:
        day, month, year = numbers
    elif numbers[1] > 12:
        month, day, year = numbers
    else:
        return make_date(match, f"{numbers[2]}")
    if not (1 <= month <= 12 and 1 <= day <= _LENGTHS[month - 1]):
        return None
    return make_date(match, f"{year:04}-{month:02}-{day:02}")


def _build_year(match: Match) -> TimePhrase | None:
    token, before, after = match.get("year")[0], match.before(), match.after()
    if match.has("fiscal") or match.value("unit") == "Y":
        return make_date(match, str(token.value), note=FISCAL if match.has("fiscal") else "")
    if match.has("unit"):
        return None
    before_kind, after_kind = (before.kind if before else ""), (after.kind if after else "")
    year = int(token.value)
    if before_kind in ("CURRENCY", "MARK", "DAY", "INTEGER", "YEAR") and not (before and before.text in '("[:;*'):
        return None
    if after_kind in ("ZONE", "COUNTED", "PERCENT", "CURRENCY", "SOMEUNIT", "UNITS", "UNIT", "INTEGER", "NUMBER"):
        return None
    if not 1900 <= year <= 2100 and not (before_kind in _CUES and (before_kind in ("IN", "CUE")) and year >= 1400):
        return None
    return make_date(match, str(year))


def _build_spelled_year(match: Match) -> TimePhrase | None:
    """As in "nineteen ninety-one"."""
    number = int(
        count(match.get("spelled")[1:] if match.get("spelled")[1].kind == "NUMBER" else match.get("spelled")[2:]) or 0
    )
    return make_date(match, str(1900 + number)) if 10 <= number <= 99 else None


def _build_counted_year(match: Match) -> TimePhrase | None:
    """As in "the year two thousand"."""
    number = count(match.get("count")) or 0
    return make_date(match, f"{number:.0f}") if match.value("unit") == "Y" and 1000 < number < 2200 else None


def _build_years(match: Match) -> TimePhrase | None:
    """2011-2012, 1998/99."""
    first, last = match.value("first"), match.value("last")
    last = first[: 4 - len(last)] + last
    return make_date(match, f"{first}/{last}") if 1000 <= int(first) < int(last) <= 2200 else None


def _build_decade(match: Match) -> TimePhrase | None:
    if match.has("word"):
        return make_date(match, f"19{match.value('word')}")
    digits = "".join(c for c in match.get("decade")[0].text if c.isdigit())
    century = digits[:2] if len(digits) == 4 else "19"
    return make_date(
        match, century if len(digits) == 4 and digits[2] == "0" and digits[:2] != "20" else century + digits[-2]
    )


def _build_century(match: Match) -> TimePhrase | None:
    ordinal = read_number(match.get("nth")[0])
    if match.value("unit") != "C" or not 2 <= ordinal <= 30:
        return None
    return make_date(match, f"{ordinal - 1:02}")


# --- weekdays, seasons, holidays ------------------------------------------------------------------------


def _build_weekday(match: Match) -> TimePhrase | None:
    after = match.after()
    if after and after.kind == "PAPER" and after.text[0].isupper():
        return None
    toward, before = match.kind("toward"), match.before()
    is_nth = before is not None and before.kind in _NTH
    is_last = toward == "LAST" and match.get_all()[0].kind == "THE"
    if after and (after.kind == "OF" or (after.kind == "IN" and (is_nth or is_last))) and (toward == "LAST" or is_nth):
        return None  # "the first Monday of each month", "the last Friday in August"
    if before is not None and not toward and _is_any_day(before, after):
        return None
    return make_date(
        match,
        f"XXXX-WXX-{match.value('weekday')}",
        direction=DIRECTIONS.get(toward),
        anchor=Anchor.STORY if toward in STORY else Anchor.REPORT,
    )


def _is_any_day(before: Token, after: Token | None) -> bool:
    """ "one Sunday", "died on a Sunday"; "a Sunday rally" is of a day told or of the last."""
    if before.text.lower() == "one":
        return True
    return before.kind == "AN" and (after is None or after.kind in ("DOT", "COMMA", "IN", "AND", "OR"))


def _build_season(match: Match) -> TimePhrase | None:
    toward, season, before = match.kind("toward"), match.get("season")[0], match.before()
    named = season.text in ("summer", "winter", "autumn")
    kind = before.kind if before else ""
    if not (toward or match.has("year") or kind in ("IN", "CUE", "EARLY", "EDGE", "EARLIER", "LATER", "EVERY")):
        if not named:
            return None
        after = match.after()
        if after and after.kind == "WORD":
            return None
    value = f"{match.value('year') or 'XXXX'}-{season.value}"
    direction = None if toward in ("", "THE") else DIRECTIONS.get(toward)
    return make_date(match, value, direction=direction, anchor=Anchor.REPORT)


def _build_holiday(match: Match) -> TimePhrase | None:
    rule, year = match.value("holiday"), match.value("year")
    if ":" not in rule:
        return make_date(match, f"{year or 'XXXX'}-{rule}", direction=DIRECTIONS.get(match.kind("toward")))
    if year:
        return make_date(match, find_holiday(rule, int(year)).isoformat())
    return make_date(match, "XXXX-XX-XX", holiday=rule, direction=DIRECTIONS.get(match.kind("toward")))


def _build_before(match: Match) -> TimePhrase:
    """As in "the July before", "the Friday before", where nothing follows that it was before."""
    value = f"WXX-{match.value('weekday')}" if match.has("weekday") else match.value("month") or match.value("season")
    return make_date(match, f"XXXX-{value}", direction=Direction.BACK, anchor=Anchor.STORY)


def _build_holiday_week(match: Match) -> TimePhrase | None:
    """As in "Easter week"."""
    day = _build_holiday(match) if match.value("unit") == "W" else None
    return replace(day, unit="W", anchor=Anchor.REPORT) if day else None


@cache
def get_calendar_rules() -> list[Rule]:
    """The rules for dates of the calendar."""
    month = "(?P<month>[MONTH MABBR]) (?:(?<=MABBR) DOT)?"
    day = "(?P<day>DAYNUMBER) (?:SPANMARK (?P<last>DAYNUMBER))?"
    year = "(?:COMMA? (?P<year>YEAR))?"
    nth = "(?P<nth>NTH)"
    return make_rules(
        [
            (f"(?:{TOWARD})? {month} THE? {day} {year}", _build_day),
            (f"THE? {day} OF? {month} {year}", _build_day),
            (f"{month} THE? (?P<day>ORDINAL) {year} (?![WORD NAME HYPHEN QUARTER])", _build_day),
            (
                f"(?<=[MONTH MABBR DOT] DAYNUMBER [AND OR]) (?P<day>DAYNUMBER) {year} (?![NAME PERCENT COUNTED])",
                _build_other,
            ),
            ("(?P<day>DAYNUMBER) (?=[AND OR] DAYNUMBER OF? [MONTH MABBR])", _build_other),
            (f"{month} [COMMA OF]? (?P<year>YEAR)", _build_month),
            (f"(?:{TOWARD})? (?P<month>[MONTH MABBR])", _build_month),
            (
                "THE (?:(?P<month>MONTH)|(?P<weekday>WEEKDAY)|(?P<season>SEASON)) BEFORE (?=[COMMA DOT MARK]|$)",
                _build_before,
            ),
            ("(?P<date>NUMDATE)", _build_numeric),
            ("(?:THE (?=UNIT))? (?P<fiscal>FISCAL)? (?P<unit>UNIT)? (?P<year>YEAR)", _build_year),
            ("THE (?P<unit>UNIT) (?P<count>NUMBER{2,4})", _build_counted_year),
            ("(?P<spelled>NINETEEN HYPHEN? NUMBER (?:HYPHEN? NUMBER)?)", _build_spelled_year),
            ("(?P<first>YEAR) [HYPHEN DASH] (?P<last>[YEAR DAY INTEGER])", _build_years),
            ("(?:THE (?:NTH|LAST) HALF OF)? (?:THE? (?P<decade>DECADE)|THE (?P<word>DECADEWORD))", _build_decade),
            (f"THE? {nth} HYPHEN? (?P<unit>UNIT)", _build_century),
            (f"(?:{TOWARD})? (?P<weekday>WEEKDAY)", _build_weekday),
            ("(?P<weekday>WABBR) DOT? (?=COMMA? [MONTH MABBR DAY])", _build_weekday),
            (f"(?:{TOWARD}|THE)? (?P<season>SEASON) (?:OF? (?P<year>YEAR))?", _build_season),
            (f"(?:{TOWARD})? (?P<holiday>HOLIDAY) {year}", _build_holiday),
            ("(?P<holiday>HOLIDAY) (?P<unit>UNIT)", _build_holiday_week),
        ]
    )
