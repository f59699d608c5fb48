"""The issues in a noun phrase: coordination taken apart, "the question of" taken off, determiners left out.

"the long drought, the price of grain and missile defence" is three issues. Phrases that say nothing ("several
bilateral issues") are none. What comes out are token indices: an issue is always words of the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import islice

from spacy.tokens import Token

from communique.annotate.clauses import (
    MAX_LIST,
    MAX_TOKENS,
    crosses_verb,
    find_phrase,
    get_children,
    get_lemma,
)
from communique.tables import load_table

# Longer phrases are cut at their last complement.
MAX_WORDS = 12


@cache
def get_issue_words(section: str, name: str) -> frozenset[str]:
    """A word list of the table ``issues``."""
    return frozenset(load_table("issues")[section][name])


def iter_issues(head: Token) -> Iterator[tuple[int, int]]:
    """The issues of the phrase headed by a token, as half-open token indices."""
    nouns = list(islice(_iter_coordinated(head), MAX_LIST))
    for noun in nouns:
        if any(first <= noun.i < other.i for other in nouns for first in [_find_words(other)[0]]):
            continue  # "fishing" in "… and fishing rights", where the parser coordinates it
        inner = _unwrap(noun)
        if inner is not None:
            for one in inner:
                yield from iter_issues(one)
        elif not _is_empty(noun):
            yield _find_words(noun)


def iter_headline_issues(first: Token) -> Iterator[tuple[int, int]]:
    """The issues after "focus on" in a headline, by its commas: the tagger takes every word there for a name."""
    start = first.i
    for token in first.doc[first.i : first.sent.end]:
        is_end = token.i + 1 == first.sent.end
        if token.text in ",;:" or token.lower_ == "and" or is_end:
            end = token.i + 1 if is_end and not token.is_punct else token.i
            if end > start and first.doc[end - 1].pos_ in ("NOUN", "PROPN"):
                yield start, end
            start = token.i + 1


def _iter_coordinated(head: Token) -> Iterator[Token]:
    found = {head.i: head}
    for other in (
        *(c for c in head.conjuncts[:MAX_LIST] if c.i > head.i and c.pos_ in ("NOUN", "PROPN")),
        *_find_listed(head),
    ):
        found.setdefault(other.i, other)
    for stray in _find_stray(head):
        if len(found) > MAX_LIST:
            break
        for other in _iter_coordinated(stray):
            found.setdefault(other.i, other)
    yield from (found[i] for i in sorted(found))


def _find_listed(head: Token) -> list[Token]:
    """The other members of a list "A, B, and C" by its commas, whatever the parser says; none if it never closes."""
    tokens = head.doc
    listed: list[Token] = []
    position = _find_words(head)[1]
    while (
        position + 1 < len(tokens)
        and len(listed) < MAX_LIST
        and (tokens[position].text == "," or (listed and tokens[position].lower_ in ("and", "or")))
    ):
        first = position if tokens[position].lower_ in ("and", "or") else position + 1
        is_last = tokens[first].lower_ in ("and", "or")
        first += is_last
        noun = next(
            (t for t in tokens[first : first + 8] if t.left_edge.i == first and t.pos_ in ("NOUN", "PROPN")), None
        )
        if noun is None or noun.sent.start != head.sent.start:
            return []
        listed.append(noun)
        position = _find_words(noun)[1]
        if is_last:
            return listed
    return []


def _find_stray(head: Token) -> list[Token]:
    """In "the war in Ruritania, bilateral trade and …" the parser coordinates "trade" with the place."""
    return [
        child
        for below in islice(head.subtree, MAX_TOKENS)
        if below.i != head.i and below.dep_ == "pobj" and below.pos_ == "PROPN" and not crosses_verb(below, head)
        for child in get_children(below, "conj")
        if child.pos_ == "NOUN" and any(t.text == "," for t in head.doc[below.i : child.i])
    ]


def _unwrap(noun: Token) -> list[Token] | None:
    """What "the issue of X" or "issues such as X" is about; None for a phrase that is an issue itself."""
    if get_lemma(noun) not in get_issue_words("issue", "wrappers"):
        return None
    found = []
    for preposition in get_children(noun, "prep", "appos"):
        is_example = preposition.lower_ in get_issue_words("issue", "examples") or (
            preposition.lower_ == "as" and any(child.lower_ == "such" for child in preposition.children)
        )
        if preposition.lower_ == "of" or is_example:
            found += get_children(preposition, "pobj")
    return found or None


def _is_empty(noun: Token) -> bool:
    if noun.pos_ not in ("NOUN", "PROPN") or noun.ent_type_ in ("DATE", "TIME", "PERSON", "CARDINAL"):
        return True
    if get_lemma(noun) not in get_issue_words("issue", "empty"):
        return False
    words = [child for child in noun.lefts if child.dep_ in ("amod", "compound", "nmod")]
    has_complement = any(child.dep_ in ("prep", "amod", "acl", "relcl") for child in noun.rights)
    return all(child.lower_ in get_issue_words("issue", "empty_adjectives") for child in words) and not has_complement


def _find_words(noun: Token) -> tuple[int, int]:
    start, end = find_phrase(noun)
    for stray in _find_stray(noun):
        end = min(end, stray.left_edge.i)
    for conjunct in get_children(noun, "conj"):
        # "trade and investment between A and B": the parser hangs "between" on the first.
        if conjunct.left_edge.i < end:
            joint = [t.i for t in noun.doc[noun.i + 1 : conjunct.left_edge.i] if t.dep_ == "cc" or t.text == ","]
            end = min([end, *joint])
    for child in noun.rights:
        if child.lower_ in ("among", "including", "during", "at", "after", "before") and child.i > noun.i:
            end = min(end, child.i)
    while end - start > 1 and noun.doc[end - 1].text in ",;:-–—":
        end -= 1
    while start < noun.i and (
        noun.doc[start].pos_ in ("DET", "PRON", "PUNCT") or noun.doc[start].lower_ in ("both", "mainly")
    ):
        start += 1
    if end - start > MAX_WORDS:
        cuts = [
            child.i
            for child in noun.rights
            if child.dep_ in ("prep", "acl", "relcl") and child.i - start <= MAX_WORDS and child.i > noun.i
        ]
        end = cuts[-1] if cuts else max(noun.i + 1, start + MAX_WORDS)
    return start, max(end, noun.i + 1)
