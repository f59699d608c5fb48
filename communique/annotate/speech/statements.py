"""Statements: who said what, with the words that say so.

Order of the steps, paragraph by paragraph:

1. a label, or the signature of a post, makes the whole paragraph a statement (`labels`);
2. else quotations (`text.quotes`) and cues (`cues`) are found apart from each other, and joined (`drafts`, `inner`,
   `joining`): a quotation inside a cue's clause makes a mixed statement; one that touches a cue's words a direct one;
   one that follows in the same paragraph goes on with the statement before it; one that opens the next paragraph has
   the speaker of the one before. One that nothing governs is a scare quote or a title, and no statement;
3. clauses without quotation marks are indirect statements; cues inside quoted words are statements of their own when
   they name another speaker;
4. speakers are resolved (`resolve`, `speakers`), then the chain through which the words reach us (`via`), the
   occasion (`occasion`) and the day (`day`); `rows` makes the statements.

Source: PolNeAR's annotation of source, cue and content for the extents. `docs/statements.md` has examples and figures.
Not done: what a paragraph without cue or marks reports.
"""

from __future__ import annotations

from communique.annotate.parse import Parsed
from communique.annotate.speech.cues import find_cues
from communique.annotate.speech.day import find_days
from communique.annotate.speech.drafts import Draft, draft_from_cue, find_holder
from communique.annotate.speech.inner import find_nested, find_told, settle_inner
from communique.annotate.speech.introduced import find_introduced
from communique.annotate.speech.joining import go_on, introduces, join_following, join_touching
from communique.annotate.speech.labels import (
    carry_turns,
    find_labelled,
    find_labels,
    find_signed,
    read_label,
    read_post,
)
from communique.annotate.speech.occasion import find_occasions
from communique.annotate.speech.resolve import is_wanted, resolve
from communique.annotate.speech.rows import make_statement
from communique.annotate.speech.speakers import Chain
from communique.annotate.speech.via import pass_on
from communique.annotate.who.actors import Actors
from communique.model import EventMention, PartKind, Span, Statement, TimeExpression
from communique.text.quotes import Quote, find_quotes


def find_statements(
    parsed: Parsed,
    actors: Actors,
    times: tuple[TimeExpression, ...] = (),
    events: tuple[EventMention, ...] = (),
) -> tuple[Statement, ...]:
    """The statements of a document in text order.

    Args:
        parsed: The document with its parsed paragraphs.
        actors: Who is who in it.
        times: Its time expressions; those beside a cue date the statement.
        events: Its event mentions; those beside a cue are the statement's occasion.

    Returns:
        Statements of every part; those in comments and notices carry that part. Contents are never empty.
    """
    text = parsed.document.text
    quotes = find_quotes(text, [Span(block.start, block.end) for block in parsed.blocks])
    by_block = _group(parsed, quotes)
    labels = find_labels(text, actors)
    by_paragraph: list[list[Draft]] = []
    before: list[Draft] = []
    for b, block in enumerate(parsed.blocks):
        found: list[Draft] = []
        if block.part.part not in (PartKind.BYLINE, PartKind.DATELINE):
            labelled = read_label(parsed, actors, b, labels) or read_post(parsed, b)
            before = [draft for draft in before if draft.reaches == b - 1]
            before += by_paragraph[-1] if by_paragraph else []
            if labelled is None:
                found = _draft_block(parsed, actors, b, by_block[b], before)
            else:
                found = [labelled, *find_told(parsed, b, find_cues(block.tokens), labelled)]
        by_paragraph.append(found)
    drafts = carry_turns(parsed, [draft for found in by_paragraph for draft in found])
    chain = Chain()
    for draft in drafts:
        resolve(parsed, actors, draft, chain)
    drafts = [draft for draft in drafts if is_wanted(parsed, draft)]
    pass_on(parsed, actors, drafts)
    drafts.sort(key=lambda draft: (draft.content[0], draft.content[-1]))
    occasions = find_occasions(parsed, drafts, events)
    days = find_days(parsed, drafts, times)
    return tuple(
        make_statement(parsed, draft, days.get(number), occasions.get(number)) for number, draft in enumerate(drafts)
    )


def _group(parsed: Parsed, quotes: list[Quote]) -> list[list[Quote]]:
    grouped: list[list[Quote]] = [[] for _ in parsed.blocks]
    b = 0
    for quote in sorted(quotes, key=lambda q: (q.start, q.depth)):
        while b + 1 < len(parsed.blocks) and quote.start >= parsed.blocks[b].end:
            b += 1
        if quote.depth == 0:
            grouped[b].append(quote)
    return grouped


def _without(quotes: list[Quote], drafts: list[Draft]) -> list[Quote]:
    """Quotations that no draft holds."""
    held = {(quote.start, quote.end) for draft in drafts for quote in draft.quotes}
    return [quote for quote in quotes if (quote.start, quote.end) not in held]


def _draft_block(parsed: Parsed, actors: Actors, b: int, quotes: list[Quote], before: list[Draft]) -> list[Draft]:
    block = parsed.blocks[b]
    text = parsed.document.text
    cues = find_cues(block.tokens)
    outside = [cue for cue in cues if not find_holder(block, cue, quotes)]
    drafts: list[Draft] = []
    free = list(quotes)
    for cue in outside:
        draft = draft_from_cue(parsed, b, cue, free)
        if draft is not None:
            drafts.append(draft)
    drafts = settle_inner(text, block, drafts)
    free = _without(quotes, drafts)
    signed = find_signed(parsed, b, free)
    free = _without(free, signed)
    join_touching(parsed, b, outside, drafts, free)
    join_following(text, block, drafts, free, outside)
    if free and free[0].start == block.start:
        drafts += go_on(parsed, b, free, before)
    drafts += signed + find_labelled(parsed, actors, b, free)
    drafts += find_introduced(parsed, b, _without(free, drafts))
    drafts += find_nested(parsed, b, cues, quotes, drafts)
    return [d for d in drafts if d.content or (d.rule == "quote" and introduces(text, block))]
