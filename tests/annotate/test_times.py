"""Time expressions of documents: anchored on the report's day, the story's, a comment's, or left open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.annotate.language_model import LanguageModel
from communique.annotate.parse import parse
from communique.annotate.times import find_times
from communique.model import Basis, Document, Part, PartKind, Precision, TimeExpression, When, content_id

WEDNESDAY = "2019-10-16"


def make_document(text: str, published: str = "") -> Document:
    """A document that is all body."""
    body = Part(PartKind.BODY, 0, len(text))
    document = Document(content_id("doc", text), "report.txt", "", text, parts=(body,))
    return replace(document, published=make_day(published)) if published else document


def make_day(day: str) -> When:
    return When(day, date.fromisoformat(day), date.fromisoformat(day), Precision.DAY, Basis.SET)


def read(document: Document, model: LanguageModel) -> dict[str, TimeExpression]:
    """Quote -> expression."""
    times = find_times(parse(document, model))
    assert all(document.text[t.start : t.end] == t.quote for t in times)
    return {t.quote: t for t in times}


def test_relative_days_count_from_the_report(language_model: LanguageModel) -> None:
    times = read(make_document("The envoys met on Tuesday. They will return on Friday.", WEDNESDAY), language_model)
    assert times["Tuesday"].value == "2019-10-15"
    assert times["Friday"].value == "2019-10-18"
    when = times["Tuesday"].when
    assert when is not None
    assert (when.edtf, when.basis, when.precision) == ("2019-10-15", Basis.RELATIVE, Precision.DAY)
    assert [evidence.quote for evidence in when.evidence] == ["Tuesday"]


def test_months_follow_the_tense_of_their_verb(language_model: LanguageModel) -> None:
    text = "The minister visited Oslo in December. She is expected to visit Rome in January."
    times = read(make_document(text, WEDNESDAY), language_model)
    assert (times["December"].value, times["January"].value) == ("2018-12", "2020-01")


def test_results_are_told_of_the_last_quarter_that_is_over(language_model: LanguageModel) -> None:
    text = "Profit rose in the third quarter after a flat second quarter. Sales were higher than a year ago."
    assert read(make_document(text, WEDNESDAY), language_model)["a year ago"].value == "2018-Q3"
    text = "Profit rose in the third quarter. It expects a loss in the fourth quarter. Sales doubled in the quarter."
    assert read(make_document(text, WEDNESDAY), language_model)["the quarter"].value == "2019-Q3"


def test_what_is_compared_with_nine_months_is_no_quarter(language_model: LanguageModel) -> None:
    text = "Profit rose in the third quarter. Profit for the nine months doubled from that of a year earlier."
    when = read(make_document(text, WEDNESDAY), language_model)["a year earlier"].when
    assert when is not None
    assert when.edtf == "2018"


def test_the_latest_quarter_is_over(language_model: LanguageModel) -> None:
    text = "Sales fell in the six months ended Oct. 1. There were no gains in the latest period."
    assert read(make_document(text, WEDNESDAY), language_model)["the latest period"].value == "2019-Q3"


def test_a_full_date_is_stated(language_model: LanguageModel) -> None:
    times = read(make_document("They signed the treaty on 4 March 2011.", WEDNESDAY), language_model)
    when = times["4 March 2011"].when
    assert when is not None
    assert (when.start, when.basis) == (date(2011, 3, 4), Basis.STATED)


def test_the_following_day_follows_the_day_told(language_model: LanguageModel) -> None:
    text = "He arrived on 4 March 2011. The following day, he met the president."
    following = read(make_document(text, WEDNESDAY), language_model)["The following day"]
    assert following.value == "2011-03-05"
    assert following.when is not None
    assert [evidence.quote for evidence in following.when.evidence] == ["The following day", "4 March 2011"]


def test_the_following_day_of_no_day_stays_open(language_model: LanguageModel) -> None:
    text = "He arrived with a large delegation. The following day, he met the president."
    following = read(make_document(text, WEDNESDAY), language_model)["The following day"]
    assert (following.value, following.when) == ("XXXX-XX-XX", None)


def test_an_undated_document_stays_undated(language_model: LanguageModel) -> None:
    text = "The envoys met on Tuesday and on May 7. Last week they spoke. In May 2004, it was otherwise."
    times = read(make_document(text), language_model)
    assert {quote: t.value for quote, t in times.items()} == {
        "Tuesday": "XXXX-WXX-2",
        "May 7": "XXXX-05-07",
        "Last week": "XXXX-WXX",
        "May 2004": "2004-05",
    }
    assert times["Tuesday"].when is None
    seventh = times["May 7"].when
    assert seventh is not None
    assert (times["May 7"].edtf, seventh.start, seventh.end) == ("XXXX-05-07", None, None)


def test_a_range_has_both_ends(language_model: LanguageModel) -> None:
    when = read(make_document("She was in Oslo (June 3-5).", WEDNESDAY), language_model)["June 3-5"].when
    assert when is not None
    assert (when.edtf, when.start, when.end) == ("2019-06-03/2019-06-05", date(2019, 6, 3), date(2019, 6, 5))


def test_words_that_a_date_cannot_hold_are_kept(language_model: LanguageModel) -> None:
    when = read(make_document("They met late Tuesday.", WEDNESDAY), language_model)["late Tuesday"].when
    assert when is not None
    assert (when.edtf, when.note) == ("2019-10-15", "late")


def test_a_comment_counts_from_its_own_day(language_model: LanguageModel) -> None:
    body, comment = "They met yesterday.", "I saw it yesterday."
    text = f"{body}\n\n{comment}"
    start = text.index(comment)
    parts = (
        Part(PartKind.BODY, 0, len(body)),
        Part(PartKind.COMMENT, start, len(text), published=make_day("2019-11-02")),
    )
    document = replace(make_document(text, WEDNESDAY), parts=parts)
    assert [t.value for t in find_times(parse(document, language_model))] == ["2019-10-15", "2019-11-01"]


def test_a_comment_without_a_day_stays_open(language_model: LanguageModel) -> None:
    text = "I saw it yesterday."
    parts = (Part(PartKind.COMMENT, 0, len(text)),)
    document = replace(make_document(text, WEDNESDAY), parts=parts)
    assert [t.when for t in find_times(parse(document, language_model))] == [None]


def test_notices_are_left_out(language_model: LanguageModel) -> None:
    text = "Subscribe now for two years."
    document = replace(make_document(text, WEDNESDAY), parts=(Part(PartKind.NOTICE, 0, len(text)),))
    assert find_times(parse(document, language_model)) == ()


def test_days_in_quoted_words_are_inferred(language_model: LanguageModel) -> None:
    text = "“We made progress today”, she said. The report appeared today."
    times = find_times(parse(make_document(text, WEDNESDAY), language_model))
    assert [t.when and t.when.basis for t in times] == [Basis.INFERRED, Basis.RELATIVE]


def test_ages_tell_no_time(language_model: LanguageModel) -> None:
    assert read(make_document("A 3-year-old boy met the envoy, 52 years old.", WEDNESDAY), language_model) == {}


def test_evidence_of_the_printed_date_is_kept(language_model: LanguageModel) -> None:
    text = "October 16, 2019\n\nThe envoys met yesterday."
    document = make_document(text)
    printed = document.evidence(0, 16)
    document = replace(document, published=replace(make_day(WEDNESDAY), basis=Basis.PRINTED, evidence=(printed,)))
    when = read(document, language_model)["yesterday"].when
    assert when is not None
    assert [evidence.quote for evidence in when.evidence] == ["yesterday", "October 16, 2019"]


def test_next_friday_may_be_that_of_this_week(language_model: LanguageModel) -> None:
    when = read(make_document("They will meet next Friday.", WEDNESDAY), language_model)["next Friday"].when
    assert when is not None
    assert (when.edtf, when.start, when.end) == ("[2019-10-18,2019-10-25]", date(2019, 10, 18), date(2019, 10, 25))
    assert when.precision is Precision.RANGE


def test_next_monday_is_one_day(language_model: LanguageModel) -> None:
    when = read(make_document("They will meet next Monday.", WEDNESDAY), language_model)["next Monday"].when
    assert when is not None
    assert when.edtf == "2019-10-21"


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("The summit runs from Tuesday to Friday.", ["2019-10-15", "2019-10-18"]),
        ("The summit lasted from Tuesday to Friday.", ["2019-10-08", "2019-10-11"]),
        ("The summit will last from Tuesday to Friday.", ["2019-10-22", "2019-10-25"]),
        ("The summit lasted from Monday to Tuesday.", ["2019-10-14", "2019-10-15"]),
    ],
)
def test_the_days_of_a_range_are_in_order(text: str, days: list[str], language_model: LanguageModel) -> None:
    times = find_times(parse(make_document(text, WEDNESDAY), language_model))
    assert [t.value for t in times] == [t.edtf for t in times] == days


def test_a_fiscal_year_is_no_year_of_the_calendar(language_model: LanguageModel) -> None:
    when = read(make_document("Aid fell in fiscal 2017.", WEDNESDAY), language_model)["fiscal 2017"].when
    assert when is not None
    assert (when.edtf, when.start, when.end) == ("2017~", date(2016, 4, 1), date(2018, 3, 31))
    assert when.note == "fiscal"


def test_the_weekday_tells_the_year(language_model: LanguageModel) -> None:
    text = "The editorial of Saturday, November 2 was denied. The one of Sunday, 5 November was not."
    times = read(make_document(text, WEDNESDAY), language_model)
    assert [t.value for t in times.values()] == ["2019-11-02", "2017-11-05"]


def test_an_hour_alone_is_of_the_day_told(language_model: LanguageModel) -> None:
    text = "They met on 4 March 2011. Talks began at 9 a.m. and ended at 4 in the afternoon."
    times = read(make_document(text, WEDNESDAY), language_model)
    assert times["9 a.m."].value == "2011-03-04T09:00"
    assert times["4 in the afternoon"].value == "2011-03-04T16:00"


def test_an_hour_of_no_day_stays_open(language_model: LanguageModel) -> None:
    times = read(make_document("Talks began at 9 a.m. sharp.", WEDNESDAY), language_model)
    assert (times["9 a.m."].value, times["9 a.m."].when) == ("XXXX-XX-XXT09:00", None)


def test_a_comment_looks_ahead_from_its_own_day(language_model: LanguageModel) -> None:
    body, comment = "They will meet on Friday.", "They will not meet on Friday. The next day, all will be forgotten."
    text = f"{body}\n\n{comment}"
    start = text.index(comment)
    parts = (
        Part(PartKind.BODY, 0, len(body)),
        Part(PartKind.COMMENT, start, len(text), published=make_day("2019-11-02")),
    )
    document = replace(make_document(text, WEDNESDAY), parts=parts)
    values = [t.value for t in find_times(parse(document, language_model))]
    assert values == ["2019-10-18", "2019-11-08", "2019-11-09"]


_PIECES = [
    "on", "by", "until", "before", "from", "to", "the", "next", "last", "this", "of", "in", "at", "not", "will",
    "met", "meets", "planned", "for", "said", "that", "Kovac", ",", ".", "(", ")", "Tuesday", "Friday", "May",
    "March", "7", "8-9", "2016", "August", "week", "month", "year", "two", "days", "earlier", "later", "ago",
    "yesterday", "noon", "9", "a.m.", "fiscal", "Easter", "quarter", "late", "early", "about", "weekend",
    "following",
]  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(words=st.lists(st.sampled_from(_PIECES), min_size=1, max_size=25), published=st.none() | st.dates())
def test_any_words_give_times_that_hold(
    words: list[str], published: date | None, language_model: LanguageModel
) -> None:
    document = make_document(" ".join(words), published.isoformat() if published else "")
    times = find_times(parse(document, language_model))
    assert all(document.text[t.start : t.end] == t.quote for t in times)
    assert all(first.end <= second.start for first, second in pairwise(times))
    for when in [t.when for t in times if t.when is not None]:
        assert when.evidence
        if when.start is not None and when.end is not None:
            assert when.start <= when.end
            # without a day of the report, days come from the words or from a day told before
            assert published is not None or when.basis is Basis.STATED or len(when.evidence) > 1


def test_the_year_before_is_counted_from_last_year(language_model: LanguageModel) -> None:
    text = "Aid fell to a tenth last year, from a half the year before."
    before = read(make_document(text, WEDNESDAY), language_model)["the year before"]
    assert before.value == "2017"
    assert before.when is not None
    assert [evidence.quote for evidence in before.when.evidence] == ["the year before", "last year"]
    assert before.when.note == ""


def test_the_year_before_no_year_stays_open(language_model: LanguageModel) -> None:
    text = "Aid fell to a tenth, from a half the year before."
    assert read(make_document(text, WEDNESDAY), language_model)["the year before"].when is None
