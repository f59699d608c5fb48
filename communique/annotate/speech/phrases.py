"""Phrases that attribute without a verb: "according to the agency", "in the minister's opinion".

The clause around such a phrase is what its speaker says; each function gives a `Cue` or None.
"""

from __future__ import annotations

from spacy.tokens import Token

from communique.annotate.speech.cue import Cue
from communique.annotate.speech.cue_syntax import Range
from communique.tables import load_table


def read_according(token: Token) -> Cue | None:
    """ "according to X": the rest of its clause is what X says."""
    to = next((c for c in token.children if c.lower_ == "to"), None)
    if to is None and token.i + 1 < len(token.doc) and token.nbor().lower_ == "to":
        to = token.nbor()
    speaker = next((c for c in to.children if c.dep_ == "pobj"), None) if to is not None else None
    if to is None or speaker is None:
        return None
    region = Range(token.i, max(speaker.right_edge.i + 1, to.i + 1))
    return Cue(token, Range(token.i, to.i + 1), "according", speaker, tuple(_around(token, region)), region)


def read_opinion(token: Token) -> Cue | None:
    """ "in Novak's opinion", "in the words of the minister", "in his view"."""
    noun = next((c for c in token.children if c.dep_ == "pobj"), None)
    if noun is None or noun.lower_ not in load_table("cues")["phrases"]["opinion"] or noun.i - token.i > 12:
        return None
    speaker = next((c for c in noun.children if c.dep_ == "poss"), None)
    if speaker is None:
        of = next((c for c in noun.children if c.dep_ == "prep" and c.lower_ == "of"), None)
        speaker = next((c for c in of.children if c.dep_ == "pobj"), None) if of is not None else None
    if speaker is None or (speaker.pos_ == "PRON" and speaker.lower_ in ("my", "your", "our")):
        return None
    region = Range(token.i, noun.right_edge.i + 1)
    return Cue(token, Range(token.i, noun.i + 1), "opinion", speaker, tuple(_around(token, region)), region)


def _is_at_edge(token: Token, region: Range) -> bool:
    """ "According to X, ..." and "..., according to X." qualify the whole sentence."""
    sentence = token.sent
    if all(t.is_punct or t.pos_ == "CCONJ" for t in token.doc[sentence.start : region.first]):
        return True
    rest = token.doc[region.last : sentence.end]
    return all(t.is_punct for t in rest) and token.i > 0 and token.nbor(-1).text == ","


def _around(token: Token, region: Range) -> list[Range]:
    """The clause that a phrase qualifies: the sentence, or the subordinate clause that the phrase stands in."""
    sentence = token.sent
    first, last = sentence.start, sentence.end
    if _is_at_edge(token, region):
        pieces = [Range(first, region.first), Range(region.last, last)]
        return [
            piece
            for piece in pieces
            if any(t.pos_ not in ("PUNCT", "CCONJ", "SPACE") for t in token.doc[piece.first : piece.last])
        ]
    clause = token.head
    while clause.pos_ not in ("VERB", "AUX") and clause.head.i != clause.i:
        clause = clause.head
    if clause.dep_ in ("ccomp", "relcl", "advcl") and clause.pos_ in ("VERB", "AUX"):
        first, last = clause.left_edge.i, clause.right_edge.i + 1
    pieces = [Range(first, region.first), Range(region.last, last)]
    return [
        piece
        for piece in pieces
        if any(t.pos_ not in ("PUNCT", "CCONJ", "SPACE") for t in token.doc[piece.first : piece.last])
    ]
