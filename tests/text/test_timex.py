"""Time expressions in strings: what is found, what stays open, how it is closed. Sentences are our own."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.model import Precision, TimeType
from communique.tables import load_table
from communique.text.timex.days import (
    end_before,
    end_with,
    find_days,
    find_easter,
    find_holiday,
    find_orthodox_easter,
    widen_fiscal,
)
from communique.text.timex.finder import find_time_expressions
from communique.text.timex.phrases import Anchor, Context, Tense, TimePhrase
from communique.text.timex.values import resolve

REPORT = date(2019, 10, 16)  # a Wednesday


def find_marked(marked: str) -> tuple[str, list[str]]:
    """A text without its brackets, and what stood in them."""
    text = marked.replace("[", "").replace("]", "")
    return text, [piece.split("]")[0] for piece in marked.split("[")[1:]]


def close(text: str, story: str = "", tense: Tense | None = None, report: date | None = REPORT) -> str:
    """The value of the only expression of a text."""
    phrases = find_time_expressions(text)
    assert len(phrases) == 1, phrases
    return resolve(phrases[0], Context(report, story, "", tense)).value


# --- what is found, and how far it reaches ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "marked",
    [
        "The envoys met on [7 June 2019] and again on [June 9].",
        "He arrived ([March 23-25]) and left.",
        "She was there in [May] and [December 2015].",
        "Meetings on [June 7] and [8] were short.",
        "They spoke [late Tuesday], then [Friday morning].",
        "Doors open at [8:30 a.m. EST on Friday].",
        "Talks ended [shortly before midnight].",
        "By [the end of the year] the text will be ready.",
        "It fell in [the third quarter of last year] and in [this year's second quarter].",
        "He waited [more than four hours] during a [two-day] visit.",
        "The [30-day] truce held for [almost a month].",
        "They meet [every week], [twice a year] and on [Mondays].",
        "In [the 1990s] and [the late 1970s], in [the 19th century].",
        "Since [the past two years], for [the next three years], in [10 months].",
        "It was signed [two years ago], [two days earlier] than hoped.",
        "[Now] the envoy, who was ill [recently], will go [soon].",
        "[The early 2000s] were calm; [mid-November] was not.",
        "On [Saturday, April 25], and on [Mon., May 4].",
        "He saw [Good Friday] in Rome and [New Year's Eve] in Oslo.",
        "The treaty of [1987] and the [2011-2012] season.",
        "He left in [the summer of 2012] and came in [last winter].",
        "That happened on [27.03.2016] and on [2016-04-05].",
        "In [July last year] and [Monday of last week].",
        "[The week of March 6] and [Easter week] were full.",
        "On [the night of Friday, Oct. 23], at [9.30am on Monday] and at [0735 GMT].",
        "At [10:35 a.m.] (0735 GMT) on [Friday].",
        "They waited [two-and-a-half years], [a quarter of a century].",
        "[The week before last] was calm, [the year after next] will be.",
        "Guards stand there [24 hours a day], [three times a week], on [weekends].",
        "They meet [every Tuesday] and [Thursday].",
        "It ended in the last week of [May], on the last day of [2017].",
        "It left at [7:45 on Sunday morning], [the July before].",
        "He will [one day] return from [the days to come].",
        "In [the year] ended [March 31]; in [the quarter] ended [Sept. 30].",
        "It was [25-03-2016], then [2016/03/25].",
        "He stayed about [two weeks] and left [about two years ago].",
        "In the [weeks] before the vote they met for [years].",
        "They fly [daily] and meet [annually].",
        "The truce would last [four years]; [a decade later] it held.",
        "It grew over [the last year] and in [the last half of the '80s].",
        "A [decades-long] dispute over a [centuries-old] church soon-to-open.",
        "Sales rose from [the same period last year] and from [last year's quarter].",
        "They spoke about [today] and about [the 1960s].",
        "They met on [the night] of the attack and on [the morning of June 3].",
        "She stayed [one day] and left [one day] after the vote.",
    ],
)
def test_extents(marked: str) -> None:
    text, expected = find_marked(marked)
    assert [text[phrase.start : phrase.end] for phrase in find_time_expressions(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "The ministers may march on the capital.",
        "Theresa May spoke first, March said.",
        "He came second and was sent to spring a surprise.",
        "Some 1,500 troops and 1990 soldiers stood by.",
        "They paid $1990 and 2000 euros.",
        "A copy of the Sunday Times lay there.",
        "Jan Novak and Sun Li fall silent.",
        "Version 3.4.1 costs 12 percent.",
        "Three quarters of the delegates left.",
        "He said that May would resign.",
        "It was the third visit in as many months.",
        "They rested on the third and last day.",
        "The Six-Day War and the Hundred Years' War ended.",
        "On the first Monday of his stay, they had a late-night meeting.",
        "It costs $5 million a year, or 700 seats a week.",
        "It grows by 20% annually and makes 10,000 cars annually.",
        "It was a matter of days; the blasts came minutes apart.",
        "The party daily Granma printed a recent photograph of High Noon.",
        "She told USA Today that it was the year the war began.",
        "They hope one day to return; gone are the days when one Sunday he died on a Sunday.",
        "On a day when he read Romans 8:31, the Midnight Crew saw 60 Minutes.",
        "On Super Tuesday she spoke of the future of the alliance since the dawn of the age.",
        "He asked how soon he may go, a surge of late-comers told the Morning Star Weekly.",
        "She did well with the quarter of voters who are young.",
    ],
)
def test_what_is_no_time_expression(text: str) -> None:
    assert find_time_expressions(text) == []


def test_no_break_spaces_and_curly_marks_change_nothing() -> None:
    text = "on May\u00a07, in last\u00a0year’s talks"
    assert [text[p.start : p.end] for p in find_time_expressions(text)] == ["May\u00a07", "last\u00a0year"]


# --- values -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "type_", "value"),
    [
        ("for three weeks", TimeType.DURATION, "P3W"),
        ("for two and a half years", TimeType.DURATION, "P2Y6M"),
        ("for half an hour", TimeType.DURATION, "PT30M"),
        ("for a few days", TimeType.DURATION, "PXD"),
        ("for months", TimeType.DURATION, "PXM"),
        ("for twenty-five minutes", TimeType.DURATION, "PT25M"),
        ("for two decades", TimeType.DURATION, "P20Y"),
        ("a girl, 12 years old", TimeType.DURATION, "P12Y"),
        ("a 3-year-old boy", TimeType.DURATION, "P3Y"),
        ("over the past year", TimeType.DURATION, "P1Y"),
        ("each Thursday", TimeType.SET, "XXXX-WXX-4"),
        ("every two years", TimeType.SET, "P2Y"),
        ("daily talks", TimeType.SET, "P1D"),
        # Lengths beside the report's day: of 18 in TempEval-3, ten are PX and eight PAST_REF or FUTURE_REF.
        ("in recent years", TimeType.DURATION, "PXY"),
        ("in the weeks ahead", TimeType.DURATION, "PXW"),
        ("in future years", TimeType.DATE, "FUTURE_REF"),
        ("in the days before the vote", TimeType.DATE, "XXXX-XX-XX"),
        ("for days before the vote", TimeType.DURATION, "PXD"),
        ("the siege lasts a year", TimeType.DURATION, "P1Y"),
        ("currently in Oslo", TimeType.DATE, "PRESENT_REF"),
        ("in the near future", TimeType.DATE, "FUTURE_REF"),
        ("in the 1980s", TimeType.DATE, "198"),
        ("in nineteen ninety-one", TimeType.DATE, "1991"),
        ("in the winter of 1994", TimeType.DATE, "1994-WI"),
        ("the first half of 2012", TimeType.DATE, "2012-H1"),
        ("the twenty-first century", TimeType.DATE, "20"),
        ("for two-and-a-half years", TimeType.DURATION, "P2Y6M"),
        ("a quarter of a century", TimeType.DURATION, "P25Y"),
        ("over the next three quarters", TimeType.DURATION, "P9M"),
        ("about a decade", TimeType.DURATION, "P10Y"),
        ("three times a week", TimeType.SET, "P1W"),
        ("on weekends", TimeType.SET, "XXXX-WXX-WE"),
        ("the year ended well", TimeType.DURATION, "P1Y"),
        ("he would one day return", TimeType.DATE, "FUTURE_REF"),
        ("at 4 in the morning of May 7, 2013", TimeType.TIME, "2013-05-07T04:00"),
        ("at 9.30pm on May 7, 2013", TimeType.TIME, "2013-05-07T21:30"),
        ("at 0735 GMT on 7 May 2013", TimeType.TIME, "2013-05-07T07:35"),
        ("at 7:45 on 7 May 2013", TimeType.TIME, "2013-05-07T07:45"),
        ("the year after the coup", TimeType.DURATION, "P1Y"),
        ("in the month since the coup", TimeType.DURATION, "P1M"),
        ("at 8:30 p.m. on May 7, 2013", TimeType.TIME, "2013-05-07T20:30"),
    ],
)
def test_values_that_the_words_say(text: str, type_: TimeType, value: str) -> None:
    (phrase,) = find_time_expressions(text)
    assert (phrase.type, resolve(phrase, Context()).value) == (type_, value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on Tuesday", "2019-10-15"),
        ("last Wednesday", "2019-10-09"),
        ("next Monday", "2019-10-21"),
        ("last week", "2019-W41"),
        ("this month", "2019-10"),
        ("next year", "2020"),
        ("yesterday evening", "2019-10-15TEV"),
        ("last night", "2019-10-15TNI"),
        ("ten days ago", "2019-10-06"),
        ("two years ago", "2017"),
        ("on August 30", "2019-08-30"),
        ("in December", "2018-12"),
        ("last May", "2019-05"),
        ("this September", "2019-09"),
        ("over the weekend", "2019-W41-WE"),
        ("third-quarter results", "2019-Q3"),
        ("last spring", "2019-SP"),
        ("on Christmas", "2018-12-25"),
        ("July last year", "2018-07"),
        ("Monday of last week", "2019-10-07"),
        ("from October 14 to", "2019-10-14"),
        ("October 14-16", "2019-10-14/2019-10-16"),
        ("7 to 8 October", "2019-10-07/2019-10-08"),
        ("a decade ago", "2009"),
        ("more than two centuries ago", "1819"),
        ("the week before last", "2019-W40"),
        ("the year after next", "2021"),
        ("the week of March 6", "2019-W10"),
        ("Easter week", "2019-W16"),
        ("next Thursday", "2019-10-24"),
        ("the coming Thursday", "2019-10-17"),
        ("this Thursday", "2019-10-17"),
        ("this Tuesday", "2019-10-15"),
        ("7:45 on Sunday evening", "2019-10-13T19:45"),
        ("last September", "2018-09"),
        ("last August", "2019-08"),
        ("Sunday, 5 November", "2017-11-05"),
        ("the year-ago quarter", "2018"),
    ],
)
def test_values_from_the_day_of_the_report(text: str, value: str) -> None:
    assert close(text, tense=Tense.PAST) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on Tuesday", "2019-10-22"),
        ("in December", "2019-12"),
        ("on January 5", "2020-01-05"),
        ("on Easter Monday", "2020-04-13"),
        ("this Tuesday", "2019-10-22"),
        ("from October 14", "2019-10-14"),  # two days ago; a year on it would say so
    ],
)
def test_a_verb_in_the_future_looks_ahead(text: str, value: str) -> None:
    assert close(text, tense=Tense.FUTURE) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("the following day", "2018-12-12"),
        ("two days earlier", "2018-12-09"),
        ("that week", "2018-W50"),
        ("the previous Friday", "2018-12-07"),
        ("the next morning", "2018-12-12TMO"),
        ("the following month", "2019-01"),
        ("the week before", "2018-W49"),
        ("the night before", "2018-12-10TNI"),
        ("the July before", "2018-07"),
        ("the Friday before", "2018-12-07"),
        ("two days before", "2018-12-09"),
        ("the following year", "2019"),
        ("that month", "2018-12"),
        ("a decade later", "XXXX"),  # past the day of the report: counted from what nobody told
        ("a few days later", "XXXX-XX-XX"),
        ("a few years later", "XXXX"),
        ("several weekends earlier", "XXXX-WXX-WE"),
    ],
)
def test_values_from_the_day_of_the_story(text: str, value: str) -> None:
    assert close(text, story="2018-12-11") == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on May 7", "XXXX-05-07"),
        ("the Sept. 11 attacks", "2001-09-11"),
        ("on Sept. 11", "XXXX-09-11"),
        ("on Tuesday", "XXXX-WXX-2"),
        ("yesterday", "XXXX-XX-XX"),
        ("last week", "XXXX-WXX"),
        ("in July last year", "XXXX-07"),
        ("Friday morning", "XXXX-WXX-5TMO"),
        ("the following day", "XXXX-XX-XX"),
        ("on Thanksgiving", "XXXX-XX-XX"),
    ],
)
def test_without_a_day_to_count_from_values_stay_open(text: str, value: str) -> None:
    assert close(text, report=None) == value


def test_the_following_day_is_not_counted_from_the_report() -> None:
    assert close("the following day") == "XXXX-XX-XX"
    assert close("two weeks later", story="2018") == "XXXX-WXX"


@pytest.mark.parametrize("text", ["the following year", "that year", "two years later"])
def test_years_of_a_story_that_has_none_stay_open(text: str) -> None:
    assert close(text) == "XXXX"


def test_what_was_planned_may_have_just_gone() -> None:
    assert [close(text, tense=Tense.PLANNED) for text in ("Tuesday", "Friday")] == ["2019-10-15", "2019-10-18"]


def test_the_present_tense_looks_ahead() -> None:
    assert close("on Thursday", tense=Tense.PRESENT) == "2019-10-17"
    assert close("on 31 January", tense=Tense.PRESENT) == "2020-01-31"
    assert close("on 1 October", tense=Tense.PRESENT) == "2019-10-01"


def test_the_last_and_the_next_with_an_article_are_lengths() -> None:
    assert close("over the last year") == "P1Y"
    assert close("in the next week") == "P1W"
    assert close("the next week's talks") == "2019-W43"


def test_an_evening_that_a_clause_tells_is_of_no_day_told() -> None:
    assert close("the evening the war ended", story="2018-12-11") == "XXXX-XX-XXTEV"
    assert close("in the evening the sides dined", story="2018-12-11") == "2018-12-11TEV"


def test_the_end_of_the_year_in_the_past_is_over() -> None:
    assert close("by the end of the year", tense=Tense.PAST) == "2018"
    assert close("by the end of the year", tense=Tense.PAST, story="2015-05") == "2015"
    assert close("by the end of the year", tense=Tense.FUTURE) == "2019"
    assert close("this weekend", tense=Tense.PAST) == "2019-W41-WE"
    assert close("this weekend") == "2019-W42-WE"


def test_quarters_are_counted_from_the_one_told() -> None:
    context = Context(REPORT, quarter="2019-Q2")
    texts = ("the year-ago quarter", "a year earlier", "the quarter", "the 2017 quarter", "the latest quarter")
    values = [resolve(phrase, context).value for text in texts for phrase in find_time_expressions(text)]
    assert values == ["2018-Q2", "2018-Q2", "2019-Q2", "2017-Q2", "2019-Q2"]


def test_no_year_is_lent_to_a_weekday() -> None:
    text = "It was put off on Monday to January 31, 2020."
    values = [resolve(phrase, Context(REPORT)).value for phrase in find_time_expressions(text)]
    assert values == ["2019-10-14", "2020-01-31"]


def test_a_day_is_lent_to_hours_of_two_zones() -> None:
    text = "at 14:00 local time (12:00 GMT) on 3 December 2012"
    values = [resolve(phrase, Context()).value for phrase in find_time_expressions(text)]
    assert values == ["2012-12-03T14:00", "2012-12-03T12:00", "2012-12-03"]


def test_what_a_value_rests_on() -> None:
    (phrase,) = find_time_expressions("two days earlier")
    assert resolve(phrase, Context(REPORT, "2018-12-11")).anchor is Anchor.STORY
    (phrase,) = find_time_expressions("last week")
    assert resolve(phrase, Context(REPORT)).anchor is Anchor.REPORT
    (phrase,) = find_time_expressions("May 7, 2013")
    assert resolve(phrase, Context(REPORT)).anchor is Anchor.NONE


def test_a_year_is_lent_backwards_over_the_turn_of_the_year() -> None:
    values = [resolve(p, Context(REPORT)).value for p in find_time_expressions("from November to February 2012")]
    assert values == ["2011-11", "2012-02"]


# --- days ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "edtf", "start", "end", "precision"),
    [
        ("2013-05-07", "2013-05-07", "2013-05-07", "2013-05-07", Precision.DAY),
        ("2013-05-07T20:30", "2013-05-07", "2013-05-07", "2013-05-07", Precision.DAY),
        ("2016-02", "2016-02", "2016-02-01", "2016-02-29", Precision.MONTH),
        ("2013", "2013", "2013-01-01", "2013-12-31", Precision.YEAR),
        ("199", "199X", "1990-01-01", "1999-12-31", Precision.DECADE),
        ("2013-W19", "2013-05-06/2013-05-12", "2013-05-06", "2013-05-12", Precision.WEEK),
        ("2013-W19-WE", "2013-05-11/2013-05-12", "2013-05-11", "2013-05-12", Precision.RANGE),
        ("1998-Q3", "1998-07/1998-09", "1998-07-01", "1998-09-30", Precision.QUARTER),
        ("2013-SU", "2013-22", "2013-06-01", "2013-08-31", Precision.SEASON),
        ("2016-03-23/2016-03-25", "2016-03-23/2016-03-25", "2016-03-23", "2016-03-25", Precision.RANGE),
    ],
)
def test_days_of_values(value: str, edtf: str, start: str, end: str, precision: Precision) -> None:
    assert find_days(value) == (edtf, date.fromisoformat(start), date.fromisoformat(end), precision)


def test_limits_of_days() -> None:
    august, first = find_days("2020-08"), find_days("0001-01-01")
    assert august is not None
    assert first is not None
    assert end_with(august) == ("../2020-08", None, date(2020, 8, 31), Precision.MONTH)
    assert end_before(august) == ("../2020-07-31", None, date(2020, 7, 31), Precision.DAY)
    assert end_before(first) == first


def test_a_year_of_accounts_may_begin_in_any_month() -> None:
    year = find_days("2017")
    assert year is not None
    assert widen_fiscal(year) == ("2017~", date(2016, 4, 1), date(2018, 3, 31), Precision.YEAR)


def test_values_without_days() -> None:
    assert [find_days(v) for v in ("P2D", "PAST_REF", "XXXX-WXX-2", "XXXX", "2013-02-30", "")] == [None] * 6
    assert find_days("XXXX-05-07") == ("XXXX-05-07", None, None, Precision.UNKNOWN)


def test_holidays() -> None:
    assert [find_easter(year) for year in (1961, 2000, 2024)] == [
        date(1961, 4, 2),
        date(2000, 4, 23),
        date(2024, 3, 31),
    ]
    assert [find_orthodox_easter(year) for year in (2013, 2024)] == [date(2013, 5, 5), date(2024, 5, 5)]
    assert find_holiday("4:11:4", 2023) == date(2023, 11, 23)
    assert find_holiday("-1:05:1", 2023) == date(2023, 5, 29)


@pytest.mark.parametrize("name", sorted(load_table("times")["HOLIDAY"]))
def test_every_holiday_of_the_table_has_a_day(name: str) -> None:
    (phrase, *_) = find_time_expressions(f"before {name.title().replace(chr(39) + 'S', chr(39) + 's')} 2015")
    days = find_days(resolve(phrase, Context()).value)
    assert days is not None
    assert days.start is not None
    assert days.start.year == 2015


# --- properties ---------------------------------------------------------------------------------------------------

_TABLE = load_table("times")
# TIMEX3 values: days, weeks, quarters and the like with X for what is open, ranges, lengths, references.
_DAY = r"(?:[0-9]{4}|XXXX)(?:-(?:[0-9]{2}|XX)(?:-(?:[0-9]{2}|XX))?)?"
_OTHER = r"(?:[0-9]{4}|XXXX)-(?:W(?:[0-9]{2}|XX)(?:-(?:WE|[1-7]))?|Q[1-4X]|H[12]|SP|SU|FA|WI)"
_CLOCK = r"(?:T(?:[0-9]{2}:[0-9]{2}|MO|AF|EV|NI))?"
_LENGTH = r"P(?:(?:[0-9]+(?:\.[0-9]+)?|X)(?:Y|M|W|D|Q|WE|E|C|L))*(?:T(?:(?:[0-9]+(?:\.[0-9]+)?|X)[HMS])+)?"
TIMEX3 = re.compile(rf"(?:{_DAY}|{_OTHER}){_CLOCK}(?:/{_DAY})?|[0-9X]{{1,3}}|{_LENGTH}|(?:PAST|PRESENT|FUTURE)_REF")

_WORDS = sorted({word for words in _TABLE["words"].values() for word in words})
_WORDS += sorted({word for kind, words in _TABLE.items() if kind not in ("words", "verbs") for word in words})
_OTHERS = ["7", "31", "99", "1990", "1,500", "2 1/2", "1/0", "20th", "'80s", "8:30", "25:61", "p.m.", "Q3", "May",
           "Jan.", "March", "Friday", "Mon.", "-", "–", ",", ".", "'s", "$", "%", "27.03.2016", "1.1.0001", "Ruiz",
           "met", "9" * 30, "٣", "Christmas"]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from(_WORDS + _OTHERS), max_size=25),
    st.none() | st.dates(),
    st.sampled_from(["", "2013-05-07", "2013-05", "2013", "9999-12-31"]),
    st.none() | st.sampled_from(list(Tense)),
)
def test_any_words_give_ordered_spans_and_values(
    words: list[str], report: date | None, story: str, tense: Tense | None
) -> None:
    text = " ".join(words)
    phrases = find_time_expressions(text)
    assert all(0 <= p.start < p.end <= len(text) for p in phrases)
    assert all(left.end <= right.start for left, right in pairwise(phrases))
    for phrase in phrases:
        resolved = resolve(phrase, Context(report, story, "", tense))
        assert TIMEX3.fullmatch(resolved.value), resolved.value
        check_days(resolved.value)
        if report is None and not story:
            assert resolved.anchor is Anchor.NONE


def check_days(value: str) -> None:
    """Days are in order and allowed by the value's own figures; limits of them end where they end or begin."""
    days = find_days(value)
    if days is None or days.start is None or days.end is None:
        return
    assert days.start <= days.end
    assert days.edtf
    assert end_with(days).end == days.end
    before = end_before(days).end
    assert before is not None
    assert before <= days.start or days.start == date.min


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    assert all(isinstance(phrase, TimePhrase) for phrase in find_time_expressions(text))


@pytest.mark.parametrize(
    "unit",
    [
        "May ",
        "7, ",
        "May 7, ",
        "one ",
        "the ",
        "1.1.1990.",
        "1990-",
        "two-",
        "late ",
        "'s",
        "a.m. ",
        "the end of ",
        "9",
        "x",
    ],
)
def test_long_texts_without_an_end_are_read(unit: str) -> None:
    """That their time grows no faster than they do is measured by benchmarks/bench_hostile.py."""
    text = unit * (20_000 // len(unit))
    spans = [(found.start, found.end) for found in find_time_expressions(text)]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(set(spans))
