"""Joins quotations that the syntax left free to the cues beside them, or to the quotation before.

1. `join_touching`: a quotation beside a cue's words, or whose sentence runs on to a cue;
2. `join_following`: one that follows in the same paragraph goes on with the statement before it;
3. `go_on`: one that opens a paragraph has the speaker of the paragraph before, or whom that paragraph introduces.

What is left may have a label (`labels`), and is otherwise a scare quote or a title.
"""

from __future__ import annotations

import re

from communique.annotate.parse import Block, Parsed
from communique.annotate.speech.cue import Cue
from communique.annotate.speech.drafts import Draft, join_spans, to_span
from communique.annotate.speech.frames import WEAK
from communique.model import Span
from communique.text.quotes import Quote

# Between a quotation and the cue beside it: commas, colons, dashes; before a quotation also a few words ("back,").
_TOUCHING = re.compile(r"[\s,;:–—-]*")
_NEARLY = re.compile(r"[\s,;:–—-]*(?:(?!and\b|but\b|who\b)[\w'’]+[\s,]+){0,4}[,:]?\s*")
_AFTER = re.compile(r"[\s.,;:?!–—)-]*")
# A full stop in a title or an initial ("Mr. Smith", "John F. Weber") ends no sentence.
_ABBREVIATION = re.compile(r"\b(?:[A-Z]|[A-Z][a-z]{1,3})\.")
_BREAK = re.compile(r"[.?!;:“\"”]\s")
_SINGLE = frozenset("'‘‚‹")
_DOUBLED = frozenset(["''", "‘‘"])
# Code points at most between a quotation and the cue that its sentence runs on to; between a statement and what
# follows.
RUN_IN = 160
FOLLOWING = 250
# Of a paragraph, what free quotations must fill so that the speaker before goes on in it.
MOSTLY = 0.6


def join_touching(parsed: Parsed, b: int, cues: list[Cue], drafts: list[Draft], free: list[Quote]) -> None:
    """Gives quotations beside a cue's words to that cue, the nearest one where there are several."""
    by_cue = {id(draft.cue): draft for draft in drafts}
    for quote in list(free):
        near = []
        for number, cue in enumerate(cues):
            draft = by_cue.get(id(cue))
            distance = _get_distance(parsed, b, draft, quote) if draft is not None else None
            if draft is not None and distance is not None:
                near.append((distance, number, draft))
        if near:
            draft = min(near, key=lambda one: one[:2])[2]
            if draft.rule == "object" and not draft.quotes:
                draft.content = []  # "explained the choice with the words "..."": the words are what was said
            draft.content = join_spans([*draft.content, Span(quote.start, quote.end)])
            draft.quotes.append(quote)
            free.remove(quote)


def _get_distance(parsed: Parsed, b: int, draft: Draft, quote: Quote) -> int | None:
    """How far a quotation is from a draft's words; None where it is not beside them."""
    block, text, cue = parsed.blocks[b], parsed.document.text, draft.cue
    assert cue is not None
    if draft.content and 0 <= quote.start - draft.content[-1].end <= 2:
        return 0
    if cue.frame == "object" and draft.content and not draft.quotes and quote.start > draft.content[-1].end:
        between = text[draft.content[-1].end : quote.start]
        return len(between) if len(between) < 30 and _NEARLY.fullmatch(between) else None
    if cue.frame in WEAK and draft.content:
        return None
    gap = _gap(text, quote, to_span(block, cue.region))
    at = block.start + cue.token.idx
    if gap is None and not draft.content and _runs_into(text, quote, at):
        return RUN_IN + at - quote.end
    return gap


def _runs_into(text: str, quote: Quote, cue: int) -> bool:
    """ "...," Smith, 57, of Ohio, told ...": the sentence of a quotation that ends in a comma goes on to its cue."""
    if not quote.is_closed or text[quote.inner.end - 1] not in ",?!" or not 0 < cue - quote.end < RUN_IN:
        return False
    return _BREAK.search(_ABBREVIATION.sub("", text[quote.end : cue])) is None


def _gap(text: str, quote: Quote, region: Span) -> int | None:
    """How far a quotation is from a cue's words; None where something stands between them."""
    if region.start >= quote.end:
        between = text[quote.end : region.start]
        return len(between) if len(between) < 40 and _TOUCHING.fullmatch(between) else None
    if region.end <= quote.start:
        between = text[region.end : quote.start]
        return len(between) + 2 if len(between) < 60 and _NEARLY.fullmatch(between) else None
    return None


def join_following(text: str, block: Block, drafts: list[Draft], free: list[Quote], cues: list[Cue]) -> None:
    """ "...," said X. "..." : a quotation that follows goes on with the statement before it."""
    for quote in list(free):
        for draft in sorted(drafts, key=lambda d: -d.content[-1].end if d.content else 0):
            if not draft.quotes or draft.cue is None:
                continue
            ends = [q.end for q in draft.quotes if q.end <= quote.start]
            region = to_span(block, draft.cue.region)
            ends += [region.end] if region.end <= quote.start else []
            if ends and _follows(text[max(ends) : quote.start], text[quote.inner.start], block, max(ends), cues):
                draft.content = join_spans([*draft.content, Span(quote.start, quote.end)])
                draft.quotes.append(quote)
                free.remove(quote)
                break


def _follows(between: str, first: str, block: Block, start: int, cues: list[Cue]) -> bool:
    """True where only the rest of the cue's sentence stands between, and nobody else speaks in it."""
    if len(between) < 20 and _AFTER.fullmatch(between):
        return True
    if not between.rstrip().endswith((".", "!", "?")) or len(between) > FOLLOWING or not first.isupper():
        return False
    return not any(start < block.start + cue.token.idx < start + len(between) for cue in cues)


def go_on(parsed: Parsed, b: int, free: list[Quote], before: list[Draft]) -> list[Draft]:
    """Quotations that open a paragraph without a cue: the speaker of the paragraph before goes on.

    Each paragraph of a quotation that goes on over several is a statement: one can be cited, and tells through whom.
    """
    text, block = parsed.document.text, parsed.blocks[b]
    introduced = b > 0 and introduces(text, parsed.blocks[b - 1])
    previous = [d for d in before if max(d.block, d.reaches) == b - 1 and (d.quotes or introduced)]
    quote = free[0]
    if not previous or sum(q.end - q.start for q in free) < MOSTLY * (block.end - block.start):
        return []
    last = max(previous, key=lambda d: d.content[-1].end if d.content else 0)
    if _is_subhead(text, quote, last):
        return []
    content = [Span(q.start, q.end) for q in free]
    if not last.content:
        last.content, last.quotes, last.reaches = content, list(free), b
        free.clear()
        return []
    free_here = list(free)
    free.clear()
    rule = "continued" if quote.continued and last.quotes else "continuation"
    return [Draft(b, content, None, rule, free_here, follows=last)]


def _is_subhead(text: str, quote: Quote, last: Draft) -> bool:
    """'A hard decision' between paragraphs with double marks is a heading; so is "Related:"."""
    is_single = text[quote.start] in _SINGLE and text[quote.start : quote.start + 2] not in _DOUBLED
    was_double = bool(last.quotes) and text[last.quotes[0].start] not in _SINGLE
    return (is_single and was_double) or text[quote.inner.start : quote.inner.end].rstrip().endswith(":")


def introduces(text: str, block: Block) -> bool:
    """True for a paragraph that ends in a colon or semicolon, and so announces the next."""
    return text[block.start : block.end].rstrip()[-1:] in (":", ";")
