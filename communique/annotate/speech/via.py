"""The chain through which a statement reaches the reader, from the nearest to the speaker outwards.

A statement inside another's words comes through that speaker; "according to the agency" beside a named speaker
through the agency; paragraphs that a medium introduces through that medium; what stands in a comment through its
author.
"""

from __future__ import annotations

from spacy.tokens import Token

from communique.annotate.parse import Block, Parsed
from communique.annotate.speech.drafts import Draft
from communique.annotate.speech.joining import introduces
from communique.annotate.speech.verbs import is_saying, is_speaking_noun, is_text
from communique.annotate.who.actors import Actors
from communique.model import PartKind, Source, SourceKind

# What a medium does with somebody's words: "quoted by the agency", "in remarks carried by it".
_CARRYING = frozenset(["quote", "cite", "carry", "publish", "broadcast", "air", "report", "distribute", "release"])
# Paragraphs at most that one introduction ("the daily quotes the minister as follows:") governs.
INTRODUCED = 6


def pass_on(parsed: Parsed, actors: Actors, drafts: list[Draft]) -> None:
    """Adds to each statement those who pass it on, from the nearest to the speaker outwards."""
    _merge_according(parsed, drafts)
    _merge_citing(parsed, actors, drafts)
    for draft in drafts:
        draft.via += _find_carriers(parsed, actors, draft)
    introducer = _find_introducers(parsed, actors)
    for draft in drafts:
        chain = list(draft.via)
        outer = draft.outer
        while outer is not None:
            chain += [outer.speaker, *outer.via] if outer.speaker is not None else []
            outer = outer.outer
        chain += [introducer[draft.block]] if draft.block in introducer else []
        part = parsed.blocks[draft.block].part
        if part.part is PartKind.COMMENT and part.author:
            chain.append(Source(part.author, SourceKind.PERSON))
        draft.via = _without_repeats(draft.speaker, chain)


def _without_repeats(speaker: Source | None, chain: list[Source]) -> tuple[Source, ...]:
    """A chain in which nobody passes on what they said or have passed on already."""
    known = {(speaker.name, speaker.entity)} if speaker is not None else set()
    kept: list[Source] = []
    for source in chain:
        names = {name for name, _ in known}  # of who signs a comment only the name is known
        is_named = source.entity is None and source.name in names
        is_known = is_named or (source.name, source.entity) in known
        if not is_known and (speaker is None or source.name != speaker.name):
            kept.append(source)
            known.add((source.name, source.entity))
    return tuple(kept)


def _merge_according(parsed: Parsed, drafts: list[Draft]) -> None:
    """ "Weber said ..., according to the agency": the agency passes on what Weber said."""
    by_block = _group(drafts)
    for draft in [d for d in drafts if d.rule == "according" and d.speaker is not None]:
        for other in by_block[draft.block]:
            if other.rule == "according" or other.speaker == draft.speaker or not _is_beside(parsed, draft, other):
                continue
            assert draft.speaker is not None
            if not _is_said(other):
                _put_into(other, draft)  # "voters believe ..., according to a poll": both stand, one in the other
                continue
            if other.outer is draft:
                other.outer = None
            other.via += (draft.speaker,)
            if draft in drafts:
                drafts.remove(draft)


def _merge_citing(parsed: Parsed, actors: Actors, drafts: list[Draft]) -> None:
    """ "The daily reported ..., citing officials", "The paper cited officials as sources": officials said it.

    The medium that had the words becomes the first link of the chain. Only persons and bodies are meant, no texts.
    """
    by_block = _group(drafts)
    for draft in [d for d in drafts if d.cue is not None and d.cue.token.lemma_ == "cite" and d.speaker is not None]:
        assert draft.cue is not None
        cited = next((c for c in draft.cue.token.children if c.dep_ == "dobj" and c.i > draft.cue.token.i), None)
        if cited is None or not _is_informant(actors, parsed.blocks[draft.block], cited):
            continue
        told = [
            d for d in by_block[draft.block] if d is not draft and d.speaker is not None and _is_told_before(d, draft)
        ]
        if told:
            latest = max(told, key=lambda d: d.content[-1].end)
            assert latest.speaker is not None
            latest.via = (latest.speaker, *latest.via)
            latest.speaker, latest.resolution = actors.sources(parsed.blocks[draft.block], cited)[0], "cited as source"
            drafts.remove(draft)


def _find_carriers(parsed: Parsed, actors: Actors, draft: Draft) -> tuple[Source, ...]:
    """Media through which a statement reaches the report: "quoted by X", "in remarks carried by X", "told X".

    The report's own publisher is none: what somebody tells it reaches the reader directly.
    """
    if draft.cue is None or draft.cue.frame not in ("clause", "quote"):
        return ()
    block, verb = parsed.blocks[draft.block], draft.cue.token
    nouns = [draft.cue.speaker] if draft.cue.speaker is not None else []
    nouns += [c for prep in verb.children if prep.dep_ == "prep" for c in prep.children if c.dep_ == "pobj"]
    found = []
    for clause in (c for noun in nouns for c in noun.children if c.dep_ == "acl" and c.lemma_ in _CARRYING):
        for by in (c for c in clause.children if c.lower_ == "by"):
            found += [source for c in by.children if c.dep_ == "pobj" for source in actors.sources(block, c)]
    told = [c for c in verb.children if c.dep_ in ("dobj", "dative") and verb.lemma_ == "tell"]
    found += [
        actors.sources(block, c)[0]
        for c in told
        if (draft.block, c.i) in actors.names and _is_medium(actors, draft.block, c.i)
    ]
    publisher = parsed.document.publisher
    return tuple(source for source in found if publisher is None or source.name != publisher.value)


def _is_informant(actors: Actors, block: Block, cited: Token) -> bool:
    if cited.pos_ == "NOUN":
        return is_speaking_noun(cited.lemma_.lower()) and not is_text(cited.lemma_.lower())
    kind = actors.sources(block, cited)[0].kind
    return cited.pos_ == "PROPN" and kind in (SourceKind.PERSON, SourceKind.ORGANIZATION)


def _is_told_before(draft: Draft, citing: Draft) -> bool:
    """Is a draft what the same speaker reports in the same paragraph, before the words that cite?"""
    assert draft.speaker is not None
    assert citing.speaker is not None
    assert citing.cue is not None
    if draft.block != citing.block or draft.cue is None:
        return False
    if draft.cue.token.i > citing.cue.token.i and not citing.cue.token.is_ancestor(draft.cue.token):
        inserted = draft.cue.token.is_ancestor(citing.cue.token)  # "Reuters, citing officials, reported"
        if not inserted and draft.speaker != citing.speaker:
            return False
        if not inserted and draft.cue.token.sent != citing.cue.token.sent:
            return False
    same_entity = draft.speaker.entity is not None and draft.speaker.entity == citing.speaker.entity
    return _is_said(draft) and (same_entity or draft.speaker.name == citing.speaker.name)


def _group(drafts: list[Draft]) -> dict[int, list[Draft]]:
    """Drafts by their paragraph."""
    by_block: dict[int, list[Draft]] = {}
    for draft in drafts:
        by_block.setdefault(draft.block, []).append(draft)
    return by_block


def _put_into(inner: Draft, outer: Draft) -> None:
    """Makes one draft stand in the words of another, unless it is the other way round already."""
    above: Draft | None = outer
    while above is not None:
        if above is inner:
            return
        above = above.outer
    inner.outer = inner.outer or outer


def _is_said(draft: Draft) -> bool:
    """True for words that somebody spoke, which are the same words as those that an agency passes on."""
    return bool(draft.quotes) or (draft.cue is not None and is_saying(draft.cue.token.lemma_))


def _is_beside(parsed: Parsed, according: Draft, other: Draft) -> bool:
    """In the same sentence, or right behind the same quotation (which the parse may have cut in two)."""
    if other.cue is None or according.cue is None or other.block != according.block:
        return False
    if other.cue.token.sent == according.cue.token.sent:
        return True
    at = parsed.blocks[according.block].start + according.cue.token.idx - 2
    return bool(other.quotes) and other.content[-1].start <= at <= other.content[-1].end + 4


def _find_introducers(parsed: Parsed, actors: Actors) -> dict[int, Source]:
    """Media that introduce the paragraphs that follow: "The daily quotes the minister as follows:"."""
    found: dict[int, Source] = {}
    text = parsed.document.text
    for b, block in enumerate(parsed.blocks):
        if not introduces(text, block):
            continue
        medium = next(
            (t for t in block.tokens if (b, t.i) in actors.names and _is_medium(actors, b, t.i) and t.dep_ == "nsubj"),
            None,
        )
        if medium is None:
            continue
        source = actors.sources(block, medium)[0]
        for following in range(b + 1, min(b + 1 + INTRODUCED, len(parsed.blocks))):
            if not any(mark in text[parsed.blocks[following].start : parsed.blocks[following].end] for mark in '"“”«'):
                break
            found[following] = source
    return found


def _is_medium(actors: Actors, b: int, i: int) -> bool:
    entry = actors.names[b, i][0].entry
    return entry is not None and entry.is_media
