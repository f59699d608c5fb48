"""Statements in the making: what the syntax of a cue gives, as spans of the document.

`draft_from_cue` turns the token ranges of a cue into spans and widens them to the quotations that they touch.
Source: PolNeAR's annotation of content: quotation marks and "that" belong to it, the comma before the cue
and the full stop after it do not.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from communique.annotate.parse import Block, Parsed
from communique.annotate.speech.cue import Cue
from communique.annotate.speech.cue_syntax import Range
from communique.annotate.speech.frames import WEAK
from communique.model import Source, Span
from communique.text.quotes import Quote

_TRIM = " \t\r\n\xa0,;:–—-"
_DASH = re.compile(r"\s+(?:--?|[–—―])\s+")
# What is left of a clause when its verb is the cue ("what he called"), and words that say nothing by themselves.
_EMPTY = frozenset(
    ["what", "that", "which", "who", "whom", "this", "so", "it", "them", "him", "her", "me", "us", "one"]
)


@dataclass(slots=True)
class Draft:
    """A statement in the making."""

    block: int
    content: list[Span]
    cue: Cue | None
    rule: str
    quotes: list[Quote] = field(default_factory=list)
    reaches: int = -1  # the paragraph that it goes on to; its own where less
    outer: Draft | None = None  # the statement in whose words this one stands
    follows: Draft | None = None  # the statement whose speaker goes on
    twin: Draft | None = None  # the statement in the same sentence with the same speaker
    speaker: Source | None = None
    resolution: str = ""
    via: tuple[Source, ...] = ()
    addressee: Source | None = None
    named: Span | None = None  # speaker's words where there is no cue ("NOVAK: ...")
    beside: Span | None = None  # where a time dates a statement that has no cue


def to_span(block: Block, r: Range) -> Span:
    """Where a range of tokens stands in the document."""
    return block.span(block.tokens[r.first : r.last])


def find_holder(block: Block, cue: Cue, quotes: list[Quote]) -> Quote | None:
    """The quotation that a cue's verb stands in, None outside of all."""
    at = block.start + cue.token.idx
    return next((q for q in _find_overlapping(quotes, at, at) if q.start < at < q.end), None)


def _find_overlapping(quotes: list[Quote], start: int, end: int) -> list[Quote]:
    """The quotations that a stretch of text overlaps, of those of a paragraph; they are in order and apart."""
    first = bisect_right(quotes, start, key=lambda quote: quote.end)
    return quotes[first : bisect_left(quotes, end, lo=first, key=lambda quote: quote.start)]


def draft_from_cue(parsed: Parsed, b: int, cue: Cue, quotes: list[Quote]) -> Draft | None:
    """What the syntax gives: the clauses of a cue, widened to the quotations that they touch."""
    block = parsed.blocks[b]
    text = parsed.document.text
    spans = [to_span(block, r) for r in cue.content]
    region = to_span(block, cue.region)
    first, last = min(spans, default=region)[0], max((span.end for span in spans), default=region.end)
    near = [q for q in _find_overlapping(quotes, first, last) if not (q.start <= region.start < q.end)]
    held = near if len(spans) == 1 else [q for q in near if any(q.start < e and s < q.end for s, e in spans)]
    content: list[Span] = []
    for span in spans:
        widened = _widen(text, span, held, region)
        trimmed = trim(text, widened)
        if any(quote.end == widened.end for quote in held):
            trimmed = Span(trimmed.start, widened.end)  # a quotation ends where it ends
        if trimmed.end > trimmed.start:
            content.append(trimmed)
    if cue.frame in WEAK:
        content = [_cut_at_dash(text, span, held) for span in content]
    content = [span for span in join_spans(content) if text[span.start : span.end].lower() not in _EMPTY]
    if not content:
        return Draft(b, [], cue, cue.frame, []) if cue.frame == "quote" else None
    return Draft(b, content, cue, cue.frame, held)


def _cut_at_dash(text: str, span: Span, quotes: list[Quote]) -> Span:
    """A mere object ends before a dash with blanks around it: what follows explains it."""
    for match in _DASH.finditer(text, span.start + 1, span.end):
        if not any(quote.start < match.start() < quote.end for quote in quotes):
            return Span(span.start, match.start())
    return span


def _widen(text: str, span: Span, quotes: list[Quote], region: Span) -> Span:
    """A clause that begins in a quotation is that quotation; one that only holds or ends in it is widened to it."""
    start, end = span
    for quote in quotes:
        if start < quote.start < end and _ends_sentence(text, start, quote.start):
            end = quote.start  # the parse ran over the end of a sentence: the quotation is one of its own
            break
        if quote.start < end and start < quote.end:
            if quote.start <= start and quote.end <= region.start:
                end = min(end, quote.end) if end <= quote.end + 2 else end
            is_interrupted = quote.is_closed and text[quote.inner.end - 1] == "," and end > quote.end + 2
            start, end = min(start, quote.start), quote.end if is_interrupted else max(end, quote.end)
    if end > region.start > start and region.end >= end:
        end = region.start
    return Span(start, end)


def _ends_sentence(text: str, start: int, end: int) -> bool:
    """Does a stretch of text end with a full stop or the like, blanks behind it apart? One of "U.S. "to" does not."""
    follows = text[end + 1 : end + 2]
    while end > start and text[end - 1].isspace():
        end -= 1
    if follows.islower() and end > start and text[end - 1] == "." and _is_abbreviation(text, end):
        return False
    return end > start and text[end - 1] in ".!?"


def trim(text: str, span: Span) -> Span:
    """Without blanks and commas around it, a final full stop, or a closing bracket of the sentence around it."""
    start, end = span
    while start < end and text[start] in _TRIM:
        start += 1
    while end > start and (text[end - 1] in _TRIM or (text[end - 1] == "." and not _is_abbreviation(text, end))):
        end -= 1
    return Span(start, end)


def _is_abbreviation(text: str, end: int) -> bool:
    return end >= 3 and text[end - 3] == "." and text[end - 2].isupper()


def join_spans(spans: list[Span]) -> list[Span]:
    """Spans in order, those that touch or overlap as one."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(span.end, joined[-1].end))
        else:
            joined.append(span)
    return joined
