"""Dates as documents print them and as people write them down."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.model import Basis, Precision, When
from communique.text.dates import find_printed_dates, get_deadline, make_when, parse_edtf, parse_printed_date

DAYS = st.dates(date(1800, 1, 1), date(2199, 12, 31))
PRINTED = st.dates(date(1900, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("March 3, 2014", "2014-03-03"),
        ("Mar. 3, 2014", "2014-03-03"),
        ("MARCH 3RD, 2014", "2014-03-03"),
        ("3 March 2014", "2014-03-03"),
        ("3rd of March 2014", "2014-03-03"),
        ("3-Mar-2014", "2014-03-03"),
        ("3\u00a0March\u00a02014", "2014-03-03"),
        ("2014 March 3", "2014-03-03"),
        ("2014-03-03", "2014-03-03"),
        ("2014/03/03", "2014-03-03"),
        ("2014-03-03T23:30:00-05:00", "2014-03-03"),
        ("Monday, 3 March 2014 14:05 GMT", "2014-03-03"),
        ("Mon, 03 Mar 2014 14:05:11 +0400", "2014-03-03"),
        ("2:05 p.m. EST, March 3, 2014", "2014-03-03"),
        ("March 3, 2014 at 2:05 pm", "2014-03-03"),
        ("March 2014", "2014-03"),
        ("March 3-5, 2014", "2014-03-03/2014-03-05"),
        ("3–5 March 2014", "2014-03-03/2014-03-05"),
    ],
)
def test_printed_dates(words: str, edtf: str) -> None:
    when = parse_printed_date(words)
    assert when is not None
    assert (when.edtf, when.basis) == (edtf, Basis.PRINTED)


@pytest.mark.parametrize(
    "words", ["", "March", "2014", "31 June 2014", "They met on 3 March 2014", "3 March 2014 in Lisbon"]
)
def test_what_is_no_date_alone(words: str) -> None:
    assert parse_printed_date(words) is None


def test_dotted_dates_are_day_first_unless_they_cannot_be() -> None:
    assert [w.edtf for words in ("04.03.2014", "4.3.2014", "03.25.2014") if (w := parse_printed_date(words))] == [
        "2014-03-04",
        "2014-03-04",
        "2014-03-25",
    ]


def test_dates_with_slashes_keep_both_readings() -> None:
    when = parse_printed_date("04/03/2014")
    assert when is not None
    assert when.edtf == "[2014-03-04,2014-04-03]"
    assert (when.start, when.end, when.precision) == (date(2014, 3, 4), date(2014, 4, 3), Precision.RANGE)


@pytest.mark.parametrize(
    ("words", "day_first", "edtf"),
    [
        ("04/03/2014", True, "2014-03-04"),
        ("04/03/2014", False, "2014-04-03"),
        ("25/03/2014", None, "2014-03-25"),
        ("03/25/2014", None, "2014-03-25"),
        ("03/03/2014", None, "2014-03-03"),
        ("25/03/2014", False, "2014-03-25"),
    ],
)
def test_dates_with_slashes_that_are_clear(words: str, day_first: bool | None, edtf: str) -> None:
    when = parse_printed_date(words, day_first)
    assert when is not None
    assert when.edtf == edtf


def test_dates_are_found_in_a_line_with_their_places() -> None:
    line = "Ana Ruiz | 04.03.2014 | updated 5 March 2014"
    assert [line[slice(*found.span)] for found in find_printed_dates(line)] == ["04.03.2014", "5 March 2014"]


@given(PRINTED)
def test_a_day_is_read_back_from_every_form(day: date) -> None:
    name = f"{day:%B}"
    for words in (
        f"{name} {day.day}, {day.year}",
        f"{day.day} {name} {day.year}",
        f"{day:%A}, {day.day} {name[:3]} {day.year}",
        f"{day.day:02}.{day.month:02}.{day.year}",
        day.isoformat(),
    ):
        when = parse_printed_date(words)
        assert when is not None
        assert (when.start, when.end) == (day, day)


@given(PRINTED)
def test_figures_never_lose_the_true_reading(day: date) -> None:
    when = parse_printed_date(f"{day.day}/{day.month}/{day.year}")
    assert when is not None
    assert day in (when.start, when.end)


@given(st.text(max_size=60))
def test_any_words_are_a_date_or_none(words: str) -> None:
    for found in find_printed_dates(words):
        assert 0 <= found.span.start < found.span.end <= len(words)
    parse_printed_date(words)


# --- EDTF -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "start", "end", "precision"),
    [
        ("2014-03-03", date(2014, 3, 3), date(2014, 3, 3), Precision.DAY),
        ("2014-02", date(2014, 2, 1), date(2014, 2, 28), Precision.MONTH),
        ("2014", date(2014, 1, 1), date(2014, 12, 31), Precision.YEAR),
        ("201X", date(2010, 1, 1), date(2019, 12, 31), Precision.DECADE),
        ("2014-21", date(2014, 3, 1), date(2014, 5, 31), Precision.SEASON),
        ("2014-24", date(2014, 12, 1), date(2015, 2, 28), Precision.SEASON),
        ("2014-34", date(2014, 4, 1), date(2014, 6, 30), Precision.QUARTER),
        ("2014-02/2014-04", date(2014, 2, 1), date(2014, 4, 30), Precision.RANGE),
        ("2014-03-03/2014-03-05", date(2014, 3, 3), date(2014, 3, 5), Precision.RANGE),
        ("[2014-03-04,2014-04-03]", date(2014, 3, 4), date(2014, 4, 3), Precision.RANGE),
    ],
)
def test_edtf(words: str, start: date, end: date, precision: Precision) -> None:
    when = parse_edtf(words)
    assert when is not None
    assert (when.edtf, when.start, when.end, when.precision, when.basis) == (words, start, end, precision, Basis.SET)


def test_edtf_keeps_what_is_doubtful() -> None:
    when = parse_edtf("2014-03?")
    assert when is not None
    assert (when.edtf, when.note) == ("2014-03?", "uncertain")


@pytest.mark.parametrize(
    "words",
    ["", "soon", "3 March 2014", "2014-13", "2014-02-30", "2015/2014", "2014-XX-03", "2014/2015/2016", "٢٠١٤", "0000"],
)
def test_what_is_no_edtf(words: str) -> None:
    assert parse_edtf(words) is None


@pytest.mark.parametrize(
    ("start", "end", "edtf", "precision"),
    [
        (date(2014, 3, 3), date(2014, 3, 3), "2014-03-03", Precision.DAY),
        (date(2014, 3, 3), date(2014, 3, 5), "2014-03-03/2014-03-05", Precision.RANGE),
        (date(2014, 2, 1), date(2014, 2, 28), "2014-02", Precision.MONTH),
        (date(2014, 2, 1), date(2014, 4, 30), "2014-02/2014-04", Precision.RANGE),
        (date(2014, 1, 1), date(2014, 12, 31), "2014", Precision.YEAR),
        (date(2011, 1, 1), date(2013, 12, 31), "2011/2013", Precision.RANGE),
        (date(2010, 1, 1), date(2019, 12, 31), "201X", Precision.DECADE),
    ],
)
def test_an_interval_is_said_as_shortly_as_it_can_be(start: date, end: date, edtf: str, precision: Precision) -> None:
    when = make_when(start, end, Basis.RELATIVE)
    assert (when.edtf, when.precision, when.basis) == (edtf, precision, Basis.RELATIVE)


def test_an_interval_does_not_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="after"):
        make_when(date(2014, 3, 5), date(2014, 3, 3), Basis.RELATIVE)


@given(DAYS, st.integers(0, 5_000))
def test_what_is_made_is_read_back(start: date, length: int) -> None:
    made = make_when(start, start + timedelta(length), Basis.SET)
    assert made.edtf is not None
    assert parse_edtf(made.edtf) == made


def test_a_deadline_is_the_end_itself() -> None:
    limit = When("../2020-08", None, date(2020, 8, 31), Precision.MONTH, Basis.RELATIVE, note="by")
    due = get_deadline(limit)
    assert (due.edtf, due.start, due.end) == ("2020-08", date(2020, 8, 1), date(2020, 8, 31))
    assert (due.precision, due.basis, due.note) == (Precision.MONTH, Basis.RELATIVE, "by")
    assert get_deadline(due) == due
