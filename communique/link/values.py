"""Values of one property for comparing: how "two hours", "120 minutes" and "several hours" stand to each other.

`make_form` turns an assertion's words into a form; `compare_forms` says how two forms stand: equal forms are one value,
a wider one is broader, some exclude each other, most say nothing about each other (None). Words that cannot be reckoned
with are compared as words only.
"""

from __future__ import annotations

import re
from functools import cache

from communique.link.clock import Clock, find_clock
from communique.link.forms import Count, Form, People, Sign, Span
from communique.link.intervals import find_interval
from communique.link.issue_keys import make_key
from communique.link.places import PlaceRelation, Spot, compare_spots, make_spot
from communique.model import NOT_MENTIONED, Assertion, Place, Property, Relation, TimeExpression, TimeType
from communique.tables import load_table
from communique.text.lengths import parse_length, read_digits
from communique.text.names import fold_name
from communique.text.timex.finder import find_time_expressions

Judged = tuple[Relation, str] | None
_ABOUT = re.compile(r"\b(about|around|roughly|approximately|some)\b")
_NEARLY = re.compile(r"\b(nearly|almost|just under|close to|barely|hardly)\b")
_OVER = re.compile(r"\b(over|just over|a little more than)\b")
_MORE = re.compile(r"\b(more than|at least|well over)\b")
_LESS = re.compile(r"\b(less than|fewer than|at most)\b")
_DIGITS = re.compile(r"\d[\d,]*")
_ORDINAL = re.compile(r"\d+(st|nd|rd|th)")
# "About two hours" is between three quarters and five quarters of two.
_LOOSE = 0.25
# What "several" of a unit can be at most.
_SEVERAL = {"TM": 60.0, "TH": 24 * 60.0, "D": 31 * 1440.0, "W": 9 * 10080.0, "M": 12 * 43200.0}
# What "agreed to" tells, without a noun of it.
_AGREED = "agreed"
# A length told in whole hours may be one told in minutes, rounded.
_ROUNDED = 15.0


def make_form(assertion: Assertion, times: tuple[TimeExpression, ...], is_denied: bool = False) -> Form:
    """The value of an assertion for comparing.

    Args:
        assertion: Of any property but kind and participants, which come from event mentions.
        times: The time expressions in its words.
        is_denied: The report tells that it was not so.
    """
    words = " ".join(assertion.value.lower().split())
    match assertion.property:
        case Property.DURATION:
            return _make_length(words, times) or fold_name(words)
        case Property.END | Property.START:
            return find_clock(words) or fold_name(words)
        case Property.ORDINAL:
            return _make_count(words) or fold_name(words)
        case Property.MOOD:
            return _make_mood(words)
        case Property.RESULT:
            return _make_result(words)
        case Property.NUMBER:
            return _make_number(words) or fold_name(words)
        case Property.WHEN:
            days = [days for t in times if (days := find_interval(t.when))]
            return days[0] if len(days) == 1 else fold_name(words)
        case Property.PLACE:
            return make_spot(Place(assertion.value))
        case Property.STATUS:
            return assertion.value not in ("denied", "cancelled")
        case Property.TOPIC:
            key = make_key(" ".join(assertion.value.split()).removesuffix(NOT_MENTIONED))
            topic = "|".join((*key.topics, *key.places, *key.rest)) or fold_name(words)
            return Sign(topic, None if words.endswith(NOT_MENTIONED) else not is_denied, topic)
        case _:
            return fold_name(assertion.value)


def _make_length(words: str, times: tuple[TimeExpression, ...]) -> Span | None:
    values = {t.value for t in times if t.type is TimeType.DURATION}
    values = values or {phrase.value for phrase in find_time_expressions(words) if phrase.type is TimeType.DURATION}
    length = parse_length(values.pop()) if len(values) == 1 else None
    if length is None:
        return None
    if length.is_open:
        return Span(length.minutes, _SEVERAL.get(length.unit, length.minutes * 20))
    return _widen(length.minutes, words)


def _widen(number: float, words: str, of: str = "") -> Span:
    if _MORE.search(words):
        return Span(number, 2 * number, of)
    if _LESS.search(words):
        return Span(0, number, of)
    if _NEARLY.search(words):
        return Span((1 - _LOOSE / 2) * number, number, of)
    if _OVER.search(words):
        return Span(number, (1 + 2 * _LOOSE) * number, of)
    if _ABOUT.search(words):
        return Span((1 - _LOOSE) * number, (1 + _LOOSE) * number, of)
    return Span(number, number, of)


@cache
def _get_numbers() -> dict[str, int]:
    numbers: dict[str, int] = load_table("engagements")["ordinals"]["cardinals"]
    return numbers


def _make_number(words: str) -> Span | None:
    found = _DIGITS.search(words)
    number = read_digits(found[0]) if found else _get_numbers().get(words.split()[0])
    if number is None:
        number = next((n for word in words.split() if (n := _get_numbers().get(word))), None)
    return _widen(number, words, words.split()[-1]) if number else None


def find_ordinal(words: str) -> int:
    """The number that an ordinal tells: "third visit" 3, "the 18th meeting" 18; 0 where it tells none."""
    numbers: dict[str, int] = load_table("engagements")["ordinals"]["numbers"]
    for word in words.lower().split():
        if word in numbers:
            return numbers[word]
        if _ORDINAL.fullmatch(word):
            return read_digits(word) or 0
    return 0


def _make_count(words: str) -> Count | None:
    number = find_ordinal(words)
    if not number:
        return None
    count, _, since = words.partition(" since ")
    told = count.split()
    nouns = load_table("engagements")["nouns"]
    series = next((nouns[w] for w in told if w in nouns), nouns.get("visit") if " to " in f" {count} " else "meeting")
    own, start = (
        frozenset(word for word in re.findall(r"\w+", part) if word not in _get_empty() and word not in nouns)
        for part in (count, since)
    )
    return Count(number, str(series), own, start)


@cache
def _get_empty() -> frozenset[str]:
    table = load_table("engagements")["ordinals"]
    words = {*table["words"], *table["empty"]}
    return frozenset(words | {f"{n}{end}" for n in range(100) for end in ("st", "nd", "rd", "th")})


def _make_mood(words: str) -> Sign:
    table = load_table("engagements")["mood"]
    told = re.findall(r"[\w-]+", words)
    signs = {True for word in told if word in table["warm"]} | {False for word in told if word in table["tense"]}
    sign = signs.pop() if len(signs) == 1 else None
    if not signs and sign is None and set(told) & set(table["fruitful"]):
        return Sign("yield", not {"not", "no", "less", "hardly"} & set(told), fold_name(words))
    if sign is not None and {"not", "no", "less", "hardly"} & set(told):
        sign = not sign
    adjectives = [word for word in told if word in table["adjectives"]]
    return Sign("mood", sign, " ".join(sorted(adjectives)) or fold_name(words))


def _make_result(words: str) -> Sign:
    table = load_table("engagements")["results"]
    told = re.findall(r"[\w-]+", words)
    about = next((group for group, nouns in table["alike"].items() if set(told) & set(nouns)), "")
    about = about or (_AGREED if "agreed" in told else "")
    is_negative = bool(set(table["denials"]) & set(told))
    if about == _AGREED and is_negative:
        about = "agreement"  # "had not agreed on fish"
    at = next((told.index(w) for w in ("on", "about", "over", "to") if w in told), len(told))
    added = frozenset(word for word in told[at + 1 :] if word not in _get_empty() and len(word) > 2)
    return Sign(about, not is_negative if about else None, fold_name(words), added)


# --- how two stand to each other ------------------------------------------------------------------


def compare_forms(a: Form, b: Form) -> Judged:
    """How two forms of one property that are not equal stand to each other; symmetric. None where they do not."""
    if isinstance(a, Span) and isinstance(b, Span):
        return _compare_spans(a, b) if a.of == b.of else None
    if isinstance(a, Clock) and isinstance(b, Clock):
        return _compare_spans(Span(a.first, a.last), Span(b.first, b.last))
    if isinstance(a, Count) and isinstance(b, Count):
        return _compare_counts(a, b)
    if isinstance(a, People) and isinstance(b, People):
        return _compare_people(a, b)
    if isinstance(a, Sign) and isinstance(b, Sign):
        return _compare_signs(a, b)
    if isinstance(a, Spot) and isinstance(b, Spot):
        return _compare_places(a, b)
    if isinstance(a, bool) and isinstance(b, bool):
        return Relation.CONTRADICTS, "it took place, and it did not"
    return None


def _compare_spans(a: Span, b: Span) -> Judged:
    for wide, narrow in ((a, b), (b, a)):
        if wide.low <= narrow.low and narrow.high <= wide.high:
            return Relation.BROADER, "one value holds the other"
    if max(a.low, b.low) <= min(a.high, b.high):
        return Relation.CORROBORATES, "the values agree as far as they are exact"
    if _is_rounded(a, b) or _is_rounded(b, a):
        return Relation.BROADER, "one value may be the other, rounded"
    return Relation.CONTRADICTS, "values that exclude each other"


def _is_rounded(coarse: Span, fine: Span) -> bool:
    """ "two hours" and "110 minutes"."""
    is_whole = coarse.low == coarse.high and coarse.low % 60 == 0 and not coarse.of
    return is_whole and fine.low == fine.high and fine.low % 60 != 0 and abs(coarse.low - fine.low) <= _ROUNDED


def _compare_counts(a: Count, b: Count) -> Judged:
    if a.series != b.series:
        return None
    is_alike = a.added == b.added and a.since == b.since
    if a.number == b.number:
        # "First to Peru since he took office" and "first to Peru as premier": since when may be left out.
        is_one_since = a.since <= b.since or b.since <= a.since
        if is_one_since and (a.added <= b.added or b.added <= a.added):
            return (Relation.CORROBORATES if is_alike else Relation.BROADER), "one count, told more or less exactly"
        return None
    if is_alike and a.number and b.number:
        return Relation.CONTRADICTS, "other counts of one series"
    return Relation.DIFFERENT_SCOPE, "counts of what is not said to be one series"


def _compare_people(a: People, b: People) -> Judged:
    if a.there & b.absent or b.there & a.absent:
        return Relation.CONTRADICTS, "somebody was there, and was not"
    if a.there <= b.there or b.there <= a.there:
        return Relation.BROADER, "one report names more of those who were there"
    return None


def _compare_signs(a: Sign, b: Sign) -> Judged:
    if {a.about, b.about} == {"mood", "yield"} and {a.is_positive, b.is_positive} == {True, False}:
        return Relation.DIFFERENT_SCOPE, "one tells how it went, the other what it was good for"
    if {a.about, b.about} == {_AGREED, "agreement"}:
        return _compare_agreed(*((a, b) if a.about == _AGREED else (b, a)))
    if not a.about or a.about != b.about or a.is_positive is b.is_positive:
        return None
    if a.is_positive is None or b.is_positive is None:
        is_topic = a.words == b.words == a.about
        return (Relation.DIFFERENT_SCOPE, "one mentions it, the other does not") if is_topic else None
    # "agreement on fish" and "no agreement on oil" can both be so; "no agreement" denies any.
    denied = a if a.is_positive is False else b
    if a.added == b.added or not denied.added:
        return Relation.CONTRADICTS, "one says what the other denies"
    return None


def _compare_agreed(agreed: Sign, other: Sign) -> Judged:
    """ "agreed to open the bridge" is denied by "no agreement on the bridge" and by "denied any agreement" only."""
    is_same = bool(other.added) and other.added <= agreed.added
    is_any = "any" in other.words.split()
    if other.is_positive is False and (is_same or is_any):
        return Relation.CONTRADICTS, "one says what the other denies"
    return None


def _compare_places(a: Spot, b: Spot) -> Judged:
    relation = compare_spots(a, b)
    if relation is PlaceRelation.CONTAINED:
        return Relation.BROADER, "one place holds the other"
    if relation is PlaceRelation.EXCLUDED:
        return Relation.CONTRADICTS, "different states or cities"
    return (Relation.CORROBORATES, "one place, named in two ways") if relation is PlaceRelation.SAME else None
