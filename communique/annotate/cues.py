"""Words that attribute, with the syntax around them: who speaks, and which words are reported.

`find_cues` reads one parsed paragraph and gives, for each verb of saying, thinking or judging and each phrase such as
"according to", a `Cue`: its own words, the token that denotes the speaker, and the stretches of tokens that it governs.
Quotation marks are not looked at here; `statements` joins cues with quotations.

Source: the annotation of PolNeAR (source, cue, content) for what belongs to a cue and to its content.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from communique.annotate.cue_syntax import (
    Range,
    find_speaker,
    get_content,
    get_cue_words,
    get_region,
    merge_ranges,
)
from communique.annotate.verbs import get_all_verbs, get_declining, get_prepositions, get_verbs
from communique.tables import load_table


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue in a paragraph. ``region`` spans the cue with its speaker: words that are never content."""

    token: Token
    words: Range
    frame: str  # clause, quote, name, judge, infinitive, preposition, according, opinion
    speaker: Token | None
    content: tuple[Range, ...]
    region: Range
    is_passive: bool = False
    declined: bool = False


def find_cues(tokens: Doc) -> list[Cue]:
    """The cues of a paragraph in text order."""
    cues = []
    for token in tokens:
        cue: Cue | None = None
        if token.pos_ in ("VERB", "AUX") and token.lemma_.lower() in get_all_verbs():
            cue = _read_verb(token)
        elif token.lower_ == "according":
            cue = read_according(token)
        elif token.lower_ == "in" or token.lower_ == "to":
            cue = read_opinion(token)
        if cue is not None:
            cues.append(cue)
    return cues


def _read_verb(verb: Token) -> Cue | None:
    lemma = verb.lemma_.lower()
    kinds = get_verbs()
    if _is_unreal(verb):
        return None
    if verb.dep_ in ("amod", "compound") or (verb.tag_ == "VBN" and verb.dep_ == "acl" and lemma != "quote"):
        return None
    speaker, passive = find_speaker(verb)
    complements = [c for c in verb.children if c.dep_ == "ccomp" and not _is_reason(c)]
    frame, heads = "", complements
    if lemma in kinds["think"] and lemma not in kinds["say"]:
        frame = "clause" if complements and not passive else ""
    elif lemma in kinds["say"] or lemma in kinds["show"]:
        frame = "clause" if complements else "quote"
    bare = _bare_that(verb) if not complements and (lemma in kinds["say"] or lemma in kinds["show"]) else None
    if bare is not None:
        words = get_cue_words(verb)
        return Cue(verb, words, "clause", speaker, (bare,), get_region(verb, words, speaker, []), passive)
    if not complements and verb.dep_ == "parataxis" and frame == "quote":
        return _read_parenthesis(verb, speaker)
    if not complements:
        frame, heads = _other_frame(verb, lemma, passive) or (frame, [])
    if not frame and lemma in kinds["quote_only"]:
        frame = "quote"
    if not frame:
        return None
    words = get_cue_words(verb)
    content = tuple(merge_ranges([r for head in heads for r in get_content(verb, head, words)]))
    region = get_region(verb, words, speaker, heads)
    return Cue(verb, words, frame, speaker, content, region, passive, _is_declining(verb, lemma))


def _read_parenthesis(verb: Token, speaker: Token | None) -> Cue:
    """ "Kerry, he said, will have to wait": the clause around the parenthesis is what is said."""
    words = get_cue_words(verb)
    region = get_region(verb, words, speaker, [])
    clause = verb.head
    first, last = clause.left_edge.i, clause.right_edge.i + 1
    content = tuple(Range(a, b) for a, b in ((first, region.first), (region.last, last)) if b > a)
    return Cue(verb, words, "clause", speaker, content, region)


def _bare_that(verb: Token) -> Range | None:
    """ "told the paper on Tuesday that ..." where the parse lost the clause: from "that" to the end of the sentence."""
    end = verb.sent.end
    for token in verb.doc[get_cue_words(verb).last : min(end, verb.i + 22)]:
        if token.lower_ == "that" and token.tag_ in ("IN", "WDT") and end - token.i > 3:
            return Range(token.i, end)
        if token.pos_ in ("VERB", "AUX") or token.text in (",", '"', ":", ";", "("):
            return None
    return None


def _is_unreal(verb: Token) -> bool:
    """What somebody will, may or is expected to say has not been said; "to say the least" nobody says."""
    if any(c.dep_ == "mark" and c.lower_ == "if" for c in verb.children):
        return True
    if (
        verb.dep_ == "conj"
        and verb.head.pos_ == "VERB"
        and any(c.dep_ == "mark" and c.lower_ == "if" for c in verb.head.children)
    ):
        return True
    for child in verb.children:
        if child.dep_ == "aux" and child.lemma_.lower() in (
            "will",
            "shall",
            "may",
            "might",
            "could",
            "should",
            "must",
            "can",
            "would",
        ):
            return True
    if verb.tag_ == "VB" and any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children):
        return not (
            verb.head.lemma_
            in ("go", "continue", "proceed", "refuse", "decline", "try", "begin", "start", "seek", "manage")
            and verb.dep_ in ("xcomp", "advcl")
        )
    return False


def _is_reason(clause: Token) -> bool:
    """ "as", "because" clauses are not what is said."""
    return any(
        c.dep_ == "mark" and c.lower_ in ("as", "because", "while", "although", "since") for c in clause.children
    )


def _other_frame(verb: Token, lemma: str, passive: bool) -> tuple[str, list[Token]] | None:
    kinds = get_verbs()
    objects = [c for c in verb.children if c.dep_ in ("dobj", "oprd", "attr", "nsubjpass") and c.i > verb.i]
    preps = [c for c in verb.children if c.dep_ == "prep" and c.i > verb.i]
    infinitives = [
        c for c in verb.children if c.dep_ == "xcomp" and c.i > verb.i and any(g.lower_ == "to" for g in c.children)
    ]
    if lemma in kinds["name"] and objects:
        as_ = [c for c in preps if c.lower_ == "as"]
        named = [c for c in verb.children if c.dep_ in ("oprd", "ccomp", "attr") and c.i > verb.i]
        if lemma == "call" and not named and not as_ and not _has_prep(preps, lemma):
            return "quote", []
        return "name", [*objects, *named, *as_]
    if lemma in kinds["commit"] and infinitives and not passive:
        return "infinitive", [
            c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i and lemma not in ("tell", "ask")
        ] + infinitives
    if _has_prep(preps, lemma) and not passive:
        return "preposition", objects + [c for c in preps if c.lower_ in get_prepositions()[lemma]]
    if lemma in kinds["judge"] and objects and not passive:
        return "judge", objects + [c for c in preps if c.lower_ in ("of", "for", "as", "over", "with")]
    if lemma in kinds["object"] and objects and not passive and not _is_negated(verb):
        return "object", objects
    return None


def _is_negated(verb: Token) -> bool:
    """ "did not express", "neither side expressed"."""
    subjects = [c for c in verb.children if c.dep_ == "nsubj"]
    return any(c.dep_ == "neg" for c in verb.children) or any(
        t.lower_ in ("neither", "no", "none", "nobody") for s in subjects for t in s.subtree if t.i <= s.i
    )


def _has_prep(preps: list[Token], lemma: str) -> bool:
    wanted = get_prepositions().get(lemma, frozenset())
    return any(c.lower_ in wanted for c in preps)


def _is_declining(verb: Token, lemma: str) -> bool:
    refusing, of = get_declining()
    return lemma in refusing and any(c.dep_ == "xcomp" and c.lemma_ in of for c in verb.children)


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
    """ "in Lukyanov's opinion", "in the words of the minister", "in his view"."""
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
