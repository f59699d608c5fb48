"""Dates in words."""

from __future__ import annotations

from datetime import date
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.codec import to_plain
from communique.model import Basis, Precision, When
from communique.publish.site.words import (
    Row,
    basis_words,
    counted,
    date_pieces,
    date_words,
    edtf_words,
    own_marks,
    property_words,
    prose,
    without_lone_mark,
)


def plain(edtf: str | None, start: str | None, end: str | None, precision: str, note: str = "") -> Row:
    first, last = (date.fromisoformat(day) if day else None for day in (start, end))
    return cast("Row", to_plain(When(edtf, first, last, Precision(precision), Basis.STATED, (), note)))


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (plain("2013-05-07", "2013-05-07", "2013-05-07", "day"), "7 May 2013"),
        (plain("2013-05-07~", "2013-05-07", "2013-05-07", "day"), "about 7 May 2013"),
        (plain("2013-05-07?", "2013-05-07", "2013-05-07", "day"), "7 May 2013, uncertain"),
        (plain("2013-05-07/2013-05-08", "2013-05-07", "2013-05-08", "range"), "7–8 May 2013"),
        (plain("2013-04-30/2013-05-02", "2013-04-30", "2013-05-02", "range"), "30 April – 2 May 2013"),
        (plain("2013-12-30/2014-01-02", "2013-12-30", "2014-01-02", "range"), "30 December 2013 – 2 January 2014"),
        (plain("2013-W19", "2013-05-06", "2013-05-12", "week"), "the week of 6 May 2013"),
        (plain("2013-04", "2013-04-01", "2013-04-30", "month"), "April 2013"),
        (plain("2013-04", "2013-04-01", "2013-04-30", "month", "late"), "April 2013, late"),
        (plain("2013-21", "2013-03-01", "2013-05-31", "season"), "spring 2013"),
        (plain("2013-34", "2013-04-01", "2013-06-30", "quarter"), "the second quarter of 2013"),
        (plain("2013", "2013-01-01", "2013-12-31", "year"), "2013"),
        (plain("201X", "2010-01-01", "2019-12-31", "decade"), "the 2010s"),
        (plain("../2016-08", None, "2016-08-31", "month"), "up to August 2016"),
        (plain("2016-08-31", None, "2016-08-31", "day"), "up to 31 August 2016"),
        (plain("2016-08/..", "2016-08-01", None, "month"), "from August 2016"),
        (
            plain(None, "2013-02-01", "2013-04-30", "day", "a Tuesday"),
            "between February 2013 and April 2013, a Tuesday",
        ),
        (plain(None, None, None, "unknown", "a Tuesday"), "a Tuesday, date unknown"),
        (plain(None, None, None, "unknown"), "date unknown"),
        (None, "date unknown"),
    ],
)
def test_date_in_words(when: Row | None, words: str) -> None:
    assert date_words(when) == words


def test_both_ends_of_a_range_can_be_read_by_a_machine() -> None:
    when = plain("2013-05-07/2013-05-08", "2013-05-07", "2013-05-08", "range")
    assert [piece.datetime for piece in date_pieces(when)] == ["2013-05-07", None, "2013-05-08"]


@given(st.dates(), st.dates(), st.sampled_from(list(Precision)))
def test_any_pair_of_days_has_words(one: date, other: date, precision: Precision) -> None:
    first, last = sorted([one, other])
    assert date_words(plain("x", first.isoformat(), last.isoformat(), precision))


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2013", "2013"),
        ("2013-02", "February 2013"),
        ("2013-02-01", "1 February 2013"),
        ("2013~", "about 2013"),
        ("{2013-05-09,2016-03-27}", "9 May 2013 and 27 March 2016"),
        ("{2013-05,2014,2016-03}", "May 2013, 2014 and March 2016"),
        ("[2013,2014]", "2013 or 2014"),
        ("2013-02/2013-04", "February 2013 to April 2013"),
        ("../2013-03-05", "up to 5 March 2013"),
        ("2013-03/..", "from March 2013"),
        ("{2013}", "2013"),
    ],
)
def test_offices_have_their_years_in_words(edtf: str, words: str) -> None:
    assert edtf_words(edtf) == words


def test_what_is_not_understood_is_shown_as_it_is() -> None:
    assert edtf_words("2013-99") == "2013-99"
    assert edtf_words(None) == ""
    assert basis_words("guessed") == "guessed"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("documents after 2014-05-09 are silent", "documents after 9 May 2014 are silent"),
        ("fishing ban, ../2013-03-05", "fishing ban, up to 5 March 2013"),
        ("held 2013-05-07/2013-05-08", "held 7 May 2013 to 8 May 2013"),
        ("resolution 1973-2011-05 and S/2012-3", "resolution 1973-2011-05 and S/2012-3"),
        ("2012 boats", "2012 boats"),
    ],
)
def test_dates_in_prose(words: str, said: str) -> None:
    assert prose(words) == said


def test_what_the_program_notes_of_a_date_is_said_plainly() -> None:
    noted = plain("2013-05-07", "2013-05-07", "2013-05-07", "day", "year from the corpus")
    assert date_words(noted) == "7 May 2013, the year is that of the other reports"
    assert [property_words(name) for name in ("tally", "end")] == ["how many", "end"]


@pytest.mark.parametrize(
    ("name", "whole"),
    [
        ('"Ports list', "Ports list"),
        ('register as "agents', 'register as "agents'),
        ('"Ports" list', '"Ports" list'),
        ("“Ports list", "Ports list"),
        ("Ports list”", "Ports list"),
        ('5" shell', '5" shell'),
        ("", ""),
    ],
)
def test_a_lone_mark_at_the_edge_of_a_name_goes(name: str, whole: str) -> None:
    assert without_lone_mark(name) == whole


@pytest.mark.parametrize(
    ("words", "classes"),
    [("the ban", ""), ("“the ban", "own-start"), ("the ban”", "own-end"), ("«the ban»", "own-start own-end"), ("", "")],
)
def test_words_keep_the_marks_that_they_bring(words: str, classes: str) -> None:
    assert own_marks(words) == classes


def test_counting() -> None:
    assert [counted(n, "document") for n in (0, 1, 12345)] == ["0 documents", "1 document", "12\u202f345 documents"]
