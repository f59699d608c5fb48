"""Values of one property for comparing: which are one, which hold each other, which exclude each other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.link.clock import find_clock
from communique.link.forms import Form, Span
from communique.link.values import compare_forms, make_form
from communique.model import Assertion, Document, Property, Relation, TimeExpression, TimeType, content_id
from communique.text.lengths import find_least_days, parse_length, read_digits


def form(name: Property, words: str, timex: str | None = None) -> Form:
    document = Document(content_id("doc", words), "report.txt", "", words)
    evidence = document.evidence(0, len(words))
    times = (TimeExpression(document.id, 0, len(words), words, TimeType.DURATION, timex),) if timex else ()
    return make_form(Assertion(name, words, evidence), times)


def judge(name: Property, one: tuple[str, ...], other: tuple[str, ...]) -> Relation | str | None:
    a, b = form(name, *one), form(name, *other)
    assert compare_forms(a, b) == compare_forms(b, a)
    if a == b:
        return "equal"
    verdict = compare_forms(a, b)
    return verdict and verdict[0]


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        (("two hours", "PT2H"), ("120 minutes", "PT120M"), "equal"),
        (("two-day", "P2D"), ("48 hours", "PT48H"), "equal"),
        (("several hours", "PTXH"), ("four hours", "PT4H"), Relation.BROADER),
        (("more than three hours", "PT3H"), ("four hours", "PT4H"), Relation.BROADER),
        (("about two hours", "PT2H"), ("two hours", "PT2H"), Relation.BROADER),
        (("two hours", "PT2H"), ("110 minutes", "PT110M"), Relation.BROADER),
        (("two hours", "PT2H"), ("40 minutes", "PT40M"), Relation.CONTRADICTS),
        (("two-day", "P2D"), ("three days", "P3D"), Relation.CONTRADICTS),
        (("as long",), ("four hours", "PT4H"), None),
    ],
)
def test_lengths(one: tuple[str, ...], other: tuple[str, ...], relation: Relation | str | None) -> None:
    assert judge(Property.DURATION, one, other) == relation


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        ("shortly before midnight", "well past midnight", Relation.CONTRADICTS),
        ("at midnight", "around midnight", Relation.BROADER),
        ("until 2 a.m.", "after midnight", Relation.BROADER),
        ("at 9 p.m.", "at 21:00", "equal"),
        ("at 9 a.m.", "at 9 p.m.", Relation.CONTRADICTS),
        ("in the evening", "at 9 p.m.", None),
    ],
)
def test_hours(one: str, other: str, relation: Relation | str | None) -> None:
    assert judge(Property.END, (one,), (other,)) == relation


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        ("third visit to Peru", "third visit to Peru", "equal"),
        ("third visit to Peru", "fourth visit to Peru", Relation.CONTRADICTS),
        ("first visit to Peru as premier", "first visit to Peru", Relation.BROADER),
        ("first visit to Peru as premier", "third visit to Lima", Relation.DIFFERENT_SCOPE),
        ("third visit to Peru", "18th meeting of the two", None),
        ("first visit to Peru since she won in May", "first visit to Peru as premier", Relation.BROADER),
        ("first visit to Peru since the war", "first visit to Peru", Relation.BROADER),
        ("first visit to Peru since the war", "first visit to Peru since the flood", None),
        ("first visit to Peru since the war", "third visit to Peru", Relation.DIFFERENT_SCOPE),
        (f"{'1' * 5000}th visit to Peru", "third visit to Peru", None),
        ("²th visit to Peru", "third visit to Peru", None),
    ],
)
def test_ordinals(one: str, other: str, relation: Relation | str | None) -> None:
    assert judge(Property.ORDINAL, (one,), (other,)) == relation


@pytest.mark.parametrize(
    ("name", "one", "other", "relation"),
    [
        (Property.MOOD, "friendly", "the talks were tense", Relation.CONTRADICTS),
        (Property.MOOD, "frank", "tense", None),
        (Property.MOOD, "not friendly", "friendly talks", Relation.CONTRADICTS),
        (Property.RESULT, "produced an agreement", "ended without agreement", Relation.CONTRADICTS),
        (Property.RESULT, "an agreement on fish", "no agreement on oil", None),
        (Property.RESULT, "no breakthrough", "reached an agreement", None),
        (Property.NUMBER, "30 ministers", "about 30 ministers", Relation.BROADER),
        (Property.NUMBER, "30 ministers", "12 ministers", Relation.CONTRADICTS),
        (Property.NUMBER, "30 ministers", "12 countries", None),
        (Property.NUMBER, f"{'9' * 5000} ministers", "12 ministers", None),
    ],
)
def test_signs_and_numbers(name: Property, one: str, other: str, relation: Relation | None) -> None:
    assert judge(name, (one,), (other,)) == relation


@pytest.mark.parametrize(("value", "days"), [("PXM", 56), ("P3M", 84), ("P2W", 14), ("PT2H", None), ("2013", None)])
def test_least_days_of_a_length(value: str, days: int | None) -> None:
    assert find_least_days(value) == days


@pytest.mark.parametrize(
    ("word", "number"), [("18th", 18), ("1,500", 1500), ("0", None), ("third", None), ("²", None), ("7" * 5000, None)]
)
def test_digits_of_a_word(word: str, number: int | None) -> None:
    assert read_digits(word) == number


def test_mixed_lengths_are_minutes() -> None:
    length = parse_length("PT1H30M")
    assert length is not None
    assert length.minutes == 90


@given(st.floats(0, 1e4), st.floats(0, 1e4), st.floats(0, 1e4), st.floats(0, 1e4))
def test_comparing_is_symmetric_and_overlapping_values_never_contradict(a: float, b: float, c: float, d: float) -> None:
    one, other = Span(min(a, b), max(a, b)), Span(min(c, d), max(c, d))
    verdict = compare_forms(one, other)
    assert verdict == compare_forms(other, one)
    assert verdict is not None
    assert (verdict[0] is Relation.CONTRADICTS) <= (max(one.low, other.low) > min(one.high, other.high))


@given(st.text(max_size=40))
def test_any_words_are_a_clock_or_none(words: str) -> None:
    clock = find_clock(words)
    assert clock is None or clock.first <= clock.last
