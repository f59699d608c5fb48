"""Walks through spaCy's parse tree that several annotators share: who does what, where a clause begins and ends.

Everything here is a pure function of tokens. Nothing is looked up in tables, nothing is said about meaning.
Labels are those of spaCy's English pipelines (ClearNLP style).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from spacy.tokens import Doc, Token

from communique.annotate.parse import get_dependents, get_texts
from communique.model import Span

# Parts of speech of full and auxiliary verbs.
VERBAL = ("VERB", "AUX")
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
# Dependents that are clauses of their own beside the one that they hang on.
SIDE_CLAUSES = frozenset({"advcl", "parataxis", "conj", "cc", "punct", "mark", "intj", "meta", "dep"})
NOMINAL_SLOTS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "attr", "conj", "appos", "ROOT", "dative", "oprd"})
# "sent an envoy to deliver": the envoy delivers.
_OBJECT_CONTROL = frozenset(
    {
        "ask",
        "invite",
        "urge",
        "allow",
        "order",
        "instruct",
        "direct",
        "tell",
        "send",
        "dispatch",
        "despatch",
        "subpoena",
    }
)
# Evidence is to be read, not scrolled.
MAX_EVIDENCE = 300
# Clauses and phrases are followed no further than this: text without an end must not cost time without an end.
MAX_TOKENS = 300
MAX_DEPTH = 60
# Of a longer list only the first are read.
MAX_LIST = 20


def is_verb(token: Token) -> bool:
    """A full or an auxiliary verb, by its part of speech."""
    return token.pos_ in VERBAL


def get_lemma(token: Token) -> str:
    """The lemma in lower case; of a noun in a headline ("Talks", "Visits") the word itself."""
    return str(token.lemma_).lower()


def get_children(token: Token, *labels: str) -> list[Token]:
    """The dependents of a token with one of these labels, in text order."""
    tokens = token.doc
    return [tokens[i] for label, i in get_dependents(tokens)[token.i] if label in labels]


def find_governor(token: Token) -> Token | None:
    """The nearest verb above a token, None at the top of a sentence without one."""
    return next((ancestor for ancestor in islice(token.ancestors, MAX_DEPTH) if is_verb(ancestor)), None)


def crosses_verb(token: Token, top: Token) -> bool:
    """Does a verb stand between a token and one above it? True also where the other is not above it."""
    for ancestor in islice(token.ancestors, MAX_DEPTH):
        if ancestor.i == top.i:
            return False
        if is_verb(ancestor):
            return True
    return True


def find_first_conjunct(token: Token) -> Token:
    """The head of the coordination that a token belongs to."""
    while token.dep_ == "conj" and token.head.i != token.i:
        token = token.head
    return token


def find_subject(verb: Token) -> Token | None:
    """Who does what a verb says: its own subject, or that of the verb that controls it.

    Follows coordination ("met the emir and laid a wreath"), open complements ("is expected to meet"), purpose ("flew to
    Cairo to meet"), and nouns with an infinitive ("had the opportunity to meet").
    """
    seen = set()
    while verb.i not in seen:
        seen.add(verb.i)
        own = get_children(verb, *SUBJECTS)
        if own and verb.dep_ != "relcl":
            return own[-1]
        if verb.dep_ == "relcl":
            if own and own[0].tag_ not in ("WDT", "WP", "WP$"):
                return own[0]
            if own:
                return verb.head
        above = _find_controller(verb)
        if above is None:
            return None
        if not is_verb(above):
            return above
        verb = above
    return None


def _find_controller(verb: Token) -> Token | None:
    """The verb whose subject a verb shares, or the noun that is its subject."""
    head = verb.head
    if head.i == verb.i:
        return None
    if verb.dep_ == "conj" or (verb.dep_ in ("xcomp", "advcl", "ccomp", "pcomp") and is_verb(head)):
        if verb.dep_ in ("xcomp", "advcl") and _has_object_control(head):
            return next(iter(get_children(head, "dobj")), head)
        return head if verb.dep_ != "ccomp" or not get_children(verb, "mark") else None
    if verb.dep_ == "xcomp":
        return find_governor(head) or None
    if verb.dep_ in ("acl", "relcl", "pcomp"):
        # "the time to meet": who had the time; "the leader meeting rebels": the leader.
        if verb.tag_ == "VB" or verb.dep_ == "pcomp":
            return find_governor(head)
        return head
    return None


def _has_object_control(verb: Token) -> bool:
    return bool(get_children(verb, "dobj")) and get_lemma(verb) in _OBJECT_CONTROL


def find_agent(verb: Token) -> Token | None:
    """Who does what a passive verb says: "hosted by the minister"."""
    for preposition in get_children(verb, "agent"):
        for noun in get_children(preposition, "pobj"):
            return noun
    return None


def find_agents(verb: Token) -> list[Token]:
    """All who do what a passive verb says: "attended by the minister and by the mayor"."""
    return [noun for preposition, noun in iter_objects(verb, "by") if _is_agent(preposition)]


def _is_agent(preposition: Token) -> bool:
    return find_first_conjunct(preposition).dep_ == "agent"


def iter_objects(head: Token, *prepositions: str) -> Iterator[tuple[Token, Token]]:
    """Pairs of preposition and noun below a head; any preposition when none is named. Follows "in May and in June"."""
    for preposition in get_children(head, "prep", "agent", "dative"):
        if preposition.lower_ == "according":
            continue  # "spoke with him, according to Reuters": who tells of it takes no part
        queue = [preposition]
        while queue:
            current = queue.pop()
            if not prepositions or current.lower_ in prepositions or any(c.dep_ == "prep" for c in current.children):
                queue += [child for child in current.children if child.dep_ in ("conj", "prep") and child.pos_ == "ADP"]
            if not prepositions or current.lower_ in prepositions:
                for noun in get_children(current, "pobj"):
                    yield current, noun


def is_negated(verb: Token) -> bool:
    """Does "not" or "never" stand with the verb, or is its subject "nobody" or "no one"?"""
    known: dict[int, bool] = verb.doc.user_data.setdefault("negated", {})  # asked for by many annotators
    if verb.i not in known:
        known[verb.i] = _is_negated(verb)
    return known[verb.i]


def _is_negated(verb: Token) -> bool:
    if any(child.dep_ == "neg" or child.lower_ == "neither" for child in verb.children):
        return True
    return any(
        child.lower_ in ("nobody", "none", "neither")
        or any(c.lower_ in ("no", "neither") for c in get_children(child, "det"))
        for child in get_children(verb, *SUBJECTS)
    )


def get_auxiliaries(verb: Token) -> frozenset[str]:
    """Lower-case words of a verb's auxiliaries; those of the first verb in a coordination without its own."""
    known: dict[int, frozenset[str]] = verb.doc.user_data.setdefault("auxiliaries", {})  # asked for by many annotators
    if verb.i not in known:
        known[verb.i] = _get_auxiliaries(verb)
    return known[verb.i]


def _get_auxiliaries(verb: Token) -> frozenset[str]:
    while True:
        own = frozenset(child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass"))
        # "will meet the emir and visit a school" shares "will"; "will go home and was glad" does not.
        shares = verb.dep_ == "conj" and verb.tag_ in ("VB", "VBN", "VBG") and is_verb(verb.head)
        shares = shares and verb.head.i != verb.i
        if own or not shares or get_children(verb, *SUBJECTS):
            return own
        verb = verb.head


def find_quoted(tokens: Doc) -> frozenset[int]:
    """Indices of the tokens between double quotation marks.

    A mark left open runs to the end of the paragraph. The next one is looked at by itself: a quotation that goes on
    there opens with a mark of its own.
    """
    inside: set[int] = set()
    is_open = False
    for k, text in enumerate(get_texts(tokens)):
        if '"' in text or text in ("``", "''"):
            is_open = not is_open
        elif is_open:
            inside.add(k)
    return frozenset(inside)


def _trim(tokens: Doc, start: int, end: int) -> tuple[int, int]:
    while start < end and (tokens[start].is_space or tokens[start].text in ",;:.-–—\"'" or tokens[start].dep_ == "cc"):
        start += 1
    while end > start and (tokens[end - 1].is_space or tokens[end - 1].text in ",;:.-–—"):
        end -= 1
    return start, end


def find_clause(verb: Token, keep: frozenset[int] = frozenset()) -> tuple[int, int]:
    """Token indices, half-open, of a verb's clause without clauses beside it.

    Args:
        verb: Head of the clause.
        keep: Indices of tokens whose side clauses stay in.
    """
    indices = {verb.i}
    queue = [
        child
        for child in verb.children
        if child.i in keep
        or not (child.dep_ in SIDE_CLAUSES or (child.i < verb.i and child.lower_ in ("according", "despite")))
    ]
    while queue and len(indices) < MAX_TOKENS:
        token = queue.pop(0)
        indices.add(token.i)
        queue += [
            child
            for child in token.children
            if child.i in keep
            or not (child.dep_ in ("relcl", "advcl", "parataxis") or (child.dep_ == "conj" and is_verb(child)))
        ]
    start, end = _trim(verb.doc, min(indices), max(indices) + 1)
    if verb.doc[end - 1].text == "(":
        end -= 1
    return start, end


def find_phrase(noun: Token, with_clauses: bool = False) -> tuple[int, int]:
    """Token indices, half-open, of a noun's phrase: from its first modifier to the end of its complements.

    Args:
        noun: Head of the phrase.
        with_clauses: Keep the relative clauses and appositions of the noun itself.
    """
    dropped = {"cc", "conj", "punct", "dep"} | (set() if with_clauses else {"relcl", "appos", "advcl"})
    indices = {noun.i}
    queue = [child for child in noun.children if child.dep_ not in dropped]
    while queue and len(indices) < MAX_TOKENS:
        token = queue.pop(0)
        indices.add(token.i)
        queue += [
            child for child in token.children if with_clauses or child.dep_ not in ("relcl", "advcl", "parataxis")
        ]
    return _trim(noun.doc, min(indices), max(indices) + 1)


def close_quotation(tokens: Doc, start: int, end: int) -> tuple[int, int]:
    """The stretch with the quotation mark that ends what it opens, where that stands right behind it."""
    if sum(token.text == '"' for token in tokens[start:end]) % 2:
        for k in range(end, min(end + 2, len(tokens))):
            if tokens[k].text == '"':
                return start, k + 1
    return start, end


def to_span(tokens: Doc, offset: int, start: int, end: int) -> Span:
    """Offsets of the tokens ``start`` to ``end`` (half-open) in a document whose block begins at ``offset``."""
    return Span(offset + tokens[start].idx, offset + tokens[end - 1].idx + len(tokens[end - 1]))


def shorten(tokens: Doc, start: int, end: int, around: int) -> tuple[int, int]:
    """Cuts a stretch of tokens at commas or blanks to `MAX_EVIDENCE` characters that hold the token ``around``."""
    while tokens[end - 1].idx + len(tokens[end - 1]) - tokens[start].idx > MAX_EVIDENCE and end - start > 1:
        if around - start > end - 1 - around:
            start += 1
        else:
            end -= 1
    return _trim(tokens, start, end)
