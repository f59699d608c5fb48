"""Quotations that a colon introduces after a sentence without a verb of saying: "The envoy went further: "..."".

The subject of the introducing sentence speaks; in "his message was: ..." the one whose message it is.
"""

from __future__ import annotations

from spacy.tokens import Token

from communique.annotate.parse import Block, Parsed
from communique.annotate.speech.cue import Cue
from communique.annotate.speech.cue_syntax import Range, get_cue_words, get_region
from communique.annotate.speech.drafts import Draft
from communique.annotate.speech.verbs import is_speaking_noun, is_text
from communique.model import Span
from communique.text.quotes import Quote

# A colon stands right before the quotation that it introduces, but for blanks.
_GAP = 3


def find_introduced(parsed: Parsed, b: int, free: list[Quote]) -> list[Draft]:
    """Drafts of the free quotations of a paragraph that a colon introduces."""
    block, text = parsed.blocks[b], parsed.document.text
    found = []
    for quote in free:
        before = text[max(block.start, quote.start - _GAP) : quote.start].rstrip()
        if not before.endswith(":"):
            continue
        cue = _read_introduction(block, quote.start)
        if cue is not None:
            found.append(Draft(b, [Span(quote.start, quote.end)], cue, "introduced", [quote]))
    return found


def _read_introduction(block: Block, end: int) -> Cue | None:
    tokens = block.tokens.char_span(0, end - block.start, alignment_mode="contract")
    if tokens is None or len(tokens) < 3:
        return None
    verb: Token = tokens[-1].sent.root
    if verb.pos_ not in ("VERB", "AUX") or verb.i >= tokens.end:
        return None
    subject = next((c for c in verb.children if c.dep_ == "nsubj" and c.i < verb.i), None)
    speaker = _find_speaker(subject) if subject is not None else None
    if speaker is None:
        return None
    words = get_cue_words(verb)
    return Cue(verb, words, "quote", speaker, (), Range(get_region(verb, words, speaker, []).first, tokens.end))


def _find_speaker(subject: Token) -> Token | None:
    if subject.pos_ == "NOUN" and is_text(subject.lemma_.lower()):
        return next((c for c in subject.children if c.dep_ == "poss"), subject)
    is_person = subject.lower_ in ("he", "she", "they", "who") or subject.ent_type_ in ("PERSON", "ORG", "NORP", "GPE")
    return subject if is_person or (subject.pos_ == "NOUN" and is_speaking_noun(subject.lemma_.lower())) else None
