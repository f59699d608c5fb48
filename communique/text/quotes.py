"""Quotation marks as spans: every typography, nested, over several paragraphs, with missing marks.

`find_quotes` reads paragraph by paragraph. Marks that show their direction (curly, guillemets, low) are taken at their word;
straight ones open before a word and close after one. A paragraph that opens a quotation and does not close it goes on in
the next one if that opens with a mark too; otherwise the quotation ends with its paragraph and is marked as open. Single
marks count only where they cannot be apostrophes. No text is refused.
"""

from __future__ import annotations

from dataclasses import dataclass

from communique.model import Span

_OPEN = {"“": "”", "«": "»", "„": "“”", "‟": "”"}
_CLOSE = frozenset("”»")
_SINGLE_OPEN = {"‘": "’", "‹": "›", "‚": "‘’"}
STRAIGHT = '"'
_BRACKETS = frozenset("([{—–-/")


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation with its marks: ``start:end``; the words between them: ``inner``."""

    start: int
    end: int
    inner: Span
    is_closed: bool
    continues: bool  # goes on in the next paragraph
    continued: bool  # began in an earlier paragraph
    depth: int = 0  # 1 for a quotation inside another


def find_quotes(text: str, paragraphs: list[Span]) -> list[Quote]:
    """All quotations of a text, in text order; inner ones after the one that holds them.

    Args:
        text: As read; offsets are code points.
        paragraphs: From `text.segment.find_paragraphs`.
    """
    found: list[Quote] = []
    carried = False
    for number, paragraph in enumerate(paragraphs):
        following = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
        opens_next = following is not None and _opens(text[following.start])
        quotes, carried = _find_in_paragraph(text, paragraph, carried, opens_next)
        found += quotes
    return found


def _opens(character: str) -> bool:
    return character == STRAIGHT or character in _OPEN


def _find_in_paragraph(text: str, paragraph: Span, continued: bool, opens_next: bool) -> tuple[list[Quote], bool]:
    found: list[Quote] = []
    start, closers = -1, ""
    was_continued = False
    for i in range(paragraph.start, paragraph.end):
        c = text[i]
        if start < 0:
            if _is_opening(text, i, paragraph):
                start, closers = i, _OPEN.get(c, STRAIGHT)
                was_continued = continued and i == paragraph.start
                continued = False
            continue
        if c in closers and (c != STRAIGHT or not _is_opening_straight(text, i, paragraph)):
            found.append(Quote(start, i + 1, Span(start + 1, i), True, False, was_continued))
            start = -1
        elif c in closers and c == STRAIGHT and i == start + 1:
            continue
        elif _is_opening(text, i, paragraph) and c == text[start] and c != STRAIGHT and i > start + 1:
            # A second opening mark of the same kind: the first one was never closed.
            found.append(Quote(start, i, Span(start + 1, i), False, False, was_continued))
            start, closers, was_continued = i, _OPEN.get(c, STRAIGHT), False
    goes_on = False
    if start >= 0:
        goes_on = opens_next
        if goes_on or paragraph.end - start > 2:
            found.append(Quote(start, paragraph.end, Span(start + 1, paragraph.end), False, goes_on, was_continued))
    return [inner for quote in found for inner in (quote, *_find_nested(text, quote))], goes_on


def _is_opening(text: str, i: int, paragraph: Span) -> bool:
    c = text[i]
    if c == STRAIGHT:
        return _is_opening_straight(text, i, paragraph)
    if c == "”":  # some writers close with it only, some open with it too
        return _is_opening_straight(text, i, paragraph) and i == paragraph.start
    if c == "»":
        return _is_opening_straight(text, i, paragraph) and "«" in text[i + 1 : paragraph.end]
    return c in _OPEN


def _is_opening_straight(text: str, i: int, paragraph: Span) -> bool:
    """Before a word and not after one."""
    before = text[i - 1] if i > paragraph.start else " "
    after = text[i + 1] if i + 1 < paragraph.end else " "
    if after.isspace():
        return False
    return before.isspace() or before in _BRACKETS or before in "'‘“\"" or not (before.isalnum() or before in ".,!?;:)]…’'")


def _find_nested(text: str, quote: Quote) -> list[Quote]:
    """Single-marked quotations inside a quotation."""
    found = []
    start, closer = -1, ""
    first, last = quote.inner
    for i in range(first, last):
        c = text[i]
        before = text[i - 1] if i > first else " "
        after = text[i + 1] if i + 1 < last else " "
        if start < 0 and (c in _SINGLE_OPEN or c == "'") and not before.isalnum() and after.isalnum():
            start, closer = i, _SINGLE_OPEN.get(c, "'")
        elif start >= 0 and c in closer and not after.isalnum() and not before.isspace():
            found.append(Quote(start, i + 1, Span(start + 1, i), True, False, False, 1))
            start = -1
    return found


def has_mark(text: str, start: int, end: int) -> bool:
    """True where a double quotation mark or guillemet stands in, or touches, ``text[start:end]``."""
    return any(c in '"“”„«»‟' for c in text[max(0, start - 1) : end + 1])
