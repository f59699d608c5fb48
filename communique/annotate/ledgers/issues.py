"""The issues in a noun phrase: coordination taken apart, "the question of" taken off, determiners left out.

"the long drought, the price of grain and missile defence" is three issues. Phrases that say nothing ("several
bilateral issues") are none. What comes out are token indices: an issue is always words of the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import islice

from spacy.tokens import Doc, Token

from communique.annotate.clauses import (
    MAX_LIST,
    MAX_TOKENS,
    crosses_verb,
    find_phrase,
    get_children,
    get_lemma,
)
from communique.annotate.events.people import is_people
from communique.annotate.who.gazetteer import get_gazetteer
from communique.tables import load_table

# Longer phrases are cut at their last complement.
MAX_WORDS = 12

Words = tuple[int, int]  # token indices, half-open


@cache
def get_issue_words(section: str, name: str) -> frozenset[str]:
    """A word list of the table ``issues``."""
    return frozenset(load_table("issues")[section][name])


def iter_issues(head: Token) -> Iterator[Words]:
    """The issues of the phrase headed by a token, as half-open token indices."""
    members = _find_members(head)
    for i, (noun, words) in members.items():
        if any(words_of[0] <= i < other for other, (_, words_of) in members.items()):
            continue  # "fishing" in "… and fishing rights", where the parser coordinates it
        inner = _unwrap(noun)
        if inner is not None:
            for one in inner:
                yield from iter_issues(one)
        elif not _is_empty(noun):
            yield words


def iter_listed_issues(first: Token, end: int) -> Iterator[Words]:
    """The issues of a plain list by its commas, from a token to an index: where the parser does not read it."""
    tokens, start = first.doc, first.i
    for token in tokens[first.i : end]:
        is_end = token.i + 1 == end
        if token.text in ",;:" or token.lower_ in ("and", "&") or is_end:
            last = token.i + 1 if is_end and not token.is_punct else token.i
            while start < last and tokens[start].pos_ in ("DET", "PRON", "CCONJ", "PUNCT"):
                start += 1
            if last > start and (tokens[last - 1].pos_ in ("NOUN", "PROPN") or tokens[last - 1].tag_ == "VBG"):
                yield start, last
            start = token.i + 1


def _find_members(head: Token) -> dict[int, tuple[Token, Words]]:
    """The coordinated nouns of a phrase with their words, by index."""
    found = {head.i: (head, _find_words(head))}
    for other in (c for c in head.conjuncts[:MAX_LIST] if c.i > head.i and _is_noun(c)):
        found.setdefault(other.i, (other, _find_words(other)))
    for other, words in _find_listed(head):
        found[other.i] = other, words
    for stray in _find_stray(head):
        if len(found) > MAX_LIST:
            break
        for i, member in _find_members(stray).items():
            found.setdefault(i, member)
    return {i: found[i] for i in sorted(found)}


def _is_noun(token: Token) -> bool:
    return token.pos_ in ("NOUN", "PROPN") or (token.tag_ == "VBG" and token.dep_ != "acl")


def _find_listed(head: Token) -> list[tuple[Token, Words]]:
    """The other members of a list "A, B, and C" by its commas, whatever the parser says; none if it never closes."""
    tokens = head.doc
    listed: list[tuple[Token, Words]] = []
    position = _find_words(head)[1]
    while (
        position + 1 < len(tokens)
        and len(listed) < MAX_LIST
        and (tokens[position].text == "," or (listed and tokens[position].lower_ in ("and", "or")))
    ):
        first = position if tokens[position].lower_ in ("and", "or") else position + 1
        is_last = tokens[first].lower_ in ("and", "or")
        first += is_last
        noun = next((t for t in tokens[first : first + 8] if t.left_edge.i == first and _is_head(t)), None)
        if noun is None or noun.sent.start != head.sent.start:
            return []
        words = _find_words(noun)
        buried = [] if is_last else _find_buried(noun, words)
        if buried:
            return [*listed, *buried]
        listed.append((noun, words))
        position = words[1]
        if is_last:
            listed[-1] = noun, _extend(words, {head.i, *(one.i for one, _ in listed)}, tokens)
            return listed
    return []


def _is_head(token: Token) -> bool:
    return token.pos_ in ("NOUN", "PROPN") and token.dep_ not in ("compound", "nmod", "amod", "poss")


def _extend(words: Words, members: set[int], tokens: Doc) -> Words:
    """In "trade and cooperation against crime" the parser may hang "against" on another of the list."""
    after = tokens[words[1]] if words[1] < len(tokens) else None
    if after is not None and after.dep_ == "prep" and after.head.i in members and not _is_beside(after, after.head):
        return words[0], min(after.right_edge.i + 1, words[0] + MAX_WORDS)
    return words


def _find_buried(noun: Token, words: Words) -> list[tuple[Token, Words]]:
    """In "fish, the dam at Itaipu and drug smuggling" the parser puts the last member into the phrase before it."""
    tokens = noun.doc
    start, end = words
    if end < len(tokens) and tokens[end].lower_ in (",", "and", "or"):
        return []
    joint = next((t.i for t in tokens[noun.i + 1 : end] if t.lower_ == "and" and t.dep_ == "cc"), None)
    last = tokens[end - 1]
    if joint is None or joint + 1 >= end or last.pos_ not in ("NOUN", "PROPN"):
        return []
    first = joint + 1 + (tokens[joint + 1].pos_ == "DET" and joint + 2 < end)
    return [(noun, (start, joint)), (last, (first, end))]


def _find_stray(head: Token) -> list[Token]:
    """In "the war in Ruritania, bilateral trade and …" the parser coordinates "trade" with the place."""
    return [
        child
        for below in islice(head.subtree, MAX_TOKENS)
        if below.i != head.i and below.dep_ == "pobj" and not crosses_verb(below, head)
        if below.pos_ == "PROPN" or get_children(below, "relcl")
        for child in get_children(below, "conj")
        if child.pos_ == "NOUN" and any(t.text == "," for t in head.doc[below.i : child.i])
    ]


def _unwrap(noun: Token) -> list[Token] | None:
    """What "the issue of X" or "issues such as X" is about; None for a phrase that is an issue itself."""
    if get_lemma(noun) in get_issue_words("issue", "vessels"):
        return [below for p in get_children(noun, "prep") if p.lower_ == "for" for below in get_children(p, "pobj")]
    if get_lemma(noun) not in get_issue_words("issue", "wrappers"):
        return None
    found = []
    for preposition in get_children(noun, "prep", "appos"):
        is_example = preposition.lower_ in get_issue_words("issue", "examples") or (
            preposition.lower_ == "as" and any(child.lower_ == "such" for child in preposition.children)
        )
        about = preposition.lower_ in ("about", "on", "over", "concerning", "regarding") and get_lemma(noun) in (
            "question",
            "concern",
            "matter",
        )
        if preposition.lower_ == "of" or is_example or about:
            found += get_children(preposition, "pobj")
    for clause in get_children(noun, "acl"):
        if get_lemma(clause) == "range":  # "issues ranging from A to B"
            found += [x for p in get_children(clause, "prep") for x in get_children(p, "pobj")]
            found += [x for p in get_children(clause, "prep") for q in get_children(p, "prep") for x in q.children]
    if not found and noun.tag_ == "NNS" and any(child.lower_ == "include" for child in noun.children):
        found = [x for child in noun.children for x in get_children(child, "pobj", "dobj")]
    return found or None


def _is_empty(noun: Token) -> bool:
    if not _is_noun(noun) or noun.ent_type_ in ("DATE", "TIME", "CARDINAL"):
        return True
    if noun.ent_type_ == "PERSON" and noun.text not in get_gazetteer().names:
        return True
    if get_lemma(noun) not in get_issue_words("issue", "empty"):
        return False
    words = [child for child in noun.lefts if child.dep_ in ("amod", "compound", "nmod")]
    has_complement = any(child.dep_ in ("prep", "amod", "acl", "relcl") for child in noun.rights)
    return all(child.lower_ in get_issue_words("issue", "empty_adjectives") for child in words) and not has_complement


def _find_words(noun: Token) -> Words:
    start, end = find_phrase(noun)
    for stray in _find_stray(noun):
        end = min(end, stray.left_edge.i)
    for conjunct in get_children(noun, "conj"):
        # "trade and investment between A and B": the parser hangs "between" on the first.
        if conjunct.left_edge.i < end:
            joint = [t.i for t in noun.doc[noun.i + 1 : conjunct.left_edge.i] if t.dep_ == "cc" or t.text == ","]
            end = min([end, *joint])
    for beside in get_children(noun, "appos"):
        if noun.i < beside.left_edge.i < end and noun.doc[beside.left_edge.i - 1].text == ",":
            end = beside.left_edge.i - 1
    for below in noun.doc[noun.i + 1 : end]:
        if below.dep_ == "relcl" and noun.doc[below.left_edge.i - 1].text == ",":
            end = min(end, below.left_edge.i - 1)
    end = min([end, *(p.i for p in noun.doc[noun.i + 1 : end] if p.dep_ == "prep" and _is_beside(p, noun))])
    if get_lemma(noun) in get_issue_words("issue", "surroundings"):
        # "the conditions in which they work" say nothing without the clause.
        clauses = [
            c for c in get_children(noun, "relcl") if c.left_edge.i == end and c.right_edge.i - start < MAX_WORDS
        ]
        end = max([end, *(clause.right_edge.i + 1 for clause in clauses)])
    while end - start > 1 and noun.doc[end - 1].text in ',;:-–—"':
        end -= 1
    while start < noun.i and (
        noun.doc[start].pos_ in ("DET", "PRON", "PUNCT", "PART")
        or noun.doc[start].ent_type_ in ("DATE", "TIME")
        or noun.doc[start].lower_ in get_issue_words("issue", "adverbs")
    ):
        start += 1
    if end - start > MAX_WORDS:
        cuts = [t.i for t in noun.doc[noun.i + 1 : start + MAX_WORDS + 1] if t.dep_ in ("prep", "acl", "relcl")]
        end = cuts[-1] if cuts else max(noun.i + 1, start + MAX_WORDS)
    return start, max(end, noun.i + 1)


def _is_beside(preposition: Token, noun: Token) -> bool:
    """Is what a preposition adds no part of the issue: when, with whom, at which meeting it was talked about?"""
    if preposition.head.i == noun.i and preposition.lower_ in ("among", "including", "during", "after", "before"):
        return True
    objects = get_children(preposition, "pobj")
    if any(child.ent_type_ in ("DATE", "TIME") for child in objects):
        return True
    talks = get_issue_words("agenda", "meetings") | get_issue_words("agenda", "texts")
    if preposition.lower_ in ("in", "at", "during", "throughout"):
        return any(get_lemma(child) in talks for child in objects)
    return preposition.lower_ == "with" and any(
        is_people(child) and (child.pos_ == "NOUN" or child.ent_type_ == "PERSON") for child in objects
    )
