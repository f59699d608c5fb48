"""What rules for time expressions are made of: matches, numbers, durations.

A rule is a pattern over classes of tokens (see `tokens.compile_pattern`) and a function from a match to a
`TimePhrase` without offsets, or None where the match is none after all ("Theresa May", "1,500 troops"). Every
repetition in a pattern is bounded, so that no text takes more than linear time.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from communique.model import TimeType
from communique.text.timex.phrases import Direction, TimePhrase
from communique.text.timex.tokens import Token, compile_pattern

# Words that point from a date to another: "last", "this coming", "the following".
TOWARD = "(?:[THE THIS] (?=[PAST COMING LAST PREVIOUS NEXT FOLLOWING CURRENT LATEST]))?"
TOWARD += "(?P<toward>[THIS THAT PAST COMING LAST PREVIOUS NEXT FOLLOWING CURRENT LATEST])"
DIRECTIONS = {
    "LAST": Direction.BACK, "PAST": Direction.BACK, "PREVIOUS": Direction.BACK, "NEXT": Direction.NEXT,
    "COMING": Direction.ON, "FOLLOWING": Direction.ON, "THIS": Direction.SAME, "THAT": Direction.BACK,
}  # fmt: skip
SHIFTS = {"LAST": -1, "PAST": -1, "PREVIOUS": -1, "NEXT": 1, "COMING": 1, "FOLLOWING": 1}
# Those that point from the day that the story has reached, not from that of the report.
STORY = ("PREVIOUS", "FOLLOWING", "THAT")

# Note of a year or quarter of accounts, which may begin in any month.
FISCAL = "fiscal"

_MACROS = {
    "NTH": "[ORDINAL SECOND FIRST NUMBERTH]",
    "DAYNUMBER": "[DAY NUMBERTH]",
    "NUMERAL": "[NUMBER NINETEEN DAY INTEGER DECIMAL YEAR]",
    "ANDHALF": "HYPHEN? AND HYPHEN? AN HYPHEN? HALF",
    "COUNT": "VAGUE|FRACTION|NUMERAL(?:HYPHEN?NUMBER){0,3}(?:AND NUMBER)?(?:ANDHALF|FRACTION)?",
    "SOMEUNIT": "[UNIT UNITS QUARTER]",
    "SPANMARK": "[HYPHEN DASH TO THROUGH]",
}
_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75}
# Years in a decade, a century, a millennium.
YEARS = {"E": 10, "C": 100, "L": 1000}
# Before "the week" these tell when something came about, whatever follows.
_ADVERBIAL = ("early in", "late in")
_BEGINS_CLAUSE = ("he", "she", "it", "they", "we", "i", "you", "when", "that", "his", "her", "their")
# In a headline, words up to this length may have no capital, and few of this length.
_SHORT = 4
# Half of a unit in the next smaller one.
_HALVES = {"Y": "6M", "TH": "30M", "TM": "30S"}


class Match(NamedTuple):
    """A match of a rule, seen as tokens."""

    match: re.Match[str]
    tokens: list[Token]

    def has(self, group: str) -> bool:
        """Whether a group exists in the rule and took part."""
        return group in self.match.re.groupindex and self.match.group(group) is not None

    def get(self, group: str) -> list[Token]:
        """The tokens of a group, none where it took no part."""
        return self.tokens[self.match.start(group) : self.match.end(group)] if self.has(group) else []

    def value(self, group: str) -> str:
        """What the table says of a group's first token, empty where the group took no part."""
        return str(self.tokens[self.match.start(group)].value) if self.has(group) else ""

    def kind(self, group: str) -> str:
        return self.tokens[self.match.start(group)].kind if self.has(group) else ""

    def get_all(self) -> list[Token]:
        return self.tokens[self.match.start() : self.match.end()]

    def before(self) -> Token | None:
        place = self.match.start() - 1
        return self.tokens[place] if place >= 0 else None

    def after(self) -> Token | None:
        place = self.match.end()
        return self.tokens[place] if place < len(self.tokens) else None


class Rule(NamedTuple):
    """A pattern, and what a match of it means (None: it is no match after all)."""

    pattern: re.Pattern[str]
    build: Callable[[Match], TimePhrase | None]


def make_rules(rules: list[tuple[str, Callable[[Match], TimePhrase | None]]]) -> list[Rule]:
    """Rules out of patterns over names of classes."""
    return [Rule(compile_pattern(pattern, _MACROS), build) for pattern, build in rules]


def make_connective(pattern: str) -> re.Pattern[str]:
    """What may stand between the parts of one expression, as a pattern over names of classes."""
    return compile_pattern(pattern, _MACROS)


def make_date(match: Match, value: str = "", **fields: object) -> TimePhrase:
    """A date over a whole match; ``fields`` are those of `TimePhrase`."""
    start, end = match.match.span()
    return TimePhrase(start, end, TimeType.DATE, value, **fields)  # type: ignore[arg-type]


def is_told_after(match: Match) -> bool:
    """Whether a clause says which one is meant: "the year she took office", "the night before they left"."""
    after, before = match.after(), match.before()
    start = match.match.start()
    if before is not None and before.kind == "EDGE":
        return False  # "by the end of the year the text will be ready"
    if before is not None and (before.text.lower() in _ADVERBIAL or (before.kind == "IN" and start > 1)):
        earlier = match.tokens[start - 2].kind if start > 1 else ""
        if before.kind != "IN" or earlier in ("EARLIER", "LATER"):
            return False  # "later in the day she took office"
    return after is not None and (after.kind in ("NAME", "THE", "BEFORE", "AFTER") or after.text in _BEGINS_CLAUSE)


def is_in_name(match: Match) -> bool:
    """Whether a word with a capital follows a name in running text: "USA Today", "Breitbart News Daily"."""
    start, before = match.match.start(), match.before()
    if before is None or before.kind != "NAME" or not match.get_all()[0].text[0].isupper():
        return False
    around = match.tokens[max(start - 5, 0) : match.match.end() + 4]
    lengths = [len(token.text) for token in around if token.text.islower()]
    return any(length > _SHORT for length in lengths) or sum(length == _SHORT for length in lengths) > 1


def read_number(token: Token) -> int:
    """The number of a day, a year or an ordinal: 7 of "7", "7th" and "seventh"."""
    return int("".join(character for character in str(token.value) if character.isdigit()))


def count(tokens: list[Token]) -> float | None:
    """A number in words or digits ("twenty-five", "2 1/2", "two and a half"); None for a vague one ("a few")."""
    total = 0.0
    for token in tokens:
        if token.kind == "VAGUE":
            return None
        if token.kind == "HALF":
            total += 0.5
        elif token.kind == "FRACTION":
            above, _, below = token.text.partition("/")
            total += _FRACTIONS.get(token.text) or int(above) / max(int(below), 1)
        elif token.kind in ("NUMBER", "NINETEEN", "DAY", "INTEGER", "YEAR", "DECIMAL"):
            number = float(str(token.value).replace(",", ""))
            total = total * number if number in (100, 1000) and total else total + number
    return total


def make_duration(number: float | None, unit: str) -> str:
    """``P3W``, ``PT2H``, ``PXD``; decades and centuries become years, quarters months, halves the next smaller unit.

    Args:
        number: None where it is vague.
        unit: As in the table ``times``; a leading T marks the units of the clock.
    """
    clock, letter = ("T", unit[1:]) if unit[0] == "T" else ("", unit)
    if number is None:
        return f"P{clock}X{'W' if letter == 'F' else letter}"
    if letter == "F":
        return f"P{2 * number:g}W"
    if letter == "Q":
        return f"P{3 * number:g}M"
    if unit in YEARS:
        return f"P{number * YEARS[unit]:g}Y"
    whole = int(number)
    if number % 1 == 0.5 and unit in _HALVES:
        return f"P{clock}{f'{whole}{letter}' if whole else ''}{_HALVES[unit]}"
    return f"P{clock}{whole if number == whole else number}{letter}"
