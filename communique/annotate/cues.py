"""Words that attribute, with the syntax around them: who speaks, and which words are reported.

`find_cues` reads one parsed paragraph and gives, for each verb of saying, thinking or judging and each phrase such as
"according to", a `Cue`: its own words, the token that denotes the speaker, and the stretches of tokens that it governs.
Quotation marks are not looked at here; `statements` joins cues with quotations.

Source: the annotation of PolNeAR (source, cue, content) for what belongs to a cue and to its content.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from spacy.tokens import Doc, Token

from communique.tables import load_table


class Range(NamedTuple):
    """Tokens ``first`` to before ``last`` of a paragraph."""

    first: int
    last: int


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


@cache
def _verbs() -> dict[str, frozenset[str]]:
    table = load_table("cues")
    return {kind: frozenset(table[kind]) for kind in ("say", "think", "show", "quote_only", "name", "judge", "commit", "object", "particles")}


@cache
def _all_verbs() -> frozenset[str]:
    return frozenset().union(*(words for kind, words in _verbs().items() if kind != "particles"), _prepositions())


@cache
def _prepositions() -> dict[str, frozenset[str]]:
    return {verb: frozenset(words) for verb, words in load_table("cues")["with_preposition"].items()}


@cache
def _declining() -> tuple[frozenset[str], frozenset[str]]:
    table = load_table("cues")["declining"]
    return frozenset(table["verbs"]), frozenset(table["of"])


def is_saying(lemma: str) -> bool:
    """True for verbs that introduce speech."""
    return lemma in _verbs()["say"]


def find_cues(tokens: Doc) -> list[Cue]:
    """The cues of a paragraph in text order."""
    cues = []
    for token in tokens:
        cue: Cue | None = None
        if token.pos_ in ("VERB", "AUX") and token.lemma_.lower() in _all_verbs():
            cue = _read_verb(token)
        elif token.lower_ == "according":
            cue = _read_according(token)
        elif token.lower_ == "in" or token.lower_ == "to":
            cue = _read_opinion(token)
        if cue is not None:
            cues.append(cue)
    return cues


# --- verbs ----------------------------------------------------------------------------------------


def _read_verb(verb: Token) -> Cue | None:
    lemma = verb.lemma_.lower()
    kinds = _verbs()
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
        words = _cue_words(verb)
        return Cue(verb, words, "clause", speaker, (bare,), _region(verb, words, speaker, []), passive)
    if not complements and verb.dep_ == "parataxis" and frame == "quote":
        return _read_parenthesis(verb, speaker)
    if not complements:
        frame, heads = _other_frame(verb, lemma, passive) or (frame, [])
    if not frame and lemma in kinds["quote_only"]:
        frame = "quote"
    if not frame:
        return None
    words = _cue_words(verb)
    content = tuple(_merge([r for head in heads for r in _content_range(verb, head, words)]))
    region = _region(verb, words, speaker, heads)
    return Cue(verb, words, frame, speaker, content, region, passive, _is_declining(verb, lemma))


def _read_parenthesis(verb: Token, speaker: Token | None) -> Cue:
    """ "Kerry, he said, will have to wait": the clause around the parenthesis is what is said."""
    words = _cue_words(verb)
    region = _region(verb, words, speaker, [])
    clause = verb.head
    first, last = clause.left_edge.i, clause.right_edge.i + 1
    content = tuple(Range(a, b) for a, b in ((first, region.first), (region.last, last)) if b > a)
    return Cue(verb, words, "clause", speaker, content, region)


def _bare_that(verb: Token) -> Range | None:
    """ "told the paper on Tuesday that ..." where the parse lost the clause: from "that" to the end of the sentence."""
    end = verb.sent.end
    for token in verb.doc[_cue_words(verb).last : min(end, verb.i + 22)]:
        if token.lower_ == "that" and token.tag_ in ("IN", "WDT") and end - token.i > 3:
            return Range(token.i, end)
        if token.pos_ in ("VERB", "AUX") or token.text in (",", '"', ":", ";", "("):
            return None
    return None


def _is_unreal(verb: Token) -> bool:
    """What somebody will, may or is expected to say has not been said; "to say the least" nobody says."""
    if any(c.dep_ == "mark" and c.lower_ == "if" for c in verb.children):
        return True
    if verb.dep_ == "conj" and verb.head.pos_ == "VERB" and any(c.dep_ == "mark" and c.lower_ == "if" for c in verb.head.children):
        return True
    for child in verb.children:
        if child.dep_ == "aux" and child.lemma_.lower() in ("will", "shall", "may", "might", "could", "should", "must", "can", "would"):
            return True
    if verb.tag_ == "VB" and any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children):
        return not (verb.head.lemma_ in ("go", "continue", "proceed", "refuse", "decline", "try", "begin", "start", "seek", "manage") and verb.dep_ in ("xcomp", "advcl"))
    return False


def _is_reason(clause: Token) -> bool:
    """ "as", "because" clauses are not what is said."""
    return any(c.dep_ == "mark" and c.lower_ in ("as", "because", "while", "although", "since") for c in clause.children)


def _other_frame(verb: Token, lemma: str, passive: bool) -> tuple[str, list[Token]] | None:
    kinds = _verbs()
    objects = [c for c in verb.children if c.dep_ in ("dobj", "oprd", "attr", "nsubjpass") and c.i > verb.i]
    preps = [c for c in verb.children if c.dep_ == "prep" and c.i > verb.i]
    infinitives = [c for c in verb.children if c.dep_ == "xcomp" and c.i > verb.i and any(g.lower_ == "to" for g in c.children)]
    if lemma in kinds["name"] and objects:
        as_ = [c for c in preps if c.lower_ == "as"]
        named = [c for c in verb.children if c.dep_ in ("oprd", "ccomp", "attr") and c.i > verb.i]
        if lemma == "call" and not named and not as_ and not _has_prep(preps, lemma):
            return "quote", []
        return "name", [*objects, *named, *as_]
    if lemma in kinds["commit"] and infinitives and not passive:
        return "infinitive", [c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i and lemma not in ("tell", "ask")] + infinitives
    if _has_prep(preps, lemma) and not passive:
        return "preposition", objects + [c for c in preps if c.lower_ in _prepositions()[lemma]]
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
    wanted = _prepositions().get(lemma, frozenset())
    return any(c.lower_ in wanted for c in preps)


def _is_declining(verb: Token, lemma: str) -> bool:
    refusing, of = _declining()
    return lemma in refusing and any(c.dep_ == "xcomp" and c.lemma_ in of for c in verb.children)


def find_speaker(verb: Token) -> tuple[Token | None, bool]:
    """The token that denotes who says what a verb reports, and whether the verb is passive.

    A verb without a subject of its own has that of the verb it depends on ("..., adding that"); a relative pronoun
    stands for its noun; "it" without an antecedent, and a passive without an agent, leave the speaker unknown.
    """
    passive = any(c.dep_ in ("nsubjpass", "auxpass") for c in verb.children)
    if passive:
        for agent in verb.children:
            if agent.dep_ == "agent":
                return next((c for c in agent.children if c.dep_ == "pobj"), None), True
        return None, True
    current = verb
    quoting = _quoting_verb(verb)
    if quoting is not None:
        return next((c for c in quoting.children if c.dep_ in ("dobj", "nsubjpass")), None), False
    if verb.tag_ == "VBG" and verb.i > 1 and verb.nbor(-1).pos_ in ("NOUN", "PROPN") and verb.dep_ != "conj":
        return verb.nbor(-1), False
    for _ in range(4):
        subject = next((c for c in current.children if c.dep_ in ("nsubj", "nsubjpass") and not c.pos_ == "SCONJ"), None)
        if subject is not None:
            return _stand_for(current, subject), False
        if current.dep_ == "pcomp" and current.head.lower_ == "as":
            current = current.head.head
        elif current.dep_ in ("conj", "advcl", "xcomp", "pcomp", "prep", "ccomp", "dep") and current.head.i != current.i:
            current = current.head
            if current.pos_ == "NOUN":
                return None, False
        elif current.dep_ == "acl" and current.head.i != current.i:
            return current.head, False
        else:
            break
    return _inverted(verb), False


def _quoting_verb(verb: Token) -> Token | None:
    """The verb "quoted" of "quoted X as saying", "X was quoted as saying"."""
    if verb.dep_ == "pcomp" and verb.head.lower_ == "as" and verb.head.head.lemma_ in ("quote", "cite"):
        return verb.head.head
    return None


def find_quoter(verb: Token) -> Token | None:
    """Who passes on what "saying" reports: "Interfax" in "Interfax quoted him as saying", "was quoted by Interfax"."""
    quoting = _quoting_verb(verb)
    if quoting is None:
        return None
    for child in quoting.children:
        if child.dep_ == "nsubj":
            return child
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    for child in verb.children:
        if child.dep_ in ("agent", "prep") and child.lower_ == "by":
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    return None


def _stand_for(verb: Token, subject: Token) -> Token | None:
    if subject.lower_ in ("who", "which", "that") and verb.dep_ == "relcl":
        return verb.head
    if subject.lower_ == "what":
        return None
    return subject


def _inverted(verb: Token) -> Token | None:
    """Where the parse has no subject: the name right before the verb, the name or noun right behind it."""
    if verb.tag_ == "VB":
        return None
    if verb.i > 0 and verb.nbor(-1).pos_ == "PROPN" and verb.tag_ in ("VBD", "VBZ", "VBP"):
        return verb.nbor(-1)
    following = verb.nbor() if verb.i + 1 < len(verb.doc) else None
    if following is None or following.pos_ not in ("PROPN", "PRON", "DET", "NOUN", "ADJ") or following.lower_ in ("that", "it"):
        return None
    head = following
    while head.dep_ in ("compound", "det", "amod", "poss", "nmod") and head.head.i > head.i:
        head = head.head
    return head if head.pos_ in ("PROPN", "NOUN", "PRON") and head.i - verb.i < 8 else None


def _cue_words(verb: Token) -> Range:
    """The verb with its auxiliaries, negation and particle: "has not said", "pointed out"."""
    first, last = verb.i, verb.i + 1
    for child in verb.children:
        if child.dep_ in ("aux", "auxpass", "neg") and child.i < verb.i and child.i >= verb.i - 4:
            between = verb.doc[child.i : verb.i]
            if all(t.dep_ in ("aux", "auxpass", "neg", "advmod") for t in between):
                first = min(first, child.i)
        elif child.dep_ in ("prt", "advmod") and child.i == last and child.lower_ in _verbs()["particles"]:
            last = child.i + 1
    return Range(first, last)


def _content_range(verb: Token, head: Token, words: Range) -> list[Range]:
    """The subtree of a complement, without the cue where that stands in its midst ("Kerry, he said, will ...")."""
    first, last = head.left_edge.i, head.right_edge.i + 1
    if first <= verb.i < last:
        left, right = verb.left_edge.i, verb.right_edge.i + 1
        own = [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass", "aux", "neg", "advmod", "dobj", "dative", "npadvmod", "prep", "prt")]
        left = min([c.left_edge.i for c in own if c.right_edge.i < last and c.i != head.i] + [words.first])
        right = max([c.right_edge.i + 1 for c in own if c.i > verb.i and c.i != head.i] + [words.last])
        return [Range(a, b) for a, b in ((first, left), (right, last)) if b > a]
    if head.i > verb.i:
        first = max(first, words.last)
        last = max(last, _reach(verb, head, last))
    else:
        last = min(last, words.first)
    return [Range(first, last)] if last > first else []


def _reach(verb: Token, head: Token, last: int) -> int:
    """A complement behind its verb goes on to the end of the sentence unless something else of the verb follows."""
    if head.dep_ != "ccomp":
        return last
    end = verb.sent.end
    current = verb
    for _ in range(6):
        for child in current.children:
            if child.i >= last and child.dep_ != "punct" and not _goes_with(child):
                end = min(end, child.left_edge.i)
        if current.head.i == current.i or current.dep_ == "ROOT":
            break
        current = current.head
        if current.i > last:
            end = min(end, current.left_edge.i if current.left_edge.i > last else last)
    return max(last, end)


def _goes_with(child: Token) -> bool:
    """ "say that it is so and will remain so": what has a modal and no subject of its own belongs to the content."""
    if child.dep_ == "cc":
        following = [c for c in child.head.children if c.dep_ == "conj" and c.i > child.i]
        return bool(following) and _goes_with(following[0])
    own = {c.dep_ for c in child.children}
    if child.dep_ == "conj" and any(c.dep_ == "mark" and c.lower_ == "that" for c in child.children):
        return True
    return child.dep_ == "conj" and "nsubj" not in own and any(c.tag_ == "MD" for c in child.children)


def _merge(ranges: list[Range]) -> list[Range]:
    merged: list[Range] = []
    for r in sorted(ranges):
        if merged and r.first <= merged[-1].last:
            merged[-1] = Range(merged[-1].first, max(r.last, merged[-1].last))
        else:
            merged.append(r)
    return merged


def _region(verb: Token, words: Range, speaker: Token | None, heads: list[Token]) -> Range:
    """From the speaker's words to the addressee and the adverbs around the verb, without the content."""
    first, last = words
    if speaker is not None and abs(speaker.i - verb.i) < 60 and speaker.sent == verb.sent:
        first = min(first, speaker.left_edge.i)
        last = max(last, speaker.right_edge.i + 1) if speaker.i > verb.i else last
    contents = {h.i for h in heads}
    for child in verb.children:
        if child.i in contents or child.dep_ in ("ccomp", "conj", "advcl", "parataxis", "punct", "cc"):
            continue
        if child.i > verb.i and (child.dep_ in ("dobj", "dative", "npadvmod", "advmod", "prep", "prt", "nsubj")):
            last = max(last, child.right_edge.i + 1)
    for head in heads:
        if head.i > verb.i and head.left_edge.i < last:
            last = max(words.last, head.left_edge.i)
        if head.i < verb.i and head.right_edge.i >= first:
            first = max(first, head.right_edge.i + 1) if head.right_edge.i < words.first else first
    return Range(first, last)


# --- phrases --------------------------------------------------------------------------------------


def _read_according(token: Token) -> Cue | None:
    """ "according to X": the rest of its clause is what X says."""
    to = next((c for c in token.children if c.lower_ == "to"), None)
    if to is None and token.i + 1 < len(token.doc) and token.nbor().lower_ == "to":
        to = token.nbor()
    speaker = next((c for c in to.children if c.dep_ == "pobj"), None) if to is not None else None
    if to is None or speaker is None:
        return None
    region = Range(token.i, max(speaker.right_edge.i + 1, to.i + 1))
    return Cue(token, Range(token.i, to.i + 1), "according", speaker, tuple(_around(token, region)), region)


def _read_opinion(token: Token) -> Cue | None:
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
        return [piece for piece in pieces if any(t.pos_ not in ("PUNCT", "CCONJ", "SPACE") for t in token.doc[piece.first : piece.last])]
    clause = token.head
    while clause.pos_ not in ("VERB", "AUX") and clause.head.i != clause.i:
        clause = clause.head
    if clause.dep_ in ("ccomp", "relcl", "advcl") and clause.pos_ in ("VERB", "AUX"):
        first, last = clause.left_edge.i, clause.right_edge.i + 1
    pieces = [Range(first, region.first), Range(region.last, last)]
    return [piece for piece in pieces if any(t.pos_ not in ("PUNCT", "CCONJ", "SPACE") for t in token.doc[piece.first : piece.last])]
