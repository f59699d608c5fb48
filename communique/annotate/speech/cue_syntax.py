"""The syntax around a verb of saying: who speaks, which tokens are reported, which belong to the cue.

All functions read the dependency parse of one paragraph; ranges are half-open token indices of it.
"""

from __future__ import annotations

from itertools import islice
from typing import NamedTuple

from spacy.tokens import Token

from communique.annotate.speech.verbs import get_verbs, is_speaking_noun, is_text

# How far up the parse a verb without a subject looks for one.
CLIMB = 4
# How many verbs up a complement is bounded by what follows them, and how many of their dependents are looked at: a
# sentence without an end must not cost time without an end.
LEVELS = 6
MOST_BESIDE = 40
# Who does this with a statement speaks in it.
_ISSUING = frozenset(
    ["issue", "release", "publish", "send", "tweet", "post", "write", "deliver", "put", "make", "share"]
)
_SUBJECTS = frozenset(["nsubj", "nsubjpass"])
# What is put to somebody: "the minister, asked about the treaty, said".
_PUTTING = frozenset(["ask", "tell", "press", "question", "remind", "inform"])
_MARKS = frozenset(["``", "''", '"', "\u201c", "\u201d"])


class Range(NamedTuple):
    """Tokens ``first`` to before ``last`` of a paragraph."""

    first: int
    last: int


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
    if verb.tag_ == "VBG" and verb.i > 1 and verb.dep_ != "conj" and _can_speak(verb.nbor(-1)):
        return _find_issuer(verb.nbor(-1)), False
    for _ in range(CLIMB):
        subject = next((c for c in current.children if c.dep_ in _SUBJECTS and c.pos_ != "SCONJ"), None)
        if subject is not None:
            return _stand_for(current, subject), False
        put = next((c for c in current.lefts if c.dep_ == "ccomp" and is_put(c)), None)
        if put is not None:
            return next(c for c in put.children if c.dep_ == "nsubj"), False
        if current.dep_ == "pcomp" and current.head.lower_ == "as":
            current = current.head.head
        elif (
            current.dep_ in ("conj", "advcl", "xcomp", "pcomp", "prep", "ccomp", "dep") and current.head.i != current.i
        ):
            current = current.head
            if current.pos_ == "NOUN":
                return None, False
        elif current.dep_ == "acl" and current.head.i != current.i:
            if _can_speak(current.head):
                return _find_issuer(current.head), False
            current = _find_governing_verb(current.head)
        else:
            break
    return _inverted(verb), False


def is_put(verb: Token) -> bool:
    """ "The minister, asked whether she knew, shrugged": parsed as if she asked; somebody else did."""
    if verb.lemma_ not in _PUTTING or verb.i < 2 or verb.nbor(-1).text != ",":
        return False
    # A comma alone never parts a subject from its verb.
    return any(c.dep_ == "nsubj" and c.i == verb.i - 2 for c in verb.children)


def _find_issuer(token: Token) -> Token:
    """ "The ministry issued a statement saying": the ministry speaks; in "a report saying" the report does."""
    verb = token.head
    if token.dep_ != "dobj" or token.pos_ != "NOUN" or verb.lemma_ not in _ISSUING or not is_text(token.lemma_.lower()):
        return token
    return next((c for c in verb.children if c.dep_ == "nsubj" and c.lower_ not in ("who", "which", "that")), token)


def _can_speak(token: Token) -> bool:
    """ "with the president saying", "a statement saying"; but "a joke noting" is told by somebody else."""
    if token.ent_type_ in ("DATE", "TIME"):
        return False
    return token.pos_ == "PROPN" or (token.pos_ == "NOUN" and is_speaking_noun(token.lemma_.lower()))


def _find_governing_verb(token: Token) -> Token:
    while token.pos_ not in ("VERB", "AUX") and token.head.i != token.i:
        token = token.head
    return token


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


def find_relative(verb: Token, speaker: Token) -> Token | None:
    """The relative pronoun that stands for the speaker: "who" in "the minister, who said ..."; None elsewhere."""
    clause = verb
    while clause.dep_ in ("conj", "xcomp") and clause.head.i < clause.i:
        clause = clause.head
    if clause.dep_ != "relcl" or clause.head.i != speaker.i:
        return None
    return next((c for c in clause.children if c.dep_ in _SUBJECTS and c.lower_ in ("who", "which", "that")), None)


def _inverted(verb: Token) -> Token | None:
    """Where the parse has no subject: the name right before the verb, the name or noun right behind it."""
    if verb.tag_ == "VB":
        return None
    if verb.i > 0 and verb.nbor(-1).pos_ == "PROPN" and verb.tag_ in ("VBD", "VBZ", "VBP"):
        return verb.nbor(-1)
    following = verb.nbor() if verb.i + 1 < len(verb.doc) else None
    if (
        following is None
        or following.pos_ not in ("PROPN", "PRON", "DET", "NOUN", "ADJ")
        or following.lower_ in ("that", "it")
    ):
        return None
    head = following
    while head.dep_ in ("compound", "det", "amod", "poss", "nmod") and head.head.i > head.i:
        head = head.head
    return head if head.pos_ in ("PROPN", "NOUN", "PRON") and head.i - verb.i < 8 else None


def get_cue_words(verb: Token) -> Range:
    """The verb with its auxiliaries, negation and particle: "has not said", "pointed out"."""
    first, last = verb.i, verb.i + 1
    for child in verb.children:
        if child.dep_ in ("aux", "auxpass", "neg") and child.i < verb.i and child.i >= verb.i - 4:
            between = verb.doc[child.i : verb.i]
            if all(t.dep_ in ("aux", "auxpass", "neg", "advmod") for t in between):
                first = min(first, child.i)
        elif child.dep_ in ("prt", "advmod") and child.i == last and child.lower_ in get_verbs()["particles"]:
            last = child.i + 1
    return Range(first, last)


def get_content(verb: Token, head: Token, words: Range) -> list[Range]:
    """The subtree of a complement, without the cue where that stands in its midst ("Weber, he said, will ...")."""
    first, last = head.left_edge.i, head.right_edge.i + 1
    if first <= verb.i < last:
        left, right = verb.left_edge.i, verb.right_edge.i + 1
        own = [
            c
            for c in verb.children
            if c.dep_ in ("nsubj", "nsubjpass", "aux", "neg", "advmod", "dobj", "dative", "npadvmod", "prep", "prt")
        ]
        left = min([c.left_edge.i for c in own if c.right_edge.i < last and c.i != head.i] + [words.first])
        right = max([c.right_edge.i + 1 for c in own if c.i > verb.i and c.i != head.i] + [words.last])
        return [Range(a, b) for a, b in ((first, left), (right, last)) if b > a]
    if head.i > verb.i:
        first = max(first, words.last)
        last = max(last, _reach(verb, head, last))
    else:
        first, last = _skip_introduction(head, first), min(last, words.first)
    return [Range(first, last)] if last > first else []


def _skip_introduction(head: Token, first: int) -> int:
    """ "Her deputy was blunt: they would leave, she said": what stands before the colon is the report's."""
    colon = next((c.i for c in head.lefts if c.text == ":"), first)
    is_quoted = any(t.tag_ in _MARKS or t.text in _MARKS for t in head.doc[first:colon])
    return first if is_quoted or colon == first else colon + 1


def _reach(verb: Token, head: Token, last: int) -> int:
    """A complement behind its verb goes on to the end of the sentence unless something else of the verb follows."""
    if head.dep_ != "ccomp":
        return last
    end: int = verb.sent.end
    current = verb
    for _ in range(LEVELS):
        behind = list(islice((c for c in current.rights if c.i >= last and c.dep_ != "punct"), MOST_BESIDE))
        other = next((c for number, c in enumerate(behind) if not _goes_with(c, behind[number + 1 :])), None)
        if other is not None:
            end = min(end, other.left_edge.i)
        if current.head.i == current.i or current.dep_ == "ROOT":
            break
        current = current.head
        if current.i > last:
            end = min(end, current.left_edge.i if current.left_edge.i > last else last)
    return max(last, end)


def _goes_with(child: Token, following: list[Token]) -> bool:
    """ "say that it is so and will remain so": what has a modal and no subject of its own belongs to the content."""
    if child.dep_ == "cc":
        conjunct = next((c for c in following if c.dep_ == "conj"), None)
        return conjunct is not None and _goes_with(conjunct, [])
    if child.dep_ != "conj":
        return False
    own = list(islice(child.children, MOST_BESIDE))
    if any(c.dep_ == "mark" and c.lower_ == "that" for c in own):
        return True
    return not any(c.dep_ == "nsubj" for c in own) and any(c.tag_ == "MD" for c in own)


def merge_ranges(ranges: list[Range]) -> list[Range]:
    """Ranges in order, those that touch or overlap as one."""
    merged: list[Range] = []
    for r in sorted(ranges):
        if merged and r.first <= merged[-1].last:
            merged[-1] = Range(merged[-1].first, max(r.last, merged[-1].last))
        else:
            merged.append(r)
    return merged


def get_region(verb: Token, words: Range, speaker: Token | None, heads: list[Token]) -> Range:
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
