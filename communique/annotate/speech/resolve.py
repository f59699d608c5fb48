"""Gives drafts their speakers, and drops those that nobody says.

`resolve` asks `speakers` who speaks, who passes it on ("was quoted by the agency as saying") and who is addressed;
`is_wanted` leaves out the author's own "I", what cannot speak, and words in quotation marks too few to be speech.
"""

from __future__ import annotations

from communique.annotate.parse import Block, Parsed
from communique.annotate.speech.cue import Cue
from communique.annotate.speech.cue_speaker import find_quoter
from communique.annotate.speech.cues import ADDRESSING
from communique.annotate.speech.drafts import Draft
from communique.annotate.speech.speakers import Chain, resolve_label, resolve_speaker
from communique.annotate.speech.verbs import get_verbs, is_speaking_noun
from communique.annotate.who.actors import Actors
from communique.model import Source, Span

_NOMINAL = frozenset(["PROPN", "NOUN", "PRON"])
# A quotation whose speaker is not found must have so many words to be more than a scare quote.
SPEECH_WORDS = 4
# And of such a statement, so much must stand in quotation marks.
SPEECH_SHARE = 0.6
# Words that stand where a speaker stands and denote nobody.
_EXPLETIVES = frozenset(
    ["it", "there", "you", "this", "that", "which", "what", "one", "these", "everything", "nothing"]
)
_NOBODY = frozenset(["nobody", "no one", "none"])


def resolve(parsed: Parsed, actors: Actors, draft: Draft, chain: Chain) -> None:
    """Sets speaker, chain and addressee of a draft; drafts come in text order, so that pronouns can go on."""
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
    chain.add_unnamed(draft.block, draft.cue.speaker, draft.speaker)


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


def is_wanted(parsed: Parsed, draft: Draft) -> bool:
    """Without the author's own "I", expletives, and cues that found no words."""
    if not draft.content:
        return False
    source = draft.speaker
    if source is None:
        quoted = sum(q.end - q.start for q in draft.quotes)
        n_words = sum(len(parsed.document.text[start:end].split()) for start, end in draft.content)
        is_speech = quoted > SPEECH_SHARE * sum(end - start for start, end in draft.content) and n_words >= SPEECH_WORDS
        return draft.rule in ("quote", "clause", "continuation", "continued") and is_speech and not _is_passive(draft)
    if draft.cue is not None and not draft.quotes and not _can_speak(source, draft):
        return False
    words = (source.quote or "").lower()
    if words in _NOBODY:
        return False
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
