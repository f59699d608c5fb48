"""Quotation marks as spans: every typography, nested, over several paragraphs, with missing marks.

`find_quotes` reads paragraph by paragraph, one pass over the marks. Marks that show their direction (curly,
guillemets, low) are taken at their word where that fits; straight ones open before a word and close after one. A
paragraph that opens a quotation and does not close it goes on in the next one if that opens with a mark too;
otherwise the quotation ends with its paragraph and is marked as open. Single marks make inner quotations, and
quotations of their own in a paragraph without double ones; they count only where they cannot be apostrophes. No text
is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from communique.model import Span

# Two single marks side by side are typed for a double one.
_DOUBLE = re.compile(r"[\"“”„‟«»]|''|``|‘‘|’’")
_SINGLE = re.compile(r"['‘’‚‹›]")
_OPENERS = frozenset(["“", "„", "‟", "«", "``", "‘‘"])
_CLOSERS = frozenset(["”", "»", "’’"])
_BEFORE_OPENING = frozenset("([{—–-/'‘“\"«„")
_AFTER_CLOSING = frozenset(".,;:!?)]")
_ENDS = frozenset(".,!?;:)]…’'”\"—–-%")


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


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    opens: bool
    closes: bool


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
        opens_next = following is not None and _DOUBLE.match(text, following.start) is not None
        quotes, carried = _find_in_paragraph(text, paragraph, carried, opens_next)
        found += quotes
    return found


def _find_in_paragraph(text: str, paragraph: Span, continued: bool, opens_next: bool) -> tuple[list[Quote], bool]:
    found: list[Quote] = []
    opened: _Mark | None = None
    marks = list(_iter_marks(text, paragraph))
    for mark in marks:
        if opened is None:
            opened = mark if mark.opens else None
        elif mark.closes and mark.start > opened.end:
            found.append(_make(paragraph, opened, mark.start, mark.end, continued))
            opened = None
        elif mark.opens and mark.start > opened.end + 1 and text[mark.start] == text[opened.start] != '"':
            # A second opening mark of the same kind: the first one was never closed.
            found.append(_make(paragraph, opened, mark.start, mark.start, continued))
            opened = mark
    goes_on = opened is not None and opens_next
    if opened is not None and paragraph.end > opened.end:
        quote = _make(paragraph, opened, paragraph.end, paragraph.end, continued)
        found.append(Quote(quote.start, quote.end, quote.inner, False, goes_on, quote.continued))
    if not marks:
        return _find_singles(text, paragraph, 0), False
    return [q for quote in found for q in (quote, *_find_singles(text, quote.inner, 1))], goes_on


def _make(paragraph: Span, opened: _Mark, inner_end: int, end: int, continued: bool) -> Quote:
    is_closed = end > inner_end
    goes_on_here = continued and opened.start == paragraph.start
    return Quote(opened.start, end, Span(opened.end, inner_end), is_closed, False, goes_on_here)


def _iter_marks(text: str, paragraph: Span) -> Iterator[_Mark]:
    for match in _DOUBLE.finditer(text, paragraph.start, paragraph.end):
        start, end = match.span()
        before = text[start - 1] if start > paragraph.start else " "
        after = text[end] if end < paragraph.end else " "
        fits_opening = not after.isspace() and (before.isspace() or before in _BEFORE_OPENING or not _ends_word(before))
        fits_closing = not before.isspace() or after.isspace()
        mark = match.group()
        if mark in _OPENERS:
            # German and Danish close with what opens elsewhere: „so“, »so«.
            yield _Mark(start, end, fits_opening or not before.isalnum(), not fits_opening and fits_closing)
        elif mark in _CLOSERS:
            # French sets blanks inside: « so », and goes on with a comma.
            opens = fits_opening and not _ends_word(before) and after not in _AFTER_CLOSING
            yield _Mark(start, end, opens, not opens)
        else:
            yield _Mark(start, end, fits_opening, not fits_opening)


def _ends_word(character: str) -> bool:
    return character.isalnum() or character in _ENDS


def _find_singles(text: str, within: Span, depth: int) -> list[Quote]:
    """Quotations in single marks; an apostrophe stands between letters, or after one without a mark that opens."""
    found = []
    opened = -1
    first, last = within
    for match in _SINGLE.finditer(text, first, last):
        i = match.start()
        before = text[i - 1] if i > first else " "
        after = text[i + 1] if i + 1 < last else " "
        if opened < 0:
            if match.group() not in "’›" and after.isalnum() and not before.isalnum() and before not in ".,":
                opened = i
        elif _closes_single(text[opened + 1 : i], match.group(), before, after):
            found.append(Quote(opened, i + 1, Span(opened + 1, i), True, False, False, depth))
            opened = -1
    return found


def _closes_single(words: str, mark: str, before: str, after: str) -> bool:
    """ "the ministers' talks" closes nothing: after a plural s only punctuation tells, or a curly mark."""
    if after.isalnum() or before.isspace() or mark in "‘‹‚":
        return False
    return before in ".,!?…" or before != "s" or mark == "›" or (mark == "’" and "’" not in words)


def has_mark(text: str, start: int, end: int) -> bool:
    """True where a double quotation mark or guillemet stands in, or touches, ``text[start:end]``."""
    return any(c in '"“”„«»‟' for c in text[max(0, start - 1) : end + 1])
