"""Rules for what is counted from a day, and for times of day: "last week", "two days earlier", "8 p.m.", "tonight".

They belong beside the rules of `calendar` and follow the same form.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from communique.model import TimeType
from communique.text.timex.grammar import (
    FISCAL,
    SHIFTS,
    STORY,
    TOWARD,
    YEARS,
    Match,
    Rule,
    count,
    is_in_name,
    is_told_after,
    make_date,
    make_duration,
    make_rules,
)
from communique.text.timex.phrases import Anchor, TimePhrase, get_open
from communique.text.timex.values import BESIDE

# Note of a part of the day that counts only beside a day ("Friday morning").
BARE = "bare"
# Note of "the week" before "of" and a day.
OF_DAY = "of"
# Note of "the night" before "of", which is no day's where none follows ("the night of the attack").
OF_TOLD = "of told"
# Units with which "the last" and "the next", after one of these words, reach from or to the day of the report.
_ROLLING = ("W", "M", "Y", "E")
_THROUGHOUT = ("over", "in", "for", "during", "within", "throughout", "across", "spent", "spend")


# --- counted from a day -------------------------------------------------------------------------------------------


def _build_unit(match: Match) -> TimePhrase | None:
    """As in "last week", "this month", "the following day", "that year", "the week"."""
    toward, unit = match.kind("toward"), match.value("unit")
    if unit.startswith("T") or toward == "PAST" or (not toward and unit in ("D", "E", "C", "L", "F")):
        return None
    after, words = match.after(), match.get("unit")[0].text
    if words.istitle() and toward == "THIS":
        return None  # the broadcast "This Week"
    if toward == "LAST" and (unit == "D" or (after and after.kind == "OF")):
        return None  # "the third and last day", "the last week of May"
    if not toward and after and (after.kind in ("BEFORE", "AFTER", "FOLLOWING") or after.text in ("since", "that")):
        start, end = match.match.span()  # "the year after the coup", "in the month since"
        return TimePhrase(start, end, TimeType.DURATION, make_duration(1, unit))
    if not toward and is_told_after(match):
        return None  # "the year she took office" is not that of the report
    if toward == "THAT" and after and after.text in ("as", "that"):
        return make_date(match, get_open(unit))  # "the same day as the vote"
    if _is_rolling(match):
        start, end = match.match.span()
        return TimePhrase(start, end, TimeType.DURATION, make_duration(1, unit))
    if unit == "Y" and toward in ("", "LATEST") and after and after.text in ("ended", "ending"):
        start, end = match.match.span()  # "the year ended March 31" is no year of the calendar
        return TimePhrase(start, end, TimeType.DURATION, "P1Y")
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
        note=FISCAL if match.has("fiscal") else "" if toward else "the",
    )


def _is_rolling(match: Match) -> bool:
    """Whether "last" or "next" counts from today: "over the last year" is twelve months, "last year" is a year."""
    before, after = match.before(), match.after()
    return (
        match.kind("toward") in ("LAST", "NEXT")
        and match.value("unit") in _ROLLING
        and match.get_all()[0].kind in ("THE", "THIS")
        and before is not None
        and before.text.lower() in _THROUGHOUT
        and (after is None or after.kind not in ("OF", "POSSESSIVE"))
    )


def _build_ago(match: Match) -> TimePhrase | None:
    """As in "two years ago", "a week earlier", "three days later", "six weeks from now"."""
    unit, way = match.value("unit"), match.kind("way")
    number = 1.0 if match.has("one") else count(match.get("count"))
    if number is None or (match.kind("count") == "" and not match.has("one")):
        if way in ("AGO", "HENCE"):
            return make_date(match, "PAST_REF" if way == "AGO" else "FUTURE_REF")
        return make_date(match, get_open(unit))  # after or before some day told, no telling how long
    if unit.startswith("T"):
        return None if way not in ("AGO", "HENCE") else make_date(match, "PAST_REF" if way == "AGO" else "FUTURE_REF")
    years = YEARS.get(unit, 0)  # "a decade ago" is some year about ten years back
    shift = int(number * max(years, 1)) if number < 10_000 else 0
    return make_date(
        match,
        unit="Y" if years else unit,
        shift=shift if way in ("HENCE", "LATER", "AFTER") else -shift,
        anchor=Anchor.REPORT if way in ("AGO", "HENCE") else Anchor.STORY,
        note="about" if match.has("approx") or years else "",
    )


def _build_before_last(match: Match) -> TimePhrase | None:
    """As in "the week before last", "the year after next"."""
    unit = match.value("unit")
    if unit.startswith("T") or unit in YEARS or match.has("last") is (match.kind("way") == "AFTER"):
        return None
    return make_date(match, unit=unit, shift=-2 if match.has("last") else 2, anchor=Anchor.REPORT)


def _build_before(match: Match) -> TimePhrase | None:
    """As in "the week before", "the night before", where nothing follows that it was before."""
    shift = -1 if match.kind("way") == "BEFORE" else 1
    if match.has("part"):
        return _make_time(match, f"T{match.value('part')}", shift)
    unit = match.value("unit")
    if unit.startswith("T") or unit in YEARS:
        return None
    return make_date(match, unit=unit, shift=shift, anchor=Anchor.STORY, note=BESIDE)


def _build_week_of(match: Match) -> TimePhrase | None:
    """The "the week" of "the week of March 6"; `finder` puts the day into it."""
    return make_date(match, unit="W", anchor=Anchor.REPORT, note=OF_DAY) if match.value("unit") == "W" else None


def _build_today(match: Match) -> TimePhrase | None:
    if is_in_name(match):
        return None  # "USA Today"
    return make_date(match, unit="D", shift=int(match.value("day")), anchor=Anchor.REPORT)


def _build_year_end(match: Match) -> TimePhrase | None:
    return make_date(match, unit=match.value("unit"), anchor=Anchor.REPORT, note="end")


# --- times of day -------------------------------------------------------------------------------------------------


def _make_time(match: Match, clock: str, shift: int = 0, anchor: Anchor = Anchor.STORY) -> TimePhrase:
    # Without a day of its own, a time of day belongs to the day of the story, else to that of the report.
    start, end = match.match.span()
    return TimePhrase(start, end, TimeType.TIME, "today", "D", shift, anchor, clock=clock)


def _build_clock(match: Match) -> TimePhrase | None:
    if match.has("word"):
        beside = (match.before(), match.after())
        if match.get("word")[0].text.istitle() and any(token is not None and token.kind == "NAME" for token in beside):
            return None  # "High Noon", "the Midnight Crew"
        return _make_time(match, f"T{match.value('word')}")
    if match.has("figures"):  # "0735 GMT"
        figures = match.get("figures")[0].text
        is_clock = len(figures) == 4 and figures.isdecimal() and int(figures[:2]) < 24 and int(figures[2:]) < 60
        return _make_time(match, f"T{figures[:2]}:{figures[2:]}") if is_clock else None
    before = match.before()
    if before is not None and before.kind == "NAME" and not (match.has("half") or match.has("part")):
        return None  # "Romans 8:31"
    parts = str((match.get("clock") or match.get("hour"))[0].value).replace(".", ":").split(":")
    hour, minute = int(parts[0]), int(parts[1]) if len(parts) > 1 else 0
    half = match.get("half")[0].text[0].lower() if match.kind("half") == "AMPM" else ""
    if match.has("part"):  # "4 in the morning"
        half = "a" if match.value("part") == "MO" or (match.value("part") == "NI" and hour < 6) else "p"
    if hour > 24 or minute > 59 or (half and not 1 <= hour <= 12):
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return _make_time(match, f"T{hour:02}:{minute:02}")


def _build_daypart(match: Match) -> TimePhrase | None:
    """As in "this morning", "last night", "the next evening", "overnight"."""
    if match.has("tonight"):
        return _make_time(match, "TNI", 0, Anchor.REPORT)
    toward, after = match.kind("toward"), match.after()
    if not toward and after is not None and after.kind == "NAME" and match.get("part")[0].text.istitle():
        return None  # "The Morning Consult"
    anchor = Anchor.REPORT if toward in ("THIS", "LAST") else Anchor.STORY
    phrase = _make_time(match, f"T{match.value('part')}", SHIFTS.get(toward, 0), anchor)
    if after is not None and after.kind == "OF":
        is_begun = match.get("part")[0].text.lower() in ("dawn", "dusk")  # "the dawn of a new era"
        return replace(phrase, note=OF_TOLD if match.has("the") and not is_begun else BARE)
    before = match.before()
    is_within = before is not None and before.text.lower() in ("in", "during")  # "in the evening the sides met"
    if match.has("the") and not toward and not is_within and is_told_after(match):
        return replace(phrase, value=get_open("D"), unit="")  # "the night before voters went to the polls"
    return phrase if toward or match.has("the") else replace(phrase, note=BARE)


@cache
def get_shift_rules() -> list[Rule]:
    """The rules for what is counted from a day, and for times of day."""
    number = "(?P<approx>APPROX)? (?:(?P<one>AN)|(?P<count>COUNT))?"
    alone = "(?=[COMMA DOT MARK DASH AND]|$)"
    named = "(?![WEEKDAY MONTH MABBR UNIT UNITS QUARTER SEASON DAYPART HOLIDAY])"
    toward = "(?P<toward>[THIS LAST THAT NEXT FOLLOWING PREVIOUS])"
    return make_rules(
        [
            (f"(?:{TOWARD}|THE) (?P<fiscal>FISCAL)? FULL? (?P<unit>UNIT)", _build_unit),
            (f"{number} (?P<unit>SOMEUNIT) SO? (?P<way>[AGO HENCE EARLIER LATER])", _build_ago),
            (f"{number} (?P<unit>SOMEUNIT) (?P<way>[BEFORE AFTER]) {alone}", _build_ago),
            (f"THE (?:(?P<unit>UNIT)|(?P<part>DAYPART)) (?P<way>[BEFORE AFTER]) {alone}", _build_before),
            (f"THE (?P<unit>UNIT) (?P<way>[BEFORE AFTER]) (?:(?P<last>LAST)|NEXT) {named}", _build_before_last),
            ("THE (?P<unit>UNIT) (?=OF THE? (?:[MONTH MABBR HOLIDAY]|DAYNUMBER))", _build_week_of),
            ("(?P<day>TODAY)", _build_today),
            ("(?P<unit>UNIT) [HYPHEN POSSESSIVE]? END", _build_year_end),
            (
                "(?P<clock>CLOCK) (?P<half>AMPM)? ZONE?|(?:SHORTLY [BEFORE AFTER PAST])? (?P<word>CLOCKWORD)",
                _build_clock,
            ),
            ("(?P<hour>DAY) (?P<half>[AMPM OCLOCK]) ZONE?", _build_clock),
            ("(?P<hour>[DAY CLOCK NUMBER]) OCLOCK? IN THE (?P<part>DAYPART)", _build_clock),
            ("(?<!MARK) (?P<figures>[INTEGER YEAR DAY]) ZONE", _build_clock),
            (f"(?P<tonight>TONIGHT)|(?P<the>THE)? {toward}? (?P<part>DAYPART)", _build_daypart),
        ]
    )
