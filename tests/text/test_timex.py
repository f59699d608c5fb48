"""Time expressions in strings: what is found, what stays open, how it is closed. Sentences are our own."""

from __future__ import annotations

import time
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.model import Precision, TimeType
from communique.tables import load_table
from communique.text.timex.days import find_days, find_easter, find_holiday, find_orthodox_easter
from communique.text.timex.finder import find_time_expressions
from communique.text.timex.values import Anchor, Context, Tense, TimePhrase, resolve

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
        ("in recent years", TimeType.DATE, "PAST_REF"),
        ("currently in Oslo", TimeType.DATE, "PRESENT_REF"),
        ("in the near future", TimeType.DATE, "FUTURE_REF"),
        ("in the 1980s", TimeType.DATE, "198"),
        ("in nineteen ninety-one", TimeType.DATE, "1991"),
        ("in the winter of 1994", TimeType.DATE, "1994-WI"),
        ("the first half of 2012", TimeType.DATE, "2012-H1"),
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
    ],
)
def test_values_from_the_day_of_the_story(text: str, value: str) -> None:
    assert close(text, story="2018-12-11") == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on May 7", "XXXX-05-07"),
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
        assert resolved.value
        find_days(resolved.value)


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
def test_long_texts_take_linear_time(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    find_time_expressions(unit)
    begin = time.process_time()
    find_time_expressions(text)
    assert time.process_time() - begin < 2  # 0.5 s on an idle laptop; room for a busy one
