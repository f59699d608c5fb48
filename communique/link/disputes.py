"""What two voices of one report say of one matter, where it excludes each other: denials, opposites, numbers.

Beside the accounts of engagements: "the army said 14 rebels had died; the rebels put it at three", "denied that it had
shut the border". Only statements near each other, of different speakers, that share most of their words are compared;
a speaker who asks or declines disputes nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

from communique.link.issue_keys import read_words
from communique.model import (
    ComparedValue,
    Comparison,
    Polarity,
    Relation,
    Statement,
    content_id,
)
from communique.tables import load_table

# So many characters apart, and so many statements further, what is disputed may stand.
_NEAR = 900
_NEXT = 8
# The share of the words of the shorter one that two statements have in common, and how many at least.
_SHARE = 0.75
_SHARE_COUNTED = 0.6
_LEAST = 3
# What makes another number of the one before it, and what parts it from the noun.
_MULTIPLES = ("dozen", "score", "hundred", "thousand", "million", "billion")
_BETWEEN = frozenset([*_MULTIPLES, "percent", "per", "of", "and", "or", "to", "in", "at", "on", "by", "for", "the"])
_YEAR = re.compile(r"(1[5-9]|20|21)\d\d")
_ENDINGS = ("ing", "ed", "es", "s", "e")
# A clause as a whole denied: "did not leave", "no agreement was reached"; not "x, and not y".
# Nor "no doubt", "no later than", "not only", "could not but", "never mind".
_ELSE = r"(?!\s+(?:later|doubt|longer|sooner|less|fewer|only|but|mind)\b)"
_NOT = re.compile(
    r"^[^,;]{0,80}?(\b(did|does|do|had|has|have|was|were|is|are|will|would|could|can|cannot)\s+(not|never)\b|n['’]t\b|\bnever\b)"
    rf"{_ELSE}"
    rf"|^(that\s+)?(there\s+\w+\s+)?no\b{_ELSE}\s"
)
# Of much longer words only a part is disputed.
_LONGER = 2.5
_NOBODY = re.compile(r"^(they|we|he|she|it|some|many|others?|\d.*)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Claim:
    """A statement as far as another can dispute it."""

    row: Statement
    start: int
    voice: str
    roots: frozenset[str]
    first: str  # its first telling word
    is_negative: bool
    numbers: dict[str, int]  # by what is counted

    @property
    def words(self) -> str:
        return " ".join(content.quote for content in self.row.content)


def find_disputes(statements: Iterable[Statement], known: Iterable[Comparison]) -> tuple[Comparison, ...]:
    """Comparisons of what statements of one report dispute, sorted by id.

    Args:
        statements: Of layer 2, with linked speakers.
        known: Comparisons of accounts; what these set beside each other is not told twice.

    Returns:
        ``about`` is the engagement of one of them where it is told, else the document.
    """
    by_document: defaultdict[str, list[_Claim]] = defaultdict(list)
    for row in statements:
        is_said = row.polarity in (Polarity.ASSERTED, Polarity.DENIED) and bool(row.content)
        if row.source is not None and is_said and not _NOBODY.match(row.source.name):
            by_document[row.document].append(_read(row, row.source.entity or row.source.name.casefold()))
    told: defaultdict[str, list[Comparison]] = defaultdict(list)
    for comparison in known:
        for document in sorted({value.document for value in comparison.values}):
            told[document].append(comparison)
    found: dict[str, Comparison] = {}
    for claims in by_document.values():
        for a, b in _iter_pairs(sorted(claims, key=lambda claim: (claim.start, claim.row.id))):
            judged = _judge(a, b)
            if judged is not None and not any(_is_told(a, b, other) for other in told[a.row.document]):
                comparison = _make(a, b, *judged)
                found[comparison.id] = comparison
    return tuple(sorted(found.values(), key=lambda row: row.id))


def _read(row: Statement, voice: str) -> _Claim:
    words = " ".join(content.quote for content in row.content)
    negative = (row.polarity is Polarity.DENIED) != bool(_NOT.search(words.lower()))
    roots, numbers = _find_roots(words), _find_numbers(words)
    first = next((_cut(word) for word in re.findall(r"[a-z]+", words.lower()) if _is_telling(word)), "")
    return _Claim(row, row.content[0].start, voice, roots, first, negative, numbers)


def _iter_pairs(claims: Sequence[_Claim]) -> Iterator[tuple[_Claim, _Claim]]:
    for number, a in enumerate(claims):
        for b in islice(claims, number + 1, number + 1 + _NEXT):
            if b.start - a.start > _NEAR:
                break
            if a.voice != b.voice and not _overlap(a, b):
                yield a, b


def _is_told(a: _Claim, b: _Claim, comparison: Comparison) -> bool:
    """Does a comparison stand on words of both?"""
    spans = [value.evidence for value in comparison.values if value.document == a.row.document]
    return all(
        any(span.start < content.end and content.start < span.end for span in spans for content in claim.row.content)
        for claim in (a, b)
    )


def _overlap(a: _Claim, b: _Claim) -> bool:
    """One statement within the other: told through somebody, and no second word on it."""
    return any(x.start < y.end and y.start < x.end for x in a.row.content for y in b.row.content)


def _judge(a: _Claim, b: _Claim) -> tuple[str, str] | None:
    shared = a.roots & b.roots
    shorter, longer = sorted((len(a.roots), len(b.roots)))
    if longer > _LONGER * shorter:
        return None
    if a.is_negative is not b.is_negative:
        is_denial = Polarity.DENIED in (a.row.polarity, b.row.polarity)
        is_same = len(shared) >= _LEAST and len(shared) >= _SHARE * shorter and (is_denial or a.first == b.first)
        return ("statement", "one says what the other denies") if is_same else None
    counted = sorted(set(a.numbers) & set(b.numbers))
    differ = any(a.numbers[noun] != b.numbers[noun] for noun in counted)
    if differ and not a.is_negative and len(shared) > 1 and len(shared) >= _SHARE_COUNTED * shorter:
        return "number", "two voices give other numbers"
    return None


def _find_roots(words: str) -> frozenset[str]:
    read = read_words(words)
    return (
        frozenset(_cut(stem) for stem in read.stems if _is_telling(stem)) | read.places | read.instruments | read.seats
    )


@cache
def _get_idle() -> frozenset[str]:
    return frozenset(load_table("readouts")["idle"])


def _is_telling(word: str) -> bool:
    return len(word) > 2 and word not in _get_idle() and not word.isdigit()


def _cut(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) > 3:
            return word[: -len(ending)]
    return word


def _find_numbers(words: str) -> dict[str, int]:
    """Numbers by the plural noun that they count, where it is counted once."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    folded = words.lower()
    for match in _get_counted().finditer(folded):
        before = folded[: match.start()].split()[-1:]
        is_date = _YEAR.fullmatch(match[1]) or _get_months().intersection((*before, *match[2].split(), match[3]))
        if not is_date and not _get_parts().intersection(before):
            found[match[3]].add(_get_cardinals().get(match[1]) or int(match[1].replace(",", "")))
    return {noun: next(iter(numbers)) for noun, numbers in found.items() if len(numbers) == 1}


@cache
def _get_cardinals() -> dict[str, int]:
    numbers: dict[str, int] = load_table("engagements")["ordinals"]["cardinals"]
    return {"two": 2, **{word: number for word, number in numbers.items() if word not in _BETWEEN}}


@cache
def _get_counted() -> re.Pattern[str]:
    """A number, up to two words, a plural noun: not the 5 of "3.5 tons", nor figures longer than any count."""
    words = "|".join(sorted(_get_cardinals(), key=lambda word: (-len(word), word)))
    apart = "|".join(sorted({*_BETWEEN, *_get_cardinals()}))
    between = rf"(?:(?!(?:{apart})\b)[a-z]+\s+){{0,2}}?"
    return re.compile(rf"(?<![\w.,-])(\d[\d,]{{0,14}}(?<!,)|{words})\s+({between})([a-z]{{3,}}s)\b")


@cache
def _get_parts() -> frozenset[str]:
    """Words before a number that make it a part of another: "twenty five", "three or four"."""
    return frozenset({*_get_cardinals(), *_MULTIPLES, "or"})


@cache
def _get_months() -> frozenset[str]:
    return frozenset(load_table("times")["MONTH"])


def _make(a: _Claim, b: _Claim, name: str, reason: str) -> Comparison:
    about = a.row.engagement or b.row.engagement or a.row.document
    values = tuple(_value(claim) for claim in (a, b))
    id = content_id("cmp", about, name, Relation.CONTRADICTS, a.row.id, b.row.id)
    return Comparison(id, about, name, Relation.CONTRADICTS, values, reason)


def _value(claim: _Claim) -> ComparedValue:
    text = " ".join(claim.words.split())
    value = f"denied: {text}" if claim.row.polarity is Polarity.DENIED else text
    return ComparedValue(value, claim.row.document, claim.row.content[0], claim.row.source)
