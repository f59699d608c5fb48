"""Cues within the reach of other cues.

The parse often gives a clause too much: ", saying ...", ", while X has said ...", ", according to X" stand beside it
and are cut off (`settle_inner`). A cue that truly stands inside what another reports is a statement of its own when
it names another speaker ("Interfax reported that Weber said ..."), also inside quotation marks (`find_nested`).
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from communique.annotate.parse import Block, Parsed
from communique.annotate.speech.cue import Cue
from communique.annotate.speech.drafts import Draft, find_holder, join_spans, to_span, trim
from communique.annotate.speech.frames import WEAK
from communique.annotate.speech.verbs import is_saying, is_speaking_noun
from communique.model import Span
from communique.text.quotes import Quote

# Code points below which nothing is left of a content.
SHORTEST = 3
_CONTRAST = frozenset(["while", "but", "although", "though", "whereas"])
_PASSING_ON = frozenset(["report", "write", "quote", "cite", "carry", "transmit", "inform", "relay"])
_PERSONAL = frozenset(["he", "she", "they", "it"])
_INSIDE = frozenset(["ccomp", "xcomp", "pcomp", "prep", "dobj"])


def settle_inner(text: str, block: Block, drafts: list[Draft]) -> list[Draft]:
    """Of cues within another cue's content, keeps those with a speaker of their own."""
    kept = []
    for draft in drafts:
        assert draft.cue is not None
        at = block.start + draft.cue.token.idx
        # Two cues cannot each stand inside the other: what this draft stands in already has the word.
        holders = [other for other in drafts if other is not draft and other.outer is not draft]
        outer = next((o for o in holders if any(start <= at < end for start, end in o.content)), None)
        if outer is not None and outer.cue is not None and outer.cue.declined:
            continue  # "declined to say how many": nothing was said
        if outer is not None and outer.cue is not None and not _stands_beside(text, block, outer, draft):
            if outer.rule in WEAK and draft.rule not in WEAK and draft.content:
                outer.content = []
            elif _is_free_relative(text, outer, draft):
                outer.content, outer.quotes = draft.content, draft.quotes
                continue
            elif not _has_own_speaker(draft, outer):
                continue
            else:
                draft.outer = outer if not _is_under(outer, draft) else None
        kept.append(draft)
    return [draft for draft in kept if draft.content or draft.rule == "quote"]


def _is_free_relative(text: str, outer: Draft, inner: Draft) -> bool:
    """ "condemned what he called the "exploitation" of the case": what is called is what is condemned."""
    start = outer.content[0].start if outer.content else 0
    return (
        outer.rule in WEAK
        and inner.rule == "name"
        and text[start : start + 5].lower() == "what "
        and bool(inner.content)
    )


def _is_under(draft: Draft, above: Draft) -> bool:
    current: Draft | None = draft
    while current is not None:
        if current is above:
            return True
        current = current.outer
    return False


def _has_own_speaker(draft: Draft, outer: Draft) -> bool:
    assert draft.cue is not None
    assert outer.cue is not None
    speaker = draft.cue.speaker
    if draft.rule == "according":
        return True
    if draft.rule == "noun":
        return False  # "criticised the minister's call for a ban": the noun is part of what is criticised
    if speaker is None or not draft.content or speaker.i == (outer.cue.speaker.i if outer.cue.speaker else -1):
        return False
    # "the minister said ..., Xinhua reported": an office or a source speaks within what an agency passes on.
    is_passed_on = draft.cue.frame == "clause" and is_saying(draft.cue.token.lemma_) and _passes_on(outer)
    if is_passed_on and speaker.lower_ in ("he", "she"):
        return outer.cue.speaker is not None and outer.cue.speaker.lower_ != speaker.lower_
    return speaker.pos_ == "PROPN" or (is_passed_on and is_speaking_noun(speaker.lemma_.lower()))


def _passes_on(outer: Draft) -> bool:
    """Do these words come from somebody who only passes on: "according to X", "X reported"?"""
    return outer.rule == "according" or (outer.cue is not None and outer.cue.token.lemma_ in _PASSING_ON)


def _stands_beside(text: str, block: Block, outer: Draft, inner: Draft) -> bool:
    """Cuts from a clause what the parse gave it too much.

    True when the inner cue stands beside the outer one, with the same speaker or one of its own.
    """
    cue, tokens = inner.cue, block.tokens
    assert cue is not None
    assert outer.cue is not None
    cut = _find_cut(tokens, inner, outer)
    if cut is None:
        return False
    same_speaker = cue.token.tag_ == "VBG" or _goes_on_saying(cue.token, outer)
    before = _skip_adverbs_back(tokens, cut - 1)
    is_marked = tokens[before].text in (",", "--", '"') or tokens[cut].dep_ == "cc"
    if before <= 0 or not is_marked or before < outer.cue.words.first < cut:
        return False
    offset = block.start + tokens[cut].idx
    at = next((i for i, (start, end) in enumerate(outer.content) if start <= offset < end), None)
    if at is None:
        return False
    whole = outer.content[at]
    end = block.start + tokens[before].idx + (0 if tokens[before].text in (",", "--") else len(tokens[before]))
    if end - whole.start < SHORTEST:
        return False
    outer.content[at] = trim(text, Span(whole.start, end))
    outer.quotes = [quote for quote in outer.quotes if quote.start < end]
    if cue.frame == "according":
        rest = trim(text, Span(min(to_span(block, cue.region).end, whole.end), whole.end))
        if rest.end - rest.start > SHORTEST:
            outer.content.insert(at + 1, rest)
        return False
    if same_speaker:
        inner.twin = outer
    return True


def _find_cut(tokens: Doc, inner: Draft, outer: Draft) -> int | None:
    """The token at which a clause that does not belong to the outer cue begins."""
    cue = inner.cue
    assert cue is not None
    if cue.frame == "according":
        return cue.region.first
    if _goes_on_saying(cue.token, outer):
        return next(child.i for child in cue.token.head.children if child.dep_ == "cc" and child.i < cue.token.i)
    if cue.token.tag_ == "VBG" and cue.token.dep_ in ("advcl", "conj", "acl") and is_saying(cue.token.lemma_):
        return cue.words.first
    clause = cue.token
    while clause.dep_ in _INSIDE and cue.region.first - 12 < clause.head.i < clause.i:
        clause = clause.head
    cut: int = clause.left_edge.i
    named = any(child.dep_ == "nsubj" and child.pos_ == "PROPN" for child in clause.children)
    if clause.dep_ == "conj" and (again := _find_new_sentence(clause)) is not None:
        return again
    is_contrast = tokens[cut].lower_ in _CONTRAST
    return cut if is_contrast and (named or _has_own_speaker(inner, outer)) else None


def _find_new_sentence(verb: Token) -> int | None:
    """ "She said that ..., and she accused them of ...": the coordination before a verb with a subject of its own.

    None where no comma sets it off, or where the verb is not one of saying or judging.
    """
    subject = next((child for child in verb.children if child.dep_ == "nsubj"), None)
    if subject is None or subject.lower_ not in _PERSONAL or verb.tag_ not in ("VBD", "VBZ"):
        return None
    opening = next((c for c in verb.head.children if c.dep_ == "cc" and verb.head.i < c.i < subject.i), None)
    if opening is None or opening.nbor(-1).text != "," or opening.lower_ not in ("and", "but"):
        return None
    return opening.i


def _goes_on_saying(verb: Token, outer: Draft) -> bool:
    """ "He says he respects her and calls her honest": the second verb has the tense and the subject of "says".

    Also "noting that he had come alone and asked why": "asked" does not go on with "had come".
    """
    assert outer.cue is not None
    own = {child.dep_ for child in verb.children}
    return (
        verb.dep_ == "conj"
        and "nsubj" not in own
        and "aux" not in own
        and verb.tag_ in ("VBZ", "VBD")
        and (verb.tag_ == outer.cue.token.tag_ or (verb.tag_ == "VBD" and verb.head.tag_ == "VBN"))
        and any(child.dep_ == "cc" and child.i < verb.i for child in verb.head.children)
    )


def _skip_adverbs_back(tokens: Doc, i: int) -> int:
    """ ", however, saying": back over "however," to the comma before it."""
    while i > 0 and (tokens[i].pos_ == "ADV" or (tokens[i].is_punct and tokens[i - 1].pos_ == "ADV")):
        i -= 1
    return i


def find_nested(parsed: Parsed, b: int, cues: list[Cue], quotes: list[Quote], drafts: list[Draft]) -> list[Draft]:
    """Statements that a speaker reports of somebody who is named, in quotation marks."""
    found = []
    for cue in cues:
        quote = find_holder(parsed.blocks[b], cue, quotes)
        outer = next((d for d in drafts if quote in d.quotes), None) if quote is not None else None
        if quote is not None and outer is not None:
            found += _nest(parsed, b, cue, quote.inner, outer)
    return found


def find_told(parsed: Parsed, b: int, cues: list[Cue], labelled: Draft) -> list[Draft]:
    """Statements that the speaker of a labelled paragraph reports of somebody who is named."""
    return [draft for cue in cues for span in labelled.content for draft in _nest(parsed, b, cue, span, labelled)]


def _is_office(cue: Cue) -> bool:
    """ "The Danish ambassador told us that": one person or body who is described, in words that begin with "that"."""
    noun, content = cue.speaker, cue.content
    assert noun is not None
    is_definite = noun.tag_ == "NN" and any(child.lower_ in ("the", "their", "his", "her") for child in noun.lefts)
    has_that = bool(content) and cue.token.doc[content[0].first].lower_ == "that"
    return (
        is_definite and has_that and cue.token.tag_ in ("VBD", "VBZ", "VBN") and is_speaking_noun(noun.lemma_.lower())
    )


def _nest(parsed: Parsed, b: int, cue: Cue, inner: Span, outer: Draft) -> list[Draft]:
    block = parsed.blocks[b]
    if (
        cue.frame not in ("clause", "according")
        or not (cue.frame == "according" or is_saying(cue.token.lemma_))
        or cue.speaker is None
        or not (cue.speaker.pos_ == "PROPN" or _is_office(cue))
        or not inner.start <= block.start + cue.token.idx < inner.end
    ):
        return []
    spans = [Span(max(s, inner.start), min(e, inner.end)) for s, e in (to_span(block, r) for r in cue.content)]
    trimmed = [trim(parsed.document.text, span) for span in spans if span.end > span.start]
    content = [span for span in trimmed if span.end > span.start]
    return [Draft(b, join_spans(content), cue, "nested", [], outer=outer)] if content else []
