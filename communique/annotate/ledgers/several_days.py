"""One engagement announced for several days ("in June and again in September") into what is announced for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from communique.annotate.parse import Block
from communique.model import EventMention, Span, TimeExpression, TimeType, When


@dataclass(frozen=True, slots=True)
class Part:
    """Words of a clause that tell a day of their own."""

    words: Span
    when: When


def split_days(
    block: Block, what: Span, event: EventMention, events: Sequence[EventMention], times: Sequence[TimeExpression]
) -> tuple[int, list[Part]]:
    """Where the words of the first day end, and the parts for later days.

    Args:
        block: The paragraph.
        what: What is announced.
        event: Its engagement, with the first day.
        events: All of the document: what another one holds is a row of its own, and is only cut off here.
        times: The paragraph's time expressions.

    Returns:
        ``what.end`` and nothing where there is one day, or where the words do not tell the days apart.
    """
    here = [t for t in times if what.start <= t.start < what.end and t.type is TimeType.DATE and t.when is not None]
    own = event.date.evidence[0].start if event.date is not None and event.date.evidence else -1
    first = next((k for k, time in enumerate(here) if time.start == own), None)
    if first is None:
        return what.end, []
    cuts = list(_find_cuts(block, here[first:]))
    if not cuts:
        return what.end, []
    parts = []
    for k, (start, time) in enumerate(cuts):
        end = cuts[k + 1][0] if k + 1 < len(cuts) else what.end
        is_other = any(start <= other.trigger.start < end for other in events if other.id != event.id)
        if not is_other and time.when is not None and time.when.edtf:
            parts.append(Part(_strip(block, start, end), time.when))
    return _strip(block, what.start, cuts[0][0]).end, parts


def _find_cuts(block: Block, times: Sequence[TimeExpression]) -> Iterator[tuple[int, TimeExpression]]:
    """The "and" between two days, with the later: not that of "on 3 and 4 May", where no phrase begins after it."""
    for one, other in pairwise(times):
        between = block.tokens.char_span(one.end - block.start, other.start - block.start, alignment_mode="contract")
        for token in between if between is not None else ():
            rest = block.tokens[token.i + 1 : between.end] if between is not None else ()
            if token.lower_ == "and" and any(word.pos_ == "ADP" for word in rest):
                yield block.start + token.idx, other
                break


def _strip(block: Block, start: int, end: int) -> Span:
    """The words without the "and" and the marks around them."""
    words = list(block.tokens.char_span(start - block.start, end - block.start, alignment_mode="expand") or ())
    while words and (words[0].is_punct or words[0].lower_ == "and" or words[0].is_space):
        words.pop(0)
    while words and (words[-1].is_punct or words[-1].is_space):
        words.pop()
    return block.span(block.tokens[words[0].i : words[-1].i + 1]) if words else Span(start, end)
