"""What one side's text mentions and the other's leaves out: "Oman's statement mentioned fish; the Yemeni one did not".

The silence of a text is no word of anybody that the issue was avoided: it is kept as a topic that this text does not
mention, beside the text that does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from communique.annotate.clauses import find_phrase, get_children, get_lemma, is_negated, to_span
from communique.annotate.events.people import find_people
from communique.annotate.ledgers.cue import iter_below
from communique.annotate.ledgers.issues import get_issue_words, iter_issues
from communique.annotate.parse import Block, get_lemmas
from communique.annotate.who.actors import Actors
from communique.model import (
    NOT_MENTIONED,
    Assertion,
    Property,
    Source,
    SourceKind,
)

_MENTIONING = frozenset(
    {"mention", "include", "cite", "note", "reference", "contain", "list", "omit", "refer", "say", "make", "do"}
)
_ABOUT = ("of", "to", "about", "on")


@dataclass(frozen=True, slots=True)
class Mentioned:
    """What a text says, or leaves out, of an engagement told before the offset ``at``."""

    at: int
    assertion: Assertion


def find_mentioned(block: Block, actors: Actors) -> Iterator[Mentioned]:
    """The topics that texts about an engagement mention or do not, in a paragraph, each in the voice of its text."""
    told: list[tuple[int, int]] = []  # issues that a text in this paragraph mentions, the latest last
    for i, lemma in enumerate(get_lemmas(block.tokens)):
        if lemma in _MENTIONING:
            verb = block.tokens[i]
            subject = _find_subject(verb)
            text = _find_text(subject, block, actors) if subject is not None else None
            if text is not None:
                at = block.start + verb.idx
                yield from (Mentioned(at, assertion) for assertion in _read(verb, block, actors, text, told))


def _read(verb: Token, block: Block, actors: Actors, text: Source, told: list[tuple[int, int]]) -> Iterator[Assertion]:
    document = actors.parsed.document
    is_short = get_lemma(verb) == "do" and not any(c.i > verb.i for c in get_children(verb, "dobj", "xcomp", "ccomp"))
    negated = is_negated(verb) or get_lemma(verb) == "omit"
    issues = [] if is_short else [*_find_issues(verb)]
    if not is_short and any(is_none for _, is_none in issues):
        negated = True
    spans = [span for span, _ in issues]
    if is_short and negated:
        spans = told[-1:]
    elif not negated:
        told += spans
    for start, end in spans:
        words = document.evidence(*to_span(block.tokens, block.start, start, end))
        issue = " ".join(words.quote.split())
        if negated:
            first, last = min(verb.left_edge.i, verb.i), _find_end(verb)
            evidence = document.evidence(*to_span(block.tokens, block.start, first, last))
            yield Assertion(Property.TOPIC, issue + NOT_MENTIONED, evidence, text)
        else:
            yield Assertion(Property.TOPIC, issue, words, text)


def _find_end(verb: Token) -> int:
    below = [child.right_edge.i for child in verb.children if child.dep_ in ("neg", "dobj", "prep", "aux")]
    return max([verb.i, *below]) + 1


def _find_issues(verb: Token) -> Iterator[tuple[tuple[int, int], bool]]:
    """Issues that a verb mentions, each with whether the words deny it ("made no mention of")."""
    lemma = get_lemma(verb)
    heads = get_children(verb, "dobj")
    if lemma == "refer":
        heads = [noun for p in get_children(verb, "prep") if p.lower_ == "to" for noun in get_children(p, "pobj")]
    if lemma == "say":
        heads = [h for h in heads if h.lower_ == "nothing"]
    for head in heads:
        is_none = head.lower_ == "nothing" or any(c.lower_ == "no" for c in get_children(head, "det"))
        if get_lemma(head) in get_issue_words("avoided", "nouns") or head.lower_ == "nothing":
            below = [inner for hook in (head, verb) for inner in iter_below(hook, *_ABOUT)]
            yield from ((issue, is_none) for noun in below for issue in iter_issues(noun))
        elif lemma not in ("make", "say"):
            yield from ((issue, is_none) for issue in iter_issues(head))


def _find_subject(verb: Token) -> Token | None:
    """The subject, also of "issued a statement that made no mention of"."""
    subject = next(iter(get_children(verb, "nsubj")), None)
    if subject is not None and verb.dep_ == "relcl" and subject.lower_ in ("that", "which"):
        return verb.head
    return subject


def _find_text(subject: Token, block: Block, actors: Actors) -> Source | None:
    """A readout, statement or summary with whose it is; of "the Yemeni one" and "Oslo's", the words."""
    texts = get_issue_words("agenda", "texts") | get_issue_words("agenda", "accounts")
    is_text = get_lemma(subject) in texts
    if not is_text and not (subject.lower_ == "one" and get_children(subject, "amod", "poss", "compound")):
        is_short = any(child.dep_ == "case" for child in subject.children) and subject.dep_ == "nsubj"
        if not is_short:
            return None
    if is_text and subject.dep_ == "dobj" and get_children(subject.head, "nsubj"):
        # "Oslo issued a statement that": whose it is.
        issuer = get_children(subject.head, "nsubj")[-1]
        sources = (*find_people(actors, block, issuer), *actors.sources(block, issuer))
        if sources:
            return sources[0]
    start, end = find_phrase(subject)
    while start < subject.i and block.tokens[start].pos_ == "DET":
        start += 1
    span = to_span(block.tokens, block.start, start, end)
    quote = actors.parsed.document.text[span.start : span.end]
    return Source(" ".join(quote.split()), SourceKind.DOCUMENT, None, span.start, span.end, quote)
