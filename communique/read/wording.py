"""What a line of a report looks like: furniture, by-line, caption, headline, prose. Questions to one line each.

Lines are asked in folded form (`text.segment.fold`), without white space around them. The words looked for are in the
tables ``notices`` and ``publishers``.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from communique.tables import load_table
from communique.text.dates import PrintedDate, find_printed_dates, parse_printed_date


def _any_of(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


_NOTICES = load_table("notices")
_LINES = frozenset(_NOTICES["lines"])
_SECTIONS = frozenset(_NOTICES["sections"])
_STARTS = _any_of(_NOTICES["starts"])
_APPEALS = _any_of(_NOTICES["appeals"])
_PHRASES = _any_of(_NOTICES["phrases"])
_LEGAL = _any_of(_NOTICES["legal"])
_OUTLET_WORDS = frozenset(_NOTICES["outlet_words"])
_READER_WORDS = frozenset(_NOTICES["reader_words"])
_APPEAL_WORDS = _any_of([rf"\b{re.escape(word)}\b" for word in _NOTICES["appeal_words"]])
_CAPTION_STARTS = _any_of(_NOTICES["captions"]["starts"])
_CAPTION_MARKS = _any_of(_NOTICES["captions"]["marks"])
_CAPTION_WEAK = _any_of(_NOTICES["captions"]["weak"])
_NOT_PLACES = frozenset(_NOTICES["not_places"])
_OPENERS = _any_of(_NOTICES["comments"]["openers"])
_COMMENT_HEADERS = tuple(re.compile(pattern, re.IGNORECASE) for pattern in _NOTICES["comments"]["headers"])
_MASTHEAD_WORDS = frozenset(load_table("publishers")["outlet_words"])

URL = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]]")
_QUOTED = re.compile(r'"[^"]*(?:"|$)')
_WORD = re.compile(r"[^\W\d_]+(?:'[a-z]+)?")
_FULL_STOP = re.compile(r"\w[.!?…][\"')\]]*(?: |$)")
_CLOSING = "\"')]} "
_BAR = re.compile(r"[|•·]")
_BEFORE_SECTION = re.compile(r"(?P<name>.+?) (?:--?|[–—|/>]) (?P<section>.+)")
_PIECE = re.compile(r"[,()–—]| - |--")
_CLOCK = re.compile(r"\d\d?[:.]\d\d(?: ?[ap]\.?m)?(?: [A-Z]{1,5})?|\d\d? ?[ap]\.?m")
_NAME_WORD = re.compile(r"(?:[A-Z][\w'’-]*\.?|(?:al|bin|de|del|der|di|du|el|la|le|van|von)(?:-[A-Z]\w*)?)")
_ABBREVIATION = re.compile(r"(?:\b(?:[A-Z]\.){2,}|\b(?:Jr|Sr)\.)$")
# Longer lines are no furniture, no caption, no headline.
MAX_FURNITURE, MAX_CAPTION, MAX_TITLE = 20, 60, 30
# A headline that asks or exclaims is short; what is longer is speech.
MAX_QUESTION = 18
# No word of a line that counts is longer.
MAX_WORD = 50
# A paragraph of a site's own prose is no longer than this many words.
MAX_APPEAL = 150


class Label(NamedTuple):
    """A line that begins with the name of a property: ``By``, ``Published:``; ``at`` is where the value begins."""

    kind: str
    at: int


def count_words(line: str) -> int:
    """The words of a line; more where it holds longer runs than words are, so that no pattern is tried on these."""
    return max(len(line.split()), len(line) // MAX_WORD)


@lru_cache(maxsize=4096)
def is_furniture(line: str) -> bool:
    """A line of the site, not of the report: navigation, sharing, lists of other reports."""
    if count_words(line) > MAX_FURNITURE:
        return False
    key = re.sub(r"\s*\(\d+\)$", "", line.casefold()).strip(" .:!?…>|*»«\"'-–—&")
    pieces = [piece.strip() for piece in re.split(r" [|•·>] ", key)]
    if len(pieces) > 1 and all(count_words(piece) < 4 for piece in pieces) and _LINES.intersection(pieces):
        return True
    if key in _LINES or _APPEALS.fullmatch(line) or URL.fullmatch(line):
        return True
    return '"' not in line and bool(_STARTS.match(line))


def is_section(line: str) -> bool:
    """The name of a section of a site."""
    return line.casefold() in _SECTIONS


def is_site_prose(line: str) -> bool:
    """A paragraph that only a site prints: rights, terms, appeals; wherever it begins."""
    if count_words(line) > MAX_APPEAL:
        return False
    return bool(_PHRASES.search(_QUOTED.sub(" ", line)) or (_STARTS.match(line) and count_words(line) <= 40))


def count_appeal_words(line: str) -> int:
    """How many words of appeals a paragraph has that speaks for the outlet and to the reader; else 0."""
    if count_words(line) > MAX_APPEAL:
        return 0
    own = _QUOTED.sub(" ", line)
    words = {word.casefold() for word in _WORD.findall(own)}
    if not (words & _OUTLET_WORDS and words & _READER_WORDS):
        return 0
    return len({match.casefold() for match in _APPEAL_WORDS.findall(own)})


def is_legal_notice(line: str) -> bool:
    """What a law makes an outlet print of itself."""
    return count_words(line) <= MAX_TITLE and bool(_LEGAL.search(line))


def is_caption(line: str, weak_signs: bool = False) -> bool:
    """Words under a picture, by a credit or a side that they name; ``weak_signs`` where a caption is likely anyway."""
    if count_words(line) > MAX_CAPTION:
        return False
    if _CAPTION_STARTS.match(line) or _CAPTION_MARKS.search(line):
        return True
    return weak_signs and bool(_CAPTION_WEAK.search(line))


def is_prose(line: str) -> bool:
    """A sentence or more, not a headline, a name or a date."""
    if count_words(line) > MAX_TITLE:
        return True
    bare = line.rstrip(_CLOSING)
    return bare.endswith((".", "!", "?", "…", ":", ";")) and not (
        _ABBREVIATION.search(bare) and count_words(line) <= 12
    )


def has_sentence(line: str, fewest: int = 5) -> bool:
    """Some words and a full stop: what navigation never has."""
    return count_words(line) >= fewest and bool(_FULL_STOP.search(line))


def is_title(line: str) -> bool:
    """What can stand above a report as its headline."""
    bare = line.rstrip(_CLOSING)
    if count_words(line) > MAX_TITLE or bare.endswith((",", ";", ":")) or not _WORD.search(line):
        return False
    if bare.endswith(("?", "!")) and count_words(line) > MAX_QUESTION:
        return False
    return not bare.endswith(".") or bare.endswith("...") or bool(_ABBREVIATION.search(bare))


def is_name(line: str, most: int = 5) -> bool:
    """A line that could be a person's name or a nickname, and nothing else."""
    words = line.split()
    if not 1 <= len(words) <= most or len(line) > 50 or is_furniture(line) or find_printed_dates(line):
        return False
    return all(_NAME_WORD.fullmatch(word) for word in words) or (len(words) == 1 and line.isidentifier())


def is_place(line: str) -> bool:
    """A line that could be the place where somebody writes from."""
    return is_name(line.replace(",", ""), most=6)


def is_masthead(line: str) -> bool:
    """A line that is the name of an outlet alone, or with its section: ``The Hill Post``, ``HILL POST - World``."""
    line = cut_section(line)
    words = [word.casefold().strip(",") for word in line.removeprefix("The ").split()]
    if (
        not 2 <= len(words) <= 6
        or is_furniture(line)
        or not (words[-1] in _MASTHEAD_WORDS or words[0] in _MASTHEAD_WORDS)
    ):
        return False
    return all(word[0].isupper() or word in ("of", "and", "the", "for", "&", "de") for word in line.split())


def cut_section(line: str) -> str:
    """What stands before the name of a section: ``HILL POST`` of ``HILL POST - Opinion``. Else the line."""
    match = _BEFORE_SECTION.fullmatch(line)
    return match["name"] if match and is_section(match["section"]) else line


def is_date(line: str) -> bool:
    """A line that is a date alone, with or without label, weekday, time of day."""
    label = find_label(line)
    if label and label.kind in ("date", "updated"):
        line = line[label.at :]
    return count_words(line) <= 10 and parse_printed_date(line) is not None


def find_label(line: str) -> Label | None:
    """The property that a line names at its start. Without a colon only ``by`` and words before a date are believed."""
    match = _labels().match(line)
    if not match:
        return None
    kind = next(name for name, words in match.groupdict().items() if words)
    rest = line[match.end() :]
    if not rest or count_words(rest) > MAX_TITLE:
        return None
    if match["colon"]:
        # "Source: talks to resume" is a headline.
        too_long = kind in ("publisher", "author") and (count_words(rest) > 8 or is_prose(rest))
        return None if too_long else Label(kind, match.end())
    if kind == "author":
        named = match["author"].casefold().endswith("by") and rest[:1].isupper() and count_words(rest) <= 12
        return Label(kind, match.end()) if named and not is_prose(line) else None
    if kind in ("date", "updated") and parse_printed_date(rest) is not None:
        return Label(kind, match.end())
    return None


@cache
def _labels() -> re.Pattern[str]:
    kinds = "|".join(
        f"(?P<{kind}>{'|'.join(re.escape(word) for word in sorted(words, key=len, reverse=True))})"
        for kind, words in _NOTICES["bylines"].items()
    )
    return re.compile(rf"(?:{kinds})(?:(?P<colon> ?:)\s*|\s+)", re.IGNORECASE)


def is_byline(line: str, below_title: bool) -> bool:
    """Who wrote it, when it came out. Below the title a date beside names or between bars is enough."""
    if find_label(line) or is_date(line):
        return True
    if not below_title or count_words(line) > 16 or is_prose(line):
        return False
    dates = find_printed_dates(line)
    if not dates or _BAR.search(line):
        return bool(dates)
    # "The Road to Geneva: 30 June 2012" is a heading.
    for found in reversed(dates):
        line = line[: found.span.start] + "," + line[found.span.end :]
    pieces = [piece.strip(" *_.") for piece in _PIECE.split(line)]
    return all(not piece or _CLOCK.fullmatch(piece) or is_name(piece) or is_masthead(piece) for piece in pieces)


def is_place_word(words: str) -> bool:
    """Capitals before a dash that can be the place of a date line; an outlet's name before its section is none."""
    name = words.casefold().split()
    return words not in _NOT_PLACES and not (len(name) > 1 and name[-1] in _MASTHEAD_WORDS)


def opens_comments(line: str) -> bool:
    """``3 comments``, ``Leave a reply``."""
    return count_words(line) <= MAX_FURNITURE and bool(_OPENERS.fullmatch(line))


def find_comment_author(line: str) -> str | None:
    """Who writes, where a line opens a comment under an opener: ``Ana R. says:``, ``Ana R., 8 May 2013 at 14:05``."""
    if count_words(line) > MAX_FURNITURE:
        return None
    dates = find_printed_dates(line)
    words = line[: dates[0].span.start] if dates else line
    words = re.sub(r"[\s,|•·(–—-]+(?:on|at)?[\s]*$", "", words)
    for pattern in _COMMENT_HEADERS:
        if (match := pattern.fullmatch(words)) and is_name(match["author"]):
            return match["author"]
    return words if dates and is_name(words) else None


def first_date(line: str) -> PrintedDate | None:
    """The first date with a year in a line."""
    return next(iter(find_printed_dates(line)), None)
