"""Rules for what is counted from a day, and for times of day: "last week", "two days earlier", "8 p.m.", "tonight".

They belong beside the rules of `calendar` and follow the same form.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from communique.model import TimeType
from communique.text.timex.grammar import (
    SHIFTS,
    STORY,
    TOWARD,
    Match,
    Rule,
    count,
    make_date,
    make_rules,
    read_number,
)
from communique.text.timex.values import Anchor, TimePhrase

# Note of a part of the day that counts only beside a day ("Friday morning").
BARE = "bare"


# --- counted from a day -------------------------------------------------------------------------------------------


def _build_unit(match: Match) -> TimePhrase | None:
    """As in "last week", "this month", "the following day", "that year", "the week"."""
    toward, unit = match.kind("toward"), match.value("unit")
    if unit.startswith("T") or toward == "PAST" or (not toward and unit in ("D", "E", "C", "L", "F")):
        return None
    after, words = match.after(), match.get("unit")[0].text
    if words.istitle() and toward == "THIS":
        return None  # the broadcast "This Week"
    if toward == "THIS" and unit == "D":  # "this day" is a day of the story
        toward = "THAT"
    if not toward and after and after.kind in ("HYPHEN", "OF"):
        return None
    story = toward in STORY or (unit == "D" and toward == "NEXT")
    return make_date(
        match,
        unit=unit,
        shift=SHIFTS.get(toward, 0),
        anchor=Anchor.STORY if story else Anchor.REPORT,
        note="fiscal" if match.has("fiscal") else "" if toward else "the",
    )


def _build_ago(match: Match) -> TimePhrase | None:
    """As in "two years ago", "a week earlier", "three days later", "six weeks from now"."""
    unit, way = match.value("unit"), match.kind("way")
    number = 1.0 if match.has("one") else count(match.get("count"))
    if number is None or (match.kind("count") == "" and not match.has("one")):
        return make_date(match, "FUTURE_REF" if way in ("HENCE", "LATER") else "PAST_REF")
    if unit.startswith("T"):
        return None if way in ("EARLIER", "LATER") else make_date(match, "PAST_REF" if way == "AGO" else "FUTURE_REF")
    shift = int(number) if number < 10_000 else 0
    story = way in ("EARLIER", "LATER")
    return make_date(
        match,
        unit=unit,
        shift=shift if way in ("HENCE", "LATER") else -shift,
        anchor=Anchor.STORY if story else Anchor.REPORT,
        note="about" if match.has("approx") else "",
    )


def _build_today(match: Match) -> TimePhrase | None:
    return make_date(match, unit="D", shift=int(match.value("day")), anchor=Anchor.REPORT)


def _build_year_end(match: Match) -> TimePhrase | None:
    return make_date(match, unit=match.value("unit"), anchor=Anchor.REPORT, note="end")


def _build_quarter_of(match: Match) -> TimePhrase | None:
    """As in "the quarter", "the 2004 period", "the year-ago quarter"."""
    if match.has("year"):
        return make_date(match, match.value("year"))
    shift = {"PREVIOUS": -1, "LAST": -1, "NEXT": 1, "FOLLOWING": 1}.get(match.kind("toward"), 0)
    if match.kind("toward") == "LATEST":  # the one that is over
        return make_date(match, unit="Q", shift=-1, anchor=Anchor.REPORT)
    if match.kind("toward") in ("CURRENT", "NEXT", "COMING"):
        return make_date(match, unit="Q", shift=shift, anchor=Anchor.REPORT)
    return make_date(match, unit="Q", shift=shift, anchor=Anchor.STORY)


def _build_year_ago(match: Match) -> TimePhrase | None:
    """As in "the year-ago quarter", "year-earlier"."""
    if match.value("unit") != "Y":
        return None
    if match.has("nth"):
        number = read_number(match.get("nth")[0])
        return make_date(match, f"XXXX-Q{number}", unit="Y", shift=-1, anchor=Anchor.REPORT)
    return make_date(match, unit="Y", shift=-1, anchor=Anchor.STORY)


# --- times of day -------------------------------------------------------------------------------------------------


def _make_time(match: Match, clock: str, shift: int = 0, anchor: Anchor = Anchor.STORY) -> TimePhrase:
    # Without a day of its own, a time of day belongs to the day of the story, else to that of the report.
    start, end = match.match.span()
    return TimePhrase(start, end, TimeType.TIME, "today", "D", shift, anchor, clock=clock)


def _build_clock(match: Match) -> TimePhrase | None:
    if match.has("word"):
        return _make_time(match, f"T{match.value('word')}")
    parts = (match.get("clock") or match.get("hour"))[0].text.split(":")
    hour, minute = int(parts[0]), int(parts[1]) if len(parts) > 1 else 0
    half = match.get("half")[0].text[0].lower() if match.kind("half") == "AMPM" else ""
    if hour > 24 or minute > 59 or (half and not 1 <= hour <= 12):
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return _make_time(match, f"T{hour:02}:{minute:02}")


def _build_daypart(match: Match) -> TimePhrase | None:
    """As in "this morning", "last night", "the next evening", "overnight"."""
    if match.has("tonight"):
        return _make_time(match, "TNI", 0, Anchor.REPORT)
    toward = match.kind("toward")
    anchor = Anchor.REPORT if toward in ("THIS", "LAST") else Anchor.STORY
    phrase = _make_time(match, f"T{match.value('part')}", SHIFTS.get(toward, 0), anchor)
    return phrase if toward or match.has("the") else replace(phrase, note=BARE)


@cache
def get_shift_rules() -> list[Rule]:
    """The rules for what is counted from a day, and for times of day."""
    nth = "(?P<nth>NTH)"
    number = "(?P<approx>APPROX)? (?:(?P<one>AN)|(?P<count>COUNT))?"
    toward = "(?P<toward>[THIS LAST THAT NEXT FOLLOWING PREVIOUS])"
    return make_rules(
        [
            (f"(?:{TOWARD}|THE) (?P<fiscal>FISCAL)? FULL? (?P<unit>UNIT)", _build_unit),
            (f"THE (?P<year>YEAR) [QUARTER PERIOD]|(?:THE|{TOWARD}) FISCAL? QUARTER", _build_quarter_of),
            ("THE (?P<toward>LATEST) PERIOD", _build_quarter_of),
            ("(?P<unit>UNIT) HYPHEN [AGO EARLIER]", _build_year_ago),
            (f"THE? (?P<unit>UNIT) HYPHEN [AGO EARLIER] (?:{nth} HYPHEN?)? [QUARTER PERIOD]", _build_year_ago),
            (f"{number} (?P<unit>SOMEUNIT) SO? (?P<way>[AGO HENCE EARLIER LATER])", _build_ago),
            ("(?P<day>TODAY)", _build_today),
            ("(?P<unit>UNIT) [HYPHEN POSSESSIVE]? END", _build_year_end),
            (
                "(?P<clock>CLOCK) (?P<half>AMPM)? ZONE?|(?:SHORTLY [BEFORE AFTER PAST])? (?P<word>CLOCKWORD)",
                _build_clock,
            ),
            ("(?P<hour>DAY) (?P<half>[AMPM OCLOCK]) ZONE?", _build_clock),
            (f"(?P<tonight>TONIGHT)|(?P<the>THE)? {toward}? (?P<part>DAYPART)", _build_daypart),
        ]
    )
