"""A text into tokens of time: words, numbers, marks, each with one class, and the classes as a string.

The grammar of time expressions (`finder`) is written in names of classes ("MONTH DAY YEAR"). Each class has one
character of its own, a text becomes a string with one character a token, and `compile_pattern` turns a pattern into a
regular expression over such strings: a thousand words are thirteen hundred characters to search.

Order: cut into tokens, look phrases up in the table ``times`` (the longest wins), settle what capitals decide.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from communique.tables import load_table

# Classes that are found by their shape; the others are the tables of `times.toml`.
SHAPES = (
    "WORD", "NAME", "MARK", "COMMA", "DOT", "HYPHEN", "DASH", "POSSESSIVE", "CURRENCY", "PERCENT",
    "DAY", "YEAR", "INTEGER", "DECIMAL", "FRACTION", "NUMBERTH", "DECADE", "CLOCK", "AMPM", "NUMDATE", "QUARTERNAME",
)  # fmt: skip
_TOKEN = re.compile(
    r"""(?P<NUMDATE>\b(?:[0-9]{4}[/-][0-9][0-9][/-][0-9][0-9]|[0-9][0-9]?[./-][0-9][0-9]?[./-][0-9]{4})(?![./-]?[0-9]))
    |(?P<CLOCK>\b[0-9][0-9]?:[0-9][0-9](?::[0-9][0-9])?(?![0-9:])|\b[0-9][0-9]?\.[0-5][0-9](?=\s?[ap]\.?m\b))
    |(?P<FRACTION>\b[0-9]/[0-9]\b|[½¼¾])
    |(?P<DECADE>\b[12][0-9][0-9]0'?s\b|'[1-9]0s\b)
    |(?P<NUMBERTH>\b[0-9]{1,2}(?:st|nd|rd|th)\b)
    |(?P<QUARTERNAME>\bQ[1-4]\b)
    |(?P<number>[0-9]+(?:,[0-9]{3}(?![0-9]))*(?:\.[0-9]+)?)
    |(?P<AMPM>[ap]\.\s?m\.|[ap]m\b)
    |(?P<POSSESSIVE>'s\b|(?<=s)'(?!\w))
    |(?P<abbreviation>(?:[^\W\d_]\.){2,})
    |(?P<word>[^\W\d_]+(?:'(?!s\b)[^\W\d_]+)?)
    |(?P<COMMA>,)|(?P<DOT>\.)|(?P<HYPHEN>-)|(?P<DASH>[–—])|(?P<CURRENCY>[$€£¥₽])|(?P<PERCENT>%)
    |(?P<mark>[^\s\w])""",
    re.VERBOSE | re.IGNORECASE,
)
# Tables of `times.toml` that are no classes with values.
_NOT_VALUED = ("words", "verbs")
_CAPITALISED = ("MONTH", "MABBR", "WEEKDAY", "WEEKDAYS", "WABBR", "HOLIDAY")


class Token(NamedTuple):
    """A word, number, mark or phrase; ``value`` is what the table says of it."""

    start: int
    end: int
    kind: str
    text: str
    value: str | int


@dataclass(frozen=True, slots=True)
class Tokens:
    """Tokens in text order; ``classes`` has one character for each."""

    tokens: list[Token]
    classes: str


class _Entry(NamedTuple):
    words: tuple[str, ...]
    kind: str
    value: str | int


class _Entries(NamedTuple):
    """What begins with one word: the word itself, and phrases by their second word, the longest first."""

    alone: list[_Entry]
    phrases: dict[str, list[_Entry]]


@cache
def _get_lexicon() -> dict[str, _Entries]:
    """First word -> entries."""
    lexicon: dict[str, _Entries] = {}
    table = load_table("times")
    listed = [(kind, phrase, "") for kind, phrases in table["words"].items() for phrase in phrases]
    valued = [(kind, *entry) for kind, words in table.items() if kind not in _NOT_VALUED for entry in words.items()]
    for kind, phrase, value in listed + valued:
        words = tuple(match.group().lower() for match in _TOKEN.finditer(phrase))
        alone, phrases = lexicon.setdefault(words[0], _Entries([], {}))
        (alone if len(words) == 1 else phrases.setdefault(words[1], [])).append(_Entry(words, kind, value))
    for entries in lexicon.values():
        for same in entries.phrases.values():
            same.sort(key=lambda entry: (-len(entry.words), entry.words))
    return lexicon


@cache
def _get_alphabet() -> dict[str, str]:
    """Class -> its character, of Unicode's private use area so that none means anything in a regular expression."""
    table = load_table("times")
    names = [*SHAPES, *table["words"], *(name for name in table if name not in _NOT_VALUED)]
    return {name: chr(0xE000 + number) for number, name in enumerate(names)}


def compile_pattern(pattern: str, macros: dict[str, str]) -> re.Pattern[str]:
    """A pattern over names of classes (two or more capitals) as a regular expression over class strings.

    Args:
        pattern: For example ``"MONTH (?P<day>DAY) (?: COMMA? YEAR )?"``; blanks mean nothing.
        macros: Names that stand for a longer pattern; they may use each other.

    Raises:
        KeyError: The pattern names an unknown class; a bug.
    """
    alphabet = _get_alphabet()
    name = re.compile(r"[A-Z]{2,}")
    while any(match.group() in macros for match in name.finditer(pattern)):
        pattern = name.sub(lambda m: f"(?:{macros[m.group()]})" if m.group() in macros else m.group(), pattern)
    return re.compile(re.sub(r"\s+", "", name.sub(lambda m: alphabet[m.group()], pattern)))


def tokenize(folded: str) -> Tokens:
    """The tokens of a text that went through `text.segment.fold`."""
    raw = [_make_token(match) for match in _TOKEN.finditer(folded)]
    lexicon = _get_lexicon()
    tokens: list[Token] = []
    position = 0
    while position < len(raw):
        token = raw[position]
        entries = lexicon.get(token.value) if isinstance(token.value, str) else None
        entry = _find_entry(entries, raw, position) if entries else None
        if entry:
            last = raw[position + len(entry.words) - 1]
            text = folded[token.start : last.end]
            token = _judge_capitals(Token(token.start, last.end, entry.kind, text, entry.value))
            position += len(entry.words) - 1
        tokens.append(token)
        position += 1
    alphabet = _get_alphabet()
    return Tokens(tokens, "".join([alphabet[token.kind] for token in tokens]))


def _find_entry(entries: _Entries, raw: list[Token], position: int) -> _Entry | None:
    if entries.phrases and position + 1 < len(raw):
        for entry in entries.phrases.get(str(raw[position + 1].value), ()):
            following = raw[position : position + len(entry.words)]
            if tuple(token.value for token in following) == entry.words:
                return entry
    return entries.alone[0] if entries.alone else None


def _make_token(match: re.Match[str]) -> Token:
    kind, text = match.lastgroup or "mark", match.group()
    start, end = match.span()
    value: str | int = text.lower()
    if kind == "word":  # nearly all are
        return Token(start, end, "NAME" if text[0].isupper() else "WORD", text, value)
    if kind == "abbreviation":
        kind = "NAME"
    elif kind == "mark":
        kind = "MARK"
    elif kind == "number":
        kind, value = _judge_number(text)
    return Token(start, end, kind, text, value)


def _judge_number(text: str) -> tuple[str, str | int]:
    if len(text) > 9:
        return "WORD", ""  # counts no days
    if "." in text:
        return "DECIMAL", text
    number = int(text.replace(",", ""))
    if len(text) <= 2 and 1 <= number <= 31:
        return "DAY", number
    if len(text) == 4 and 1000 <= number < 2200:
        return "YEAR", number
    return "INTEGER", number


def _judge_capitals(token: Token) -> Token:
    """Months and weekdays are written with a capital; "may" and "march" in lower case are verbs."""
    if token.kind in _CAPITALISED and not token.text[0].isupper():
        return token._replace(kind="WORD", value="")
    return token
