"""Statements: who said what, with the words that say so.

Order of the steps, paragraph by paragraph:

1. quotations (`text.quotes`) and cues (`cues`) are found apart from each other;
2. they are joined: a quotation inside a cue's clause makes a mixed statement; one that touches a cue's words a direct
one;    one that follows in the same paragraph goes on with the statement before it; one that opens the next paragraph
has the    speaker of the one before. A quotation that nothing governs is a scare quote or a title, and no statement;
3. clauses without quotation marks are indirect statements;
4. cues inside quoted words are statements of their own when they name another speaker;
5. speakers are resolved (`speakers`), and the chain through which the words reach us (`via`).

Source: PolNeAR's annotation of source, cue and content for the extents; quotation marks belong to the content.
Not done: nouns that report ("the claim that"), and what a paragraph without cue or marks reports.
"""

from __future__ import annotations

from communique.annotate.parse import Block, Parsed
from communique.annotate.speech.cue_syntax import find_quoter
from communique.annotate.speech.cue import Cue
from communique.annotate.speech.cues import ADDRESSING, find_cues
from communique.annotate.speech.drafts import Draft, draft_from_cue, find_holder, to_span
from communique.annotate.speech.inner import find_nested, settle_inner
from communique.annotate.speech.introduced import find_introduced
from communique.annotate.speech.joining import go_on, introduces, join_following, join_touching
from communique.annotate.speech.labels import find_labelled, find_signed, find_transcript, read_label, read_post
from communique.annotate.speech.occasion import find_occasions
from communique.annotate.speech.speakers import Chain, resolve_label, resolve_speaker
from communique.annotate.speech.verbs import get_verbs, is_speaking_noun
from communique.annotate.speech.via import pass_on
from communique.annotate.who.actors import Actors
from communique.model import (
    Document,
    EventMention,
    PartKind,
    Polarity,
    Source,
    SourceKind,
    Span,
    Statement,
    StatementForm,
    TimeExpression,
    When,
    content_id,
)
from communique.text.quotes import Quote, find_quotes

_NOMINAL = frozenset(["PROPN", "NOUN", "PRON"])
# A quotation whose speaker is not found must have so many words to be more than a scare quote.
SPEECH_WORDS = 4
# Words that stand where a speaker stands and denote nobody.
_EXPLETIVES = frozenset(
    ["it", "there", "you", "this", "that", "which", "what", "one", "these", "everything", "nothing"]
)


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
    drafts: list[Draft] = []
    for b, block in enumerate(parsed.blocks):
        if block.part.part in (PartKind.BYLINE, PartKind.DATELINE):
            continue
        drafts += _draft_block(parsed, actors, b, by_block[b], [d for d in drafts if d.block >= b - 1])
    drafts = _carry_turns(parsed, drafts)
    chain = Chain()
    for draft in drafts:
        _resolve(parsed, actors, draft, chain)
    drafts = [draft for draft in drafts if _is_wanted(parsed, draft)]
    pass_on(parsed, actors, drafts)
    drafts.sort(key=lambda draft: (draft.content[0], draft.content[-1]))
    occasions = find_occasions(parsed, drafts, events)
    return tuple(_make(parsed, draft, times, occasions.get(number)) for number, draft in enumerate(drafts))


def _group(parsed: Parsed, quotes: list[Quote]) -> list[list[Quote]]:
    grouped: list[list[Quote]] = [[] for _ in parsed.blocks]
    b = 0
    for quote in sorted(quotes, key=lambda q: (q.start, q.depth)):
        while b + 1 < len(parsed.blocks) and quote.start >= parsed.blocks[b].end:
            b += 1
        if quote.depth == 0:
            grouped[b].append(quote)
    return grouped


def _carry_turns(parsed: Parsed, drafts: list[Draft]) -> list[Draft]:
    """In a transcript, paragraphs without a label belong to the speaker before."""
    labelled = {draft.block: draft for draft in drafts if draft.rule == "label" and not draft.quotes}
    transcript = find_transcript(labelled)
    if transcript is None:
        return drafts
    first, last = transcript
    speaking: Draft | None = None
    carried = set()
    for b in range(first, last + 1):
        speaking = labelled.get(b, speaking)
        block = parsed.blocks[b]
        if b not in labelled and speaking is not None and block.part.part is PartKind.BODY:
            speaking.content.append(Span(block.start, block.end))
            carried.add(b)
    return [draft for draft in drafts if draft.block not in carried]


def _draft_block(parsed: Parsed, actors: Actors, b: int, quotes: list[Quote], before: list[Draft]) -> list[Draft]:
    block = parsed.blocks[b]
    text = parsed.document.text
    labelled = read_label(parsed, actors, b) or read_post(parsed, b)
    if labelled is not None:
        return [labelled]
    cues = find_cues(block.tokens)
    outside = [cue for cue in cues if not find_holder(block, cue, quotes)]
    drafts: list[Draft] = []
    free = list(quotes)
    for cue in outside:
        draft = draft_from_cue(parsed, b, cue, free)
        if draft is not None:
            drafts.append(draft)
    drafts = settle_inner(text, block, drafts)
    held = [q for d in drafts for q in d.quotes]
    free = [q for q in quotes if q not in held]
    signed = find_signed(parsed, b, free)
    free = [q for q in free if not any(q in draft.quotes for draft in signed)]
    join_touching(parsed, b, outside, drafts, free)
    join_following(text, block, drafts, free, outside)
    if free and free[0].start == block.start:
        drafts += go_on(parsed, b, free, before)
    drafts += signed + find_labelled(parsed, actors, b, free)
    drafts += find_introduced(parsed, b, [q for q in free if not any(q in draft.quotes for draft in drafts)])
    drafts += find_nested(parsed, b, cues, quotes, drafts)
    return [d for d in drafts if d.content or (d.rule == "quote" and introduces(text, block))]


def _resolve(parsed: Parsed, actors: Actors, draft: Draft, chain: Chain) -> None:
    block = parsed.blocks[draft.block]
    if draft.follows is not None:
        draft.speaker, draft.resolution = draft.follows.speaker, "speaker of the quotation before"
        return
    if draft.named is not None:
        draft.speaker, draft.resolution = resolve_label(actors, block, draft.named), "label"
        return
    if draft.cue is None:
        return
    if draft.twin is not None:
        draft.speaker, draft.resolution = draft.twin.speaker, "speaker of the clause before"
        return
    draft.speaker, draft.resolution = resolve_speaker(actors, block, draft, draft.cue, chain)
    _echo(actors, draft)
    quoter = find_quoter(draft.cue.token)
    if quoter is not None:
        draft.via = actors.sources(block, quoter)
    if draft.cue.token.lemma_ in ADDRESSING:
        draft.addressee = _addressee(actors, block, draft.cue)
    ends = [block.start + draft.cue.token.sent.end_char, *(end for _, end in draft.content)]
    chain.add(draft.block, max(ends), draft.speaker)


def _echo(actors: Actors, draft: Draft) -> None:
    """ "I agree with the minister that it "has failed"": the minister's words, passed on by whoever agrees."""
    cue = draft.cue
    if cue is None or draft.speaker is None or cue.token.lemma_ != "agree" or not draft.quotes:
        return
    with_ = next((c for c in cue.token.children if c.dep_ == "prep" and c.lower_ == "with"), None)
    echoed = next((c for c in with_.children if c.dep_ == "pobj"), None) if with_ is not None else None
    if echoed is not None:
        draft.via = (draft.speaker,)
        draft.speaker = actors.sources(actors.parsed.blocks[draft.block], echoed)[0]
        draft.resolution = "agreed with"
        draft.content = [Span(quote.start, quote.end) for quote in draft.quotes]


def _addressee(actors: Actors, block: Block, cue: Cue) -> Source | None:
    for child in cue.token.children:
        is_person = child.dep_ in ("dobj", "dative") and child.i > cue.token.i and child.pos_ in _NOMINAL
        is_content = any(r.first <= child.i < r.last for r in cue.content) and cue.frame != "judge"
        if is_person and not is_content:
            return actors.sources(block, child)[0]
    return None


def _is_wanted(parsed: Parsed, draft: Draft) -> bool:
    """Without the author's own "I", expletives, and cues that found no words."""
    if not draft.content:
        return False
    source = draft.speaker
    if source is None:
        quoted = sum(q.end - q.start for q in draft.quotes)
        n_words = sum(len(parsed.document.text[start:end].split()) for start, end in draft.content)
        is_speech = quoted > 0.6 * sum(end - start for start, end in draft.content) and n_words >= SPEECH_WORDS
        return draft.rule in ("quote", "clause", "continuation") and is_speech and not _is_passive(draft)
    if draft.cue is not None and not draft.quotes and not _can_speak(source, draft):
        return False
    words = (source.quote or "").lower()
    if words in _EXPLETIVES and not (words == "it" and _is_personal(draft)):
        return bool(draft.quotes)
    return not (words in ("i", "we") and draft.cue is not None and not draft.quotes)


def _is_personal(draft: Draft) -> bool:
    """ "It accused them of ...", "it said": "it" is somebody; in "it shows that" it may be anything."""
    lemma = draft.cue.token.lemma_ if draft.cue is not None else ""
    kinds = get_verbs()
    impersonal = kinds["needs_speaker"] | kinds["show"] | kinds["think"]
    return lemma not in impersonal and not _is_passive(draft)


def _is_passive(draft: Draft) -> bool:
    return draft.cue is not None and draft.cue.is_passive


def _can_speak(source: Source, draft: Draft) -> bool:
    """A visit or a tone says nothing; a poll, a ministry or an official does."""
    assert draft.cue is not None
    speaker = draft.cue.speaker
    if draft.rule in ("according", "opinion") or draft.cue.token.lemma_ not in get_verbs()["needs_speaker"]:
        return True
    if source.entity is not None or speaker is None or speaker.pos_ in ("PROPN", "PRON"):
        return True
    of = next((c for c in speaker.children if c.dep_ == "prep" and c.lower_ == "of"), None)
    whose = [c.lemma_.lower() for c in of.children if c.dep_ == "pobj"] if of is not None else []
    return any(is_speaking_noun(noun) for noun in [speaker.lemma_.lower(), *whose])


def _make(parsed: Parsed, draft: Draft, times: tuple[TimeExpression, ...], occasion: str | None) -> Statement:
    document = parsed.document
    content = tuple(document.evidence(s, e) for s, e in draft.content)
    cue = None
    if draft.cue is not None:
        words = to_span(parsed.blocks[draft.block], draft.cue.words)
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
        engagement=occasion,
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
    if draft.cue.negated:
        # Who "does not believe that it is so" denies it; who "did not say so" said nothing.
        is_thought = lemma in get_verbs()["think"] and lemma not in get_verbs()["say"]
        return Polarity.DENIED if is_thought else Polarity.NOT_SAID
    if lemma == "deny":
        return Polarity.DENIED
    return Polarity.ASKED if lemma in ("ask", "wonder", "inquire", "query") else Polarity.ASSERTED


def _made(parsed: Parsed, draft: Draft, times: tuple[TimeExpression, ...]) -> When | None:
    if draft.cue is None and draft.beside is None:
        return None
    region = draft.beside or to_span(parsed.blocks[draft.block], draft.cue.region)  # type: ignore[union-attr]
    for time in times:
        if region.start <= time.start and time.end <= region.end and time.when is not None:
            return time.when
    return None


_CONFIDENCE = {
    "clause": 0.85, "quote": 0.85, "according": 0.85, "opinion": 0.85, "continuation": 0.75, "label": 0.9, "nested":
    0.7, "name": 0.65, "judge": 0.55, "infinitive": 0.55, "preposition": 0.5, "object": 0.45,
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
