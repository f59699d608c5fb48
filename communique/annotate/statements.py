"""Statements: who said what, with the words that say so.

Order of the steps, paragraph by paragraph:

1. quotations (`text.quotes`) and cues (`cues`) are found apart from each other;
2. they are joined: a quotation inside a cue's clause makes a mixed statement; one that touches a cue's words a direct one;
   one that follows in the same paragraph goes on with the statement before it; one that opens the next paragraph has the
   speaker of the one before. A quotation that nothing governs is a scare quote or a title, and no statement;
3. clauses without quotation marks are indirect statements;
4. cues inside quoted words are statements of their own when they name another speaker;
5. speakers are resolved (`speakers`), and the chain through which the words reach us (`via`).

Source: PolNeAR's annotation of source, cue and content for the extents; quotation marks belong to the content.
Not done: nouns that report ("the claim that"), and what a paragraph without cue or marks reports.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from communique.annotate.actors import Actors, is_speaking_noun
from communique.annotate.cues import Cue, Range, find_cues, find_quoter, is_saying
from communique.annotate.parse import Block, Parsed
from communique.annotate.speakers import Chain, resolve_speaker
from communique.model import (
    Document,
    PartKind,
    Polarity,
    Source,
    SourceKind,
    Span,
    Statement,
    StatementForm,
    TimeExpression,
    content_id,
)
from communique.text.quotes import Quote, find_quotes

# Between a quotation and the cue beside it: commas, colons, dashes; before a quotation also a few words ("back,").
_TOUCHING = re.compile(r"[\s,;:–—-]*")
_NEARLY = re.compile(r"[\s,;:–—-]*(?:[\w'’]+[\s,]+){0,4}[,:]?\s*")
_AFTER = re.compile(r"[\s.,;:?!–—)-]*")
_TRIM = " \t\r\n\xa0,;:–—-"
# Frames that hold less than a clause.
_WEAK = frozenset(["name", "judge", "infinitive", "preposition", "object"])
# What is left of a clause when its verb is the cue ("what he called").
_RELATIVES = frozenset(["what", "that", "which", "who", "whom", "this", "so"])
# Whatever is the subject of these speaks: "half said", "the results say".
_SPOKEN = frozenset(["say", "tell", "add", "reply", "write", "tweet", "state", "argue", "insist", "claim"])
_TRANSCRIPT = re.compile(r"((?:[A-Z][A-Z.'’-]+ ?){1,5}(?:\([^)]{2,40}\))?): +(?=\S)")
_NAMED_BEFORE = re.compile(r"((?:[A-Z][\w.'’-]+ ?){1,5}):\s*\Z")
_HEADLINE = re.compile(r"((?:[A-Z][\w.'’-]+ ?){1,4}): +(?=\S)")


@dataclass(slots=True)
class Draft:
    """A statement in the making."""

    block: int
    content: list[Span]
    cue: Cue | None
    rule: str
    quotes: list[Quote] = field(default_factory=list)
    outer: Draft | None = None  # the statement in whose words this one stands
    follows: Draft | None = None  # the statement whose speaker goes on
    twin: Draft | None = None  # the statement in the same sentence with the same speaker
    speaker: Source | None = None
    resolution: str = ""
    via: tuple[Source, ...] = ()
    addressee: Source | None = None
    named: Span | None = None  # speaker's words where there is no cue ("PUSHKOV: ...")


def find_statements(
    parsed: Parsed, actors: Actors, times: tuple[TimeExpression, ...] = ()
) -> tuple[Statement, ...]:
    """The statements of a document in text order.

    Args:
        parsed: The document with its parsed paragraphs.
        actors: Who is who in it.
        times: Its time expressions; those beside a cue date the statement.

    Returns:
        Statements of every part; those in comments and notices carry that part. Contents are never empty.
    """
    text = parsed.document.text
    quotes = find_quotes(text, [Span(block.start, block.end) for block in parsed.blocks])
    by_block = _group(parsed, quotes)
    drafts: list[Draft] = []
    for b, block in enumerate(parsed.blocks):
        if block.part.part in (PartKind.BYLINE, PartKind.DATELINE):
            continue
        drafts += _draft_block(parsed, b, by_block[b], [d for d in drafts if d.block >= b - 1])
    chain = Chain()
    for draft in drafts:
        _resolve(parsed, actors, draft, chain)
    drafts = [draft for draft in drafts if _is_wanted(parsed, draft)]
    _pass_on(parsed, actors, drafts)
    return tuple(_make(parsed, actors, draft, times) for draft in sorted(drafts, key=lambda d: (d.content[0], d.content[-1])))


def _group(parsed: Parsed, quotes: list[Quote]) -> list[list[Quote]]:
    grouped: list[list[Quote]] = [[] for _ in parsed.blocks]
    b = 0
    for quote in sorted(quotes, key=lambda q: (q.start, q.depth)):
        while b + 1 < len(parsed.blocks) and quote.start >= parsed.blocks[b].end:
            b += 1
        if quote.depth == 0:
            grouped[b].append(quote)
    return grouped


# --- joining cues and quotations ------------------------------------------------------------------


def _draft_block(parsed: Parsed, b: int, quotes: list[Quote], before: list[Draft]) -> list[Draft]:
    block = parsed.blocks[b]
    text = parsed.document.text
    labelled = _read_label(parsed, b)
    cues = find_cues(block.tokens)
    outside = [cue for cue in cues if not _holder(block, cue, quotes)]
    drafts: list[Draft] = []
    free = list(quotes)
    for cue in outside:
        draft = _from_cue(parsed, b, cue, free)
        if draft is not None:
            drafts.append(draft)
    drafts = _drop_inner(text, block, drafts)
    held = [q for d in drafts for q in d.quotes]
    free = [q for q in quotes if q not in held]
    _join_touching(parsed, b, outside, drafts, free)
    _join_following(text, block, drafts, free, outside)
    if labelled is not None:
        drafts = [d for d in drafts if d.cue is not None and d.quotes == [] and False] + [labelled]
        free = []
    if free and free[0].start == block.start:
        drafts += _go_on(parsed, b, free, before)
    drafts += _find_labelled(parsed, b, free)
    drafts += _find_nested(parsed, b, cues, quotes, drafts)
    return [d for d in drafts if d.content or (d.rule == "quote" and _introduces(text, block))]


def _holder(block: Block, cue: Cue, quotes: list[Quote]) -> Quote | None:
    at = block.start + cue.token.idx
    return next((q for q in quotes if q.start < at < q.end), None)


def _to_span(block: Block, r: Range) -> Span:
    return block.span(block.tokens[r.first : r.last])


def _from_cue(parsed: Parsed, b: int, cue: Cue, quotes: list[Quote]) -> Draft | None:
    """What the syntax gives: the clauses of a cue, widened to the quotations that they touch."""
    block = parsed.blocks[b]
    text = parsed.document.text
    spans = [_to_span(block, r) for r in cue.content]
    region = _to_span(block, cue.region)
    held = [q for q in quotes if any(q.start < e and s < q.end for s, e in spans) and not (q.start <= region.start < q.end)]
    content: list[Span] = []
    for span in spans:
        widened = _widen(text, span, held, region)
        trimmed = _trim(text, widened)
        if trimmed.end > trimmed.start:
            content.append(trimmed)
    content = [span for span in _join_spans(content) if text[span.start : span.end].lower() not in _RELATIVES]
    if not content:
        return Draft(b, [], cue, cue.frame, []) if cue.frame == "quote" else None
    return Draft(b, content, cue, cue.frame, held)


def _widen(text: str, span: Span, quotes: list[Quote], region: Span) -> Span:
    """A clause that begins in a quotation is that quotation; one that only holds or ends in it is widened to it."""
    start, end = span
    for quote in quotes:
        if quote.start < end and start < quote.end:
            if quote.start <= start and quote.end <= region.start:
                end = min(end, quote.end) if end <= quote.end + 2 else end
            is_interrupted = quote.is_closed and text[quote.inner.end - 1] == "," and end > quote.end + 2
            start, end = min(start, quote.start), quote.end if is_interrupted else max(end, quote.end)
    if end > region.start > start and region.end >= end:
        end = region.start
    return Span(start, end)


def _trim(text: str, span: Span) -> Span:
    """Without blanks and commas around it, a final full stop, or a closing bracket of the sentence around it."""
    start, end = span
    while start < end and text[start] in _TRIM:
        start += 1
    while end > start and (text[end - 1] in _TRIM or (text[end - 1] == "." and not _is_abbreviation(text, end))):
        end -= 1
    return Span(start, end)


def _is_abbreviation(text: str, end: int) -> bool:
    return end >= 3 and text[end - 3] == "." and text[end - 2].isupper()


def _join_spans(spans: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(span.end, joined[-1].end))
        else:
            joined.append(span)
    return joined


def _drop_inner(text: str, block: Block, drafts: list[Draft]) -> list[Draft]:
    """Of cues within another cue's content, keep those with a speaker of their own ("Interfax reported that Kerry said")."""
    kept = []
    for draft in drafts:
        assert draft.cue is not None
        at = block.start + draft.cue.token.idx
        outer = next((o for o in drafts if o is not draft and any(s <= at < e for s, e in o.content)), None)
        if outer is not None and outer.cue is not None and not _stands_beside(text, block, outer, draft):
            if outer.rule in _WEAK and draft.rule not in _WEAK:
                outer.content = []
            elif not _has_own_speaker(draft, outer):
                continue
            else:
                draft.outer = outer
        kept.append(draft)
    return [draft for draft in kept if draft.content or draft.rule == "quote"]


def _has_own_speaker(draft: Draft, outer: Draft) -> bool:
    assert draft.cue is not None and outer.cue is not None
    speaker = draft.cue.speaker
    if draft.rule == "according":
        return True
    return speaker is not None and speaker.pos_ == "PROPN" and speaker != outer.cue.speaker and bool(draft.content)


def _stands_beside(text: str, block: Block, outer: Draft, inner: Draft) -> bool:
    """Cuts from a clause what the parse gave it too much: ", saying ...", ", while X has said ...", ", according to X".

    True when the inner cue stands beside the outer one, with the same speaker or one of its own.
    """
    cue, tokens = inner.cue, block.tokens
    assert cue is not None and outer.cue is not None
    region = cue.region
    if cue.frame == "according":
        cut = region.first
    elif cue.token.tag_ == "VBG" and cue.token.dep_ in ("advcl", "conj", "acl") and is_saying(cue.token.lemma_):
        cut = cue.words.first
    else:
        clause = cue.token
        while clause.dep_ in ("ccomp", "xcomp", "pcomp", "prep", "dobj") and clause.head.i > region.first - 12 and clause.head.i < clause.i:
            clause = clause.head
        cut = clause.left_edge.i
        named = any(c.dep_ == "nsubj" and c.pos_ == "PROPN" for c in clause.children)
        marked = tokens[cut].lower_ in ("while", "but", "although", "though", "whereas")
        if not (marked and (named or _has_own_speaker(inner, outer))):
            return False
    before = cut - 1
    while before > 0 and (tokens[before].pos_ == "ADV" or (tokens[before].is_punct and tokens[before - 1].pos_ == "ADV")):
        before -= 1
    if before <= 0 or tokens[before].text not in (",", "--", '"') or before < outer.cue.words.first < cut:
        return False
    end = block.start + tokens[before].idx + (tokens[before].text == '"')
    at = next(i for i, (s, e) in enumerate(outer.content) if s <= block.start + tokens[cut].idx < e)
    start = outer.content[at].start
    if end - start < 3:
        return False
    tail = outer.content[at]
    outer.content[at] = _trim(text, Span(start, end))
    outer.quotes = [q for q in outer.quotes if q.start < end]
    if cue.frame == "according":
        rest = block.start + tokens[region.last - 1].idx + len(tokens[region.last - 1])
        remaining = _trim(text, Span(rest, tail.end)) if rest < tail.end else Span(0, 0)
        if remaining.end - remaining.start > 3:
            outer.content.insert(at + 1, remaining)
        return False
    if cue.token.tag_ == "VBG":
        inner.twin = outer
    return True


def _join_touching(parsed: Parsed, b: int, cues: list[Cue], drafts: list[Draft], free: list[Quote]) -> None:
    """Gives quotations beside a cue's words to that cue."""
    block = parsed.blocks[b]
    text = parsed.document.text
    by_cue = {id(d.cue): d for d in drafts}
    for quote in list(free):
        best: tuple[int, Draft] | None = None
        for cue in cues:
            draft = by_cue.get(id(cue))
            if draft is None:
                continue
            if cue.frame in _WEAK and draft.content and not 0 <= quote.start - draft.content[-1].end <= 2:
                continue
            region = _to_span(block, cue.region)
            gap = _gap(text, quote, region)
            if gap is None and not draft.content and _runs_into(text, quote, block.start + cue.token.idx):
                gap = 50 + block.start + cue.token.idx - quote.end
            if draft.content and gap is None and 0 <= quote.start - draft.content[-1].end <= 2:
                gap = 0
            if gap is not None and (best is None or gap < best[0]):
                best = (gap, draft)
        if best is not None:
            draft = best[1]
            draft.content = _join_spans([*draft.content, Span(quote.start, quote.end)])
            draft.quotes.append(quote)
            free.remove(quote)


def _runs_into(text: str, quote: Quote, cue: int) -> bool:
    """ "...," Smith, 57, of Ohio, told ...": the sentence of a quotation that ends in a comma goes on to its cue."""
    if not quote.is_closed or text[quote.inner.end - 1] not in ",?!" or not 0 < cue - quote.end < 160:
        return False
    between = text[quote.end : cue]
    return not re.search(r"[.?!;:“\"”]\s", between.replace(". ", " ", between.count("r. ") + between.count("s. ")))


def _gap(text: str, quote: Quote, region: Span) -> int | None:
    """How far a quotation is from a cue's words; None where something stands between them."""
    if region.start >= quote.end:
        between = text[quote.end : region.start]
        return len(between) if len(between) < 40 and _TOUCHING.fullmatch(between) else None
    if region.end <= quote.start:
        between = text[region.end : quote.start]
        return len(between) + 2 if len(between) < 60 and _NEARLY.fullmatch(between) else None
    return None


def _join_following(text: str, block: Block, drafts: list[Draft], free: list[Quote], cues: list[Cue]) -> None:
    """ "...," said X. "..." : a quotation that follows goes on with the statement before it."""
    for quote in list(free):
        for draft in sorted(drafts, key=lambda d: -d.content[-1].end if d.content else 0):
            if not draft.quotes or draft.cue is None:
                continue
            ends = [q.end for q in draft.quotes if q.end <= quote.start]
            region = _to_span(block, draft.cue.region)
            ends += [region.end] if region.end <= quote.start else []
            if ends and _follows(text[max(ends) : quote.start], text[quote.inner.start], block, max(ends), cues):
                draft.content = _join_spans([*draft.content, Span(quote.start, quote.end)])
                draft.quotes.append(quote)
                free.remove(quote)
                break


def _follows(between: str, first: str, block: Block, start: int, cues: list[Cue]) -> bool:
    """True where only the rest of the cue's sentence stands between, and nobody else speaks in it."""
    if len(between) < 20 and _AFTER.fullmatch(between):
        return True
    if not between.rstrip().endswith((".", "!", "?")) or len(between) > 250 or not first.isupper():
        return False
    return not any(start < block.start + cue.token.idx < start + len(between) for cue in cues)


def _go_on(parsed: Parsed, b: int, free: list[Quote], before: list[Draft]) -> list[Draft]:
    """Quotations that open a paragraph without a cue: the speaker of the paragraph before goes on."""
    text, block = parsed.document.text, parsed.blocks[b]
    introduced = b > 0 and _introduces(text, parsed.blocks[b - 1])
    previous = [d for d in before if d.block == b - 1 and (d.quotes or introduced)]
    quote = free[0]
    if not previous or sum(q.end - q.start for q in free) < 0.6 * (block.end - block.start):
        return []
    last = max(previous, key=lambda d: d.content[-1].end if d.content else 0)
    content = [Span(q.start, q.end) for q in free]
    if not last.content:
        last.content, last.quotes = content, list(free)
        free.clear()
        return []
    free_here = list(free)
    free.clear()
    if quote.continued and last.quotes:
        last.content += content
        last.quotes += free_here
        return []
    return [Draft(b, content, None, "continuation", free_here, follows=last)]


def _introduces(text: str, block: Block) -> bool:
    return text[block.start : block.end].rstrip()[-1:] in (":", ";")


def _find_nested(parsed: Parsed, b: int, cues: list[Cue], quotes: list[Quote], drafts: list[Draft]) -> list[Draft]:
    """Statements that a speaker reports of somebody who is named."""
    block = parsed.blocks[b]
    found = []
    for cue in cues:
        quote = _holder(block, cue, quotes)
        if quote is None or cue.frame not in ("clause", "according") or cue.speaker is None or cue.speaker.pos_ != "PROPN":
            continue
        outer = next((d for d in drafts if quote in d.quotes), None)
        if outer is None:
            continue
        spans = [Span(max(s, quote.inner.start), min(e, quote.inner.end)) for s, e in (_to_span(block, r) for r in cue.content)]
        content = [_trim(parsed.document.text, span) for span in spans if span.end > span.start]
        if content:
            found.append(Draft(b, _join_spans(content), cue, "nested", [], outer=outer))
    return found


def _find_labelled(parsed: Parsed, b: int, free: list[Quote]) -> list[Draft]:
    """ "... Michael McDonald: "..." ": a quotation behind a name and a colon."""
    block, text = parsed.blocks[b], parsed.document.text
    found = []
    for quote in free:
        match = _NAMED_BEFORE.search(text, max(block.start, quote.start - 80), quote.start)
        if match is None:
            continue
        named = Span(match.start(1), match.end(1))
        words = block.tokens.char_span(named.start - block.start, named.end - block.start, alignment_mode="contract")
        if words is not None and any(t.ent_type_ in ("PERSON", "ORG") for t in words):
            found.append(Draft(b, [Span(quote.start, quote.end)], None, "label", [quote], named=named))
    return found


def _read_label(parsed: Parsed, b: int) -> Draft | None:
    """ "MR. CARNEY: ..." in a transcript, "Pushkov: ..." in a headline."""
    block, text = parsed.blocks[b], parsed.document.text
    pattern = _HEADLINE if block.part.part is PartKind.TITLE else _TRANSCRIPT
    match = pattern.match(text, block.start, block.end)
    if match is None:
        return None
    head = block.tokens.char_span(0, match.end(1) - block.start, alignment_mode="contract")
    if head is None or (block.part.part is PartKind.TITLE and not any(t.ent_type_ in ("PERSON", "ORG") for t in head)):
        return None
    content = _trim(text, Span(match.end(), block.end))
    named = Span(match.start(1), match.end(1))
    return Draft(b, [content], None, "label", [], named=named) if content.end > content.start else None


# --- speakers and chains --------------------------------------------------------------------------


def _resolve(parsed: Parsed, actors: Actors, draft: Draft, chain: Chain) -> None:
    block = parsed.blocks[draft.block]
    if draft.follows is not None:
        draft.speaker, draft.resolution = draft.follows.speaker, "speaker of the quotation before"
        return
    if draft.named is not None:
        draft.speaker, draft.resolution = _labelled_speaker(parsed, actors, draft.block, draft.named), "label"
        return
    if draft.cue is None:
        return
    if draft.twin is not None:
        draft.speaker, draft.resolution = draft.twin.speaker, "speaker of the clause before"
        return
    draft.speaker, draft.resolution = resolve_speaker(actors, block, draft.cue, draft.content, chain)
    quoter = find_quoter(draft.cue.token)
    if quoter is not None:
        draft.via = actors.sources(block, quoter)
    if draft.cue.token.lemma_ in ("tell", "assure", "remind", "inform", "ask", "advise", "warn", "urge", "accuse", "thank"):
        draft.addressee = _addressee(actors, block, draft.cue)
    chain.add(draft.block, draft.speaker)


def _labelled_speaker(parsed: Parsed, actors: Actors, b: int, named: Span) -> Source:
    block = parsed.blocks[b]
    words = parsed.document.text[named.start : named.end]
    for token in reversed([t for t in block.tokens if block.start + t.idx < named.end]):
        referent_id = actors.referent_of(block, token)
        if referent_id is not None:
            name = actors.referent(referent_id).name
            return Source(name, SourceKind.PERSON, referent_id, named.start, named.end, words)
    return Source(words, SourceKind.PERSON, None, named.start, named.end, words)


def _addressee(actors: Actors, block: Block, cue: Cue) -> Source | None:
    for child in cue.token.children:
        if child.dep_ in ("dobj", "dative") and child.i > cue.token.i and child.pos_ in ("PROPN", "NOUN", "PRON"):
            if not any(r.first <= child.i < r.last for r in cue.content) or cue.frame == "judge":
                return actors.sources(block, child)[0]
    return None


def _is_wanted(parsed: Parsed, draft: Draft) -> bool:
    """Without the author's own "I", expletives, and cues that found no words."""
    if not draft.content:
        return False
    source = draft.speaker
    if source is None:
        quoted = sum(q.end - q.start for q in draft.quotes)
        return draft.rule in ("quote", "clause", "continuation") and quoted > 0.6 * sum(e - s for s, e in draft.content)
    if draft.cue is not None and not draft.quotes and not _can_speak(source, draft):
        return False
    words = (source.quote or "").lower()
    if words in ("it", "there", "you", "this", "that", "which", "what", "one", "these", "everything", "nothing"):
        return bool(draft.quotes)
    return not (words in ("i", "we") and draft.cue is not None and not draft.quotes)


def _can_speak(source: Source, draft: Draft) -> bool:
    """A visit or a tone says nothing; a poll, a ministry or an official does."""
    assert draft.cue is not None
    speaker = draft.cue.speaker
    if draft.rule in ("according", "opinion") or draft.cue.token.lemma_ in _SPOKEN:
        return True
    if source.entity is not None or speaker is None or speaker.pos_ in ("PROPN", "PRON"):
        return True
    return is_speaking_noun(speaker.lemma_.lower())


def _pass_on(parsed: Parsed, actors: Actors, drafts: list[Draft]) -> None:
    """Adds to each statement those who pass it on, from the nearest to the speaker outwards."""
    _merge_according(parsed, actors, drafts)
    introducer = _find_introducers(parsed, actors)
    for draft in drafts:
        outer, seen = draft.outer, draft.via
        while outer is not None:
            if outer.speaker is not None and outer.speaker not in seen:
                seen += (outer.speaker, *outer.via)
            outer = outer.outer
        if draft.block in introducer and introducer[draft.block].entity != (draft.speaker.entity if draft.speaker else None):
            seen += (introducer[draft.block],)
        part = parsed.blocks[draft.block].part
        if part.part is PartKind.COMMENT and part.author and (draft.speaker is None or draft.speaker.name != part.author):
            seen += (Source(part.author, SourceKind.PERSON),)
        draft.via = seen


def _merge_according(parsed: Parsed, actors: Actors, drafts: list[Draft]) -> None:
    """ "Kerry said ..., according to the agency": the agency passes on what Kerry said."""
    for draft in [d for d in drafts if d.rule == "according"]:
        assert draft.cue is not None
        sentence = draft.cue.token.sent
        for other in drafts:
            if other is draft or other.cue is None or other.block != draft.block or other.rule == "according":
                continue
            same = other.cue.token.sent == sentence or any(
                s <= parsed.blocks[draft.block].start + draft.cue.token.idx - 2 <= e + 60 for s, e in other.content[-1:]
            ) and bool(other.quotes)
            if same and other.speaker != draft.speaker and draft.speaker is not None:
                if other.outer is draft:
                    other.outer = None
                other.via += (draft.speaker,)
                if draft in drafts:
                    drafts.remove(draft)


def _find_introducers(parsed: Parsed, actors: Actors) -> dict[int, Source]:
    """Media that introduce the paragraphs that follow: "Today the BBC is quoting the minister as follows;"."""
    found: dict[int, Source] = {}
    text = parsed.document.text
    for b, block in enumerate(parsed.blocks):
        if not _introduces(text, block):
            continue
        medium = next(
            (t for t in block.tokens if (b, t.i) in actors.names and _is_medium(actors, b, t.i) and t.dep_ == "nsubj"), None
        )
        if medium is None:
            continue
        source = actors.sources(block, medium)[0]
        for following in range(b + 1, min(b + 7, len(parsed.blocks))):
            if not any(mark in text[parsed.blocks[following].start : parsed.blocks[following].end] for mark in '"“”«'):
                break
            found[following] = source
    return found


def _is_medium(actors: Actors, b: int, i: int) -> bool:
    entry = actors.names[b, i][0].entry
    return entry is not None and entry.is_media


# --- rows -----------------------------------------------------------------------------------------


def _make(parsed: Parsed, actors: Actors, draft: Draft, times: tuple[TimeExpression, ...]) -> Statement:
    document = parsed.document
    content = tuple(document.evidence(s, e) for s, e in draft.content)
    cue = None
    if draft.cue is not None:
        words = _to_span(parsed.blocks[draft.block], draft.cue.words)
        cue = document.evidence(words.start, words.end)
    return Statement(
        id=content_id("stm", document.id, draft.rule, *(f"{s}-{e}" for s, e in draft.content)),
        document=document.id,
        part=parsed.blocks[draft.block].part.part,
        form=_form(document, draft),
        content=content,
        cue=cue,
        source=draft.speaker,
        via=draft.via,
        addressee=draft.addressee,
        made=_made(parsed, draft, times),
        polarity=_polarity(draft),
        rule=draft.rule,
        resolution=draft.resolution,
        confidence=_confidence(draft),
    )


def _form(document: Document, draft: Draft) -> StatementForm:
    if not draft.quotes:
        return StatementForm.DIRECT if draft.rule == "label" else StatementForm.INDIRECT
    quoted = sum(q.end - q.start for q in draft.quotes)
    whole = sum(e - s for s, e in draft.content)
    return StatementForm.DIRECT if quoted >= 0.9 * whole else StatementForm.MIXED


def _polarity(draft: Draft) -> Polarity:
    if draft.cue is None:
        return Polarity.ASSERTED
    if draft.cue.declined:
        return Polarity.DECLINED
    lemma = draft.cue.token.lemma_
    if lemma == "deny":
        return Polarity.DENIED
    return Polarity.ASKED if lemma in ("ask", "wonder", "inquire", "query") else Polarity.ASSERTED


def _made(parsed: Parsed, draft: Draft, times: tuple[TimeExpression, ...]):  # type: ignore[no-untyped-def]
    if draft.cue is None:
        return None
    region = _to_span(parsed.blocks[draft.block], draft.cue.region)
    for time in times:
        if region.start <= time.start and time.end <= region.end and time.when is not None:
            return time.when
    return None


_CONFIDENCE = {
    "clause": 0.85, "quote": 0.85, "according": 0.85, "opinion": 0.85, "continuation": 0.75, "label": 0.9, "nested": 0.7,
    "name": 0.65, "judge": 0.55, "infinitive": 0.55, "preposition": 0.5, "object": 0.45,
}  # fmt: skip


def _confidence(draft: Draft) -> float:
    value = _CONFIDENCE.get(draft.rule, 0.5)
    if draft.quotes and draft.rule in ("clause", "quote"):
        value += 0.1
    if draft.speaker is None:
        value -= 0.3
    elif draft.resolution.startswith("pronoun"):
        value -= 0.1
    return round(max(0.05, value), 2)


__all__ = ["find_statements", "replace"]
